"""Whether the watch is awake, for monitors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from scraper.config import Config
from scraper.jobs.tick import LAST_TICK
from scraper.model.moment import parse_utc
from scraper.storage import reading, sources
from scraper.storage.store import Store

ASLEEP_MINUTES = 10
"""A daemon that has not finished a tick for longer, or never did, is not awake."""


def report(config: Config, store: Store) -> dict[str, Any]:
    """Return figures of the watch: awake, last tick, official sources answering, sources failing, and what is stored."""
    last = sources.marked(store, LAST_TICK)
    awake = bool(last) and store.clock() - parse_utc(last) <= timedelta(minutes=ASLEEP_MINUTES)
    rows = reading.sources(store)
    official = [row for row in rows if row["official"]]
    answering = [row for row in official if row["last_outcome"] in sources.GOOD]
    return {
        "awake": awake, "last_tick": last or "never", "sources": sum(source.enabled for source in config.sources),
        "official_answering": f"{len(answering)} of {len(official)}", "failing": sum(bool(row["failures"]) for row in rows), **reading.counts(store),
    }  # fmt: skip
