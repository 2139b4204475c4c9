"""A sentence as tokens, of which some are facts: dates, numbers, places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from scraper.text import CJK, fold

LONGEST: Final = 120
"""Tokens of a sentence that are looked at."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_DATE = (
    r"(?:(?P<y1>\d{4})[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})(?!\d)"
    r"|(?:(?P<y2>\d{4}) ?[년年] ?)?(?P<m2>\d{1,2}) ?[월月] ?(?P<d2>\d{1,2}) ?[일日]"
    rf"|\b(?P<m3>{_MONTH}) (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<y3>\d{{4}})\b)?"
    rf"|(?P<d4>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m4>{_MONTH})(?:,? (?P<y4>\d{{4}})\b)?)"
)
_BIG: Final[Mapping[str, int]] = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "천": 10**3, "千": 10**3, "백": 100, "百": 100,
    "만": 10**4, "万": 10**4, "萬": 10**4, "억": 10**8, "億": 10**8, "조": 10**12, "兆": 10**12,
}  # fmt: skip
_SCALE = "thousand|million|billion|trillion|[천千백百만万萬억億조兆]"
_NUMBER = (
    rf"(?<![\d.,])\d{{1,15}}(?:,\d{{3}}){{0,5}}(?:\.\d{{1,6}})?(?:st|nd|rd|th)?(?: ?(?:{_SCALE})(?: ?\d{{1,4}}(?= ?(?:{_SCALE})))?){{0,4}}"
)
_PART = re.compile(rf"(\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)? ?((?:{_SCALE})?(?: ?(?:{_SCALE}))*)", re.IGNORECASE)
_SPELLED: Final[Mapping[str, int]] = {
    word: value
    for value, word in (
        *enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"], 2),
        *((tens * 10, word) for tens, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)),
    )
}  # fmt: skip
_HEDGES: Final = frozenset(
    [
        "about",
        "nearly",
        "some",
        "over",
        "almost",
        "around",
        "roughly",
        "approximately",
        "than",
        "most",
        "least",
        "under",
        "below",
        "above",
        "up",
        "to",
        "more",
        "less",
        "약",
        "여",
        "近",
        "約",
        "余",
        "超",
        "数",
    ]
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A token: ``shown`` as written, ``word`` as compared; ``kind`` date, number or place where it is a fact, else empty.

    Of a date ``word`` is ``YYYY-MM-DD``, or ``MM-DD`` without a year; of a number its value; of a place its id.
    """

    shown: str
    word: str
    kind: str = ""

    def agrees(self, other: Fact) -> bool:
        """Tell whether two say the same; a date without a year agrees with it in any."""
        if self.kind == other.kind == "date":
            return self.word.endswith(other.word) or other.word.endswith(self.word)
        return self.word == other.word


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its tokens; ``skeleton`` are they with every fact as its kind."""

    text: str
    tokens: tuple[Fact, ...]
    skeleton: tuple[str, ...]

    @property
    def weight(self) -> float:
        """How many words it has, a single Korean or Japanese character counting a third."""
        return sum(1 / 3 if len(token.word) == 1 else 1 for token in self.tokens)

    def hedged(self, at: int) -> bool:
        """Tell whether a word before or behind a token says that it is no exact figure."""
        near = self.tokens[max(0, at - 1) : at] + self.tokens[at + 1 : at + 2]
        return any(token.word in _HEDGES for token in near)


@dataclass(frozen=True)
class Glossary:
    """What facts are recognised by: ``places`` by word in NFKC, folded ``titles`` of persons, ``common`` words that are nobody's name,
    ``countries``: words that no Korean or Japanese name holds."""

    places: Mapping[str, str] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    @cached_property
    def tokens(self) -> re.Pattern[str]:
        """The expression that finds the tokens of a sentence in NFKC."""
        words = sorted(self.places, key=lambda word: (-len(word), word))
        places = "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in words) or r"(?!)"
        return re.compile(
            rf"(?P<date>{_DATE})|(?P<place>(?-i:{places}))|(?P<number>{_NUMBER})|(?P<word>[^\W\d_{CJK}]+(?:['-][^\W\d_{CJK}]+)*|[{CJK}])",
            re.IGNORECASE,
        )

    @cached_property
    def _titles(self) -> re.Pattern[str]:
        dense = sorted((title for title in self.titles if not title.isascii()), key=lambda title: (-len(title), title))
        return re.compile("|".join(map(re.escape, dense)) or r"(?!)")

    def title_at(self, text: str) -> str:
        """Return the Korean or Japanese title that a text begins with, or ``""``."""
        match = self._titles.match(text)
        return match.group() if match else ""

    def ignores(self, name: str) -> bool:
        """Tell whether what stands before a title names a country, and no person."""
        return any(word in name for word in self.countries)


def glossary_of(
    places: Mapping[str, Iterable[str]], titles: Iterable[str], common: Iterable[str] = (), countries: Iterable[str] = ()
) -> Glossary:
    """Return the glossary of ``places`` (words by id; expressions between slashes are left out), ``titles`` and other words."""
    known = {unicodedata.normalize("NFKC", word): name for name, words in places.items() for word in words if not word.startswith("/")}
    said = [fold(title) for title in titles]
    parts = (part for title in said if title.isascii() for part in title.replace("-", " ").split())
    return Glossary(
        known, frozenset([*said, *parts]), frozenset(map(fold, common)), frozenset(word for word in countries if not word.isascii())
    )


def read(sentence: str, glossary: Glossary) -> Sentence:
    """Return a sentence as tokens."""
    plain = unicodedata.normalize("NFKC", sentence)
    found: list[Fact] = []
    for match in glossary.tokens.finditer(plain):
        if len(found) == LONGEST:
            break
        found.append(_fact(match, glossary))
    return Sentence(sentence, tuple(found), tuple(f"<{token.kind}>" if token.kind else token.word for token in found))


def _fact(match: re.Match[str], glossary: Glossary) -> Fact:
    shown = match.group()
    if match["date"]:
        return _date(match, shown)
    if match["place"]:
        return Fact(shown, glossary.places[shown], "place")
    if match["number"]:
        return Fact(shown, _value(shown), "number")
    word = shown.casefold()
    return Fact(shown, str(_SPELLED[word]), "number") if word in _SPELLED else Fact(shown, word)


def _date(match: re.Match[str], shown: str) -> Fact:
    form = next(form for form in "1234" if match["d" + form])
    year, month, day = (match[part + form] for part in "ymd")
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    return Fact(shown, f"{year}-{number:02d}-{int(day):02d}" if year else f"{number:02d}-{int(day):02d}", "date")


def _value(shown: str) -> str:
    """The value of a figure with its thousands, millions, 만 or 億, without a fraction of nothing."""
    total = 0.0
    for digits, scales in _PART.findall(shown):
        part = float(digits.replace(",", ""))
        for scale in re.findall(_SCALE, scales.lower()):
            part *= _BIG[scale]
        total += part
    return f"{total:.6f}".rstrip("0").rstrip(".")
