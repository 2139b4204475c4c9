"""A text folded for look-up: case, hyphens, dots and spaces level, and every place of it still known in the text as stored."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from scraper.text import CJK

_GAPS = " ·∙・‧ㆍ･•"
# What is dropped begins with a plain character, so that the search skips to the next such character at once; what must stand before is looked up behind it.
_DROP = re.compile(
    rf"([{_GAPS}'](?:(?<=[{CJK}][{_GAPS}])[{_GAPS}]*(?=[{CJK}0-9A-Za-z])|(?<=[0-9A-Za-z][{_GAPS}])[{_GAPS}]*(?=[{CJK}])|(?<=  ) *|(?<=')))"
)
_DROP_ASCII = re.compile("( (?<=  ) *|')")


def lower_same_length(text: str) -> str:
    """Return ``text`` in lower case without changing its length (a capital whose lower case is longer stays)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Folded:
    """A text folded for look-up, with what is needed to find the offset in the text as stored; made by :func:`folded`.

    The text is ``parts`` without every second of them, which is what was dropped. Where the cuts are is worked out when asked for:
    in most texts no name is found.
    """

    def __init__(self, parts: list[str]) -> None:
        self._parts = parts
        self.text = "".join(parts[::2])

    @cached_property
    def _cuts(self) -> list[int]:
        return list(accumulate(map(len, self._parts[::2])))

    @cached_property
    def _shifts(self) -> list[int]:
        return list(accumulate(map(len, self._parts[1::2]), initial=0))

    def start(self, position: int) -> int:
        """Return the offset in the stored text of the character at ``position``."""
        return position + self._shifts[min(bisect_right(self._cuts, position), len(self._shifts) - 1)]

    def end(self, position: int) -> int:
        """Return the offset just after the character before ``position``."""
        return self.start(position - 1) + 1


def folded(plain: str) -> Folded:
    """Fold ``plain`` (already of level width): lower case, no apostrophes, hyphens as spaces, no spaces or dots between Eastern characters."""
    low = lower_same_length(plain).replace("-", " ").replace("\t", " ")
    if not low.isascii():
        return Folded(_DROP.split(low))
    if "'" in low or "  " in low:
        return Folded(_DROP_ASCII.split(low) if "  " in low else _apostrophes(low))
    return Folded([low])


def _apostrophes(low: str) -> list[str]:
    parts = low.split("'")
    return [part for piece in parts for part in (piece, "'")][:-1]
