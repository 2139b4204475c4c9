"""The daemon from outside: what it tells systemd, other processes and its watchers, and how it ends."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from scraper import app
from scraper.jobs.rooms import Home
from scraper.model.source import Source
from scraper.pressroom import PressRoom
from scraper.storage.lock import Lock

from .house import PATIENCE, Daemon, command, home, rows, sound

BEAT = "/?beat"
FIELDS = {"source_id", "started_at", "finished_at", "outcome", "http_status", "entries", "new", "error"}
"""What the row of a poll has, its own number aside."""


@dataclass(frozen=True)
class Watch:
    """A daemon at work on a press room, with the socket it was told to notify."""

    place: Home
    room: PressRoom
    daemon: Daemon
    notices: socket.socket


@pytest.fixture
def notices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[socket.socket]:
    """A socket such as systemd has for the notices of a service."""
    with notify_socket(tmp_path_factory.mktemp("n")) as bound:
        yield bound


def notify_socket(folder: Path) -> socket.socket:
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    bound.bind(str(folder / "s"))
    bound.settimeout(PATIENCE)
    return bound


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    """A daemon that has polled every site once."""
    folder = tmp_path_factory.mktemp("daemon")
    with PressRoom(app.now()) as room, notify_socket(folder) as bound:
        place = home(folder / "home", room.sources())
        alerts = place.config / "alerts.toml"
        alerts.write_text(f'heartbeat_url = "{room.url}{BEAT}"\n{alerts.read_text("utf-8")}', "utf-8")
        with Daemon(place, folder / "log", NOTIFY_SOCKET=str(folder / "s")) as daemon:
            daemon.until(lambda: room.requests[BEAT] > 0, "the first heartbeat")
            yield Watch(place, room, daemon, bound)


def test_readiness_is_told_before_anything_is_asked_for(watch: Watch) -> None:
    assert watch.notices.recv(100) == b"READY=1"


def test_every_poll_is_one_line_of_json_with_the_fields_of_its_row(watch: Watch) -> None:
    lines = [
        json.loads(line) for line in watch.daemon.said().splitlines() if line.startswith("{")
    ]  # the first message is on the screen, too
    polls = [line for line in lines if line["event"] == "poll"]
    assert {line["source_id"] for line in polls} == {source.id for source in watch.room.sources()}
    assert all(line.keys() >= FIELDS for line in polls)
    with_source = {line["source_id"]: line for line in reversed(polls)}
    for source, outcome, entries, new in rows(watch.place, "SELECT source_id, outcome, entries, new FROM polls ORDER BY id LIMIT 6"):
        line = with_source[source]
        assert (outcome, entries, new) == (line["outcome"], line["entries"], line["new"])


def test_the_heartbeat_comes_after_the_polls_of_its_tick(watch: Watch) -> None:
    asked = [path for path, _ in watch.room.visits]
    first = asked.index(BEAT)
    assert all(
        asked.index(path) < first for path in (f"/{source.id}/" + source.url.split(f"/{source.id}/")[1] for source in watch.room.sources())
    )
    assert rows(watch.place, "SELECT count(DISTINCT source_id) FROM polls") == [(6,)]


def test_a_second_daemon_is_refused(watch: Watch) -> None:
    second = command("--home", watch.place.root, "run")
    assert second.returncode == 3
    assert f"process {watch.daemon.process.pid}" in second.stderr
    assert watch.daemon.lives(0)


def test_it_goes_on_although_nobody_reads_its_notices(watch: Watch) -> None:
    """More ticks than a socket's queue holds datagrams (net.unix.max_dgram_qlen is 10)."""
    watch.daemon.until(lambda: watch.room.requests[BEAT] > 15, "the heartbeats")


def test_a_poll_beside_it_asks_it(watch: Watch) -> None:
    before = watch.room.requests["/other-trio/rss.xml"]
    asked = command("--home", watch.place.root, "poll", "other-trio")
    assert asked.returncode == 0
    assert f"process {watch.daemon.process.pid}" in asked.stdout
    assert "asked to poll" in asked.stdout
    watch.daemon.until(lambda: watch.room.requests["/other-trio/rss.xml"] > before, "the poll it was asked for")


