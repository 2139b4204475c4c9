"""Words of the Watch found in a text in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from scraper.model.watch import Term, Words
from scraper.parties import alternation, level_case

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the Term ``id`` at ``[start:end]`` of the text."""

    start: int
    end: int
    id: str


class Glossary:
    """Finds the words of several Terms at once; the longest word wins, so that a vice minister is no minister."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._ids: dict[str, str] = {}
        self._patterns: list[tuple[str, re.Pattern[str]]] = []
        for term in terms:
            for word in chain.from_iterable(term.words.values()):
                self._take(term.id, word)
        self._words = re.compile(alternation(self._ids))
        # Most text is in English: there only the words that can stand in it are looked for.
        self._plain = re.compile(alternation(word for word in self._ids if word.isascii()))
        self._plain_patterns = [(key, pattern) for key, pattern in self._patterns if pattern.pattern.isascii()]

    def _take(self, key: str, word: str) -> None:
        if len(word) > 2 and word.startswith("/") and word.endswith("/"):
            self._patterns.append((key, re.compile(word[1:-1])))
        else:
            self._ids.setdefault(level_case(word), key)

    def find(self, lower: str) -> tuple[Hit, ...]:
        """Return the hits in ``lower``, a text in :func:`~scraper.parties.level_case` form, in their order."""
        plain = lower.isascii()
        words = (self._plain if plain else self._words).finditer(lower)
        hits = [Hit(m.start(), m.end(), self._ids.get(_SPACES.sub(" ", m.group()), "")) for m in words]
        for key, pattern in self._plain_patterns if plain else self._patterns:
            hits += (Hit(m.start(), m.end(), key) for m in pattern.finditer(lower))
        return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end)))


def of_words(key: str, words: Words) -> Glossary:
    """Return a Glossary of one table of words, all under the id ``key``."""
    return Glossary((Term(key, words),))
