"""Which two sightings belong together, by what stands in the two alone, and how the candidates are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from scraper.model.grouping import Sighting, sample
from scraper.stages.grouping.occasion import LATE, Occasion, agreement, occasion_of
from scraper.stages.grouping.overlap import Overlap, Panel, size

SAME_TEXT: Final = 0.45
"""Weighted containment from which two sightings carry one text. Measured: copies .52 and more, different texts of one week .35 and less."""
LONG_TEXT: Final = 0.32
"""The same where two texts of like length share :data:`MANY` own shingles: a long text with a third of its words changed. Formulae alone reach .29."""
MANY: Final = 80
CONTRADICTED: Final = 0.6
"""The same where the stated days lie too far apart, where both are governments' own pages, or where one came out long after the other."""
ANOTHER_YEAR: Final = 0.85
"""The same where both are dated and lie more than :data:`FAR` apart: a meeting held every year says most of it again."""
FAR: Final = 30
"""Days after which a text is told again, or its like for another meeting."""
PLAIN_COPY: Final = 0.9
"""The share of all shingles alike that makes a copy of a text that has fewer than :data:`FEWEST` of its own to share."""
FEWEST: Final = 6
"""Shared shingles of no stock language without which containment says nothing."""


@dataclass(frozen=True, slots=True)
class Link:
    """Why two sightings are in one reach: ``kind`` is text or event, ``weight`` 0 to 1, ``reason`` a sentence."""

    kind: str
    weight: float
    reason: str


def keys(sighting: Sighting) -> frozenset[str]:
    """Return the keys of a sighting, 72 or, of a long text, more: two sightings without a common one are never linked.

    ``s:`` and 16 hexadecimal digits are the hashes of the sketch's :func:`sample`; ``d:`` and a
    date are the act's day and the days after it that the rule for dates tolerates.
    """
    return frozenset({f"s:{value:016x}" for value in sample(sighting.sketch)} | set(_days(occasion_of(sighting))))


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
    """Return the positions of every connected component, each ascending, in order of the first position.

    The same as asking :func:`linked` for every pair, without doing so: what says the same of its act is asked once, texts are
    compared only where they share a key, and no pair is asked that is connected already.
    """
    faces, parent = _Faces(sightings), list(range(len(sightings)))
    _join_acts(faces.occasions, parent)
    _join_texts(faces, parent)
    return collected(parent)


def _join_acts(occasions: Sequence[Occasion], parent: list[int]) -> None:
    """Join what tells of one act. Whether two do depends on what :attr:`Occasion.said` holds alone."""
    first: dict[tuple[object, ...], int] = {}
    for at, occasion in enumerate(occasions):
        if occasion.day:
            _unite(parent, first.setdefault(occasion.said, at), at)
    distinct = sorted(first.values(), key=lambda at: occasions[at].day)
    for number, at in enumerate(distinct):
        for other in distinct[number + 1 :]:
            if occasions[other].day > occasions[at].day + LATE:
                break
            if agreement(occasions[at], occasions[other]):
                _unite(parent, at, other)


def _join_texts(faces: _Faces, parent: list[int]) -> None:
    """Join what carries one text. Who holds a hash, and who is of one component, are sets of positions as the bits of a number."""
    holders: dict[int, int] = {}
    parts: dict[int, int] = {}
    for at in range(len(parent)):
        parts[root(parent, at)] = parts.get(root(parent, at), 0) | 1 << at
    for at, hashes in enumerate(faces.samples):
        near = 0
        for value in hashes:
            near |= holders.get(value, 0)
        near &= ~parts[root(parent, at)]
        while near:
            other = near.bit_length() - 1
            near ^= 1 << other
            if _text_link(faces, at, other):
                one, two = root(parent, at), root(parent, other)
                _unite(parent, one, two)
                parts[min(one, two)] = parts[one] | parts[two]
                near &= ~parts[min(one, two)]
        for value in hashes:
            holders[value] = holders.get(value, 0) | 1 << at


def _unite(parent: list[int], one: int, other: int) -> None:
    a, b = root(parent, one), root(parent, other)
    parent[max(a, b)] = min(a, b)


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


def same_text(found: Overlap, pair: tuple[Sighting, Sighting], acts: tuple[Occasion, Occasion]) -> bool:
    """Tell whether what a pair of sightings shares makes the two one text, given the acts they tell of."""
    one, other = pair
    alike = len(one.sketch) <= 2 * len(other.sketch) and len(other.sketch) <= 2 * len(one.sketch)
    if found.own >= FEWEST:
        return found.share >= _needed(found, pair, acts, alike) and found.plain >= LONG_TEXT
    return found.plain >= PLAIN_COPY and alike and not acts[0].contradicts(acts[1])


def _needed(found: Overlap, pair: tuple[Sighting, Sighting], acts: tuple[Occasion, Occasion], alike: bool) -> float:
    """Return the share from which a pair is one text: the more, the less one act can explain both."""
    one, other = pair
    if acts[0].apart(acts[1]) > FAR:
        if acts[0].contradicts(acts[1]) and one.official and other.official:
            return ANOTHER_YEAR * _times(one, other)
        dated = all(act.stated or sighting.official for act, sighting in zip(acts, pair, strict=True))
        return ANOTHER_YEAR if dated else CONTRADICTED
    if acts[0].contradicts(acts[1]) or (one.official and other.official and one.language == other.language):
        return CONTRADICTED
    return LONG_TEXT if alike and found.own >= MANY else SAME_TEXT


def _times(one: Sighting, other: Sighting) -> float:
    """How many times as long the longer of two is: a government that says again what it said, and more, makes another text."""
    shorter, longer = sorted((size(one.sketch), size(other.sketch)))
    return longer / max(1, shorter)


def is_plain(sketch: Sequence[int]) -> bool:
    """Tell whether a sketch has so few shingles of its own that its text may be another's copy by stock language alone."""
    own = len(sketch) - sum(map((1).__and__, sketch))
    return own <= FEWEST + len(sketch) * (1 - PLAIN_COPY)


class _Faces:
    def __init__(self, sightings: Sequence[Sighting]) -> None:
        self.sightings = sightings
        self.panel = Panel(sightings)
        self.occasions = [occasion_of(sighting) for sighting in sightings]
        self.samples = [frozenset(sample(sighting.sketch)) for sighting in sightings]


def _decide(faces: _Faces, one: int, other: int) -> Link | None:
    a, b = faces.occasions[one], faces.occasions[other]
    score = agreement(a, b)
    if score:
        return Link("event", min(1.0, score / 8), a.likeness(b))
    return None if faces.samples[one].isdisjoint(faces.samples[other]) else _text_link(faces, one, other)


def _text_link(faces: _Faces, one: int, other: int) -> Link | None:
    found = faces.panel.overlap(one, other)
    if not same_text(found, (faces.sightings[one], faces.sightings[other]), (faces.occasions[one], faces.occasions[other])):
        return None
    return Link("text", min(1.0, found.share), f"{found.plain:.0%} of the shorter text stands in the other".replace("%", " %"))


def _days(occasion: Occasion) -> Iterable[str]:
    return (f"d:{date.fromordinal(occasion.day + step).isoformat()}" for step in range(LATE + 1)) if occasion.day else ()
