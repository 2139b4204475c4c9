"""Whether the watch is awake, for monitors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from scraper.config import Config
from scraper.jobs.tick import LAST_TICK
from scraper.model.moment import parse_utc, utc
from scraper.stages.coverage import Answering, answering
from scraper.stages.duty import on_duty
from scraper.storage import reading, sources, watching
from scraper.storage.store import Row, Store

ASLEEP_MINUTES = 10
"""A daemon that has not finished a tick for longer, or never did, is not awake."""

_NAMED = 3


def report(config: Config, store: Store) -> dict[str, Any]:
    """Return figures of the watch: awake, a sentence on whether silence is evidence, the verdict on yesterday (UTC), last tick,
    official sources answering, sources failing, and what is stored."""
    last = sources.marked(store, LAST_TICK)
    awake = bool(last) and store.clock() - parse_utc(last) <= timedelta(minutes=ASLEEP_MINUTES)
    found = answering(store.clock(), config.sources, sources.states(store))
    return {
        "awake": awake, "watch": sentence(found, watching.news(store)),
        "yesterday": watching.verdict(store, utc(store.clock() - timedelta(days=1))[:10]), "last_tick": last or "never",
        "sources": sum(source.enabled for source in config.sources), "official_answering": f"{found.answered} of {found.total}",
        "failing": sum(bool(row["failures"]) for row in reading.sources(store)), **reading.counts(store),
    }  # fmt: skip


def sentence(found: Answering, news: int) -> str:
    """Return what can be said of the last day: ``22 of 22 official sources answered, nothing new``."""
    told = {0: "nothing new", 1: "1 new statement"}.get(news, f"{news} new statements")
    head = f"{found.answered} of {found.total} official sources answered, {told}"
    if not found.silent and found.total:
        return head
    more = len(found.silent) - _NAMED
    silent = ", ".join(found.silent[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"{head}; watch incomplete" + (f": no answer from {silent}" if silent else "")


def of_sources(config: Config, store: Store) -> list[Row]:
    """Return the health of each enabled source with ``on_duty``: whether it is polled now, or stands by for one that answers."""
    duty = {source.id for source in on_duty(config.sources, sources.states(store))}
    return [{**row, "on_duty": row["source_id"] in duty} for row in watching.health(store)]
