"""Printed pages as running text: pieces of text at their places to lines, columns, paragraphs; what runs along every page left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from scraper.stages.extract import furniture
from scraper.stages.extract.columns import regions
from scraper.stages.extract.joining import SOFT_HYPHEN, Joiner, normal, tight, width
from scraper.stages.extract.pieces import Piece, rows
from scraper.text import clean, fold, squeeze

_EDGE = 3
_RUNNING = 0.4
_NEAR = 8.0
_GAP = 1.3
_LONE_GAP = 2.0
_INDENT = 0.8
_SIZES = 1.15
_FULL, _SHORT = 0.75, 0.6
_DIGITS = re.compile(r"\d{1,6}")
_PAGE_NUMBER = re.compile(
    r"(?i)\W{0,4}(?:page|p\.|seite|쪽|ページ)?\s?(?:\d{1,4}|[ivxl]{1,6})(?:\s?(?:/|of|\||중|-)\s?\d{1,4})?\s?(?:쪽|페이지|ページ|頁|pages?)?\W{0,4}"
)
_ITEM = re.compile(
    r"\s{0,8}(?:[-\u2013\u2022\u00b7*\u25a0-\u25ff\u2605\u2606\u2610-\u2612\u3007\u3147\u203b\uf000-\uf0ff\u25e6\u2043]\s?|\(?\d{1,2}[.)\uff0e\uff09]\s?|\([a-z\uac00-\ud7a3]\)|[\u2460-\u2473]|[\uac00\ub098\ub2e4\ub77c\ub9c8\ubc14\uc0ac\uc544][.)]\s|[\u4e00-\u4e5d][\u3001.\uff0e])\S"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed page: its pieces in the order they were drawn."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line: where it begins and its baseline in points (upward), the size of its letters, the region of the document it is in."""

    text: str
    x: float
    y: float
    size: float
    region: int = 0

    @property
    def width(self) -> float:
        """How wide it is set, in points, as far as its letters tell."""
        return width(self.text.strip()) * self.size


@dataclass(frozen=True, slots=True)
class Printed:
    """The text of a printed document, paragraphs parted by blank lines, and the line set largest at its beginning (or ``""``)."""

    text: str
    heading: str


def read(sheets: Sequence[Sheet]) -> Printed:
    """Return the running text of printed pages: columns one after the other, lines joined to paragraphs, words cut at line ends whole.

    Lines that recur at the head or foot of pages, and page numbers there, are left out.
    """
    pages = _without_running([_lines(sheet) for sheet in sheets])
    lines = [line for page in _numbered(pages) for line in page]
    if not lines:
        return Printed("", "")
    joiner = Joiner([line.text for line in lines])
    paragraphs = [(group, joiner.join(line.text for line in group)) for group in _grouped(lines)]
    return Printed("\n\n".join(text for _, text in paragraphs if text), _heading(paragraphs, lines))


def _lines(sheet: Sheet) -> list[list[Line]]:
    """The lines of a page, region by region (columns and what spans them)."""
    return [[line for row in rows(region) if (line := _line(row)).text.strip()] for region in regions(sheet.pieces)]


def _line(row: Sequence[Piece]) -> Line:
    """Pieces of one row from left to right; the space between two is printed, or shown by a gap."""
    ordered = sorted(row, key=lambda piece: piece.x)
    text = ordered[0].text
    for before, piece in pairwise(ordered):
        apart = piece.x - before.end > _INDENT * piece.size and not text.endswith(" ")
        text += (" " if apart else "") + piece.text
    size = max(ordered, key=lambda piece: len(piece.text)).size
    hyphen = SOFT_HYPHEN if text.rstrip().endswith(SOFT_HYPHEN) else ""
    return Line(tight(normal(clean(text))).lstrip() + hyphen, ordered[0].x, ordered[0].y, size)


# --- what runs along the pages


def _without_running(pages: list[list[list[Line]]]) -> list[list[list[Line]]]:
    """The pages without running heads and feet; all as they are where nothing else would stay."""
    edges = [_edges(page) for page in pages]
    seen = Counter(key for page in edges for key in {_key(line) for line in page})
    least = max(2, round(_RUNNING * len(pages)))
    running = [
        {line for line in page if _PAGE_NUMBER.fullmatch(squeeze(line.text)) or _recurs(line, page, edges, seen, least)} for page in edges
    ]
    apart = [_apart(page, found) for page, found in zip(pages, running, strict=True)]
    kept = [[[line for line in part if line not in gone] for part in page] for page, gone in zip(pages, apart, strict=True)]
    return kept if any(line for page in kept for part in page for line in part) else pages


def _edges(page: list[list[Line]]) -> list[Line]:
    """The lines of the first and last rows of a page."""
    heights = sorted({round(line.y) for part in page for line in part})
    outer = {*heights[:_EDGE], *heights[-_EDGE:]}
    return [line for part in page for line in part if round(line.y) in outer]


