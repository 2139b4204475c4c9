"""Days as written, and what day they mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.parties import level_case
from scraper.stages.relevance.dates import find, resolve, spoken_year

PUBLISHED = date(2025, 4, 4)  # a Friday

MEANT = [
    ("on April 3", "2025-04-03"),
    ("on October 16, 2024", "2024-10-16"),
    ("Sept. 22", "2024-09-22"),
    ("July 7 to 9, 2025", "2025-07-07"),
    ("3 April", "2025-04-03"),
    ("the 22nd of March 2023", "2023-03-22"),
    ("On the 2nd (local time)", "2025-04-02"),
    ("2024-10-16", "2024-10-16"),
    ("2024. 10. 16.", "2024-10-16"),
    ("Thursday, April 3, 2025", "2025-04-03"),
    ("on Thursday", "2025-04-03"),
    ("Saturday's talks", "2025-04-05"),
    ("Sunday", "2025-03-30"),
    ("today", "2025-04-04"),
    ("yesterday", "2025-04-03"),
    ("10월 16일", "2024-10-16"),
    ("2024년 10월 16일", "2024-10-16"),
    ("지난달 31일", "2025-03-31"),
    ("3일 서울에서", "2025-04-03"),
    ("28일", "2025-03-28"),
    ("10.29.(수)", "2024-10-29"),
    ("목요일", "2025-04-03"),
    ("어제", "2025-04-03"),
    ("令和6年10月16日", "2024-10-16"),
    ("平成31年4月1日", "2019-04-01"),
    ("令和元年5月1日", "2019-05-01"),
    ("23年8月18日", "2023-08-18"),
    ("昨年7月23日", "2024-07-23"),
    ("１６日（現地時間）", "2025-03-16"),
    ("15日午後", "2025-03-15"),
    ("木曜日", "2025-04-03"),
    ("本日", "2025-04-04"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), MEANT)
def test_a_day_means(text: str, day: str) -> None:
    (said,) = find(level_case(text))
    assert str(resolve(said, PUBLISHED, None)) == day


@pytest.mark.parametrize(
    "text", ["5일간", "3日間", "제2차", "99 April", "32日", "13月40日", "the 15th round", "June 2024", "at 10:30", "1.5 million", ""]
)
def test_what_is_no_day(text: str) -> None:
    assert find(level_case(text)) == ()


def test_what_is_to_come_lies_ahead() -> None:
    by_text = {
        "on May 5": "2025-05-05",
        "on Thursday": "2025-04-10",
        "the 2nd (local time)": "2025-05-02",
        "내달 2일": "2025-05-02",
        "Feb. 3": "2026-02-03",
    }
    assert {text: str(resolve(find(level_case(text))[0], PUBLISHED, None, future=True)) for text in by_text} == by_text


@pytest.mark.parametrize(
    ("text", "day"), [("April 3", "2021-04-03"), ("today", None), ("the 3rd (local time)", None), ("昨年7月23日", None), ("4月31日", None)]
)
def test_without_a_publication_the_year_of_the_text_helps(text: str, day: str | None) -> None:
    found = resolve(find(level_case(text))[0], None, 2021)
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("met on april 3. they will host apec 2025", 2025),
        ("on 3 march 2022, after 2019 and 2019", 2022),
        ("neutral by 2050, $2000 paid", None),
        ("", None),
    ],
)
def test_the_year_a_text_speaks_of(text: str, year: int | None) -> None:
    assert spoken_year(text) == year


@given(st.text(alphabet="0123456789月日년월일 .-/aprilmy,ofthsttoday令和元昨年(수)", max_size=60), st.booleans())
def test_no_string_makes_it_fail(text: str, future: bool) -> None:
    for said in find(text):
        found = resolve(said, PUBLISHED, 2020, future=future)
        assert found is None or isinstance(found, date)
