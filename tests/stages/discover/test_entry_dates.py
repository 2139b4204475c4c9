from __future__ import annotations

import pytest

from scraper.datestring import read
from scraper.stages.discover.dates import believable, trailing_date

FETCHED = "2026-11-21T12:00:00Z"


@pytest.mark.parametrize(
    ("raw", "credible"),
    [
        ("1970-01-01T00:00:00Z", False),
        ("1989-12-31", False),
        ("2009-05-01", True),
        ("2026-11-23T12:00:00Z", True),
        ("2026-11-23T12:00:01Z", False),
        ("2027-01-20", False),
    ],
)
def test_believable(raw: str, credible: bool) -> None:
    moment = read(raw, "UTC", FETCHED)
    assert moment is not None
    assert believable(moment, FETCHED) is credible


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("제3차 회의 결과 브리핑2026.03.18", "제3차 회의 결과 브리핑"),
        ("Talks held July 17, 2026", "Talks held "),
        ("Talks held 17 July 2026 ", "Talks held "),
        ("회의 결과 2026년 3월 8일", "회의 결과 "),
        ("会合の結果 令和8年3月8日", "会合の結果 "),
        ("会合の結果２０２６.０３.０８", "会合の結果"),
        ("회의 (2026-03-18 14:30", "회의 ("),
    ],
)
def test_trailing_date(text: str, before: str) -> None:
    start = trailing_date(text)
    assert start is not None
    assert text[:start] == before


@pytest.mark.parametrize("text", ["", "Talks held", "The 2026.03.18 talks and what followed", "外相会合（11月2日）", "Vision 2030"])
def test_no_trailing_date(text: str) -> None:
    assert trailing_date(text) is None
