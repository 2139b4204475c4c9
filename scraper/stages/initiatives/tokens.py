"""An English sentence as tokens, with the compounds of the watched parties, of others and single countries as tokens of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scraper.stages.initiatives.lexicon import head_of
from scraper.stages.initiatives.reading import Reading, between
from scraper.text import Span

_WORD = re.compile(r"[^\W_]+(?:[.'&/-]+[^\W_]+)*|[^\s\w]")
_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark of punctuation, or a compound: ``kind`` is word, mark, ours (the parties together), alien or country."""

    start: int
    end: int
    text: str
    kind: str

    @property
    def low(self) -> str:
        """The token in lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Tell whether it begins like a word of a name: a capital, a number, or a compound of countries."""
        return self.kind in ("ours", "alien", "country") or (self.kind == "word" and (self.text[0].isupper() or self.text[0].isdigit()))

    @property
    def head(self) -> str:
        """The head noun it is, or ``""``."""
        return head_of(self.text) if self.kind == "word" else ""


def tokens(reading: Reading, span: Span) -> tuple[Token, ...]:
    """Return the tokens of one sentence (at most the first 4,000 characters of it)."""
    kept: dict[Span, tuple[Token, ...]] = reading.memory  # several rules read one sentence
    if span not in kept:
        kept[span] = tuple(_tokens(reading, span.start, min(span.end, span.start + _LIMIT)))
    return kept[span]


def _tokens(reading: Reading, start: int, end: int) -> Iterator[Token]:
    special = _compounds(reading, start, end)
    for compound in special:
        yield from _words(reading, start, compound.start)
        yield compound
        start = compound.end
    yield from _words(reading, start, end)


def _words(reading: Reading, start: int, end: int) -> Iterator[Token]:
    for match in _WORD.finditer(reading.plain, start, max(start, end)):
        word = match.group()
        yield Token(match.start(), match.end(), word, "word" if word[0].isalnum() else "mark")


def _compounds(reading: Reading, start: int, end: int) -> list[Token]:
    """Compounds of countries in order and without overlap: the watched together first, then others' trios, then single countries."""
    found: list[Token] = []
    places = [(n.start, n.end, "ours") for n in between(reading.together, start, end)]
    places += [(n.start, n.end, "alien") for n in between(reading.aliens, start, end)]
    places += [(n.start, n.end, "country") for n in between(reading.countries, start, end)]
    for a, b, kind in places:
        if a >= start and b <= end and not any(t.start < b and a < t.end for t in found):
            found.append(Token(a, b, reading.plain[a:b], kind))
    return sorted(found, key=lambda token: token.start)
