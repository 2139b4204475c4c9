"""What a person types into a search box, read as words and phrases, and as the query that finds them in the search tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from scraper.text import HANGUL, has_cjk, spaced, squeeze

LONGEST_QUERY = 500
"""Characters of a query that are read."""
MOST_TERMS = 24
NOTHING = '""'
"""An FTS5 query that is valid and finds nothing."""
_MOST_FORMS = 8
_SHORTEST_BEGINNING = 3
"""Letters of the beginning of a word that few enough words have; a star behind fewer is not heeded."""

_PART = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\uff02\u300c\u300d\u300e\u300f", '"'))
_SHORTENED = re.compile(r"(?<![A-Za-z0-9.])(?:(?:[A-Za-z]\.){1,5}[A-Za-z](?![A-Za-z0-9])\.?|[A-Z]{2,4}(?![A-Za-z0-9.]))")
_LETTERS = re.compile(r"[A-Za-z]{2,4}")
# Words that a sentence needs and nobody looks for; a phrase in quotes keeps them.
_STOP_WORDS = frozenset(["a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "into", "is", "it", "its", "of", "on", "or", "that", "the", "their", "this", "to", "was", "were", "with"])  # fmt: skip
_HANGUL = re.compile(f"[{HANGUL}]")
DOTS = "\u00b7\u2219\u2027\u318d\u119e\u11a2\u30fb\uff65\u2022\u22c5"
"""Dots between words, as a class of a pattern."""
_CLOSED = 3
"""Letters of a Korean word that is no compound of two: only a longer one may be written with a space inside."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase that must occur: ``words`` as the search tables hold it (every Korean and Japanese character a word), and
    whether it is the ``beginning`` of a longer word."""

    words: str
    beginning: bool = False

    @property
    def fts(self) -> str:
        """The FTS5 expression that finds it; an abbreviation is found with full stops and without (``U.S.``, ``US``)."""
        if self.beginning:
            return f'"{self.words}"*'
        forms = [f'"{form}"' for form in _forms(self.words)]
        return forms[0] if len(forms) == 1 else f"({' OR '.join(forms)})"

    @property
    def whole(self) -> str:
        """The letters of a short Korean word, which is not found across a space (``일본`` is not in ``통일 본부``); else empty."""
        return self.words.replace(" ", "") if short(self.words) else ""


def short(words: str) -> bool:
    """Tell whether these words of a search table are two or three Korean letters."""
    letters = words.replace(" ", "")
    return 1 < len(letters) <= _CLOSED and len(_HANGUL.findall(letters)) == len(letters)


def terms(query: str | None) -> tuple[Term, ...]:
    """Return what must occur: all words, words in double quotes as one phrase, a word with a star behind it as a beginning.

    What holds no letter or digit is left out, and so are English words like ``the`` beside others. Operators of FTS5 are words.
    """
    found = list(islice(_parts(query), MOST_TERMS))
    telling = [term for term, quoted in found if quoted or term.words.lower() not in _STOP_WORDS]
    return tuple(dict.fromkeys(telling or [term for term, _ in found]))


def fts(query: str | None) -> str:
    """Return the FTS5 query for what a person typed; it is valid whatever that was."""
    return " AND ".join(term.fts for term in terms(query)) or NOTHING


def shut(letters: str) -> re.Pattern[str]:
    """Return the pattern of a short Korean word: its letters without spaces between, dots allowed, or each of them by itself."""
    close = rf"(?:\s?[{DOTS}]\s?)?".join(map(re.escape, letters))
    alone = r"\s".join(map(re.escape, letters))
    return re.compile(f"{close}|(?<![{HANGUL}]){alone}{f'(?![{HANGUL}])' if len(letters) < _CLOSED else ''}")


def _parts(query: str | None) -> Iterator[tuple[Term, bool]]:
    for match in _PART.finditer((query or "")[:LONGEST_QUERY].replace("\0", " ").translate(_QUOTES)):
        part = match[1] or match[2] or ""
        words = squeeze(spaced(part.rstrip("*\uff0a")).replace('"', " ").replace("\0", " "))
        if any(character.isalnum() for character in words):
            open_end = part.endswith(("*", "\uff0a")) and (has_cjk(words) or len(words) >= _SHORTEST_BEGINNING)
            yield Term(words, open_end), match[2] is None


def _forms(words: str) -> list[str]:
    """The ways in which a phrase may be written: each of its abbreviations as one word or letter by letter."""
    if _LETTERS.fullmatch(words):
        return [words] if words.lower() in _STOP_WORDS else [words, " ".join(words)]
    if has_cjk(words) and not _SHORTENED.search(words):
        return [words]
    pieces, at = [], 0
    for match in islice(_SHORTENED.finditer(words), 3):
        letters = match[0].replace(".", "")
        pieces += [(words[at : match.start()],), (letters, " ".join(letters))]
        at = match.end()
    return ["".join(chosen) for chosen in islice(product(*pieces, (words[at:],)), _MOST_FORMS)]
