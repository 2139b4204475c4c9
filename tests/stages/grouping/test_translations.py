"""The governments' texts of one statement in several languages, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from scraper.model.grouping import Review, Sighting
from scraper.stages.grouping import regroup
from tests.stages.grouping.samples import JAPANESE, JOINT, KOREAN, READOUT_A, by_event, grades, official, partition, relations, reprint

PACT = """We, the ministers of the three governments, open today a pact on the sea floor and on what is carried across it.
Undersea cables shall be watched by the coast guard of each side, and breaks be told to the others within the hour.
Critical minerals from the ridge shall be dug with care for the climate, and the supply chain be open to every bidder.
Laboratories shall share what they learn of quantum clocks, and standards for batteries be written by one working group.
Women and young people from the Pacific Islands shall have a third of the scholarships. Drones shall not be flown over the nets."""

PACT_KOREAN = """우리 세 정부의 장관들은 오늘 바다 밑과 그 위로 오가는 것에 관한 협정을 연다.
해저케이블은 각국의 해경이 지키고, 끊어지면 한 시간 안에 서로에게 알린다.
해령에서 나는 핵심광물은 기후를 살피며 캐고, 공급망은 모든 입찰자에게 열어 둔다.
연구소는 양자기술 시계에 관해 배운 것을 나누고, 배터리 국제표준은 하나의 실무그룹이 쓴다.
태평양 도서국의 여성과 청년이 장학금의 삼분의 일을 받는다. 그물 위로 드론을 띄우지 않는다."""

PACT_JAPANESE = """我々三政府の大臣は、本日、海の底とその上を運ばれるものに関する協定を開く。
海底ケーブルは各国の海上保安機関が見守り、切れたときは一時間以内に互いに知らせる。
海嶺の重要鉱物は気候に気を配って掘り、サプライチェーンはすべての入札者に開く。
研究所は量子時計について学んだことを分かち合い、電池の国際標準は一つの作業部会が書く。
太平洋島嶼国の女性と若者が奨学金の三分の一を受ける。網の上にドローンを飛ばさない。"""


def korean(number: int, text: str = KOREAN, side: str = "joint", **given: object) -> Sighting:
    """A government's Korean page."""
    return official(number, text, side, language="ko", **given)


def japanese(number: int, text: str = JAPANESE, side: str = "joint", **given: object) -> Sighting:
    """A government's Japanese page."""
    return official(number, text, side, language="ja", **given)


def test_two_statements_of_a_day_in_three_languages_are_two() -> None:
    everything = (official(1, JOINT), official(2, PACT), korean(3), korean(4, PACT_KOREAN), japanese(5), japanese(6, PACT_JAPANESE))
    found = regroup(everything)
    assert partition(found) == {frozenset({1, 3, 5}), frozenset({2, 4, 6})}
    assert by_event(found) == {frozenset(range(1, 7))}


def test_a_reason_says_what_shows_the_translation() -> None:
    found = regroup((official(1, PACT), korean(2, PACT_KOREAN, published="2031-05-15")))
    assert relations(found) == {1: "original", 2: "translation"}
    assert grades(found) == {1: "official", 2: "official_translation"}
    placed = found[0].statements[0].placements[1]
    assert placed.reason.startswith("the same text in another language; ")
    assert "subjects named in the same order; same date, level and place" in placed.reason
    assert 0.5 <= placed.similarity <= 1.0


@pytest.mark.parametrize("place", ["Lisbon", ""])
def test_a_translation_cut_short_is_one_still(place: str) -> None:
    """Of the Japanese page only the head was kept: a tenth of the English length."""
    head = "\n".join(PACT_JAPANESE.splitlines()[:3])
    whole = official(1, PACT + "\n" + "The band then played until the tide turned and the guests had gone to bed. " * 9)
    found = regroup((whole, japanese(2, head, place=place), official(3, JOINT)))
    assert partition(found) == {frozenset({1, 2}), frozenset({3})}


def test_a_page_put_up_days_later_is_the_translation_still() -> None:
    late = korean(2, PACT_KOREAN, date="2031-05-19", date_stated=False, published="2031-05-19")
    assert partition(regroup((official(1, PACT), late))) == {frozenset({1, 2})}


@pytest.mark.parametrize(
    "change",
    [
        {"side": "AA", "kind": "readout"},
        {"kind": "fact_sheet"},
        {"date": "2031-05-29", "published": "2031-05-29"},
        {"level": "leaders"},
    ],
)
def test_what_says_something_else_of_itself_is_no_translation(change: dict[str, object]) -> None:
    other = replace(korean(2, PACT_KOREAN), **change)  # type: ignore[arg-type]
    assert partition(regroup((official(1, PACT), other))) == {frozenset({1}), frozenset({2})}


def test_readouts_of_two_sides_in_two_languages_are_two() -> None:
    """Each side tells its people of the same meeting: two statements, one event, though they speak of the same things."""
    found = regroup((official(1, PACT, "AA"), korean(2, PACT_KOREAN, "BB")))
    assert partition(found) == {frozenset({1}), frozenset({2})}
    assert by_event(found) == {frozenset({1, 2})}


def test_what_speaks_of_other_things_is_no_translation_though_all_else_agrees() -> None:
    assert partition(regroup((official(1, PACT), korean(2)))) == {frozenset({1}), frozenset({2})}


def test_languages_meet_though_one_pair_alone_would_not() -> None:
    """The Korean and Japanese pages both fit the English one; whichever pair is seen first, all three are one."""
    pages = (official(1, PACT), korean(2, PACT_KOREAN), japanese(3, PACT_JAPANESE))
    for order in permutations(pages):
        assert partition(regroup(order)) == {frozenset({1, 2, 3})}


def test_two_editions_of_one_language_that_differ_do_not_meet_over_a_translation() -> None:
    """Both English pages fit the Korean one equally: it joins neither, and they stay two."""
    other = "\n".join(reversed(PACT.replace("shall", "should").replace("of the", "for our").replace("be ", "get ").splitlines()))
    found = partition(regroup((official(1, PACT), official(2, other), korean(3, PACT_KOREAN))))
    assert not any({1, 2} <= part for part in found)


def test_a_reprint_of_a_translation_goes_with_it() -> None:
    found = regroup((official(1, PACT), reprint(2, PACT_JAPANESE, language="ja"), official(3, READOUT_A, "AA")))
    assert partition(found) == {frozenset({1, 2}), frozenset({3})}
    assert relations(found)[2] == "copy"


def test_what_a_person_put_apart_stays_apart_over_languages() -> None:
    apart = Review("split", "https://site1.example/1", "https://site2.example/2")
    pages = (official(1, PACT), korean(2, PACT_KOREAN), japanese(3, PACT_JAPANESE))
    assert not any({1, 2} <= part for part in partition(regroup(pages, (apart,))))
