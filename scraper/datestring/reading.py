"""From a string to the Moment it names: the standards first, then the day that it says, with the time beside it."""

from __future__ import annotations

import re
import unicodedata
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, tzinfo

from scraper.datestring.clock import clock_beside, zone_of
from scraper.datestring.days import Day, full_days, valid, yearless
from scraper.datestring.relative import ago
from scraper.datestring.standard import read_standard
from scraper.model.moment import Moment, exact, parse_utc
from scraper.text import squeeze

_LONGEST = 300
_FIRST, _LAST = 1990, 2099
_AHEAD = timedelta(days=2)
_EPOCH = re.compile(r"-?\d{9,10}|-?\d{12,13}|0")
_LEVEL = str.maketrans({**dict.fromkeys("‐‑‒–—−", "-"), "’": "'", "‘": "'", "´": "'"})
_FIGURES = re.compile("[〇零一二三四五六七八九十]{1,4}(?=\\s?[年月日])")
_DIGIT = {figure: number for number, figure in enumerate("〇一二三四五六七八九")} | {"零": 0}
_CHANGED = r"수정|최종|갱신|업데이트|更新|改訂|変更|修正|updated?|modified|revised|edited"
_LABELS = re.compile(
    rf"(?P<changed>{_CHANGED})|입력|등록|게시|작성|배포|승인|발행|송고|公開|掲載|配信|投稿|発表|登録|published|posted|issued|released|created"
)


def read(raw: str, zone: str = "UTC", fetched_at: str = "") -> Moment | None:
    """Return the Moment that ``raw`` names, or None where it says no date.

    ``zone`` is the IANA zone of a time that names none (an unknown one counts as UTC). ``fetched_at`` (UTC) is the only clock: with
    it a date without a year gets the latest year that does not put it more than two days after, and ``3시간 전`` and seconds since 1970
    are read; without it none of them is (a number may be anything), nor a year outside 1990 to 2099. Of several dates the first counts that is not labelled as a change
    (수정, 更新, updated). Precision is ``second``, ``minute``, without a time ``date``, and ``inferred`` where the figures leave a
    choice (``10/11/2024``: the American order, unless dashes part them) or the day is counted from the reading. ``raw`` is
    kept squeezed, 300 characters of it. Whether the date can be true is another question.
    """
    known = read_standard(raw, zone)
    if known is not None:
        return known
    kept = squeeze(raw[:_LONGEST])
    plain = _plain(kept)
    if not plain:
        return None
    return _written(plain, kept, zone, fetched_at) or (_from_the_reading(plain, kept, zone, fetched_at) if fetched_at else None)


def _plain(kept: str) -> str:
    text = squeeze(unicodedata.normalize("NFKC", kept)).lower()[:_LONGEST].translate(_LEVEL)
    return text if text.isascii() else _FIGURES.sub(_arabic, text)


def _arabic(found: re.Match[str]) -> str:
    """``二〇二六``, ``十六``, ``二十`` in digits."""
    figures = found.group()
    if "十" not in figures:
        return "".join(str(_DIGIT[figure]) for figure in figures)
    tens, _, ones = figures.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return figures
    return f"{_DIGIT.get(tens, 1)}{_DIGIT.get(ones, 0)}"


def _written(plain: str, kept: str, zone: str, fetched_at: str) -> Moment | None:
    first, last = (MINYEAR, MAXYEAR) if fetched_at else (_FIRST, _LAST)
    days = full_days(plain, zone, first, last)
    if days:
        return _at(days, _chosen(days, plain), plain, kept, zone)
    return _epoch(int(plain), kept) if fetched_at and _EPOCH.fullmatch(plain) else None


def _epoch(value: int, kept: str) -> Moment:
    seconds = value / 1000 if abs(value) >= 10**11 else value
    return exact(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds)), kept)


def _chosen(days: tuple[Day, ...], plain: str) -> int:
    """The first day whose label is none of a change; the first of all where every one is of a change."""
    return next((number for number in range(len(days)) if not _of_change(days, number, plain)), 0)


def _of_change(days: tuple[Day, ...], number: int, plain: str) -> bool:
    labels = [*_LABELS.finditer(plain, days[number - 1].end if number else 0, days[number].start)]
    return bool(labels) and labels[-1]["changed"] is not None


def _at(days: tuple[Day, ...], number: int, plain: str, kept: str, zone: str) -> Moment:
    chosen = days[number]
    after = plain[chosen.end : days[number + 1].start if number + 1 < len(days) else None]
    before = plain[days[number - 1].end if number else 0 : chosen.start]
    return _moment(chosen, (after, before, plain[chosen.start : chosen.end]), kept, zone)


def _moment(chosen: Day, beside: tuple[str, str, str], kept: str, zone: str) -> Moment:
    day = chosen.day
    clock = clock_beside(*beside) if MINYEAR < day.year < MAXYEAR else None
    if clock is None:
        return Moment(day.isoformat(), "date" if chosen.sure else "inferred", kept, day.isoformat())
    precision = "inferred" if not chosen.sure else "second" if clock.to_the_second else "minute"
    return exact(datetime.combine(day, clock.at, clock.zone or zone_of(zone)), kept, precision)


def _from_the_reading(plain: str, kept: str, zone: str, fetched_at: str) -> Moment | None:
    now, place = parse_utc(fetched_at), zone_of(zone)
    counted = ago(plain, kept, now, place)
    found = None if counted else yearless(plain)
    if found is None:
        return counted
    month, day, start, end = found
    latest = _latest(month, day, place, now)
    return _moment(Day(start, 0, end, latest), (plain[end:], plain[:start], ""), kept, zone) if latest else None


def _latest(month: int, day: int, place: tzinfo, now: datetime) -> date | None:
    limit = (now + _AHEAD).astimezone(place).date()
    # Eight years back reach over the longest gap between two leap days.
    found = (valid(year, month, day) for year in range(limit.year, limit.year - 9, -1))
    return next((value for value in found if value and value <= limit), None)
