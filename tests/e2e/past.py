"""A server of the past on loopback: a page for the addresses of history.toml, an archive with copies of some that are gone, and faults."""

from __future__ import annotations

import hashlib
import random
import re
import socket
import struct
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, Self
from urllib.parse import urlsplit

from scraper.model.history import Act

WORDS = [
    "anchor",
    "basket",
    "bridge",
    "candle",
    "canyon",
    "carpet",
    "cedar",
    "chapel",
    "circle",
    "cliff",
    "clover",
    "coast",
    "copper",
    "cotton",
    "cradle",
    "crane",
    "delta",
    "dome",
    "drum",
    "ember",
    "fabric",
    "falcon",
    "feather",
    "ferry",
    "fiddle",
    "forest",
    "fountain",
    "garden",
    "glacier",
    "granite",
    "harbor",
    "hazel",
    "helmet",
    "hollow",
    "island",
    "ivory",
    "jacket",
    "jasmine",
    "kettle",
    "ladder",
    "lagoon",
    "lantern",
    "lemon",
    "linen",
    "locket",
    "lumber",
    "maple",
    "marble",
    "market",
    "meadow",
    "mirror",
    "needle",
    "nickel",
    "oak",
    "orchard",
    "otter",
    "paddle",
    "parcel",
    "pebble",
    "pepper",
    "pillar",
    "pine",
    "plain",
    "pocket",
    "pond",
    "quarry",
    "quilt",
    "rafter",
    "raven",
    "reef",
    "ribbon",
    "ridge",
    "river",
    "saddle",
    "salmon",
    "sandal",
    "shelter",
    "silver",
    "slate",
    "spruce",
    "stable",
    "station",
    "stone",
    "summit",
    "sunset",
    "table",
    "temple",
    "thicket",
    "thistle",
    "timber",
    "tower",
    "tunnel",
    "valley",
    "velvet",
    "vessel",
    "violet",
    "wagon",
    "walnut",
    "wharf",
    "willow",
    "window",
    "winter",
    "yarn",
    "zinc",
]
WHO = {
    "leaders": "The leaders of the United States, the Republic of Korea, and Japan held a trilateral summit",
    "foreign_ministers": "The Secretary of State of the United States and the Foreign Ministers of the Republic of Korea and Japan met",
    "vice_ministers": "The Deputy Secretary of State of the United States and the Vice Foreign Ministers of the Republic of Korea and Japan met",
    "defence_ministers": "The Secretary of Defense of the United States and the Defense Ministers of the Republic of Korea and Japan met",
    "chiefs_of_defence": "The Chiefs of Defense of the United States, the Republic of Korea, and Japan met",
    "security_advisers": "The National Security Advisors of the United States, the Republic of Korea, and Japan met",
    "ministers_other": "The finance ministers of the United States, the Republic of Korea, and Japan met",
    "officials": "Senior officials of the United States, the Republic of Korea, and Japan held a trilateral working group",
    "forces": "The United States, the Republic of Korea, and Japan conducted a trilateral exercise",
}
ARCHIVE = "web.archive.org"
NAMED = "Lantern Harbor Partnership"
FAULTS = ("reset", "500", "404", "stall", "garbage")
SHARE = 45
"""Of a hundred first and second requests of three for an address, so many fail. The third never does, nor where an archive leads to, so no
fault lasts for three looks."""
_STAMPED = re.compile(rf"{ARCHIVE}/web/\d{{14}}")


def dice(*of: object) -> int:
    """A number from 0 to 99 that depends on these alone."""
    return hashlib.sha256(repr(of).encode()).digest()[0] * 100 // 256


def page_of(act: Act, *, named: bool) -> bytes:
    """A statement of our own making on an act; with ``named`` it launches NAMED."""
    day = act.days[0]
    where = f" in {act.place}" if act.place else ""
    chance = random.Random(act.id)
    body = [" ".join(chance.sample(WORDS, 14)).capitalize() + "." for _ in range(6)]
    launched = f"They announced the launch of the {NAMED}, under which the three governments share what they learn. " if named else ""
    title = f"Joint Statement of the United States, the Republic of Korea, and Japan on the {act.name}"
    paragraphs = (
        f"{WHO[act.level]}{where} on {day:%B} {day.day}, {day.year} and issued this joint statement.",
        f"{launched}They spoke of these matters: {' '.join(body[:3])}",
        f"They agreed on the next steps. {' '.join(body[3:])}",
        "They reaffirmed the importance of trilateral cooperation and will meet again next year.",
    )
    told = "".join(f"<p>{part}</p>" for part in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title><meta property="article:published_time" content="{day}T09:00:00+00:00"></head>'
        f"<body><article><h1>{title}</h1>{told}</article></body></html>"
    ).encode()


