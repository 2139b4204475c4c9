"""Sentences that speak of new initiatives of the parties and name none: "several new trilateral initiatives", 새로운 3국 이니셔티브."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from scraper.model.article import Article
from scraper.model.flag import Finding, Pointed, Pointer
from scraper.model.initiative import Mention
from scraper.parties import Parties
from scraper.stages.flagging.counting import UNSURE
from scraper.text import Span, sentences

CREATED: Final = frozenset({"proposed", "announced", "established"})
"""States that say of a name that it is newly made."""

_LONGEST: Final = 1500
"""Characters of a sentence that are looked at."""
_NEAR: Final = 60
"""Characters between the words of novelty and the parties' names, where these stand outside of the phrase."""

# novelty, a few words, a head noun in the plural: one thing has a name, several are pointed at
_EN = re.compile(
    r"\b(?:new|novel|fresh|newly[ -](?:announced|launched|agreed|created))\b(?:[ ,]+(?!(?:and|but|or|that|which|who|to|from)\b)[\w.'’/-]{1,24}){0,5}?[ ,]+"
    r"(?:initiatives|program(?:me)?s|projects|mechanisms|frameworks|dialogues|platforms|arrangements|undertakings|partnerships|exercises|working groups|deliverables)\b",
    re.IGNORECASE,
)
_KO = re.compile(
    r"(?:새로운|신규|새(?=\s))(?:\s?[^\s.,]{1,14}){0,4}?\s?(?:이니셔티브|협력\s?구상|협력\s?사업|공동\s?사업|프로그램|프로젝트|메커니즘|협력\s?과제|협력체|협의체)(?:들)?"
)
_JA = re.compile(
    r"(?:新たな|新しい|新規の|新規)[^、。「」]{0,24}?(?:取組|取り組み|イニシアティブ|イニシアチブ|構想|枠組み|プログラム|プロジェクト|協力案件|共同事業)"
)
_PHRASES: Final = {"en": _EN, "ko": _KO, "ja": _JA}
# "a new era of ...", "new heights": what is new there is no thing that was made
_RHETORIC = re.compile(
    r"\b(?:era|chapter|heights?|horizons?|levels?|phase|stage|momentum|impetus|vigou?r|life|energy|page|age|normal|administrations?|governments?)\b"
    r"|시대|지평|장을|단계|차원|동력|정부|時代|段階|地平|次元|政権|高み",
    re.IGNORECASE,
)
_DENIED_EN = re.compile(r"\b(?:no|not|nor|without|lack(?:s|ed|ing)?|few|any|if)\b[^.;]{0,40}$", re.IGNORECASE)
_DENIED_EAST = re.compile(r"^[^.。]{0,20}(?:없|않|なかった|なく|ありません|せず|ない)")
_LISTED = re.compile(
    r"^[^.。]{0,30}?(?::|：|\b(?:including|such as|namely|among them|like|called|named|known as)\b|[-–—] ?the\b)|^(?:인|로는|등\b|には|として)",
    re.IGNORECASE,
)


class Pointers:
    """Finds such sentences for the parties of one Watch; build it once."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties

    def of(self, article: Article, mentions: Iterable[Mention]) -> tuple[Pointer, ...]:
        """Return the pointers of the statement in an article, of which these are the mentions; each sentence once, in its order."""
        text, pattern = article.statement_text, _PHRASES.get(article.language)
        if pattern is None or not pattern.search(text):
            return ()
        offset = article.statement[0]
        inside = [one for one in mentions if one.field == "text"]
        spans = sentences(text)
        return tuple(
            pointer
            for at, span in enumerate(spans)
            for pointer in self._in(text, span, article.language, pattern)
            if not _named(pointer, text, spans[at : at + 2], [replace(m, start=m.start - offset, end=m.end - offset) for m in inside])
        )

    def _in(self, text: str, span: Span, language: str, pattern: re.Pattern[str]) -> Iterator[Pointer]:
        sentence = span.of(text)[:_LONGEST]
        for match in pattern.finditer(sentence):
            if self._stands(sentence, match, language):
                yield Pointer(sentence, match.group(), 0.8 if self._marked(match.group()) else 0.7)
                return

    def _stands(self, sentence: str, match: re.Match[str], language: str) -> bool:
        """Whether the phrase is of the parties, of a thing that was made, and not denied."""
        denied = _DENIED_EN.search(sentence[: match.start()]) if language == "en" else _DENIED_EAST.search(sentence[match.end() :])
        beside = sentence[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        ours = (self._marked(match.group()) or self._marked(beside)) and not self.parties.other_trios(sentence)
        return ours and not denied and not _RHETORIC.search(match.group())

    def _marked(self, words: str) -> bool:
        """Whether the words tell of the three: a compound of their names, or a weak word for them."""
        return bool(self.parties.together(words) or self.parties.weak(words))


def _named(pointer: Pointer, text: str, spans: Sequence[Span], mentions: Sequence[Mention]) -> bool:
    """Whether the sentence, or the next, names something as newly made; or a list of names follows the phrase."""
    first = spans[0]
    behind = text.find(pointer.phrase, first.start) + len(pointer.phrase)
    for one in mentions:
        here = first.start <= one.start < first.end
        then = len(spans) > 1 and spans[1].start <= one.start < spans[1].end
        if (here or then) and one.status in CREATED and not _inside(one, pointer):
            return True
        if here and one.start >= behind and _LISTED.match(text[behind : one.start + 1]) and not _inside(one, pointer):
            return True
    return False


def _inside(one: Mention, pointer: Pointer) -> bool:
    """Whether a mention is but the words of the phrase, which a rule took for a description."""
    return one.name in pointer.phrase


def unnamed(pointed: Iterable[Pointed]) -> tuple[Finding, ...]:
    """Return a finding for each event of which a text points at new initiatives: an official text first, else a report, which is less sure."""
    found: dict[int, Pointed] = {}
    for one in sorted(pointed, key=lambda one: (one.placeholder, one.order, one.statement_id, one.pointer.sentence)):
        found.setdefault(one.event_id, one)
    return tuple(
        Finding(
            "unnamed", one.statement_id, one.event_id, sentence=one.pointer.sentence,
            reason=f"it speaks of '{one.pointer.phrase}' and names none as new",
            confidence=round(one.pointer.confidence * (UNSURE if one.placeholder else 1.0), 2),
        )
        for one in found.values()
    )  # fmt: skip
