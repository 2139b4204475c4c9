"""What a person decided, as grouping respects it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from scraper.model.grouping import Review, Sighting
from scraper.urls import canonical

EVENT: Final = "event:"
"""Stands before the URL in ``Review.subject`` where the decision is on events and not on statements."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Positions of sightings that a person put together or apart, as pairs: in one statement, or in one event."""

    together: tuple[tuple[int, int], ...] = ()
    apart: frozenset[tuple[int, int]] = frozenset()
    events_together: tuple[tuple[int, int], ...] = ()
    events_apart: frozenset[tuple[int, int]] = frozenset()

    def divides(self, one: Iterable[int], other: Iterable[int]) -> bool:
        """Tell whether any of ``one`` was put apart from any of ``other``."""
        return _crosses(self.apart, one, other)

    def divides_events(self, one: Iterable[int], other: Iterable[int]) -> bool:
        """Tell the same of events."""
        return _crosses(self.events_apart, one, other)


def decisions_of(sightings: Sequence[Sighting], reviews: Iterable[Review]) -> Decisions:
    """Return the decisions on ``sightings``: the last word on a pair, by ``at``, counts.

    ``merge`` puts the articles of two URLs (``subject`` and ``value``) into one statement, ``split`` takes them apart; with
    ``event:`` before the subject, into one event or apart. Other actions and URLs of no sighting handed in are passed over.
    """
    where: dict[str, list[int]] = {}
    for at, sighting in enumerate(sightings):
        where.setdefault(canonical(sighting.url), []).append(at)
    final: dict[tuple[bool, int, int], str] = {}
    for review in sorted(reviews, key=lambda review: (review.at, review.action, review.subject, review.value)):
        if review.action in ("merge", "split"):
            for pair in _pairs(review, where):
                final[(review.subject.startswith(EVENT), *pair)] = review.action
    return _decisions(final)


def _decisions(final: dict[tuple[bool, int, int], str]) -> Decisions:
    def chosen(event: bool, action: str) -> list[tuple[int, int]]:
        return sorted((a, b) for (kind, a, b), done in final.items() if kind is event and done == action)

    return Decisions(
        tuple(chosen(False, "merge")), frozenset(chosen(False, "split")), tuple(chosen(True, "merge")), frozenset(chosen(True, "split"))
    )


def _pairs(review: Review, where: dict[str, list[int]]) -> list[tuple[int, int]]:
    subjects = where.get(canonical(review.subject.removeprefix(EVENT)), [])
    values = where.get(canonical(review.value), [])
    return [(min(a, b), max(a, b)) for a in subjects for b in values if a != b]


def _crosses(pairs: frozenset[tuple[int, int]], one: Iterable[int], other: Iterable[int]) -> bool:
    if not pairs:
        return False
    others = tuple(other)
    return any((min(a, b), max(a, b)) in pairs for a in one for b in others)
