"""The names of the watched parties in a text, in each language, order and spelling; built from the Watch alone.

Positions are offsets into the text as given. Matching folds width, dots and dashes without changing the length of the text.
A text is scanned once, in linear time: names are found first, then names that stand side by side are joined into groups
(``U.S.-Japan-ROK``, ``South Korea, the United States and Japan``, ``한·미·일``, ``日米韓``), and a group is judged by who is in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from scraper.model.watch import Watch

_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u3000": " ", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"}
    | {chr(code): plain for code in range(0xFF00, 0xFFF0) if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1}
)
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _SAME_LENGTH)))}]")
_LINES = re.compile("[\n\r\t\v\f]")
_BREAKS = dict.fromkeys(map(ord, "\n\r\t\v\f"), " ")
_DOTS = "·∙‧ㆍᆢ・･•⋅"
# What may stand between two names of one group: tightly (a dash, a dot, a stroke) or loosely (a comma, an and).
_TIGHT = re.compile(rf"\)?\s?[-−/{_DOTS}]\s?")
_LOOSE = re.compile(
    rf"\)?\s*(?:[,;&、，{_DOTS}]|와|과|및|그리고|と|及び|および|並びに)?\s*(?:(?:and|with|plus|&|및|그리고|及び|および)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_GAP = 14
_ABBREVIATED = re.compile(r"\s*\(\s*[\"']?")
# A calendar day in Japanese and Korean is written with the character that also stands for a country: 15日, 本日.
_DAY_BEFORE = re.compile(r"[0-9一二三四五六七八九十同本昨今明翌毎前即]$")


@lru_cache(maxsize=64)
def level_width(text: str) -> str:
    """Return ``text`` of the same length with full-width forms, quotes, dashes and odd spaces made plain, so that offsets stay true."""
    return text if text.isascii() else _ODD.sub(lambda found: _SAME_LENGTH[ord(found[0])], text)


@lru_cache(maxsize=64)
def level_case(text: str) -> str:
    """Return :func:`level_width` of ``text`` in lower case, of the same length; line ends are spaces."""
    plain = _on_one_line(level_width(text))
    lower = plain.lower()
    return lower if len(lower) == len(plain) else "".join(low if len(low := c.lower()) == 1 else c for c in plain)


def _on_one_line(text: str) -> str:
    """Line ends and tabs as spaces; what is quick for ASCII is slow for other text, and the other way round."""
    return text.translate(_BREAKS) if text.isascii() else _LINES.sub(" ", text)


@dataclass(frozen=True, slots=True)
class Naming:
    """All parties named together at one place (``U.S.-Japan-ROK``, ``한·미·일``, ``日米韓``): ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One name of a country: ``text[start:end]``; ``country`` is its id; ``capital`` tells that its capital stands for it."""

    start: int
    end: int
    country: str
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Countries named side by side at one place; one country alone is a group too."""

    start: int
    end: int
    countries: frozenset[str]
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Every country named in one text, in the order of the text, alone (``mentions``) and as they stand side by side (``groups``)."""

    mentions: tuple[Mention, ...]
    groups: tuple[Group, ...]


class Parties:
    """Finds the parties of one Watch; build it once (it compiles patterns) and use it for every text."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.ids = tuple(party.id for party in watch.parties)
        self._own = frozenset(self.ids)
        self._country, self._capitals = _catalogue(watch)
        self._names = _names_pattern((*self._country, *_all(watch.masks.values())))
        self._letters = _letters(watch)
        self._run = _run_pattern(self._letters)
        self._exotic = not any(letter.isascii() for letter in self._letters)
        self._word = re.compile(f"[{re.escape(''.join(self._letters))}]+" if self._letters else "(?!)")
        self._together = re.compile(alternation(word for words in watch.together.values() for word in words))
        self.scan: Callable[[str], Names] = lru_cache(maxsize=32)(self._scan)

    def together(self, text: str) -> tuple[Naming, ...]:
        """Return the places where exactly the watched parties are named in one compound, in any order."""
        return tuple(Naming(group.start, group.end) for group in self.scan(text).groups if group.countries == self._own)

    def named(self, text: str) -> frozenset[str]:
        """Return the ids of the parties named in ``text``, by name, adjective, capital or inside a compound."""
        return self._everybody(text) & self._own

    def all_named(self, text: str) -> bool:
        """Tell whether every watched party is named in ``text``."""
        return len(self.named(text)) == len(self.ids)

    def others(self, text: str) -> frozenset[str]:
        """Return the ids of other countries named in ``text``."""
        return self._everybody(text) - self._own

    def other_trios(self, text: str) -> tuple[Naming, ...]:
        """Return the places where a compound names a trio or pair with another country in it (``日米豪``, ``U.S.-Japan-Philippines``)."""
        groups = self.scan(text).groups
        return tuple(Naming(group.start, group.end) for group in groups if len(group.countries) > 1 and group.countries - self._own)

    def pairs(self, text: str) -> tuple[Group, ...]:
        """Return the places where some but not all of the watched parties, and nobody else, are named side by side (``한일``)."""
        return tuple(group for group in self.scan(text).groups if len(group.countries) > 1 and group.countries < self._own)

    def weak(self, text: str) -> tuple[Naming, ...]:
        """Return the places of weak words for the three (trilateral, 3国), which say nothing of who the three are."""
        return tuple(Naming(*match.span()) for match in self._together.finditer(level_case(text)))

    def party_of(self, domain: str) -> str:
        """Return the id of the party whose government publishes on ``domain`` (a host), or ``""``."""
        for party in self.watch.parties:
            if any(domain == own or domain.endswith("." + own) for own in party.domains):
                return party.id
        return ""

    def letter(self, character: str) -> str:
        """Return the id of the country that a one-character form stands for (``美``), or ``""``."""
        return self._letters.get(character, "")

    def _everybody(self, text: str) -> frozenset[str]:
        return frozenset().union(*(group.countries for group in self.scan(text).groups))

    def _scan(self, text: str) -> Names:
        plain = _on_one_line(level_width(text))
        mentions, masked = self._mentions(plain)
        groups = [*_joined(plain, mentions), *self._runs(plain, masked)]
        return Names(tuple(mentions), tuple(sorted(groups, key=lambda group: group.start)))

    def _mentions(self, plain: str) -> tuple[list[Mention], list[tuple[int, int]]]:
        found, masked = [], []
        for match in self._names.finditer(plain):
            masked.append(match.span())
            word = match.group()
            country = self._country.get(word)
            if country:
                found.append(Mention(match.start(), match.end(), country, word in self._capitals))
        return found, masked

    def _runs(self, plain: str, masked: list[tuple[int, int]]) -> Iterator[Group]:
        """Yield the compounds of one-character forms that touch no name."""
        if self._exotic and plain.isascii():
            return
        taken = iter([*masked, (len(plain) + 1, len(plain) + 1)])
        start, end = next(taken)
        for match in self._run.finditer(plain):
            while end <= match.start():
                start, end = next(taken)
            if start >= match.end():
                for part in self._parts(plain, match.span()):
                    yield from self._read_run(plain, part)
            else:
                yield from self._before_a_name(plain, match.start(), start)

    def _before_a_name(self, plain: str, start: int, name: int) -> Iterator[Group]:
        """The parties' letters right before a name or a mask, or up to the first letter of it: 日米韓|中小企業, 日米韓|国際."""
        for end in (name + 1, name):
            letters = plain[start:end]
            if len(letters) == len(self.ids) and frozenset(map(self.letter, letters)) == self._own:
                yield Group(start, end, self._own, tight=True)
                return

    def _parts(self, plain: str, span: tuple[int, int]) -> list[tuple[int, int]]:
        """The compounds of a run: two of them parted by a dot (한일·한미) are two, single letters so parted (한·미·일) are one."""
        words = [(span[0] + word.start(), span[0] + word.end()) for word in self._word.finditer(plain[slice(*span)])]
        return words if len(words) > 1 and all(end - start > 1 for start, end in words) else [span]

    def _read_run(self, plain: str, span: tuple[int, int]) -> Iterator[Group]:
        places = [place for place in range(*span) if plain[place] in self._letters]
        if plain[places[0]] in "日일" and _DAY_BEFORE.search(plain[max(0, places[0] - 1) : places[0]]):
            places = places[1:]
        who = [self._letters[plain[place]] for place in places]
        size = len(self.ids)
        # In a longer run a letter before the parties is the end of another word (会議中日米韓), one after them is one more country.
        for first in range(max(1, len(who) - size + 1)):
            if len(who) > size and frozenset(who[first : first + size]) == self._own and (first or len(set(who)) == size):
                places, who = places[first : first + size], who[first : first + size]
                break
        if len(set(who)) < 2:
            return
        dotted = places[-1] - places[0] >= len(places)
        if frozenset(who) <= self._own or len(set(who)) > 2 or dotted:
            yield Group(places[0], places[-1] + 1, frozenset(who), tight=True)


