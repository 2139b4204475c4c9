"""A house of its own for the fault table: rooms over a fresh database, and every fault as a source of it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

from scraper import app
from scraper.archive import Archive
from scraper.config import defaults_folder, load
from scraper.fetch import Fetcher
from scraper.jobs.rooms import Home, Rooms
from scraper.model.settings import AlertSettings, FetchSettings
from scraper.model.source import Source
from scraper.storage import initiatives, sources
from scraper.storage.store import Store

from .connections import CONNECTIONS
from .documents import DOCUMENTS
from .payloads import NOW, item, reply, rss
from .rows import Row
from .server import Asked, FaultServer, Play, Script

TABLE: tuple[Row, ...] = (*CONNECTIONS, *DOCUMENTS)
WELL = ("well-first", "well-last")
PLACES = {"well-first": "Honolulu", "well-last": "Seoul"}
FETCH = FetchSettings("trilateral-tests/1 (+https://example.org/about)", timeout=1.5, deadline=2.5, spacing=0, workers=16)


@dataclass
class Clock:
    """A clock that only moves when told to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


def healthy(place: str) -> Play:
    """A site in order: a joint statement and two things of no interest."""

    def play(asked: Asked) -> Script:
        joint = f"Joint Statement of the United States, the Republic of Korea, and Japan on the Trilateral Ministerial Meeting in {place}"
        own = item(asked, 1, title=joint, link=f"{asked.base}/statement-{place}")
        return (reply(rss((own, item(asked, 2), item(asked, 3))).encode()),)

    return play


def rows() -> tuple[Row, ...]:
    """The faults between two sources in order."""
    first, last = (Row(name, "ok", healthy(PLACES[name]), entries=3) for name in WELL)
    return (first, *TABLE, last)


@contextmanager
def served(chosen: Sequence[Row]) -> Iterator[tuple[FaultServer, Callable[[Row], Source]]]:
    """The fault server with what else has to listen; and how a row becomes a source of it."""
    with ExitStack() as stack:
        server = stack.enter_context(FaultServer({row.site: row.answer for row in chosen}))
        ports = {
            "port": server.port,
            "closed": closed_port(),
            "silent": stack.enter_context(silent()),
            "hasty": stack.enter_context(hasty()),
        }

        def made(row: Row) -> Source:
            url = row.url.format(site=row.site, **ports)
            values = {
                "publisher": row.name,
                "party": "US",
                "official": True,
                "kind": "feed",
                "spacing": 0.0,
                "allow_private": True,
                **row.source,
            }
            return Source(id=row.name, name=row.name, url=url, **values)  # type: ignore[arg-type]

        yield server, made


@contextmanager
def silent() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        yield int(bound.getsockname()[1])


@contextmanager
def hasty() -> Iterator[int]:
    """A port that takes connections and closes each after its first words."""
    bound = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = bound.accept()
                with connection:
                    connection.recv(10_000)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield int(bound.getsockname()[1])
    with suppress(OSError):
        bound.shutdown(socket.SHUT_RDWR)
    bound.close()
    thread.join(5)


def closed_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        return int(bound.getsockname()[1])


@contextmanager
def resolving() -> Iterator[Callable[[str, int], tuple[str, ...]]]:
    """A resolver that knows the names of the table, and the faults of names; leaving it lets go who waits."""
    over = threading.Event()

    def resolve(host: str, port: int) -> tuple[str, ...]:
        name = host.removesuffix(".test")
        if name == "name-stall":
            over.wait(60)
        if name == "name-unknown":
            raise OSError("Name or service not known")
        odd = {"name-without-address": (), "name-inside-and-link-local": ("127.0.0.1", "169.254.169.254")}
        return odd.get(name, ("127.0.0.1",))

    yield resolve
    over.set()


@contextmanager
def rooms(folder: Path, clock: Clock, polled: Sequence[Source], fetch: FetchSettings = FETCH) -> Iterator[Rooms]:
    """Rooms over the database of a folder, with the packaged words and these sources."""
    config = load(defaults_folder() / "config", {"TRILATERAL_SMTP_PASSWORD": "-"})
    desk = app.desk(replace(config, sources=tuple(polled), alerts=AlertSettings(), fetch=fetch))
    home = Home(folder, folder / "config", folder / "db" / "trilateral.db")
    with ExitStack() as stack:
        store = stack.enter_context(Store(home.database, clock))
        with store.transaction():
            sources.sync(store, desk.config.sources)
            initiatives.sync(store, desk.config.registry)
        archive = stack.enter_context(Archive(home.captures, clock, run_id="faults"))
        resolver = stack.enter_context(resolving())
        fetcher = stack.enter_context(Fetcher(fetch, clock, resolver=resolver))
        yield Rooms(home, desk, store, fetcher, archive, clock, app.logger(StringIO()))
