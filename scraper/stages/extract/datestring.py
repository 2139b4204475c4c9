"""A date as people write it in English, Korean and Japanese, to a Moment; nothing is read where no day is said."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scraper.model.moment import Moment, exact

_MAX = 300
_EARLIEST, _LATEST = 1990, 2100
_MONTHS = {
    name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
# Years of Japanese eras: the first year of each, less one (https://en.wikipedia.org/wiki/Japanese_era_name).
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988}
_OFFSETS = {
    "utc": 0, "gmt": 0, "z": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "ist": 330, "kst": 540, "jst": 540, "aest": 600,
    "aedt": 660, "est": -300, "edt": -240, "et": -300, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "hst": -600,
}  # fmt: skip
_DAYS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(令和|平成|昭和|(?<![A-Za-z])[RH](?=\d{1,2}\.))\s{0,3}(元|\d{1,2})\s{0,3}[年.]\s{0,3}(\d{1,2})\s{0,3}[月.]\s{0,3}(\d{1,2})(?:\s{0,3}日)?"), "era"),
    (re.compile(r"(?<!\d)(\d{4})\s{0,3}[年년]\s{0,3}(\d{1,2})\s{0,3}[月월]\s{0,3}(\d{1,2})\s{0,3}[日일]"), "ymd"),
    (re.compile(r"(?<![\d.])((?:19|20)\d\d)\s{0,2}([-./])\s{0,2}(\d{1,2})\s{0,2}\2\s{0,2}(\d{1,2})(?![\d])"), "y-m-d"),
    (re.compile(rf"(?<![a-z]){_MONTH}\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{0,3}}((?:19|20)\d\d)(?!\d)", re.IGNORECASE), "mdy"),
    (re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{1,3}}(?:of\s)?{_MONTH},?[\s-]{{1,3}}((?:19|20)\d\d)(?!\d)", re.IGNORECASE), "dmy"),
    (re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])"), "m/d/y"),
    (re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)(?![\d])"), "d.m.y"),
    (re.compile(r"(?<![\d.])(\d\d)\.\s?(\d{1,2})\.\s?(\d{1,2})(?![\d.]{2})"), "yy.m.d"),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"), "ymd"),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)-W(\d\d)-([1-7])(?!\d)"), "week"),
)  # fmt: skip
_TIME = re.compile(
    r"(?P<half>오전|오후|午前|午後|[ap]\.?m\.?)?\s{0,3}(?<![\d:])(?P<h>\d{1,2})\s{0,2}(?:(?::(?P<m>\d\d)(?::(?P<s>\d\d)(?:\.\d{1,9})?)?)|(?:[시時]\s{0,2}(?:(?P<cm>\d{1,2})\s{0,2}[분分])?(?:\s{0,2}(?P<cs>\d{1,2})\s{0,2}[초秒])?))"
    r"\s{0,3}(?P<after>[ap]\.?\s?m\b\.?)?\s{0,3}\(?(?P<zone>[+-]\d\d:?\d\d|[A-Za-z]{1,4}(?![A-Za-z]))?",
    re.IGNORECASE,
)


def zone_of(name: str) -> tzinfo:
    """Return the time zone of an IANA name; UTC where there is none of that name."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def read(text: str, zone: str = "UTC") -> Moment | None:
    """Return the first full date that ``text`` says, with its time where one stands beside it; None where it says none.

    A time without a zone is taken as ``zone`` (an IANA name). ``raw`` is the string as given, at most 300 characters of it.
    Month/day order of ``10/16/2024`` is the American one unless that is no date; dotted dates are year first in two digits
    (``24.10.16``) and day first with the year behind (``16.10.2024``).
    """
    raw = text.strip()[:_MAX]
    plain = unicodedata.normalize("NFKC", raw)
    if len(plain) < 6:
        return None
    return _machine(plain, raw, zone) or _written(plain, raw, zone)


def _machine(plain: str, raw: str, zone: str) -> Moment | None:
    """ISO 8601 and RFC 5322, which say everything."""
    if not re.match(r"\d{4}-?\d\d|[A-Za-z]{3}, ", plain):
        return None
    value = _iso(plain) or _mail(plain)
    if value is None or not _EARLIEST <= value.year < _LATEST:
        return None
    if len(plain) <= 10:
        return Moment(value.date().isoformat(), "date", raw)
    aware = value if value.tzinfo else value.replace(tzinfo=zone_of(zone))
    return _moment(aware, raw, "minute" if plain.count(":") == 1 or re.search(r"T\d\d:\d\d[+-]", plain) else "second")


