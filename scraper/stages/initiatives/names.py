"""When are two names one initiative: keys of names without countries, articles, "trilateral", ordinals and spelling habits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from scraper.model.watch import Watch
from scraper.parties import level_width
from scraper.stages.initiatives.eastern import EASTERN_HEADS, eastern_head
from scraper.stages.initiatives.initials import EASTERN_WELL_KNOWN, fold
from scraper.stages.initiatives.lexicon import FAMILY, ORDINALS, head_of, words
from scraper.stages.initiatives.reading import Land
from scraper.text import has_cjk

_PLAIN = words(
    "the a an of on for and to in among between with by at trilateral three way threeway our their its annual inaugural new next joint first "
    "government level s latest upcoming previous biannual biennial semiannual yearly thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
    "nineteenth twentieth"
) | frozenset(ORDINALS)
_SPELLING = {
    "programme": "program",
    "defence": "defense",
    "centre": "center",
    "programmes": "program",
    "advisers": "advisor",
    "adviser": "advisor",
    "ministerial": "minister",
    "ministerials": "minister",
}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TENS = re.compile(r"\b(?:twenty|thirty|forty)-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b")
_NUMBER = re.compile(r"\b\d+(?:st|nd|rd|th)?\b")
_PARENTHESES = re.compile(r"[(\[（][^()\[\]（）]{0,80}[)\]）]")
_WRAPPER = re.compile(
    r"^(?:the |a )?(?:\w+ )?(?:memorandum of (?:cooperation|understanding|intent)|letter of intent|agreement|arrangement|commitment) (?:on|for|concerning|regarding) (?=.)",
    re.IGNORECASE,
)
_ROUND = re.compile(
    r"^(?:the )?(?:[a-z-]{3,20}|\d{1,3}(?:st|nd|rd|th)) (?:round|iteration|edition|session)s?(?: of)?(?: the)? ", re.IGNORECASE
)
"""What stands before a name of a series to say which time it is; the first word is an ordinal or "next"."""
_TWO_WORDS = re.compile(r"\b(task|clearing|test)[ -](forces?|houses?|beds?)\b")
"""Head nouns that are also written as two words."""
_MINISTERIAL = re.compile(r"(ministerials?)\W*$")
"""What a meeting of ministers is called for short."""
_NUMERALS = words("ii iii iv vi vii viii ix")
_EXERCISE = "exercise"
_EASTERN_MARKS = re.compile(r"[\s·∙・‧ㆍ･•\-'\"‘’“”「」『』《》〈〉<>]")
_EASTERN_DROP = re.compile(
    r"(?:19|20)\d\d(?:년도?|年度?)?|令和\d{1,2}年度?|제?\d{1,3}(?:차|회(?!의|담|합)|번째)|(?:첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열)번째|^첫(?=.{3})|연례|정례|"
    r"第(?:\d{1,3}|[一二三四五六七八九十]{1,3})[回次]目?の?|(?:\d{1,3}|[一二三四五六七八九十])[回度]目の?|^初[のて回]|年次|(?<=\D)2\d[1-9]?$"
)
"""Ordinals and years of a series, in a name without spaces and marks."""
_EASTERN_SAME = (
    ("엣지", "에지"),
    ("엣", "에"),
    ("인도태평양", "인태"),
    ("安全保障", "安保"),
    ("カ国", "か国"),
    ("ヵ国", "か国"),
    ("ヶ国", "か国"),
    ("ケ国", "か国"),
    ("箇国", "か国"),
    ("取決め", "取決"),
    *EASTERN_WELL_KNOWN,
)
_EASTERN_JOINTS = re.compile("に関する|に係る|についての|のための|に向けた|及び|並びに|に関しての|에관한|에대한|에관련된|[을를]위한")
"""What only joins the words of a name, without spaces."""
KEPT = 8192
"""Names whose keys are kept: those of a large database, for the same ones are asked for with every article."""


@dataclass(frozen=True, slots=True)
class Key:
    """What is left of a name: its content words sorted (one string for Korean and Japanese), and the family of its head noun.

    ``bare`` tells that nothing but the head noun was left; it is the content then.
    """

    content: tuple[str, ...]
    family: str
    bare: bool = False


class Keys:
    """Makes keys; the names of countries and the words for the three come from the watch."""

    def __init__(self, watch: Watch) -> None:
        land = Land(watch)
        self._country = land.country
        self._parties = land.parties
        self._weak = {w.lower() for words in watch.together.values() for w in words}
        self._kept = lru_cache(maxsize=KEPT)(self._of)

    def of(self, name: str) -> Key:
        """Return the key of ``name``; variants by country order, article, "trilateral", head noun in front, ordinal and year agree."""
        return self._kept(name)

    def _of(self, name: str) -> Key:
        bare = _PARENTHESES.sub(" ", level_width(name))
        bare = self._without_countries(bare)
        return _eastern_key(bare, self._weak) if has_cjk(bare) else _latin_key(bare)

    def _without_countries(self, name: str) -> str:
        for naming in reversed(self._parties.together(name)):
            name = name[: naming.start] + " " + name[naming.end :]
        return name if has_cjk(name) else self._country.sub(" ", name)


def head_noun(name: str) -> str:
    """Return the head noun of a name, in lower case and the singular, or ``""``."""
    if has_cjk(name):
        return eastern_head(_EASTERN_DROP.sub("", _EASTERN_MARKS.sub("", unicodedata.normalize("NFKC", _PARENTHESES.sub("", name)))))
    return head_of(_latin_parts(_PARENTHESES.sub(" ", level_width(name)))[1])


def _latin_parts(name: str) -> tuple[list[str], str]:
    """The words of a name that say something, and which of them is its head noun."""
    inner = _WRAPPER.sub("", _without_round(" ".join(name.split())))
    words = _latin_words(inner)
    if not any(head_of(word) for word in words):
        inner, words = name, _latin_words(name)
    heads = [word for word in words if head_of(word)]
    if not heads:
        return words, ""
    fronted = re.match(r"\W*(?:trilateral )?\w+ (?:for|on|of|to|among)\b", inner.strip(), re.IGNORECASE)
    return words, heads[0] if fronted else heads[-1]


def _latin_key(name: str) -> Key:
    words, head = _latin_parts(name)
    content = tuple(sorted({_singular(word) for word in words if word != head}))
    family = family_of(head_of(head)) if head else ""
    if family == _EXERCISE and len(content) > 1:
        family = ""  # "Exercise Coral Edge" is "Coral Edge"
    return Key(content or ((head_of(head),) if head else ()), family, bare=not content)


def _without_round(name: str) -> str:
    """A name without "second round of the" before it."""
    found = _ROUND.match(name)
    first = found.group().removeprefix("the ").removeprefix("The ").split(" ")[0].lower() if found else ""
    return name[found.end() :] if found and (first in _PLAIN or first[0].isdigit()) else name


def family_of(head: str) -> str:
    """Return the family of a head noun; documents of different heads are different documents, so each is a family of its own."""
    family = FAMILY.get(head) or EASTERN_HEADS.get(head, "")
    return head if family == "document" else family


def _latin_words(name: str) -> list[str]:
    text = _NUMBER.sub(" ", _YEAR.sub(" ", _TENS.sub(" ", name.lower().replace("'s ", " ").replace("'", ""))))
    text = _MINISTERIAL.sub(r"\1 meeting", _TWO_WORDS.sub(r"\1\2", text))
    words = re.split(r"[^a-z0-9\u00c0-\u024f]+", text.strip())
    if len(words) > 1 and words[-1] in _NUMERALS:
        words.pop()
    told = [_SPELLING.get(word, word) for word in words if word and word not in _PLAIN]
    return fold(told, [_singular(word) for word in told])


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _eastern_key(name: str, weak: set[str]) -> Key:
    text = _EASTERN_MARKS.sub("", unicodedata.normalize("NFKC", name)).lower()
    for one, other in _EASTERN_SAME:
        text = text.replace(one, other)
    text = _EASTERN_DROP.sub("", text)
    for word in sorted(weak, key=lambda w: (-len(w), w)):
        if has_cjk(word) and text.startswith(word):
            text = text[len(word) :]
    text = _EASTERN_JOINTS.sub("", re.sub(r"^(?:간|の|間の|間|3|국)+", "", text))
    head = eastern_head(text)
    content = text[: len(text) - len(head)] if head and text.endswith(head) else text
    return Key((content or head,), family_of(head), bare=not content)


_SLUG_DROP = re.compile(r"[^\w]+", re.UNICODE)


def slug_of(name: str) -> str:
    """Return a readable slug of ``name``: lower case, words joined by hyphens, Latin accents dropped, other letters kept; never empty."""
    decomposed = unicodedata.normalize("NFKD", name.replace("'", "").replace("\u2019", ""))
    plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if not ("\u0300" <= c <= "\u036f")))
    return _SLUG_DROP.sub("-", plain.lower()).strip("-_")[:80].strip("-_") or "unnamed"


def overlap(one: Key, other: Key) -> float:
    """Return 0 to 1, how much the content of two keys has in common (words; pairs of characters in Korean and Japanese)."""
    a, b = _pieces(one), _pieces(other)
    return len(a & b) / len(a | b) if a and b else 0.0


@lru_cache(maxsize=KEPT)
def _pieces(key: Key) -> frozenset[str]:
    if len(key.content) == 1 and has_cjk(key.content[0]):
        text = key.content[0]
        return frozenset(text[i : i + 2] for i in range(max(1, len(text) - 1)))
    return frozenset(key.content)
