"""One initiative under its names in several languages: the governments' texts of one statement name the same things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations

from scraper.model.initiative import SeenName

SURE = 0.6
"""Confidence below which a name is too weak to be paired with one in another language."""

Names = dict[str, set[Hashable]]


def translated(members: Iterable[tuple[SeenName, Hashable]]) -> Iterator[tuple[Hashable, Hashable]]:
    """Yield pairs of identities that are one initiative, a known one (a slug) second.

    Two official texts of one statement in two languages are translations of each other. Where, among heads of one family, each of
    them names exactly one thing that the other does not, these are the same thing under two names. With two or more left on a side
    nothing tells which is which, and they stay apart until a registry or a person knows.
    """
    named: dict[tuple[int, str], Names] = defaultdict(lambda: defaultdict(set))
    for seen, identity in members:
        if seen.official and seen.head and seen.confidence >= SURE:
            named[seen.statement_id, seen.head][seen.language].add(identity)
    for key in sorted(named):
        yield from _paired(named[key])


def _paired(names: Names) -> Iterator[tuple[Hashable, Hashable]]:
    for one, other in combinations(sorted(names), 2):
        here, there = names[one] - names[other], names[other] - names[one]
        if len(here) != 1 or len(there) != 1:
            continue
        first, second = next(iter(here)), next(iter(there))
        if isinstance(first, str) and isinstance(second, str):
            continue
        yield (second, first) if isinstance(first, str) else (first, second)
