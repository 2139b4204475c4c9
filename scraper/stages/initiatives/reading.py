"""One field of an article as the rules read it: sentences, the places where the watched parties or others are named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scraper.model.watch import Party, Watch
from scraper.parties import Naming, Parties, level_width
from scraper.text import Span, sentence_at, sentences

_HEAD = 800
SHORT = 400
"""Characters below which a text cannot be expected to name all parties."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a field that may name an initiative, before it becomes a Mention.

    ``known`` is the slug of a registry entry (``blocked`` where it must only keep others from claiming the place).
    """

    start: int
    end: int
    rule: str
    confidence: float
    why: str
    known: str = ""
    head: str = ""
    instance: str = ""
    abbreviation: str = ""
    blocked: bool = False


class Land:
    """What the configuration says of countries, compiled once: the parties, single countries, stop names and bodies of others."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.parties = Parties(watch)
        everybody = (*watch.parties, *watch.others)
        self.country = re.compile(_countries(everybody))
        self.stop = _names(name for words in (watch.stop, watch.bodies) for names in words.values() for name in names)
        self.bodies = _names(name for names in watch.bodies.values() for name in names)


def _countries(parties: Iterable[Party]) -> str:
    """Names and adjectives of countries; their capitals may stand in a name of the three ("Tokyo Principles")."""
    words = {w for party in parties for table in (party.names, party.adjectives) for names in table.values() for w in names}
    latin = sorted((w for w in words if w.isascii()), key=lambda w: (-len(w), w))
    rest = sorted((w for w in words if not w.isascii()), key=lambda w: (-len(w), w))
    parts = [rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, latin))})(?![A-Za-z])"] if latin else []
    return "|".join(parts + [re.escape(w) for w in rest]) or r"(?!)"


def _names(names: Iterable[str]) -> re.Pattern[str]:
    parts = [_name(name) for name in sorted(set(names), key=lambda n: (-len(n), n)) if name]
    return re.compile("|".join(parts) or r"(?!)")


def _name(name: str) -> str:
    if len(name) > 2 and name.startswith("/") and name.endswith("/"):
        return f"(?:{name[1:-1]})"
    body = re.escape(level_width(name)).replace(r"\ ", r"\s+")
    cased = body if name.isupper() else f"(?i:{body})"
    left = r"(?<![A-Za-z0-9])" if name[0].isascii() else ""
    return left + cased + (r"(?![A-Za-z0-9])" if name[-1].isascii() else "")


@dataclass(frozen=True)
class Reading:
    """A field with all that the rules ask of it; positions are offsets into ``text`` as stored."""

    field: str
    text: str
    language: str
    land: Land
    short: bool
    span: tuple[int, int]

    @cached_property
    def plain(self) -> str:
        """The text of the same length with widths, quotes and dashes made plain."""
        return level_width(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the field."""
        return sentences(self.text)

    @cached_property
    def together(self) -> tuple[Naming, ...]:
        """Where all watched parties are named in one compound."""
        return self.land.parties.together(self.text)

    @cached_property
    def weak(self) -> tuple[Naming, ...]:
        """Where a word for the three stands (trilateral, 3국)."""
        return self.land.parties.weak(self.text)

    @cached_property
    def countries(self) -> tuple[Naming, ...]:
        """Where a single country is named."""
        return tuple(Naming(*match.span()) for match in self.land.country.finditer(self.plain))

    @cached_property
    def memory(self) -> dict[Span, Any]:
        """What the rules keep of a sentence while this field is read."""
        return {}

    @cached_property
    def aliens(self) -> tuple[Naming, ...]:
        """Where a compound names another country too."""
        return self.land.parties.other_trios(self.text)

    @cached_property
    def led_by_ours(self) -> bool:
        """Tell whether the head of the field names all watched parties."""
        return self.land.parties.all_named(self.text[:_HEAD])

    @cached_property
    def marks(self) -> tuple[Naming, ...]:
        """Compounds of the parties and words for the three, by their ends."""
        return tuple(sorted((*self.together, *self.weak), key=lambda naming: (naming.end, -naming.start)))

    def marks_in(self, span: Span) -> tuple[Naming, ...]:
        """Return the marks that lie wholly in a sentence."""
        low = bisect_left(self.marks, span.start + 1, key=lambda mark: mark.end)
        high = bisect_left(self.marks, span.end + 1, key=lambda mark: mark.end)
        return tuple(mark for mark in self.marks[low:high] if mark.start >= span.start)

    def scope(self) -> tuple[Span, ...]:
        """Return the sentences that lie in the span that may be read."""
        low, high = self.span
        return tuple(s for s in self.sentences if s.start < high and s.end > low)

    def sentence(self, position: int) -> Span:
        """Return the sentence around ``position``."""
        return self.sentences[sentence_at(self.sentences, position)] if self.sentences else Span(0, len(self.text))

    def marked(self, start: int, end: int) -> bool:
        """Tell whether the stretch names all watched parties or carries a word for the three, and no other trio alone."""
        if meets(self.together, start, end):
            return True
        if meets(self.aliens, start, end):
            return False
        return meets(self.weak, start, end) or self.land.parties.all_named(self.text[start:end])

    def alien(self, start: int, end: int) -> bool:
        """Tell whether a compound with another country, and none of the watched parties alone, stands in the stretch."""
        return meets(self.aliens, start, end) and not meets(self.together, start, end)


def between(places: tuple[Naming, ...], start: int, end: int) -> tuple[Naming, ...]:
    """Return the places, which are in order and without overlap, that lie wholly in the stretch."""
    low = bisect_left(places, start, key=lambda naming: naming.start)
    high = bisect_left(places, end + 1, key=lambda naming: naming.end)
    return places[low:high]


def meets(places: tuple[Naming, ...], start: int, end: int) -> bool:
    """Tell whether any of the places, which are in order and without overlap, touches the stretch."""
    index = bisect_left(places, start, key=lambda naming: naming.end)
    return index < len(places) and places[index].start < end and places[index].end > start


def ours(readings: tuple[Reading, ...]) -> bool:
    """Tell whether an article is about the watched parties at all: all are named, and no other trio is named more often.

    A text too short to tell (see SHORT) passes unless it names another trio only.
    """
    own = sum(len(reading.together) for reading in readings)
    others = sum(len(reading.aliens) for reading in readings)
    if others > own and not own:
        return False
    if readings[-1].short or own:
        return True
    return readings[0].land.parties.all_named("\n".join(reading.text for reading in readings))
