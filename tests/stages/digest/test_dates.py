"""Dates as each language writes them."""

from __future__ import annotations

import pytest

from scraper.stages.digest.dates import between, brief, day, moment


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        ("2026-04-03", "en", "3 April 2026"),
        ("2026-12-31", "ko", "2026년 12월 31일"),
        ("2026-04-03", "ja", "2026年4月3日"),
        ("2026-04", "en", "2026-04"),
        ("2026-13-01", "en", "2026-13-01"),
        ("", "ko", ""),
    ],
)
def test_day(value: str, language: str, written: str) -> None:
    assert day(value, language) == written


@pytest.mark.parametrize(
    ("value", "zone", "written"),
    [
        ("2026-04-03T22:30:00Z", "Asia/Seoul", "4 April 2026, 07:30"),
        ("2026-04-03T22:30:00Z", "America/New_York", "3 April 2026, 18:30"),
        ("2026-04-03", "Asia/Seoul", "3 April 2026"),
        ("0001-01-01T00:00:00Z", "America/New_York", "0001-01-01T00:00:00Z"),
        ("sometime in April", "UTC", "sometime in April"),
    ],
)
def test_moment(value: str, zone: str, written: str) -> None:
    assert moment(value, zone, "en") == written


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2026-04-03T14:00:00Z", "2026-04-03T14:20:00Z", ("3 April 2026, 23:00", "23:20")),
        ("2026-04-03T14:50:00Z", "2026-04-03T15:10:00Z", ("3 April 2026, 23:50", "4 April 2026, 00:10")),
        ("2026-04-03", "2026-04-03T15:10:00Z", ("3 April 2026", "4 April 2026, 00:10")),
        ("", "", ("", "")),
    ],
)
def test_between(start: str, end: str, written: tuple[str, str]) -> None:
    assert between(start, end, "Asia/Seoul", "en") == written


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        ("2026-04-03T14:00:00Z", "en", "3 Apr, 23:00"),
        ("2026-04-03T14:00:00Z", "ko", "4월 3일 23:00"),
        ("2026-04-03T14:00:00Z", "ja", "4月3日 23:00"),
        ("2025-12-31T14:00:00Z", "en", "31 December 2025, 23:00"),
        ("2025-12-31T15:00:00Z", "en", "1 Jan, 00:00"),
        ("2026-04-03", "en", "3 Apr"),
        ("2025-04-03", "en", "3 April 2025"),
        ("", "en", ""),
    ],
)
def test_brief(value: str, language: str, written: str) -> None:
    assert brief(value, "Asia/Seoul", language, "2026-04-04T00:00:00Z") == written


def test_a_brief_bracket() -> None:
    bracket = ("2026-04-03T14:50:00Z", "2026-04-03T15:10:00Z", "Asia/Seoul", "en")
    assert between(*bracket, "2026-04-04T00:00:00Z") == ("3 Apr, 23:50", "4 Apr, 00:10")
    assert between(*bracket, "2027-04-04T00:00:00Z") == between(*bracket)
