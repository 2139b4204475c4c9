"""Events, statements and their sightings, as pure functions see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

RELATIONS = ("original", "copy", "rewrite", "report", "translation")
GRADES = ("official", "official_translation", "verbatim", "rewrite", "report")


@dataclass(frozen=True, slots=True)
class StockLanguage:
    """What everybody in diplomacy says, so that it tells nothing of which statement a text is: ``words`` of languages with
    spaces, and ``phrases`` by language code."""

    words: tuple[str, ...] = ()
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article as grouping sees it.

    ``sketch`` is the fingerprint of the statement's text: sorted, distinct 64-bit shingle hashes, sampled by value.
    ``length`` is characters of the statement text. ``numbers`` and ``names`` are evidence that survives translation.
    Other fields as in Article and Relevance. ``article_id`` is unique among the sightings handed in.
    """

    article_id: int
    url: str
    title: str
    language: str
    publisher: str
    official: bool
    party: str
    kind: str
    side: str
    level: str
    date: str
    date_stated: bool
    place: str
    published: str
    first_seen_at: str
    length: int
    marked: bool
    sketch: tuple[int, ...]
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article belongs: its relation to the statement, its grade, similarity 0 to 1 to the lead, and why, as a sentence."""

    article_id: int
    relation: str
    grade: str
    similarity: float
    reason: str


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """One official text, or a placeholder while only reports are known, with its articles, lead first."""

    title: str
    kind: str
    side: str
    date: str
    level: str
    place: str
    lead_article_id: int
    placeholder: bool
    placements: tuple[Placement, ...]


@dataclass(frozen=True, slots=True)
class EventGroup:
    """One meeting, call, exercise or joint act, with its statements (at least one)."""

    name: str
    date: str
    place: str
    level: str
    statements: tuple[StatementGroup, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decided: ``action`` is confirm, rename, merge, split or dismiss; ``subject`` and ``value`` are slugs or
    canonical URLs, never row ids."""

    action: str
    subject: str
    value: str = ""
    at: str = ""
    who: str = ""
    note: str = ""
