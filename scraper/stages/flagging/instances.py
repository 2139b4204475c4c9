"""Instances of a series: the ordinal or year beside a name, and the first statement that speaks of a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scraper.model.flag import Finding, Life
from scraper.model.initiative import Mention, SeenName
from scraper.parties import Parties
from scraper.stages.flagging.counting import from_before, sureness, told

_ORDINALS = (
    "inaugural|first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_ORDINAL = {word: number for number, words in enumerate(_ORDINALS, 1) for word in words.split("|")}
_WORDS = "|".join(_ORDINAL)
_ROUND = r"(?:iteration|edition|round|session|meeting|instance|instal(?:l)?ment|execution|series|part|cycle|phase)"
_NOT_A_TIME = r"(?![- ]?ever\b|[- ]time\b)"
_BEFORE_EN = re.compile(
    rf"\b(?:(?P<word>{_WORDS}){_NOT_A_TIME}|(?P<digits>\d{{1,2}})(?:st|nd|rd|th)|(?P<year>(?:19|20)\d\d))"
    rf"(?:[ ]+(?:annual|biannual|semi-annual|regular|joint|multi-domain|such|field))*(?:[ ]+{_ROUND}(?:[ ]+(?:of|in|under)))?"
    r"(?:[ ]+(?:the|our|their|its|a))?(?:[ ]+(?:multi-domain|joint|annual|field|exercise|military|naval|drill))*[ ]*[\"'“‘(]?$",
    re.IGNORECASE,
)
_AFTER_EN = re.compile(
    r"^[\"'”’)]?[ ,]{0,2}(?:['’]?(?P<year>(?:19|20)\d\d)\b(?![-/]\d)|(?P<digits>\d{1,2})(?=[ ,.;:)]|$)(?![ ]*(?:days?|years?|months?|percent|%|ships?|"
    r"times|countries|nations|[A-Z][a-z]+ember|January|February|March|April|May|June|July|August|October)))"
)
_SINCE = re.compile(r"\bsince (?:the|our|its|their|that|this|an?)?\s*$", re.IGNORECASE)
_SINCE_THEN = re.compile(r"[\"'’”」』)]?\s?(?:\S{1,4}\s?)?(?:이후|이래|以来|以降)")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_KOREAN = {"첫": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
_BEFORE_KO = re.compile(
    r"(?:제?\s?(?P<digits>\d{1,2})\s?(?:차|회|번째)|(?P<word>첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?번째|(?P<year>(?:19|20)\d\d)\s?년?(?:도)?)"
    r"(?:\s?(?:연례|정례|다영역|연합|공동|훈련인|훈련|회의|인|의|을|를)){0,4}\s{0,2}[\"'‘“「『(]?$"
)
_AFTER_KO = re.compile(r"^[\"'’”」』)]?\s?(?:제?\s?(?P<digits>\d{1,2})\s?(?:차|회)(?!례)|(?P<year>(?:19|20)\d\d)(?!\s?[.\d]))")
_BEFORE_JA = re.compile(
    r"(?:第\s?(?P<digits>\d{1,2}|[一二三四五六七八九十])\s?(?:回|次)(?:目)?|(?P<count>\d{1,2})\s?(?:回目|度目)|(?P<year>(?:19|20)\d\d)\s?年?(?:度)?)"
    r"(?:の|となる|にあたる|年次|共同|訓練|演習|会合){0,4}\s{0,2}[「『\"“(]?$"
)
_AFTER_JA = re.compile(
    r"^[」』\"”)]?\s?(?:の?第\s?(?P<count>\d{1,2}|[一二三四五六七八九十])\s?(?:回|次)|(?P<year>(?:19|20)\d\d)(?!\s?[年.\d])|(?P<digits>\d{2})(?![\d年月日隻人か]))"
)
_PATTERNS = {"en": (_BEFORE_EN, _AFTER_EN), "ko": (_BEFORE_KO, _AFTER_KO), "ja": (_BEFORE_JA, _AFTER_JA)}
_BEFORE, _AFTER = 90, 24
_NUMBER = re.compile(r"[0-9]{1,4}")
_YEAR = 1000
_SHORT_YEAR = 15
"""Two figures behind a name from here on are a year's (Name 25), below an ordinal."""
_DATED = re.compile(
    r"(?:\d,?|\b(?:in|by|since|until|till|during|from|through|before|after|late|early|mid|January|February|March|April|May|June|July|August|September|"
    r"October|November|December),?)\s*$",
    re.IGNORECASE,
)
"""What makes the year behind it a date of something else."""


