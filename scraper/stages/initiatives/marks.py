"""The marks of the three beside a name: compounds of the watched parties and words like "trilateral", in any order before it."""

from __future__ import annotations

import re
from bisect import bisect_right

from scraper.parties import Naming, level_width
from scraper.stages.initiatives.reading import Land, Reading
from scraper.text import has_cjk

_GAP = re.compile(r"[\s·・\-]{0,3}(?:간 ?|の|間の)?$")
_TAIL = re.compile(r"\s+(?:among|between|of|with)$", re.IGNORECASE)
_LEAD = re.compile(r"^(?:(?:the|annual|an?)\s+)+", re.IGNORECASE)
_MOST = 4
"""Marks in a row that are read, at most; a compound of the parties with "trilateral" is two."""
_REACH = 6
"""Characters between a mark and what it stands beside, at most."""
_EMPTY = re.compile(r"[\s,·()]*")


def strip_marks(name: str, land: Land) -> tuple[str, bool]:
    """Return ``name`` without leading marks and articles and without "among the parties" at its end, and whether a mark was taken."""
    text, taken = level_width(name).strip(), False
    while True:
        text = _LEAD.sub("", text).lstrip(" -·・")
        size = _leading_mark(text, land)
        if not size:
            break
        text, taken = text[size:].lstrip(" -·・"), True
        text = re.sub(r"^(?:간 |の|間の)", "", text)
    return _without_tail(text.strip(), land), taken


def _leading_mark(text: str, land: Land) -> int:
    for naming in (*land.parties.together(text), *land.parties.weak(text)):
        if naming.start == 0 and naming.end < len(text):
            follows = text[naming.end]
            if has_cjk(text[: naming.end]) or not follows.isalpha():
                return naming.end
    return 0


def _without_tail(text: str, land: Land) -> str:
    for naming in reversed(land.parties.together(text)):
        if _EMPTY.fullmatch(text[naming.end :]):
            return _TAIL.sub("", text[: naming.start].rstrip(" ,·"))
    return text


def marks_before(reading: Reading, start: int) -> tuple[int, bool]:
    """Return where the marks begin that stand right before ``start`` (``start`` itself if none do), and whether any does."""
    if not reading.land.stretches.named_before(reading.plain, start, _REACH):
        return start, False
    begin, marks = start, reading.near(start, start).marks
    for _ in range(_MOST):
        edge = _mark_ending(reading, marks, begin)
        if edge is None:
            break
        begin = edge
    return begin, begin < start


def _mark_ending(reading: Reading, marks: tuple[Naming, ...], begin: int) -> int | None:
    """The start of the mark that ends right before ``begin`` on the same line, or None."""
    index = bisect_right(marks, begin, key=lambda mark: mark.end) - 1
    while index >= 0 and marks[index].end > begin - _REACH:
        mark = marks[index]
        gap = reading.plain[mark.end : begin]
        if mark.start < begin and _GAP.fullmatch(gap) and "\n" not in gap and _single_word(reading, mark.start, mark.end):
            return mark.start
        index -= 1
    return None


def _single_word(reading: Reading, start: int, end: int) -> bool:
    """A weak word counts as a mark only as an adjective ("trilateral"), not as a noun phrase ("three countries")."""
    text = reading.plain[start:end]
    return has_cjk(text) or " " not in text or any(n.start == start and n.end == end for n in reading.near(start, end).together)
