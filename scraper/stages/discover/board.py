"""Dates as notice boards shorten them, which mean something on the day of the fetch only: ``11.20``, ``14:30``, ``3시간 전``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta

from scraper.datestring import read as read_date
from scraper.datestring import zone_of
from scraper.model.moment import Moment, parse_utc
from scraper.text import squeeze

_LONGEST = 60
_SKEW = timedelta(hours=1)
_CLOCK = r"(?:오전|오후|午前|午後)?\s?\d{1,2}:\d\d(?::\d\d)?"
_MONTH_DAY = re.compile(rf"\[?\(?(?P<m>\d{{1,2}})\s?[./-]\s?(?P<d>\d{{1,2}})\.?\)?\]?(?:\s?\([^()]{{1,9}}\))?(?P<time>\s{_CLOCK})?")
_TIME = re.compile(rf"(?:오늘|today,?|今日|本日)?\s?(?P<time>{_CLOCK})")


def read_board_date(raw: str, zone: str, fetched_at: str) -> Moment | None:
    """Return the Moment that a board's date names, written in full or short, or None.

    ``M.D``, ``M/D`` and ``M-D`` are month and day in that order, the latest such day not more than two days after the fetch;
    ``HH:MM`` is the latest such time not more than an hour after it; ``3시간 전``, ``5 minutes ago`` and ``2日前`` count back from
    it and are inferred. ``zone`` is the board's IANA zone.
    """
    plain = squeeze(unicodedata.normalize("NFKC", raw[: _LONGEST * 2])).lower()[:_LONGEST]
    short = _of_the_year(plain, zone, fetched_at) or _of_the_day(plain, zone, fetched_at)
    return replace(short, raw=squeeze(raw[:_LONGEST])) if short else read_date(raw, zone, fetched_at)


def _of_the_year(plain: str, zone: str, fetched_at: str) -> Moment | None:
    found = _MONTH_DAY.fullmatch(plain)
    return read_date(f"{found['m']}月{found['d']}日{found['time'] or ''}", zone, fetched_at) if found else None


def _of_the_day(plain: str, zone: str, fetched_at: str) -> Moment | None:
    found = _TIME.fullmatch(plain)
    if not found:
        return None
    fetched = parse_utc(fetched_at)
    today = fetched.astimezone(zone_of(zone)).date()
    days = (today + timedelta(days=1), today, today - timedelta(days=1))
    read = (read_date(f"{day.isoformat()} {found['time']}", zone, fetched_at) for day in days)
    return next((moment for moment in read if moment and moment.precision != "date" and parse_utc(moment.at) <= fetched + _SKEW), None)
