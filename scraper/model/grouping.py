"""Events, statements and their sightings, as pure functions see them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from scraper.urls import canonical

RELATIONS = ("original", "copy", "rewrite", "report", "translation")
GRADES = ("official", "official_translation", "verbatim", "rewrite", "report")


SAMPLE: Final = 64
"""How many of a sketch's hashes, the smallest, articles are found by: the same ones in every copy (bottom-k sampling)."""
SAMPLED_BELOW: Final = 1 << 61
"""Of a long text all hashes below this, one in eight, so that a short excerpt of it holds one of them too (FracMinHash)."""
MOST_SAMPLED: Final = 1024
"""And no more of the longest."""
OWN_ENOUGH: Final = 6
"""From so many hashes of no stock language on, a sketch's sample is of those alone."""


def sample(sketch: Sequence[int]) -> tuple[int, ...]:
    """Return the hashes of a sorted sketch by which its article is found: two articles without a common one are never linked by text."""
    many = tuple(value for value in sketch[: bisect_left(sketch, SAMPLED_BELOW)] if not value & 1)
    if len(many) > SAMPLE:
        return many[:MOST_SAMPLED]
    own = tuple(islice((value for value in sketch if not value & 1), SAMPLE))
    return own if len(own) >= OWN_ENOUGH else tuple(sketch[:SAMPLE])


@dataclass(frozen=True, slots=True)
class StockLanguage:
    """What everybody in diplomacy says, so that it tells nothing of which statement a text is: ``words`` of languages with
    spaces, and ``phrases`` by language code; and ``subjects`` that statements speak of, by id, each with its words in all languages."""

    words: tuple[str, ...] = ()
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    subjects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article as grouping sees it.

    ``sketch`` is the fingerprint of the statement's text: sorted, distinct 64-bit shingle hashes, sampled by value.
    ``length`` is characters of the statement text. ``numbers`` and ``names`` are evidence that survives translation;
    after the names of people and things stand the ids of the subjects the text names, in its order, each behind a ``~``.
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


class NameForm(NamedTuple):
    """A name as a person saw it when deciding: in which language, and the abbreviation (or English name) that stood beside it."""

    name: str
    language: str
    abbreviation: str = ""


def name_lines(forms: Iterable[NameForm]) -> str:
    """Return names as a decision keeps them: one a line, its language, name and abbreviation parted by tabs, white space folded."""
    lines = {"\t".join(" ".join(part.split()) for part in (form.language, form.name, form.abbreviation)) for form in forms}
    return "\n".join(sorted(lines))


def name_forms(lines: str) -> tuple[NameForm, ...]:
    """Return the names that :func:`name_lines` wrote; lines that are none are left out."""
    parts = (line.split("\t") for line in lines.split("\n"))
    return tuple(NameForm(part[1], part[0], part[2]) for part in parts if len(part) == 3 and part[1])


EVENT = "event:"
"""Stands before the first URL in ``Review.subject`` where the decision is on events and not on statements."""


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decided: ``action`` is confirm, rename, merge, split or dismiss; ``subject`` and ``value`` are slugs or
    canonical URLs, several one a line, never row ids.

    Of a decision on initiatives ``subject_names`` and ``value_names`` hold the names under which both stood then (see
    :func:`name_lines`): by them it holds also where a slug is another, and for texts that come later.
    """

    action: str
    subject: str
    value: str = ""
    at: str = ""
    who: str = ""
    note: str = ""
    subject_names: str = ""
    value_names: str = ""

    @property
    def of_events(self) -> bool:
        """Tell whether it is on events."""
        return self.subject.startswith(EVENT)

    @property
    def of_initiatives(self) -> bool:
        """Tell whether it is on initiatives: its subject is a slug, which never holds an address."""
        return not self.of_events and "://" not in self.subject and "\n" not in self.subject

    @property
    def subjects(self) -> tuple[str, ...]:
        """The canonical URLs (or slugs) of the subject, each once."""
        return _lines(self.subject.removeprefix(EVENT))

    @property
    def values(self) -> tuple[str, ...]:
        """The canonical URLs (or slugs) of the value, each once."""
        return _lines(self.value)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(canonical(line) for line in text.split("\n") if line.strip()))
