"""Dates as sources write them, in English, Korean and Japanese, read without a clock of our own.

Forms: RFC 822 and its many variants, ISO 8601 (RFC 3339), ``2026-09-27 19:00:00``, ``2026.10.16``, ``24.10.16``,
``2024년 10월 16일``, ``令和8年11月2日``, ``11月2日``, ``July 17, 2026``, ``27 09 2026``, ``11/20/2026``, seconds or milliseconds
since 1970. The first form that gives a real date wins, those with a year before those without.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scraper.model.moment import Moment, exact, parse_utc
from scraper.parties import level_width
from scraper.text import squeeze

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)
_LONGEST = 160
_CENTURY, _NOON = 100, 12

_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MON = rf"(?<![a-z])(?P<mon>{_NAMES})(?![a-z])\.?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_ERA = r"(?:(?P<era>令和|平成|昭和)\s?(?P<ey>元|\d{1,2}))"
_MD_CJK = r"(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]"
_D = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_WITH_YEAR = (
    rf"(?<!\d){_YEAR}\s?[-./]\s?(?P<m>\d{{1,2}})\s?[-./]\s?(?P<d>\d{{1,2}})(?!\d)",
    rf"(?:(?<!\d){_YEAR}|{_ERA})\s?[年년]\s?{_MD_CJK}",
    rf"(?<!\d){_D}[\s,-]{{1,3}}{_MON}[\s,-]{{1,3}}(?P<y>\d{{4}}|\d\d)(?![\d:])",
    rf"{_MON}\s?{_D},?\s{{0,2}}{_YEAR}(?!\d)",
    rf"{_MON}\s{{1,2}}{_D}\s\d\d?:\d\d(?::\d\d)?(?:\s[a-z]{{2,4}})?\s{_YEAR}(?!\d)",
    rf"(?<!\d)(?P<d>\d{{1,2}})\s(?P<m>\d{{1,2}})\s{_YEAR}(?!\d)",
    rf"(?<!\d)(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/{_YEAR}(?!\d)",
    rf"(?<!\d)(?P<d>\d{{1,2}})[.-]\s?(?P<m>\d{{1,2}})[.-]\s?{_YEAR}(?!\d)",
    rf"(?<!\d){_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?=t|\D|\d{{4}}(?:\d\d)?(?!\d)|$)",
    r"^'?(?P<y>\d\d)\.\s?(?P<m>\d\d?)\.\s?(?P<d>\d\d?)\.?(?=\s|$)",
)
_WITHOUT_YEAR = (rf"(?<!\d){_MD_CJK}", rf"{_MON}\s?{_D}(?![\d:])", rf"(?<!\d){_D}\s{_MON}(?!\w)")
_FORMS = tuple(re.compile(form) for form in (*_WITH_YEAR, *_WITHOUT_YEAR))
_TAIL = re.compile(
    r"(?:(?:19|20)\d\d\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}"
    r"|(?:(?:19|20)\d\d|(?:令和|平成)\s?(?:元|\d{1,2}))\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
    rf"|(?<![a-z])(?:{_NAMES})\.?\s?\d{{1,2}},?\s?(?:19|20)\d\d|(?<!\d)\d{{1,2}}\s(?:{_NAMES})\s(?:19|20)\d\d)"
    r"[.)\]]?(?:\s?\d{1,2}:\d\d(?::\d\d)?)?\s?(?:(?:조회수?|閲覧数?|views?)\s?:?\s?[\d,]{1,9}\s?)?$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\s?[\[(]?(?:(?:19|20)\d\d\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}\.?(?!\d)[)\]]?\s?"
    r"|(?:(?:19|20)\d\d|(?:令和|平成)\s?(?:元|\d{1,2}))\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일](?:\s?\(.\))?[)\]]?\s)(?=\S)"
)
_TIME = re.compile(
    r"(?<![+\d:-])(?P<half>오전|오후|午前|午後)?\s?(?P<h>\d{1,2})"
    r"(?::(?P<mi>\d\d)(?!\d)(?::(?P<s>\d\d)(?:[.,]\d{1,9})?)?|\s?[時시](?:\s?(?P<mi2>\d{1,2})\s?[分분])?)"
    r"\s?(?P<ap>[ap]\.?m\b\.?)?\s?\(?(?P<zone>z\b|(?:gmt|utc)?\s?[+-]\d\d?(?::?\d\d)?(?!\d)|[a-z]{2,4}\b)?"
)
_COMPACT = re.compile(r"^t?(?P<h>\d\d)(?P<mi>\d\d)(?P<s>\d\d)?(?P<zone>z\b|[+-]\d\d:?\d\d)?(?!\d)")
_EPOCH = re.compile(r"-?\d{9,10}|-?\d{12,13}|0")
_OFFSET = re.compile(r"([+-])(\d\d?):?(\d\d)?$")
# RFC 822 5.1 names the American zones; the two of East Asia are in daily use there and mean one offset only.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "kst": 9, "jst": 9, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "bst": 1, "cet": 1, "cest": 2,
}  # fmt: skip


def read_date(raw: str, zone: str, fetched_at: str) -> Moment | None:
    """Return the Moment that ``raw`` names, or None where no date can be read in it.

    ``zone`` is the IANA zone of a time that names none (an unknown one counts as UTC); ``fetched_at`` (UTC) is the only clock:
    a date without a year gets the latest year that does not put it more than two days after. Precision is ``second``,
    ``minute`` or, without a time, ``date``; whether the date can be true is another question (:func:`believable`).
    """
    plain = squeeze(unicodedata.normalize("NFKC", raw[: _LONGEST * 2])).lower()[:_LONGEST]
    if not plain:
        return None
    kept = squeeze(raw[:_LONGEST])
    if _EPOCH.fullmatch(plain):
        return _epoch(int(plain), kept)
    for form in _FORMS:
        found = form.search(plain)
        day = _day(found, zone, fetched_at) if found else None
        if found and day:
            return _moment(day, plain[found.end() :], plain[: found.start()], zone, kept, whole=found.group())
    return None


def believable(moment: Moment, fetched_at: str) -> bool:
    """Tell whether a page fetched then can have been published at ``moment``: after 1990, at most two days ahead."""
    return _OLDEST <= parse_utc(moment.at) <= parse_utc(fetched_at) + _AHEAD


def trailing_date(text: str) -> int | None:
    """Return where a date with its year begins that ends ``text`` (``…브리핑2026.03.18``), or None."""
    offset = max(0, len(text) - 40)
    found = _TAIL.search(level_width(text[offset:]))
    return offset + found.start() if found else None


def leading_date(text: str) -> int | None:
    """Return where a date with its year ends that begins ``text`` and stands apart from it (``2026.03.18 …``), or None."""
    found = _HEAD.match(level_width(text[:40]))
    return found.end() if found else None


def _epoch(value: int, raw: str) -> Moment | None:
    seconds = value / 1000 if abs(value) >= 10**11 else value
    return exact(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds)), raw)


def _day(found: re.Match[str], zone: str, fetched_at: str) -> date | None:
    parts = found.groupdict()
    month = _MONTHS.index(parts["mon"][:3]) + 1 if parts.get("mon") else int(parts["m"])
    day = int(parts["d"])
    if parts.get("era"):
        return _date(_ERAS[parts["era"]] + (1 if parts["ey"] == "元" else int(parts["ey"])), month, day)
    if parts.get("y"):
        year = int(parts["y"])
        return _date(year + 2000 if year < _CENTURY else year, month, day)
    return _latest(month, day, zone_of(zone), fetched_at)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, zone: tzinfo, fetched_at: str) -> date | None:
    limit = (parse_utc(fetched_at) + _AHEAD).astimezone(zone).date()
    # Eight years back reach over the longest gap between two leap days.
    found = (_date(year, month, day) for year in range(limit.year, limit.year - 9, -1))
    return next((value for value in found if value and value <= limit), None)


def _moment(day: date, after: str, before: str, zone: str, raw: str, *, whole: str) -> Moment:
    found = _COMPACT.search(after) or _TIME.search(after) or _TIME.search(before) or _TIME.search(whole)
    clock = _clock(found) if found and MINYEAR < day.year < MAXYEAR else None
    if found is None or clock is None:
        return Moment(day.isoformat(), "date", raw, day.isoformat())
    precision = "second" if found.group("s") else "minute"
    value = datetime.combine(day, clock, _offset(found.group("zone")) or zone_of(zone))
    return exact(value, raw, precision)


def _clock(found: re.Match[str]) -> time | None:
    parts = found.groupdict()
    hour, half = int(parts["h"]), (parts.get("half") or parts.get("ap") or "")
    if half in ("오후", "午後") or half.startswith("p"):
        hour += _NOON if hour < _NOON else 0
    elif half and hour == _NOON:
        hour = 0
    try:
        return time(hour, int(parts["mi"] or parts.get("mi2") or 0), min(int(parts["s"] or 0), 59))
    except ValueError:
        return None


def _offset(name: str | None) -> tzinfo | None:
    word = (name or "").replace(" ", "")
    if word in _ZONES:
        return timezone(timedelta(hours=_ZONES[word]))
    found = _OFFSET.search(word)
    if not found:
        return None
    ahead = timedelta(hours=int(found.group(2)), minutes=int(found.group(3) or 0))
    return timezone(-ahead if found.group(1) == "-" else ahead) if ahead < timedelta(hours=24) else None


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """Return the zone of the IANA database, UTC for a name that is not in it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
