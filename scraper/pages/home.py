"""The first page: what came last, what is new, and who is awake."""

from __future__ import annotations

from scraper.errors import ConfigError
from scraper.jobs import health
from scraper.pages.asking import Answer, Ask
from scraper.pages.frame import page
from scraper.stages.coverage import Answering
from scraper.storage import showing

STATEMENTS, INITIATIVES = 12, 6
"""How many of each the first page shows."""


def home(ask: Ask) -> Answer:
    """Answer ``/``."""
    return page(
        ask,
        "home.html",
        statements=showing.latest(ask.store, STATEMENTS),
        initiatives=showing.fresh(ask.store, INITIATIVES),
        awake=health.is_awake(ask.store),
        parties=_parties(ask),
        totals=showing.totals(ask.store),
    )


def _parties(ask: Ask) -> list[tuple[str, Answering]]:
    """Who answers, by party; nobody where the configuration cannot be read."""
    try:
        return health.by_party(ask.site.config, ask.store)
    except ConfigError:
        return []
