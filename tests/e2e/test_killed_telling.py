"""A story of 200 findings whose teller dies at 50 random points: every finding arrives exactly once on each channel.

It dies at the boundaries at which it matters: before a transaction, before and after its commit; what lies between is either undone by the
database or is the sending itself, whose own boundaries are the transactions around it. What a mail server or a webhook accepted from a
teller that died before it could write that down goes out once more under the same id; those are counted.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from re import findall
from threading import Event, Thread

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from scraper.jobs.rooms import Rooms
from scraper.model.settings import AlertSettings, Channel
from scraper.storage.store import Store
from tests.e2e.teller import AFTERWARDS, step, tell
from tests.jobs.house import Clock, closed_port, one, place, rooms, rows

FINDINGS, A_STEP, KILLS = 200, 5, 50
NAME = r"finding-\d{3}"
WANTED = {f"finding-{number:03}" for number in range(FINDINGS)}
SEED = int(os.environ.get("TRILATERAL_SEED") or 20260803)


class Killed(BaseException):
    """The end of a process: nothing may catch it."""


@dataclass
class Fate:
    """Ends the process when it has crossed so many boundaries; 0 is never."""

    left: int = 0
    crossed: int = 0

    def cross(self) -> None:
        self.crossed += 1
        self.left -= 1
        if self.left == 0:
            raise Killed


class Mortal(Store):
    """A database whose user may die at each boundary of a transaction."""

    fate: Fate = Fate()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.fate.cross()
        with super().transaction():
            yield
            self.fate.cross()
        self.fate.cross()


@dataclass
class Letters:
    """What a mail server took: the id and the findings of each mail."""

    taken: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd calls it so
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=default)
        body = mail.get_body(("plain",))  # type: ignore[attr-defined]
        self.taken.append((str(mail["Message-ID"]), tuple(sorted(set(findall(NAME, body.get_content()))))))
        return "250 kept"


class Receiver(BaseHTTPRequestHandler):
    """A webhook that keeps what it was sent under which key."""

    taken: list[tuple[str, tuple[str, ...]]]
    heard: Event

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.taken.append((self.headers["Idempotency-Key"], tuple(sorted(set(findall(NAME, body))))))
        self.heard.set()
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        pass


@contextmanager
def mailing(port: int) -> Iterator[Letters]:
    letters = Letters()
    controller = Controller(letters, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield letters
    finally:
        controller.stop()


@contextmanager
def receiving(heard: Event) -> Iterator[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    taken: list[tuple[str, tuple[str, ...]]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Hook", (Receiver,), {"taken": taken, "heard": heard}))
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", taken
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def mortal(folder: Path, clock: Clock, settings: AlertSettings, fate: Fate) -> Iterator[Rooms]:
    """Rooms whose user dies by fate; what was not committed is gone then, as when a process ends."""
    with rooms(folder, clock, alerts=settings) as made, Mortal(place(folder).database, clock) as store:
        store.fate = fate
        yield replace(made, store=store)


def told(folder: Path, clock: Clock, settings: AlertSettings, luck: random.Random) -> tuple[int, int]:
    """Tell the whole story with its deaths; return how many there were, and how many boundaries were crossed."""
    fate, number, deaths = Fate(), 0, 0
    while number < FINDINGS // A_STEP + AFTERWARDS:
        fate.left = luck.randint(1, 45) if deaths < KILLS else 0
        try:
            with mortal(folder, clock, settings, fate) as made:
                while number < FINDINGS // A_STEP + AFTERWARDS:
                    step(made, range(number * A_STEP, min((number + 1) * A_STEP, FINDINGS)))
                    number += 1
                    clock.advance(hours=3)
        except Killed:
            deaths += 1
            clock.advance(minutes=1)
    return deaths, fate.crossed


def check(made: Rooms, channel: str, taken: list[tuple[str, tuple[str, ...]]]) -> None:
    """Every finding in one message; a message that came again is the same under the same id, and counted."""
    once = dict(taken)
    assert all(findings == once[identity] for identity, findings in taken)
    assert Counter(finding for findings in once.values() for finding in findings) == Counter(WANTED), channel
    again = len(taken) - len(once)
    counted = one(made, "SELECT coalesce(sum(uncertain), 0) FROM (SELECT max(uncertain) AS uncertain FROM deliveries WHERE channel = ? "
                        "GROUP BY digest_id)", channel)  # fmt: skip
    print(f"{channel}: {len(once)} messages, {again} of them again, {counted} attempts that nobody can tell of")
    assert again <= counted


def told_once(made: Rooms, settings: AlertSettings) -> None:
    """Every finding has one delivery on each channel, and it is settled."""
    found = rows(
        made, "SELECT channel, count(*), count(DISTINCT alert_id), min(state), max(state) FROM deliveries GROUP BY channel ORDER BY 1"
    )
    assert found == sorted((channel.name, FINDINGS, FINDINGS, "sent", "sent") for channel in settings.channels)


def listeners(port: int, url: str) -> tuple[Channel, Channel]:
    mail = Channel("mail", "email", host="127.0.0.1", port=port, security="none", sender="a@desk.example", recipients=("b@to.example",))
    return mail, Channel("hook", "webhook", url=url, secret="a secret of some length", allow_private=True)


def test_every_finding_arrives_exactly_once_on_each_channel(tmp_path: Path) -> None:
    print("seed", SEED)
    clock, port = Clock(), closed_port()
    with mailing(port) as letters, receiving(Event()) as (url, posted):
        feed = Channel("feed", "atom", path="out/feed.xml", host="desk.example")
        settings = AlertSettings((*listeners(port, url), feed), watch_report="")
        deaths, crossed = told(tmp_path, clock, settings, random.Random(SEED))
        assert deaths == KILLS, crossed
    with rooms(tmp_path, clock, alerts=settings) as made:
        check(made, "mail", letters.taken)
        check(made, "hook", posted)
        told_once(made, settings)
    entries = [set(findall(NAME, entry)) for entry in (tmp_path / "out" / "feed.xml").read_text("utf-8").split("<entry ")[1:]]
    assert Counter(finding for entry in entries for finding in entry) == Counter(WANTED)


def test_so_it_does_when_the_process_is_killed(tmp_path: Path) -> None:
    """The same with SIGKILL, after times that depend on the machine: wherever it strikes."""
    print("seed", SEED)
    luck, port, lives, heard = random.Random(SEED), closed_port(), 0, Event()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.e2e.teller"])
    with mailing(port) as letters, receiving(heard) as (url, posted):
        settings = AlertSettings(listeners(port, url), watch_report="")
        while True:
            teller = context.Process(target=tell, args=(tmp_path, settings, FINDINGS, 1, lives))
            heard.clear()
            teller.start()
            while teller.is_alive() and not heard.wait(0.01):  # each life gets something done
                pass
            teller.join(luck.uniform(0, 0.01) if lives < KILLS else None)
            teller.kill()
            teller.join()
            if teller.exitcode == 0:
                break
            assert teller.exitcode == -signal.SIGKILL
            lives += 1
        assert lives == KILLS
    with rooms(tmp_path, Clock(), alerts=settings) as made:
        check(made, "mail", letters.taken)
        check(made, "hook", posted)
        told_once(made, settings)
