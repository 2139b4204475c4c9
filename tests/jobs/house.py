"""What these tests share: a clock, rooms over a database of their own, sites on loopback, statements to publish."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self

from scraper import app
from scraper.archive import Archive
from scraper.config import Config, defaults_folder, load
from scraper.fetch import Fetcher
from scraper.jobs.rooms import Desk, Home, Rooms
from scraper.model.history import History
from scraper.model.settings import AlertSettings, FetchSettings
from scraper.model.source import Source
from scraper.storage import initiatives, sources
from scraper.storage.store import Row, Store

START = datetime(2026, 7, 9, 12, 0, tzinfo=UTC)
FETCH = FetchSettings(
    "trilateral-tests/1 (+https://example.org/about)", timeout=10, deadline=20, max_bytes=400_000, spacing=0, robots=False
)


@dataclass
class Clock:
    """A clock that only moves when told to."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


class Log(io.StringIO):
    """A log that can be read, and that calls ``heard`` with each event."""

    def __init__(self, heard: Callable[[str], object] = lambda _: None) -> None:
        super().__init__()
        self._heard = heard

    def write(self, text: str) -> int:
        for line in filter(None, text.splitlines()):
            self._heard(json.loads(line)["event"])
        return super().write(text)

    def events(self, name: str) -> list[dict[str, Any]]:
        """The lines of one event."""
        lines = [json.loads(line) for line in self.getvalue().splitlines()]
        return [line for line in lines if line["event"] == name]


@cache
def packaged() -> Config:
    """The packaged configuration without sources, channels and history."""
    config = load(defaults_folder() / "config", {"TRILATERAL_SMTP_PASSWORD": "-"})
    return replace(config, sources=(), alerts=AlertSettings(), fetch=FETCH, history=History())


@cache
def desk() -> Desk:
    """The pure part of the house, built once."""
    return app.desk(packaged())


def place(folder: Path) -> Home:
    """A home in a folder."""
    return Home(folder, folder / "config", folder / "db" / "trilateral.db")


@contextmanager
def rooms(
    folder: Path, clock: Clock, polled: Sequence[Source] = (), *, log: Log | None = None, made: Desk | None = None, **changed: Any
) -> Iterator[Rooms]:
    """Rooms over the database of a home; ``changed`` are other parts of the configuration."""
    base = made or desk()
    ready = replace(base, config=replace(base.config, sources=tuple(polled), **changed))
    home, ending = place(folder), Event()
    with ExitStack() as stack:
        store = stack.enter_context(Store(home.database, clock))
        with store.transaction():
            sources.sync(store, ready.config.sources)
            initiatives.sync(store, ready.config.registry)
        archive = stack.enter_context(Archive(home.captures, clock, run_id="test"))
        fetcher = stack.enter_context(Fetcher(ready.config.fetch, clock, sleep=ending.wait))
        yield Rooms(home, ready, store, fetcher, archive, clock, app.logger(log if log is not None else Log()), ending)


def rows(made: Rooms, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of a query as tuples."""
    return [tuple(row.values()) for row in made.store.rows(sql, values)]


def one(made: Rooms, sql: str, *values: object) -> Any:
    """The only value of a query."""
    ((value,),) = rows(made, sql, *values)
    return value


def sound(made: Rooms) -> None:
    """Nothing is half written: every reference holds and every capture lies where its row says."""
    assert made.store.rows("PRAGMA foreign_key_check") == []
    assert one(made, "PRAGMA integrity_check") == "ok"
    for file, offset, length in rows(made, "SELECT file, offset, length FROM captures"):
        assert (made.home.captures / file).stat().st_size >= offset + length


@dataclass(frozen=True)
class Sheet:
    """What a path answers; ``wait`` holds the answer back until the event is set."""

    body: bytes = b""
    media: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    wait: Event | None = None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # a head and a body in two packets would wait 40 ms for each other
    server: Server

    def do_GET(self) -> None:
        sheet = self.server.site.answer(self.path, dict(self.headers))
        if sheet.wait is not None:
            sheet.wait.wait(60)
        self.send_response(sheet.status)
        for name, value in (("Content-Type", sheet.media), ("Content-Length", str(len(sheet.body))), *sheet.headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(sheet.body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, headers = self.server.site.posted
        self.send_response(status)
        for name, value in (("Content-Length", "0"), *headers):
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        pass


class Server(ThreadingHTTPServer):
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error here."""


@dataclass
class Site:
    """Pages by path on loopback; a path that is not there is 404. ``asked`` are the requests so far."""

    pages: dict[str, Sheet] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    heard: Callable[[str], object] = lambda _: None
    posted: tuple[int, tuple[tuple[str, str], ...]] = (200, ())

    def answers_to_posts(self, status: int, headers: tuple[tuple[str, str], ...] = ()) -> None:
        """What a POST is answered with from now on."""
        self.posted = (status, headers)

    def __enter__(self) -> Self:
        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.site = self
        self._server.block_on_close = False
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, path: str, headers: Mapping[str, str]) -> Sheet:
        self.asked.append((path, headers))
        self.heard(path)
        sheet = self.pages.get(path, Sheet(status=404))
        fresh = dict(sheet.headers).get("ETag", "-") == headers.get("If-None-Match")
        return Sheet(status=304, headers=sheet.headers) if fresh else sheet

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(asked == path for asked, _ in self.asked)

    def source(self, name: str = "ministry", path: str = "/feed", **changed: Any) -> Source:
        """A government's feed here, without spacing."""
        values = {"publisher": name, "party": "US", "official": True, "kind": "feed", "spacing": 0.0, "allow_private": True, **changed}
        return Source(id=name, name=name.title(), url=self.url + path, **values)

    def publish(self, *items: Item, path: str = "/feed") -> None:
        """Put out a feed of items with their pages."""
        self.pages[path] = Sheet(rss(self.url, items), "application/rss+xml; charset=utf-8")
        for item in items:
            self.pages[item.path] = Sheet(item.page())


