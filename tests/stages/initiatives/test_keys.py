"""When are two names one."""

from __future__ import annotations

import pytest

from scraper.stages.initiatives.names import Keys, overlap, slug_of

from .samples import WATCH

KEYS = Keys(WATCH)

SAME = [
    ("U.S.-Japan-ROK Reef Protection Forum", "the Trilateral Reef Protection Forum"),
    ("ROK-Japan-U.S. Reef Protection Forum", "Japan-U.S.-ROK Trilateral Reef Protection Forum"),
    ("Framework for Trilateral Reef Cooperation", "Trilateral Reef Cooperation Framework"),
    ("Memorandum of Cooperation on the Trilateral Reef Cooperation Framework (TRCF)", "Reef Cooperation Framework"),
    ("Second Annual Reef Defence Programme", "2027 Reef Defense Program"),
    ("Trilateral Chiefs' Meeting", "Trilateral Chiefs Meetings"),
    ("한·미·일 산호 대화", "미한일 3국 산호대화"),
    ("제3차 한미일 산호 대화", "한미일 산호 대화(TRD)"),
    ("'프리덤 엣지'", "프리덤 에지"),
    ("日米韓珊瑚対話", "米日韓三か国間の珊瑚対話"),
    ("第2回日米韓珊瑚対話", "日米韓・珊瑚対話"),
]
OTHER = [
    ("Trilateral Reef Forum", "Trilateral Reef Framework"),
    ("Tokyo Principles", "Seoul Principles"),
    ("Tokyo Principles", "Tokyo Declaration"),
    ("Trilateral Secretariat", "Trilateral Mechanism"),
    ("한미일 산호 대화", "한미일 산호 사무국"),
    ("日米韓珊瑚対話", "日米韓珊瑚事務局"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_variants_of_a_name_have_one_key(one: str, other: str) -> None:
    assert KEYS.of(one) == KEYS.of(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_different_things_have_different_keys(one: str, other: str) -> None:
    assert KEYS.of(one) != KEYS.of(other)


def test_overlap_is_of_words_or_of_pairs_of_characters() -> None:
    assert overlap(KEYS.of("Reef Protection Forum"), KEYS.of("Reef Forum")) == 0.5
    assert overlap(KEYS.of("산호보호 대화"), KEYS.of("산호보전 대화")) == 0.5
    assert overlap(KEYS.of(""), KEYS.of("Reef Forum")) == 0.0


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Trilateral Leaders\u2019 Café", "trilateral-leaders-cafe"),
        ("'퍼시픽 랜턴' 훈련", "퍼시픽-랜턴-훈련"),
        ("日米韓「珊瑚」対話", "日米韓-珊瑚-対話"),
        ("!!!", "unnamed"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_slug_is_readable(name: str, slug: str) -> None:
    assert slug_of(name) == slug
