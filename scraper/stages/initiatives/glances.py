"""Quick looks at who is named around a known name, for one watch: a look that says that nobody is, is right.

No compound of countries reaches across what surely ends a sentence (see scraper.parties and scraper.text), so a look at the sentence
around a name tells that a compound with another country cannot touch it; only else the text is read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from scraper.model.watch import Party, Watch
from scraper.parties import level_width
from scraper.stages.initiatives.stretches import lettered

_LONG = 2000
"""Characters of a sentence that is looked at, at most."""
_GAP = 16
"""Characters between two names of one compound, or between a mark and a name, at most, with some to spare."""
_RUN = 10
"""Characters before a name in which the end of a compound of one-character forms lies that is a mark of it, with some to spare."""
_TAIL = 8
"""Characters of the beginning of a word by which it is told, at most (for want of more, one too many is told, never one too few)."""
# What ends a sentence whatever stands before it: no abbreviation, and no list of one-character forms parted by dots.
# It begins with a plain character, so that the search skips to the next such character at once.
_MARKS = ".!?。！？"
_SURE = re.compile(r"[.!?。](?:(?<=。)|(?:(?<=[a-z]{5}\.)|(?<=[^\x00-\x7f]\.)|(?<=[0-9]\.)|(?<=[!?]))(?=\s+[^a-z\s]))")
_ENDED = re.compile(r"[!?。/]|(?:[A-Za-z]{5}|[0-9]|[^\x00-\x7f])\.(?:\s|$)")
_ENDINGS = tuple(slice(-length, None) for length in range(2, _TAIL + 1))
_SPACE = re.compile(r"\s")


class Glances:
    """What one watch lets stand around a known name; compiled once."""

    def __init__(self, watch: Watch) -> None:
        names = _names((*watch.parties, *watch.others), watch)
        weak = tuple(level_width(word) for words in watch.together.values() for word in words)
        words = (*names, *weak)
        self._blind = any(_ENDED.search(word) for word in words)
        self._longest = _GAP + max(map(len, words), default=0)
        own, others = _letters(watch.parties), _letters(watch.others)
        self._letters = own | others
        self._run = re.compile(_pair(self._letters, self._letters))
        self._exotic = not any(letter.isascii() for letter in self._letters)
        self._pair = re.compile(_pair(own | others, others - own))
        self._named, self._strangers = _any_of(names), _any_of(_names(watch.others))
        self._weak = _any_of(word.lower() for word in weak)
        self._begun = frozenset(_tail(word[:place]) for word in words for place in range(2, len(word) + 1))

    def ends(self, text: str, plain: str) -> tuple[int, ...]:
        """Return both ends of ``text`` (``plain`` is it of level width) and every place in it, in order, where a sentence surely ends."""
        if self._blind:
            return 0, len(plain)
        places = [found.end() for found in _SURE.finditer(plain)]
        if text is not plain:  # a full stop of full width ends no sentence
            places = [place for place in places if text[place - 1] in _MARKS]
        return 0, *places, len(plain)

    def sentence(self, ends: tuple[int, ...], start: int, end: int) -> tuple[int, int] | None:
        """Return the stretch around ``start`` and ``end`` from one of the ``ends`` to another; None where it is long."""
        low, high = ends[bisect_right(ends, start, 0, len(ends) - 1) - 1], ends[bisect_left(ends, end)]
        return (low, high) if high - low <= _LONG else None

    def ours_only(self, plain: str, low: int, high: int) -> bool:
        """Tell whether there is no compound with another country in a sentence (see :meth:`sentence`)."""
        if self._strangers.search(plain, low, high) is not None:
            return False
        return (self._exotic and plain[low:high].isascii()) or self._pair.search(plain, low, high) is None

    def nothing_before(self, plain: str, low: int, start: int) -> bool:
        """Tell whether no country, compound or word for the three ends in the few characters before ``start``, or holds it.

        ``low`` is where its sentence begins (see :meth:`sentence`).
        """
        before = plain[max(low, start - self._longest) : start]
        if not self._letters.isdisjoint(before[-2:]) or self._run.search(before[-_RUN:]):
            return False
        if self._named.search(before) or self._weak.search(before.lower()):
            return False
        level = _tail(before + plain[start : start + 1])
        return self._begun.isdisjoint(map(level.__getitem__, _ENDINGS))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(lettered(words, space=r"\s") or "(?!)")


def _names(parties: Iterable[Party], watch: Watch | None = None) -> tuple[str, ...]:
    """Every name of the countries, and with a watch what only looks like one, as it may be spelled."""
    tables = [table for party in parties for table in (party.names, party.adjectives, party.capitals)]
    words = {level_width(word) for table in (*tables, watch.masks if watch else {}) for words in table.values() for word in words if word}
    return tuple(sorted(words | {word.upper() for word in words}))


def _letters(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(letter for party in parties for words in party.short.values() for letter in words)


def _pair(letters: frozenset[str], strange: frozenset[str]) -> str:
    """Two one-character forms side by side, one of them another country's."""
    if not strange:
        return "(?!)"
    some, other = (f"[{re.escape(''.join(sorted(each)))}]" for each in (letters, strange))
    return f"(?s:{some}.?{other}|{other}.?{some})"


def _tail(word: str) -> str:
    """The end of a word by which it is looked up: any white space is a space, case does not matter."""
    return _SPACE.sub(" ", word[-_TAIL:]).casefold()[-_TAIL:]
