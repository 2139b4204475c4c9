"""Chosen blocks of a page as text: paragraphs parted by blank lines, items marked, the cells of a row on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scraper.stages.extract import furniture
from scraper.stages.extract.blocks import Block, Zone
from scraper.text import clean

_CELL = 200.0
_CELLS = frozenset(("td", "th"))


def render(blocks: Iterable[Block]) -> str:
    """Return the text of blocks in page order, without the notices at its end."""
    lines = [line for line in clean("\n".join(_lines(blocks))).split("\n") if line]
    while len(lines) > 1 and furniture.is_notice(lines[-1]):
        lines.pop()
    return "\n\n".join(lines)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    cells: list[str] = []
    row: Zone | None = None
    item: Zone | None = None
    for block in blocks:
        zone = block.zone
        cell = zone.parent if zone.tag in _CELLS and zone.pieces == 1 and block.weight < _CELL and "\n" not in block.text else None
        if cells and (cell is None or cell is not row):
            yield " | ".join(cells)
            cells = []
        row = cell
        if cell is not None:
            cells.append(block.text)
        else:
            yield f"- {block.text}" if zone.tag == "li" and zone is not item else block.text
        item = zone
    if cells:
        yield " | ".join(cells)
