"""The first day of a home: the official sources, then the past, then the press; then one message that says what there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from threading import Event
from typing import Final

from scraper.jobs import offline, welcoming
from scraper.jobs.backfill import backfill
from scraper.jobs.digest import WELCOMED
from scraper.jobs.rooms import Rooms
from scraper.model.moment import parse_utc, utc
from scraper.model.source import Source
from scraper.stages.duty import on_duty
from scraper.storage import sources
from scraper.storage.welcoming import first_answer

BATCH: Final = 6
"""How many addresses of the past are read in one tick: the sources that are due come between."""

AGAIN: Final = timedelta(days=1)
"""How long what could not be had of the past waits for its next look, once everything was looked at."""

PAST_NEXT: Final = "past_next"
"""The mark of when the past is read next; empty until all of it was looked at once."""


def chosen(rooms: Rooms, due: Sequence[Source]) -> list[Source]:
    """Return which of the sources that are due are asked now: all, but on the first day the press waits for the governments and the
    past, where there is one to read."""
    if not rooms.config.history.events or sources.marked(rooms.store, WELCOMED):
        return list(due)
    return list(due) if _waited(rooms) else [source for source in due if source.official]


def _waited(rooms: Rooms) -> bool:
    """Whether the press has waited for long enough: the past was looked at, PATIENCE is over, or no government answers at all."""
    began = first_answer(rooms.store)
    if began:
        return _looked_at(rooms) or rooms.clock() - parse_utc(began) >= welcoming.PATIENCE
    states = sources.states(rooms.store)
    return all(states[source.id].polls for source in on_duty(rooms.config.sources, states) if source.official)


def go_on(rooms: Rooms, stop: Event) -> None:
    """Read some more of the past, where there is more, until ``stop`` is set; send the first message when the first round is over."""
    if not first_answer(rooms.store):
        return
    _read_past(rooms, stop)
    if not stop.is_set() and welcoming.is_due(rooms, past=_looked_at(rooms)):
        welcoming.send(rooms)


def _looked_at(rooms: Rooms) -> bool:
    return not rooms.config.history.events or bool(sources.marked(rooms.store, PAST_NEXT))


def _read_past(rooms: Rooms, stop: Event) -> None:
    """A batch of the past: without a pause while there is something never asked for, then once a day what could not be had."""
    after = sources.marked(rooms.store, PAST_NEXT)
    if not rooms.config.history.events or offline.since(rooms) or (after and utc(rooms.clock()) < after):
        return
    done = backfill(rooms, limit=BATCH, rounds=1, stop=stop)
    if done.unasked == 0:
        with rooms.store.transaction():
            sources.mark(rooms.store, PAST_NEXT, utc(rooms.clock() + AGAIN))
    if done.asked:
        rooms.log.info("past", asked=done.asked, new=done.new, failed=done.failed, left=done.left)
