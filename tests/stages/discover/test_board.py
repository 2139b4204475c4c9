from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.moment import PRECISIONS
from scraper.stages.discover.board import read_board_date
from scraper.stages.discover.dates import leading_date

FETCHED = "2026-11-21T12:00:00Z"  # 21:00 in Seoul


@pytest.mark.parametrize(
    ("raw", "at", "precision"),
    [
        ("11.20", "2026-11-20", "date"),
        ("11/20", "2026-11-20", "date"),
        ("11-20.", "2026-11-20", "date"),
        ("9. 7.", "2026-09-07", "date"),
        ("[11.20]", "2026-11-20", "date"),
        ("11.20(금)", "2026-11-20", "date"),
        ("１１／２０（金）", "2026-11-20", "date"),
        ("11.20 14:30", "2026-11-20T05:30:00Z", "minute"),
        ("11/20 오후 2:30", "2026-11-20T05:30:00Z", "minute"),
        ("11.23", "2026-11-23", "date"),
        ("11.24", "2025-11-24", "date"),
        ("12/31", "2025-12-31", "date"),
        ("14:30", "2026-11-21T05:30:00Z", "minute"),
        ("오늘 09:05:10", "2026-11-21T00:05:10Z", "second"),
        ("본日 x", None, ""),
        ("午後3:20", "2026-11-21T06:20:00Z", "minute"),
        ("21:40", "2026-11-21T12:40:00Z", "minute"),
        ("22:30", "2026-11-20T13:30:00Z", "minute"),
        ("5분 전", "2026-11-21T11:55:00Z", "inferred"),
        ("3時間前", "2026-11-21T09:00:00Z", "inferred"),
        ("2 days ago", "2026-11-19T12:00:00Z", "inferred"),
        ("2026.11.20", "2026-11-20", "date"),
        ("26.11.20", "2026-11-20", "date"),
        ("11月2日", "2026-11-02", "date"),
        ("13.40", None, ""),
        ("25:00", None, ""),
        ("02.30", None, ""),
        ("5.11.3", None, ""),
        ("3.2 million", None, ""),
        ("", None, ""),
    ],
)
def test_board_dates(raw: str, at: str | None, precision: str) -> None:
    moment = read_board_date(raw, "Asia/Seoul", FETCHED)
    assert (moment.at if moment else None, moment.precision if moment else "") == (at, precision)
    assert moment is None or moment.raw == raw


def test_a_time_is_the_boards_own_day() -> None:
    just_past_midnight = read_board_date("23:50", "Asia/Seoul", "2026-11-21T15:10:00Z")
    assert just_past_midnight is not None
    assert (just_past_midnight.at, just_past_midnight.local_day) == ("2026-11-21T14:50:00Z", "2026-11-21")


@settings(deadline=None)
@given(
    st.text(alphabet=st.sampled_from("0123456789 .,-/:()[]月日분전시간前ago오늘午後"), max_size=30),
    st.datetimes(datetime(1995, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
)
def test_never_raises(raw: str, fetched: datetime) -> None:
    moment = read_board_date(raw, "Asia/Seoul", fetched.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert moment is None or moment.precision in PRECISIONS


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2026.03.18 제3차 회의", "제3차 회의"),
        ("2026.03.18제3차 회의", "제3차 회의"),
        ("[2026-03-18] Talks", "Talks"),
        ("2026年11月2日 外相会合", "外相会合"),
        ("令和8年11月2日(月) 外相会合", "外相会合"),
    ],
)
def test_leading_date(text: str, after: str) -> None:
    end = leading_date(text)
    assert end is not None
    assert text[end:] == after


@pytest.mark.parametrize("text", ["", "2026年11月2日の外相会合", "2026.03.18", "11月2日 外相会合", "Talks 2026.03.18 x", "2026-03-181 x"])
def test_no_leading_date(text: str) -> None:
    assert leading_date(text) is None