def alternation(words: Iterable[str]) -> str:
    """Return a regular expression for any of ``words`` as whole words, the longest first, as a tree of letters: linear to search.

    Words are lower-cased unless they come as they are from a caller that matches case; a space matches any white space; a word
    between slashes is a regular expression and is tried after the plain ones. Nothing to match gives a pattern that never matches.
    """
    plain, patterns = [], []
    for word in dict.fromkeys(words):
        if len(word) > 2 and word.startswith("/") and word.endswith("/"):
            patterns.append(word[1:-1])
        elif word:
            plain.append(level_case(word))
    parts = [*_bounded(plain), *patterns]
    return f"(?:{'|'.join(parts)})" if parts else r"(?!)"


def _bounded(words: Iterable[str]) -> list[str]:
    """Trees of the words by their first letter; one that is Latin must begin a word, and a word that ends in one must end there.

    Every tree begins with a plain letter, so that the search skips to the next such letter at once; the bound is looked up behind it.
    """
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[0], []).append(word[1:])
    return [_headed(head, rest) for head, rest in heads.items()]


def _headed(head: str, rest: list[str]) -> str:
    if not (head.isascii() and head.isalnum()):
        return re.escape(head) + _tree(rest)
    return rf"{head}(?<![A-Za-z0-9].){_tree(rest)}(?:(?![A-Za-z0-9])|(?<=[^A-Za-z0-9]))"


