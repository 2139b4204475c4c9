"""What a page is asked and what it answers; a page is a function from an Ask to an Answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from scraper import app
from scraper.config import Config
from scraper.errors import ConfigError, NotFound
from scraper.jobs.rooms import Desk, Home
from scraper.storage.reading import surviving
from scraper.storage.store import Store

HTML = "text/html; charset=utf-8"
DATABASE = "trilateral"
"""The name under which Datasette serves the database of a home."""
JOINT = "joint"
_LONGEST_NUMBER = 18
"""Digits that an id of SQLite surely holds."""


class Site:
    """What all pages share: where things lie, the configuration as its files are now, the clock. Any thread may ask it."""

    def __init__(self, home: Home, clock: Callable[[], datetime], environ: Mapping[str, str]) -> None:
        self.home = home
        self.clock = clock
        self._environ = environ
        self._lock = threading.Lock()
        self._read: tuple[object, Config] | None = None
        self._desk: tuple[Config, Desk] | None = None

    @property
    def config(self) -> Config:
        """The configuration in force, read again where a file of it changed; raises ConfigError with every problem."""
        with self._lock:
            stamp = _stamp(self.home.config)
            if self._read is None or self._read[0] != stamp:
                self._read = (stamp, app.configuration(self.home, self._environ))
            return self._read[1]

    @property
    def desk(self) -> Desk:
        """The pure part of the house, made anew where the configuration changed; raises ConfigError."""
        config = self.config
        with self._lock:
            if self._desk is None or self._desk[0] is not config:
                self._desk = (config, app.desk(config))
            return self._desk[1]

    def party(self, key: str) -> str:
        """Return the name of a party by its id; the id where the configuration does not say."""
        try:
            known = {party.id: party.name for party in self.config.watch.parties}
        except ConfigError:
            known = {}
        return known.get(key, key)


def _stamp(folder: Path) -> object:
    """What changes when a file of the configuration does."""
    try:
        return tuple(sorted((path.name, found.st_mtime_ns, found.st_size) for path in folder.iterdir() for found in [path.stat()]))
    except OSError:
        return None


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. ``store`` reads the database as it is at one moment and cannot write; ``keys`` are the named parts of the address,
    ``query`` and ``form`` the first value of each parameter, all as text from outside. ``base`` ends in a slash; ``actor`` is who is
    signed in; ``csrf`` gives the token that a form must bring along as ``csrftoken``; ``database`` is what Datasette
    calls it, ``queries`` the titles of the queries that its metadata has."""

    site: Site
    store: Store
    path: str
    base: str = "/"
    method: str = "GET"
    keys: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    actor: Mapping[str, Any] | None = None
    csrf: Callable[[], str] = str
    database: str = DATABASE
    queries: Mapping[str, str] = field(default_factory=dict)

    def number(self, name: str = "id") -> int:
        """Return a part of the address that is an id of digits; raises NotFound for anything else, ``1e9`` and ``１`` too."""
        text = self.keys[name]
        if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_NUMBER or text.startswith("0"):
            raise NotFound("no such number")
        return int(text)

    def standing(self, kind: str, name: str = "id") -> tuple[int, bool]:
        """Return the id that a statement or event of the address has by now, and whether that is another; raises NotFound for no id."""
        asked = self.number(name)
        now = int(surviving(self.store, kind, str(asked)))
        return now, now != asked

    def to(self, *parts: object, **query: object) -> str:
        """Return the address of a page of ours: ``to("statement", 3)``; parts and parameters are quoted."""
        path = self.base + "/".join(quote(str(part), safe="") for part in parts)
        return f"{path}?{urlencode(query)}" if query else path


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out. ``headers`` replace those that every page of ours has."""

    body: str | bytes
    status: int = 200
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)


Page = Callable[[Ask], Answer]


def moved(ask: Ask, *parts: object, status: int = 301) -> Answer:
    """Return the answer that sends the reader to another page of ours."""
    return Answer("", status, headers={"Location": ask.to(*parts)})
