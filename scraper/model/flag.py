"""What flags are decided from, and what deciding them gives; the first mention of a new initiative is in :mod:`scraper.model.initiative`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scraper.model.initiative import SeenName

STRENGTH = ("new_initiative", "withdrawn", "first_by_party", "divergence", "revived", "new_instance", "unnamed", "omitted")
"""Kinds of flags, the one first that is told where several hold of one initiative at one event."""

TOLD_FROM = 0.5
"""How sure a flag must be to be told; one that is less stands in the tables alone."""

JOINT = "joint"
"""The side of a text that all watched parties sign."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A flag that is to be in force. ``kind`` out of STRENGTH, ``basis`` as of a Flag.

    ``initiative_id`` is its slug, empty for a flag of a ``formula`` or of nothing that has a name. ``mention_id`` is the mention whose
    sentence proves it (of an omission the one in the comparator), 0 where ``sentence`` does. ``comparator_id`` is the statement that it
    is told against and ``revision_id`` the edit, each 0 where there is none. ``party`` and ``detail`` are ids of parties with commas,
    ``instance`` an ordinal or year in digits.
    """

    kind: str
    statement_id: int
    event_id: int
    initiative_id: str = ""
    mention_id: int = 0
    comparator_id: int = 0
    revision_id: int = 0
    formula: str = ""
    party: str = ""
    instance: str = ""
    detail: str = ""
    sentence: str = ""
    reason: str = ""
    confidence: float = 1.0
    basis: str = "in_our_data"

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What there is one flag of: a kind, an initiative or formula, and an event."""
        return self.kind, self.initiative_id, self.formula, self.event_id


@dataclass(frozen=True, slots=True)
class Life:
    """An initiative with all its mentions, in any order. ``first_mentioned`` is the registry's, empty where it is not ``known`` or says none."""

    initiative_id: str
    names: tuple[SeenName, ...]
    known: bool = False
    first_mentioned: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """A time in which an initiative was not named: the dates ``since`` and ``until`` of the statements ``before_id`` and ``statement_id``
    around it (of ``event_id``). ``spoken`` counts the official statements made in between, no further than matters."""

    initiative_id: str
    since: str
    until: str
    before_id: int
    statement_id: int
    mention_id: int
    event_id: int = 0
    spoken: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A statement in the row of those comparable with it. ``order`` parts those of one date, the same whatever arrived first;
    ``named`` are the initiatives that it names, each with its first mention."""

    statement_id: int
    event_id: int
    date: str
    order: str
    named: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Voice:
    """One side's own official text at an event, whole. ``named`` as of a Link; ``stands`` are the variants of each formula whose topic it
    speaks of, and ``sentences`` the first that holds one."""

    statement_id: int
    event_id: int
    side: str
    kind: str
    language: str
    date: str
    order: str
    named: Mapping[str, int] = field(default_factory=dict)
    stands: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sentences: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gone:
    """A mention that an edit took out of an official text, with the statement it was in and the day the edit was seen."""

    initiative_id: str
    mention_id: int
    statement_id: int
    event_id: int
    revision_id: int
    seen_at: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """A ``sentence`` that speaks of new initiatives of the parties and names none; ``phrase`` are the words of it that do."""

    sentence: str
    phrase: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Pointed:
    """A pointer where it stands: in a statement of an event; ``placeholder`` tells that only reports of it are known."""

    pointer: Pointer
    statement_id: int
    event_id: int
    order: str
    placeholder: bool = False
