"""The day of an act at its place: which of the days in a text is meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scraper.parties import level_case
from scraper.stages.relevance.dates import Said, find, resolve, spoken_year
from scraper.stages.relevance.evidence import Evidence
from scraper.stages.relevance.reading import Reading, Sentence, bare

_PAST = re.compile(
    r"(?:since|last|previous|earlier|prior|following|after|ahead of|until|before|launch(?:es|ed)?|test(?:s|ed)?|fired|anniversary of|"
    r"dated|updated|posted|published)\s(?:on\s|of\s|the\s|its\s|in\s)*$"
)
_OLD = re.compile(r"(?:前回|昨年|去年|先の|過去|지난해|작년|앞서|앞선|발사|発射|前年|previous|last year|in \d{4}|since)[^.。]{0,40}$")
_TO_COME = re.compile(
    r"\b(?:will|upcoming|scheduled|is set to|are set to|plans? to|to (?:hold|meet|convene|host|conduct)|slated)\b|予定|する方針|すると発表|예정|열립니다|연다|할 계획|오는 |실시한다|실시할|来る"
)
_DONE = re.compile(
    r"\b(?:met|held|agreed|signed|spoke|pledged|vowed|adopted|issued|released|concluded|reaffirmed|discussed|kicked off|began|launched|conducted)\b"
)
_LOCAL = re.compile(r"\s?[((]?\s?(?:現地時間|\w{0,2}\s?현지\s?시[간각]|local time)|.{0,6}\((?:[가-힣]{0,4}\s?현지\s?시[간각]|.{0,6}時間)")
_LOCAL_BEFORE = re.compile(r"(?:現地時間|현지\s?시[간각]|local time)\s?(?:の|으로|,)?\s?$")
_HOME = re.compile(r"(?:(?<!現地)時間|(?<!현지)(?<!현지 )시간)\s?(?:の|으로)?$")
_ON = re.compile(r"(?:\bon|\bheld|\bmet)\s(?:\w+day,?\s)?$")
_TOLD = (5.0, 4.2, 2.6)
_LEAD = 1.6
_TITLE = 2.5
_LINE = 2.2
_REACH = 70
_FRESH = 3
_ENOUGH = 1.0
_FIRST = 60
_STALE = 60


@dataclass(frozen=True, slots=True)
class When:
    """The day ``YYYY-MM-DD`` of an act or ``""``; ``stated`` tells that a day of the month stands in the text for it."""

    day: str
    stated: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    day: date
    points: float
    stated: bool


def when(reading: Reading, evidence: Evidence) -> When:
    """Return the day of the act: the day written nearest to the words for it, else the day of publication.

    Days in the sentences that tell of the act weigh most, then the title, a date line at the head, other sentences of the lead. Days of
    earlier meetings, of missile launches and of the publisher's own clock (日本時間) are put back.
    """
    points: defaultdict[date, float] = defaultdict(float)
    stated: set[date] = set()
    for choice in sorted(_choices(reading, evidence), key=lambda choice: -choice.points):
        points[choice.day] = points[choice.day] + 0.3 if choice.day in points else choice.points
        if choice.stated:
            stated.add(choice.day)
    if points:
        best = max(points, key=lambda day: points[day])
        if points[best] >= _ENOUGH:
            return When(best.isoformat(), best in stated)
    return When(reading.published.isoformat() if reading.published else "", False)


def _choices(reading: Reading, evidence: Evidence) -> Iterator[_Choice]:
    year = None if reading.published else spoken_year(level_case(f"{reading.title.text}\n{reading.before}\n{reading.text}"))
    for sentence, weight in _weighted(reading, evidence):
        future = bool(_TO_COME.search(sentence.lower)) and not done(sentence.lower)
        days = [(said, resolve(said, reading.published, year, future=future)) for said in find(sentence.lower)]
        last = max((day for _, day in days if day), default=None)
        for said, day in days:
            if day:
                points = weight + _context(sentence, said) + _plausible(day, reading.published, future)
                yield _Choice(day, points - _announced(day, last, reading.published, future), said.is_calendar)


def done(lower: str) -> bool:
    """Tell whether an English sentence, in level_case form, tells of what was done, whatever it says of the future besides."""
    return bool(_DONE.search(lower))


def _announced(day: date, last: date | None, published: date | None, future: bool) -> float:
    """What a day loses on which an act was only announced: a sentence of what is to come has a later one beside it."""
    return 3.0 if future and published and last and day <= published < last else 0.0


def _weighted(reading: Reading, evidence: Evidence) -> Iterator[tuple[Sentence, float]]:
    yield reading.title, _TITLE
    order = {sentence.start: place for place, sentence in enumerate(evidence.told)}
    for line in reading.lines[:_FIRST]:
        if not line.is_prose:
            yield line, _LINE
        elif line.start in order:
            yield line, _TOLD[min(order[line.start], len(_TOLD) - 1)]
        else:
            yield line, _LEAD - 0.1 * line.order
    for piece in reading.before.split("\n"):
        if piece.strip():
            yield bare(piece, -1), _LINE


def _context(sentence: Sentence, said: Said) -> float:
    """Points for the words around a day."""
    before, after = sentence.lower[max(0, said.start - 60) : said.start], sentence.lower[said.end : said.end + 16]
    points = 0.8 if said.year else 0.5 if said.month else 0.3 if said.day else 0.0
    points += 0.7 if any(abs(hit.start - said.start) < _REACH for hit in sentence.acts) else 0.0
    points += 0.5 if _ON.search(before) else 0.0
    points += 1.5 if _LOCAL.match(after) or _LOCAL_BEFORE.search(before) else 0.0
    points -= 3.0 if _HOME.search(before) else 0.0
    points -= 4.0 if _PAST.search(before) or _OLD.search(before) or said.years else 0.0
    return points - 0.002 * said.start


def _plausible(day: date, published: date | None, future: bool) -> float:
    """Points for the distance from the publication: acts are told of within days; none is told of as past before it happened."""
    if published is None:
        return 0.0
    late = (published - day).days
    if late < -_FRESH:
        return 0.0 if future else -6.0
    return 1.0 if late <= _FRESH else -1.5 if late > _STALE else 0.0
