"""Pieces of printed text at their places, and the rows they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scraper.stages.extract.joining import width

_SAME_ROW = 0.5
_TOUCHES = 0.8
_SHORT = 8.0


@dataclass(frozen=True, slots=True)
class Piece:
    """What one instruction of a printed page shows: its text, where it begins (points, upward) and the size of its letters.

    ``end`` is where it ends as far as its letters tell.
    """

    text: str
    x: float
    y: float
    size: float
    end: float


def piece(text: str, x: float, y: float, size: float) -> Piece:
    """Return a piece with its end reckoned; white space before a text is part of the text, not of its place."""
    return Piece(text, x, y, size, x + width(text.strip()) * size)


def touching(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with those joined that follow one another without a gap, as pages drawn letter by letter have them."""
    joined: list[Piece] = []
    tail: Piece | None = None
    for one in pieces:
        if tail is not None and _touches(tail, one):
            last = joined[-1]
            joined[-1] = Piece(last.text + one.text, last.x, last.y, last.size, max(last.end, one.end))
        else:
            joined.append(one)
        tail = one
    return tuple(joined)


def _touches(tail: Piece, one: Piece) -> bool:
    """Whether a piece goes on where the last one ended. Where a long one ends is too uncertain to tell a space from a column's gap."""
    size = max(tail.size, one.size)
    apart = one.x - tail.end
    return tail.end - tail.x <= _SHORT * size and abs(tail.y - one.y) < _SAME_ROW * size and -_TOUCHES * size < apart < _TOUCHES * size


def rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the pieces by rows from the top; what stands less than half a letter higher or lower is of the row."""
    found: list[list[Piece]] = []
    for one in sorted(pieces, key=lambda each: (-each.y, each.x)):
        if found and _of_row(found[-1], one):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _of_row(row: Sequence[Piece], one: Piece) -> bool:
    return row[0].y - one.y < _SAME_ROW * max(row[0].size, one.size)
