"""Sentences of two statements side by side: what stayed, changed, moved, went and came."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.wording import OPERATIONS, Row
from scraper.stages.wording import Formulary, align

OPENING = "The ministers met at the lighthouse on Monday."
PATROL = "They agreed that patrol boats will share the positions of drifting nets every morning."
PRICES = "They noted with concern the rising price of grain in island harbours."
STUDENTS = "Forty students will spend a summer at the observatories of the other countries."
TEXT = (OPENING, PATROL, PRICES, STUDENTS)


def ops(formulary: Formulary, before: str, after: str) -> list[tuple[str, int, int]]:
    return [(row.op, row.before_at, row.after_at) for row in rows(formulary, before, after)]


def rows(formulary: Formulary, before: str, after: str) -> tuple[Row, ...]:
    return align(formulary.folding.sentences(before), formulary.folding.sentences(after))


def said(row: Row, *ops: str) -> str:
    return "".join(piece.text for piece in row.pieces if piece.op in ops)


def test_the_same_text_is_kept(formulary: Formulary) -> None:
    assert ops(formulary, " ".join(TEXT), "\n\n".join(TEXT)) == [("kept", n, n) for n in range(4)]


def test_a_changed_sentence_has_a_word_diff_that_holds_both_texts(formulary: Formulary) -> None:
    changed = PATROL.replace("every morning", "twice a week")
    row = next(row for row in rows(formulary, " ".join(TEXT), f"{OPENING} {changed} {PRICES} {STUDENTS}") if row.op != "kept")
    assert (row.op, row.before_at, row.after_at) == ("reworded", 1, 1)
    assert said(row, "same", "gone").split() == PATROL.split()
    assert said(row, "same", "new").split() == changed.split()
    assert [piece.text.strip() for piece in row.pieces if piece.op == "gone"] == ["every morning."]


def test_a_sentence_that_stands_elsewhere_has_moved(formulary: Formulary) -> None:
    assert ops(formulary, " ".join(TEXT), f"{STUDENTS} {OPENING} {PATROL} {PRICES}") == [
        ("moved", 3, 0), ("kept", 0, 1), ("kept", 1, 2), ("kept", 2, 3),
    ]  # fmt: skip


def test_a_moved_sentence_may_be_reworded_too(formulary: Formulary) -> None:
    moved = STUDENTS.replace("Forty", "Sixty")
    row = next(row for row in rows(formulary, " ".join(TEXT), f"{moved} {OPENING} {PATROL} {PRICES}") if row.op == "moved")
    assert [(piece.op, piece.text.strip()) for piece in row.pieces][:2] == [("gone", "Forty"), ("new", "Sixty")]


def test_what_went_stands_where_it_stood(formulary: Formulary) -> None:
    fresh = "A fund of nine million will mend the breakwaters."
    told = ops(formulary, " ".join(TEXT), f"{OPENING} {PATROL} {fresh} {STUDENTS}")
    assert told == [("kept", 0, 0), ("kept", 1, 1), ("dropped", 2, -1), ("new", -1, 2), ("kept", 3, 3)]


def test_a_sentence_that_was_parted_is_one_row(formulary: Formulary) -> None:
    parted = "They agreed that patrol boats will share the positions of drifting nets. They will do so with patrol boats every morning."
    told = rows(formulary, " ".join(TEXT), f"{OPENING} {parted} {PRICES} {STUDENTS}")
    assert [row.op for row in told] == ["kept", "reworded", "kept", "kept"]
    assert told[1].after == parted


def test_two_sentences_that_were_joined_are_one_row(formulary: Formulary) -> None:
    first, second = "The three will map the reefs of the northern shelf.", "The three will publish the map of the reefs each spring."
    joined = "The three will map the reefs of the northern shelf and publish the map of the reefs each spring."
    told = rows(formulary, f"{OPENING} {first} {second}", f"{OPENING} {joined}")
    assert [row.op for row in told] == ["kept", "reworded"]
    assert told[1].before == f"{first} {second}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The ROK, the U.S. and Japan will act.", "Japan, the United States and the Republic of Korea will act."),
        ("U.S.-Japan-ROK cooperation goes on.", "ROK-U.S.-Japan cooperation goes on."),
        ("They urged the DPRK to talk.", "They urged North Korea to talk."),
        ("The Secretary and Foreign Ministers welcomed it.", "The three Ministers welcomed it."),
        ("They recalled UN Security Council resolutions.", "They recalled UNSCRs."),
        ("한미일 3국 외교장관들은 이를 환영하였다.", "3국 장관들은 이를 환영하였다."),
        ("한·미·일은 협력한다.", "미·일·한은 협력한다."),
        ("日米韓は協力する。", "日韓米は協力する。"),
        ("三外相は歓迎した。", "三大臣は歓迎した。"),
        ("They share “the view”.", "They share 'the view'."),
        ("THE VIEW IS SHARED.", "A view is shared."),
    ],
)
def test_other_names_and_orders_are_no_rewording(formulary: Formulary, before: str, after: str) -> None:
    assert ops(formulary, before, after) == [("kept", 0, 0)]


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        (
            "3국은 북한의 불법 환적을 강하게 규탄하고 감시를 강화하기로 하였다.",
            "3국은 북한의 불법 환적을 규탄하고 감시를 강화하기로 하였다.",
            ["강하게"],
            [],
        ),
        ("三か国は港湾の安全に関する協議を毎年行う。", "三か国は港湾の安全に関する対話を毎年行う。", ["協議"], ["対話"]),
        ("They will meet in Seoul in spring.", "They will meet in Tokyo in spring.", ["Seoul"], ["Tokyo"]),
    ],
)
def test_every_language_has_a_word_diff(formulary: Formulary, before: str, after: str, gone: list[str], new: list[str]) -> None:
    (row,) = rows(formulary, before, after)
    assert row.op == "reworded"
    assert [piece.text.strip(" を") for piece in row.pieces if piece.op == "gone"] == gone
    assert [piece.text.strip(" を") for piece in row.pieces if piece.op == "new"] == new


def test_marks_and_numbers_of_paragraphs_are_no_sentences(formulary: Formulary) -> None:
    assert ops(formulary, f"1.\n{OPENING}\n###\n---", f"{OPENING}\n***") == [("kept", 0, 0)]


def test_repeated_sentences_are_paired_each_once(formulary: Formulary) -> None:
    told = ops(formulary, f"{OPENING} {OPENING} {PATROL}", f"{OPENING} {PATROL}")
    assert sorted(op for op, _, _ in told) == ["dropped", "kept", "kept"]


def test_very_long_sentences_end_soon(formulary: Formulary) -> None:
    before = " ".join(f"word{n}" for n in range(3000))
    (row,) = rows(formulary, before, before.replace("word7 ", "other "))
    assert [piece.op for piece in row.pieces] == ["gone", "new"]


_WORDS = st.sampled_from(
    ["harbour", "reef", "lantern", "boat", "patrol", "grain", "fund", "school", "항만", "등대", "협력", "港湾", "協力", "Japan", "ROK"]
)
_TEXTS = st.lists(st.lists(_WORDS, min_size=1, max_size=7).map(lambda words: " ".join(words).capitalize() + "."), max_size=8)


@given(_TEXTS, _TEXTS)
def test_every_sentence_stands_in_one_row(formulary: Formulary, before: list[str], after: list[str]) -> None:
    folding = formulary.folding
    old, new = folding.sentences("\n".join(before)), folding.sentences("\n".join(after))
    told = align(old, new)
    assert {row.op for row in told} <= set(OPERATIONS)
    assert sorted(" ".join(row.before for row in told).split()) == sorted(" ".join(one.text for one in old).split())
    assert sorted(" ".join(row.after for row in told).split()) == sorted(" ".join(one.text for one in new).split())
    for row in told:
        if row.pieces:
            assert said(row, "same", "new").split() == row.after.split()
            assert "".join(said(row, "gone").split()) in "".join(row.before.split()) or len(row.pieces) > 2


@given(_TEXTS)
def test_a_text_beside_itself_is_kept_whole(formulary: Formulary, text: list[str]) -> None:
    old = formulary.folding.sentences("\n".join(text))
    assert all(row.op == "kept" for row in align(old, old))


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_is_too_odd(formulary: Formulary, before: str, after: str) -> None:
    told = align(formulary.folding.sentences(before), formulary.folding.sentences(after))
    assert all(row.before or row.after for row in told)
