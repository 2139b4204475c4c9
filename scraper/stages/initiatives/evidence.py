"""How sure is it that a name is an initiative of the watched parties: points for what stands in it and around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.stages.initiatives.lexicon import AFTER_CREATION, CREATION, OFFICES, TEXT_KINDS, WIDER, head_of
from scraper.stages.initiatives.reading import Reading
from scraper.stages.initiatives.voice import together_act

MENTION_AT = 0.5
"""Confidence below which a name is not a mention at all."""

_CREATION = re.compile(rf"\b(?:{CREATION})\b", re.IGNORECASE)
_NEAR, _LIST = 80, 260
_ASIDE = re.compile(r"\b(?:through|including|under|with|by|while|such|like|as|via|toward|towards|within)\b|[.;]")
"""What ends the reach of a verb over a list."""
_ABOUT = re.compile(r"(?:[A-Z][\w-]+ ){1,4}(?:on|for) (?:the )?[A-Z]")
_LISTED = re.compile(r"(?:[,;:]|,? and|,? as well as)\s(?:(?:of|for|on|to) )?(?:the |an? |its |their )?(?:\w+ )?$")
_NOVEL = re.compile(r"\b(?:inaugural|first-ever|newly [a-z]+|for the first time,?)(?: the| an?)? $|(?:^|\s)[Aa]n? (?:new )?$|\bnew $")
_VALUED = re.compile(
    r"\b(?:welcom|commend|applaud|prais|support|not(?:ed|ing)\b|appreciat|review|discuss|assess|recogni[sz]|thank|highlight|hail)\w*\s(?:the\s)?(?:\w+\s){0,5}?"
    r"(?:(?:of|that|under|in)\s)?(?:the\s)?$|\breport\w*\s(?:\w+\s){0,8}?on\s(?:the\s)?$",
    re.IGNORECASE,
)
_NO_OFFICE = re.compile(r"\btask forces?\b|\bcoast guards?\b|(?<!national )(?<!general )(?<!health )(?<!people's )\bassembly\b")
"""What has a word of an office in it, and is none by itself: a body's kind, and those whom a thing is for."""
_AFTER = re.compile(AFTER_CREATION, re.IGNORECASE)
_INTRODUCED = re.compile(
    r"\b(?:initiatives?|programs?|programmes?|exercises?|frameworks?|mechanisms?|bodies|through|under|including|like|such as|reflected in|set out in|"
    r"laid out in|outlined in|commitments in|called|titled|named|adopted|released|issued)\s(?:\w+\s){0,3}[\"']?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A confidence 0 to 1 with the reasons for it."""

    confidence: float
    why: str


def weigh(reading: Reading, start: int, end: int, *, marked: bool, labelled: bool = False, abbreviated: bool = False) -> Weighed:
    """Weigh the capitalised name ``text[start:end]``: ``marked`` if it carries the three in itself, ``labelled`` if it heads a paragraph."""
    sentence = reading.sentence(start)
    points, why = 0.3, []
    before = reading.plain[sentence.start : start]
    named, together = reading.marked(sentence.start, sentence.end), together_act(reading, sentence.start, sentence.end)
    founded = created(before) or coming(reading.plain, end)
    for holds, worth, reason in (
        (marked, 0.5, "the three stand in the name"),
        (named and not marked, 0.25, "its sentence speaks of the three"),
        (together and not named and not marked, 0.25 if founded else 0.1, "the three act in its sentence"),
        (together and not named and not marked and _VALUED.search(before[-80:]) is not None, 0.15, "its work is spoken of"),
        (founded, 0.2, "a verb of creation governs it"),
        (_ABOUT.match(reading.plain, start, end) is not None, 0.05, "it says what it is about"),
        ((marked or together) and _NOVEL.search(before[-40:]) is not None, 0.1, "it is called new, or has no definite article"),
        (_INTRODUCED.search(before[-60:]) is not None, 0.1, "it is introduced as an initiative"),
        (labelled, 0.25, "it heads a paragraph of its own"),
        (abbreviated, 0.1, "an abbreviation is given for it"),
        (reading.field == "title", 0.15, "it stands in the title"),
        (reading.short, 0.15, "the text is too short to name the three"),
    ):
        if holds:
            points += worth
            why.append(reason)
    if not marked and _foreign_start(reading.plain[start:end]):
        points -= 0.4
    if not (marked or reading.short or reading.led_by_ours or reading.field == "title" or together):
        points -= 0.2
    return Weighed(max(0.0, min(0.95, round(points, 2))), "; ".join(why) or "a name with a head noun")


def _foreign_start(name: str) -> bool:
    first = re.split(r"[\s-]", name, maxsplit=1)[0]
    return first.lower() in WIDER or (len(first) > 2 and first.isupper() and not head_of(first))


def of_an_office(name: str) -> bool:
    """Tell whether a word of offices, treaties, companies or papers stands in ``name``."""
    return any(word in OFFICES for word in re.findall(r"[a-z]+", _NO_OFFICE.sub(" ", name.lower())))


def kind_of_text(name: str) -> bool:
    """Tell whether ``name`` says what a text is (Joint Statement) and not what it is about."""
    low = re.sub(r"\s+", " ", name.lower())
    return any(kind in low for kind in TEXT_KINDS)


def coming(plain: str, end: int) -> bool:
    """Tell whether the words after ``end`` say that what stands before them comes into being ("was launched", "will begin")."""
    return _AFTER.match(plain, end) is not None


def created(before: str, near: int = _NEAR) -> bool:
    """Tell whether a verb of creation governs what follows ``before``: one close by, or one at the head of a list that it goes on."""
    if _CREATION.search(before[-near:]) is not None:
        return True
    if _LISTED.search(before) is None:
        return False
    verbs = [match.end() for match in _CREATION.finditer(before[-_LIST:])]
    return bool(verbs) and _ASIDE.search(before[-_LIST:], verbs[-1]) is None
