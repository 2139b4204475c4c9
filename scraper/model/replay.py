"""What was concluded, told without row numbers' meaning, so that two databases with the same observations can be held side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SECTIONS = ("articles", "mentions", "events", "statements", "placements", "initiatives", "links", "flags", "observations", "formulae")
"""The parts of a difference, in the order in which they are told: what is judged, read, grouped, named, linked, flagged, observed, worded."""

ACTIONS = ("new", "gone", "changed", "became one", "came apart", "superseded")
"""What can have become of a row."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An article in a picture: ``judged`` is what was judged of it by the name of the column; ``statement`` is 0 where it stands in none."""

    title: str
    judged: Mapping[str, str]
    statement: int = 0
    relation: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A statement or an event in a picture: ``facts`` by column, ``date`` as ``YYYY-MM-DD`` or empty, the addresses of its articles."""

    name: str
    date: str
    facts: Mapping[str, str]
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A mention in a picture: the article's address, the field, the name and sentence as they stand, ``initiative`` is a slug or empty.

    ``start`` and ``end`` are its half-open place in the field, both -1 where the text is not kept.
    """

    url: str
    field: str
    name: str
    sentence: str
    rule: str
    start: int = -1
    end: int = -1
    initiative: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """An initiative that is named in our data: ``first`` is the date of its first statement or empty."""

    name: str
    kind: str
    status: str
    first: str


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag in force: ``statement`` and ``comparator`` are ids (0 for none), ``about`` a slug, or the id of a formula, or empty;
    ``party`` (ids with commas) and ``instance`` (an ordinal or year) where its kind says them."""

    kind: str
    basis: str
    about: str
    statement: int
    comparator: int = 0
    party: str = ""
    instance: str = ""
    of_wording: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A dated observation of status (``about`` a slug, ``what`` the status) or a formula that stands in a statement (and its variant)."""

    about: str
    what: str
    statement: int


@dataclass(frozen=True, slots=True)
class Linked:
    """What one initiative is to another, both by slug: ``kind`` is precursor, or what is proposed (renaming, variant)."""

    about: str
    other: str
    kind: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that was concluded in one database: articles by canonical address, statements and events by id, initiatives by slug."""

    articles: Mapping[str, Placed] = field(default_factory=dict)
    statements: Mapping[int | str, Group] = field(default_factory=dict)
    events: Mapping[int | str, Group] = field(default_factory=dict)
    mentions: tuple[Spoken, ...] = ()
    initiatives: Mapping[str, Named] = field(default_factory=dict)
    flags: tuple[Raised, ...] = ()
    observations: tuple[Said, ...] = ()
    formulae: tuple[Said, ...] = ()
    links: tuple[Linked, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a difference: out of ``section`` (SECTIONS), what became of ``subject`` (ACTIONS), as it is stored and as it would be.

    ``date`` is that of the statement it is of (the later one where there are two), empty where there is none; ``url`` of an article.
    """

    section: str
    action: str
    subject: str
    date: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    url: str = ""
