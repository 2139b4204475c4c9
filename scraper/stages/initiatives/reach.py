"""Which names can change what others are concluded to be: only those that something ties together, directly or through others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from scraper.model.grouping import Review
from scraper.model.initiative import LooseName, Reach, Translated
from scraper.stages.initiatives.deciding import ordered, side
from scraper.stages.initiatives.initials import spelled_out
from scraper.stages.initiatives.names import Key
from scraper.stages.initiatives.renamed import FORMERLY
from scraper.stages.initiatives.resolve import Resolver, own_slug
from scraper.stages.initiatives.shortened import shortened, stubs
from scraper.stages.initiatives.translations import NEW, SURE

_NUMBERED = re.compile(r"-\d+$")
Member = LooseName | Review | str
"""A name that is not in the registry, the slug of one that is, or a review that ties them."""

Tied = Iterator[tuple[Member, Hashable]]


def reach(
    resolver: Resolver, names: Iterable[LooseName], translations: Iterable[Translated], touched: Reach, reviews: Iterable[Review] = ()
) -> Reach:
    """Return the names that are not in the registry, and the slugs of those that are, of which ``touched`` can change what is concluded.

    ``names`` are all of the database, ``translations`` what official texts in several languages say. Of the mentions in reach alone
    Resolver.found says what it says of each of them among all mentions: whatever it joins is tied here, by key, abbreviation, slug,
    description (at any date), translation or review. In reach besides are names from which nothing was concluded yet (dismissed ones
    among them), or something that the registry has overtaken; they are few.
    """
    everybody = {*names, *(LooseName(name, abbreviation) for name, abbreviation in touched.names)}
    ties: dict[Member, set[Hashable]] = defaultdict(set)
    for member, tie in (
        *_named(resolver, everybody),
        *_described(resolver, everybody),
        *_shorter(resolver, everybody),
        *_initials(resolver, everybody),
        *_translated(translations, everybody),
        *_decided(resolver, reviews),
    ):
        ties[member].add(tie)
    seeds: set[Member] = {one for one in everybody if (one.name, one.abbreviation) in touched.names or _unsettled(resolver, one)}
    held = _closed(seeds | touched.slugs, ties)
    loose = frozenset((one.name, one.abbreviation) for one in held if isinstance(one, LooseName))
    return Reach(loose, frozenset(one for one in held if isinstance(one, str) and one in resolver.by_id))


def _closed(seeds: set[Member], ties: dict[Member, set[Hashable]]) -> set[Member]:
    """The seeds with whatever is tied to them, directly or through others."""
    members: dict[Hashable, list[Member]] = defaultdict(list)
    for member, own in ties.items():
        for tie in own:
            members[tie].append(member)
    held, waiting = set(seeds), list(seeds)
    while waiting:
        for tie in ties.get(waiting.pop(), ()):
            new = [member for member in members.pop(tie, ()) if member not in held]
            held.update(new)
            waiting += new
    return held


def _unsettled(resolver: Resolver, one: LooseName) -> bool:
    node = resolver.node(one.name, one.abbreviation)
    return not one.slug or (isinstance(node, str) and node != one.slug)


def _named(resolver: Resolver, names: Iterable[LooseName]) -> Tied:
    """By what it is one with, by what ties names of different words, by the slug that it would have, and by what it was concluded to be."""
    for one in names:
        node = resolver.node(one.name, one.abbreviation)
        slug = own_slug(one.name)
        yield one, node
        yield one, ("slug", slug)
        if slug in resolver.by_id:
            yield slug, ("slug", slug)
        if one.slug:
            yield one, ("concluded", one.slug)
        if isinstance(node, str):
            yield node, node
            continue
        for link in resolver.links(one.abbreviation):
            yield one, link


def _described(resolver: Resolver, names: Iterable[LooseName]) -> Tied:
    """A description and every name that holds all its words, or had a name before that did."""
    families: dict[str, list[tuple[frozenset[str], LooseName]]] = defaultdict(list)
    descriptions: dict[Key, frozenset[str]] = {}
    for one in names:
        key = resolver.keys.of(one.name)
        words = frozenset(key.content)
        families[key.family].append((words, one))
        if one.abbreviation.startswith(FORMERLY):
            old = resolver.keys.of(one.abbreviation.removeprefix(FORMERLY))
            families[old.family].append((frozenset(old.content), one))
        if one.described and not key.bare:
            descriptions[key] = words
    for key, words in descriptions.items():
        for others, one in families[key.family]:
            if words <= others:
                yield one, ("described", key)


def _shorter(resolver: Resolver, names: Iterable[LooseName]) -> Tied:
    """A name and the longer ones that it may be short for."""
    keyed = [(one, resolver.keys.of(one.name)) for one in names]
    keys = frozenset(key for _, key in keyed)
    for one, key in keyed:
        yield one, ("shorter", key)
        for short in (stubs(key) if one.described else shortened(key)) & keys:
            yield one, ("shorter", short)


def _initials(resolver: Resolver, names: Iterable[LooseName]) -> Tied:
    """A name with initials and those that have the words for them."""
    of: dict[str, list[LooseName]] = defaultdict(list)
    for one in names:
        of[one.name].append(one)
    for name, other in spelled_out(of, resolver.keys.of):
        for one in (*of[name], *of[other]):
            yield one, ("initials", resolver.keys.of(other))


def _translated(translations: Iterable[Translated], names: Iterable[LooseName]) -> Tied:
    """What may be one thing in the languages of a statement; a known one that all of them name is paired with nothing."""
    forms: dict[tuple[str, str], list[LooseName]] = defaultdict(list)
    for one in names:
        forms[one.name, one.abbreviation].append(one)
    groups: dict[tuple[str, int, str], list[Translated]] = defaultdict(list)
    for said in translations:
        if said.head and said.confidence >= SURE:
            groups["statement", said.statement_id, said.head].append(said)
            if said.event_id and said.status in NEW:
                groups["event", said.event_id, said.head].append(said)
    for place, group in groups.items():
        languages = {said.language for said in group}
        if len(languages) < 2 or all(said.slug for said in group):
            continue
        slugs = {said.slug for said in group if said.slug}
        for slug in slugs:
            if {said.language for said in group if said.slug == slug} != languages:
                yield slug, place
        for said in group:
            for member in () if said.slug else forms[said.name, said.abbreviation]:
                yield member, place


def _decided(resolver: Resolver, reviews: Iterable[Review]) -> Tied:
    """What a review puts together: known ones, names that it covers, and whatever has a slug that it speaks of, which what it covers may
    take from a name of that slug; one that was numbered goes by its name without the number."""
    for review in ordered(reviews):
        for one in (side(resolver, review.subject, review.subject_names), side(resolver, review.value, review.value_names, value=True)):
            if one.known:
                yield one.known, one.known
            for anchor in one.anchors:
                yield review, anchor
            for slug in filter(None, (one.slug, one.label)):
                yield review, ("slug", slug)
                yield review, ("slug", _NUMBERED.sub("", slug))
