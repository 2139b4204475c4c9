"""Initiatives without a proper name: "a trilateral coordinating mechanism" with a verb of creation, "a pilot early warning system".

This is how new ones come into the world; the name follows later. Plain activity ("trilateral coast guard cooperation") is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scraper.stages.initiatives.evidence import created
from scraper.stages.initiatives.lexicon import (
    AFTER_CREATION,
    DETERMINERS,
    EVALUATIVE,
    FAMILY,
    INSTITUTIONS,
    LOWER_NEED_CREATION,
    head_of,
    words,
)
from scraper.stages.initiatives.reading import Candidate, Reading
from scraper.stages.initiatives.tail import tail_end
from scraper.stages.initiatives.tokens import Token, tokens
from scraper.text import Span

RULE = "lowercase/1"
_FAR = 9
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
_PLAIN_DRILL = words(
    "joint military naval air aerial maritime combined multi-domain large-scale defense defence anti-submarine missile live-fire defensive war warfare "
    "similar regular drill rescue search and training flight bomber five three day two"
)
_HELD = re.compile(r"\b(?:conduct|held|hold|stage|staged|carried out|carry out)\w*\s(?:\w+\s)?$", re.IGNORECASE)
_AFTER = re.compile(AFTER_CREATION, re.IGNORECASE)
_STOPPERS = words(
    "of in on at to for from with by under through between among as that which who and or but is are was were be been being have has had will would "
    "can could may might shall should not they we it he she also including via into over against during within without about whose than "
    "bilateral multilateral regional international national global european security-council world"
)


def lowercase(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Yield the lower-case phrases of one sentence that are an initiative."""
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


def _phrase(reading: Reading, span: Span, words: Sequence[Token], index: int, head: str) -> Candidate | None:
    first = _first(words, index)
    modifiers = list(words[first:index])
    while modifiers and modifiers[0].low in EVALUATIVE:
        modifiers = modifiers[1:]
    if any(t.kind in ("alien", "country") or t.low in ("bilateral", "multilateral", "international") for t in modifiers):
        return None
    begin = modifiers[0].start if modifiers else words[index].start
    determiner = words[first - 1].low if first else ""
    plural = words[index].low != head
    grade = _grade(reading, span, modifiers, words[index], determiner=determiner, head=head, plural=plural)
    if grade is None:
        return None
    end = tail_end(reading, span, words[index].end, bare=not _content(modifiers) and not any(t.low in _BODY for t in modifiers))
    start = words[first - 1].start if determiner in ("a", "an") and begin == words[first].start else begin
    return Candidate(start, end, RULE, grade[0], grade[1], head=FAMILY[head])


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


def _content(modifiers: Sequence[Token]) -> list[Token]:
    return [
        t
        for t in modifiers
        if t.kind == "word" and t.low not in EVALUATIVE and t.low not in _MARK and t.low not in _BODY and t.low != "and"
    ]


def _parts(content: Sequence[Token]) -> int:
    return sum(len(t.text.split("-")) for t in content)


def _grade(
    reading: Reading, span: Span, modifiers: Sequence[Token], head_token: Token, *, determiner: str, head: str, plural: bool
) -> tuple[float, str] | None:
    """The confidence of a phrase with its reason, or None where it is activity, topic or somebody else's."""
    start = modifiers[0].start if modifiers else head_token.start
    marked = any(t.low in _MARK or t.kind == "ours" for t in modifiers)
    before = reading.plain[max(span.start, start - 60) : start]
    after = _AFTER.match(reading.plain, head_token.end)
    creation = created(before) or after is not None
    content = _content(modifiers)
    pilot = any(t.low == "pilot" for t in modifiers) or head == "pilot"
    if plural and not pilot:
        return None
    if marked and head != "exercise":
        return _marked_grade(
            creation=creation, content=bool(content), head=head, determiner=determiner, working=_compound(modifiers, head_token)
        )
    if reading.alien(span.start, span.end) or not (reading.short or reading.marked(span.start, span.end)):
        return None
    if head == "exercise":
        return _exercise(before, content, determiner)
    if pilot and content:
        return 0.65 if creation else 0.55, "a pilot of a named thing in a sentence of the three"
    if (
        creation
        and any(t.low in _BODY for t in modifiers)
        and head in ("secretariat", "mechanism", "body", "committee", "group", "framework", "hotline", "network", "system")
    ):
        return 0.6, "a standing body with a verb of creation"
    coming = after is not None and len(content) >= 3
    if (
        creation
        and _parts(content) >= 2
        and head in ("mechanism", "system", "network", "hotline", "secretariat")
        and (determiner in ("a", "an", "") or coming)
    ):
        return 0.6, "a thing with two words of content and a verb of creation, in a sentence of the three"
    return None


def _exercise(before: str, content: Sequence[Token], determiner: str) -> tuple[float, str] | None:
    """A kind of exercise that the three hold, told by a word that is not just where or how large it is."""
    kind = [t for t in content if t.low not in _PLAIN_DRILL]
    if kind and determiner in ("a", "an") and _HELD.search(before):
        return 0.55, "a kind of exercise held by the three"
    return None


def _marked_grade(*, creation: bool, content: bool, head: str, determiner: str, working: bool) -> tuple[float, str] | None:
    if creation and determiner in ("a", "an", "the", "new", "their", "our", "its", ""):
        return (0.8 if content or working else 0.7), "a trilateral thing with a verb of creation"
    if head in LOWER_NEED_CREATION and not content:
        return None
    if (content or working) and head not in ("initiative", "program", "programme", "project"):
        return 0.6, "a trilateral thing with content of its own, taken for known"
    return None


def _compound(modifiers: Sequence[Token], head_token: Token) -> bool:
    return bool(modifiers) and f"{modifiers[-1].low} {head_of(head_token.text)}" in _COMPOUND_HEADS