def _apart(page: list[list[Line]], running: set[Line]) -> set[Line]:
    """Those of the lines that stand apart from the text of the page, from its edge inward; page numbers wherever they stand.

    What recurs in the midst of the text, or joins it without a gap, is text.
    """
    rows: dict[int, list[Line]] = {}
    for line in sorted((line for part in page for line in part), key=lambda line: -line.y):
        rows.setdefault(round(line.y), []).append(line)
    heights = list(rows)
    gaps = [a - b for a, b in pairwise(heights)]
    usual = _GAP * median(gaps) if len(gaps) > _EDGE else 0.0
    found = {line for line in running if _PAGE_NUMBER.fullmatch(squeeze(line.text))}
    for side in (heights, heights[::-1]):
        block: set[Line] = set()
        for height, inner in pairwise([*side[: _EDGE + 1], *side[-1:]]):
            if not running.issuperset(rows[height]):
                break
            block.update(rows[height])
            other = rows[inner][0].size != rows[height][0].size
            found |= block if abs(height - inner) > usual or other else set()
    return found


def _key(line: Line) -> str:
    return _DIGITS.sub("#", fold(line.text[:300]).replace(" ", ""))


def _recurs(line: Line, page: list[Line], edges: list[list[Line]], seen: Counter[str], least: int) -> bool:
    """Whether a line stands at the same height of enough other pages, figures apart."""
    key = _key(line)
    if seen[key] < least:
        return False
    return (
        sum(any(abs(other.y - line.y) < _NEAR and _key(other) == key for other in those) for those in edges if those is not page) + 1
        >= least
    )


def _numbered(pages: Iterable[list[list[Line]]]) -> Iterator[list[Line]]:
    region = 0
    for page in pages:
        whole = []
        for part in page:
            region += 1
            whole += [Line(line.text, line.x, line.y, line.size, region) for line in part]
        yield whole


# --- paragraphs


@dataclass(frozen=True, slots=True)
class _Measure:
    """The habits of a region: left edge, widest line, and the distance of two lines of one paragraph (0 where too few lines tell)."""

    left: float
    widest: float
    leading: float


def _measures(lines: Sequence[Line]) -> dict[int, _Measure]:
    parts: dict[int, list[Line]] = {}
    for line in lines:
        parts.setdefault(line.region, []).append(line)
    gaps = {region: [a.y - b.y for a, b in pairwise(part) if a.y > b.y] for region, part in parts.items()}
    every = [gap / line.size for region, part in parts.items() for gap, line in zip(gaps[region], part, strict=False) if line.size]
    common = median(every) if len(every) >= _EDGE else 0.0
    return {region: _measure(part, gaps[region], common) for region, part in parts.items()}


def _measure(part: Sequence[Line], gaps: Sequence[float], common: float) -> _Measure:
    leading = median(gaps) if len(gaps) > _EDGE else common * part[0].size
    return _Measure(min(line.x for line in part), max(line.width for line in part), leading)


def _grouped(lines: Sequence[Line]) -> Iterator[list[Line]]:
    measures, usual = _measures(lines), median(line.size for line in lines)
    group = [lines[0]]
    for before, line in pairwise(lines):
        if _begins(before, line, measures, usual, alone=len(group) == 1):
            yield group
            group = []
        group.append(line)
    yield group


def _begins(before: Line, line: Line, measures: dict[int, _Measure], usual: float, *, alone: bool) -> bool:
    """Whether a line begins a paragraph: by its mark, its size, the space above, its indent, or the end of the line before.

    Lines larger than ``usual`` are one heading as long as they stand close together.
    """
    small, large = sorted((before.size, line.size))
    if large > _SIZES * small or _ITEM.match(line.text):
        return True
    measure = measures[before.region]
    if line.region != before.region:
        return before.width < _FULL * measure.widest or furniture.ends(before.text)
    if small > _SIZES * usual:
        return before.y - line.y > _LONE_GAP * line.size
    return before.y - line.y > (_GAP * measure.leading or _LONE_GAP * line.size) or _ends_before(before, line, measure, alone=alone)


def _ends_before(before: Line, line: Line, here: _Measure, *, alone: bool) -> bool:
    """Whether a paragraph ends between two lines that stand close: the next is set in, or the line before is short."""
    inset, inset_before = line.x - here.left > _INDENT * line.size, before.x - here.left > _INDENT * line.size
    if inset and (not inset_before or (alone and furniture.ends(before.text))):
        return not _ITEM.match(before.text)
    if before.text.endswith(("-", SOFT_HYPHEN)) or furniture.runs_on(before.text, line.text):
        return False
    return before.width < (_FULL if furniture.ends(before.text) else _SHORT) * here.widest


def _heading(paragraphs: Sequence[tuple[list[Line], str]], lines: Sequence[Line]) -> str:
    """The first paragraph set clearly larger than most of the text, among the first few."""
    usual = median(line.size for line in lines)
    large = (text for group, text in paragraphs[:6] if group[0].size > _SIZES * usual and 4 <= len(text) <= 300)
    return next(large, "")
