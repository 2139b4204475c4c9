"""What every finding of a digest is written with: its words, dates and names of the sides, in the reader's language and zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scraper.model.digest import Digest
from scraper.model.flag import JOINT
from scraper.stages.digest.dates import between, brief, day, moment
from scraper.stages.digest.phrases import Phrases, phrases
from scraper.stages.digest.sheet import Fact, Part
from scraper.stages.digest.terms import Table, term


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one digest."""

    digest: Digest

    @property
    def say(self) -> Phrases:
        """The sentences of a digest in its language."""
        return phrases(self.digest.language)

    def moment(self, value: str) -> str:
        """Return a UTC time, or a bare date, written out in the digest's zone."""
        return moment(value, self.digest.zone, self.digest.language)

    def brief(self, value: str) -> str:
        """Return a UTC time, or a bare date, without the year where that is the year in which the digest was made."""
        return brief(value, self.digest.zone, self.digest.language, self.digest.made_at)

    def between(self, start: str, end: str) -> tuple[str, str]:
        """Return two UTC times written out, the second without its date where that is the first's."""
        return between(start, end, self.digest.zone, self.digest.language)

    def bracket(self, start: str, end: str) -> tuple[str, str]:
        """Return two UTC times as :meth:`between` does, each brief."""
        return between(start, end, self.digest.zone, self.digest.language, self.digest.made_at)

    def day(self, value: str) -> str:
        """Return a date written out."""
        return day(value, self.digest.language)

    def term(self, table: Table, word: str) -> str:
        """Return what a fixed word of the tables reads like."""
        return term(table, word, self.digest.language)

    def listed(self, words: Iterable[str]) -> str:
        """Return the words as a list in one line."""
        return self.say["comma"].join(words)

    def side(self, side: str) -> str:
        """Return what a side is called: its party's name, or that all of them speak."""
        return self.say["joint"] if side == JOINT else dict(self.digest.sides).get(side, side)

    def sides(self, sides: Iterable[str]) -> str:
        """Return what several sides are called, in one line."""
        return self.listed(self.side(side) for side in sides)

    def fact(self, label: str, *rows: tuple[Part, ...]) -> Fact:
        """Return a labelled line with its values."""
        return Fact(label, rows)


def dotted(*words: str) -> str:
    """Return those of the words that say something, with dots between them."""
    return " · ".join(word for word in words if word)


def marked(sentence: str, mark: tuple[int, int], language: str) -> tuple[Part, ...]:
    """Return a sentence in pieces, the stretch of the ``mark`` as one that is marked."""
    start, end = mark
    pieces = (
        Part(sentence[:start], language=language),
        Part(sentence[start:end], language=language, marked=True),
        Part(sentence[end:], language=language),
    )
    return tuple(piece for piece in pieces if piece.text)
