"""Silences, returns, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.flagging import omitted, revived, silences

from .made import SLUG, brief, life, link, seen


@pytest.mark.parametrize(
    ("before", "after", "months", "quiet"),
    [
        ("2031-01-15", "2032-07-14", 18, False), ("2031-01-15", "2032-07-15", 18, True), ("2031-01-15", "2031-02-15", 1, True),
        ("2031-12-31", "2032-02-29", 2, False), ("2031-12-31", "2032-03-01", 2, True), ("2031-11-30", "2031-12-30", 1, True),
    ],
)  # fmt: skip
def test_how_long_a_silence_is(before: str, after: str, months: int, quiet: bool) -> None:
    found = silences(life(seen(2, after), seen(1, before)), months)
    assert [(one.since, one.until, one.before_id, one.statement_id) for one in found] == ([(before, after, 1, 2)] if quiet else [])


def test_a_return_needs_statements_that_were_silent() -> None:
    (quiet,) = silences(life(seen(1, "2031-01-01"), seen(2, "2031-01-01", event=1), seen(3, "2033-01-01"), seen(4, "2033-01-01")), 18)
    assert (quiet.initiative_id, quiet.before_id, quiet.statement_id, quiet.spoken) == (SLUG, 1, 3, 0)
    assert revived([quiet], 3) == ()
    assert revived([replace(quiet, spoken=2)], 3) == ()
    (told,) = revived([replace(quiet, spoken=3)], 3)
    assert (told.kind, told.statement_id, told.comparator_id, told.mention_id) == ("revived", 3, 1, 3)
    assert "2031-01-01" in told.reason
    assert revived([replace(quiet, spoken=3, event_id=0)], 3) == ()


def test_copies_break_no_silence() -> None:
    copy = seen(2, "2032-01-01", lead=False, official=False, grade="verbatim")
    assert len(silences(life(seen(1, "2031-01-01"), copy, seen(3, "2033-01-01")), 18)) == 1
    assert silences(life(seen(1, "2031-01-01"), replace(copy, lead=True), seen(3, "2033-01-01")), 18) == ()
    assert silences(life(seen(1, ""), seen(3, "2033-01-01")), 18) == ()


@given(st.permutations(range(6)))
def test_the_order_of_arrival_makes_no_silence(order: list[int]) -> None:
    names = [
        seen(number + 1, date)
        for number, date in enumerate(["2031-01-01", "2033-01-01", "2033-02-01", "2036-01-01", "2036-01-01", "2039-01-01"])
    ]
    assert silences(life(*(names[at] for at in order)), 18) == silences(life(*names), 18)
    assert len(silences(life(*names), 18)) == 3


ALWAYS = (link(1, "2031-01-01", "a", "b"), link(2, "2031-02-01", "a"), link(3, "2031-03-01", "a", "b"))


def test_what_each_of_the_last_named_and_this_one_does_not() -> None:
    (told,) = omitted((*ALWAYS, link(4, "2031-04-01", "b")), 3)
    assert (told.kind, told.initiative_id, told.statement_id, told.comparator_id, told.mention_id) == ("omitted", "a", 4, 3, 30)
    assert "not dropped" in told.reason
    assert brief(omitted((*ALWAYS, link(4, "2031-04-01")), 1)) == [(2, 1), (4, 3), (4, 3)]


def test_a_second_statement_that_leaves_it_out_is_nothing_new() -> None:
    assert brief(omitted((*ALWAYS, link(4, "2031-04-01"), link(5, "2031-05-01")), 3)) == [(4, 3)]


def test_too_few_before_or_one_without_it_is_no_omission() -> None:
    assert omitted((*ALWAYS[1:], link(4, "2031-04-01")), 3) == ()
    assert omitted((*ALWAYS[:2], link(3, "2031-03-01", "b"), link(4, "2031-04-01")), 3) == ()
    assert omitted((*ALWAYS, link(4, "")), 3) == ()
    assert omitted(ALWAYS, 0) == ()
    assert omitted((), 3) == ()


def test_statements_of_one_day_count_as_one() -> None:
    twins = (link(4, "2031-04-01", "b", order="1"), link(5, "2031-04-01", "a", order="2"))
    assert omitted((*ALWAYS, *twins), 3) == ()
    both = (link(4, "2031-04-01", "b", order="2"), link(5, "2031-04-01", "b", order="1"))
    assert brief(omitted((*ALWAYS, *both), 3)) == [(5, 3)]
    before = (*ALWAYS[:2], link(3, "2031-03-01", order="1"), link(6, "2031-03-01", "a", order="2"))
    assert brief(omitted((*before, link(4, "2031-04-01")), 3)) == [(4, 6)]


@given(
    st.permutations(range(8)),
    st.lists(st.sets(st.sampled_from(["a", "b"])), min_size=8, max_size=8),
    st.lists(st.sampled_from(["2031-01-01", "2031-02-01", "2031-03-01", "2031-04-01", ""]), min_size=8, max_size=8),
)
def test_the_order_of_arrival_leaves_nothing_out(order: list[int], named: list[set[str]], dates: list[str]) -> None:
    links = [link(number + 1, dates[number], *sorted(named[number])) for number in range(8)]
    made = omitted([links[at] for at in order], 2)
    assert made == omitted(links, 2)
    assert all(one.comparator_id for one in made)