@dataclass(frozen=True)
class Item:
    """A page of a site, published at ``at``."""

    path: str
    title: str
    text: str
    at: datetime = START - timedelta(hours=2)

    def page(self) -> bytes:
        paragraphs = "".join(f"<p>{part}</p>" for part in self.text.split("\n\n"))
        stamp = f'<meta property="article:published_time" content="{self.at.isoformat()}">'
        return f'<!DOCTYPE html><html lang="en"><head><title>{self.title}</title>{stamp}</head><body><article><h1>{self.title}</h1>{paragraphs}</article></body></html>'.encode()


def rss(base: str, items: Sequence[Item]) -> bytes:
    """A feed of items."""
    told = "".join(
        f"<item><title>{item.title}</title><link>{base}{item.path}</link><guid>{base}{item.path}</guid><pubDate>{format_datetime(item.at)}</pubDate></item>"
        for item in items
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title><link>{base}</link>{told}</channel></rss>'.encode()


TITLE = "Joint Statement of the United States, the Republic of Korea, and Japan on the Trilateral Ministerial Meeting in {place}"
OPENING = (
    "The following text was released by the Governments of the United States of America, the Republic of Korea, and Japan.\n\n"
    "The Secretary of State of the United States and the Foreign Ministers of the Republic of Korea and Japan met in {place} on {day}."
)
SUBJECTS = {
    "Seoul": "They welcomed the progress of relief ships and field hospitals, and agreed that doctors of the three countries will train side by side each spring.",
    "Tokyo": "They spoke of harvests, of seed banks in cold valleys, and of the price of grain, and asked their experts to compare weather records going back eighty years.",
    "Honolulu": "They thanked the divers who cleared nets from the reef, and promised four survey vessels to map the sea floor between the northern islands.",
}


def statement(place_: str = "Seoul", *, at: datetime = START - timedelta(hours=2), name: str = "", path: str = "") -> Item:
    """A joint statement of the three, whose meeting was on the day it is published; ``name`` is an initiative it launches."""
    launched = (
        f"\n\nThe ministers announced the launch of the {name}, under which the three governments will share what they learn."
        if name
        else ""
    )
    day = f"{at:%B} {at.day}, {at.year}"
    closing = "\n\nThey reaffirmed the importance of trilateral cooperation and will meet again next year."
    text = OPENING.format(place=place_, day=day) + launched + "\n\n" + SUBJECTS[place_] + closing
    return Item(path or f"/{place_.lower()}-{at:%Y%m%d}", TITLE.format(place=place_), text, at)


def unrelated(number: int = 1) -> Item:
    """Something that is nobody's joint act."""
    text = (
        "The museum of clocks opens a new wing on Saturday. Visitors will find two hundred pendulums there, and a garden with sundials.\n\n"
        "The director said that the oldest clock had been repaired by hand over the winter, and that children may wind it on Sundays."
    )
    return Item(f"/museum-{number}", f"Museum of Clocks Opens Wing Number {number}", text)


def closed_port() -> int:
    """A port of loopback at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        return int(bound.getsockname()[1])


def jsonl(path: Path, *items: Item | str | bytes, base: str = "https://www.state.gov") -> Path:
    """A file of JSON lines; what is no item stands in it as it is."""
    lines = [item if isinstance(item, bytes) else item.encode() if isinstance(item, str) else record(item, base) for item in items]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def record(item: Item, base: str) -> bytes:
    given = {
        "url": base + item.path,
        "title": item.title,
        "date": item.at.date().isoformat(),
        "language": "en",
        "text": item.text,
        "extra": [1],
    }
    return json.dumps(given).encode()


def delivered(made: Rooms) -> list[Row]:
    """What became of the deliveries, one row a digest."""
    return made.store.rows(
        "SELECT DISTINCT g.channel, g.message_id, d.state, d.attempts FROM deliveries d JOIN digests g ON g.id = d.digest_id ORDER BY g.id"
    )
