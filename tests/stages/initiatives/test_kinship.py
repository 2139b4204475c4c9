"""Precursors, new names for one thing, variants: what is linked and what is left alone."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.initiative import Course, Link, Occasion
from scraper.stages.initiatives import akin, kinship
from scraper.stages.initiatives.names import Keys

from .samples import WATCH

KEYS = Keys(WATCH)


def course(slug: str, *names: str, on: str = "2025-01-01", known: bool = False, **more: object) -> Course:
    """An initiative named once, in an article and at an event of its own unless said otherwise."""
    number = sum(map(ord, slug))
    fields: dict[str, object] = {"article_id": number, "event_id": number, "date": on} | more
    return Course(slug, known, names, False, on, (Occasion(**fields),))  # type: ignore[arg-type]


def links(*some: Course, about: str = "") -> list[tuple[str, str, str]]:
    chosen = frozenset({about} if about else {one.id for one in some})
    return [(link.initiative_id, link.kind, link.other_id) for link in kinship(some, KEYS, chosen)]


def described(slug: str, name: str, on: str, **more: object) -> Course:
    return replace(course(slug, name, on=on, **more), described=True)  # type: ignore[arg-type]


BODY = described("body", "a trilateral coordinating body for reefs", "2024-05-31", level="vice_ministers")
PRECURSORS = {
    "named within a year": (course("n", "Trilateral Reef Coordination Secretariat", on="2024-11-15", level="leaders"), True),
    "later than a year": (course("n", "Trilateral Reef Coordination Secretariat", on="2025-11-15"), False),
    "on the same day": (course("n", "Trilateral Reef Coordination Secretariat", on="2024-05-31"), False),
    "before it": (course("n", "Trilateral Reef Coordination Secretariat", on="2024-05-01"), False),
    "another family of heads": (course("n", "Trilateral Reef Coordination Exercise", on="2024-11-15"), False),
    "another function": (course("n", "Trilateral Cyber Secretariat", on="2024-11-15"), False),
    "another chain of meetings": (
        course("n", "Trilateral Reef Coordination Secretariat", on="2024-11-15", level="chiefs_of_defence"),
        False,
    ),
    "of a chain that is not known": (course("n", "Trilateral Reef Coordination Secretariat", on="2024-11-15"), True),
    "known to the registry by its month": (replace(course("n", "Reef Coordination Secretariat", known=True), first="2024-07"), True),
    "known to the registry from before": (replace(course("n", "Reef Coordination Secretariat", known=True), first="2023"), False),
    "never dated": (course("n", "Trilateral Reef Coordination Secretariat", on=""), False),
    "a description again": (described("n", "a trilateral reef mechanism", "2024-10-16"), True),
}


@pytest.mark.parametrize("case", list(PRECURSORS))
def test_a_description_is_the_precursor_of_what_is_named_later(case: str) -> None:
    later, linked = PRECURSORS[case]
    wanted = [("body", "precursor", "n")] if linked else []
    assert links(BODY, later) == links(later, BODY) == links(BODY, later, about="n") == links(BODY, later, about="body") == wanted


def test_the_reason_of_a_precursor_says_what_they_share() -> None:
    (link,) = kinship((BODY, PRECURSORS["named within a year"][0]), KEYS, frozenset({"n"}))
    assert link.reason == "a description with the same function (coord-, reef), 168 days before the first naming"


YOUTH = course("young", "Young Trilateral Reef Leaders Summit", on="2025-07-20", instance="2", place="Osaka")
RENAMINGS = {
    "the same ordinal at one place": (course("old", "Trilateral Reef Leadership Youth Summit", on="2025-04-03", instance="2", place="Osaka"), True),
    "the same ordinal, place not known": (course("old", "Trilateral Reef Leadership Youth Summit", on="2025-04-03", instance="2"), True),
    "the same ordinal elsewhere": (course("old", "Trilateral Reef Leadership Youth Summit", on="2025-04-03", instance="2", place="Busan"), True),
    "the same ordinal a year before": (course("old", "Trilateral Reef Leadership Youth Summit", on="2024-04-03", instance="2"), False),
    "another ordinal": (course("old", "Trilateral Reef Leadership Youth Summit", on="2025-04-03", instance="3"), False),
    "both with a year": (course("old", "Trilateral Leadership Youth Forum", on="2025-04-03", instance="2025"), False),
    "another function": (course("old", "Trilateral Cyber Dialogue", on="2025-07-20", instance="2", place="Osaka"), False),
    "a head of another family": (course("old", "Trilateral Reef Leadership Youth Framework", on="2025-07-20", instance="2"), False),
    "in one article": (course("old", "Trilateral Reef Leadership Youth Summit", on="2025-07-20", instance="2", article_id=YOUTH.occasions[0].article_id), False),
}  # fmt: skip


@pytest.mark.parametrize("case", list(RENAMINGS))
def test_a_new_name_with_a_kept_ordinal_is_proposed(case: str) -> None:
    other, proposed = RENAMINGS[case]
    assert links(YOUTH, other) == ([("young", "renaming", "old")] if proposed else [])


def test_the_first_of_two_series_tells_nothing() -> None:
    one, other = (
        replace(course, occasions=(replace(course.occasions[0], instance="1"),))
        for course in (YOUTH, RENAMINGS["the same ordinal at one place"][0])
    )
    assert links(one, other) == []


def test_two_names_at_one_event_are_proposed_where_no_text_has_both() -> None:
    one = course("one", "Trilateral Reef Business Dialogue", event_id=5, article_id=1, place="Lima")
    other = course("two", "Trilateral Reef Economic Consultation", event_id=5, article_id=2, place="Lima")
    (link,) = kinship((one, other), KEYS, frozenset({"two"}))
    assert (link.initiative_id, link.kind, link.other_id) == ("two", "renaming", "one")
    assert (
        link.reason == "named at one event in Lima on 2025-01-01, by other texts than those that name the other, with one function (reef)"
    )
    assert links(one, replace(other, occasions=(*other.occasions, Occasion(1, 9, "2025-02-01")))) == []
    assert links(one, course("two", "Trilateral Cyber Talks", event_id=5, article_id=2)) == []
    korean = (
        course("ko", "한미일 산호보전 기업인 대화", event_id=7, article_id=1),
        course("ko2", "한미일 산호보전 경제 대화", event_id=7, article_id=2),
    )
    assert links(*korean) == [("ko2", "renaming", "ko")]
    assert links(korean[0], course("ko3", "한미일 산호어장조사 대화", event_id=7, article_id=3)) == []


VARIANTS = {
    ("Trilateral Undersea Cable Network", "Trilateral Undersea Cable Dialogue"): True,
    ("Trilateral Undersea Cable Protection Dialogue", "Trilateral Undersea Cable Dialogue"): True,
    ("Trilateral Undersea Cable Survey Protection Safety Dialogue", "Trilateral Undersea Cable Dialogue"): False,
    ("Trilateral Undersea Cable Protection Exercise", "Trilateral Undersea Cable Dialogue"): False,
    ("Trilateral Security Dialogue", "Trilateral Security Network"): False,
    ("Undersea Cable Statement", "Trilateral Undersea Cable Dialogue"): False,
    ("Trilateral Volcano Dialogue", "Trilateral Undersea Cable Dialogue"): False,
    ("한미일 해저케이블 사무국", "한미일 해저케이블 대화"): True,
    ("日米韓海底ケーブル事務局", "日米韓海底ケーブル対話"): True,
}


@pytest.mark.parametrize("names", list(VARIANTS), ids=" / ".join)
def test_a_possible_variant_of_a_known_one_is_proposed(names: tuple[str, str]) -> None:
    new, old = course("new", names[0], on="2025-06-01"), course("old", names[1], known=True)
    assert links(new, old) == ([("new", "variant", "old")] if VARIANTS[names] else [])
    assert links(replace(new, known=True), old) == [], "two known ones are the registry's business"


WORDS = st.sampled_from(["Reef", "Cable", "Coordination", "Security", "Kelp"])
NAMES = st.builds("Trilateral {} {} {}".format, WORDS, WORDS, st.sampled_from(["Dialogue", "Secretariat", "Mechanism", "Network"]))
NAMED = st.builds(
    course, st.sampled_from("abcdef"), NAMES, on=st.sampled_from(["", "2024-05-01", "2024-11-15", "2025-03-01"]), known=st.booleans(),
    instance=st.sampled_from(["", "2", "2025"]), event_id=st.integers(1, 3), article_id=st.integers(1, 9),
)  # fmt: skip
COURSES = st.lists(
    st.builds(lambda one, described: replace(one, described=described), NAMED, st.booleans()), max_size=6, unique_by=lambda one: one.id
)


@settings(deadline=None)
@given(COURSES, st.randoms(use_true_random=False))
def test_the_links_of_one_are_those_among_all(some: list[Course], chance: random.Random) -> None:
    """What one is to others depends on it and each of them alone, so that only what changed has to be looked at again."""
    everything = set(kinship(some, KEYS, frozenset(one.id for one in some)))
    chance.shuffle(some)
    for one in some:
        near = akin([(other.id, name) for other in some for name in other.names], KEYS, frozenset({one.id}))
        found = kinship([other for other in some if other.id in near | {one.id}], KEYS, frozenset({one.id}))
        assert set(found) == {link for link in everything if one.id in (link.initiative_id, link.other_id)}


def test_what_is_nothing_but_a_head_noun_is_nobodys_kin() -> None:
    assert akin([("a", "Trilateral Dialogue"), ("b", "Trilateral Reef Dialogue"), ("c", "Reef Network")], KEYS, frozenset("b")) == {
        "b",
        "c",
    }
    assert links(course("a", "Trilateral Dialogue"), course("b", "Trilateral Network")) == []


def test_links_come_in_order_and_once() -> None:
    names = [
        course(slug, f"Trilateral Reef {word} Network", on=f"2025-0{at}-01")
        for at, (slug, word) in enumerate((("c", "Cable"), ("a", "Cable Safety"), ("b", "Cable Survey")), 1)
    ]
    found = kinship(names, KEYS, frozenset("abc"))
    assert [(link.initiative_id, link.other_id) for link in found] == [("a", "c"), ("b", "c")]
    assert isinstance(found[0], Link)


def test_a_shorter_form_in_korean_or_japanese_is_proposed() -> None:
    for name, short in (("북태평양 지진관측 센터", "지진관측 센터"), ("北太平洋海氷観測センター", "海氷観測センター")):
        (link,) = kinship((course("a", name), course("b", short, on="2026-01-01")), KEYS, frozenset({"a", "b"}))
        assert (link.kind, link.reason) == (
            "variant",
            f"the same but for {KEYS.of(name).content[0].replace(KEYS.of(short).content[0], '')}",
        )
    assert links(course("a", "산호경제안보 대화"), course("b", "경제안보 대화", on="2026-01-01")) == []
    assert links(course("a", "북태평양 지진관측 센터"), course("b", "북태평양 지진관측 대화", on="2026-01-01")) == [("b", "variant", "a")]
