"""How sure is it that a name is an initiative of the watched parties: points for what stands in it and around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.stages.initiatives.lexicon import AFTER_CREATION, CREATION, OFFICES, TEXT_KINDS, WIDER
from scraper.stages.initiatives.reading import Reading

MENTION_AT = 0.5
"""Confidence below which a name is not a mention at all."""

_WE = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_CREATION = re.compile(rf"\b(?:{CREATION})\b", re.IGNORECASE)
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
    for holds, worth, reason in (
        (marked, 0.5, "the three stand in the name"),
        (reading.marked(sentence.start, sentence.end) and not marked, 0.25, "its sentence speaks of the three"),
        (_CREATION.search(before[-80:]) is not None, 0.2, "a verb of creation stands before it"),
        (_INTRODUCED.search(before[-60:]) is not None, 0.1, "it is introduced as an initiative"),
        (
            not marked and reading.led_by_ours and _WE.search(reading.plain[sentence.start : sentence.end]) is not None,
            0.1,
            "the three speak as we",
        ),
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
    if not (marked or reading.short or reading.led_by_ours or reading.field == "title" or reading.marked(sentence.start, sentence.end)):
        points -= 0.2
    return Weighed(max(0.0, min(0.95, round(points, 2))), "; ".join(why) or "a name with a head noun")


def _foreign_start(name: str) -> bool:
    first = re.split(r"[\s-]", name, maxsplit=1)[0]
    return first.lower() in WIDER or (len(first) > 2 and first.isupper())


def of_an_office(name: str) -> bool:
    """Tell whether a word of offices, treaties, companies or papers stands in ``name``."""
    return any(word in OFFICES for word in re.findall(r"[a-z]+", name.lower()))


def kind_of_text(name: str) -> bool:
    """Tell whether ``name`` says what a text is (Joint Statement) and not what it is about."""
    low = re.sub(r"\s+", " ", name.lower())
    return any(kind in low for kind in TEXT_KINDS)


def coming(plain: str, end: int) -> bool:
    """Tell whether the words after ``end`` say that what stands before them comes into being ("was launched", "will begin")."""
    return _AFTER.match(plain, end) is not None


def created(before: str) -> bool:
    """Tell whether a verb of creation stands in ``before``."""
    return _CREATION.search(before) is not None
