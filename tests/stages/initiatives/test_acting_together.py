"""In a statement that names the three once, its subject is "the Ministers": what they bring into being is told without their names beside it."""

from __future__ import annotations

import pytest

from scraper.stages.initiatives import FLAG_AT, Finder

LEADS = {
    "en": "The Foreign Ministers of the United States, Japan, and the Republic of Korea met in Lima. " + "They spoke at length about the weather. " * 12,
    "ko": "한국과 미국, 일본의 외교장관은 리마에서 만나 지역 정세를 논의하였다. " + "장관들은 오랜 시간 날씨에 대하여 이야기를 나누었다. " * 15,
    "ja": "日本、米国及び韓国の外相は、リマにおいて会合を行い、地域情勢について議論した。" + "三外相は、天気について長い時間話し合った。" * 20,
}  # fmt: skip
FOUND = [
    ("en", "They agreed to launch the Seaweed Genome Expert Network.", ["Seaweed Genome Expert Network"]),
    ("en", "The Ministers decided to set up a Fisheries Advice Cell.", ["Fisheries Advice Cell"]),
    ("en", "We announced the Reef Fund, the Volcano Network, and a Lighthouse Task Force.", ["Reef Fund", "Volcano Network", "Lighthouse Task Force"]),
    ("en", "They launched the Silver Kelp Cadet Voyage.", ["Silver Kelp Cadet Voyage"]),
    ("en", "They opened the Trilateral Wind Tunnel Yard in Busan.", ["Trilateral Wind Tunnel Yard"]),
    ("en", "They launched KELPSTAR, a joint effort on seaweed.", ["KELPSTAR"]),
    ("en", 'They agreed on a naval drill, "Copper Kelp," in May.', ["Copper Kelp"]),
    ("en", 'The card, called the "Harbor Pass," is valid at once.', ["Harbor Pass"]),
    ("en", 'They unveiled "Kelp Lantern" on Tuesday.', ["Kelp Lantern"]),
    ("en", "An art contest, the Kelp Canvas, will be held by the ministries.", ["Kelp Canvas"]),
    ("en", "- Kelp Lantern: A program for cooks.", ["Kelp Lantern"]),
    ("en", "They concluded the MOC on Reef Mapping.", ["MOC on Reef Mapping"]),
    ("en", "They created a joint reef safety team.", ["a joint reef safety team"]),
    ("en", "They signed a memorandum of understanding on kelp research.", ["a memorandum of understanding on kelp research"]),
    ("en", "They will hold the Trilateral Summit of Mayors.", ["Trilateral Summit of Mayors"]),
    ("en", "They launched the Youth in Seafood Fellowship.", ["Youth in Seafood Fellowship"]),
    ("en", "They agreed that a Reef Rescue Team should begin its work soon.", ["Reef Rescue Team"]),
    ("ko", "장관들은 다시마 연구 기금을 새로 조성하기로 하였다.", ["다시마 연구 기금"]),
    ("ko", "장관들은 산호초 보호 플랫폼, 다시마 연구 기금을 연내에 출범시키기로 하였다.", ["산호초 보호 플랫폼", "다시마 연구 기금"]),
    ("ko", "장관들은 회의를 마친 뒤 산호초 보호에 관한 각서에 서명하였다.", ["산호초 보호에 관한 각서"]),
    ("ko", "장관들은 지난달 서명한 어선 수리 상호지원 협정의 이행을 점검하였다.", ["어선 수리 상호지원 협정"]),
    ("ko", "장관들은 '다시마 산업 파트너십'을 발족하였다.", ["다시마 산업 파트너십"]),
    ("ja", "三外相は、海藻研究基金を本年中に創設することで一致した。", ["海藻研究基金"]),
    ("ja", "三外相は、珊瑚保護に関する協定を締結した。", []),
    ("ja", "三外相は、漁船修理相互応援協定も締結した。", ["漁船修理相互応援協定"]),
    ("ja", "三外相は、「海藻ランタン計画」を共同で進めることを確認した。", ["海藻ランタン計画"]),
    ("ja", "三外相は、日米韓海藻遺伝子協議を局長級で開始することを決めた。", ["日米韓海藻遺伝子協議"]),
]  # fmt: skip
NOTHING = [
    ("en", "The two leaders launched the Kelp Genome Network."),
    ("en", "Japan and the Republic of Korea launched the Kelp Genome Network, and the ministers were glad."),
    ("en", "The carrier belongs to Carrier Strike Group Eleven, the officials announced."),
    ("en", "They gave to the World Kelp Agency's Reef Fund."),
    ("en", "They inaugurated the Kelp House meeting room."),
    ("en", "They launched the Silver Kelp Voy..."),
    ("en", "They visited the Copper Kelp Cell."),
    ("en", "They signed a memorandum of understanding."),
    ("ko", "장관들은 한미 연합훈련 '구리 다시마'를 언급하였다."),
    ("ko", "장관들은 유엔 산호초 기금을 조성하자는 제안을 환영하였다."),
    ("ja", "三外相は、日米共同訓練「銅昆布」に触れた。"),
    ("ja", "三外相は、日豪共同訓練「銅昆布」に触れた。"),
    ("ja", "両外相は、海藻研究基金を創設した。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "names"), FOUND)
def test_what_the_three_bring_into_being_is_found_and_worth_a_flag(
    unknowing: Finder, language: str, sentence: str, names: list[str]
) -> None:
    found = unknowing.mentions("", LEADS[language] + "\n\n" + sentence, language)
    assert [one.name for one in found] == names
    assert all(one.confidence >= FLAG_AT for one in found)


@pytest.mark.parametrize(("language", "sentence"), NOTHING)
def test_what_others_do_and_what_is_only_named_is_not(unknowing: Finder, language: str, sentence: str) -> None:
    assert [one.name for one in unknowing.mentions("", LEADS[language] + "\n\n" + sentence, language) if one.confidence >= FLAG_AT] == []


def test_a_text_that_does_not_begin_with_the_three_says_they_of_anybody(unknowing: Finder) -> None:
    lead = "The fishermen of Busan met. " + "They spoke at length about the weather. " * 25
    tail = "Later, the United States, Japan, and South Korea agreed."
    assert unknowing.mentions("", f"{lead}\n\nThey launched the Seaweed Genome Expert Network.\n\n{tail}", "en") == ()
