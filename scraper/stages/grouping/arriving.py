"""What new articles have to do with those already placed: the parts of a reach that they change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from scraper.model.grouping import EventGroup, Review, Sighting, sample
from scraper.stages.grouping.decisions import decisions_of
from scraper.stages.grouping.link import collected, root, same_text
from scraper.stages.grouping.occasion import LATE, agreement, occasion_of
from scraper.stages.grouping.overlap import Panel


def affected(
    sightings: Sequence[Sighting], arrived: frozenset[int], settled: Mapping[int, int], reviews: tuple[Review, ...] = ()
) -> tuple[tuple[Sighting, ...], ...]:
    """Return the parts of ``sightings`` that hold an article of ``arrived``; what is in another part can change nothing in them.

    ``settled`` gives the component of each article that has one: those of two components are not linked, so only what arrived is
    compared, with what it shares a key with. Each part can be regrouped alone, and what is in none of them stays as it was placed.
    """
    parent = list(range(len(sightings)))
    _join(parent, _settled(sightings, settled))
    decisions = decisions_of(sightings, reviews)
    _join(parent, decisions.together + decisions.events_together)
    new = [at for at, sighting in enumerate(sightings) if sighting.article_id in arrived]
    compared = _Compared(sightings)
    for at in new:
        for other in compared.near(at):
            if root(parent, at) != root(parent, other) and compared.linked(at, other):
                _join(parent, ((at, other),))
    reached = {root(parent, at) for at in new}
    return tuple(tuple(sightings[at] for at in part) for part in collected(parent) if root(parent, part[0]) in reached)


def listed(event: EventGroup) -> tuple[str, str, str, int]:
    """Return the key by which events stand in order, whatever parts they were grouped in."""
    return (event.date, event.name, event.statements[0].title, event.statements[0].lead_article_id)


def _settled(sightings: Sequence[Sighting], settled: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    first: dict[int, int] = {}
    for at, sighting in enumerate(sightings):
        if sighting.article_id in settled:
            yield first.setdefault(settled[sighting.article_id], at), at


def _join(parent: list[int], pairs: Iterable[tuple[int, int]]) -> None:
    for pair in pairs:
        a, b = (root(parent, at) for at in pair)
        parent[max(a, b)] = min(a, b)


class _Compared:
    """Who shares a key with whom, and whether two are linked: the same as asking :func:`linked`."""

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        self.sightings = sightings
        self.panel = Panel(sightings)
        self.occasions = [occasion_of(sighting) for sighting in sightings]
        self.samples = [frozenset(sample(sighting.sketch)) for sighting in sightings]
        self.holders: dict[int, list[int]] = defaultdict(list)
        self.days: dict[int, list[int]] = defaultdict(list)
        for at, hashes in enumerate(self.samples):
            self.days[self.occasions[at].day].append(at)
            for value in hashes:
                self.holders[value].append(at)

    def near(self, at: int) -> list[int]:
        """Return the positions that could be linked with one, itself left out."""
        day = self.occasions[at].day
        found = {other for value in self.samples[at] for other in self.holders[value]}
        if day:
            found.update(other for near in range(day - LATE, day + LATE + 1) for other in self.days.get(near, ()))
        return sorted(found - {at})

    def linked(self, at: int, other: int) -> bool:
        """Tell whether two are linked."""
        acts = self.occasions[at], self.occasions[other]
        if agreement(*acts):
            return True
        if self.samples[at].isdisjoint(self.samples[other]):
            return False
        return same_text(self.panel.overlap(at, other), (self.sightings[at], self.sightings[other]), acts)
