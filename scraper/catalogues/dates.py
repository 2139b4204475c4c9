"""Dates and times as a reader of each language writes them: the patterns stand in the catalogues, the names of months in CLDR."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from babel.dates import format_date, format_datetime

from scraper.catalogues import catalogue

PATTERN: Final = "pattern"
"""The context of the patterns: day, short_day, month, moment, time."""


def written(value: date, pattern: str, language: str) -> str:
    """Return a date by a pattern of ``language`` (3 April 2025, 2025년 4월 3일), or a time as it is in its own zone (3 April 2025, 22:30)."""
    known = catalogue(language)
    form = known.message(PATTERN, pattern)
    return format_datetime(value, form, locale=known.locale) if isinstance(value, datetime) else format_date(value, form, known.locale)
