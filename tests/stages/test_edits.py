from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.revision import Version
from scraper.stages import edits

FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ENGLISH = (
    "The three ministers met in Busan on 2 March 2026.\n\nThey welcomed the “Harbour Lantern” exercise and agreed to meet again in autumn.\n\n"
    "Updated: Mar. 2, 2026 3:20 pm KST"
)
KOREAN = "세 나라 외교장관은 ２０２６년 3월 2일 부산에서 만났다.\n\n장관들은 ‘항구의 등불’ 훈련을 환영하였다.\n\n입력 2026.03.02 15:20 수정 2026.03.02 15:40"
JAPANESE = "三か国の外相は２０２６年３月２日に釜山で会談した。\n\n三外相は「港の灯」訓練を歓迎した。\n\n更新：2026年3月2日 15時20分"

TABLE = [
    (ENGLISH, ENGLISH, "none"),
    (ENGLISH, ENGLISH.replace("“", '"').replace("”", '"'), "cosmetic"),
    (ENGLISH, ENGLISH.replace("\n\n", "\n  \n\n "), "cosmetic"),
    (ENGLISH, ENGLISH.upper(), "cosmetic"),
    (ENGLISH, ENGLISH.replace("met in", "met, in"), "cosmetic"),
    (ENGLISH, ENGLISH.replace("Harbour Lantern", "Ｈarbour　Lantern"), "cosmetic"),
    (ENGLISH, ENGLISH.replace("3:20 pm", "5:41 pm"), "date"),
    (ENGLISH, ENGLISH.replace("Updated: Mar. 2, 2026 3:20 pm KST", "Last modified on Tuesday, 3 March 2026"), "date"),
    (ENGLISH, ENGLISH.replace("on 2 March", "on 3 March"), "substance"),
    (ENGLISH, ENGLISH.replace("agreed", "decided"), "substance"),
    (ENGLISH, ENGLISH.replace("three ministers", "ministers"), "substance"),
    (ENGLISH, ENGLISH + "\n\nThe next meeting is in Sapporo.", "substance"),
    (ENGLISH, ENGLISH.replace("They welcomed the “Harbour Lantern” exercise and", "They"), "substance"),
    (KOREAN, KOREAN.replace("２０２６", "2026"), "cosmetic"),
    (KOREAN, KOREAN.replace("‘항구의 등불’", "“항구의 등불”"), "cosmetic"),
    (KOREAN, KOREAN.replace("15:40", "17:05"), "date"),
    (KOREAN, KOREAN.replace("환영하였다", "높이 평가하였다"), "substance"),
    (KOREAN, KOREAN.replace("부산에서", "서울에서"), "substance"),
    (JAPANESE, JAPANESE.replace("２０２６年３月２日", "2026年3月2日"), "cosmetic"),
    (JAPANESE, JAPANESE.replace("15時20分", "17時05分"), "date"),
    (JAPANESE, JAPANESE.replace("歓迎した", "確認した"), "substance"),
]


@pytest.mark.parametrize(("before", "after", "kind"), TABLE)
def test_kinds(before: str, after: str, kind: str) -> None:
    change = edits.compare(Version("Title", before), Version("Title", after))
    assert change.kind == kind
    assert bool(change.pieces) == (kind == "substance")


def test_a_new_title_is_substance_and_one_in_capitals_is_not() -> None:
    assert edits.compare(Version("Statement on Lanterns", ENGLISH), Version("Statement on Lamps", ENGLISH)).kind == "substance"
    assert edits.compare(Version("Statement on Lanterns", ENGLISH), Version("STATEMENT ON LANTERNS", ENGLISH)).kind == "cosmetic"


def test_only_another_date_of_publication_is_a_change_of_date() -> None:
    assert edits.compare(Version("T", ENGLISH, "2026-03-02"), Version("T", ENGLISH, "2026-03-04")).kind == "date"
    assert edits.compare(Version("T", ENGLISH, "2026-03-02"), Version("T", ENGLISH, "")).kind == "none"


def test_the_diff_shows_what_went_and_what_came_with_words_beside_it() -> None:
    change = edits.compare(Version("T", ENGLISH), Version("T", ENGLISH.replace("agreed to meet", "expressed hope to meet")))
    shown = [(piece.op, piece.text) for piece in change.pieces if piece.op != "same"]
    assert shown == [("gone", "agreed"), ("new", "expressed hope")]
    assert change.pieces[0].text.endswith("“Harbour Lantern” exercise and")
    assert 0.9 < change.kept < 1.0


@pytest.mark.parametrize("after", ["Page not found", ENGLISH[:70], "The committee on fisheries will publish its report on Monday."])
def test_little_left_is_doubtful(after: str) -> None:
    assert edits.doubtful(edits.compare(Version("T", ENGLISH), Version("T", after)))


def test_a_paragraph_more_is_not_doubtful() -> None:
    assert not edits.doubtful(edits.compare(Version("T", ENGLISH), Version("T", ENGLISH * 3)))


def test_long_texts_are_compared_in_bounded_work() -> None:
    long = " ".join(f"word{number}" for number in range(6000))
    change = edits.compare(Version("T", long), Version("T", " ".join(f"other{number}" for number in range(6000))))
    assert change.kind == "substance"
    assert change.kept == 0


words = st.lists(st.sampled_from(["ministers", "met", "세나라", "外相", "2026", "agreed", "“to”", "カード", "."]), max_size=40).map(
    " ".join
)


@given(words, words)
def test_equal_words_and_only_they_are_no_substance(one: str, other: str) -> None:
    change = edits.compare(Version("T", one), Version("T", other))
    same = re.sub(r"[\W_]+", " ", one).strip() == re.sub(r"[\W_]+", " ", other).strip()
    if same:
        assert change.kind in {"none", "cosmetic"}
        assert edits.folded(Version("T", one)) == edits.folded(Version("T", other))
    else:
        assert change.kind in {"date", "substance"}


@given(words, words)
def test_the_diff_holds_every_changed_word(one: str, other: str) -> None:
    change = edits.compare(Version("T", one), Version("T", other))
    if change.kind == "substance":
        gone = sum(len(piece.text.split()) for piece in change.pieces if piece.op == "gone")
        assert gone <= len(one.split())
        assert 0 <= change.kept <= 1


def test_the_schedule_thins_out_and_ends() -> None:
    now, looks = FIRST, []
    while (later := edits.next_look(now, FIRST)) is not None:
        looks.append(later - FIRST)
        now = later
    assert tuple(looks) == edits.STEPS


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ({"doubt": True}, timedelta(hours=1)),
        ({"edited": True}, timedelta(hours=6)),
        ({"failures": 1}, timedelta(hours=1)),
        ({"failures": 3}, timedelta(hours=4)),
        ({"failures": 9}, timedelta(hours=32)),
        ({"failures": 1, "asked": 7200.0}, timedelta(hours=2)),
        ({"failures": 1, "asked": 1e12}, timedelta(hours=24)),
    ],
)
def test_what_hastens_or_delays_the_next_look(said: dict[str, float], wait: timedelta) -> None:
    now = FIRST + timedelta(days=4)
    assert edits.next_look(now, FIRST, **said) == now + wait  # type: ignore[arg-type]


def test_a_page_that_cannot_be_read_is_given_up_a_week_after_the_last_look() -> None:
    assert edits.next_look(FIRST + timedelta(days=36), FIRST, failures=4) is not None
    assert edits.next_look(FIRST + timedelta(days=37), FIRST, failures=4) is None
