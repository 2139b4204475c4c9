"""A row of the table: one fault, and what becomes of a source that has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .payloads import article, reply
from .server import Asked, Play, Script


@dataclass(frozen=True)
class Row:
    """``play`` answers the feed's address, ``robots`` its robots.txt (else there is none).

    ``outcome`` is that of the first pass, ``again`` of the second where it is another. ``entries`` are those read in the first,
    ``fresh`` those new in the second. ``says`` is a part of the error, ``title`` of an entry. ``source`` and ``url`` (with
    ``{site}`` and ``{port}``) change the source, ``wider`` other settings of it by hand.
    """

    name: str
    outcome: str
    play: Play
    says: str = ""
    entries: int = 0
    again: str = ""
    fresh: int = 0
    robots: Play | None = None
    title: str = ""
    url: str = "http://{site}:{port}/feed"
    source: Mapping[str, object] = field(default_factory=dict)

    @property
    def site(self) -> str:
        """The host name of the fault."""
        return f"{self.name}.test"

    def answer(self, asked: Asked) -> Script:
        """Play one request: articles behind the feed are always in order."""
        if asked.path == "/robots.txt":
            return self.robots(asked) if self.robots else (reply(b"no", 404),)
        path = asked.path
        ours = path.startswith(("/clocks-", "/statement-"))
        return (reply(article(path), media="text/html; charset=utf-8"),) if ours else self.play(asked)


def says(*steps: bytes) -> Play:
    """Play the same bytes every time."""
    return lambda asked: steps


def status(code: int, *more: tuple[str, str], body: bytes = b"<h1>Sorry</h1>") -> Play:
    """Answer a status with a page of HTML."""
    return says(reply(body, code, "text/html; charset=utf-8", *more))


def feed(
    make: Callable[[Asked], str], encoding: str = "utf-8", media: str = "application/rss+xml; charset=utf-8", mark: bytes = b""
) -> Play:
    """Answer the document that ``make`` writes."""
    return lambda asked: (reply(mark + make(asked).encode(encoding), 200, media),)


def leads(place: Callable[[Asked], str], code: int = 302, *more: tuple[str, str]) -> Play:
    """Redirect to a place."""
    return lambda asked: (reply(b"", code, "", ("Location", place(asked)), *more),)
