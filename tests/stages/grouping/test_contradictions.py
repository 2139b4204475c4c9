"""Facts of a copy that contradict the text it copies, and what is no contradiction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.stages.grouping.contradictions import Contradiction, contradictions
from scraper.stages.grouping.facts import Glossary, glossary_of, read
from tests.effort import effort
from tests.stages.grouping.samples import JAPANESE, JOINT, KOREAN, PRINCIPLES

WORDS = glossary_of(
    {
        "Lisbon": ("Lisbon", "리스본", "リスボン"), "Porto": ("Porto", "포르투", "ポルト"), "Busan": ("Busan", "부산", "釜山"), "Nara": ("Nara", "/Na+ra/"),
    },
    ("Minister", "Secretary of State", "Foreign Minister", "외교장관", "장관", "外相", "外務大臣", "国務長官"),
    ("secretary", "japan", "korea", "minister", "united", "states"),
    ("일본", "한국", "日本", "韓国", "米国", "両", "양", "Japan"),
)  # fmt: skip


def found(lead: str, copy: str) -> list[tuple[str, str, str]]:
    """What contradicts, in short."""
    return [(one.kind, one.lead, one.copy) for one in contradictions(lead, copy, WORDS)]


def changed(*pairs: tuple[str, str], text: str = JOINT) -> str:
    """The text with some words changed."""
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


CONTRADICTING = [
    (JOINT, ("May 14, 2031", "May 15, 2031"), ("date", "May 14, 2031", "May 15, 2031")),
    (JOINT, ("May 14, 2031", "14 June 2031"), ("date", "May 14, 2031", "14 June 2031")),
    (JOINT, ("four further drills", "six further drills"), ("number", "four", "six")),
    (JOINT, ("four further drills", "6 further drills"), ("number", "four", "6")),
    (JOINT, ("sixty young welders", "90 young welders"), ("number", "sixty", "90")),
    (JOINT, ("met in Lisbon", "met in Porto"), ("place", "Lisbon", "Porto")),
    (JOINT, ("Minister Bae offered", "Minister Choi offered"), ("name", "Bae", "Choi")),
    (JOINT, ("Minister Ogawa described", "Minister Tanaka described"), ("name", "Ogawa", "Tanaka")),
    (KOREAN, ("5월 14일 리스본", "5월 16일 리스본"), ("date", "2031년 5월 14일", "2031년 5월 16일")),
    (KOREAN, ("14일 리스본에서", "14일 포르투에서"), ("place", "리스본", "포르투")),
    (KOREAN, ("용접공 60명", "용접공 80명"), ("number", "60", "80")),
    (JAPANESE, ("溶接工60名", "溶接工80名"), ("number", "60", "80")),
    (JAPANESE, ("5月14日", "5月24日"), ("date", "2031年5月14日", "2031年5月24日")),
    (JAPANESE, ("日、リスボンで", "日、ポルトで"), ("place", "リスボン", "ポルト")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "change", "told"), CONTRADICTING, ids=[change[1] for _, change, _ in CONTRADICTING])
def test_what_a_copy_says_otherwise_is_found(text: str, change: tuple[str, str], told: tuple[str, str, str]) -> None:
    assert found(text, changed(change, text=text)) == [told]


def test_each_is_shown_with_both_sentences() -> None:
    copy = changed(("sixty young welders", "seventy young welders"))
    (one,) = contradictions(JOINT, copy, WORDS)
    assert one == Contradiction("number", "sixty", "seventy", JOINT.splitlines()[6], copy.splitlines()[6])


HARMLESS = [
    ("nothing", ()),
    ("a number in digits", (("sixty young", "60 young"), ("four further", "4 further"))),
    ("a date in another form", (("May 14, 2031", "14 May 2031"),)),
    ("a date without the year", (("May 14, 2031", "May 14"),)),
    ("a rounded figure", (("sixty young welders", "about 50 young welders"),)),
    ("the order of places", (("off Cheju and Sasebo", "off Sasebo and Cheju"), ("Yokosuka, Busan and San Diego", "Busan, San Diego and Yokosuka"))),
    ("a name spelled otherwise", (("Bae Sung-min", "Bae Seong-min"), ("Ogawa Renzo", "Ohgawa Renzo"))),
    ("a name parted otherwise", (("Bae Sung-min", "Bae Sung Min"),)),
    ("a name in another order", (("Ogawa Renzo", "Renzo Ogawa"), ("Bae Sung-min", "Sung-min Bae"))),
    ("only part of the name", (("Minister Ogawa Renzo", "Minister Ogawa"),)),
    ("another person of the same text", (("Minister Bae offered", "Minister Ogawa offered"),)),
    ("an office for a name", (("Minister Bae offered", "Korea offered"),)),
    ("a word where a figure was", (("four further drills", "several further drills"),)),
    ("words added", (("working dinner", "long working dinner with 12 guests"),)),
    ("a numbered list", (("They reviewed", "2. They reviewed"), ("The three welcomed", "3. The three welcomed"))),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changes"), HARMLESS, ids=[what for what, _ in HARMLESS])
def test_what_only_looks_otherwise_is_none(what: str, changes: tuple[tuple[str, str], ...]) -> None:
    assert found(JOINT, changed(*changes)) == [], what


KOREAN_LEAD = "배성민 외교장관은 리스본에서 열린 만찬에서 조선소 기술자 교류를 늘리고 항만 안전 규칙을 함께 고치자고 제안하였다고 밝혔다."
JAPANESE_LEAD = "小川外相は、リスボンでの夕食会において、造船所の技術者の交流を増やし、港湾の安全規則を共に改めることを提案したと述べた。"
PEOPLE = [
    (KOREAN_LEAD, ("배성민 외교장관", "최우진 외교장관"), [("name", "배성민", "최우진")]),
    (KOREAN_LEAD, ("배성민 외교장관", "한국 외교장관"), []),
    (KOREAN_LEAD, ("배성민 외교장관", "배 외교장관"), []),
    (KOREAN_LEAD, ("배성민 외교장관", "배성만 외교장관"), []),
    (JAPANESE_LEAD, ("小川外相", "田中外相"), [("name", "小川", "田中")]),
    (JAPANESE_LEAD, ("小川外相", "日本外相"), []),
    (JAPANESE_LEAD, ("小川外相", "小川錬三外相"), []),
    (JAPANESE_LEAD, ("小川外相", "同外相"), []),
    (JAPANESE_LEAD.replace("小川外相", "マーシュ国務長官"), ("マーシュ国務長官", "ブラウン国務長官"), [("name", "マーシュ", "ブラウン")]),
]  # fmt: skip


@pytest.mark.parametrize(("lead", "change", "told"), PEOPLE, ids=[change[1] for _, change, _ in PEOPLE])
def test_names_before_an_office(lead: str, change: tuple[str, str], told: list[tuple[str, str, str]]) -> None:
    assert found(lead, changed(change, text=lead)) == told


def test_large_figures_are_one_however_written() -> None:
    lead = "The governments will together spend 1.5 billion yen on repair docks over the next three years, officials said at the port."
    for same in ("1,500 million", "1,500,000,000"):
        assert found(lead, lead.replace("1.5 billion", same)) == []
    assert found(lead, lead.replace("1.5 billion", "2 billion")) == [("number", "1.5 billion", "2 billion")]
    korean = "세 나라 정부는 앞으로 삼 년 동안 수리 조선소에 모두 1만 5천 달러를 함께 들이기로 하였다고 항만 관계자가 현장에서 말하였다."
    assert found(korean, korean.replace("1만 5천", "15,000")) == []
    assert found(korean, korean.replace("1만 5천", "2만 5천")) == [("number", "1만 5천", "2만 5천")]


def test_a_sentence_that_stands_twice_with_other_figures_is_compared_with_its_own() -> None:
    lead = "The first fleet of the partners will hold four drills off the long coast in May.\nThe first fleet of the partners will hold six drills off the long coast in June."
    assert found(lead, lead.replace("The first fleet", "The large fleet")) == []


def test_other_texts_contradict_nothing() -> None:
    for one, other in ((JOINT, PRINCIPLES), (JOINT, ""), ("", JOINT), (JOINT, KOREAN)):
        assert found(one, other) == []
    assert contradictions(JOINT, changed(("Lisbon", "Porto")), Glossary()) == ()


def test_a_long_hostile_text_takes_no_time() -> None:
    with effort(2000):
        for unit in ("a 1 ", "가나 1 ", "1 million ", "外相", "May 1, ", "(1", "日本 "):
            long = (unit * 60 + "end.\n") * 3000
            contradictions(long, long.replace("1", "2"), WORDS)


@settings(max_examples=150)
@given(st.text(), st.text())
def test_any_text_can_be_compared(one: str, other: str) -> None:
    assert contradictions(one, one, WORDS) == ()
    contradictions(JOINT + one, JOINT + other, WORDS)
    assert "".join(token.shown for token in read(one, WORDS).tokens) is not None
