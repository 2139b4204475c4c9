"""Initiatives without a proper name: "a trilateral coordinating mechanism" with a verb of creation, "a pilot early warning system".

This is how new ones come into the world; the name follows later. Plain activity ("trilateral coast guard cooperation") is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from scraper.stages.initiatives.evidence import coming, created
from scraper.stages.initiatives.lexicon import (
    DETERMINERS,
    EVALUATIVE,
    FAMILY,
    INSTITUTIONS,
    LOWER_NEED_CREATION,
    ONLY_ONES,
    head_of,
    words,
)
from scraper.stages.initiatives.reading import Candidate, Reading
from scraper.stages.initiatives.tail import tail_end
from scraper.stages.initiatives.tokens import Token, tokens, with_head
from scraper.stages.initiatives.voice import together_act
from scraper.text import Span

RULE = "lowercase/1"
_FAR = 9
_NEAR, _BEFORE = 60, 260
"""Characters before a phrase in which its verb is sought: close by, and at the head of a list."""
_MARK = ("trilateral", "three-way", "tripartite")
_BODY = words("permanent standing joint pilot real-time multi-year multiyear")
_COMPOUND_HEADS = (
    "working group",
    "steering group",
    "coordinating body",
    "consultative body",
    "consultative group",
    "task force",
    "letter of intent",
    "memorandum of understanding",
    "memorandum of cooperation",
)
_OTHERS = words("bilateral multilateral international")
_FOUNDED_BODIES = words(
    "secretariat mechanism body committee group framework hotline network system team fund center centre office taskforce program programme platform"
)
_FOUNDED_SYSTEMS = words("mechanism system network hotline secretariat link")
_PAPERS = words("memorandum arrangement pact")
_SIGNED = re.compile(r"\b(?:sign(?:ed|ing|s)?|conclud(?:e|ed|es|ing)|exchanged)\s(?:\w+\s){0,3}$", re.IGNORECASE)
_PLAIN_DRILL = words(
    "joint military naval air aerial maritime combined multi-domain large-scale defense defence anti-submarine missile live-fire defensive war warfare "
    "similar regular drill rescue search and training flight bomber five three day two"
)
_APPOSED = re.compile(r"[A-Z]\w*\)?, (?:an? )?$")
"""What follows a name and a comma says what it is: "the Air Line, a direct link"."""
_HELD = re.compile(r"\b(?:conduct|held|hold|stage|staged|carried out|carry out)\w*\s(?:\w+\s)?$", re.IGNORECASE)
_STOPPERS = words(
    "of in on at to for from with by under through between among as that which who and or but is are was were be been being have has had will would "
    "can could may might shall should not they we it he she also including via into over against during within without about whose than "
    "bilateral multilateral regional international national global european security-council world"
)


def lowercase(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Yield the lower-case phrases of one sentence that are an initiative."""
    if not with_head(reading, span):
        return
    words = tokens(reading, span)
    for index, token in enumerate(words):
        head = token.head
        if head and not token.text[0].isupper() and (head in INSTITUTIONS or head == "exercise") and not _goes_on(words, index):
            candidate = _phrase(reading, span, words, index, head)
            if candidate is not None:
                yield candidate


def _goes_on(words: Sequence[Token], index: int) -> bool:
    """Tell whether the phrase has a later head ("exercise plan", "system pilot")."""
    following = words[index + 1] if index + 1 < len(words) else None
    return following is not None and following.head in INSTITUTIONS and following.start == words[index].end + 1


@dataclass(frozen=True, slots=True)
class _Noun:
    """A noun phrase in its sentence: the word before it, its modifiers, its head, and what stands around."""

    reading: Reading
    span: Span
    determiner: str
    modifiers: tuple[Token, ...]
    token: Token
    head: str

    @property
    def start(self) -> int:
        return self.modifiers[0].start if self.modifiers else self.token.start

    @property
    def before(self) -> str:
        return self.reading.plain[max(self.span.start, self.start - _BEFORE) : self.start]

    @property
    def coming(self) -> bool:
        plain = self.reading.plain
        return coming(plain, self.token.end) or coming(plain, tail_end(self.reading, self.span, self.token.end, bare=True))

    @property
    def about(self) -> bool:
        """Whether what it is about follows."""
        ends = [tail_end(self.reading, self.span, self.token.end, bare=bare) for bare in (True, False)]
        return ends[0] > ends[1]

    @property
    def creation(self) -> bool:
        return created(self.before, _NEAR) or self.coming

    @property
    def marked(self) -> bool:
        return any(t.low in _MARK or t.kind == "ours" for t in self.modifiers)

    @property
    def standing(self) -> bool:
        return any(t.low in _BODY for t in self.modifiers)

    @property
    def pilot(self) -> bool:
        return self.head == "pilot" or any(t.low == "pilot" for t in self.modifiers)

    @property
    def content(self) -> tuple[Token, ...]:
        dull = EVALUATIVE | _BODY | {*_MARK, "and"}
        return tuple(t for t in self.modifiers if t.kind == "word" and t.low not in dull)


