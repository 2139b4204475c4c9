"""What a person decided holds, whatever the texts say, and the latest word where two cannot both hold."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scraper.model.grouping import Review, Sighting
from scraper.stages.grouping import EVENT, regroup
from scraper.stages.grouping.decisions import Decisions, decisions_of
from tests.stages.grouping.samples import (
    JOINT,
    KOREAN,
    NEWS,
    NEWS_2,
    PRINCIPLES,
    READOUT_B,
    by_event,
    official,
    partition,
    reprint,
    sighting,
)

PLACES = (
    official(1, JOINT), official(2, PRINCIPLES), official(3, READOUT_B, "BB"), official(4, KOREAN, language="ko"), reprint(5, JOINT),
    sighting(6, NEWS), sighting(7, NEWS_2), sighting(8, NEWS_2, date="2031-08-01", place="Evora"),
)  # fmt: skip


def url(number: int) -> str:
    return f"https://site{number}.example/{number}"


def said(action: str, subject: str, value: str, at: int = 0, *, event: bool = False) -> Review:
    """A decision; numbers of articles stand for their URLs."""
    lines = ["\n".join(url(int(number)) for number in numbers.split()) for numbers in (subject, value)]
    return Review(action, EVENT * event + lines[0], lines[1], f"2031-06-01T00:00:{at:02d}Z")


def decided(*reviews: Review, of: tuple[Sighting, ...] = PLACES) -> tuple[set[frozenset[int]], set[frozenset[int]]]:
    """The pairs of articles of one statement that are together, and those that are apart."""
    made = decisions_of(of, reviews)
    return tuple({frozenset(of[at].article_id for at in pair) for pair in pairs} for pairs in (made.together, made.apart))  # type: ignore[return-value]


def test_several_articles_are_one_decision() -> None:
    assert decided(said("merge", "1 2", "3")) == ({frozenset({1, 2}), frozenset({1, 3})}, set())
    assert decided(said("split", "1 2", "3 4")) == (set(), {frozenset({a, b}) for a in (1, 2) for b in (3, 4)})
    assert decisions_of(PLACES, ()) == Decisions()


@pytest.mark.parametrize("event", [False, True])
def test_the_latest_of_contradictory_decisions_holds(event: bool) -> None:
    merge, split = said("merge", "1", "2", 1, event=event), said("split", "1", "2", 2, event=event)
    partition_of = by_event if event else partition
    for reviews in permutations((merge, split)):
        assert frozenset({1, 2}) not in partition_of(regroup(PLACES[:2], reviews))
    later = said("merge", "2", "1", 3, event=event)
    for reviews in permutations((merge, split, later)):
        assert partition_of(regroup(PLACES[:2], reviews)) == {frozenset({1, 2})}


def test_a_placement_says_that_a_person_made_it() -> None:
    reviews = (said("merge", "1", "2 6"),)
    (event,) = regroup((PLACES[0], PLACES[1], PLACES[4], PLACES[5]), reviews)
    told = {place.article_id: place.reason for group in event.statements for place in group.placements}
    assert told[1].endswith("; put together with others here by a person")
    assert told[2].endswith("; put here by a person")
    assert told[6].endswith("; put here by a person")
    assert "person" not in told[5]


def test_of_one_second_the_one_that_stands_later_holds() -> None:
    merge, split = said("merge", "1", "2"), said("split", "1", "2")
    assert decided(merge, split) == (set(), {frozenset({1, 2})})
    assert decided(split, merge) == ({frozenset({1, 2})}, set())


def test_an_earlier_chain_gives_way_where_it_must_and_holds_elsewhere() -> None:
    chain = (said("merge", "1", "2 3", 1), said("merge", "3", "4", 2))
    together, apart = decided(*chain, said("split", "1", "4", 3))
    assert together == {frozenset({1, 2}), frozenset({3, 4})}
    assert apart == {frozenset({a, b}) for a in (1, 2) for b in (3, 4)}


def test_one_taken_out_leaves_the_others_together() -> None:
    assert decided(said("merge", "1", "2 3", 1), said("split", "1", "2 3", 2))[0] == {frozenset({2, 3})}


def test_what_is_apart_from_one_is_apart_from_all_that_are_together_with_it() -> None:
    assert decided(said("merge", "1", "2", 1), said("split", "3", "2", 2))[1] == {frozenset({1, 3}), frozenset({2, 3})}


def test_an_article_that_is_gone_still_ties_others() -> None:
    two = (PLACES[0], PLACES[2])
    assert decided(said("merge", "1", "77", 1), said("merge", "77", "3", 2), of=two)[0] == {frozenset({1, 3})}


def test_one_statement_is_one_event_and_two_events_are_two_statements() -> None:
    merge, split = said("merge", "1", "2", 1), said("split", "1", "2", 2, event=True)
    assert frozenset({1, 2}) not in partition(regroup(PLACES[:2], (merge, split)))
    later = said("merge", "1", "2", 3)
    assert partition(regroup(PLACES[:2], (merge, split, later))) == by_event(regroup(PLACES[:2], (split, later))) == {frozenset({1, 2})}


def test_two_placeholders_put_together_keep_all_their_reports() -> None:
    waiting = (PLACES[5], PLACES[7])
    assert partition(regroup(waiting)) == {frozenset({6}), frozenset({8})}
    assert partition(regroup(waiting, (said("merge", "6", "8"),))) == {frozenset({6, 8})}


def test_a_report_put_to_a_text_of_another_event_follows_it() -> None:
    for order in permutations((PLACES[0], PLACES[7])):
        (event,) = regroup(order, (said("merge", "8", "1"),))
        (group,) = event.statements
        assert (group.lead_article_id, group.kind, group.placeholder) == (1, "joint_statement", False)


def test_a_report_taken_out_of_a_placeholder_has_one_of_its_own() -> None:
    waiting = (PLACES[5], PLACES[6])
    assert partition(regroup(waiting)) == {frozenset({6, 7})}
    assert partition(regroup(waiting, (said("split", "6", "7"),))) == {frozenset({6}), frozenset({7})}


def test_a_copy_of_what_was_put_together_or_apart_goes_with_it() -> None:
    copy = reprint(9, PRINCIPLES, date="", published="2031-05-16")
    together = said("merge", "1", "2")
    assert partition(regroup((PLACES[0], PLACES[1], copy), (together,))) == {frozenset({1, 2, 9})}
    other = reprint(9, JOINT + " The band played until the lamps went out, and a tailor mended the torn flag of the smallest delegation.")
    apart = (PLACES[0], reprint(5, other_words()), other)
    assert frozenset({1, 5}) not in {frozenset(part & {1, 5}) for part in partition(regroup(apart, (said("split", "5", "1"),)))}


def other_words() -> str:
    return JOINT.replace("eleven months", "twelve weeks").replace("midnight", "dawn")


DECISIONS = st.lists(
    st.tuples(
        st.sampled_from(("merge", "split")),
        st.booleans(),
        st.lists(st.integers(1, 9), min_size=2, max_size=5, unique=True),
        st.integers(1, 4),
    ),
    max_size=6,
)


# Articles that one wording holds together and decisions on others draw apart.
@example([("merge", False, [1, 2], 1), ("split", True, [1, 8], 1), ("merge", True, [7, 3, 5], 1)], random.Random(1))
@example([("merge", False, [1, 2], 1), ("merge", True, [1, 8], 1), ("split", True, [7, 3, 5], 1)], random.Random(2))
@example(
    [("split", False, [1, 8], 1), ("merge", False, [5, 3], 1), ("merge", False, [3, 7], 1), ("merge", False, [1, 2], 1)], random.Random(3)
)
@settings(max_examples=150)
@given(DECISIONS, st.randoms(use_true_random=False))
def test_whatever_is_decided_everybody_is_placed_once_and_the_decisions_hold(
    made: list[tuple[str, bool, list[int], int]], chance: object
) -> None:
    reviews = tuple(
        said(action, " ".join(map(str, who[:cut])), " ".join(map(str, who[cut:])) or str(who[0]), at, event=event)
        for at, (action, event, who, cut) in enumerate(made)
    )
    found = regroup(PLACES, reviews)
    placed = [placement.article_id for event in found for group in event.statements for placement in group.placements]
    assert sorted(placed) == [one.article_id for one in PLACES]
    decisions = decisions_of(PLACES, reviews)
    for parts, together, apart in (
        (partition(found), decisions.together, decisions.apart),
        (by_event(found), decisions.events_together, decisions.events_apart),
    ):
        of = {number: part for part in parts for number in part}
        assert all(of[PLACES[a].article_id] is of[PLACES[b].article_id] for a, b in together)
        assert all(of[PLACES[a].article_id] is not of[PLACES[b].article_id] for a, b in apart)
    shuffled = list(PLACES)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert regroup(tuple(shuffled), reviews) == found
