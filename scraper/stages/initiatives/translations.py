"""One initiative under its names in several languages: the governments' texts of one statement name the same things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import combinations

from scraper.model.initiative import SeenName
from scraper.stages.initiatives.equivalents import concepts
from scraper.stages.initiatives.names import head_noun

SURE = 0.6
"""Confidence below which a name is too weak to be paired with one in another language."""
NEW = frozenset({"proposed", "announced", "established"})
"""States of what a text brings into being."""

Names = Mapping[Hashable, frozenset[int]]
"""Identities with what their head nouns mean."""


def translated(members: Iterable[tuple[SeenName, Hashable]]) -> Iterator[tuple[Hashable, Hashable]]:
    """Yield pairs of identities that are one initiative, a known one (a slug) second.

    Two official texts of one statement in two languages are translations of each other. Of what each of them names and the other does
    not, with heads of one family, two are the same thing under two names where their head nouns translate each other and no other pair does; then,
    where each text has but one left, and these head nouns do not contradict each other. With more left nothing tells which is which, and
    they stay apart until a registry or a person knows. So it is with what the sides' own statements of one event bring into being, whose
    head nouns must translate each other.
    """
    texts, events = _gathered(members)
    for key in sorted(texts):
        yield from _paired(texts[key], alone=True)
    for key in sorted(events):
        yield from _paired(events[key], alone=False)


Places = dict[tuple[int, str], dict[str, dict[Hashable, frozenset[int]]]]


def _gathered(members: Iterable[tuple[SeenName, Hashable]]) -> tuple[Places, Places]:
    """What is named, by statement and by event, each with a family of heads, then by language."""
    texts: Places = defaultdict(lambda: defaultdict(dict))
    events: Places = defaultdict(lambda: defaultdict(dict))
    for seen, identity in members:
        if not (seen.official and seen.head and seen.confidence >= SURE):
            continue
        meant = concepts(head_noun(seen.name))
        for places, number, counts in ((texts, seen.statement_id, True), (events, seen.event_id, seen.status in NEW and seen.event_id)):
            if counts:
                named = places[number, seen.head][seen.language]
                named[identity] = named.get(identity, frozenset()) | meant
    return texts, events


def _paired(names: Mapping[str, Names], *, alone: bool) -> Iterator[tuple[Hashable, Hashable]]:
    for one, other in combinations(sorted(names), 2):
        here = {name: meant for name, meant in names[one].items() if name not in names[other]}
        there = {name: meant for name, meant in names[other].items() if name not in names[one]}
        pairs = list(_equivalent(here, there))
        if alone:
            pairs += _last(here, there, pairs)
        for first, second in pairs:
            if isinstance(first, str) and isinstance(second, str):
                continue
            yield (second, first) if isinstance(first, str) else (first, second)


def _equivalent(here: Names, there: Names) -> Iterator[tuple[Hashable, Hashable]]:
    """The pairs whose head nouns translate each other, and those of nothing else."""
    for name, meant in here.items():
        fitting = [other for other, theirs in there.items() if meant & theirs]
        if len(fitting) == 1 and sum(1 for theirs in here.values() if theirs & there[fitting[0]]) == 1:
            yield name, fitting[0]


def _last(here: Names, there: Names, pairs: list[tuple[Hashable, Hashable]]) -> list[tuple[Hashable, Hashable]]:
    """What is left, if that is one of each, and a head noun is in no table."""
    left = [name for name in here if all(name != one for one, _ in pairs)]
    right = [name for name in there if all(name != other for _, other in pairs)]
    if len(left) != 1 or len(right) != 1 or (here[left[0]] and there[right[0]]):
        return []
    return [(left[0], right[0])]
