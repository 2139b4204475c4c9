"""What two texts speak of side by side: the same subjects in the same order tell one text in two languages, or in two wordings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from scraper.model.grouping import Sighting
from scraper.stages.grouping.subjects import MARK

FEWEST: Final = 4
"""Subjects below which a text's trail says nothing."""


@dataclass(frozen=True, slots=True)
class Alongside:
    """How two trails run: ``order`` subjects stand in both in one order; ``shorter`` and ``longer`` are the lengths of the trails.

    ``dense`` is the share of the longer one's subjects, between the first and the last of these, that are among them: a text cut short
    or translated in part runs densely along the beginning of the whole, another text of the same day touches it here and there.
    """

    order: int
    shorter: int
    longer: int
    dense: float

    @property
    def known(self) -> bool:
        """Whether both trails are long enough to tell anything."""
        return self.shorter >= FEWEST

    @property
    def followed(self) -> float:
        """The share of the shorter trail that runs along the other, 0 to 1."""
        return self.order / self.shorter if self.shorter else 0.0

    @property
    def likeness(self) -> float:
        """The same with both lengths counted (cosine), 0 to 1: much that only one speaks of makes two texts unlike."""
        return self.order / sqrt(self.shorter * self.longer) if self.shorter else 0.0


def trail(sighting: Sighting) -> tuple[str, ...]:
    """Return the ids of the subjects a sighting names, each once, in the order it first names them."""
    return tuple(name for name in sighting.names if name.startswith(MARK))


def alongside(one: Sequence[str], other: Sequence[str]) -> Alongside:
    """Return how two trails run beside one another, whichever is given first; each names a subject once."""
    short, long = sorted((one, other), key=lambda trail: (len(trail), trail))
    place = {subject: at for at, subject in enumerate(long)}
    run = _rising([place[subject] for subject in short if subject in place])
    span = run[-1] - run[0] + 1 if run else 0
    return Alongside(len(run), len(short), len(long), len(run) / span if span else 0.0)


def _rising(places: list[int]) -> list[int]:
    """Return the longest rising subsequence of distinct numbers, by patience sorting (Schensted)."""
    tops: list[int] = []
    ends: list[list[int]] = []
    for place in places:
        at = bisect_left(tops, place)
        tops[at : at + 1] = [place]
        ends[at : at + 1] = [[*(ends[at - 1] if at else ()), place]]
    return ends[-1] if ends else []
