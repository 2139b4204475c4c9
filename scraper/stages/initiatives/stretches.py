"""Stretches of a field that can be searched for countries by themselves, so that a known name costs what stands around it and not the whole text.

No name of a country, and nothing that ties two of them together, holds the end of a sentence, but for names like "U.S.". So who is named
between two ends of sentences, such names left out, is the same whether the whole text is searched or only what stands between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from operator import attrgetter

from scraper.model.watch import Party, Watch
from scraper.parties import Naming, Parties, level_width

_ENDS = ".!?。"
_END = re.compile(f"[{_ENDS}]")


@dataclass(frozen=True)
class Stretch:
    """Who is named in a stretch, each in order: all watched parties together, a word for the three, a compound with another country."""

    together: tuple[Naming, ...]
    weak: tuple[Naming, ...]
    aliens: tuple[Naming, ...]

    @cached_property
    def marks(self) -> tuple[Naming, ...]:
        """Compounds of the parties and words for the three, by their ends."""
        return tuple(sorted((*self.together, *self.weak), key=lambda naming: (naming.end, -naming.start)))


_PLACES = (attrgetter("together"), attrgetter("weak"), attrgetter("aliens"))


class Stretches:
    """Where a text may be cut, for one watch, and quick looks at who may be named: a look that says no is right."""

    def __init__(self, watch: Watch, parties: Parties) -> None:
        names = tuple(_spelled(_names(watch)))
        weak = tuple(word for words in watch.together.values() for word in map(level_width, words) if word)
        letters = frozenset(letter for party in (*watch.parties, *watch.others) for words in party.short.values() for letter in words)
        self._patterns = any(word[0] == "/" for word in weak)
        self._uncut = self._patterns or any(name[0] in _ENDS for name in names) or any(_END.search(word) for word in weak)
        self._inside = frozenset(pair for name in names for pair in _ends_in(name)) | {letter + "." for letter in letters}
        self._last = frozenset(form for word in (*names, *weak) if len(word) == 1 or word[-2] == " " for form in _cases(word[-1]))
        self._tails = frozenset(tail for word in (*names, *weak) for tail in product(_cases(word[-2:-1]), _cases(word[-1])))
        run = f"[{re.escape(''.join(sorted(letters)))}]" if letters else "(?!)"
        self._run = re.compile(f"{run}.?{run}", re.DOTALL)
        self._somebody = re.compile(lettered(names, space=r"\s") or "(?!)")
        self._exotic = not any(letter.isascii() for letter in letters)
        self._parties, self._own = parties, frozenset(parties.ids)

    def cuts(self, plain: str) -> tuple[int, ...]:
        """Return both ends of ``plain`` and every place in it, in order, right after an end of a sentence that no name can hold."""
        if self._uncut:
            return 0, len(plain)
        inside = self._inside
        places = [place for place in (match.end() for match in _END.finditer(plain, 1)) if plain[place - 2 : place] not in inside]
        return (0, *places, len(plain))

    def named_before(self, plain: str, start: int, reach: int) -> bool:
        """Tell whether a country or a word for the three may end in the ``reach`` characters before ``start``, or at it."""
        before = plain[max(0, start - reach - 2) : start]
        return (
            self._patterns
            or not self._tails.isdisjoint(pairwise(before))
            or not self._last.isdisjoint(before)
            or self._run.search(before) is not None
        )

    def _anybody(self, plain: str) -> bool:
        if self._somebody.search(plain) is not None:
            return True
        return not (self._exotic and plain.isascii()) and self._run.search(plain) is not None

    def read(self, text: str, low: int, high: int) -> Stretch:
        """Return who is named in ``text[low:high]``, which lies between two cuts."""
        piece = text[low:high]
        weak = tuple(Naming(place.start + low, place.end + low) for place in self._parties.weak(piece))
        if not self._anybody(level_width(piece)):
            return Stretch((), weak, ())
        together, aliens = [], []
        for group in self._parties.scan(piece).groups:
            if group.countries == self._own:
                together.append(Naming(group.start + low, group.end + low))
            elif len(group.countries) > 1 and group.countries - self._own:
                aliens.append(Naming(group.start + low, group.end + low))
        return Stretch(tuple(together), weak, tuple(aliens))


def _spelled(names: Iterable[str]) -> Iterator[str]:
    for name in map(level_width, names):
        if name:
            yield from (name, name.upper())


def _names(watch: Watch) -> Iterator[str]:
    for party in (*watch.parties, *watch.others):
        yield from _named(party)
    for words in watch.masks.values():
        yield from words


def _named(party: Party) -> Iterator[str]:
    for table in (party.names, party.adjectives, party.capitals):
        for words in table.values():
            yield from words


def _ends_in(name: str) -> Iterator[str]:
    """The ends of a sentence that stand in a name, each with the character before it."""
    return (name[match.start() - 1 : match.end()] for match in _END.finditer(name, 1))


def _cases(character: str) -> tuple[str, ...]:
    return character.lower(), character.upper()


def lettered(words: Iterable[str], *, space: str = " ") -> str:
    """Return a regular expression for the longest of ``words`` that branches letter by letter; ``""`` where there is none.

    A search never tries the words one by one, and skips to the next letter that begins one of them. ``space`` is what a space becomes.
    """
    branches: dict[str, list[str]] = {}
    whole = False
    for word in words:
        whole = whole or not word
        if word:
            branches.setdefault(word[0], []).append(word[1:])
    parts = [(space if first == " " else re.escape(first)) + lettered(rest, space=space) for first, rest in sorted(branches.items())]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not whole else f"(?:{'|'.join(parts)})"
    return f"{body}?" if whole else body


def joined(stretches: Iterable[Stretch]) -> Stretch:
    """Return one stretch of several that follow each other."""
    parts = tuple(stretches)
    return Stretch(*(tuple(place for part in parts for place in places(part)) for places in _PLACES))
