"""Whether the watch is awake, for monitors."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import scraper
from scraper.config import Config
from scraper.jobs.places import Home
from scraper.jobs.signs import CHECKED, DAMAGE, HEARTBEAT, LAST_TICK, LONGEST, UNDER_WAY
from scraper.model.moment import parse_utc, utc
from scraper.stages.coverage import Answering, answering
from scraper.stages.duty import on_duty
from scraper.storage import alerts, reading, sources, sparing, watching
from scraper.storage.store import Row, Store

ASLEEP_MINUTES = 10
"""A daemon that has given no sign of life for longer, neither the end of a tick nor a heartbeat within one, is not awake."""

_NAMED = 3

FAILED_DAYS = 7
"""For how long a message that a channel did not take counts."""

SILENT_HOURS = 6
"""A party of which no official source was polled well for longer is a problem; so long a source fails before it is told of."""

LEAST_FREE = 100_000_000
"""Bytes of free disk below which the watch is about to stop."""


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


def figures(config: Config, store: Store, home: Home) -> dict[str, Any]:
    """Return for a monitor what :func:`report` says and: version, seconds since the last tick (None: never), each party's last good poll of
    an official source, deliveries that wait or failed in FAILED_DAYS, bytes on the disk, the latest copy, and ``problems``, sentences."""
    told = report(config, store)
    made = {
        "version": scraper.__version__, "last_tick_age_seconds": _seconds(store, sources.marked(store, LAST_TICK)), "parties": _parties(config, store),
        "deliveries": alerts.unsettled(store, utc(store.clock() - timedelta(days=FAILED_DAYS))), "disk": _disk(config, store, home),
        "database": {"checked_at": sources.marked(store, CHECKED) or None, "damage": sources.marked(store, DAMAGE) or None},
        "last_backup": _latest(home),
    }  # fmt: skip
    return {**told, **made, "problems": list(_problems({**told, **made}))}


def _seconds(store: Store, at: str) -> int | None:
    return round((store.clock() - parse_utc(at)).total_seconds()) if at else None


def _parties(config: Config, store: Store) -> dict[str, dict[str, Any]]:
    """The last good poll among the enabled official sources of each party."""
    states, told = sources.states(store), {}
    for party in config.watch.parties:
        polled = [
            states[one.id].last_good_at
            for one in config.sources
            if one.enabled and one.official and one.party == party.id and one.id in states
        ]
        at = max(polled, default="")
        told[party.id] = {"last_good_poll": at or None, "age_seconds": _seconds(store, at)}
    return told


def _disk(config: Config, store: Store, home: Home) -> dict[str, int]:
    captures = sum(path.stat().st_size for path in home.captures.glob("*.warc.gz"))
    return {
        "database_bytes": sparing.occupied(store), "captures_bytes": captures, "budget_bytes": config.keeping.budget_mb * 1_000_000,
        "free_bytes": shutil.disk_usage(home.folder).free,
    }  # fmt: skip


def _latest(home: Home) -> str | None:
    """When the newest copy in the folder of backups was made (UTC), whatever made it."""
    made = [path.stat().st_mtime for path in home.backups.glob("*") if path.suffix in {".db", ".tar"}]
    return utc(datetime.fromtimestamp(max(made), UTC)) if made else None


def _problems(told: dict[str, Any]) -> Iterator[str]:
    """What somebody should look at, though the watch goes on."""
    if not told["awake"]:
        yield "no daemon watches"
    if told["offline_since"]:
        yield f"no source answers since {told['offline_since']}"
    for party, polled in told["parties"].items():
        if polled["age_seconds"] is None or polled["age_seconds"] > SILENT_HOURS * 3600:
            yield f"no good poll of {party} in {SILENT_HOURS} hours"
    if told["deliveries"]["failed"]:
        yield f"not taken by their channel in {FAILED_DAYS} days: {told['deliveries']['failed']} messages"
    if told["database"]["damage"]:
        yield f"the database is damaged: {told['database']['damage']}"
    if told["disk"]["free_bytes"] < LEAST_FREE:
        yield f"{told['disk']['free_bytes'] / 1_000_000:.0f} MB of disk are free"


def is_awake(store: Store) -> bool:
    """Tell whether a daemon watches: a tick ended within ASLEEP_MINUTES, or one is under way that gave a sign of life since then and
    neither hangs nor fails again and again (LONGEST)."""
    within = timedelta(minutes=ASLEEP_MINUTES)
    if _age(store, LAST_TICK) <= within:
        return True
    return _age(store, HEARTBEAT) <= within and _age(store, UNDER_WAY) <= LONGEST


def by_party(config: Config, store: Store) -> list[tuple[str, Answering]]:
    """Return for each watched party, by its id, who of its official sources answers now."""
    states, now = sources.states(store), store.clock()
    parties = [party.id for party in config.watch.parties]
    return [(party, answering(now, [one for one in config.sources if one.party == party], states, [party])) for party in parties]


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
