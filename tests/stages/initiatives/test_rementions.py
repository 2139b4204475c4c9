"""What is first seen and older all the same: names that come back shorter, series at their second time, meetings that have no name."""

from __future__ import annotations

import pytest

from scraper.model.grouping import NameForm, Review, name_lines
from scraper.model.initiative import Initiative, Registry
from scraper.stages.initiatives import FLAG_AT, resolve
from scraper.stages.initiatives.names import Keys
from scraper.stages.initiatives.shortened import shortened, stubs

from .samples import WATCH
from .test_resolving import both, seen

KEYS = Keys(WATCH)
LONG = "Trilateral Permanent Magnet Supply Group"
COMES_BACK = [
    (LONG, "Magnet Supply Group"),
    (LONG, "the Trilateral Permanent Supply Group"),
    ("Next Divers for the Northern Reef", "Next Divers for the Reef"),
    ("Trilateral Working Group on Kelp Forest Mapping", "Kelp Forest Working Group"),
    ("북태평양 지진관측 센터", "지진관측 센터"),
    ("한미일 해저지진 관측자료 공유 협의체", "해저지진 관측자료 협의체"),
    ("北太平洋海氷観測センター", "海氷観測センター"),
]


@pytest.mark.parametrize(("name", "short"), COMES_BACK)
@pytest.mark.parametrize("swapped", [False, True])
def test_a_name_that_comes_back_shorter_is_no_new_one(name: str, short: str, *, swapped: bool) -> None:
    names = (seen(1, name, "2024-06-26", status="announced"), seen(2, short, "2026-03-12"))
    found, flags = both(*(names[::-1] if swapped else names))
    assert [flag.mention_id for flag in flags] == [1]
    (again,) = (one for one in found if one.mention_ids == (2,))
    assert again.confidence < FLAG_AT
    assert "; perhaps " in again.reason
    assert again.reason.endswith(", which was named before: a person merges or confirms")


ANOTHER = {
    "brought into being": (seen(1, LONG, "2024-06-26"), seen(2, "Magnet Supply Group", "2026-03-12", status="announced")),
    "one of many": (seen(1, LONG, "2024-06-26"), seen(2, "a magnet supply group", "2026-03-12", rule="lowercase/1")),
    "named before the longer one": (seen(1, LONG, "2024-06-26"), seen(2, "Magnet Supply Group", "2023-03-12")),
    "never dated": (seen(1, LONG, "2024-06-26"), seen(2, "Magnet Supply Group", "")),
    "another family": (seen(1, LONG, "2024-06-26"), seen(2, "Magnet Supply Fund", "2026-03-12")),
    "one word left": (seen(1, LONG, "2024-06-26"), seen(2, "Magnet Group", "2026-03-12")),
    "three words less": (seen(1, "Trilateral Permanent Rare Earth Magnet Supply Group", "2024-06-26"), seen(2, "Magnet Supply Group", "2026-03-12")),
    "what half of all names have": (seen(1, "Kelp Regional Policy Dialogue", "2024-06-26"), seen(2, "Regional Policy Dialogue", "2026-03-12")),
    "a paper": (seen(1, "Seoul Reef Kelp Principles", "2024-06-26"), seen(2, "Reef Kelp Principles", "2026-03-12")),
    "less than half of it in Korean": (seen(1, "북태평양해저화산분화 지진관측 센터", "2024-06-26"), seen(2, "지진관측 센터", "2026-03-12")),
    "general in Korean": (seen(1, "산호경제안보 대화", "2024-06-26"), seen(2, "경제안보 대화", "2026-03-12")),
}  # fmt: skip


@pytest.mark.parametrize("case", list(ANOTHER))
def test_a_name_that_only_looks_like_it_is_flagged(case: str) -> None:
    _, flags = both(*ANOTHER[case])
    assert sorted(flag.mention_id for flag in flags) == [1, 2]


def test_of_two_that_it_may_be_short_for_it_is_neither() -> None:
    names = (
        seen(1, LONG, "2024-06-26"),
        seen(2, "Magnet Recycling Supply Group", "2024-06-26"),
        seen(3, "Magnet Supply Group", "2026-03-12"),
    )
    assert len(both(*names)[1]) == 3
    assert len(both(*names[1:])[1]) == 1