def _tree(words: list[str]) -> str:
    """A regular expression for any of the words that branches letter by letter, so that a search never tries the words one by one."""
    ends = "" in words
    branches: dict[str, list[str]] = {}
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
    parts = [(r"\s" if letter == " " else re.escape(letter)) + _tree(rest) for letter, rest in sorted(branches.items())]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{body}?" if ends else body


def _all(groups: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for words in groups:
        yield from words


def _catalogue(watch: Watch) -> tuple[dict[str, str], frozenset[str]]:
    """Every spelling of every country with its id, and those spellings that are capitals."""
    country: dict[str, str] = {}
    capitals: set[str] = set()
    for party in (*watch.parties, *watch.others):
        for word in _all(party.capitals.values()):
            capitals.update(_spellings(word))
        for word in _all((*party.names.values(), *party.adjectives.values(), *party.capitals.values())):
            country |= {form: party.id for form in _spellings(word) if form not in country}
    return country, frozenset(capitals)


def _spellings(word: str) -> tuple[str, ...]:
    """A name as written and in capitals; short names keep their case (the pronoun "us" is no country)."""
    return (level_width(word), level_width(word).upper())


def _names_pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_bounded(dict.fromkeys(level_width(word) for word in words))) or r"(?!)")


def _letters(watch: Watch) -> dict[str, str]:
    letters: dict[str, str] = {}
    for party in (*watch.parties, *watch.others):
        letters |= {letter: party.id for letter in _all(party.short.values()) if letter not in letters}
    return letters


def _run_pattern(letters: dict[str, str]) -> re.Pattern[str]:
    if not letters:
        return re.compile(r"(?!)")
    some = f"[{re.escape(''.join(letters))}]"
    return re.compile(rf"{some}(?:[-−./,{_DOTS}]?{some}){{1,5}}")


def _joined(plain: str, mentions: list[Mention]) -> Iterator[Group]:
    """Groups of names that stand side by side: first those tied by dashes and dots, then the rest by commas and ands."""
    yield from _chain(plain, list(_chain(plain, _merged(plain, mentions), tight=True)), tight=False)


def _merged(plain: str, mentions: list[Mention]) -> list[Group]:
    """Each mention as a group, with the abbreviation that follows in brackets: Republic of Korea (ROK)."""
    groups: list[Group] = []
    for mention in mentions:
        last = groups[-1] if groups else None
        same = last is not None and last.countries == {mention.country}
        if last and same and mention.start - last.end < _GAP and _ABBREVIATED.fullmatch(plain, last.end, mention.start):
            groups[-1] = Group(last.start, mention.end, last.countries)
        else:
            groups.append(Group(mention.start, mention.end, frozenset({mention.country})))
    return groups


def _chain(plain: str, groups: list[Group], *, tight: bool) -> Iterator[Group]:
    """Join neighbours; a country that comes again begins a new group, and what is tied by dashes is not joined by commas."""
    link = _TIGHT if tight else _LOOSE
    held: Group | None = None
    for group in groups:
        if held and group.start - held.end <= _GAP and _fit(held, group, tight) and link.fullmatch(plain, held.end, group.start):
            held = Group(held.start, group.end, held.countries | group.countries, tight)
            continue
        if held:
            yield held
        held = group
    if held:
        yield held


def _fit(left: Group, right: Group, tight: bool) -> bool:
    return not left.countries & right.countries and (tight or not (left.tight or right.tight))
