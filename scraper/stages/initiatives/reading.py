"""One field of an article as the rules read it: sentences, the places where the watched parties or others are named."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from scraper.model.watch import Party, Watch
from scraper.parties import Naming, Parties, alternation, level_case, level_width
from scraper.stages.initiatives.stretches import Stretch, Stretches, joined, lettered
from scraper.text import Span, sentence_at, sentences

_HEAD = 800
_LATIN = re.compile(r"[A-Za-z0-9]+")
_CLOSING = re.compile(r"[\"'\u201d\u2019)\]\u300d\u300f\uff09]+")
_OPENING = re.compile(r"[\"'\u201d\u2019)\]]*\s+[^a-z\s]")
SHORT = 400
"""Characters below which a text cannot be expected to name all parties."""


class Candidate(NamedTuple):
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
        self._beginnings = _beginnings(name for words in (watch.stop, watch.bodies) for names in words.values() for name in names)
        self.stretches = Stretches(watch, self.parties)
        self._of_two = re.compile(alternation(word for words in watch.bilateral.values() for word in words))

    def stops(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield where stop names stand in ``text[start:end]``, at no cost to speak of where none of their first words stands in it."""
        first = self._beginnings
        if first is not None and text[start:end].isascii() and first.isdisjoint(map(str.lower, _LATIN.findall(text, start, end))):
            return iter(())
        return self.stop.finditer(text, start, end)

    def of_two(self, text: str) -> bool:
        """Tell whether a word for acts of two of the parties only stands in ``text``."""
        return self._of_two.search(level_case(text)) is not None


def _countries(parties: Iterable[Party]) -> str:
    """Names and adjectives of countries; their capitals may stand in a name of the three ("Tokyo Principles")."""
    words = {w for party in parties for table in (party.names, party.adjectives) for names in table.values() for w in names}
    heads = sorted({word[0] for word in words if word})
    parts = [part for head in heads for part in _headed(head, [word[1:] for word in words if word[:1] == head])]
    return f"(?s:{'|'.join(parts)})" if parts else r"(?!)"


def _headed(head: str, rests: list[str]) -> Iterator[str]:
    """What begins with one letter: Latin words as whole words, then the others; the letter comes first, so that a search skips to it at once."""
    latin = [rest for rest in rests if (head + rest).isascii()]
    others = [rest for rest in rests if not (head + rest).isascii()]
    if latin:
        yield rf"{re.escape(head)}(?<![A-Za-z].){lettered(latin)}(?![A-Za-z])"
    if others:
        yield re.escape(head) + lettered(others)


def _names(names: Iterable[str]) -> re.Pattern[str]:
    parts = [_name(name) for name in sorted(set(names), key=lambda n: (-len(n), n)) if name]
    return re.compile("|".join(parts) or r"(?!)")


