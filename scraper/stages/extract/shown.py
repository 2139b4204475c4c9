"""What a PDF's page shows: pieces of text at their places, upright, each once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import mult
from pypdf.errors import LimitReachedError

from scraper.stages.extract.content import Work
from scraper.stages.extract.pieces import Piece, piece, touching

_FAR = 1e6
_TWICE = 0.15
_UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_SLANT = 0.1


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a string begins, how large it is set, and by how many quarters of a circle it is turned."""

    x: float
    y: float
    size: float
    turned: int


class Shown:
    """Takes what the library finds on a page; its methods are the library's visitors."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._found: list[tuple[str, _Place]] = []
        self._seen: dict[tuple[str, int, int], _Place] = {}
        self._forms: list[list[float]] = [[*_UPRIGHT]]

    def before(self, operator: bytes, _: Any, matrix: list[float], __: Any) -> None:
        """Note that a form is painted under the matrix in force: the library tells places in it as if it stood alone."""
        if operator == b"Do":
            self._forms.append(mult(matrix, self._forms[-1]))

    def after(self, operator: bytes, *_: Any) -> None:
        """Note that it ends."""
        if operator == b"Do" and len(self._forms) > 1:
            self._forms.pop()

    def text(self, text: str, matrix: list[float], place: list[float], _: Any, size: float) -> None:
        """Take one string. Raises LimitReachedError after more letters than are read."""
        self._work.letters += len(text)
        if self._work.spent:
            raise LimitReachedError("more text than is read")
        where = _placed(mult(mult(place, matrix), self._forms[-1]), size)
        if where is None:
            return
        if text.strip():
            if not self._is_twice(text, where):
                self._found.append((text, where))
        elif text.strip("\n") and self._found and not self._found[-1][0].endswith(" "):
            # A space drawn alone belongs to the string before it.
            self._found[-1] = (self._found[-1][0] + " ", self._found[-1][1])

    def _is_twice(self, text: str, where: _Place) -> bool:
        """Whether the same string stands there already: some programs draw it twice to make it bold."""
        step = _TWICE * where.size
        column, row = int(where.x // step), int(where.y // step)
        near = ((text, column + right, row + up) for right in (-1, 0, 1) for up in (-1, 0, 1))
        twice = any(known is not None and math.dist((known.x, known.y), (where.x, where.y)) < step for known in map(self._seen.get, near))
        self._seen[text, column, row] = where
        return twice

    def pieces(self) -> tuple[Piece, ...]:
        """Return what stands the way most of the page's text does, turned upright: stamps across a page and in its margin do not count."""
        turns = Counter[int]()
        for text, where in self._found:
            turns[where.turned] += len(text)
        usual = max(turns, key=lambda turned: (turns[turned], -turned), default=0)
        return touching(one for text, where in self._found if where.turned == usual for one in _lines(text, where))


def _placed(matrix: list[float], size: float) -> _Place | None:
    """The place of a string by its matrix; None for one that is turned by anything but a quarter, or is nowhere."""
    across, along, *_, x, y = matrix
    height = abs(size) * math.hypot(matrix[2], matrix[3]) or 1.0
    if not all(map(math.isfinite, (across, along, x, y, height))) or max(abs(x), abs(y), height) > _FAR:
        return None
    quarters = math.atan2(along, across) / (math.pi / 2)
    turned = round(quarters)
    return _Place(x, y, height, turned % 4) if abs(quarters - turned) < _SLANT else None


def _lines(text: str, where: _Place) -> Iterator[Piece]:
    """The lines of one string, which share its place (the library ends a line where the next one begins)."""
    x, y = ((where.x, where.y), (where.y, -where.x), (-where.x, -where.y), (-where.y, where.x))[where.turned]
    for number, line in enumerate(part for part in text.split("\n") if part.strip()):
        yield piece(line, x, y - number * 1.2 * where.size, where.size)
