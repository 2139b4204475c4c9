"""Which two sightings belong together, by what stands in the two alone, and how the candidates are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from scraper.model.grouping import Sighting
from scraper.stages.grouping.occasion import LATE, Occasion, agreement, occasion_of
from scraper.stages.grouping.overlap import Overlap, Panel

SUB_SAMPLE: Final = 64
"""How many of a sketch's hashes, the smallest, are keys: the same ones in every copy (bottom-k sampling)."""
SAME_TEXT: Final = 0.45
"""Weighted containment from which two sightings carry one text. Measured: copies .52 and more, different texts of one week .35 and less."""
LONG_TEXT: Final = 0.32
"""The same where two texts of like length share :data:`MANY` own shingles: a long text with a third of its words changed. Formulae alone reach .29."""
MANY: Final = 80
CONTRADICTED: Final = 0.6
"""The same where the stated days lie too far apart, or where both are governments' own pages."""
FEWEST: Final = 6
"""Shared shingles of no stock language without which containment says nothing."""


@dataclass(frozen=True, slots=True)
class Link:
    """Why two sightings are in one reach: ``kind`` is text or event, ``weight`` 0 to 1, ``reason`` a sentence."""

    kind: str
    weight: float
    reason: str


def keys(sighting: Sighting) -> frozenset[str]:
    """Return the keys of a sighting, at most 72: two sightings without a common one are never linked.

    ``s:`` and 16 hexadecimal digits are the smallest hashes of the sketch, the text's own ones where it has enough; ``d:`` and a
    date are the act's day and the days after it that the rule for dates tolerates.
    """
    return frozenset({f"s:{value:016x}" for value in _sub_sample(sighting)} | set(_days(occasion_of(sighting))))


def linked(one: Sighting, other: Sighting) -> Link | None:
    """Return why two sightings belong together, or ``None``; it depends on the two alone and does not care for their order."""
    return _decide(_Faces((one, other)), 0, 1)


def components(sightings: Sequence[Sighting]) -> tuple[tuple[int, ...], ...]:
    """Return the article ids of every connected component of the links, ids and components ascending.

    This is the reach: what lies in another component can change nothing in this one. A new article's reach is itself and the
    components of the sightings it is linked to.
    """
    return tuple(sorted(tuple(sorted(sightings[at].article_id for at in part)) for part in connected(sightings)))


def reach(seeds: Iterable[Sighting], candidates: Callable[[Sighting], Iterable[Sighting]]) -> tuple[Sighting, ...]:
    """Return everything connected to ``seeds`` by links, they included, by article id.

    ``candidates`` gives the sightings that share a key with one; it is asked once for each sighting reached.
    """
    found = {seed.article_id: seed for seed in seeds}
    queue = list(found.values())
    while queue:
        here = queue.pop()
        for near in candidates(here):
            if near.article_id not in found and linked(here, near):
                found[near.article_id] = near
                queue.append(near)
    return tuple(found[key] for key in sorted(found))


def connected(sightings: Sequence[Sighting]) -> list[list[int]]:
    """Return the positions of every connected component, each ascending, in order of the first position."""
    faces, parent = _Faces(sightings), list(range(len(sightings)))
    for one in range(len(sightings)):
        for other in range(one):
            a, b = root(parent, one), root(parent, other)
            if a != b and _decide(faces, one, other):
                parent[max(a, b)] = min(a, b)
    return collected(parent)


def root(parent: list[int], at: int) -> int:
    """Return the representative of ``at`` in a disjoint-set forest, halving the path (Tarjan)."""
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at


def collected(parent: list[int]) -> list[list[int]]:
    """Return the sets of a disjoint-set forest, each ascending, in order of their first member."""
    parts: dict[int, list[int]] = {}
    for at in range(len(parent)):
        parts.setdefault(root(parent, at), []).append(at)
    return sorted(parts.values())


def same_text(found: Overlap, one: Sighting, other: Sighting, *, apart: bool) -> bool:
    """Tell whether what two sightings share makes them one text; ``apart`` that the days they state contradict it."""
    strict = apart or (one.official and other.official and one.language == other.language)
    alike = len(one.sketch) <= 2 * len(other.sketch) and len(other.sketch) <= 2 * len(one.sketch)
    if found.own >= FEWEST:
        needed = CONTRADICTED if strict else LONG_TEXT if alike and found.own >= MANY else SAME_TEXT
        return found.share >= needed and found.plain >= LONG_TEXT
    return found.plain >= 0.9 and alike and not apart


class _Faces:
    def __init__(self, sightings: Sequence[Sighting]) -> None:
        self.sightings = sightings
        self.panel = Panel(sightings)
        self.occasions = [occasion_of(sighting) for sighting in sightings]
        self.samples = [frozenset(_sub_sample(sighting)) for sighting in sightings]


def _decide(faces: _Faces, one: int, other: int) -> Link | None:
    a, b = faces.occasions[one], faces.occasions[other]
    score = agreement(a, b)
    if score:
        return Link("event", min(1.0, score / 8), a.likeness(b))
    found = faces.panel.overlap(one, other)
    if not same_text(found, faces.sightings[one], faces.sightings[other], apart=a.contradicts(b)):
        return None
    if faces.samples[one].isdisjoint(faces.samples[other]):
        return None
    return Link("text", min(1.0, found.share), f"{found.plain:.0%} of the shorter text stands in the other".replace("%", " %"))


def _sub_sample(sighting: Sighting) -> tuple[int, ...]:
    own = [value for value in sighting.sketch if not value & 1]
    return tuple(sorted(own if len(own) >= FEWEST else sighting.sketch)[:SUB_SAMPLE])


def _days(occasion: Occasion) -> Iterable[str]:
    return (f"d:{date.fromordinal(occasion.day + step).isoformat()}" for step in range(LATE + 1)) if occasion.day else ()
