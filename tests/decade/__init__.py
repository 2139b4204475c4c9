"""A calendar of invented statements, 2016 to 2026: which initiative each names, as written, and what only looks like one.

One TOML file a language, written before any rule was read; ``later_*`` are a second set in another voice, written after the rules had been
mended by the first, ``third_*`` one written after that, ``fourth_*`` one in the voices of defence press notes, economic ministries, a think tank and lawmakers.
``[[id|as written]]`` in a text names an initiative, ``{{so}}`` a decoy (a place, a treaty, a body of others, a bilateral twin). The first mention of an initiative is the earliest act (``date``) whose texts name it; ``published`` is the day of a page where that is
another, ``copy`` the address of what a page repeats. The texts are our own in the style of such statements.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
MARKED = re.compile(r"\[\[([a-z0-9-]{1,40})\|([^\[\]]{1,200})\]\]|\{\{([^{}]{1,200})\}\}")


@dataclass(frozen=True)
class Span:
    """What stands at ``start`` in the plain text: an initiative's id and its name as written, or (``initiative`` empty) a decoy."""

    initiative: str
    surface: str
    start: int

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.surface)


@dataclass(frozen=True)
class Text:
    """One page: its address, title, the day of the act and of the page, the plain text, and what is marked in it."""

    url: str
    title: str
    date: dt.date
    published: dt.date
    language: str
    text: str
    spans: tuple[Span, ...]
    copy: str = ""

    @property
    def line(self) -> str:
        """The page as a line that ``trilateral import`` takes."""
        row = {"url": self.url, "title": self.title, "date": self.published.isoformat(), "language": self.language, "text": self.text}
        return json.dumps(row, ensure_ascii=False) + "\n"

    def names(self, initiative: str) -> tuple[str, ...]:
        """How this text writes an initiative."""
        return tuple(span.surface for span in self.spans if span.initiative == initiative)


@cache
def texts(stem: str, language: str) -> tuple[Text, ...]:
    """Read ``<stem>.toml``; raises FileNotFoundError."""
    rows = tomllib.loads((FOLDER / f"{stem}.toml").read_text("utf-8"))["text"]
    return tuple(_text(row, language) for row in rows)


def firsts(pages: Iterable[Text]) -> dict[str, tuple[Text, ...]]:
    """Give for each initiative the pages of its first mention: those of the earliest act that names it, copies among them."""
    found: dict[str, list[Text]] = {}
    for page in sorted(pages, key=lambda page: page.date):
        for initiative in {span.initiative for span in page.spans if span.initiative}:
            there = found.setdefault(initiative, [])
            if not there or there[0].date == page.date:
                there.append(page)
    return {initiative: tuple(pages) for initiative, pages in found.items()}


def _text(row: dict[str, object], language: str) -> Text:
    plain, spans = _plain(str(row["text"]).strip())
    day = row["date"]
    published = row.get("published", day)
    assert isinstance(day, dt.date)
    assert isinstance(published, dt.date)
    return Text(str(row["url"]), str(row["title"]), day, published, language, plain, spans, str(row.get("copy", "")))


def _plain(marked: str) -> tuple[str, tuple[Span, ...]]:
    plain, spans, at = "", [], 0
    for found in MARKED.finditer(marked):
        plain += marked[at : found.start()]
        surface = found[2] or found[3]
        spans.append(Span(found[1] or "", surface, len(plain)))
        plain, at = plain + surface, found.end()
    return plain + marked[at:], tuple(spans)
