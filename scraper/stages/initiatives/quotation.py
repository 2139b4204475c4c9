"""A name that a quotation mark stands in: both marks of the quotation belong to it, or none does."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = re.compile("[A-Za-z0-9]")


def whole(plain: str, start: int, end: int) -> tuple[int, int] | None:
    """Return ``start`` and ``end`` of a name so that no quotation is cut: the other mark is taken in where it stands right beside the name.

    None where the other mark stands elsewhere, so that the name is no piece of the text ("the 'third Pacific Lantern' exercise"). An
    apostrophe within a word, or behind an s of a name that no mark stands before ("Leaders' Summit"), is none of a quotation. ``plain`` is
    of level width (see scraper.parties).
    """
    if plain.find("'", start, end) < 0:
        return start, end
    marks = sum(1 for _ in _marks(plain, start, end))
    opened, closed = plain[start - 1 : start] == "'", plain[end : end + 1] == "'" and not _apostrophe(plain, end)
    if marks % 2 == 0 or (opened and closed):
        return start, end
    if opened:
        return start - 1, end
    if closed:
        return start, end + 1
    return (start, end) if all(plain[place - 1] == "s" for place in _marks(plain, start, end)) else None


def _marks(plain: str, start: int, end: int) -> Iterator[int]:
    """Where a quotation may open or close."""
    place = plain.find("'", start, end)
    while place >= 0:
        if not _apostrophe(plain, place):
            yield place
        place = plain.find("'", place + 1, end)


def _apostrophe(plain: str, place: int) -> bool:
    """Tell whether the mark stands within a word."""
    return place > 0 and _WORD.match(plain, place - 1) is not None and _WORD.match(plain, place + 1) is not None
