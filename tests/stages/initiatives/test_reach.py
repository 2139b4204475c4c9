"""What is concluded from the names in reach is what is concluded of them from all names."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.grouping import NameForm, Review, name_lines
from scraper.model.initiative import Found, LooseName, Reach, SeenName, Translated
from scraper.stages.initiatives import Resolver, reach, resolve

from .samples import REGISTRY, WATCH

RESOLVER = Resolver(REGISTRY, WATCH)
NAMES = [
    "Trilateral Reef Forum", "Reef Forum", "a trilateral reef forum", "a reef and coral forum", "Reef Framework", "한미일 산호 대화", "日米韓珊瑚対話", "Coral Watch", "Coral Reef Forum",
    "the Coral Watch", "Cable Dialogue", "Trilateral Undersea Cable Dialogue", "Pacific Lantern", "pacific lantern", "Kelp Compact", "Kelp Pact", "",
]  # fmt: skip
LIKE = [
    "Trilateral Coral Reef Survey Group", "Coral Reef Group", "Northern Coral Reef Survey Group", "a trilateral reef group for coral divers", "Coral Group", "한미일 태평양 산호초 대화",
    "산호초 대화", "Trilateral CRS Group", "Undersea Cable Survey Dialogue", "珊瑚フォーラム",
]  # fmt: skip
SEEN = st.builds(
    SeenName, mention_id=st.just(0), article_id=st.integers(1, 4), statement_id=st.integers(1, 4), url=st.sampled_from(["https://a.example/", "https://b.example/"]),
    name=st.one_of(st.sampled_from(NAMES), st.sampled_from(LIKE)), language=st.sampled_from(["en", "ko", "ja"]), initiative_id=st.sampled_from(["", "", "", "pacific-lantern", "cable-dialogue", "no-such"]),
    head=st.sampled_from(["dialogue", "framework", "body", ""]), abbreviation=st.sampled_from(["", "", "TRF", "TUCD", "Reef Forum", "formerly reef group for coral divers", "formerly Coral Reef Group"]), rule=st.sampled_from(["headed/1", "lowercase/1"]),
    confidence=st.sampled_from([0.5, 0.8]), status=st.sampled_from(["", "announced", "reaffirmed"]), date=st.sampled_from(["", "2024-06-01", "2024-06-02", "2025-01-01"]),
    published=st.just(""), official=st.booleans(), grade=st.just("report"), event_id=st.integers(0, 2), instance=st.sampled_from(["", "3"]),
)  # fmt: skip
SLUGS = st.sampled_from(
    ["reef-forum", "trilateral-reef-forum", "coral-watch", "pacific-lantern", "cable-dialogue", "kelp-pact", "coral-watch-2", "gone"]
)
FORMS = st.builds(
    NameForm, st.sampled_from([name for name in NAMES if name]), st.just("en"), st.sampled_from(["", "", "TRF", "TUCD", "Reef Forum"])
)
LINES = st.one_of(st.just(""), st.lists(FORMS, min_size=1, max_size=3).map(name_lines))
REVIEWS = st.lists(
    st.builds(
        Review, st.sampled_from(["merge", "merge", "rename", "dismiss", "confirm"]), SLUGS, st.one_of(SLUGS, st.just("")), st.sampled_from(["1", "2", "3"]),
        subject_names=LINES, value_names=LINES,
    ), max_size=4
)  # fmt: skip


def loose(seen: tuple[SeenName, ...], found: tuple[Found, ...]) -> list[LooseName]:
    """The names that the registry does not have, as they stand after all was concluded."""
    owners = {number: one.id for one in found for number in one.mention_ids}
    unknown = (one for one in seen if REGISTRY.get(one.initiative_id) is None)
    return [LooseName(one.name, one.abbreviation, one.rule.startswith("lowercase"), owners.get(one.mention_id, "")) for one in unknown]


def translated(seen: tuple[SeenName, ...]) -> list[Translated]:
    return [
        Translated(one.statement_id, one.head, one.language, one.name, one.abbreviation, one.confidence, _slug(one), one.event_id, one.status)
        for one in seen if one.official
    ]  # fmt: skip


def _slug(one: SeenName) -> str:
    return one.initiative_id if REGISTRY.get(one.initiative_id) is not None else ""


def within(seen: tuple[SeenName, ...], near: Reach) -> tuple[SeenName, ...]:
    return tuple(one for one in seen if (_slug(one) in near.slugs if _slug(one) else (one.name, one.abbreviation) in near.names))


@settings(deadline=None, max_examples=600)
@given(st.lists(SEEN, max_size=12), REVIEWS, st.integers(1, 4))
def test_nothing_out_of_reach_could_change_the_answer(names: list[SeenName], reviews: list[Review], statement: int) -> None:
    _holds(names, reviews, statement)


ALIKE = st.builds(replace, SEEN, name=st.sampled_from(LIKE), initiative_id=st.just(""), head=st.just("body"), official=st.just(True), confidence=st.just(0.8))  # fmt: skip


@settings(deadline=None, max_examples=600)
@given(st.lists(ALIKE, max_size=6), st.one_of(st.just([]), REVIEWS), st.integers(1, 4))
def test_nor_could_it_among_names_that_are_alike(names: list[SeenName], reviews: list[Review], statement: int) -> None:
    _holds(names, reviews, statement)


def _holds(names: list[SeenName], reviews: list[Review], statement: int) -> None:
    seen = tuple(replace(one, mention_id=number) for number, one in enumerate(names, 1))
    everything = RESOLVER.found(seen, reviews)
    here = [one for one in seen if one.statement_id == statement]
    touched = Reach(
        frozenset((one.name, one.abbreviation) for one in here if not _slug(one)), frozenset(_slug(one) for one in here if _slug(one))
    )
    near = within(seen, reach(RESOLVER, loose(seen, everything), translated(seen), touched, reviews))
    assert {one.mention_id for one in here} <= {one.mention_id for one in near}
    numbers = {one.mention_id for one in near}
    assert RESOLVER.found(near, reviews) == tuple(one for one in everything if numbers & set(one.mention_ids))


@settings(deadline=None, max_examples=100)
@given(st.lists(SEEN, max_size=8), REVIEWS)
def test_a_resolver_that_was_used_before_says_the_same(names: list[SeenName], reviews: list[Review]) -> None:
    seen = tuple(replace(one, mention_id=number) for number, one in enumerate(names, 1))
    assert RESOLVER.found(seen, reviews) == resolve(seen, REGISTRY, tuple(reviews), WATCH)


def test_names_with_nothing_in_common_are_out_of_reach() -> None:
    stands = [LooseName("Reef Forum", "", slug="reef-forum"), LooseName("Kelp Pact", "", slug="kelp-pact")]
    assert reach(RESOLVER, stands, (), Reach(frozenset({("the Reef Forum", "")}))) == Reach(
        frozenset({("the Reef Forum", ""), ("Reef Forum", "")})
    )
    assert reach(RESOLVER, stands, (), Reach(slugs=frozenset({"pacific-lantern"}))) == Reach(slugs=frozenset({"pacific-lantern"}))


def test_what_the_registry_has_overtaken_is_in_reach() -> None:
    stands = [LooseName("Undersea Cable Dialogue", "", slug="undersea-cable-dialogue"), LooseName("Kelp Pact", "")]
    near = reach(RESOLVER, stands, (), Reach())
    assert near == Reach(frozenset({("Undersea Cable Dialogue", ""), ("Kelp Pact", "")}), frozenset({"cable-dialogue"}))
