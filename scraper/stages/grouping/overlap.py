"""How much of one text stands in another, by their sketches."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scraper.model.grouping import Sighting
from scraper.stages.grouping.fingerprint import SAMPLED

STOCK_WEIGHT: Final = 0.1
"""What a shingle of stock language weighs beside one that is the text's own."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share, as containment in the smaller one (0 to 1), which sees an excerpt where likeness (Jaccard) does not.

    ``share`` weighs stock language little, ``plain`` weighs all alike; ``own`` is how many shared shingles are no stock language
    (an estimate where a sketch is sampled).
    """

    share: float
    plain: float
    own: int


NOTHING: Final = Overlap(0.0, 0.0, 0)


@dataclass(frozen=True, slots=True)
class _Bits:
    """A sketch as bits: all of it, and what of it lies below the sampling limit, with the counts (all, own)."""

    whole: int
    sampled: bool
    counts: tuple[int, int]
    low_counts: tuple[int, int]


class Panel:
    """The sketches of some sightings side by side, as bit sets (one bit a distinct hash), so that a pair is compared by one AND."""

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        values = sorted({value for sighting in sightings for value in sighting.sketch})
        place = {value: at for at, value in enumerate(values)}
        self._low = (1 << bisect_left(values, SAMPLED)) - 1
        self._own = _bits([at for at, value in enumerate(values) if not value & 1])
        self._all = [self._prepared(sighting.sketch, place) for sighting in sightings]

    def overlap(self, one: int, other: int) -> Overlap:
        """Return what the sightings at two positions share."""
        a, b = self._all[one], self._all[other]
        both = a.whole & b.whole
        if not both:
            return NOTHING
        sampled = a.sampled or b.sampled
        shared = self._counts(both & self._low if sampled else both)
        first, second = (a.low_counts, b.low_counts) if sampled else (a.counts, b.counts)
        if not all(shared[:1] + first[:1] + second[:1]):
            return NOTHING
        return Overlap(
            _weight(shared) / min(_weight(first), _weight(second)), shared[0] / min(first[0], second[0]), shared[1] * (4 if sampled else 1)
        )

    def _prepared(self, sketch: tuple[int, ...], place: dict[int, int]) -> _Bits:
        whole = _bits([place[value] for value in sketch])
        sampled = bool(sketch) and max(sketch) < SAMPLED
        return _Bits(whole, sampled, self._counts(whole), self._counts(whole & self._low))

    def _counts(self, bits: int) -> tuple[int, int]:
        return bits.bit_count(), (bits & self._own).bit_count()


def overlap(one: Sighting, other: Sighting) -> Overlap:
    """Return what two sightings share."""
    return Panel((one, other)).overlap(0, 1)


def _weight(counts: tuple[int, int]) -> float:
    everything, own = counts
    return own + STOCK_WEIGHT * (everything - own)


def _bits(places: list[int]) -> int:
    if not places:
        return 0
    field = bytearray((max(places) >> 3) + 1)
    for at in places:
        field[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(field, "little")