MUSEUM = (
    b"<!DOCTYPE html><html lang=en><head><title>Museum of Clocks</title></head><body><article><h1>Museum of Clocks Opens Wing</h1><p>The museum of clocks "
    b"opens a new wing on Saturday. Visitors will find two hundred pendulums there, and a garden with sundials.</p><p>The director said that the oldest "
    b"clock had been repaired by hand over the winter, and that children may wind it on Sundays.</p></article></body></html>"
)


def fate(url: str) -> str:
    """What is at an address of the past: a statement, only an archive's copy of it, nothing at all, or something else."""
    number = dice("fate", url)
    return "there" if number < 60 else "archived" if number < 80 else "gone" if number < 90 else "other"


@dataclass
class Past:
    """The server; ``asked`` counts requests by address, ``served`` the statements sent, ``failed`` the faults; ``heard`` is called after
    each request with how many there were."""

    acts: Sequence[Act]
    naming: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    faulty: bool = True
    asked: Counter[str] = field(default_factory=Counter)
    served: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    heard: Callable[[int], object] = lambda _: None

    def __post_init__(self) -> None:
        self.pages: dict[str, tuple[str, Act]] = {}
        for act in self.acts:
            for url in act.addresses:
                parts = urlsplit(url)
                self.pages.setdefault(f"{parts.netloc}{parts.path}{'?' if parts.query else ''}{parts.query}", (url, act))
        self.lock, self.over = Lock(), Event()

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.past = self
        self._server.block_on_close = False
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def body(self, url: str, act: Act) -> bytes:
        return page_of(act, named=act.id in self.naming)

    def fault(self, key: str) -> str:
        """What goes wrong with this request, if anything."""
        with self.lock:
            at = self.asked[key]
            self.asked[key] += 1
            total = self.asked.total()
        self.heard(total)
        if not self.faulty or at % 3 == 2 or _STAMPED.match(key) or dice("fault", key, at) >= SHARE:
            return ""
        with self.lock:
            self.failed += 1
        return FAULTS[dice("kind", key, at) % len(FAULTS)]

    def answer(self, host: str, path: str) -> tuple[int, bytes, str]:
        """Status, body and where to of a request without a fault."""
        if path == "/robots.txt":
            return (200, b"User-agent: *\nDisallow: /", "") if host in self.forbidden else (404, b"", "")
        if host == ARCHIVE:
            return self._copy(path)
        found = self.pages.get(host + path)
        if found is None or fate(found[0]) in ("gone", "archived"):
            return 404, b"", ""
        return 200, MUSEUM if fate(found[0]) == "other" else self._served(*found), ""

    def _served(self, url: str, act: Act) -> bytes:
        with self.lock:
            self.served[url] += 1
        return self.body(url, act)

    def _copy(self, path: str) -> tuple[int, bytes, str]:
        stamp, _, url = path.removeprefix("/web/").partition("id_/")
        found = next(((one, act) for one, act in self.pages.values() if one == url), None)
        if found is None or fate(url) != "archived":
            return 404, b"", ""
        if len(stamp) == 8:
            return 302, b"", f"https://{ARCHIVE}/web/{stamp}093015id_/{url}"
        return 200, self._served(*found), ""


class _Server(ThreadingHTTPServer):
    past: Past

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        past, host = self.server.past, self.headers["Host"]
        fault = past.fault(host + self.path) if self.path != "/robots.txt" else ""
        if fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        if fault == "stall":
            past.over.wait(30)
            self.close_connection = True
            return
        status, body, onward = past.answer(host, self.path) if not fault else (200, b"", "")
        if fault in ("500", "404"):
            status, body = int(fault), b"no"
        elif fault == "garbage":
            body = random.Random(self.path).randbytes(3000)
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if onward:
            self.send_header("Location", onward)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        pass
