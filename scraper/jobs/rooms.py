"""What a job works with, assembled once by the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

from scraper.archive import Archive
from scraper.config import Config
from scraper.fetch import Fetcher
from scraper.jobs.places import Home
from scraper.jobs.saves import Saves
from scraper.model.grouping import Review
from scraper.parties import Parties
from scraper.ports import Log
from scraper.stages.grouping import Stock, stock_of
from scraper.stages.initiatives import Finder, Resolver
from scraper.stages.relevance import Judge
from scraper.stages.wording import Formulary
from scraper.storage.store import Store

__all__ = ["Desk", "Home", "Rooms"]


@dataclass(frozen=True, slots=True)
class Desk:
    """The pure part: what reads an article, built from the configuration, and from the names in the decisions that were ``taught``."""

    config: Config
    judge: Judge
    finder: Finder
    resolver: Resolver
    parties: Parties
    stock: Stock
    formulary: Formulary
    taught: tuple[Review, ...] = ()


def furnished(config: Config) -> Desk:
    """Return the pure part for a configuration."""
    parties = Parties(config.watch)
    return Desk(
        config,
        Judge(config.watch),
        Finder(config.registry, config.watch),
        Resolver(config.registry, config.watch),
        parties,
        stock_of(config.stock.words, config.stock.phrases, config.stock.subjects),
        Formulary(config.wording, parties),
    )


@dataclass(frozen=True, slots=True)
class Rooms:
    """Everything a job needs; ``clock`` gives the time with zone UTC, ``log`` takes events with fields;
    ``ending`` is set when the program is to end, and wakes every thread that waits for a host's turn; ``saves`` is the request to a public archive
    that may be under way beside the beat."""

    home: Home
    desk: Desk
    store: Store
    fetcher: Fetcher
    archive: Archive
    clock: Callable[[], datetime]
    log: Log
    ending: Event = field(default_factory=Event)
    saves: Saves = field(default_factory=Saves)

    @property
    def config(self) -> Config:
        """The configuration in force."""
        return self.desk.config
