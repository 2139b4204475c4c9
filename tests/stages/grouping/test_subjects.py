"""What a text speaks of, and how two texts run side by side in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.grouping.subjects import names_of, subjects_in
from scraper.stages.grouping.trails import Alongside, alongside, trail
from tests.stages.grouping.samples import JAPANESE, JOINT, KOREAN, sighting

TABLE = names_of({
    "sea": ("South Sea", "남해", "南海"), "deep-sea": ("Deep South Sea",), "drones": ("drone", "드론", "ドローン"), "raids": ("raid", "도발", "挑発"),
    "empty": ("", "--"),
})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Drones over the south sea; a DRONE fell.", ["drones", "sea", "drones"]),
        ("the Deep South Sea", ["deep-sea"]),
        ("the south-sea lanes", ["sea"]),
        ("the south. Sea lanes", ["sea"]),
        ("droned on", []),
        ("남해에서 드론이 떴다", ["sea", "drones"]),
        ("도발을 멈추라", ["raids"]),
        ("계획도 발표됐다", []),
        ("南海のドローンと挑発", ["sea", "drones", "raids"]),
        ("", []),
    ],
)
def test_subjects_by_their_names_in_every_language(text: str, subjects: list[str]) -> None:
    assert list(subjects_in(text, TABLE)) == subjects


def test_without_a_table_nothing_is_a_subject() -> None:
    assert list(subjects_in("Drones over the South Sea", {})) == []


def test_the_shipped_table_finds_one_trail_in_three_languages() -> None:
    english, korean, japanese = (trail(sighting(1, text)) for text in (JOINT, KOREAN, JAPANESE))
    for one, other in ((english, korean), (english, japanese), (korean, japanese)):
        found = alongside(one, other)
        assert found.known
        assert found.followed >= 0.6


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("", "", Alongside(0, 0, 0, 0.0)),
        ("abcd", "", Alongside(0, 0, 4, 0.0)),
        ("abcd", "abcd", Alongside(4, 4, 4, 1.0)),
        ("abcd", "xayb", Alongside(2, 4, 4, 2 / 3)),
        ("abcd", "dcba", Alongside(1, 4, 4, 1.0)),
        ("bd", "abcdefgh", Alongside(2, 2, 8, 2 / 3)),
        ("xyz", "abcdefgh", Alongside(0, 3, 8, 0.0)),
    ],
)
def test_trails_side_by_side(one: str, other: str, found: Alongside) -> None:
    assert alongside(one, other) == alongside(other, one) == found


def test_shares_of_a_trail() -> None:
    found = Alongside(order=3, shorter=4, longer=9, dense=0.5)
    assert (found.known, found.followed, found.likeness) == (True, 0.75, 0.5)
    assert (Alongside(0, 0, 9, 0.0).followed, Alongside(0, 0, 9, 0.0).likeness, Alongside(3, 3, 9, 1.0).known) == (0.0, 0.0, False)


TRAILS = st.lists(st.sampled_from("abcdefghij"), unique=True).map(tuple)


@given(TRAILS, TRAILS)
def test_any_trails(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    found = alongside(one, other)
    assert found == alongside(other, one)
    assert found.order <= len(set(one) & set(other)) <= found.shorter <= found.longer
    assert 0 <= found.followed <= 1
    assert 0 <= found.likeness <= 1
    assert 0 <= found.dense <= 1
    assert alongside(one, one).order == len(one)


@pytest.mark.parametrize("text", ["south " * 80_000, "남 " * 200_000, "가. " * 150_000, "南" * 400_000])
def test_a_hostile_text_comes_to_an_end(text: str) -> None:
    assert list(subjects_in(text, TABLE)) == []
