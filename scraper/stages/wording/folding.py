"""Words as they are compared: countries by who they are, ways of saying one thing as one, the ends of words off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scraper.model.watch import Term
from scraper.parties import Parties, alternation, level_case, level_width
from scraper.text import HAN, HANGUL, KANA, Span, sentences

MOST_CHARACTERS = 400_000
"""What stands behind is not read: no statement is so long."""

MOST_SENTENCES = 3000

_LATIN = rf"[^\W_{HANGUL}{KANA}{HAN}]+(?:['’][^\W_{HANGUL}{KANA}{HAN}]+)*"
_HIRAGANA, _KATAKANA = "\u3041-\u309f", "\u30a1-\u30fa\u30fc\u31f0-\u31ff"
_WORD = re.compile(rf"{_LATIN}|[{HANGUL}]+|[{HAN}\u3005]+|[{_KATAKANA}]+|[{_HIRAGANA}]+")
_ASIAN = re.compile(rf"[{HANGUL}{KANA}{HAN}\u3005]")
_ARTICLES = frozenset({"a", "an", "the"})
_PARTICLES = "으로써 에서는 으로서 에게서 이라는 으로 에서 에게 부터 까지 이며 라는 은 는 이 가 을 를 의 에 와 과 도 로 만"
_KOREAN_PARTICLES = tuple(_PARTICLES.split())

_GLUE = (
    "a an the this that these those its their our his her it they we he she who whom whose which what when where while as at by for from in "
    "into of on onto out over to toward towards under until up upon with within without between among across through throughout after before "
    "during since against about and or but nor so than then also both either each every any all some such same other more most not no only own "
    "very too is are was were be been being am has have had having do does did will would shall should can could may might must there here if "
    "because however therefore including include includes well s"
)
GLUE = frozenset(_GLUE.split())
"""Words of English that bear no meaning of their own."""

_ASIAN_GLUE = "및 등 위해 대한 통해 그리고 또한 있다 했다 하였다 것 수 함께 이를"
_GLUE_ASIAN = frozenset(_ASIAN_GLUE.split())


@dataclass(frozen=True, slots=True)
class Token:
    """One word: ``folded`` is what two texts must share where it is the same word, ``stem`` what it is found by; where it stands."""

    folded: str
    stem: str
    start: int
    end: int

    @property
    def special(self) -> bool:
        """Whether it stands for a country, a group of them, or a configured way of saying something."""
        return self.folded[0] in "=~"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its text as it stands, and its words, offsets being in that text."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def folded(self) -> tuple[str, ...]:
        """The words as compared, without articles."""
        return tuple(token.folded for token in self.tokens if token.folded not in _ARTICLES)


class Folding:
    """Folds texts for one watch and one set of ``equals``; build it once."""

    def __init__(self, parties: Parties, equals: tuple[Term, ...] = ()) -> None:
        self._parties = parties
        self._ids = {" ".join(level_case(word).split()): term.id for term in equals for words in term.words.values() for word in words}
        self._equals = re.compile(alternation(self._ids))

    def sentences(self, text: str) -> tuple[Sentence, ...]:
        """Return the sentences of a text that hold any word; rules, marks and bare numbers of paragraphs are none."""
        text = text[:MOST_CHARACTERS]
        tokens = self.tokens(text)
        found: list[Sentence] = []
        at = 0
        for span in sentences(text)[:MOST_SENTENCES]:
            first = at
            while at < len(tokens) and tokens[at].start < span.end:
                at += 1
            inside = tokens[first:at]
            if any(not token.folded.isdigit() for token in inside):
                found.append(_sentence(text, span, inside))
        return tuple(found)

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text in order."""
        made: list[Token] = []
        at = 0
        for start, end, folded in (*self._marked(text), (len(text), len(text), "")):
            made += _words(text, at, start)
            if folded:
                made.append(Token(folded, folded, start, end))
            at = max(at, end)
        return made

    def stems(self, phrase: str) -> tuple[str, ...]:
        """Return a phrase as :func:`exploded` words, as they are looked for."""
        return tuple(stem for stem, _ in exploded(self.tokens(phrase)))

    def _marked(self, text: str) -> list[tuple[int, int, str]]:
        """Where countries, groups of them and equal ways of saying stand, in order, none over another."""
        found = [(start, end, "~" + self._ids.get(" ".join(word.split()), "")) for start, end, word in self._equal(text)]
        taken = iter([*found, (len(text) + 1, len(text) + 1, "")])
        kept = list(found)
        begin, stop, _ = next(taken)
        for start, end, folded in self._countries(text):
            while stop <= start:
                begin, stop, _ = next(taken)
            if end <= begin:
                kept.append((start, end, folded))
        return sorted(kept)

    def _equal(self, text: str) -> Iterator[tuple[int, int, str]]:
        if self._ids:
            for match in self._equals.finditer(level_case(text)):
                yield match.start(), match.end(), match.group()

    def _countries(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Each country and each group of countries, whatever it is called and in which order; capitals are places here."""
        scanned = self._parties.scan(text)
        capitals = {mention.start for mention in scanned.mentions if mention.capital}
        last = 0
        for group in scanned.groups:
            if group.start >= last and not (len(group.countries) == 1 and group.start in capitals):
                yield group.start, group.end, "=" + "+".join(sorted(group.countries))
                last = group.end


def _sentence(text: str, span: Span, tokens: list[Token]) -> Sentence:
    inside = tuple(Token(t.folded, t.stem, max(0, t.start - span.start), min(t.end, span.end) - span.start) for t in tokens)
    return Sentence(span.of(text), inside)


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _WORD.finditer(text, start, end):
        folded = level_width(match.group()).lower().removesuffix("'s")
        yield Token(folded, stem(folded), match.start(), match.end())


def stem(word: str) -> str:
    """Return a word of Latin letters without its plural and in American spelling; other words as they are."""
    if not word.isascii() or len(word) < 4:
        return word
    plain = word.replace("isation", "ization").replace("defence", "defense")
    plain = plain[:-4] + "or" + plain[-1:] if plain.endswith("ours") else plain
    plain = plain[:-3] + "or" if plain.endswith("our") and len(plain) > 5 else plain
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    return plain[:-1] if plain.endswith("s") and not plain.endswith(("ss", "us", "is")) else plain


def exploded(tokens: tuple[Token, ...] | list[Token]) -> Iterator[tuple[str, int]]:
    """Yield the stems of words with the number of their word, articles left out; Korean and Japanese words letter by letter, since what is
    joined to a word there is no part of it."""
    for number, token in enumerate(tokens):
        if token.special or not _ASIAN.match(token.stem):
            if token.stem not in _ARTICLES:
                yield token.stem, number
        else:
            for letter in token.stem:
                yield letter, number


def bearing(sentence: Sentence) -> frozenset[str]:
    """Return what bears the meaning of a sentence: content words, countries, pairs of letters of Korean words and of kanji."""
    found: set[str] = set()
    for token in sentence.tokens:
        found.update(_bearing(token))
    return frozenset(found)


def _bearing(token: Token) -> Iterator[str]:
    word = token.stem
    if token.special or word.isdigit():
        yield word
    elif not _ASIAN.match(word):
        if word not in GLUE:
            yield _untensed(word)
    elif "\u3041" <= word[0] <= "\u309f":
        return
    elif word not in _GLUE_ASIAN:
        body = _unjoined(word)
        yield from (body[at : at + 2] for at in range(max(1, len(body) - 1)))


def _untensed(word: str) -> str:
    """An English verb without its tense, roughly: what is alike is found by it, not what is equal."""
    for end in ("ing", "ed"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word.removesuffix("e") if len(word) > 4 else word


def _unjoined(word: str) -> str:
    """A Korean word without the particle at its end."""
    if not "\uac00" <= word[0] <= "\ud7a3":
        return word
    return next((word[: -len(end)] for end in _KOREAN_PARTICLES if word.endswith(end) and len(word) - len(end) >= 2), word)


def is_glue(token: Token) -> bool:
    """Tell whether a word bears no meaning, so that it joins two changes rather than parting them."""
    return token.stem in GLUE or (bool(_ASIAN.match(token.stem)) and (token.stem in _GLUE_ASIAN or "\u3041" <= token.stem[0] <= "\u309f"))
