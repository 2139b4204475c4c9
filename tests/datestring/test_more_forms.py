"""Forms of three languages beyond the plain ones, and what is left unread because it says no day."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.datestring import read
from scraper.datestring.standard import read_standard

SEOUL = "Asia/Seoul"
FETCHED = "2026-11-21T12:00:00Z"

MORE = [
    # two-digit years
    ("'24.10.16", "2024-10-16", "date"),
    ("’24. 10. 16.", "2024-10-16", "date"),
    ("입력 24.10.16 14:05", "2024-10-16T05:05:00Z", "minute"),
    ("Posted: 24.10.16", "2024-10-16", "date"),
    ("24년 10월 16일 오후 3시 반", "2024-10-16T06:30:00Z", "minute"),
    ("'24년 3월 5일", "2024-03-05", "date"),
    ("24年10月16日", "2024-10-16", "inferred"),
    ("16 Oct '24", "2024-10-16", "date"),
    ("16-Oct-24", "2024-10-16", "date"),
    ("16 Oct 24 19:00:00 GMT", "2024-10-16T19:00:00Z", "second"),
    ("Oct 16, '24", "2024-10-16", "date"),
    ("10/16/24", "2024-10-16", "date"),
    # eras, figures, both calendars
    ("令和6年（2024年）10月16日", "2024-10-16", "date"),
    ("2024（令和6）年10月16日（水）", "2024-10-16", "date"),
    ("2024年(令和6年)10月16日", "2024-10-16", "date"),
    ("令和六年十月十六日", "2024-10-16", "date"),
    ("二〇二四年一〇月二十日", "2024-10-20", "date"),
    ("㋿6年10月16日", "2024-10-16", "date"),
    ("R6.10.16", "2024-10-16", "date"),
    ("令和6.10.16", "2024-10-16", "date"),
    ("H31/4/30", "2019-04-30", "date"),
    # weekdays, full-width figures, labels
    ("2024.10.16.(수) 15:20", "2024-10-16T06:20:00Z", "minute"),
    ("2024-10-16 (Wed) 15:20", "2024-10-16T06:20:00Z", "minute"),
    ("２０２４．１０．１６（水）　午後３時２０分", "2024-10-16T06:20:00Z", "minute"),
    ("2024年10月16日 水曜日 15時20分30秒", "2024-10-16T06:20:30Z", "second"),
    ("2024/10/16(水)15:20", "2024-10-16T06:20:00Z", "minute"),
    ("2024–10–16", "2024-10-16", "date"),
    ("2024년10월16일", "2024-10-16", "date"),
    ("公開日：2024年10月16日", "2024-10-16", "date"),
    # halves of the day
    ("2024.10.16 PM 03:20", "2024-10-16T06:20:00Z", "minute"),
    ("2024.10.16 AM 12:20", "2024-10-15T15:20:00Z", "minute"),
    ("2024.10.16 오후 12:20", "2024-10-16T03:20:00Z", "minute"),
    ("2024-10-16 3:20pm", "2024-10-16T06:20:00Z", "minute"),
    ("2024-10-16 오후 15:20", "2024-10-16T06:20:00Z", "minute"),
    ("October 16, 2024 at 3 p.m. EDT", "2024-10-16T19:00:00Z", "minute"),
    ("October 16, 2024, 3:20 P.M.", "2024-10-16T06:20:00Z", "minute"),
    ("3:20 PM JST 16 October 2024", "2024-10-16T06:20:00Z", "minute"),
    ("2024.10.16 15:20 (KST)", "2024-10-16T06:20:00Z", "minute"),
    ("2024-10-16 15:20 GMT+9", "2024-10-16T06:20:00Z", "minute"),
    ("2024-10-16 01:20 UTC-05:00", "2024-10-16T06:20:00Z", "minute"),
    # English
    ("Wednesday 16th of October, 2024", "2024-10-16", "date"),
    ("OCT. 16, 2024", "2024-10-16", "date"),
    ("Sept. 6 2024", "2024-09-06", "date"),
    ("2024-Oct-16", "2024-10-16", "date"),
    ("16/Oct/2024", "2024-10-16", "date"),
    ("16. October 2024", "2024-10-16", "date"),
    # figures that could be another day are marked, those that could not are not
    ("10/11/2024", "2024-10-11", "inferred"),
    ("10-11-2024", "2024-11-10", "inferred"),
    ("10.11.2024", "2024-11-10", "date"),
    ("10/11/2024 09:30", "2024-10-11T00:30:00Z", "inferred"),
    ("11/11/2024", "2024-11-11", "date"),
    ("16-10-2024", "2024-10-16", "date"),
    ("10.16.2024", "2024-10-16", "date"),
    # compact
    ("202410161530", "2024-10-16T06:30:00Z", "minute"),
    ("20241016T153000+0900", "2024-10-16T06:30:00Z", "second"),
    ("2024W423", "2024-10-16", "date"),
    # of several the one that is no change, with its own time
    ("입력 2024.10.16 오전 9:00 | 수정 2024.10.17 오후 1:00", "2024-10-16T00:00:00Z", "minute"),
    ("수정 2024.10.17 오후 1:00 | 입력 2024.10.16 오전 9:00", "2024-10-16T00:00:00Z", "minute"),
    ("更新日：2024年10月17日 公開日：2024年10月16日", "2024-10-16", "date"),
    ("Updated October 17, 2024 Published October 16, 2024", "2024-10-16", "date"),
    ("입력 2024.10.16 수정 2024.10.17 13:00", "2024-10-16", "date"),
    ("최종수정 2024.10.17", "2024-10-17", "date"),
]

NONE = [
    "24/10/16",
    "31-12-24",
    "03/04/05",
    "10-11-12",
    "version 24.10.16",
    "Ubuntu 24.10.16",
    "v24.10.16",
    "192.20.10.16",
    "24.10.16.1",
    "3시간 전",
    "5 minutes ago",
    "방금 전",
    "10월 16일",
    "October 7",
    "1729047600",
    "1729047600000",
    "2024년 10월",
    "October 2024",
    "2024학년도 1학기",
    "2024.13.01",
    "2024년 2월 30일",
    "令和6年2月30日",
    "平成",
    "R6",
    "제2024-101호",
    "02-2024-1016",
    "조회 20,241,016",
    "2024 / 2025",
    "99/99/99",
    "한미일 3국",
    "16일 오후",
    "1899-10-16",
    "2200-10-16",
    "2024-W54-1",
]


@pytest.mark.parametrize(("raw", "at", "precision"), MORE)
def test_forms(raw: str, at: str, precision: str) -> None:
    moment = read(raw, SEOUL)
    assert moment is not None
    assert (moment.at, moment.precision) == (at, precision)


@pytest.mark.parametrize("raw", NONE)
def test_no_day_is_invented(raw: str) -> None:
    assert read(raw, SEOUL) is None


@pytest.mark.parametrize(
    ("raw", "at"),
    [
        ("3시간 전", "2026-11-21T09:00:00Z"),
        ("3 시간전", "2026-11-21T09:00:00Z"),
        ("입력 10분 전", "2026-11-21T11:50:00Z"),
        ("2日前", "2026-11-19T12:00:00Z"),
        ("約5分前", "2026-11-21T11:55:00Z"),
        ("an hour ago", "2026-11-21T11:00:00Z"),
        ("Updated 5 minutes ago", "2026-11-21T11:55:00Z"),
        ("2주 전", "2026-11-07T12:00:00Z"),
        ("30초 전", "2026-11-21T11:59:30Z"),
        ("방금 전", FETCHED),
        ("たった今", FETCHED),
    ],
)
def test_times_counted_from_the_reading_need_one(raw: str, at: str) -> None:
    moment = read(raw, SEOUL, FETCHED)
    assert moment is not None
    assert (moment.at, moment.precision, moment.raw) == (at, "inferred", raw)
    assert read(raw, SEOUL) is None


@pytest.mark.parametrize("raw", ["3시간", "전 3시간", "3시간 전 사고 발생", "long ago", "1234 days ago", "오늘의 운세", "3년 전"])
def test_words_that_count_nothing_back(raw: str) -> None:
    assert read(raw, SEOUL, FETCHED) is None


@pytest.mark.parametrize("zone", ["America/New_York", "US/Eastern"])
def test_an_american_source_puts_the_month_first(zone: str) -> None:
    moment = read("10/11/2024", zone)
    assert moment is not None
    assert (moment.at, moment.precision) == ("2024-10-11", "date")


TIMES = st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30))  # noqa: DTZ001
OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59)


def written(value: datetime, minutes: int, form: int) -> str:
    aware = value.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    iso = aware.isoformat()
    utc = aware.replace(tzinfo=None).isoformat() + "Z"
    mail = format_datetime(aware)
    return (
        iso,
        iso.replace("T", " "),
        utc,
        utc[:-1] + ".123456Z",
        utc[:-1],
        utc[:-1].replace("T", " "),
        mail[:-6],
        mail,
        mail.partition(", ")[2],
        mail[:-5] + "GMT",
        mail[:5] + mail[5:].removeprefix("0"),
    )[form]


@settings(deadline=None, max_examples=400)
@given(TIMES, OFFSETS, st.integers(0, 10))
def test_the_fast_way_and_the_slow_way_agree(value: datetime, minutes: int, form: int) -> None:
    raw = written(value, minutes, form)
    fast = read_standard(raw, SEOUL)
    assert fast is not None
    assert read(raw, SEOUL) == fast
    # A space in front is beyond the fast way, and gone before the slow one reads.
    assert read(f" {raw}", SEOUL) == fast
    assert read(f" {raw}", SEOUL, FETCHED) == fast


@settings(deadline=None, max_examples=400)
@given(st.from_regex(r"(?:[A-Z][a-z]{2}, )?\d{1,2} (?:Feb|Jun|Dec) (?:19|20|99)\d\d \d\d:\d\d:\d\d(?: GMT| Z| [+-]\d{4}|)", fullmatch=True)
    | st.from_regex(r"(?:19|20|00)\d\d-[01]\d-[0-3]\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:?\d\d|)", fullmatch=True))  # fmt: skip
def test_nearly_standard_strings_are_read_alike_both_ways(raw: str) -> None:
    fast = read_standard(raw)
    assert fast is None or read(f" {raw}") == fast


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789 .,-/:+()TZWRH'年月日년월일時分令和元午前後오전후시간전ago十二〇JanuaryOctoberDecGMT"), max_size=80), st.sampled_from(["", FETCHED]))  # fmt: skip
def test_any_string_is_read_or_not_in_good_time(raw: str, fetched_at: str) -> None:
    moment = read(raw, SEOUL, fetched_at)
    assert moment is None or moment.raw == " ".join(raw.split())


@pytest.mark.parametrize("piece", ["1 ", "2024-", "10/", "jan ", "令和", "20241016", "2024년 ", "오후 ", "(", "9:"])
def test_long_hostile_strings_are_cut(piece: str) -> None:
    moment = read(piece * 200_000, SEOUL, FETCHED)
    assert moment is None or len(moment.raw) <= 300
