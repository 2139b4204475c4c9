"""A text in paragraphs with the places marked that name something; overlapping and senseless places do no harm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_MARKS = 500
"""Places that are marked in one text."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text: characters ``start`` to ``end``, a ``key`` for its anchor, where it leads (``href``, empty for nowhere) and what
    it is called."""

    start: int
    end: int
    key: str
    href: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a paragraph: its text, the innermost mark over it (None: none), and the marks that begin with it."""

    text: str
    mark: Mark | None = None
    begins: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its number, the first is 1, as :func:`scraper.text.paragraph_at` counts, and its stretches in order."""

    number: int
    stretches: tuple[Stretch, ...]


def paragraphs(text: str, marks: Sequence[Mark] = ()) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text with their marks; what lies outside the text, or is empty, is left out."""
    sound = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)][:MOST_MARKS]
    found: list[Paragraph] = []
    for start, end in _spans(text):
        stretches = tuple(_stretches(text, start, end, [mark for mark in sound if mark.start < end and mark.end > start]))
        found.append(Paragraph(len(found) + 1, stretches))
    return tuple(found)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The bounds of the paragraphs: parted by blank lines, or by line ends where there is no blank line."""
    parting = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else re.compile("\n")
    at = 0
    for start, end in [*(match.span() for match in parting.finditer(text)), (len(text), len(text))]:
        if text[at:start].strip():
            yield at, start
        at = end


def _stretches(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Stretch]:
    cuts = sorted({start, end, *(place for mark in marks for place in (mark.start, mark.end) if start < place < end)})
    for left, right in pairwise(cuts):
        over = [mark for mark in marks if mark.start <= left and mark.end >= right]
        inner = min(over, key=lambda mark: (mark.end - mark.start, mark.start), default=None)
        yield Stretch(text[left:right], inner, tuple(mark for mark in over if _begins(text, mark, start, left)))


def _begins(text: str, mark: Mark, start: int, left: int) -> bool:
    """Whether a mark begins here: at its own start, or, where only white space of it lies before this paragraph, at that of the paragraph."""
    return mark.start == left or (left == start > mark.start and not text[mark.start : start].strip())