def test_one_of_the_registry_comes_back_shorter_too() -> None:
    registry = Registry((Initiative("magnets", LONG, first_mentioned="2024-06"),))
    _, flags = both(seen(1, "Magnet Supply Group", "2026-03-12"), registry=registry)
    assert flags == ()
    _, flags = both(seen(1, "Magnet Supply Group", "2023-03-12"), registry=registry)
    assert len(flags) == 1
    others = Registry((Initiative("magnets", LONG, trilateral=False),))
    assert len(both(seen(1, "Magnet Supply Group", "2026-03-12"), registry=others)[1]) == 1


def test_a_person_says_that_it_is_another() -> None:
    review = Review("confirm", "magnet-supply-group", subject_names=name_lines([NameForm("Magnet Supply Group", "en", "")]))
    names = (seen(1, LONG, "2024-06-26"), seen(2, "Magnet Supply Group", "2026-03-12"))
    assert [len(both(*names, reviews=reviews)[1]) for reviews in ((), (review,))] == [1, 2]


def test_what_was_described_comes_back_with_a_name() -> None:
    described = seen(1, "trilateral fellowship for reef divers", "2021-04-02", rule="lowercase/1", head="programme")
    assert len(both(described, seen(2, "Trilateral Reef Fellowship", "2026-07-09"))[1]) == 1
    for name in ("Trilateral Reef Exchange", "Trilateral Kelp Fellowship"):
        assert len(both(described, seen(2, name, "2026-07-09"))[1]) == 2
    assert len(both(described, seen(2, "Trilateral Reef Fellowship", "2026-07-09", status="established"))[1]) == 2


@pytest.mark.parametrize(
    ("instance", "status", "confidence"),
    [("3", "convened", 0.6), ("3", "established", 0.8), ("1", "convened", 0.8), ("2026", "convened", 0.8), ("", "convened", 0.8)],
)
def test_a_series_that_was_held_before_is_flagged_and_hardly_more(instance: str, status: str, confidence: float) -> None:
    (one,), (flag,) = both(seen(1, "Trilateral Reef Dialogue", "2025-01-01", instance=instance, status=status))
    assert (one.confidence, flag.confidence) == (confidence, confidence)


def test_a_report_does_not_make_new_what_a_government_takes_for_granted() -> None:
    own = seen(1, "Trilateral Reef Dialogue", "2025-01-01", instance="3", official=True)
    report = seen(2, "Trilateral Reef Dialogue", "2025-01-01", instance="3", status="announced")
    assert resolve((own, report), Registry(), (), WATCH)[0].confidence == 0.6
    assert resolve((report,), Registry(), (), WATCH)[0].confidence == 0.8


def test_who_meets_is_no_name() -> None:
    for name, flagged in (
        ("ROK-U.S.-Japan Director-General-level Meeting", 0), ("Trilateral Senior Officials' Meeting", 0), ("Trilateral Harbor Ministers' Meeting", 1),
        ("Trilateral Directors' Forum on Reefs", 1),
    ):  # fmt: skip
        assert len(both(seen(1, name, "2025-01-01", status="convened"))[1]) == flagged, name
    assert len(both(seen(1, "Trilateral Senior Officials' Meeting", "2025-01-01", status="convened", instance="1"))[1]) == 1
    assert len(both(seen(1, "Trilateral Senior Officials' Meeting", "2025-01-01", status="established"))[1]) == 1


def test_shorter_forms_are_shorter_and_of_one_family() -> None:
    key = KEYS.of(LONG)
    assert shortened(key) == {KEYS.of("Magnet Supply Group"), KEYS.of("Permanent Supply Group"), KEYS.of("Permanent Magnet Group")}
    assert stubs(KEYS.of("a trilateral reef group for divers")) == {KEYS.of("Reef Group"), KEYS.of("Diver Group")}
    assert (
        shortened(KEYS.of("Trilateral Secretariat")) == shortened(KEYS.of("Reef Group on " + " ".join("abcdefghijklmnop"))) == frozenset()
    )
