from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.datestring import read
from scraper.model.moment import parse_utc

FETCHED = "2026-11-21T12:00:00Z"
SEOUL = "Asia/Seoul"

TIMES = [
    # RFC 822 and its variants
    ("Sun, 27 Sep 2026 19:00:00 +0900", "2026-09-27T10:00:00Z", "second", "2026-09-27"),
    ("Sun,27 Sep 2026 19:00:00 +0900", "2026-09-27T10:00:00Z", "second", "2026-09-27"),
    ("27 Sep 2026 19:00 GMT", "2026-09-27T19:00:00Z", "minute", "2026-09-27"),
    ("Sun, 27 Sep 2026 19:00:00", "2026-09-27T10:00:00Z", "second", "2026-09-27"),
    ("Sunday, 27-Sep-26 19:00:00 UTC", "2026-09-27T19:00:00Z", "second", "2026-09-27"),
    ("Sun, 27 Sept 2026 19:00:00 EDT", "2026-09-27T23:00:00Z", "second", "2026-09-27"),
    ("Sun, 27 September 2026 19:00:00 Z", "2026-09-27T19:00:00Z", "second", "2026-09-27"),
    ("Sun, 27 Sep 2026 19:00:60 +00:00", "2026-09-27T19:00:59Z", "second", "2026-09-27"),
    ("Sun, 27 Sep 2026 19:00:00 XYZ", "2026-09-27T10:00:00Z", "second", "2026-09-27"),
    ("Thu Nov  5 10:00:00 2026", "2026-11-05T01:00:00Z", "second", "2026-11-05"),
    ("Thu Nov 5 10:00:00 GMT 2026", "2026-11-05T10:00:00Z", "second", "2026-11-05"),
    # ISO 8601
    ("2026-08-19T14:02:11-04:00", "2026-08-19T18:02:11Z", "second", "2026-08-19"),
    ("2026-08-19T14:02:11.123Z", "2026-08-19T14:02:11Z", "second", "2026-08-19"),
    ("2026-08-19T14:02+09", "2026-08-19T05:02:00Z", "minute", "2026-08-19"),
    ("2026-08-19T01:30:00", "2026-08-18T16:30:00Z", "second", "2026-08-19"),
    ("20260922T013000Z", "2026-09-22T01:30:00Z", "second", "2026-09-22"),
    ("20260922013000", "2026-09-21T16:30:00Z", "second", "2026-09-22"),
    ("2026-09-27 19:00:00", "2026-09-27T10:00:00Z", "second", "2026-09-27"),
    # Korean, Japanese, American
    ("입력 2026.10.16. 오후 3:20", "2026-10-16T06:20:00Z", "minute", "2026-10-16"),
    ("2026년 10월 16일(금) 오전 12시 5분", "2026-10-15T15:05:00Z", "minute", "2026-10-16"),
    ("2026年10月8日 14時30分", "2026-10-08T05:30:00Z", "minute", "2026-10-08"),
    ("2026年10月8日 午後3時", "2026-10-08T06:00:00Z", "minute", "2026-10-08"),
    ("２０２６年１０月８日　１４：３０", "2026-10-08T05:30:00Z", "minute", "2026-10-08"),
    ("November 4, 2026 at 3:20 p.m. EST", "2026-11-04T20:20:00Z", "minute", "2026-11-04"),
    ("Updated 7:02 AM KST, October 16, 2026", "2026-10-15T22:02:00Z", "minute", "2026-10-16"),
    ("11/20/2026 14:30:00", "2026-11-20T05:30:00Z", "second", "2026-11-20"),
    # since 1970
    ("1791400000000", "2026-10-07T19:06:40Z", "second", "2026-10-07"),
    ("1791400000", "2026-10-07T19:06:40Z", "second", "2026-10-07"),
    ("0", "1970-01-01T00:00:00Z", "second", "1970-01-01"),
]