def _iso(plain: str) -> datetime | None:
    try:
        return datetime.fromisoformat(plain.replace("Z", "+00:00") if plain.endswith("Z") else plain)
    except ValueError:
        return None


def _mail(plain: str) -> datetime | None:
    try:
        return parsedate_to_datetime(plain)
    except (ValueError, TypeError, IndexError):
        return None


def _moment(value: datetime, raw: str, precision: str) -> Moment | None:
    try:
        return exact(value, raw, precision)
    except (OverflowError, ValueError):
        return None


def _written(plain: str, raw: str, zone: str) -> Moment | None:
    found = _first_day(plain)
    if found is None:
        return None
    day, start, end = found
    clock = _clock(plain[end : end + 60]) or _clock_before(plain[:start])
    if clock is None:
        return Moment(day.isoformat(), "date", raw)
    hour, minute, second, named = clock
    place = _zone(named, zone)
    return _moment(
        datetime(day.year, day.month, day.day, hour, minute, second or 0, tzinfo=place), raw, "minute" if second is None else "second"
    )


def _first_day(plain: str) -> tuple[date, int, int] | None:
    """The date that stands first, the more explicit form where two begin together."""
    found = []
    for rank, (pattern, form) in enumerate(_DAYS):
        for match in pattern.finditer(plain):
            day = _day(match, form)
            if day is not None and _EARLIEST <= day.year < _LATEST:
                found.append((match.start(), rank, match.end(), day))
                break
    if not found:
        return None
    start, _, end, day = min(found)
    return day, start, end


def _day(match: re.Match[str], form: str) -> date | None:
    groups = match.groups()
    try:
        if form == "week":
            return date.fromisocalendar(int(groups[0]), int(groups[1]), int(groups[2]))
        return _calendar(groups, form)
    except ValueError:
        return None


def _calendar(groups: tuple[str, ...], form: str) -> date:
    if form == "era":
        return date(_ERAS[groups[0]] + (1 if groups[1] == "元" else int(groups[1])), int(groups[2]), int(groups[3]))
    if form == "mdy":
        return date(int(groups[2]), _MONTHS[groups[0][:3].lower()], int(groups[1]))
    if form == "dmy":
        return date(int(groups[2]), _MONTHS[groups[1][:3].lower()], int(groups[0]))
    numbers = [int(group) for group in groups if group.isdigit()]
    if form == "m/d/y":
        first, second = (numbers[0], numbers[1]) if numbers[0] <= 12 else (numbers[1], numbers[0])
        return date(numbers[2], first, second)
    if form == "d.m.y":
        return date(numbers[2], numbers[1], numbers[0])
    return date(numbers[0] + (2000 if form == "yy.m.d" else 0), numbers[1], numbers[2])


def _clock(after: str) -> tuple[int, int, int | None, str] | None:
    """Hour, minute, second and zone of the time right behind a date (a weekday or a label may stand between)."""
    match = _TIME.search(after)
    if match is None or len(re.findall(r"\w", after[: match.start()])) > 12:
        return None
    return _hms(match)


def _clock_before(before: str) -> tuple[int, int, int | None, str] | None:
    """The time right before a date: ``7:02 AM KST, October 16, 2024``."""
    found = list(_TIME.finditer(before[-40:]))
    if not found or len(before[-40:][found[-1].end() :].strip(" ,|-()")) > 12:
        return None
    return _hms(found[-1])


def _hms(match: re.Match[str]) -> tuple[int, int, int | None, str] | None:
    hour = int(match["h"])
    minute = int(match["m"] or match["cm"] or 0)
    seconds = match["s"] or match["cs"]
    half = (match["half"] or match["after"] or "").lower()
    if half[:1] == "p" or half in {"오후", "午後"}:
        hour = hour + 12 if hour < 12 else hour
    elif half and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or int(seconds or 0) > 59:
        return None
    return hour, minute, int(seconds) if seconds else None, match["zone"] or ""


def _zone(named: str, zone: str) -> tzinfo:
    if named[:1] in {"+", "-"} and named:
        sign = -1 if named[0] == "-" else 1
        return timezone(sign * timedelta(hours=min(int(named[1:3]), 23), minutes=min(int(named[-2:]), 59)))
    minutes = _OFFSETS.get(named.lower())
    return timezone(timedelta(minutes=minutes)) if minutes is not None else zone_of(zone)
