"""Dates and times as a reader of each language writes them, in his zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from scraper.catalogues.dates import written
from scraper.model.moment import parse_utc

_BARE = len("2025-01-01")


def day(value: str, language: str) -> str:
    """Return a date ``YYYY-MM-DD`` written out (3 April 2025, 2025년 4월 3일, 2025年4月3日); anything else as it is."""
    return _day(value, language, "day")


def short_day(value: str, language: str) -> str:
    """Return a date as :func:`day` does, without its year (22 Sep, 9월 22일, 9月22日)."""
    return _day(value, language, "short_day")


def _day(value: str, language: str, pattern: str) -> str:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return value
    return written(found, pattern, language)


def moment(value: str, zone: str, language: str) -> str:
    """Return a UTC time as local time of ``zone`` (3 April 2025, 22:30), a bare date as that date, anything else as it is."""
    local = _local(value, zone)
    return day(value, language) if local is None else written(local, "moment", language)


def brief(value: str, zone: str, language: str, now: str) -> str:
    """Return a time as :func:`moment` does, without the year where that is the year of ``now`` (UTC; 3 Apr, 22:30)."""
    local, here = _local(value, zone), _local(now, zone)
    year = f"{here.year:04}" if here is not None else ""
    if local is None:
        return short_day(value, language) if value[:4] == year else day(value, language)
    return written(local, "short_moment", language) if f"{local.year:04}" == year else moment(value, zone, language)


def between(start: str, end: str, zone: str, language: str, now: str = "") -> tuple[str, str]:
    """Return both times written out, the second without its date where that is the first's; with ``now`` each as :func:`brief` does."""
    first, last = _local(start, zone), _local(end, zone)
    if first is None or last is None or first.date() != last.date():
        return brief(start, zone, language, now), brief(end, zone, language, now)
    return brief(start, zone, language, now), written(last, "time", language)


def _local(value: str, zone: str) -> datetime | None:
    if len(value) <= _BARE:
        return None
    try:
        return parse_utc(value).astimezone(ZoneInfo(zone))
    except (ValueError, OverflowError):
        return None
