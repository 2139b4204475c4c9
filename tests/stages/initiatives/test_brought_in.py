"""Names told by how a sentence brings them in: planned, declared, just made, joined by "and", or going on from the sentence before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.initiatives import Finder
from scraper.stages.initiatives.coordinates import coordinates
from scraper.stages.initiatives.reading import Land

from .samples import WATCH

LEADS = {
    "en": "The ministers of the Republic of Korea, Japan, and the United States met in Busan and spoke of the weather at sea. ",
    "ko": "한국, 미국, 일본의 외교장관은 부산에서 만나 바다의 날씨와 항로의 안전에 관하여 오랫동안 의견을 나누었다. ",
    "ja": "日本、米国及び韓国の外相は、釜山において会い、海の天気と航路の安全について長い時間にわたり意見を交わした。",
}
NAMED = [
    ("en", "They explored options for a Tidal Energy Pool, and adjourned.", ["Tidal Energy Pool"]),
    ("en", "The ministers agreed to name 2031 the Year of Shared Harbors.", ["Year of Shared Harbors"]),
    ("en", "The ministers toured the newly built Harbor Seed Vault, a cold store for rice.", ["Harbor Seed Vault"]),
    ("en", "During Silver Anchor 31, a harbor defense exercise, the ministers watched.", ["Silver Anchor"]),
    ("en", "The ministers agreed to put in place a Ferry Safety Alert Protocol.", ["Ferry Safety Alert Protocol"]),
    ("en", "The three will co-fund the Harbor Pilots Passport, which is free.", ["Harbor Pilots Passport"]),
    ("en", "They expect to sign the Understanding on Ferry Inspections.", ["Understanding on Ferry Inspections"]),
    ("en", "Officials will report to the ministers by May on the Roadmap for Tidal Power.", ["Roadmap for Tidal Power"]),
    ("en", "They completed the terms of reference for the Ferry Safety Working Group.", ["Ferry Safety Working Group"]),
    (
        "en",
        "We established the Harbor Relief Fund and entrust it to the Steering Committee of the Relief Fund.",
        ["Harbor Relief Fund", "Steering Committee of the Relief Fund"],
    ),
    ("en", "The three agreed on ferries. A Joint Ferry Pilot will follow in spring.", ["Joint Ferry Pilot"]),
    ("en", "They revived talk of a trilateral harbor college, to be built in Busan.", ["a trilateral harbor college"]),
    ("ko", "3국은 등대 항로 포럼을 부산에서 개최하기로 합의하였다.", ["등대 항로 포럼"]),
    ("ko", "3국은 암초 공동 지도 작성에 착수하였다.", ["암초 공동 지도"]),
    ("ko", "3국은 선언에 서명하였다. 실무는 새로 꾸려지는 항만안전 지원팀이 맡는다.", ["항만안전 지원팀"]),
    ("ko", "3국은 선언에 서명하였다. 또 선장을 기르는 항해 명장 교류 과정을 시범 운영한다.", ["항해 명장 교류 과정"]),
    ("ko", "3국은 2031년을 「등대 나눔의 해」로 지정하기로 하였다.", ["등대 나눔의 해"]),
    ("ko", "3국은 부산에서 만나 한미일 등대대화를 신설하기로 하였다.", ["한미일 등대대화"]),
    ("ko", "3국은 한미일 등대대화와 남해 항로 포럼을 환영하였다.", ["한미일 등대대화", "남해 항로 포럼"]),
    ("ko", "3국은 한미일 등대대화 및 남해 항로 포럼을 환영하였다.", ["한미일 등대대화", "남해 항로 포럼"]),
    ("ko", "3국은 '등대 대화 및 북방 항로 포럼'을 출범시켰다.", ["등대 대화", "북방 항로 포럼"]),
    ("ko", "3국은 '등대안전 및 법집행 협력 프레임워크'를 출범시켰다.", ["등대안전 및 법집행 협력 프레임워크"]),
    ("ja", "三か国は、第2回日米韓灯台協議及び南洋経済回廊の進展を歓迎した。", ["日米韓灯台協議", "南洋経済回廊"]),
    ("ja", "三か国は、日米韓灯台対話と南洋経済回廊の進展を歓迎した。", ["日米韓灯台対話", "南洋経済回廊"]),
    ("ja", "三か国は、日米韓灯台安全及び法執行協力枠組みを歓迎した。", ["日米韓灯台安全及び法執行協力枠組み"]),
    ("ja", "三か国は、「灯台協力対話及び北方航路フォーラム」を立ち上げた。", ["灯台協力対話", "北方航路フォーラム"]),
    ("ja", "三か国は、灯台保守専門家会合を四半期ごとに開くことで一致した。", ["灯台保守専門家会合"]),
    ("ja", "三か国は、北方航路フォーラムを釜山で開催することで一致した。", ["北方航路フォーラム"]),
    ("ja", "三か国は、2031年を「日米韓灯台年」とすることで一致した。", ["日米韓灯台年"]),
    ("ja", "三か国は、「灯台職員交流事業」を来年から実施することで一致した。", ["灯台職員交流事業"]),
]
NOTHING = [
    ("en", "They looked forward to new trilateral initiatives."),
    ("en", "They discussed options for a Two-Step Solution in the Arctic Seas."),
    ("en", "The ministers toured the newly built Camp Walker, and thanked its staff."),
    ("en", "During Golden Week, a holiday event, the ministers rested."),
    ("en", "A Harbor Spokesman will be named tomorrow."),
    ("en", "They visited a law school and a war college."),
    ("en", "They agreed to plan for 2031 a year of many visits."),
    ("ko", "3국은 새로운 3국 이니셔티브를 출범시키기로 합의하였다."),
    ("ko", "3국은 차기 포럼을 부산에서 개최하기로 합의하였다."),
    ("ko", "3국은 2031년을 '희망'으로 지정하였다."),
    ("ko", "또한 한국은 새로 출범하는 항만 위원회를 소개하였다."),
    ("ja", "三か国は、次回フォーラムを開催することで一致した。"),
    ("ja", "三か国は、首脳会談を定期的に行うことで一致した。"),
    ("ja", "三か国は、新たな三か国イニシアティブを立ち上げることで一致した。"),
    ("ja", "三か国は、「自由で開かれた年」とすることで一致した。"),
]


def _names(finder: Finder, language: str, sentence: str) -> list[str]:
    lead = LEADS[language] * 8
    return [m.name for m in finder.mentions("", lead + sentence, language) if m.start >= len(lead)]


@pytest.mark.parametrize(("language", "sentence", "names"), NAMED)
def test_a_name_is_told_by_how_it_is_brought_in(unknowing: Finder, language: str, sentence: str, names: list[str]) -> None:
    assert _names(unknowing, language, sentence) == names


@pytest.mark.parametrize(("language", "sentence"), NOTHING)
def test_what_is_like_it_and_names_nothing_is_left_alone(unknowing: Finder, language: str, sentence: str) -> None:
    assert _names(unknowing, language, sentence) == []


def test_the_title_tells_who_acts_where_the_text_does_not_name_its_own_side(unknowing: Finder) -> None:
    text = LEADS["en"].replace("the Republic of Korea, ", "") * 8 + "The ministers launched the Ferry Watch Cadet Cruise."
    named = unknowing.mentions("South Korea, Japan and U.S. ministers meet", text, "en")
    assert [m.name for m in named] == ["Ferry Watch Cadet Cruise"]
    assert unknowing.mentions("Ministers meet", text, "en") == ()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("해양 대화 및 어업 포럼", ["해양 대화", "어업 포럼"]),
        ("해양 대화 및 어업 포럼 및 항로 기금", ["해양 대화", "어업 포럼", "항로 기금"]),
        ("해양안보 및 법집행 체계", ["해양안보 및 법집행 체계"]),
        ("대화 및 어업 포럼", ["대화 및 어업 포럼"]),
        ("海洋協議及び経済回廊", ["海洋協議", "経済回廊"]),
        ("海洋協議及び訓練", ["海洋協議及び訓練"]),
    ],
)
def test_and_joins_two_names_only_where_each_could_stand_alone(name: str, parts: list[str]) -> None:
    assert [name[start:end] for start, end in coordinates(name)] == parts


WORDS = st.lists(
    st.sampled_from(
        (
            "Taiwan",
            "Strait",
            "taiwan strait",
            "NATO",
            "nato",
            "NATOs",
            "xNATO",
            "Iron",
            "Gate",
            "Talks",
            "六者会合",
            "6자회담",
            ".",
            "-",
            "é",
        )
    ),
    max_size=9,
)


@given(WORDS, st.sampled_from((" ", "", "  ", "\n")), st.integers(0, 20), st.integers(0, 60))
def test_the_quick_look_for_stop_names_misses_none(words: list[str], between: str, start: int, end: int) -> None:
    text, land = between.join(words), Land(WATCH)
    assert [m.span() for m in land.stops(text, start, end)] == [m.span() for m in land.stop.finditer(text, start, end)]


@pytest.mark.parametrize("name", ["/Iron (?:Gate|Wall)/", "(Gate) Talks", "ＮＡＴＯ"])
def test_where_a_stop_name_is_no_plain_one_every_text_is_searched(name: str) -> None:
    land = Land(replace(WATCH, stop={"en": (name,)}))
    text = "the Iron Wall, the (Gate) Talks and NATO"
    assert [m.span() for m in land.stops(text, 0, len(text))] == [m.span() for m in land.stop.finditer(text)] != []
