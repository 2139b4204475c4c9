"""Mentions gathered for one initiative, earliest first, and the slug that they give it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from scraper.model.initiative import Initiative, SeenName
from scraper.stages.initiatives.names import slug_of

_KNOWN = "a known name or a variant of one"
_YEARS = 100
"""An instance from here on is a year and no ordinal."""
_BARE_DATE = len("2026-01-31")
_ARTICLE = re.compile(r"^(?:the|a|an|our|their|its) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions taken for one initiative, earliest first; ``name`` and ``scope`` are what a person gave it, ``decided`` that one said what it is,
    ``cap`` how sure it is at most that it is new."""

    slug: str
    seen: tuple[SeenName, ...]
    known: Initiative | None
    reason: str
    name: str = ""
    scope: str = ""
    decided: bool = False
    cap: float = 1.0

    @property
    def slugs(self) -> set[str]:
        """All slugs that it may have gone by: a backfill can change which name is the earliest."""
        return {self.slug} if self.known is not None else {self.slug, *(own_slug(one.name) for one in self.seen)}


def arrival(one: SeenName) -> tuple[str, bool, str, str, str, int]:
    """The order in which mentions count: date of the statement, a government's own text first, then publication, address and name.

    A page that tells the day of its publication alone counts from the end of it: it proves no more.
    """
    published = f"{one.published}T24" if len(one.published) == _BARE_DATE else one.published
    return one.date or "9999", not one.official, published or "9999", one.url, one.name, one.mention_id


@lru_cache(maxsize=8192)
def own_slug(name: str) -> str:
    """Return the slug that a name has by itself, its article left out."""
    return slug_of(without_article(name))


def without_article(name: str) -> str:
    """Return a name without the article in front of it."""
    return _ARTICLE.sub("", name)


def named(parts: Mapping[Hashable, Iterable[SeenName]], by_id: Mapping[str, Initiative]) -> list[Group]:
    """Return a group for each part, none with the slug of another; a part goes by the slug of the registry, else by its earliest name."""
    groups = []
    for root, members in parts.items():
        ordered = tuple(sorted(members, key=arrival))
        known = by_id.get(root) if isinstance(root, str) else None
        groups.append(Group(known.id, ordered, known, _KNOWN) if known is not None else loose(ordered))
    return distinct(groups)


def loose(ordered: tuple[SeenName, ...]) -> Group:
    """Return the group of mentions, earliest first, that nobody knows."""
    return Group(own_slug(_earliest(ordered)), ordered, None, _why_one(ordered))


def distinct(groups: list[Group]) -> list[Group]:
    """Two things must not share a slug: the later one gets a number; what the registry knows, or a person named, keeps its own."""
    result = [group for group in groups if group.known is not None]
    taken = {group.slug for group in result}
    rest = [group for group in groups if group.known is None]
    for group in sorted(rest, key=lambda g: (not g.decided, arrival(g.seen[0])[:5], g.slug)):
        slug, number = group.slug, 2
        while slug in taken:
            slug, number = f"{group.slug}-{number}", number + 1
        taken.add(slug)
        result.append(replace(group, slug=slug))
    return result


def display(seen: tuple[SeenName, ...]) -> str:
    """Return the name to show: the earliest of a government's own texts, else the earliest; without its article."""
    official = [one.name for one in seen if one.official]
    return without_article((official or [seen[0].name])[0])


def _earliest(ordered: tuple[SeenName, ...]) -> str:
    first = ordered[0].date
    return min((one.name for one in ordered if one.date == first), key=lambda name: (name, len(name)))


def _why_one(ordered: tuple[SeenName, ...]) -> str:
    forms = sorted({one.name for one in ordered})
    said = "one name" if len(forms) == 1 else f"{len(forms)} forms of one name"
    number = ordinal(ordered[0])
    series = f"; number {number} of a series, so that it is older than our data" if number > 1 else ""
    return f"{said}, not known to the registry{series}"


def ordinal(one: SeenName) -> int:
    """Return which of a series a mention speaks of; 0 for a year and for nothing."""
    number = int(one.instance) if one.instance.isascii() and one.instance.isdigit() else 0
    return number if number < _YEARS else 0
