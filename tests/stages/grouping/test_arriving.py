"""What an article that arrives has to do with those that are placed: the same as comparing everything with everything."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.grouping import Review, Sighting
from scraper.stages.grouping import affected, components, linked, listed, regroup
from scraper.stages.grouping.arriving import _Compared
from tests.stages.grouping.samples import FACT_SHEET, JAPANESE, JOINT, KOREAN, PRINCIPLES, READOUT_A, READOUT_B, STOCK_ONLY, sighting

TEXTS = (JOINT, JOINT[:500], STOCK_ONLY + JOINT, PRINCIPLES, FACT_SHEET, READOUT_A, READOUT_B, KOREAN, JAPANESE, STOCK_ONLY, "")
DAYS = ("2031-05-14", "2031-05-20", "2031-06-30", "2032-05-14", "")
MADE = {(text, day): sighting(1, TEXTS[text], date=day, published=day) for text in range(len(TEXTS)) for day in DAYS}


@st.composite
def corpora(draw: st.DrawFn) -> tuple[Sighting, ...]:
    chosen = draw(
        st.lists(
            st.tuples(st.integers(0, len(TEXTS) - 1), st.sampled_from(DAYS), st.sampled_from(("foreign_ministers", "leaders"))),
            min_size=1,
            max_size=9,
        )
    )
    return tuple(
        replace(MADE[text, day], article_id=number, url=f"https://site{number}.example/", level=level)
        for number, (text, day, level) in enumerate(chosen, 1)
    )


@settings(deadline=None, max_examples=60)
@given(corpora())
def test_what_is_compared_is_what_could_be_linked_and_is_linked_as_alone(sightings: tuple[Sighting, ...]) -> None:
    compared = _Compared(sightings)
    for at, one in enumerate(sightings):
        near = compared.near(at)
        for other, another in enumerate(sightings):
            if at != other:
                bound = linked(one, another) is not None
                assert compared.linked(at, other) == bound
                assert other in near or not bound


@settings(deadline=None, max_examples=60)
@given(corpora(), st.integers(1, 3), st.booleans())
def test_the_parts_give_what_everything_gives(sightings: tuple[Sighting, ...], new: int, merged: bool) -> None:
    reviews = (Review("merge", sightings[0].url, sightings[-1].url, "2031"),) if merged else ()
    arrived = frozenset(seen.article_id for seen in sightings[-new:])
    before = components([seen for seen in sightings if seen.article_id not in arrived])
    parts = affected(sightings, arrived, {number: numbers[0] for numbers in before for number in numbers}, reviews)
    told = sorted((event for part in parts for event in regroup(part, reviews)), key=listed)
    members = {seen.article_id for part in parts for seen in part}
    assert arrived <= members
    whole = [event for event in regroup(sightings, reviews) if members & {p.article_id for one in event.statements for p in one.placements}]
    assert told == whole


def test_who_has_nothing_to_do_with_it_is_in_no_part() -> None:
    first, copy = sighting(1, JOINT), sighting(2, JOINT, url="https://b.example/")
    other = sighting(3, PRINCIPLES, date="2019-01-01", published="2019-01-01", url="https://c.example/")
    assert affected((first, copy, other), frozenset({2}), {1: 1, 3: 3}) == ((first, copy),)
    assert affected((first, copy, other), frozenset({3}), {1: 1, 2: 1}) == ((other,),)
    assert affected((first, copy, other), frozenset({1}), {1: 1, 2: 1, 3: 3}) == ((first, copy),)
    assert affected((), frozenset(), {}) == ()
