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
_SEPARATORS = _GAPS[1:] + "'"
_LEVEL = re.compile(f"[{_SEPARATORS}]")
_LOOSE = re.compile(rf"(?<=[^{CJK}])[^{CJK}]|[^{CJK}0-9a-z]")


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


def lowered(plain: str) -> str:
    """Return ``plain`` (already of level width) in lower case, hyphens and tabs as spaces, of the same length."""
    return lower_same_length(plain).replace("-", " ").replace("\t", " ")


class Squeezed:
    """A lowered text without any spaces, dots and apostrophes: quicker to make than :func:`folded`, and what is found in it is held against that.

    A stretch of a text that begins and ends with something else folds by itself as it does within the text. So a pattern, which does too,
    stands in the folded text exactly where it stands here without its own spaces and the stretch folds to it.
    """

    def __init__(self, low: str) -> None:
        self._low = low
        self._spaced = _LEVEL.sub(" ", low) if _LEVEL.search(low) else low
        self.text = self._spaced.replace(" ", "")
        self._last = 0, 0

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the stored text of ``text[start:end]``, which is not empty; no ``end`` may be less than the one asked for before."""
        position, place = self._last
        last = self._after(place, end - 1 - position)
        self._last = end - 1, last
        return self._before(last, end - 1 - start), last + 1

    def _after(self, place: int, steps: int) -> int:
        """Where the character stands that is so many kept ones further; as many places more as spaces come before it."""
        seen, place = place, place + steps
        while spaces := self._spaced.count(" ", seen, place + 1):
            seen, place = place + 1, place + spaces
        return place

    def _before(self, place: int, steps: int) -> int:
        seen, place = place, place - steps
        while spaces := self._spaced.count(" ", place, seen):
            seen, place = place, place - spaces
        return place

    def folds_to(self, pattern: str, start: int, end: int, *, dense: bool) -> bool:
        """Tell whether the stretch ``[start:end]`` of the stored text folds to ``pattern`` (``dense``: see :func:`dense`)."""
        stretch = self._low[start:end]
        return (dense and "'" not in stretch) or "".join(_DROP.split(stretch)[::2]) == pattern


def squeezed(pattern: str) -> str:
    """Return a folded pattern as it stands in :class:`Squeezed`; ``""`` where it begins or ends with what is left out there."""
    bare = _LEVEL.sub(" ", pattern).replace(" ", "")
    return bare if bare and pattern[0] == bare[0] and pattern[-1] == bare[-1] else ""


def dense(pattern: str) -> bool:
    """Tell whether spaces and dots can stand anywhere in a pattern and are left out when they are folded."""
    return _LOOSE.search(pattern) is None


def folded(plain: str) -> Folded:
    """Fold ``plain`` (already of level width): lower case, no apostrophes, hyphens as spaces, no spaces or dots between Eastern characters."""
    low = lowered(plain)
    if not low.isascii():
        return Folded(_DROP.split(low))
    if "'" in low or "  " in low:
        return Folded(_DROP_ASCII.split(low) if "  " in low else _apostrophes(low))
    return Folded([low])


def _apostrophes(low: str) -> list[str]:
    parts = low.split("'")
    return [part for piece in parts for part in (piece, "'")][:-1]
