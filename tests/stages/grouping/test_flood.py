"""Many sightings at once: the same groups in any order and in any batches, and in a time that does not grow with their square."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from functools import partial
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.grouping import EventGroup, Sighting, StatementGroup
from scraper.stages.grouping import components, keys, linked, reach, regroup
from scraper.stages.grouping.link import connected
from tests.stages.grouping.samples import (
    FACT_SHEET,
    JAPANESE,
    JOINT,
    KOREAN,
    NEWS,
    NEWS_2,
    PRINCIPLES,
    READOUT_A,
    SPUN,
    STOCK_ONLY,
    by_event,
    official,
    partition,
    reprint,
    sighting,
)  # fmt: skip
from tests.stages.grouping.test_translations import PACT, PACT_JAPANESE, PACT_KOREAN

NOTHING = {"date": "", "date_stated": False, "place": "", "level": "", "published": ""}


def changed(text: str, chance: random.Random, share: float = 0.06) -> str:
    """The text with a share of its words replaced."""
    return " ".join(word if chance.random() > share else f"w{chance.randrange(5000)}" for word in text.split())


def flood(count: int, text: str = JOINT, **given: object) -> tuple[Sighting, ...]:
    """One official page and copies of it, a third word for word, every fourth judged a report."""
    chance = random.Random(count)
    copies = (text if n % 3 == 0 else changed(text, chance) for n in range(2, count + 1))
    return official(1, text), *(
        (reprint if n % 4 else sighting)(n, copy, date_stated=n % 5 > 0, **given) for n, copy in enumerate(copies, 2)
    )


def seconds(sightings: tuple[Sighting, ...]) -> float:
    """The processor time of a regrouping, the best of two."""
    taken = []
    for _ in range(2):
        started = time.process_time()
        regroup(sightings)
        taken.append(time.process_time() - started)
    return min(taken)


def test_a_flood_of_copies_is_one_statement() -> None:
    for given_ in ({}, NOTHING):
        everything = flood(500, **{key: value for key, value in given_.items() if key != "date_stated"})
        found = regroup(everything)
        assert partition(found) == {frozenset(range(1, 501))}
        assert found[0].statements[0].lead_article_id == 1


def test_four_times_the_copies_take_not_much_more_than_four_times_as_long() -> None:
    assert seconds(flood(1600)) < 9 * max(seconds(flood(400)), 0.02)


def test_four_times_the_reports_take_not_much_more_than_four_times_as_long() -> None:
    """Reports in their own words, which share formulae: none is a copy of another."""

    def reports(count: int) -> tuple[Sighting, ...]:
        chance, words = random.Random(9), JOINT.split()
        return tuple(sighting(n, f"{' '.join(chance.choices(words, k=160))} {STOCK_ONLY}") for n in range(1, count + 1))

    assert seconds(reports(1200)) < 9 * max(seconds(reports(300)), 0.02)


MIXED = (
    official(1, JOINT), reprint(2, JOINT), sighting(3, JOINT.splitlines()[3] + JOINT.splitlines()[4], **NOTHING), sighting(4, SPUN), sighting(5, NEWS),
    official(6, PACT), official(7, PACT_KOREAN, language="ko"), reprint(8, PACT_JAPANESE, language="ja"), official(9, KOREAN, language="ko"),
    official(10, READOUT_A, "AA"), official(11, FACT_SHEET, "AA", kind="fact_sheet"), official(12, JAPANESE, language="ja", date="2031-05-15"),
    official(13, f"{JOINT}\n{PACT}", title="Statements"), official(14, STOCK_ONLY + JOINT, date="2032-05-14", published="2032-05-14"),
    reprint(15, STOCK_ONLY, date="2032-05-20", date_stated=False), sighting(16, NEWS_2, level="leaders"), sighting(17, "", **NOTHING),
    sighting(18, NEWS_2, date="2031-05-17", date_stated=False, place=""), official(19, PRINCIPLES, date="2031-05-21"), reprint(20, PRINCIPLES, **NOTHING),
)  # fmt: skip


PICKED = st.lists(st.integers(0, len(MIXED) - 1), unique=True)
"""Some of them, by their places."""


@settings(deadline=None, max_examples=60)
@given(PICKED)
def test_components_are_what_asking_every_pair_gives(picked: list[int]) -> None:
    chosen = [MIXED[at] for at in picked]
    parts = [{at} for at in range(len(chosen))]
    for one in range(len(chosen)):
        for other in range(one):
            if linked(chosen[one], chosen[other]):
                mine, theirs = (next(part for part in parts if at in part) for at in (one, other))
                if mine is not theirs:
                    parts.remove(theirs)
                    mine |= theirs
    assert sorted(map(sorted, parts)) == connected(chosen)


def sharing(stored: list[Sighting], one: Sighting) -> list[Sighting]:
    """What a look-up by keys finds."""
    return [other for other in stored if not keys(one).isdisjoint(keys(other))]


def placed_in(events: tuple[EventGroup, ...]) -> dict[int, tuple[EventGroup, StatementGroup]]:
    """The event and the statement of each article."""
    return {placed.article_id: (event, group) for event in events for group in event.statements for placed in group.placements}


@settings(deadline=None, max_examples=60)
@given(st.permutations(range(len(MIXED))), st.lists(st.integers(1, len(MIXED)), max_size=5))
def test_any_order_and_any_batches_give_the_same_groups(places: list[int], cuts: list[int]) -> None:
    """As storage does: each batch is regrouped with what is in its reach of all that came before."""
    order = [MIXED[at] for at in places]
    whole = regroup(MIXED)
    stored: list[Sighting] = []
    groups: dict[int, tuple[EventGroup, StatementGroup]] = {}
    edges = sorted({0, len(order), *cuts})
    for start, end in pairwise(edges):
        stored += order[start:end]
        groups |= placed_in(regroup(reach(order[start:end], partial(sharing, stored))))
    assert groups == placed_in(whole)


OTHERWISE = 0x0123456789ABCDE
"""What makes another shingle of one."""


def formulaic(value: int) -> bool:
    """A quarter of all shingles, whatever their order: what every statement shares with those of other years."""
    return value * 0x9E3779B97F4A7C15 % 2**64 >> 62 == 0


@settings(deadline=None, max_examples=30)
@given(PICKED, PICKED)
def test_the_groups_of_a_day_do_not_hang_on_what_was_stored_before(new: list[int], stored: list[int]) -> None:
    """A hundred years of statements full of the same formulae stand in the database, or none: today's are grouped alike."""
    today, earlier = ([MIXED[at] for at in picked] for picked in (new, stored))
    old = [
        replace(one, article_id=1000 + one.article_id, date="1931-05-14" if one.date else "", published="1931-05-14", url=f"{one.url}/old",
                sketch=tuple(sorted(value if formulaic(value) else value ^ OTHERWISE for value in one.sketch)))
        for one in earlier if one.sketch
    ]  # fmt: skip
    alone, beside = regroup(tuple(today)), regroup((*today, *old))
    numbers = {one.article_id for one in today}
    assert {part & numbers for part in partition(beside)} - {frozenset()} == partition(alone)
    assert {part & numbers for part in by_event(beside)} - {frozenset()} == by_event(alone)


@settings(deadline=None, max_examples=40)
@given(PICKED, st.integers(0, len(MIXED)), st.sets(st.integers(0, len(MIXED) - 1)))
def test_what_is_out_of_reach_could_not_have_changed_the_answer(picked: list[int], seed: int, left_out: set[int]) -> None:
    chosen = [MIXED[at] for at in picked]
    parts = components(chosen) or ((),)
    inside = parts[seed % len(parts)]
    near = tuple(one for one in chosen if one.article_id in inside)
    kept = [MIXED[at] for at in picked if MIXED[at].article_id not in inside and at not in left_out]
    for event in regroup(near):
        assert event in regroup((*near, *kept))
