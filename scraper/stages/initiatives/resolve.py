"""From names to initiatives: variants of a known one, of one another, or something new. A pure function of its inputs, whatever their order."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from scraper.model.grouping import Review
from scraper.model.initiative import Found, Initiative, Registry, SeenName
from scraper.model.watch import Watch
from scraper.stages.initiatives.descriptions import described
from scraper.stages.initiatives.matching import Known
from scraper.stages.initiatives.names import Key, Keys, slug_of
from scraper.stages.initiatives.translations import translated
from scraper.stages.initiatives.unions import Unions

_BARE_DATE = len("2026-01-31")
_ARTICLE = re.compile(r"^(?:the|a|an|our|their|its) ", re.IGNORECASE)
_STRENGTH = ("reaffirmed", "scheduled", "proposed", "resumed", "convened", "announced", "established", "renamed")


@dataclass(frozen=True, slots=True)
class _Group:
    """Mentions taken for one initiative, earliest first."""

    slug: str
    seen: tuple[SeenName, ...]
    known: Initiative | None
    reason: str
    name: str = ""
    confirmed: bool = False


class Resolver:
    """Makes initiatives of names; build it once for a registry and a watch, since it prepares the registry and keeps what it worked out of names."""

    def __init__(self, registry: Registry, watch: Watch) -> None:
        self.registry = registry
        self.keys = Keys(watch)
        self.known = Known(registry, self.keys)
        self.by_id = {one.id: one for one in reversed(registry.initiatives)}  # of two the first, as Registry.get has it

    def found(self, seen: Sequence[SeenName], reviews: Iterable[Review]) -> tuple[Found, ...]:
        """Return the initiatives that the names speak of, by slug; see :func:`resolve`."""
        groups = _named(self._partition(seen), self.by_id)
        groups = _reviewed(groups, self.by_id, reviews)
        return tuple(sorted((_found(group, self.known) for group in groups), key=lambda found: found.id))

    def node(self, name: str, abbreviation: str, slug: str = "") -> Hashable:
        """Return what a name is one with: the slug of a known initiative, else the key of the name."""
        if slug and slug in self.by_id:
            return slug
        variant = self.known.variant(name, abbreviation)
        return variant.id if variant is not None else self.keys.of(name)

    def links(self, abbreviation: str) -> list[Hashable]:
        """Return what ties names of different words together: an abbreviation, or the English name that stood beside a Korean or Japanese one."""
        if " " in abbreviation:
            return [self.keys.of(abbreviation)]
        return [("abbreviation", abbreviation)] if len(abbreviation) >= 3 else []

    def _partition(self, members: Sequence[SeenName]) -> dict[Hashable, list[SeenName]]:
        unions: Unions = Unions()
        parts: dict[Hashable, list[SeenName]] = {}
        nodes = [self.node(one.name, one.abbreviation, one.initiative_id) for one in members]
        keyed = [(one, node) for one, node in zip(members, nodes, strict=True) if isinstance(node, Key)]
        for one, key in keyed:
            for link in self.links(one.abbreviation):
                unions.join(key, link)
        for description, name in described(keyed):
            unions.join(description, name)
        for one_name, other_name in translated([(one, unions.root(node)) for one, node in zip(members, nodes, strict=True)]):
            if not isinstance(unions.root(one_name), str):  # two known initiatives never become one by themselves
                unions.join(one_name, other_name)
        for one, node in zip(members, nodes, strict=True):
            parts.setdefault(unions.root(node), []).append(one)
        return parts


def resolve(seen: tuple[SeenName, ...], registry: Registry, reviews: tuple[Review, ...], watch: Watch) -> tuple[Found, ...]:
    """Return the initiatives that the names speak of, by slug.

    Names of one key (see names.Key) are one; so are names with the same abbreviation, or with the same English name beside them;
    so are the names of one thing in the translations of one statement (see translations). A review
    of action merge, rename, dismiss or confirm, keyed by slug, is applied last; a slug comes from the earliest name by date, then by name.
    """
    return Resolver(registry, watch).found(seen, reviews)


def arrival(one: SeenName) -> tuple[str, bool, str, str, str, int]:
    """The order in which mentions count: date of the statement, a government's own text first, then publication, address and name.

    A page that tells the day of its publication alone counts from the end of it: it proves no more.
    """
    published = f"{one.published}T24" if len(one.published) == _BARE_DATE else one.published
    return one.date or "9999", not one.official, published or "9999", one.url, one.name, one.mention_id


@lru_cache(maxsize=8192)
def own_slug(name: str) -> str:
    """Return the slug that a name has by itself, its article left out."""
    return slug_of(_ARTICLE.sub("", name))


def _named(parts: dict[Hashable, list[SeenName]], by_id: Mapping[str, Initiative]) -> list[_Group]:
    groups = []
    for root, members in parts.items():
        ordered = tuple(sorted(members, key=arrival))
        initiative = by_id.get(root) if isinstance(root, str) else None
        slug = initiative.id if initiative is not None else own_slug(_earliest(ordered))
        reason = "a known name or a variant of one" if initiative is not None else _why_one(ordered)
        groups.append(_Group(slug, ordered, initiative, reason))
    return _distinct(groups)


def _distinct(groups: list[_Group]) -> list[_Group]:
    """Two things must not share a slug: the later one gets a number."""
    taken = {group.slug for group in groups if group.known is not None}
    result = [group for group in groups if group.known is not None]
    for group in sorted((g for g in groups if g.known is None), key=lambda g: (arrival(g.seen[0])[:5], g.slug)):
        slug, number = group.slug, 2
        while slug in taken:
            slug, number = f"{group.slug}-{number}", number + 1
        taken.add(slug)
        result.append(replace(group, slug=slug))
    return result


def _earliest(ordered: tuple[SeenName, ...]) -> str:
    first = ordered[0].date
    return min((one.name for one in ordered if one.date == first), key=lambda name: (name, len(name)))


def _why_one(ordered: tuple[SeenName, ...]) -> str:
    forms = sorted({one.name for one in ordered})
    return "one name, not known to the registry" if len(forms) == 1 else f"{len(forms)} forms of one name, not known to the registry"


def _reviewed(groups: list[_Group], by_id: Mapping[str, Initiative], reviews: Iterable[Review]) -> list[_Group]:
    """Apply what people decided, oldest decision first."""
    for review in sorted(reviews, key=lambda r: (r.at, r.action, r.subject, r.value)):
        subject = next((g for g in groups if review.subject in _slugs(g)), None)
        if subject is None:
            continue
        if review.action == "dismiss":
            groups = [g for g in groups if g is not subject]
        elif review.action == "merge":
            groups = _merged(groups, subject, review.value, by_id)
        elif review.action in ("rename", "confirm"):
            name = review.value if review.action == "rename" and review.value else subject.name
            groups = [replace(g, name=name, confirmed=True) if g is subject else g for g in groups]
    return groups


def _slugs(group: _Group) -> set[str]:
    """All slugs that the group may have gone by: a backfill can change which name is the earliest."""
    return {group.slug} if group.known is not None else {group.slug, *(own_slug(one.name) for one in group.seen)}


def _merged(groups: list[_Group], subject: _Group, value: str, by_id: Mapping[str, Initiative]) -> list[_Group]:
    target = next((g for g in groups if g is not subject and value in _slugs(g)), None)
    initiative = by_id.get(value)
    if target is None and initiative is None:
        return groups
    seen = subject.seen + (target.seen if target is not None else ())
    base = target or replace(subject, slug=value, known=initiative)
    one = replace(base, seen=tuple(sorted(seen, key=arrival)), reason="merged by a person", confirmed=True)
    return [g for g in groups if g is not subject and g is not target] + [one]


def _found(group: _Group, known: Known) -> Found:
    first = group.seen[0]
    initiative = group.known
    name = group.name or (initiative.name if initiative is not None else _display(group.seen))
    return Found(
        id=group.slug,
        name=name,
        kind=initiative.kind if initiative is not None else next((one.head for one in group.seen if one.head), ""),
        scope=initiative.scope if initiative is not None else "trilateral-government",
        status=_status(group.seen),
        known=initiative is not None,
        names=tuple(sorted({(one.name, one.language) for one in group.seen})),
        mention_ids=tuple(one.mention_id for one in group.seen),
        first_mention_id=first.mention_id,
        nearest=known.nearest(name) if initiative is None else (),
        reason=group.reason,
        confidence=1.0 if group.confirmed or initiative is not None else max(one.confidence for one in group.seen),
    )


def _display(seen: tuple[SeenName, ...]) -> str:
    """The name to show: the earliest of a government's own texts, else the earliest; without its article."""
    official = [one.name for one in seen if one.official]
    return _ARTICLE.sub("", (official or [seen[0].name])[0])


def _status(seen: tuple[SeenName, ...]) -> str:
    """The state by the last date that says one; a report does not raise it above a government's text of that date."""
    dated = [one for one in seen if one.status in _STRENGTH]
    if not dated:
        return ""
    last = max(one.date for one in dated)
    final = [one for one in dated if one.date == last]
    primary = [one for one in final if one.official] or final
    return max((one.status for one in primary), key=_STRENGTH.index)
