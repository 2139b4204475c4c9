"""Which event of ours an act of the past is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.history import LATE, Act, Told, assigned, clusters, fit, shifted

SUMMIT = Act("summit", "2023-08-18", "Summit", "leaders", "Camp David")
TALKS = Act("talks", "2024-03-06", "Talks", "officials", "Busan")
NONE: frozenset[str] = frozenset()
PAGES = frozenset({"https://gov.example/1"})


@pytest.mark.parametrize(
    ("written", "until", "days"),
    [
        ("2023-08-18", "", ("2023-08-18", "2023-08-18")),
        ("2023-08-18", "2023-08-20", ("2023-08-18", "2023-08-20")),
        ("2023-02", "", ("2023-02-01", "2023-02-28")),
        ("2023-12", "", ("2023-12-01", "2023-12-31")),
        ("2008", "", ("2008-01-01", "2008-12-31")),
    ],
)
def test_the_days_an_act_may_have_been_on(written: str, until: str, days: tuple[str, str]) -> None:
    assert Act("a", written, "A", until=until).days == tuple(map(date.fromisoformat, days))


@pytest.mark.parametrize("written", ["2023-13", "2023-02-30", "0000"])
def test_what_is_no_date(written: str) -> None:
    with pytest.raises(ValueError):
        _ = Act("a", written, "A").days


@pytest.mark.parametrize(
    ("act", "told", "is_it"),
    [
        (SUMMIT, ("2023-08-18", "leaders", "Camp David"), True),
        (SUMMIT, ("2023-08-21", "leaders", "Camp David"), True),  # level and place
        (SUMMIT, ("2023-08-22", "leaders", "Camp David"), False),
        (SUMMIT, ("2023-08-19", "leaders", "Washington"), True),  # where a reporter sat: an office has one holder
        (SUMMIT, ("2023-08-20", "leaders", "Washington"), False),
        (SUMMIT, ("2023-08-17", "leaders", ""), True),
        (SUMMIT, ("2023-08-18", "", "Camp David"), True),
        (SUMMIT, ("2023-08-18", "", ""), False),
        (SUMMIT, ("2023-08-18", "officials", "Camp David"), False),  # two known levels differ
        (SUMMIT, ("", "leaders", "Camp David"), False),
        (TALKS, ("2024-03-06", "officials", "Busan"), True),
        (TALKS, ("2024-03-06", "officials", ""), True),
        (TALKS, ("2024-03-06", "officials", "Tokyo"), False),  # officials meet in two places on a day
        (TALKS, ("2024-03-08", "officials", "Busan"), False),
        (Act("x", "2024-06-27", "Exercise", "forces", until="2024-06-29"), ("2024-06-28", "forces", ""), True),
        (Act("m", "2014-07", "Chiefs", "chiefs_of_defence", "Honolulu"), ("2014-07-01", "chiefs_of_defence", "Honolulu"), True),
        (Act("m", "2014-07", "Chiefs", "chiefs_of_defence", "Honolulu"), ("2014-07-01", "chiefs_of_defence", ""), False),
        (Act("m", "2014-07", "Chiefs", "chiefs_of_defence", "Honolulu"), ("2014-08-01", "chiefs_of_defence", "Honolulu"), False),
        (Act("y", "2008", "Talks", "officials", "Tokyo"), ("2008-05-05", "officials", "Tokyo"), False),
    ],
)
def test_by_date_level_and_place(act: Act, told: tuple[str, str, str], is_it: bool) -> None:
    assert (fit(act, NONE, Told(1, *told)) is not None) is is_it


def test_a_page_in_common_is_evidence_within_a_week_unless_the_levels_differ() -> None:
    for days, level, is_it in ((7, "", True), (-7, "leaders", True), (8, "leaders", False), (0, "officials", False)):
        on = (date(2023, 8, 18) + timedelta(days=days)).isoformat()
        assert (fit(SUMMIT, PAGES, Told(1, on, level, "", PAGES)) is not None) is is_it, (days, level)
    assert fit(SUMMIT, PAGES, Told(1, "2023-08-24", "leaders", "")) is None


def test_each_act_is_one_event_and_those_that_agree_best_go_first() -> None:
    second = Act("second", "2023-08-19", "Summit", "leaders")
    told = [Told(1, "2023-08-18", "leaders", ""), Told(2, "2023-08-18", "leaders", "Camp David")]
    assert assigned([(SUMMIT, NONE), (second, NONE)], told) == {"summit": 2, "second": 1}
    assert assigned([(SUMMIT, NONE), (second, NONE)], told[1:]) == {"summit": 2}


LEVELS, PLACES = ("", "leaders", "officials"), ("", "Seoul", "Tokyo")
DAYS = st.dates(date(2024, 1, 1), date(2024, 3, 1))
ACTS = st.lists(st.builds(lambda d, level, place: (d, level, place), DAYS, st.sampled_from(LEVELS), st.sampled_from(PLACES)), max_size=8)


@given(ACTS, ACTS, st.randoms())
def test_the_answer_is_that_of_each_part_and_does_not_depend_on_the_order(
    acts: list[tuple[date, str, str]], told: list[tuple[date, str, str]], chance: st.DrawFn
) -> None:
    made = [Act(f"a{n}", d.isoformat(), "A", level, place) for n, (d, level, place) in enumerate(acts)]
    events = [Told(n, d.isoformat(), level, place) for n, (d, level, place) in enumerate(told)]
    whole = assigned([(act, NONE) for act in made], events)
    by_part = {key: value for part in clusters(made) for key, value in assigned([(act, NONE) for act in part], events).items()}
    assert by_part == whole
    assert len(set(whole.values())) == len(whole)
    shuffled = [(act, NONE) for act in made]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assigned(shuffled, events[::-1]) == whole


def test_a_day_at_the_end_of_the_calendar_stays_in_it() -> None:
    assert (shifted(date.min, -7), shifted(date.max, 7), shifted(date(2024, 2, 28), 2)) == ("0001-01-01", "9999-12-31", "2024-03-01")


def test_parts_lie_too_far_apart_for_one_event() -> None:
    apart = [Act(str(n), (date(2024, 1, 1) + timedelta(days=n * (2 * LATE + 1))).isoformat(), "A") for n in range(3)]
    assert [len(part) for part in clusters(apart)] == [1, 1, 1]
    assert [len(part) for part in clusters([*apart, Act("y", "2024", "Year")])] == [4]
    assert clusters(()) == ()
