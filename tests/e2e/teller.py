"""The watch in a process of its own that may be killed at any moment, on the clock of a story, from where the last one left off."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from threading import Event
from urllib.request import urlopen

from scraper.archive import Archive, mend
from scraper.jobs import tick
from scraper.jobs.rooms import Rooms
from scraper.model.settings import AlertSettings
from scraper.storage import sources
from scraper.storage.lock import Lock
from tests.e2e.newsroom import DESKS, TURN
from tests.jobs.house import FETCH, Clock, desk, place, rooms

STEP = timedelta(hours=1)
BETWEEN_LIVES = timedelta(seconds=20)

desk()  # whoever starts these processes imports this once, and each begins where it is built


@dataclass(frozen=True)
class Story:
    """What a life is lived in: the home, where it tells, where the sites are, and for how many hours from when on."""

    folder: Path
    settings: AlertSettings
    newsroom: str
    start: datetime
    hours: int


@dataclass(frozen=True)
class Death:
    """When a life ends: at the ``count``-th time something happens of the kind ``phase``, from the story's hour ``hour`` on."""

    phase: str
    hour: int
    count: int


PREPARED, TRANSACTION, BEGUN, SETTLED = "prepared", "transaction", "begun", "settled"
"""The phases that the process itself sees, by the statements that it hands to SQLite: a message is stored and not begun, somewhere inside a
transaction (before its end too), the beginning of an attempt is written and not committed, its outcome is written and not committed."""


class Reaper:
    """Kills its own process at a statement."""

    def __init__(self, connection: Connection, death: Death) -> None:
        self.hour = 0
        self._connection = connection
        self._death = death
        self._left = death.count
        self._prepared = False

    def __call__(self, sql: str) -> None:
        if self.hour < self._death.hour or not self._happens(" ".join(sql.split())):
            return
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def _happens(self, sql: str) -> bool:
        inside = self._connection.in_transaction
        if self._death.phase == PREPARED:
            before, self._prepared = self._prepared, (self._prepared or 'INTO "digests"' in sql) and inside
            return before and not inside
        begins = {TRANSACTION: "", BEGUN: "UPDATE deliveries SET uncertain", SETTLED: "UPDATE deliveries SET state"}.get(self._death.phase)
        return inside and begins is not None and sql.startswith(begins)


@contextmanager
def watch(story: Story, clock: Clock) -> Iterator[Rooms]:
    """The rooms as the daemon has them: under the lock, what was torn mended."""
    polled = [one.source() for one in DESKS]
    fetch = replace(FETCH, hosts={".example": story.newsroom})
    home = place(story.folder)
    with (
        Lock(home.database),
        rooms(story.folder, clock, polled, alerts=story.settings, fetch=fetch) as made,
        Archive(home.captures, clock, run_id=str(os.getpid())) as archive,
    ):
        yield replace(made, archive=archive)


def live(story: Story, lives: int, death: Death | None) -> None:
    """Live on to the story's end, or to a death; each of the ``lives`` before this one took a while."""
    clock = Clock(story.start)
    mend(place(story.folder).captures)
    with watch(story, clock) as made:
        reaper = Reaper(made.store.db.conn, death) if death is not None else None
        made.store.db.conn.set_trace_callback(reaper)
        for hour in range(int(sources.marked(made.store, "story") or 0), story.hours):
            clock.now = story.start + hour * STEP + lives * BETWEEN_LIVES
            with urlopen(f"{story.newsroom}{TURN}{clock.now.isoformat()}") as answer:
                answer.read()
            if reaper is not None:
                reaper.hour = hour
            tick.tick(made, Event())
            with made.store.transaction():
                sources.mark(made.store, "story", str(hour + 1))
