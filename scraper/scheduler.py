"""The daemon: APScheduler with one tick job, readiness told to systemd, a clean stop.

Nothing is kept in APScheduler: what is due lives in the database, so that a restart loses nothing. SIGHUP makes the next tick begin
with the configuration as its files are then.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
from collections.abc import Callable, Mapping
from datetime import UTC, timedelta
from threading import Event

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from scraper.errors import ConfigError, StorageError
from scraper.jobs import tick
from scraper.jobs.rooms import Rooms
from scraper.ports import Log

TICK_SECONDS = 15.0
STOP_SECONDS = 8.0
MOST_PATIENCE_SECONDS = 900.0

Reload = Callable[[Rooms, Mapping[str, str]], Rooms]
"""Makes rooms with the configuration as its files are now; raises ConfigError where that cannot be used."""


class _House:
    """The rooms in force, and whether others were asked for. They change in the one thread that does the jobs, between two jobs."""

    def __init__(self, rooms: Rooms, environ: Mapping[str, str], reload: Reload | None) -> None:
        self.rooms = rooms
        self.asked = Event()
        self._environ = environ
        self._reload = reload

    def renew(self) -> bool:
        """Take the new configuration, where that was asked for and it can be used; return whether the rooms changed.

        A broken one is logged with its problems and the old one stays; after a StorageError it is tried again at the next tick.
        """
        if not self.asked.is_set() or self._reload is None:
            return False
        self.asked.clear()  # first: who asks while the files are read is heard again
        try:
            self.rooms = self._reload(self.rooms, self._environ)
        except ConfigError as error:
            self.rooms.log.error("reload", problems=[str(problem) for problem in error.problems])  # noqa: TRY400  they say it all
            return False
        except StorageError:
            self.asked.set()
            raise
        self.rooms.log.info("reloaded", sources=sum(source.enabled for source in self.rooms.config.sources))
        return True


def run(rooms: Rooms, environ: Mapping[str, str], *, tick_seconds: float = TICK_SECONDS, reload: Reload | None = None) -> bool:
    """Run until SIGTERM or SIGINT (or ``rooms.ending``); return whether the job in hand ended in time.

    At SIGHUP ``reload`` is called before the next tick; without one the signal does nothing.

    One thread does all the jobs, so that there is one writer. A storage error ends its tick and is logged; so does a bug, at the
    one blind ``except`` of the house.
    """
    ending = rooms.ending
    _hear_libraries(rooms.log)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    idle = Event()
    house = _House(rooms, environ, reload)
    signal.signal(signal.SIGHUP, lambda *_: house.asked.set())
    scheduler = _scheduled(house, environ, idle, tick_seconds)
    scheduler.start()
    _notify(environ, "READY=1")
    rooms.log.info("ready", sources=sum(source.enabled for source in rooms.config.sources), database=str(rooms.home.database))
    while not ending.wait(3600):
        pass
    _notify(environ, "STOPPING=1")
    scheduler.shutdown(wait=False)
    rooms.fetcher.close()
    clean = idle.wait(STOP_SECONDS)
    rooms.log.info("stopped", clean=clean)
    return clean


class _Libraries(logging.Handler):
    """Hands what libraries have to say to the log of the house, so that every line of it has one form."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Log one record with the library's name."""
        self._log.warning("library", logger=record.name, message=record.getMessage())


def _hear_libraries(log: Log) -> None:
    logging.basicConfig(handlers=[_Libraries(log)], level=logging.WARNING)
    # A tick that takes longer than the time between two is what max_instances is for, and no news.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


def _scheduled(house: _House, environ: Mapping[str, str], idle: Event, seconds: float) -> BackgroundScheduler:
    rooms = house.rooms
    scheduler = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(1)})
    idle.set()

    def beat() -> None:
        house.renew()
        tick.tick(house.rooms, rooms.ending, alive=alive)
        alive()

    def alive() -> None:
        _notify(environ, "WATCHDOG=1", patience=0.0)

    settings = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    first = {"next_run_time": rooms.clock() + timedelta(seconds=0.05)}
    scheduler.add_job(_Guarded(rooms, beat, idle), "interval", seconds=seconds, id="tick", **settings, **first)
    return scheduler


class _Guarded:
    """A job whose failure ends only its own turn; after each failure in a row its next turn waits twice as long, so that a full
    disk does not make us ask every source again at every tick."""

    def __init__(self, rooms: Rooms, job: Callable[[], None], idle: Event) -> None:
        self._rooms = rooms
        self._job = job
        self._idle = idle
        self._failures = 0
        self._resume = rooms.clock()

    def __call__(self) -> None:
        self._idle.clear()  # before the look at the end: who ends waits for what has passed it
        try:
            if not self._rooms.ending.is_set() and self._rooms.clock() >= self._resume:
                self._job()
                self._failures = 0
        except StorageError as error:
            self._wait()
            self._rooms.log.error("storage", code=error.code, error=str(error))  # noqa: TRY400  the sentence says it all
        except Exception:
            # A bug in one tick must not end the watch; everything expected is caught further down.
            self._wait()
            self._rooms.log.exception("bug")
        finally:
            self._idle.set()

    def _wait(self) -> None:
        self._failures += 1
        self._resume = self._rooms.clock() + timedelta(seconds=min(2.0**self._failures, MOST_PATIENCE_SECONDS))


def _notify(environ: Mapping[str, str], state: str, *, patience: float = 1.0) -> None:
    """Tell systemd (sd_notify(3)): a datagram to the socket that ``NOTIFY_SOCKET`` names, if it does.

    Where its queue is full this waits ``patience`` seconds and no longer: the watch goes on whether or not anybody listens.
    """
    address = environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    target = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.settimeout(patience)
        try:
            channel.sendto(state.encode(), target)
        except OSError:
            return


def leave(clean: bool) -> None:
    """End the process at once where a fetching thread still hangs: everything is closed, and Python would wait for it."""
    if not clean:
        os._exit(0)
