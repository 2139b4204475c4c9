from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.datestring import read, zone_of

SEOUL = "Asia/Seoul"


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("2024.10.16", "2024-10-16", "date"),
        ("2024. 10. 16.", "2024-10-16", "date"),
        ("24.10.16", "2024-10-16", "date"),
        ("20241016", "2024-10-16", "date"),
        ("2024/10/16", "2024-10-16", "date"),
        ("2024-W42-3", "2024-10-16", "date"),
        ("2024년 3월 5일", "2024-03-05", "date"),
        ("2024년 10월 16일 오후 3시 20분", "2024-10-16T06:20:00Z", "minute"),
        ("2024년 10월 16일 오전 12시 05분", "2024-10-15T15:05:00Z", "minute"),
        ("입력 2024.10.16. 오후 3:20", "2024-10-16T06:20:00Z", "minute"),
        ("등록일 2024-10-16 15:20:31", "2024-10-16T06:20:31Z", "second"),
        ("2024年10月16日(水) 15:20", "2024-10-16T06:20:00Z", "minute"),
        ("2024年10月16日 午後3時20分", "2024-10-16T06:20:00Z", "minute"),
        ("令和6年10月16日", "2024-10-16", "date"),
        ("令和元年5月1日", "2019-05-01", "date"),
        ("平成31年4月30日", "2019-04-30", "date"),
        ("令和６年１０月１６日", "2024-10-16", "date"),
        ("２０２４年１０月１６日", "2024-10-16", "date"),
        ("October 16, 2024", "2024-10-16", "date"),
        ("Oct. 6, 2024", "2024-10-06", "date"),
        ("16th October 2024", "2024-10-16", "date"),
        ("16 Oct 2024", "2024-10-16", "date"),
        ("10/16/2024", "2024-10-16", "date"),
        ("16/10/2024", "2024-10-16", "date"),
        ("16.10.2024", "2024-10-16", "date"),
        ("11/20/2026 14:30:00", "2026-11-20T05:30:00Z", "second"),
        ("Published: October 16, 2024 at 3:20 p.m. EDT", "2024-10-16T19:20:00Z", "minute"),
        ("Updated 7:02 AM KST, October 16, 2024", "2024-10-15T22:02:00Z", "minute"),
        ("October 16, 2024 23:10 +0200", "2024-10-16T21:10:00Z", "minute"),
        ("Wed, 16 Oct 2024 23:30:00 -0500", "2024-10-17T04:30:00Z", "second"),
        ("2024-10-16T09:30:00+09:00", "2024-10-16T00:30:00Z", "second"),
        ("2024-10-16T09:30+09:00", "2024-10-16T00:30:00Z", "minute"),
        ("2024-10-16T09:30:00.000Z", "2024-10-16T09:30:00Z", "second"),
        ("2024-10-16 09:30", "2024-10-16T00:30:00Z", "minute"),
    ],
)
def test_forms_of_three_languages(text: str, at: str, precision: str) -> None:
    moment = read(text, SEOUL)
    assert moment is not None
    assert (moment.at, moment.precision, moment.raw) == (at, precision, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5.11",
        "Room 2024",
        "1.2.3",
        "총 2024명",
        "2024",
        "May 2024",
        "2024-13-01",
        "2024년 2월 30일",
        "31/31/2024",
        "1890-01-01",
        "2024-W99-1",
        "version 12.4",
        "오후 3시 20분",
        "tomorrow",
    ],
)
def test_no_date_is_invented(text: str) -> None:
    assert read(text) is None


def test_the_day_stays_the_publishers_own() -> None:
    moment = read("2024-10-16T03:30:00+09:00")
    assert moment is not None
    assert (moment.at, moment.day) == ("2024-10-15T18:30:00Z", "2024-10-16")


def test_a_time_that_is_none_leaves_the_date() -> None:
    moment = read("October 16, 2024 at 27:90")
    assert moment is not None
    assert (moment.at, moment.precision) == ("2024-10-16", "date")


@pytest.mark.parametrize("name", ["", "Nowhere/Town", "../etc/passwd", "\x00"])
def test_an_unknown_zone_is_utc(name: str) -> None:
    assert zone_of(name) == ZoneInfo("UTC")


@given(st.text(max_size=400))
def test_any_text_is_read_or_not(text: str) -> None:
    moment = read(text)
    assert moment is None or 1989 <= int(moment.day[:4]) <= 2100


@given(st.dates(min_value=__import__("datetime").date(1995, 1, 1), max_value=__import__("datetime").date(2090, 1, 1)))
def test_every_day_comes_back_from_each_form(day: object) -> None:
    y, m, d = (int(part) for part in str(day).split("-"))
    for text in (f"{y}.{m}.{d}", f"{y}년 {m}월 {d}일", f"{y}年{m}月{d}日", f"{y}-{m:02}-{d:02}", f"{m}/{d}/{y}"):
        moment = read(text)
        assert moment is not None
        assert moment.day == str(day)
