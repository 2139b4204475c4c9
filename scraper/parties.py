"""The names of the watched parties in a text, in each language, order and spelling; built from the Watch alone.

Positions are offsets into the text as given. Matching folds width, dots and dashes without changing the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from scraper.model.watch import Party, Watch

_DOT = r"[\s·∙‧ㆍᆢ・･•⋅.\-‐-―−/,]{0,2}"
_LINK = r"(?:\s*(?:[-–—‐‑−,/·・&]|\s)\s*(?:and\s+)?(?:the\s+)?)"
_SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u3000": " ", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"})


@lru_cache(maxsize=64)
def level_width(text: str) -> str:
    """Return ``text`` of the same length with full-width forms, quotes, dashes and odd spaces made plain, so that offsets stay true."""
    return "".join(_narrow(c) for c in text.translate(_SAME_LENGTH))


def _narrow(character: str) -> str:
    if "\uff00" <= character <= "\uffef":
        plain = unicodedata.normalize("NFKC", character)
        return plain if len(plain) == 1 else character
    return character


@dataclass(frozen=True, slots=True)
class Naming:
    """All parties named together at one place (``U.S.-Japan-ROK``, ``한·미·일``, ``日米韓``): ``text[start:end]``."""

    start: int
    end: int


class Parties:
    """Finds the parties of one Watch; build it once (it compiles patterns) and use it for every text."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.ids = tuple(party.id for party in watch.parties)
        self._strong = _strong_pattern(watch.parties)
        self._single = {party.id: _single_pattern(party) for party in watch.parties}
        self._others = {party.id: _single_pattern(party) for party in watch.others}
        self._trios = _other_trios(watch)
        self._together = _words(word for words in watch.together.values() for word in words)

    def together(self, text: str) -> tuple[Naming, ...]:
        """Return the places where exactly the watched parties are named in one compound, in any order."""
        plain = level_width(text)
        foreign = [match.span() for match in self._trios.finditer(plain)] if self._trios else []
        found = (match.span() for match in self._strong.finditer(plain))
        return tuple(Naming(a, b) for a, b in found if not any(x < b and a < y for x, y in foreign))

    def named(self, text: str) -> frozenset[str]:
        """Return the ids of the parties named in ``text``, by name, adjective, capital or inside a compound."""
        plain = level_width(text)
        if self.together(text):
            return frozenset(self.ids)
        return frozenset(key for key, pattern in self._single.items() if pattern.search(plain))

    def all_named(self, text: str) -> bool:
        """Tell whether every watched party is named in ``text``."""
        return len(self.named(text)) == len(self.ids)

    def others(self, text: str) -> frozenset[str]:
        """Return the ids of other countries named in ``text``."""
        plain = level_width(text)
        return frozenset(key for key, pattern in self._others.items() if pattern.search(plain))

    def other_trios(self, text: str) -> tuple[Naming, ...]:
        """Return the places where a compound names a trio or pair with another country in it (``日米豪``, ``U.S.-Japan-Philippines``)."""
        plain = level_width(text)
        return tuple(Naming(*match.span()) for match in self._trios.finditer(plain)) if self._trios else ()

    def weak(self, text: str) -> tuple[Naming, ...]:
        """Return the places of weak words for the three (trilateral, 3国), which say nothing of who the three are."""
        return tuple(Naming(*match.span()) for match in self._together.finditer(level_width(text)))

    def party_of(self, domain: str) -> str:
        """Return the id of the party whose government publishes on ``domain`` (a host), or ``""``."""
        for party in self.watch.parties:
            if any(domain == own or domain.endswith("." + own) for own in party.domains):
                return party.id
        return ""


def _escape(word: str) -> str:
    if len(word) > 2 and word.startswith("/") and word.endswith("/"):
        return word[1:-1]
    escaped = re.escape(word).replace(r"\ ", r"\s+")
    left = r"(?<![A-Za-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    right = r"(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
    return left + escaped + right


def _words(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    body = "|".join(_escape(word) for word in ordered)
    return re.compile(f"(?:{body})" if body else r"(?!)", re.IGNORECASE)


def _cased(words: Iterable[str]) -> str:
    """Alternatives of Latin names: short capitals (US) keep their case, longer ones do not care."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") if w.isupper() and len(w) < 5 else f"(?i:{re.escape(w)})".replace(r"\ ", r"\s+") for w in ordered)


def _latin(party: Party, *, capitals: bool) -> str:
    words = (*party.names.get("en", ()), *(party.capitals.get("en", ()) if capitals else ()))
    return f"(?:{_cased(words)})"


def _single_pattern(party: Party) -> re.Pattern[str]:
    english = (*party.names.get("en", ()), *party.adjectives.get("en", ()), *party.capitals.get("en", ()))
    rest = [w for words in (party.names, party.adjectives, party.capitals) for lang in ("ko", "ja") for w in words.get(lang, ())]
    parts = [rf"(?<![A-Za-z])(?:{_cased(english)})(?![A-Za-z])"] if english else []
    parts += [re.escape(word) for word in sorted(rest, key=lambda word: (-len(word), word))]
    return re.compile("|".join(parts) or r"(?!)")


def _compounds(parties: tuple[Party, ...]) -> Iterator[str]:
    for order in permutations(parties):
        yield r"(?<![A-Za-z])" + _LINK.join(_latin(p, capitals=True) for p in order) + r"(?![A-Za-z])"
        for language in ("ko", "ja"):
            short = [p.short.get(language, ()) for p in order]
            if all(short):
                yield _DOT.join(f"(?:{'|'.join(map(re.escape, words))})" for words in short)
            full = [p.names.get(language, ()) for p in order]
            if all(full):
                yield r"(?:\s*[·∙・,、과와と및及び]{0,2}\s*)".join(f"(?:{'|'.join(map(re.escape, words))})" for words in full)


def _strong_pattern(parties: tuple[Party, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_compounds(parties)) or r"(?!)")


def _other_trios(watch: Watch) -> re.Pattern[str] | None:
    """Compounds of two or more countries of which at least one is another's."""
    if not watch.others:
        return None
    everybody = (*watch.parties, *watch.others)
    parts = []
    latin_all = "|".join(_latin(p, capitals=False) for p in everybody)
    latin_other = "|".join(_latin(p, capitals=False) for p in watch.others)
    parts.append(rf"(?<![A-Za-z])(?:{latin_other})(?:{_LINK}(?:{latin_all})){{1,4}}(?![A-Za-z])")
    parts.append(rf"(?<![A-Za-z])(?:{latin_all}){_LINK}(?:(?:{latin_all}){_LINK}){{0,3}}(?:{latin_other})(?![A-Za-z])")
    for language in ("ko", "ja"):
        every = "".join(sorted({w for p in everybody for w in p.short.get(language, ())}))
        other = "".join(sorted({w for p in watch.others for w in p.short.get(language, ())}))
        if other:
            parts.append(rf"[{re.escape(every)}]{_DOT}[{re.escape(every)}]{_DOT}[{re.escape(other)}]")
            parts.append(rf"[{re.escape(every)}]{_DOT}[{re.escape(other)}]{_DOT}[{re.escape(every)}]")
            parts.append(rf"[{re.escape(other)}]{_DOT}[{re.escape(every)}]{_DOT}[{re.escape(every)}]")
    return re.compile("|".join(parts))
