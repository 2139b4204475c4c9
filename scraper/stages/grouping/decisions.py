"""What a person decided, as grouping respects it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from scraper.model.grouping import EVENT, Review, Sighting
from scraper.urls import canonical

__all__ = ("EVENT", "Decisions", "decisions_of")

MERGE: Final = "merge"
SPLIT: Final = "split"

_Where = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Decisions:
    """Positions of sightings that a person put together or apart, as pairs: in one statement, or in one event.

    They hold together: what is apart from one of those put together is apart from all of them, and nobody is both.
    """

    together: tuple[tuple[int, int], ...] = ()
    apart: frozenset[tuple[int, int]] = frozenset()
    events_together: tuple[tuple[int, int], ...] = ()
    events_apart: frozenset[tuple[int, int]] = frozenset()

    def divides(self, one: Iterable[int], other: Iterable[int]) -> bool:
        """Tell whether any of ``one`` was put apart from any of ``other``."""
        return _crosses(self.apart, one, other)

    def ties(self, one: int, others: Iterable[int]) -> bool:
        """Tell whether a person put ``one`` into one statement with any of ``others``, itself left out."""
        centres = {pair[0] for pair in self.together if one in pair}
        tied = {at for pair in self.together if pair[0] in centres for at in pair} - {one} if centres else set()
        return not tied.isdisjoint(others)

    def divides_events(self, one: Iterable[int], other: Iterable[int]) -> bool:
        """Tell the same of events."""
        return _crosses(self.events_apart, one, other)


def decisions_of(sightings: Sequence[Sighting], reviews: Iterable[Review]) -> Decisions:
    """Return the decisions on ``sightings``; where two cannot both hold, the later by ``at`` counts, of equals the later handed in.

    ``subject`` and ``value`` are URLs of articles, one a line. ``merge`` puts all of them into one statement, ``split`` takes those
    of the subject away from those of the value; with ``event:`` before the subject, into one event or apart. What is one statement
    is one event, what is two events is two statements. URLs of no sighting handed in still tie those that are; other actions are
    passed over.
    """
    where: dict[str, list[int]] = defaultdict(list)
    for at, sighting in enumerate(sightings):
        where[canonical(sighting.url)].append(at)
    texts, events = _ties(tuple(review for review in reviews if review.action in (MERGE, SPLIT)))
    events_apart = _apart(events, where)
    return Decisions(_together(texts, where), _apart(texts, where) | events_apart, _together(events, where), events_apart)


class _Ties:
    """URLs put together, as a disjoint-set forest, and which of the sets are apart."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._foes: dict[str, set[str]] = defaultdict(set)

    def root(self, url: str) -> str:
        """Return the representative of a URL's set, halving the path (Tarjan)."""
        parent = self._parent
        while parent.setdefault(url, url) != url:
            parent[url] = parent[parent[url]]
            url = parent[url]
        return url

    def may_join(self, one: str, other: str) -> bool:
        """Tell whether nothing keeps two sets apart."""
        return self.root(other) not in self._foes[self.root(one)]

    def join(self, one: str, other: str) -> None:
        """Put two sets together that may be."""
        a, b = sorted((self.root(one), self.root(other)))
        if a != b:
            self._parent[b] = a
            for foe in self._foes.pop(b, set()):
                self._foes[foe].discard(b)
                self.part(a, foe)

    def part(self, one: str, other: str) -> None:
        """Put two sets apart unless they are one."""
        a, b = self.root(one), self.root(other)
        if a != b:
            self._foes[a].add(b)
            self._foes[b].add(a)

    def sets(self) -> Mapping[str, list[str]]:
        """Return the members of every set by its representative."""
        found: dict[str, list[str]] = defaultdict(list)
        for url in sorted(self._parent):
            found[self.root(url)].append(url)
        return found

    def divided(self) -> Iterator[tuple[str, str]]:
        """Give the representatives of every two sets that are apart."""
        for one, foes in self._foes.items():
            yield from ((one, other) for other in foes if one < other)


@lru_cache(maxsize=8)
def _ties(reviews: tuple[Review, ...]) -> tuple[_Ties, _Ties]:
    """What is tied as statements and as events. The latest decision comes first: an earlier one holds as far as it contradicts none
    that came after it."""
    texts, events = _Ties(), _Ties()
    oldest_first = sorted(reviews, key=lambda review: review.at)
    for review in oldest_first[::-1]:
        if review.action == MERGE:
            _join((events,) if review.of_events else (texts, events), tuple(dict.fromkeys(review.subjects + review.values)))
        else:
            pairs = [(one, other) for one in review.subjects for other in review.values]
            _part(events if review.of_events else texts, texts, pairs)
    return texts, events


def _join(ties: tuple[_Ties, ...], urls: Sequence[str]) -> None:
    """Put each URL to the first before it that it may stand with."""
    for at, url in enumerate(urls):
        before = next((one for one in urls[:at] if all(tie.may_join(url, one) for tie in ties)), None)
        for tie in ties if before is not None else ():
            tie.join(url, before or url)


def _part(ties: _Ties, texts: _Ties, pairs: Iterable[tuple[str, str]]) -> None:
    for one, other in pairs:
        if ties.root(one) != ties.root(other):
            ties.part(one, other)
            texts.part(one, other)


def _together(ties: _Ties, where: _Where) -> tuple[tuple[int, int], ...]:
    """Pairs that connect the positions of every set, in order of the positions."""
    found = (sorted(at for url in urls for at in where.get(url, ())) for urls in ties.sets().values())
    return tuple(sorted((positions[0], at) for positions in found for at in positions[1:]))


def _apart(ties: _Ties, where: _Where) -> frozenset[tuple[int, int]]:
    here = {root: [at for url in urls for at in where.get(url, ())] for root, urls in ties.sets().items()}
    pairs = ((a, b) for one, other in ties.divided() for a in here[one] for b in here[other])
    return frozenset((min(pair), max(pair)) for pair in pairs)


def _crosses(pairs: frozenset[tuple[int, int]], one: Iterable[int], other: Iterable[int]) -> bool:
    if not pairs:
        return False
    others = tuple(other)
    return any((min(a, b), max(a, b)) in pairs for a in one for b in others)
