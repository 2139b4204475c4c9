"""A machine without a network: told from sources that fail, said once and plainly, and left behind as soon as anything answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from scraper.jobs.rooms import Rooms
from scraper.model.moment import parse_utc
from scraper.model.source import Poll, Source
from scraper.stages.duty import on_duty
from scraper.storage import sources

UNHEARD = frozenset({"dns", "timeout", "tls", "http"})
"""Outcomes of polls that, without a status, tell of no answer by any server."""

PROBE = timedelta(minutes=5)
"""While nothing answers one source is asked so often, whatever each of them would wait for by itself."""


def since(rooms: Rooms) -> str:
    """Return since when no source answers (UTC), or an empty string."""
    return sources.marked(rooms.store, sources.OFFLINE)


def probe(rooms: Rooms) -> tuple[Source, ...]:
    """Return the one source to ask now to learn whether the network is back: an official one first, the longest unasked; none while
    something answers, or where one was asked within PROBE."""
    if not since(rooms):
        return ()
    states = sources.states(rooms.store)
    known = [(source, states[source.id].last_poll_at) for source in on_duty(rooms.config.sources, states) if source.id in states]
    asked = max((at for _, at in known), default="")
    if asked and rooms.clock() - parse_utc(asked) < PROBE:
        return ()
    return tuple(source for source, _ in sorted(known, key=lambda pair: (not pair[0].official, pair[1], pair[0].id))[:1])


def follow(rooms: Rooms, polls: Sequence[Poll]) -> None:
    """Learn from a pass whether anything answers at all.

    A server answers where a poll has a status, be it a refusal. From the moment at which the last poll of every source on duty was UNHEARD
    the machine counts as offline; with the first answer after it, all that failed meanwhile may be asked at once.
    """
    began = since(rooms)
    if any(not _unheard(poll) for poll in polls):
        if began:
            _returned(rooms, began)
    elif polls and not began and _silent(rooms):
        with rooms.store.transaction():
            sources.mark(rooms.store, sources.OFFLINE, rooms.store.now())
        rooms.log.warning("offline", error="no source answers: is this machine connected? They are asked again, one every few minutes")


def _unheard(poll: Poll) -> bool:
    return poll.http_status is None and poll.outcome in UNHEARD


def _silent(rooms: Rooms) -> bool:
    """Whether every source on duty was asked, and none was heard."""
    states = sources.states(rooms.store)
    watched = on_duty(rooms.config.sources, states)
    if not all(source.id in states and states[source.id].last_outcome in UNHEARD for source in watched):
        return False
    return {source.id for source in watched} <= sources.unanswered(rooms.store, UNHEARD)


def _returned(rooms: Rooms, began: str) -> None:
    with rooms.store.transaction():
        sources.mark(rooms.store, sources.OFFLINE, "")
        waiting = sources.ask_again(rooms.store, began)
    rooms.log.info("online", offline_since=began, asked_at_once=waiting)
