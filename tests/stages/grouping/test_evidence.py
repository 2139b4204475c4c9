"""What survives rewording and translation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.grouping import evidence
from scraper.stages.grouping.evidence import MOST
from scraper.stages.grouping.subjects import MARK
from tests.stages.grouping.samples import JAPANESE, JOINT, KOREAN, STOCK


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("on May 14, 2031,", ("05-14", "2031-05-14")),
        ("on 14 May 2031", ("05-14", "2031-05-14")),
        ("on the 3rd of September", ("09-03",)),
        ("Sept. 30 and Oct. 1", ("09-30", "10-01")),
        ("2031년 5월 14일", ("05-14", "2031-05-14")),
        ("２０３１年５月１４日", ("05-14", "2031-05-14")),
        ("5月14日", ("05-14",)),
        ("2031-05-14", ("05-14", "2031-05-14")),
        ("on 2031/13/40 it rained", ()),
        ("15,000 sailors, 41 ships, 7 cats", ("15000", "41")),
        ("in 2031 and 1999", ()),
        ("12.5 percent of 300", ("12.5", "300")),
        ("maybe 14 and marching 20", ("14", "20")),
    ],
)
def test_numbers(text: str, numbers: tuple[str, ...]) -> None:
    assert evidence(text, "en")[0] == numbers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Minister Ogawa Renzo spoke", ("ogawa renzo",)),
        ("Renzo Ogawa spoke", ("ogawa renzo",)),
        ("with Bae Sung-min there", ("bae min sung",)),
        ("the Republic of Korea and the United States", ()),
        ("the ASTRON desk and the GALLEON", ("astron", "galleon")),
        ("Peter came", ()),
        ("the Harbor Lantern exercise", ("harbor lantern",)),
        ("훈련(Harbor Lantern)을", ("harbor lantern",)),
    ],
)
def test_names(text: str, names: tuple[str, ...]) -> None:
    assert tuple(name for name in evidence(text, "en", STOCK)[1] if not name.startswith(MARK)) == names


def test_three_languages_share_evidence() -> None:
    english, korean, japanese = (evidence(text, "en", STOCK) for text in (JOINT, KOREAN, JAPANESE))
    for part in (0, 1):
        assert set(english[part]) & set(korean[part]) & set(japanese[part])
    assert {"bae min sung", "helen marsh", "ogawa renzo"} <= set(english[1]) & set(korean[1]) & set(japanese[1])


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    numbers, names = evidence(text, "ko", STOCK)
    assert len(set(numbers)) == len(numbers) <= MOST
    assert len(set(names)) == len(names) <= 2 * MOST


def test_there_is_a_limit() -> None:
    many = " and ".join(f"{n} Alpha{'x' * (n % 20)} Beta{'y' * (n // 20)}" for n in range(100, 300))
    assert [len(part) for part in evidence(many, "en")] == [MOST, MOST]


@pytest.mark.parametrize("text", ["A" * 500_000, "Aa " * 150_000, "1," * 250_000, "1" * 500_000, "2031년 " * 100_000, "jan " * 100_000])
def test_a_hostile_text_comes_to_an_end(text: str) -> None:
    assert all(len(part) <= 2 * MOST for part in evidence(text, "en", STOCK))
