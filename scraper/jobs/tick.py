"""One beat of the daemon: poll what is due or wished for, read again what was read before, then tell what is due
and finish deliveries that a crash or a failure left open, and once a day the housekeeping."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event

from scraper.errors import FetchError
from scraper.jobs import archiving, beginning, digest, keeping, naming, offline, poll, rereading, waking
from scraper.jobs.poll import Passed
from scraper.jobs.rooms import Rooms
from scraper.jobs.signs import HEARTBEAT, LAST_TICK, LONGEST, UNDER_WAY
from scraper.model.moment import parse_utc
from scraper.storage import sources

__all__ = ["DEAD", "HEARTBEAT", "LAST_TICK", "LONGEST", "PULSE", "UNDER_WAY", "tick"]

PULSE = timedelta(minutes=1)
"""The time between two signs of life."""

DEAD = timedelta(minutes=20)
"""After so long without a sign of life a tick that did not end belongs to a process that died; the scheduler waits at most 15
minutes after one that failed."""


class _Pulse(Event):
    """The event that ends a pass, as it is handed to one: being asked between two results is the sign of life that is marked.

    A first pass reads hundreds of articles, politely, and may take an hour; nothing else would tell it from one that hangs.
    """

    def __init__(self, rooms: Rooms, stop: Event, alive: Callable[[], None], *, at_once: bool) -> None:
        super().__init__()
        self._rooms = rooms
        self._stop = stop
        self._alive = alive
        self._began = rooms.clock()
        self._marked = self._began - PULSE if at_once else self._began

    def is_set(self) -> bool:
        """Tell whether the pass is to end; mark the time, once a PULSE."""
        now = self._rooms.clock()
        if abs(now - self._marked) >= PULSE:
            self._marked = now
            _mark_alive(self._rooms)
            if now - self._began <= LONGEST:
                self._alive()
        return self._stop.is_set()


def tick(rooms: Rooms, stop: Event, *, alive: Callable[[], None] = lambda: None) -> Passed:
    """Do one beat; raises StorageError where the database cannot be used, and, when all else is done, a bug that a page brought to
    light. ``alive`` is called about once a minute while a pass is under way that does not hang."""
    rooms = naming.taught(rooms)
    waking.note(rooms, (sources.marked(rooms.store, LAST_TICK), sources.marked(rooms.store, HEARTBEAT)))
    last, named = sources.wished(rooms.store) or (0, None)
    chosen = beginning.chosen(rooms, poll.due(rooms) or offline.probe(rooms))
    if named is not None:
        wanted = [source for source in rooms.config.sources if (source.id in named if named else source.enabled)]
        chosen += [source for source in wanted if source not in chosen]
    pulse = _Pulse(rooms, stop, alive, at_once=bool(chosen))  # a tick with nothing to do is over before it had to say so
    passed = poll.run(rooms, chosen, stop=pulse)
    offline.follow(rooms, passed.polls)
    again = rereading.run(rooms, pulse)
    if not passed.stopped:
        beginning.go_on(rooms, pulse)
        digest.tell_due(rooms)
        with rooms.store.transaction():
            sources.mark(rooms.store, LAST_TICK, rooms.store.now())
            _mark_ended(rooms)
            sources.granted(rooms.store, last)
        keeping.keep(rooms)
        _beat(rooms)
        archiving.run(rooms)
    for bug in (*passed.bugs, *again.bugs):
        raise bug
    return passed


def _mark_alive(rooms: Rooms) -> None:
    """Mark a sign of life, and since when no tick has ended: one that fails again and again is under way since the first time."""
    since, last = sources.marked(rooms.store, UNDER_WAY), sources.marked(rooms.store, HEARTBEAT)
    died = not last or abs(rooms.clock() - parse_utc(last)) > DEAD
    with rooms.store.transaction():
        if died or not since:
            sources.mark(rooms.store, UNDER_WAY, rooms.store.now())
        sources.mark(rooms.store, HEARTBEAT, rooms.store.now())


def _mark_ended(rooms: Rooms) -> None:
    if sources.marked(rooms.store, UNDER_WAY):
        sources.mark(rooms.store, UNDER_WAY, "")


def _beat(rooms: Rooms) -> None:
    """Tell a watcher outside that the house is awake; that it cannot be told is no reason to fall."""
    url = rooms.config.alerts.heartbeat_url
    if not url:
        return
    try:
        rooms.fetcher.ping(url)
    except FetchError as error:
        rooms.log.warning("heartbeat", error=str(error))
