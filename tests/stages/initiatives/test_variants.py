"""From a name in a sentence to its initiative: variants of a known one, instances of a series, what is kept apart; in three languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.model.initiative import Initiative, Mention, Registry, SeenName
from scraper.stages.initiatives import Finder, Resolver
from scraper.stages.initiatives.names import Keys

from .samples import REGISTRY, WATCH
from .test_resolving import seen

FINDER, RESOLVER = Finder(REGISTRY, WATCH), Resolver(REGISTRY, WATCH)
NOTHING = Registry()
BLANK, BLANK_RESOLVER = Finder(NOTHING, WATCH), Resolver(NOTHING, WATCH)
OPENING = {
    "en": "Ministers of the United States, Japan and the Republic of Korea met today. ",
    "ko": "한국, 미국, 일본 장관은 오늘 회의를 열었다. ",
    "ja": "日本、米国、韓国の閣僚は本日会合を開いた。",
}


def stored(number: int, mention: Mention, language: str, date: str = "2026-01-01") -> SeenName:
    return replace(
        seen(number, mention.name, date, language=language, head=mention.head, initiative_id=mention.initiative_id, abbreviation=mention.abbreviation,
             rule=mention.rule, confidence=mention.confidence, status=mention.status),
        instance=mention.instance,
    )  # fmt: skip


def ids(sentence: str, language: str, *, finder: Finder = FINDER, resolver: Resolver = RESOLVER) -> set[str]:
    """The initiatives that a text with this sentence speaks of."""
    mentions = finder.mentions("", OPENING[language] + sentence, language)
    return {one.id for one in resolver.found([stored(at, mention, language) for at, mention in enumerate(mentions, 1)], ())}


CABLE = {
    "en": (
        "They welcomed the Trilateral Undersea Cable Dialogue.",
        "They welcomed the U.S.-Japan-ROK Undersea Cable Dialogue.",
        "They welcomed the Japan-ROK-U.S. Trilateral Undersea Cable Dialogue.",
        "They welcomed the ROK-U.S.-Japan Undersea Cable Dialogue.",
        "The second Trilateral Undersea Cable Dialogue was held in Busan.",
        "They convened the 2026 Trilateral Undersea Cable Dialogue.",
        "They convened the inaugural Undersea Cable Dialogue of the three countries.",
        "The Trilateral Dialogue on Undersea Cables was launched.",
        "They launched the trilateral Undersea Cable Dialogue (TUCD).",
    ),
    "ko": (
        "한미일 해저케이블 대화를 환영하였다.",
        "한·미·일 해저케이블 대화를 환영하였다.",
        "미한일 해저케이블 대화를 환영하였다.",
        "일한미 해저 케이블 대화를 환영하였다.",
        "제3차 한미일 해저케이블 대화를 개최하였다.",
        "3국 해저케이블 대화를 신설하기로 하였다.",
        "‘한미일 해저케이블 대화(TUCD)’를 출범하기로 했다.",
    ),
    "ja": (
        "日米韓海底ケーブル対話を歓迎した。",
        "米日韓海底ケーブル対話を歓迎した。",
        "日・米・韓海底ケーブル対話を歓迎した。",
        "第4回日米韓海底ケーブル対話を開催した。",
        "三か国海底ケーブル対話を立ち上げた。",
        "「日米韓海底ケーブル対話」を立ち上げることで一致した。",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("language", "sentence"), [(language, one) for language, some in CABLE.items() for one in some])
def test_a_variant_of_a_known_one_is_that(language: str, sentence: str) -> None:
    assert ids(sentence, language) == {"cable-dialogue"}


SERIES = {
    "en": (
        "They launched the Trilateral Reef Dialogue.",
        "They convened the second Trilateral Reef Dialogue.",
        "The third U.S.-Japan-ROK Reef Dialogue was held in Busan.",
        "They welcomed the 2027 Trilateral Reef Dialogue.",
        "They look forward to the 21st Trilateral Reef Dialogue.",
    ),
    "ko": (
        "한미일 산호초 협의체를 출범하기로 했다.",
        "제2차 한미일 산호초 협의체를 개최하였다.",
        "제3회 한·미·일 산호초 협의체를 개최하였다.",
        "2027년 한미일 산호초 협의체를 개최하기로 했다.",
    ),
    "ja": (
        "日米韓珊瑚礁対話を立ち上げた。",
        "第2回日米韓珊瑚礁対話を開催した。",
        "第三回日米韓珊瑚礁対話を開催した。",
        "米日韓珊瑚礁対話を開催した。",
    ),
}


@pytest.mark.parametrize("language", list(SERIES))
def test_the_instances_of_a_series_that_nobody_knew_are_one_initiative(language: str) -> None:
    mentions = [mention for one in SERIES[language] for mention in BLANK.mentions("", OPENING[language] + one, language)]
    assert len(mentions) == len(SERIES[language])
    (one,) = BLANK_RESOLVER.found([stored(at, mention, language, f"2026-0{at}-01") for at, mention in enumerate(mentions, 1)], ())
    assert len(one.mention_ids) == len(mentions)


KEYS = Keys(WATCH)
ONE = {
    "Trilateral Reef Dialogue": (
        "the 2nd annual Trilateral Reef Dialogue", "Thirteenth Reef Dialogue", "twenty-first Trilateral Reef Dialogue", "Reef Dialogue II", "Reef Dialogue (TRD)",
        "next round of the Reef Dialogue", "fourth round of the Reef Dialogue", "latest Reef Dialogue", "Dialogue on the Reefs", "2026 Reef Dialogue",
    ),
    "Coral Edge": ("Coral Edge 26", "Coral Edge 25-2", "2025 Coral Edge", "Coral Edge II", "Exercise Coral Edge 2026", "Coral Edge Exercise"),
    "한미일 산호 대화": (
        "제3회 한미일 산호 대화", "두 번째 한미일 산호 대화", "제 4차 한미일 산호 대화", "2026년도 한미일 산호 대화", "세번째 산호 대화", "첫 한미일 산호 대화",
        "한미일 제2차 산호 대화", "한미일 연례 산호 대화", "3국 산호 대화",
    ),
    "日米韓珊瑚対話": (
        "第二回日米韓珊瑚対話", "第4次日米韓珊瑚対話", "2回目の日米韓珊瑚対話", "2026年日米韓珊瑚対話", "令和8年日米韓珊瑚対話", "初の日米韓珊瑚対話", "三カ国珊瑚対話",
        "日米韓第3回珊瑚対話", "二度目の日米韓珊瑚対話", "日米韓珊瑚対話（第5回）",
    ),
    "Trilateral Dialogue on AI Safety": ("Dialogue on the Safety of Artificial Intelligence", "Artificial Intelligence Safety Dialogue"),
    "HADR Planning Cell": ("Humanitarian Assistance and Disaster Relief Planning Cell",),
    "한미일 AI 안전 대화": ("한미일 인공지능 안전 대화",),
    "日米韓AI安全対話": ("日米韓人工知能安全対話", "AI安全に関する日米韓対話"),
    "日米韓往来円滑化枠組み": ("日米韓の往来円滑化に関する枠組み", "往来円滑化のための枠組み"),
    "한미일 산호 보호 협의체": ("한미일 산호 보호를 위한 협의체", "산호 보호에 관한 한미일 협의체"),
    "Trilateral Task Force on Reefs": ("Reef Taskforce", "Reef Task-Force"),
    "Trilateral Defense Ministerial Meeting": ("Trilateral Defense Ministers' Meeting", "U.S.-Japan-ROK Defense Ministerial"),
    "프리덤 에지": ("프리덤 엣지 26", "프리덤 에지 25-2", "‘프리덤 에지’"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "form"), [(name, form) for name, forms in ONE.items() for form in forms])
def test_ordinals_and_years_say_nothing_of_what_it_is(name: str, form: str) -> None:
    assert KEYS.of(form) == KEYS.of(name)


OTHER = [
    ("Second Chance Fund", "Trilateral Fund"), ("Round Table Council", "Trilateral Table Council"), ("제2회의 대화", "한미일 대화"), ("日米韓初動対応枠組み", "日米韓対応枠組み"),
    ("Stem Cell Dialogue", "Cell Dialogue"), ("Dialogue on Intelligence", "Dialogue on AI"),
    ("Maritime Exercise", "Maritime Framework"), ("Reef Session Group", "Reef Group"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_words_that_only_look_like_ordinals_stay(one: str, other: str) -> None:
    assert KEYS.of(one) != KEYS.of(other)


def test_a_wider_body_is_found_and_keeps_its_scope() -> None:
    registry = Registry(
        (
            *REGISTRY.initiatives,
            Initiative("pier-fund", "Minerals Pier Fund", "fund", "wider", trilateral=False, names={"en": ("Minerals Pier Fund",)}),
        )
    )
    mentions = Finder(registry, WATCH).mentions("", OPENING["en"] + "They will work through the Minerals Pier Fund.", "en")
    (one,) = Resolver(registry, WATCH).found([stored(at, mention, "en") for at, mention in enumerate(mentions, 1)], ())
    assert (one.id, one.scope, one.known) == ("pier-fund", "wider", True)


def test_a_known_one_has_its_nearest_too_and_is_not_its_own_neighbour() -> None:
    registry = Registry((*REGISTRY.initiatives, Initiative("cable-network", "Trilateral Undersea Cable Network", "network")))
    (one,) = Resolver(registry, WATCH).found([seen(1, "Undersea Cable Dialogue", "2025-01-01")], ())
    assert [(near.id, near.why) for near in one.nearest] == [
        ("cable-network", 'same words as "Trilateral Undersea Cable Network", another head noun')
    ]


def test_a_series_that_began_before_our_data_says_so() -> None:
    (one,) = BLANK_RESOLVER.found([seen(1, "Trilateral Reef Dialogue", "2025-01-01", instance="3")], ())
    assert one.reason == "one name, not known to the registry; number 3 of a series, so that it is older than our data"
    for instance in ("", "1", "2026", "third"):
        (one,) = BLANK_RESOLVER.found([seen(1, "Trilateral Reef Dialogue", "2025-01-01", instance=instance)], ())
        assert one.reason == "one name, not known to the registry"
