"""A text folded for look-up: case, hyphens, dots and spaces level, and every place of it still known in the text as stored."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from scraper.text import CJK

_DROP = re.compile(
    rf"(?<=[{CJK}])[ \t·∙・‧ㆍ･•\-]+(?=[{CJK}0-9A-Za-z])|(?<=[0-9A-Za-z])[ \t·∙・‧ㆍ･•\-]+(?=[{CJK}])|(?<=[ \t\-])[ \t\-]+|'"
)
_HYPHEN = str.maketrans("-\t", "  ")


def lower_same_length(text: str) -> str:
    """Return ``text`` in lower case without changing its length (a capital whose lower case is longer stays)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for look-up, with what is needed to find the offset in the text as stored."""

    text: str
    cuts: tuple[int, ...]
    shifts: tuple[int, ...]

    def start(self, position: int) -> int:
        """Return the offset in the stored text of the character at ``position``."""
        index = bisect_right(self.cuts, position) - 1
        return position + (self.shifts[index] if index >= 0 else 0)

    def end(self, position: int) -> int:
        """Return the offset just after the character before ``position``."""
        return self.start(position - 1) + 1


def folded(plain: str) -> Folded:
    """Fold ``plain`` (already of level width): lower case, no apostrophes, hyphens as spaces, no spaces or dots between Eastern characters."""
    low = lower_same_length(plain)
    pieces, cuts, shifts, last, size, gone = [], [], [], 0, 0, 0
    for match in _DROP.finditer(low):
        pieces.append(low[last : match.start()])
        size += match.start() - last
        gone += match.end() - match.start()
        cuts.append(size)
        shifts.append(gone)
        last = match.end()
    pieces.append(low[last:])
    return Folded("".join(pieces).translate(_HYPHEN), tuple(cuts), tuple(shifts))