def _beginnings(names: Iterable[str]) -> frozenset[str] | None:
    """The first words, in lower case, of the names that may stand in a plain Latin text; None where one is no plain name."""
    levelled = [(name, level_width(name)) for name in names if name]
    if any(level[0].isascii() and not (level[0].isalnum() and name[0].isascii()) for name, level in levelled):
        return None
    return frozenset(word[0].lower() for _, level in levelled if (word := _LATIN.match(level)) is not None)


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
    heading: str = ""
    """The title of the article whose text this is: who is named in it need not be named again."""

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

    @property
    def looked_at(self) -> bool:
        """Tell whether all compounds of the whole field were looked for already."""
        return "together" in self.__dict__

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
    def vocabularies(self) -> dict[Span, set[str]]:
        """The words of sentences; see scraper.stages.initiatives.tokens."""
        return {}

    @cached_property
    def headlines(self) -> dict[Span, bool]:
        """Which sentences are headlines; see scraper.stages.initiatives.phrases."""
        return {}

    @cached_property
    def voices(self) -> dict[Span, bool]:
        """Which sentences speak of the watched parties together; see scraper.stages.initiatives.voice."""
        return {}

    @cached_property
    def _pieces(self) -> dict[int, Stretch]:
        """What was read between two cuts, by the number of the first."""
        return {}

    @cached_property
    def _lines(self) -> dict[int, tuple[Span, ...]]:
        """The sentences of lines that were looked at by themselves, by where the line begins."""
        return {}

    @cached_property
    def _bounds(self) -> tuple[int, ...]:
        return self.land.stretches.cuts(self.plain)

    def near(self, start: int, end: int) -> Stretch:
        """Return who is named around ``text[start:end]``, as far as anything that is named there can reach.

        It is what the whole field says of that stretch (see Stretches), for the price of the stretch.
        """
        if self.looked_at:
            return self.whole
        first, last = bisect_right(self._bounds, start) - 1, bisect_left(self._bounds, end)
        first, last = max(0, min(first, len(self._bounds) - 2)), min(last, len(self._bounds) - 1)
        return self._piece(first) if last - first <= 1 else joined(map(self._piece, range(first, last)))

    def since(self, start: int) -> int:
        """Return a place at or before ``start`` before which its sentence surely does not begin; a cheap one, 0 where none is at hand."""
        cut = self._bounds[bisect_right(self._bounds, start) - 1]
        return cut if cut and _surely_ended(self.text, cut) and not _CLOSING.fullmatch(self.text, cut, start + 1) else 0

    def _piece(self, number: int) -> Stretch:
        found = self._pieces.get(number)
        if found is None:
            found = self._pieces[number] = self.land.stretches.read(self.text, self._bounds[number], self._bounds[number + 1])
        return found

    @cached_property
    def aliens(self) -> tuple[Naming, ...]:
        """Where a compound names another country too."""
        return self.land.parties.other_trios(self.text)

    @cached_property
    def led_by_ours(self) -> bool:
        """Tell whether the head of the field, or the title over it, names all watched parties."""
        parties = self.land.parties
        return parties.all_named(self.text[:_HEAD]) or (bool(self.heading) and parties.all_named(self.heading))

    @cached_property
    def whole(self) -> Stretch:
        """Who is named in the field."""
        return Stretch(self.together, self.weak, self.aliens)

    def marks_in(self, span: Span) -> tuple[Naming, ...]:
        """Return the marks that lie wholly in a sentence."""
        marks = self.whole.marks
        low = bisect_left(marks, span.start + 1, key=lambda mark: mark.end)
        high = bisect_left(marks, span.end + 1, key=lambda mark: mark.end)
        return tuple(mark for mark in marks[low:high] if mark.start >= span.start)

    def scope(self) -> tuple[Span, ...]:
        """Return the sentences that lie in the span that may be read."""
        low, high = self.span
        return tuple(s for s in self.sentences if s.start < high and s.end > low)

    def before(self, position: int) -> Span | None:
        """Return the sentence before the one around ``position``, if one stands before it in the same paragraph."""
        index = sentence_at(self.sentences, position) - 1 if self.sentences else -1
        if index < 0 or "\n" in self.text[self.sentences[index].end : position]:
            return None
        return self.sentences[index]

    def sentence(self, position: int) -> Span:
        """Return the sentence around ``position``."""
        if "sentences" not in self.__dict__ and not self.text[position : position + 1].isspace() and position < len(self.text):
            return self._sentence_of_line(position)
        return self.sentences[sentence_at(self.sentences, position)] if self.sentences else Span(0, len(self.text))

    def _sentence_of_line(self, position: int) -> Span:
        """The sentence around a character that is no white space; a line end is always the end of a sentence."""
        low = self.text.rfind("\n", 0, position) + 1
        high = self.text.find("\n", position)
        line = self._lines.get(low)
        if line is None:
            line = self._lines[low] = sentences(self.text[low : high if high >= 0 else len(self.text)])
        found = line[sentence_at(line, position - low)]
        return Span(found.start + low, found.end + low)

    def marked(self, start: int, end: int) -> bool:
        """Tell whether the stretch names all watched parties or carries a word for the three, and no other trio alone."""
        around = self.near(start, end)
        if meets(around.together, start, end):
            return True
        if meets(around.aliens, start, end):
            return False
        return meets(around.weak, start, end) or self.land.parties.all_named(self.text[start:end])

    def alien(self, start: int, end: int) -> bool:
        """Tell whether a compound with another country, and none of the watched parties alone, stands in the stretch."""
        around = self.near(start, end)
        return meets(around.aliens, start, end) and not meets(around.together, start, end)


def _surely_ended(text: str, place: int) -> bool:
    """Tell whether a sentence ends at an end mark before ``place``, whatever stands before; see scraper.text.sentences."""
    mark, word = text[place - 1], text[max(0, place - 6) : place - 1]
    if mark in "。！？":
        return True
    if mark not in ".!?" or _OPENING.match(text, place) is None:
        return False
    return mark != "." or not word[-1:].isascii() or (len(word) == 5 and word.isalpha() and word.islower())


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
