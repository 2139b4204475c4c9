"""The daemon in this process: its jobs, its patience, its end. Signals and kills are tested on a process of its own (tests/e2e)."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from scraper import app, scheduler
from scraper.errors import ConfigError, DatabaseFull, Problem
from scraper.jobs import digest
from scraper.jobs.rooms import Rooms
from scraper.model.moment import utc
from scraper.model.settings import AlertSettings, Channel
from scraper.storage import sources
from scraper.storage.alerts import Alert, raise_once

from .house import Clock, Log, Site, one, rooms, statement

DAYS_AGO = utc(app.now() - timedelta(days=3))


@pytest.fixture
def clock() -> Clock:
    """APScheduler goes by the clock of the machine, so this one begins there."""
    return Clock(app.now())


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    """The handlers of this process, which the daemon replaces."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def ended_by(event: str) -> tuple[Log, list[Rooms]]:
    """A log that ends the daemon when it hears of something."""
    made: list[Rooms] = []
    return Log(lambda heard: made[0].ending.set() if heard == event else None), made


def run(made: Rooms, environ: dict[str, str] | None = None) -> bool:
    """Run the daemon until its rooms are told to end."""
    return scheduler.run(made, environ or {}, tick_seconds=0.05)


def test_it_polls_what_is_due_and_ends_cleanly(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement(at=clock()))
    log, told = ended_by("poll")
    with rooms(tmp_path, clock, [site.source()], log=log) as made:
        told.append(made)
        assert run(made)
        assert one(made, "SELECT count(*) FROM polls") == one(made, "SELECT count(*) FROM articles") == 1
        assert not made.store.db.conn.in_transaction
    assert [line["event"] for line in map(dict, log.events("ready") + log.events("stopped"))] == ["ready", "stopped"]
    assert log.events("ready")[0]["sources"] == 1
    assert log.events("stopped")[0]["clean"] is True


