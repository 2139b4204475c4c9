"""Dates and times as a reader of each language writes them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from scraper.model.moment import parse_utc

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_BARE = len("2025-01-01")


def day(value: str, language: str) -> str:
    """Return a date ``YYYY-MM-DD`` written out (3 April 2025, 2025년 4월 3일, 2025年4月3日); anything else as it is."""
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return value
    return _written(found, language)


def _written(value: date, language: str) -> str:
    if language == "ko":
        return f"{value.year}년 {value.month}월 {value.day}일"
    if language == "ja":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: str, zone: str, language: str) -> str:
    """Return a UTC time as local time of ``zone`` (3 April 2025, 22:30), a bare date as that date, anything else as it is."""
    local = _local(value, zone)
    if local is None:
        return day(value, language)
    return f"{_written(local.date(), language)}{', ' if language == 'en' else ' '}{local:%H:%M}"


def between(start: str, end: str, zone: str, language: str) -> tuple[str, str]:
    """Return both times written out, the second without its date where that is the first's."""
    first, last = _local(start, zone), _local(end, zone)
    if first is None or last is None or first.date() != last.date():
        return moment(start, zone, language), moment(end, zone, language)
    return moment(start, zone, language), f"{last:%H:%M}"


def _local(value: str, zone: str) -> datetime | None:
    if len(value) <= _BARE:
        return None
    try:
        return parse_utc(value).astimezone(ZoneInfo(zone))
    except (ValueError, OverflowError):
        return None
