"""Whether the watch is awake, for monitors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from scraper.config import Config
from scraper.jobs.tick import HEARTBEAT, LAST_TICK, LONGEST, UNDER_WAY
from scraper.model.moment import parse_utc, utc
from scraper.stages.coverage import Answering, answering
from scraper.stages.duty import on_duty
from scraper.storage import reading, sources, watching
from scraper.storage.store import Row, Store

ASLEEP_MINUTES = 10
"""A daemon that has given no sign of life for longer, neither the end of a tick nor a heartbeat within one, is not awake."""

_NAMED = 3


def report(config: Config, store: Store) -> dict[str, Any]:
    """Return figures of the watch: awake, a sentence on whether silence is evidence, the verdicts on today so far and on yesterday
    (UTC), last tick, official sources answering, sources failing, and what is stored."""
    parties = [party.id for party in config.watch.parties]
    found = answering(store.clock(), config.sources, sources.states(store), parties)
    return {
        "awake": is_awake(store), "watch": sentence(found, watching.news(store)), "today": watching.verdict(store, store.now()[:10]),
        "yesterday": watching.verdict(store, utc(store.clock() - timedelta(days=1))[:10]),
        "last_tick": sources.marked(store, LAST_TICK) or "never", "offline_since": sources.marked(store, sources.OFFLINE) or None,
        "sources": sum(source.enabled for source in config.sources), "official_answering": f"{found.answered} of {found.total}",
        "failing": sum(bool(row["failures"]) for row in reading.sources(store)), **reading.counts(store),
    }  # fmt: skip


def is_awake(store: Store) -> bool:
    """Tell whether a daemon watches: a tick ended within ASLEEP_MINUTES, or one is under way that gave a sign of life since then and
    neither hangs nor fails again and again (LONGEST)."""
    within = timedelta(minutes=ASLEEP_MINUTES)
    if _age(store, LAST_TICK) <= within:
        return True
    return _age(store, HEARTBEAT) <= within and _age(store, UNDER_WAY) <= LONGEST


def _age(store: Store, mark: str) -> timedelta:
    """How far a marked moment is from now, also where a clock that ran ahead dated it."""
    at = sources.marked(store, mark)
    return abs(store.clock() - parse_utc(at)) if at else timedelta.max


def sentence(found: Answering, news: int) -> str:
    """Return what can be said of the last day: ``22 of 22 official sources answered, nothing new``."""
    told = {0: "nothing new", 1: "1 new statement"}.get(news, f"{news} new statements")
    head = f"{found.answered} of {found.total} official sources answered, {told}"
    if not found.silent and not found.unwatched and found.total:
        return head
    more = len(found.silent) - _NAMED
    silent = ", ".join(found.silent[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    gone = ", ".join(found.unwatched)
    why = [f"no answer from {silent}"] * bool(silent) + [f"no official source for {gone}"] * bool(gone)
    return f"{head}; watch incomplete" + (f": {'; '.join(why)}" if why else "")


def of_sources(config: Config, store: Store) -> list[Row]:
    """Return the health of each enabled source with ``on_duty``: whether it is polled now, or stands by for one that answers, and
    ``next_poll_at`` (UTC), empty where that is at once or not foreseen."""
    states = sources.states(store)
    duty = {source.id: states[source.id].next_poll_at for source in on_duty(config.sources, states) if source.id in states}
    return [{**row, "on_duty": row["source_id"] in duty, "next_poll_at": duty.get(row["source_id"], "")} for row in watching.health(store)]
