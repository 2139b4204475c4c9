"""Initiatives, their mentions in texts, and the flags raised for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STATUSES = ("proposed", "announced", "established", "scheduled", "convened", "reaffirmed", "renamed", "resumed", "not_mentioned")
FLAG_KINDS = (
    "new_initiative", "new_instance", "first_by_party", "revived", "omitted", "withdrawn", "unnamed", "wording", "divergence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Initiative:
    """One known initiative of the registry.

    ``id`` is its slug. ``names`` are all forms by language (en, ko, ja), the canonical ``name`` among them (of casing generic the name is a description and only ``names`` are searched for); ``abbreviations``
    are matched with their case. ``trilateral`` is false for look-alikes that must not be taken for one of the watched parties'
    own (wider bodies, other groups); ``scope`` says which. ``casing`` is proper, mixed or generic. ``first_mentioned`` is a
    date or empty (``2023-08-18``, or ``2023-08`` and ``2023`` where no more is known). ``parent`` and ``related`` are ids of
    others, ``url`` a page that names it.
    """

    id: str
    name: str
    kind: str = ""
    scope: str = "trilateral-government"
    trilateral: bool = True
    casing: str = "proper"
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    abbreviations: tuple[str, ...] = ()
    first_mentioned: str = ""
    series: bool = False
    parent: str = ""
    related: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Registry:
    """All known initiatives, in the order of initiatives.toml; an empty one is valid."""

    initiatives: tuple[Initiative, ...] = ()

    def get(self, slug: str) -> Initiative | None:
        """Return the initiative of that id, or None."""
        return next((known for known in self.initiatives if known.id == slug), None)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an initiative is named: ``text[start:end] == name`` (of the title where ``field`` is title).

    ``sentence`` is the sentence around it as it stands there. ``initiative_id`` is the slug of a known initiative, or empty
    for a name not yet known. ``rule`` names the rule that found it with its version, ``cue`` the words that gave the
    ``status``. ``confidence`` is 0 to 1 with ``why``. ``head`` is the family of the head noun (mechanism, exercise ...),
    ``instance`` the ordinal or year stripped from a series, ``abbreviation`` what stood in parentheses.
    """

    name: str
    start: int
    end: int
    field: str
    sentence: str
    language: str
    initiative_id: str = ""
    rule: str = ""
    cue: str = ""
    status: str = ""
    confidence: float = 1.0
    why: str = ""
    head: str = ""
    instance: str = ""
    abbreviation: str = ""


@dataclass(frozen=True, slots=True)
class SeenName:
    """A mention in the database as conclusions see it: a stored mention with the date and rank of what it stands in.

    ``date`` is the statement's date, ``published`` the article's, ``official`` whether the article is a government's own.
    ``url`` is canonical. ``grade`` as in grouping. ``parties_named`` tells that the watched parties are named around it.
    ``event_id`` is the statement's event, ``lead`` tells that the article is the one whose words the statement has, ``placeholder``
    that only reports of the statement are known.
    """

    mention_id: int
    article_id: int
    statement_id: int
    url: str
    name: str
    language: str
    initiative_id: str
    head: str
    abbreviation: str
    rule: str
    confidence: float
    status: str
    date: str
    published: str
    official: bool
    grade: str
    instance: str = ""
    side: str = ""
    event_id: int = 0
    lead: bool = False
    placeholder: bool = False


@dataclass(frozen=True, slots=True)
class LooseName:
    """A name in the database that the registry does not have, with the abbreviation beside it.

    ``described`` tells that it stands in lower case somewhere; ``slug`` is what it was last concluded to be, or empty.
    """

    name: str
    abbreviation: str
    described: bool = False
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Translated:
    """What a government's text of a statement or event that stands in several languages says: a name, or the ``slug`` of a known one.

    ``event_id`` is the statement's event, 0 where there is none; ``status`` is what the text says of it.
    """

    statement_id: int
    head: str
    language: str
    name: str
    abbreviation: str
    confidence: float
    slug: str = ""
    event_id: int = 0
    status: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """Names with their abbreviations that are not in the registry, and slugs of those that are."""

    names: frozenset[tuple[str, str]] = frozenset()
    slugs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Near:
    """A known initiative that a new name resembles: its slug, its name, and why (a sentence)."""

    id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """An initiative concluded from mentions: a registry entry that was seen (``known``), or a new one.

    ``id`` is the slug, derived from the name alone so that it is the same whatever came first. ``mention_ids`` are its mentions, earliest first.
    ``nearest`` are up to three known ones. ``reason`` says why it is one, ``confidence`` 0 to 1. ``decided`` tells that a person
    said what it is: its ``id`` is the one that the person saw.
    """

    id: str
    name: str
    kind: str
    scope: str
    status: str
    known: bool
    names: tuple[tuple[str, str], ...]
    mention_ids: tuple[int, ...]
    first_mention_id: int
    nearest: tuple[Near, ...] = ()
    reason: str = ""
    confidence: float = 1.0
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """Something an analyst should be told: ``kind`` out of FLAG_KINDS, ``basis`` in_our_data or ever, with the proving mention."""

    kind: str
    basis: str
    initiative_id: str
    mention_id: int
    statement_id: int
    reason: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where an initiative was named: the article and its event, the event's date, place and level (each may be empty), and the ordinal or year."""

    article_id: int
    event_id: int
    date: str
    place: str = ""
    level: str = ""
    instance: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """One initiative as it is compared with others: all its names, and where it was named.

    ``described`` tells that it never had a name, only descriptions in lower case. ``first`` is when it was first named, by the
    registry or in our data (a date, or as much of one as is known, or empty).
    """

    id: str
    known: bool
    names: tuple[str, ...]
    described: bool
    first: str
    occasions: tuple[Occasion, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What one initiative is to another, with the reason as a sentence: ``kind`` is precursor (of the other), or renaming or variant
    (perhaps the same as the other: a person confirms it)."""

    initiative_id: str
    other_id: str
    kind: str
    reason: str
