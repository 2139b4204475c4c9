"""After a time in which nobody was awake: since when, and how much older than usual news may be because of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from scraper.jobs.rooms import Rooms
from scraper.model.moment import parse_utc, utc
from scraper.storage import sources
from scraper.storage.alerts import NEWS_DAYS

WOKE = "woke"
SLEPT_SINCE = "slept_since"
"""The marks of when the house last woke, and of its last sign of life before."""

NAP = timedelta(hours=1)
"""A shorter time without a tick is none that anybody has to catch up on."""

CATCHING_UP = timedelta(days=1)
"""For how long after waking what came out meanwhile counts as news."""

FIRST_ROUND = timedelta(hours=2)
"""How long after waking the round of sources that are due is waited for, so that one message tells of all."""


def note(rooms: Rooms, signs: Iterable[str]) -> None:
    """Mark that the house woke, where the last of its ``signs`` of life (UTC, or empty) is older than a NAP. Where it sleeps again
    while it still catches up, the time before counts too."""
    last = max(signs, default="")
    now = rooms.clock()
    if not last or now - parse_utc(last) <= NAP:
        return
    since = sources.marked(rooms.store, SLEPT_SINCE) if _within(rooms, CATCHING_UP) else last
    with rooms.store.transaction():
        sources.mark(rooms.store, SLEPT_SINCE, since)
        sources.mark(rooms.store, WOKE, utc(now))


def grace_hours(rooms: Rooms) -> float:
    """Return by how many hours a finding may be older than otherwise: as long as nobody was awake, NEWS_DAYS at most."""
    if not _within(rooms, CATCHING_UP):
        return 0.0
    slept = parse_utc(sources.marked(rooms.store, WOKE)) - parse_utc(sources.marked(rooms.store, SLEPT_SINCE))
    return min(slept.total_seconds() / 3600, NEWS_DAYS * 24.0)


def just_woke(rooms: Rooms) -> bool:
    """Tell whether the first round after waking may still be under way."""
    return _within(rooms, FIRST_ROUND)


def _within(rooms: Rooms, span: timedelta) -> bool:
    woke = sources.marked(rooms.store, WOKE)
    return bool(woke) and rooms.clock() - parse_utc(woke) < span
