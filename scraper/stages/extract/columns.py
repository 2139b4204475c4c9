"""The columns of a printed page, and the order in which its parts are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scraper.stages.extract.pieces import Piece, rows

_FEWEST = 4
_SHARE = 0.4
_CANDIDATES = 8
_FILLED = 0.55
_OVERLAP = 0.06


def regions(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces of a page part by part in reading order: what spans the page, then the left column, then the right one.

    A page without two columns is one part. Two columns are running text side by side: rows of a table, whose cells are short, are not.
    """
    found = rows(pieces)
    edge = _gutter(found)
    if edge is None:
        return [list(pieces)] if pieces else []
    return _banded(found, edge)


def _gutter(found: Sequence[Sequence[Piece]]) -> float | None:
    """Where the right column begins; None where there is none."""
    if len(found) < _FEWEST:
        return None
    every = [piece for row in found for piece in row]
    left, right = min(piece.x for piece in every), max(piece.end for piece in every)
    span = right - left
    starts = Counter(round(piece.x / 4) for piece in every if 0.3 < (piece.x - left) / (span or 1.0) < 0.7)
    best: tuple[int, float] = (0, 0.0)
    for place, count in starts.most_common(_CANDIDATES):
        edge = min(piece.x for piece in every if round(piece.x / 4) == place)
        support = sum(_parted(row, edge) for row in found) if count >= _FEWEST else 0
        best = max(best, (support, -edge))
    support, edge = best[0], -best[1]
    return edge if support >= max(_FEWEST, _SHARE * len(found)) and _runs(found, left, edge, right) else None


def _parted(row: Sequence[Piece], edge: float) -> bool:
    """Whether a row has a piece at the edge and nothing that reaches over it."""
    return any(_at(piece, edge) for piece in row) and not _crosses(row, edge)


def _at(piece: Piece, edge: float) -> bool:
    return abs(piece.x - edge) < 0.7 * piece.size


def _crosses(row: Sequence[Piece], edge: float) -> bool:
    return any(
        piece.x < edge - 0.7 * piece.size and piece.end > edge - 0.2 * piece.size + _OVERLAP * (piece.end - piece.x) + _doubt(piece)
        for piece in row
    )


def _doubt(piece: Piece) -> float:
    """A piece of many letters ends where it is reckoned to end only by and large: the gap between two columns is all it may take."""
    return 1.5 * piece.size if piece.end - piece.x > 8 * piece.size else 0.0


def _runs(found: Sequence[Sequence[Piece]], left: float, edge: float, right: float) -> bool:
    """Whether what stands at both sides of the edge fills its column, as running text does and cells of a table do not."""
    both = [row for row in found if _parted(row, edge)]
    lefts = sorted(max((p.end for p in row if p.x < edge - p.size), default=left) - left for row in both)
    rights = sorted(max(p.end for p in row) - edge for row in both)
    filled = [side for side in lefts if side > 0]
    if len(filled) < _FEWEST:
        return False
    return filled[len(filled) // 2] > _FILLED * (edge - left) and rights[len(rights) // 2] > _FILLED * (right - edge)


def _banded(found: Sequence[Sequence[Piece]], edge: float) -> list[list[Piece]]:
    """Rows that reach over the edge part the page into bands; in each the left column goes before the right one."""
    parts: list[list[Piece]] = []
    whole: list[Piece] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for row in found:
        if _crosses(row, edge):
            parts += [part for part in (left, right) if part]
            left, right = [], []
            whole += row
            continue
        if whole:
            parts.append(whole)
            whole = []
        for piece in row:
            (right if piece.x > edge - 0.7 * piece.size else left).append(piece)
    return parts + [part for part in (whole, left, right) if part]
