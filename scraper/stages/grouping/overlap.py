"""How much of one text stands in another, by their sketches."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
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
class _Sets:
    """The hashes of a sketch as sets, all and the text's own."""

    everything: frozenset[int]
    own: frozenset[int]

    @property
    def weight(self) -> float:
        """What they weigh together."""
        return _weight((len(self.everything), len(self.own)))


class Panel:
    """The sketches of some sightings side by side, so that a pair is compared by two intersections of sets.

    Sightings of one and the same sketch, the plain copies of which a flood is made, are told apart by nothing here: they share a ``face``,
    and what two faces share is worked out once.
    """

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        faces: dict[tuple[int, ...], int] = {}
        self.face = [faces.setdefault(sighting.sketch, len(faces)) for sighting in sightings]
        self._sketches = list(faces)
        self._whole: dict[int, _Sets] = {}
        self._low: dict[int, _Sets] = {}
        self._seen: dict[tuple[int, int], Overlap] = {}

    def overlap(self, one: int, other: int) -> Overlap:
        """Return what the sightings at two positions share."""
        a, b = self.face[one], self.face[other]
        pair = (a, b) if a < b else (b, a)
        if pair not in self._seen:
            self._seen[pair] = self._overlap(*pair)
        return self._seen[pair]

    def _overlap(self, one: int, other: int) -> Overlap:
        sampled = _sampled(self._sketches[one]) or _sampled(self._sketches[other])
        first, second = (self._low_of(at) if sampled else self._whole_of(at) for at in (one, other))
        shared = len(first.everything & second.everything)
        if not shared:
            return NOTHING
        own = len(first.own & second.own)
        return Overlap(
            _weight((shared, own)) / min(first.weight, second.weight),
            shared / min(len(first.everything), len(second.everything)),
            own * (4 if sampled else 1),
        )

    def own(self, at: int) -> frozenset[int]:
        """Return the hashes of one sketch that are no stock language."""
        return self._whole_of(self.face[at]).own

    def _whole_of(self, at: int) -> _Sets:
        if at not in self._whole:
            self._whole[at] = _sets(self._sketches[at])
        return self._whole[at]

    def _low_of(self, at: int) -> _Sets:
        """What of a sketch lies below the sampling limit: all of a sampled one."""
        sketch = self._sketches[at]
        if not sketch or sketch[-1] < SAMPLED:
            return self._whole_of(at)
        if at not in self._low:
            self._low[at] = _sets(sketch[: bisect_left(sketch, SAMPLED)])
        return self._low[at]


def overlap(one: Sighting, other: Sighting) -> Overlap:
    """Return what two sightings share, as a panel of the two says it; for one pair this is faster."""
    sampled = _sampled(one.sketch) or _sampled(other.sketch)
    first, second = (_kept(sighting.sketch, sampled) for sighting in (one, other))
    both = frozenset(first).intersection(second)
    if not both:
        return NOTHING
    shared, smaller = _counted(both), (_counted(first), _counted(second))
    return Overlap(
        _weight(shared) / min(map(_weight, smaller)), shared[0] / min(counts[0] for counts in smaller), shared[1] * (4 if sampled else 1)
    )


def size(sketch: tuple[int, ...]) -> int:
    """Return how many shingles a text has: an estimate where its sketch is sampled."""
    return len(sketch) * (4 if _sampled(sketch) else 1)


def _sampled(sketch: tuple[int, ...]) -> bool:
    return bool(sketch) and sketch[-1] < SAMPLED


def _kept(sketch: tuple[int, ...], sampled: bool) -> tuple[int, ...]:
    """The hashes of a sketch, below the sampling limit where the other is sampled."""
    return sketch[: bisect_left(sketch, SAMPLED)] if sampled else sketch


def _counted(sketch: Collection[int]) -> tuple[int, int]:
    return len(sketch), len(sketch) - sum(map((1).__and__, sketch))


def _sets(sketch: tuple[int, ...]) -> _Sets:
    return _Sets(frozenset(sketch), frozenset(value for value in sketch if not value & 1))


def _weight(counts: tuple[int, int]) -> float:
    everything, own = counts
    return own + STOCK_WEIGHT * (everything - own)
