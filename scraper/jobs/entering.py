"""The catalogue and the registry as the configuration has them, written into the database where they changed."""

from __future__ import annotations

import hashlib

import scraper
from scraper.config import Config
from scraper.storage import initiatives, sources, watching
from scraper.storage.store import Store

CONFIGURED = "configured"
"""The mark of the catalogue and registry that were last written into a database."""


def enter(store: Store, config: Config) -> None:
    """Write the parties, the sources and the registry of ``config`` into the database; nothing is written where they stand there already,
    so that reading waits for no writer."""
    parties = [party.id for party in config.watch.parties]
    stamp = hashlib.sha256(repr((scraper.__version__, config.sources, config.registry, parties)).encode()).hexdigest()
    if sources.marked(store, CONFIGURED) == stamp:
        return
    with store.transaction():
        watching.enlist(store, parties)
        sources.sync(store, config.sources)
        initiatives.sync(store, config.registry)
        sources.mark(store, CONFIGURED, stamp)
