"""What may be compared with what, and which texts are known to be cut."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scraper.model.wording import Worded
from scraper.stages.wording import Formulary, compare, refusals, unfit, whole

TEXT = "The ministers met at the harbour. They agreed to mend the breakwater."
ONE = Worded(1, TEXT, "en", level="foreign_ministers", date="2140-01-01", title="Joint Statement")
TWO = replace(ONE, id=2, date="2140-02-01", text=TEXT.replace("mend", "widen"))


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT + "\n\n###",
        TEXT + "\n\n2:42 P.M. CEST",
        TEXT + "\nOffice of the Spokesperson",
        TEXT + "\nEND TEXT of the joint statement",
        "They said “we will mend it.”",
        "They agreed to meet again (in spring)",
        "장관들은 방파제를 고치기로 하였다.\n붙임 : 회의 사진. 끝.",
        "ㅇ 3국 장관은 방파제를 고치기로 하고 등대 운영에 관한 협의를 이어 가기로 함",
        "三外相は防波堤の修復で一致した。\n（了）",
        "三外相は防波堤の修復で一致した。\n以上",
        "He paused ... and then went on.",
        TEXT + "\nAlso agreed on that day:\n- mending every breakwater\n- lending boats and nets\n- watching the northern reefs together",
        "We met at the harbour where the boats of the three\ncountries lay side by side and the lamps were lit\nand we spoke of nets, of grain, and of the long\nwinter that lies behind the people of the coast",
        "三外相は防波堤の修復で一致した。\n日米韓外相会合に関する共同プレス声明及び関連文書（英文）の掲載ページ別ウィンドウで開く",
        "3국 장관은 방파제를 고치기로 하였다.\n홍길동 기자 hong@news.example",
        TEXT + "\nCopyrights(C) Harbour news agency of the coast",
    ],
)
def test_a_whole_text_is_whole(text: str) -> None:
    assert whole(text) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not kept"),
        (" \n ", "not kept"),
        (TEXT + " They also expressed their grave conc", "breaks off"),
        (TEXT + " There", "breaks off"),
        ("They said that the breakwater and the light", "breaks off"),
        (TEXT + "\nAs harbour nations, Aland, Borduria, an", "breaks off"),
        (TEXT + "\nThey met in Aland,", "breaks off"),
        (TEXT + "\n\nWe shared common co", "breaks off"),
        ("장관들은 협력하기로 하였다. 나아가 3국 장관은 서로 협력해 ‘자유", "breaks off"),
        ("三外相は一致した。地域情勢や「自由で開かれた", "breaks off"),
        ("三か国の外務大臣は地域情勢及び防波堤の修復に関する協力の在り方", "breaks off"),
        (TEXT + " [...] They parted.", "gap"),
        (TEXT + "\n…\nThey parted.", "gap"),
        ("방파제를 고친다.\n(중략)\n끝.", "gap"),
        ("防波堤を直す。（中略）以上。", "gap"),
        (TEXT + " [+1834 chars]", "gap"),
        (TEXT + " They also expr…", "cut at the end"),
        (TEXT + "\nRead more", "cut at the end"),
        ("방파제를 고친다.\n더보기", "cut at the end"),
    ],
)
def test_a_cut_text_is_known_by_its_signs(text: str, why: str) -> None:
    assert why in whole(text)
    assert bool(whole(text)) == bool(why)


@pytest.mark.parametrize(
    ("rest", "cut"),
    [
        ("\n\nThey underscored their commitment to safeguarding", True),
        ("\n三か国の外務大臣は地域情勢及び防波堤の修復に関する協力の在り方", True),
        ("\n\n###", False),
        ("\n\nFor more information visit the press room", False),
        ("\nThey parted in the evening.", False),
        ("\n" + "Another story altogether. " * 60 + "We shared common co", False),
    ],
)
def test_what_the_page_goes_on_to_say_counts(rest: str, cut: bool) -> None:
    assert bool(whole(TEXT, rest)) == cut


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"kind": "readout"}, "differ in kind: joint statement and readout"),
        ({"level": "leaders"}, "differ in level: foreign ministers and leaders"),
        ({"side": "KR"}, "differ in side: joint and KR"),
        ({"language": "ko"}, "differ in language: en and ko"),
        ({"level": ""}, "level is not known"),
        ({"side": ""}, "side is not known"),
        ({"placeholder": True}, "primary text is not yet seen"),
        ({"grade": "rewrite"}, "only text of it is a rewrite"),
        ({"kind": "report"}, "it is a report"),
        ({"text": TEXT + " They also expr…"}, "cut at the end"),
        ({"text": ""}, "not kept"),
        ({"cut": "only an excerpt of its text is kept"}, "only an excerpt"),
    ],
)
def test_what_is_not_comparable_says_why(formulary: Formulary, changed: dict[str, Any], why: str) -> None:
    made = compare(ONE, replace(TWO, **changed), formulary)
    assert made.refused
    assert any(why in reason for reason in made.refused)
    assert made.rows == ()
    assert made.formulae == ()


def test_statements_alike_are_compared_the_older_one_first(formulary: Formulary) -> None:
    made = compare(TWO, ONE, formulary)
    assert (made.before, made.after, made.refused) == (ONE, TWO, ())
    assert [row.op for row in made.rows] == ["kept", "reworded"]
    assert unfit(ONE) == refusals(ONE, TWO) == ()


def test_two_that_are_not_comparable_are_held_side_by_side_where_that_is_asked_for(formulary: Formulary) -> None:
    other = replace(TWO, level="leaders", kind="readout")
    made = compare(ONE, other, formulary, anyway=True)
    assert made.refused == compare(ONE, other, formulary).refused != ()
    assert [row.op for row in made.rows] == ["kept", "reworded"]
    assert made.rows == compare(ONE, TWO, formulary).rows


@pytest.mark.parametrize("changed", [{"language": "ko"}, {"text": ""}])
def test_what_has_no_common_words_is_never_held_side_by_side(formulary: Formulary, changed: dict[str, Any]) -> None:
    made = compare(ONE, replace(TWO, **changed), formulary, anyway=True)
    assert made.refused
    assert made.rows == ()


def test_where_none_is_like_it_that_is_said(formulary: Formulary) -> None:
    made = compare(None, ONE, formulary, ("statement 9",))
    assert made.before is None
    assert made.passed == ("statement 9",)
    assert made.refused == ("There is no whole statement like it (foreign ministers, joint statement, joint, en) of an earlier date.",)
    assert "not kept" in compare(None, replace(ONE, text=""), formulary).refused[0]
