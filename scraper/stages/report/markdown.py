"""Text from outside in Markdown (CommonMark, and GitHub's tables, footnotes and autolinks): whatever stands in it is shown, and nothing acts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.model.report import Note
from scraper.text import clean, squeeze
from scraper.urls import web

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_ACTS = re.compile(r"[\\`*_\[\]<>|~&#^$@{}]|(?<=[A-Za-z]):(?=//)|(?i:(?<![a-z0-9])www(?=\.))")
_BEGINS = re.compile(r"([-+=>:]|[0-9]{1,9}(?=[.)]))")
LONGEST = 4_000
"""Characters of a text that is shown; what is longer is cut."""


def escaped(text: str) -> str:
    """Return a text on one line in which no character begins markup, a link, a list or a cell; it reads as it was."""
    plain = squeeze(_CONTROL.sub(" ", clean(text[: LONGEST * 4])))[:LONGEST]
    inside = _ACTS.sub(_escape, plain)
    begins = _BEGINS.match(inside)
    if not begins:
        return inside
    figures = begins[1].isdigit()
    return f"{begins[1]}\\{inside[begins.end() :]}" if figures else f"\\{inside}"


def _escape(found: re.Match[str]) -> str:
    """A backslash makes punctuation plain; ``www`` has none, so that its last letter is written by its number."""
    return f"{found[0][:2]}&#{ord(found[0][2])};" if len(found[0]) == 3 else f"\\{found[0]}"


def row(cells: Sequence[str]) -> str:
    """Return one line of a table."""
    return f"| {' | '.join(cells)} |"


def noted(note: Note) -> str:
    """Return a footnote in which its own addresses are links, and nothing else is."""
    text, linked = note.text, ""
    for address in filter(web, reversed(note.addresses)):
        before, found, after = text.rpartition(address)
        if found:
            text, linked = before, f"<{address}>{_plain(after)}{linked}"
    return _plain(text) + linked


def _plain(text: str) -> str:
    """Escaped, with the white space at its ends as it was: pieces of a line are put together again."""
    inside = escaped(text)
    lead, trail = (" " if text[:1] == " " else ""), (" " if text[-1:] == " " and inside else "")
    return f"{lead}{inside}{trail}"
