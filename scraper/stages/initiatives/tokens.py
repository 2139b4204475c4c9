"""An English sentence as tokens, with the compounds of the watched parties, of others and single countries as tokens of their own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from scraper.stages.initiatives.lexicon import FAMILY, PLURALS, head_of
from scraper.stages.initiatives.reading import Reading, between
from scraper.text import Span

_WORD = re.compile(r"[^\W_]+(?:[.'&/-]+[^\W_]+)*|[^\s\w]")
_LETTERS = re.compile(r"[A-Za-z]+")
_LIMIT = 4000
_made = tuple.__new__
_TWO_WORDS = {"force": ("task ", "taskforce"), "forces": ("task ", "taskforce"), "bed": ("test ", "testbed")}
"""Head nouns of two words, by the second, with the first: "Air Force" is none."""
_HEADS = frozenset((*FAMILY, *PLURALS, *_TWO_WORDS))


class Token(NamedTuple):
    """A word, a mark of punctuation, or a compound: ``kind`` is word, mark, ours (the parties together), alien or country.

    ``low`` is it in lower case, ``head`` the head noun that it is or ``""``; ``capital`` tells whether it begins like a word of a name:
    with a capital or a number, or as a compound of countries.
    """

    start: int
    end: int
    text: str
    kind: str
    low: str
    head: str
    capital: bool


@lru_cache(maxsize=16384)
def _said(text: str) -> tuple[str, str, str, str, bool]:
    """What there is to say of a word or mark wherever it stands; texts have few different ones."""
    word = text[0].isalnum()
    return text, "word" if word else "mark", text.lower(), head_of(text) if word else "", word and (text[0].isupper() or text[0].isdigit())


def vocabulary(reading: Reading, span: Span) -> set[str]:
    """Return the Latin words of a sentence in lower case: what tells at once which rules have nothing to look for in it."""
    kept = reading.vocabularies
    found = kept.get(span)
    if found is None:
        found = kept[span] = set(map(str.lower, _LETTERS.findall(reading.plain, span.start, span.end)))
    return found


def with_head(reading: Reading, span: Span) -> bool:
    """Tell whether a head noun may stand in a sentence: half of them have none, and need no tokens then."""
    return not _HEADS.isdisjoint(vocabulary(reading, span))


def tokens(reading: Reading, span: Span) -> tuple[Token, ...]:
    """Return the tokens of one sentence (at most the first 4,000 characters of it)."""
    kept: dict[Span, tuple[Token, ...]] = reading.memory  # several rules read one sentence
    found = kept.get(span)
    if found is None:
        found = kept[span] = tuple(_tokens(reading, span.start, min(span.end, span.start + _LIMIT)))
    return found


def _tokens(reading: Reading, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for compound in _compounds(reading, start, end):
        found += _words(reading, start, compound.start)
        found.append(compound)
        start = compound.end
    return found + _words(reading, start, end)


def _words(reading: Reading, start: int, end: int) -> list[Token]:
    # a named tuple's own constructor costs more than the tuple: this is most of what reading a sentence costs
    made = [_made(Token, (*match.span(), *_said(match[0]))) for match in _WORD.finditer(reading.plain, start, max(start, end))]
    return [token if token.low not in _TWO_WORDS else _of_two_words(reading, token) for token in made]


def _of_two_words(reading: Reading, token: Token) -> Token:
    first, head = _TWO_WORDS[token.low]
    return token._replace(head=head) if reading.plain[max(0, token.start - len(first)) : token.start].lower() == first else token


def _compounds(reading: Reading, start: int, end: int) -> list[Token]:
    """Compounds of countries in order and without overlap: the watched together first, then others' trios, then single countries."""
    found: list[Token] = []
    places = [(n.start, n.end, "ours") for n in between(reading.together, start, end)]
    places += [(n.start, n.end, "alien") for n in between(reading.aliens, start, end)]
    places += [(n.start, n.end, "country") for n in between(reading.countries, start, end)]
    for a, b, kind in places:
        if a >= start and b <= end and not any(t.start < b and a < t.end for t in found):
            found.append(Token(a, b, text := reading.plain[a:b], kind, text.lower(), "", capital=True))
    return sorted(found, key=lambda token: token.start)