def test_systemd_is_told(tmp_path: Path, clock: Clock, site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("s") / "n"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bound:
        bound.bind(str(path))
        bound.settimeout(30)
        log, told = ended_by("poll")
        with rooms(tmp_path, clock, [site.source()], log=log) as made:
            told.append(made)
            run(made, {"NOTIFY_SOCKET": str(path)})
        notices = [bound.recv(100)]
        while not notices[-1].startswith(b"STOPPING"):
            notices.append(bound.recv(100))
    assert (notices[0], notices[-1]) == (b"READY=1", b"STOPPING=1")


def test_a_systemd_that_does_not_read_holds_nothing_up(
    tmp_path: Path, clock: Clock, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("s") / "n"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bound, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as eager:
        bound.bind(str(path))
        eager.setblocking(False)
        with suppress(BlockingIOError):
            while eager.sendto(b"x", str(path)):
                pass
        with rooms(tmp_path, clock, alerts=AlertSettings(heartbeat_url=f"{site.url}/beat")) as made:
            site.heard = lambda _: made.ending.set() if site.times("/beat") > 3 else None
            assert run(made, {"NOTIFY_SOCKET": str(path)})
    assert site.times("/beat") > 3


def test_a_systemd_that_does_not_listen_is_no_reason_to_fall(tmp_path: Path, clock: Clock) -> None:
    log, told = ended_by("ready")
    with rooms(tmp_path, clock, log=log) as made:
        told.append(made)
        assert run(made, {"NOTIFY_SOCKET": str(tmp_path / "nobody")})
        assert run(made, {"NOTIFY_SOCKET": "@nobody-listens-here"})


def test_a_digest_that_was_missed_is_sent_at_the_start(tmp_path: Path, clock: Clock) -> None:
    alerts = AlertSettings((Channel("file", "file", path="out/digest.html"),), watch_report="")
    log, told = ended_by("delivery")
    with rooms(tmp_path, clock, log=log, alerts=alerts) as made:
        told.append(made)
        sources.mark(made.store, digest.LAST_DIGEST, DAYS_AGO)
        site = Site()
        with site:
            sources.sync(made.store, [site.source()])
            raise_once(made.store, Alert("new_statement:1", "source_failing", source_id="ministry"))
            made.store.write("UPDATE source_states SET failing_since = ?, last_outcome = 'dns'", (DAYS_AGO,))
            assert run(made)
        assert (tmp_path / "out" / "digest.html").exists()


def turns(made: Rooms, clock: Clock, fails: Exception | None, seconds: int) -> list[int]:
    """The seconds at which a job that always fails gets its turn, asked every second."""
    done: list[int] = []
    start = clock()

    def job() -> None:
        done.append(int((clock() - start).total_seconds()))
        if fails is not None:
            raise fails

    idle = Event()
    guarded = scheduler._Guarded(made, job, idle)
    for _ in range(seconds):
        guarded()
        assert idle.is_set()
        clock.advance(seconds=1)
    return done


def test_a_job_that_fails_waits_ever_longer_and_never_for_good(tmp_path: Path, clock: Clock) -> None:
    log = Log()
    with rooms(tmp_path, clock, log=log) as made:
        assert turns(made, clock, DatabaseFull("no room"), 40) == [0, 2, 6, 14, 30]
        assert len(turns(made, clock, ZeroDivisionError(), 4000)) == 13
        assert turns(made, clock, None, 3) == [0, 1, 2]
    assert {line["code"] for line in log.events("storage")} == {"full"}
    assert "ZeroDivisionError" in log.events("bug")[0]["exception"]


def test_no_job_begins_after_the_end(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock) as made:
        made.ending.set()
        assert turns(made, clock, None, 2) == []


def test_sighup_takes_what_the_files_say_then_and_keeps_what_is_open(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement(at=clock()))
    log, told = ended_by("poll")
    with rooms(tmp_path, clock, log=log) as made:
        told.append(made)

        def reload(now: Rooms, environ: Mapping[str, str]) -> Rooms:
            config = replace(now.config, sources=(site.source(),), alerts=AlertSettings(digest_times=("03:00",)))
            with now.store.transaction():
                sources.sync(now.store, config.sources)
            return replace(now, desk=replace(now.desk, config=config))

        log._heard = lambda event: (
            signal.raise_signal(signal.SIGHUP) if event == "ready" else made.ending.set() if event == "poll" else None
        )
        assert scheduler.run(made, {}, tick_seconds=0.05, reload=reload)
        assert one(made, "SELECT count(*) FROM articles") == 1
    (line,) = log.events("reloaded")
    assert line["sources"] == 1


def test_a_broken_configuration_is_told_and_the_old_one_stays(tmp_path: Path, clock: Clock, site: Site) -> None:
    def reload(now: Rooms, environ: Mapping[str, str]) -> Rooms:
        raise ConfigError((Problem("sources.toml", "source.x", "is required"),))

    log = Log()
    with rooms(tmp_path, clock, [site.source()], log=log) as made:
        log._heard = lambda event: (
            signal.raise_signal(signal.SIGHUP) if event == "ready" else made.ending.set() if event == "reload" else None
        )
        assert scheduler.run(made, {}, tick_seconds=0.05, reload=reload)
        assert [source.id for source in made.config.sources] == ["ministry"]
    (line,) = log.events("reload")
    assert line["problems"] == ["sources.toml: source.x: is required"]
    assert log.events("reloaded") == []


def test_a_reload_that_the_database_refused_is_tried_again(tmp_path: Path, clock: Clock) -> None:
    tries: list[int] = []

    def reload(now: Rooms, environ: Mapping[str, str]) -> Rooms:
        tries.append(1)
        if len(tries) == 1:
            raise DatabaseFull("no room")
        return now

    with rooms(tmp_path, clock) as made:
        house = scheduler._House(made, {}, reload)
        house.asked.set()
        with pytest.raises(DatabaseFull):
            house.renew()
        assert [house.renew(), house.renew()] == [True, False]