def test_a_poll_beside_it_of_an_unknown_source_is_refused(watch: Watch) -> None:
    asked = command("--home", watch.place.root, "poll", "no-such-source")
    assert asked.returncode == 2
    assert "no-such-source" in asked.stderr
    assert not rows(watch.place, "SELECT id FROM wishes WHERE sources LIKE '%no-such-source%'")


def test_it_ends_at_once_while_a_server_does_not_answer(tmp_path: Path, notices: socket.socket) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(PATIENCE)
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/feed"
        place = home(tmp_path / "home", [Source("silent", "Silent", "feed", url, publisher="Silent", allow_private=True, spacing=0.0)])
        with Daemon(place, tmp_path / "log", NOTIFY_SOCKET=notices.getsockname()) as daemon:
            connection, _ = silent.accept()
            with connection:
                assert connection.recv(1000).startswith(b"GET /")
                assert daemon.end(within=10) == 0, daemon.said()
    assert notices.recv(100) == b"READY=1"
    # A tick with something to do says at once that it is alive, before it has done it.
    assert next(said for said in iter(lambda: notices.recv(100), b"") if said != b"WATCHDOG=1") == b"STOPPING=1"
    assert not list(place.folder.glob("*-wal")), "the log of the database was not folded back"
    assert sound(place)
    assert not rows(place, "SELECT id FROM polls"), "a poll that was given up is not recorded"
    with Lock(place.database):
        pass


def test_it_ends_at_once_while_it_waits_for_its_next_tick(tmp_path: Path) -> None:
    with PressRoom(app.now()) as room:
        place = home(tmp_path / "home", room.sources())
        with Daemon(place, tmp_path / "log", "--tick", "3600") as daemon:
            daemon.until(lambda: len(rows(place, "SELECT id FROM polls")) == 6, "the first tick")
            assert daemon.end(within=10) == 0, daemon.said()
    assert sound(place)


def test_it_ends_cleanly_in_the_middle_of_a_pass(tmp_path: Path) -> None:
    with PressRoom(app.now()) as room:
        place = home(tmp_path / "home", room.sources())
        with Daemon(place, tmp_path / "log") as daemon:
            daemon.until(lambda: len(room.visits) > 8, "some requests")
            assert daemon.end(within=10) == 0, daemon.said()
            assert "bug" not in {json.loads(line)["event"] for line in daemon.said().splitlines()}
    assert sound(place)
    assert not rows(place, "SELECT id FROM entries WHERE decision = 'failed'"), "that the daemon ended is no failure of a page"


def test_a_storage_error_ends_the_tick_and_not_the_daemon(tmp_path: Path) -> None:
    with PressRoom(app.now()) as room:
        place = home(tmp_path / "home", room.sources())
        with Daemon(place, tmp_path / "log") as daemon:
            daemon.until(lambda: room.requests["/us-ministry/feed/"] > 0, "the first poll")
            daemon.until(daemon.ready, "readiness")
            with closing(sqlite3.connect(place.database, isolation_level=None, timeout=PATIENCE)) as other:
                other.execute("BEGIN IMMEDIATE")
                daemon.until(lambda: '"event": "storage"' in daemon.said(), "the complaint")
                other.execute("ROLLBACK")
            daemon.until(lambda: rows(place, "SELECT count(DISTINCT source_id) FROM polls") == [(6,)], "the polls after it")
            assert daemon.end(within=10) == 0
    assert '"code": "busy"' in (tmp_path / "log").read_text("utf-8")


def test_without_a_network_it_stays_up_and_says_so_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    nowhere = f"http://127.0.0.1:{port}/feed"
    gone = [Source(name, name.title(), "feed", nowhere, publisher=name, allow_private=True, spacing=0.0) for name in ("a", "b", "c")]
    place = home(tmp_path / "home", gone)
    with Daemon(place, tmp_path / "log") as daemon:
        daemon.until(lambda: '"event": "offline"' in daemon.said(), "word that nothing answers")
        daemon.until(lambda: len(rows(place, "SELECT value FROM marks WHERE name = 'last_tick'")) == 1, "the end of a tick")
        assert daemon.lives(2)
        told = json.loads(command("--home", place.root, "health", "--json").stdout)
        assert told["offline_since"]
        assert told["awake"] is True
        assert rows(place, "SELECT count(*) FROM polls") == [(3,)], "nobody is asked again and again"
        assert daemon.end(within=10) == 0
    assert daemon.said().count('"event": "offline"') == 1