def instance_of(sentence: str, start: int, end: int, language: str, parties: Parties) -> str:
    """Return the ordinal or year, in digits, of the instance that ``sentence[start:end]`` is named with, or ``""``.

    The names of the ``parties``, all together, may stand between the two, and so may weak words for them.
    """
    before, after = _PATTERNS.get(language, _PATTERNS["en"])
    front = _without(parties, sentence[max(0, start - _BEFORE) : start])
    found = before.search(front) or after.search(sentence[end : end + _AFTER])
    if found is None:
        return ""
    said = next((value for value in found.groupdict().values() if value), "").lower()
    number = _ORDINAL.get(said) or _NUMERALS.get(said) or _KOREAN.get(said) or int(said)
    short = found.re is after and found.groupdict().get("digits") == said and number >= _SHORT_YEAR
    if _looks_back(front[: found.start()] if found.re is before else front, sentence[end : end + _AFTER], number):
        return ""
    return str(2000 + number if short else number) if number else ""


def _without(parties: Parties, words: str) -> str:
    """The words without the names of all parties, and without weak words for them."""
    if not words.strip():
        return words
    kept, last = "", 0
    for naming in sorted((*parties.together(words), *parties.weak(words)), key=lambda one: one.start):
        kept += words[last : naming.start] if naming.start >= last else ""
        last = max(last, naming.end + words.startswith(" ", naming.end))
    return kept + words[last:]


def _looks_back(front: str, behind: str, number: int) -> bool:
    """Whether the year is but the date of something else, or the instance the time since when something holds."""
    return bool((number > _YEAR and _DATED.search(front)) or _SINCE.search(front) or _SINCE_THEN.match(behind))


def numbered(mentions: Sequence[Mention], parties: Parties) -> tuple[Mention, ...]:
    """Return mentions with the instance that stands beside the name, where none was taken from the name itself."""
    return tuple(one if one.instance else _numbered(one, parties) for one in mentions)


def _numbered(one: Mention, parties: Parties) -> Mention:
    at = one.sentence.find(one.name)
    instance = instance_of(one.sentence, at, at + len(one.name), one.language, parties) if at >= 0 else ""
    return replace(one, instance=instance) if instance else one


def number_of(instance: str) -> int:
    """Return the ordinal or year that an instance says (of "제3차" 3), 0 where it says none."""
    found = _NUMBER.search(instance)
    return int(found.group()) if found else 0


def new_instances(life: Life) -> tuple[Finding, ...]:
    """Return a finding for each event that first speaks of a further instance of an initiative.

    A series goes up: an ordinal (or year) that is not above every one named before is a look back, and so is a year that is over.
    What is told together with the initiative itself, at the event that first names it, is no new instance.
    """
    names = told(life)
    beginning = _beginning(life, names)
    found: dict[int, Finding] = {}
    for one, number in _rising(names):
        if one.event_id in (beginning, 0) or (one.event_id in found and found[one.event_id].statement_id != one.statement_id):
            continue
        said = f"{'the year' if number > _YEAR else 'number'} {number} of it is spoken of for the first time"
        found[one.event_id] = Finding(
            "new_instance", one.statement_id, one.event_id, life.initiative_id, one.mention_id, instance=str(number), reason=said,
            confidence=sureness(one),
        )  # fmt: skip
    return tuple(found.values())


def _beginning(life: Life, names: Sequence[SeenName]) -> int:
    """The event that first names the initiative at all; of one that the registry knows from before our data there is none here."""
    return names[0].event_id if names and not from_before(life, names) else 0


def _rising(names: Sequence[SeenName]) -> Iterator[tuple[SeenName, int]]:
    """The mentions that name an instance above all before; ordinals and years are counted apart."""
    highest = {False: 0, True: 0}
    for one in names:
        number = number_of(one.instance)
        is_year = number > _YEAR
        if number > highest[is_year] and not (is_year and number < int(one.date[:4])):
            highest[is_year] = number
            yield one, number