def _phrase(reading: Reading, span: Span, words: Sequence[Token], index: int, head: str) -> Candidate | None:
    first = _first(words, index)
    modifiers = tuple(dropwhile(lambda token: token.low in EVALUATIVE, words[first:index]))
    if any(t.kind in ("alien", "country") or t.low in _OTHERS for t in modifiers):
        return None
    noun = _Noun(reading, span, words[first - 1].low if first else "", modifiers, words[index], head)
    grade = _grade(noun)
    if grade is None:
        return None
    end = tail_end(reading, span, words[index].end, bare=(not noun.content and head not in ONLY_ONES) or head in _PAPERS)
    article = noun.determiner in ("a", "an") and noun.start == words[first].start
    return Candidate(words[first - 1].start if article else noun.start, end, RULE, grade[0], grade[1], head=FAMILY[head])


def _first(words: Sequence[Token], index: int) -> int:
    """The index of the first word of the noun phrase that ends at ``index``."""
    first = index
    while first > 0 and index - first < _FAR:
        token = words[first - 1]
        if token.low in DETERMINERS or token.kind == "mark" or (token.low in _STOPPERS and not _coordinated(words, first - 1)):
            break
        if token.low.endswith("ed") and token.low not in EVALUATIVE:
            break
        first -= 1
    if first < index and first and words[first - 1].low == "to":  # a verb: "to launch early warning system pilots"
        first += 1
    return _from_mark_on(words, first, index)


def _coordinated(words: Sequence[Token], index: int) -> bool:
    """An "and" may stand inside if "trilateral" stands further to the left: "trilateral development and response dialogue"."""
    return words[index].low == "and" and any(t.low in _MARK for t in words[max(0, index - 4) : index])


def _from_mark_on(words: Sequence[Token], first: int, index: int) -> int:
    """Where no article bounds the phrase, a verb may have slipped in: begin at the mark."""
    if first and words[first - 1].low in DETERMINERS:
        return first
    marks = [i for i in range(first, index) if words[i].low in _MARK or words[i].kind == "ours"]
    if marks:
        return marks[0]
    bodies = [i for i in range(first, index) if words[i].low in _BODY]
    return bodies[0] if bodies else first


def _grade(noun: _Noun) -> tuple[float, str] | None:
    """The confidence of a phrase with its reason, or None where it is activity, topic or somebody else's."""
    if noun.token.low not in (noun.head, "force", "bed") and not noun.pilot:
        return None
    if noun.marked and noun.head != "exercise":
        return _marked_grade(noun)
    span, reading = noun.span, noun.reading
    if reading.alien(span.start, span.end) or not (reading.short or together_act(reading, span.start, span.end)):
        return None
    return _exercise(noun) if noun.head == "exercise" else _founded(noun)


def _marked_grade(noun: _Noun) -> tuple[float, str] | None:
    telling = bool(noun.content) or _compound(noun)
    if noun.creation:
        return (0.8 if telling else 0.7), "a trilateral thing with a verb of creation"
    if telling and noun.head not in LOWER_NEED_CREATION:
        return 0.6, "a trilateral thing with content of its own, taken for known"
    return None


def _founded(noun: _Noun) -> tuple[float, str] | None:
    """A thing without "trilateral" in a sentence of the three: a pilot, a standing body, a system that is said to begin."""
    if noun.pilot and noun.content:
        return (0.65 if noun.creation else 0.55), "a pilot of a named thing in a sentence of the three"
    if not noun.creation or _APPOSED.search(noun.before):
        return None
    if noun.head in _PAPERS and noun.about and noun.determiner in ("a", "an") and _SIGNED.search(noun.before[-40:]):
        return 0.65, "a paper signed by the three"
    if noun.standing and noun.head in _FOUNDED_BODIES:
        return 0.6, "a standing body with a verb of creation"
    indefinite = noun.determiner in ("a", "an", "") or (noun.coming and len(noun.content) >= 3)
    if noun.head in _FOUNDED_SYSTEMS and _parts(noun.content) >= 2 and indefinite:
        return 0.6, "a thing with two words of content and a verb of creation, in a sentence of the three"
    return None


def _exercise(noun: _Noun) -> tuple[float, str] | None:
    """A kind of exercise that the three hold, told by a word that is not just where or how large it is."""
    kind = any(t.low not in _PLAIN_DRILL for t in noun.content)
    if kind and noun.determiner in ("a", "an") and _HELD.search(noun.before):
        return 0.55, "a kind of exercise held by the three"
    return None


def _compound(noun: _Noun) -> bool:
    return bool(noun.modifiers) and f"{noun.modifiers[-1].low} {head_of(noun.token.text)}" in _COMPOUND_HEADS


def _parts(content: Sequence[Token]) -> int:
    return sum(len(t.text.split("-")) for t in content)