DAYS = [
    ("27 09 2026", "2026-09-27"),
    ("2026-09-27", "2026-09-27"),
    ("2026/9/7", "2026-09-07"),
    ("2026.10.16", "2026-10-16"),
    ("2026. 10. 16.", "2026-10-16"),
    ("26.10.16", "2026-10-16"),
    ("20261016", "2026-10-16"),
    ("2024년 10월 16일", "2024-10-16"),
    ("令和8年11月2日", "2026-11-02"),
    ("令和８年１１月２日", "2026-11-02"),
    ("令和元年5月1日", "2019-05-01"),
    ("平成31年4月30日", "2019-04-30"),
    ("昭和40年6月22日", "1965-06-22"),
    ("July 17, 2026", "2026-07-17"),
    ("Oct. 7, 2026", "2026-10-07"),
    ("October 7th, 2026", "2026-10-07"),
    ("7 October 2026", "2026-10-07"),
    ("16.10.2026", "2026-10-16"),
    ("2026-10-08+09:00", "2026-10-08"),
    ("2026-09-27T25:00:00", "2026-09-27"),
    ("31 Dec 9999 10:00:00 +0000", "9999-12-31"),
    # without a year: the latest that is not more than two days ahead
    ("11月2日", "2026-11-02"),
    ("10월 16일", "2026-10-16"),
    ("11月23日", "2026-11-23"),
    ("11月24日", "2025-11-24"),
    ("12月28日", "2025-12-28"),
    ("October 7", "2026-10-07"),
    ("7 Dec", "2025-12-07"),
    ("2月29日", "2024-02-29"),
]


@pytest.mark.parametrize(("raw", "at", "precision", "day"), TIMES)
def test_times(raw: str, at: str, precision: str, day: str) -> None:
    moment = read(raw, SEOUL, FETCHED)
    assert moment is not None
    assert (moment.at, moment.precision, moment.day) == (at, precision, day)


@pytest.mark.parametrize(("raw", "day"), DAYS)
def test_dates_alone(raw: str, day: str) -> None:
    moment = read(raw, SEOUL, FETCHED)
    assert moment is not None
    assert (moment.at, moment.precision, moment.day, moment.raw) == (day, "date", day, " ".join(raw.split()))


@pytest.mark.parametrize(
    "raw",
    ["", "  ", "soon", "2026-13-45", "99.99.99", "5.11", "Room 2024", "1.2.3", "총 2024명", "Sep 31 2026", "令和", "13월 1일", "1234567"],
)
def test_no_date(raw: str) -> None:
    assert read(raw, SEOUL, FETCHED) is None


def test_zone_is_asked_only_where_none_is_named() -> None:
    found = [read(raw, "America/New_York", FETCHED) for raw in ("2026-07-01 10:00:00", "2026-01-01 10:00:00", "2026-01-01 10:00:00 +0900")]
    assert [moment.at for moment in found if moment] == ["2026-07-01T14:00:00Z", "2026-01-01T15:00:00Z", "2026-01-01T01:00:00Z"]


@pytest.mark.parametrize("zone", ["Nowhere/City", "", "../etc", "\x00"])
def test_unknown_zone_counts_as_utc(zone: str) -> None:
    moment = read("2026-07-01 10:00:00", zone, FETCHED)
    assert moment is not None
    assert moment.at == "2026-07-01T10:00:00Z"


def test_absurd_offset_is_no_offset() -> None:
    moment = read("2026-07-01T10:00:00+99:00", "UTC", FETCHED)
    assert moment is not None
    assert moment.at == "2026-07-01T10:00:00Z"


@settings(deadline=None)
@given(st.datetimes(datetime(1991, 1, 1), datetime(2026, 11, 1)), st.integers(-12, 14))  # noqa: DTZ001
def test_rfc_822_and_iso_agree(value: datetime, hours: int) -> None:
    sign = f"{'-' if hours < 0 else '+'}{abs(hours):02}"
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[value.month - 1]
    rfc = read(f"{value.day:02} {month} {value.year} {value:%H:%M:%S} {sign}00", SEOUL, FETCHED)
    iso = read(f"{value:%Y-%m-%dT%H:%M:%S}{sign}:00", SEOUL, FETCHED)
    assert rfc is not None
    assert iso is not None
    assert rfc.at == iso.at
    assert parse_utc(rfc.at) == (value.replace(microsecond=0) - timedelta(hours=hours)).replace(tzinfo=UTC)


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789 .,-/:+TZ年月日년월일時分令和午前後오전후후JanuaryOctoberDecGMT"), max_size=60))
def test_never_raises_and_keeps_the_raw(raw: str) -> None:
    moment = read(raw, SEOUL, FETCHED)
    assert moment is None or (moment.raw == " ".join(raw.split()))


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(1, 28), st.datetimes(datetime(2001, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_year_is_chosen_by_the_fetch_alone(month: int, day: int, fetched: datetime) -> None:
    moment = read(f"{month}月{day}日", "UTC", fetched.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert moment is not None
    gap = fetched - parse_utc(moment.at).replace(tzinfo=None)
    assert timedelta(days=-2) <= gap <= timedelta(days=365)
