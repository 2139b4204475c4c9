"""Coverage of a day that is not over, and of one whose catalogue changed. The days lie far ahead: there the views take the time from
the last tick and the last poll, so that a clock moved by hand is theirs too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.model.moment import utc
from scraper.model.source import Source
from scraper.stages.coverage import answering
from scraper.storage import sources, sparing, watching
from scraper.storage.store import Store

from .made import Clock, poll, source

DAY = datetime(2140, 3, 2, tzinfo=UTC)
BEFORE, ON, AFTER = "2140-03-01", "2140-03-02", "2140-03-03"


@pytest.fixture
def clock() -> Clock:
    return Clock(DAY)


def at(minutes: float) -> str:
    """The time so many minutes into the day."""
    return utc(DAY + timedelta(minutes=minutes))


def polled(store: Store, number: str, minutes: Iterable[float], outcome: str = "ok") -> None:
    with store.transaction():
        for minute in minutes:
            sources.record(store, poll(outcome, at=at(minute), number=number))


def now(store: Store, minutes: float) -> None:
    """The clock says so, and a tick ended."""
    store.clock = Clock(DAY + timedelta(minutes=minutes))
    sources.mark(store, "last_tick", store.now())


def catalogue(store: Store, minutes: float, *posts: Source) -> None:
    """The catalogue is read so many minutes into the day."""
    now(store, minutes)
    sources.sync(store, posts)


def post(number: str = "one", **changed: Any) -> Source:
    return source(number, **{"publisher": number, "interval": 15.0, **changed})


def row(store: Store, party: str = "US", day: str = ON) -> dict[str, Any]:
    (found,) = [row for row in watching.coverage(store, day) if row["party"] == party]
    return found


def frozen(store: Store) -> list[str]:
    with store.transaction():
        watching.freeze(store)
    return [found["day"] for found in store.rows("SELECT DISTINCT day FROM coverage_days ORDER BY day")]


def test_before_the_first_poll_nobody_watched(store: Store) -> None:
    catalogue(store, 720, post())
    polled(store, "one", range(720, 1501, 15))
    now(store, 1500)
    found = row(store)
    assert (found["blind_minutes"], found["watched_minutes"], found["watch"]) == (720, 720, "blind")
    assert (found["blind_source"], found["blind_from"], found["blind_to"]) == (None, at(0), at(720))
    assert watching.verdict(store, ON) == "watch incomplete"


def test_today_is_quiet_so_far_and_what_follows_the_last_poll_is_open(store: Store) -> None:
    catalogue(store, 0, post())
    polled(store, "one", range(0, 601, 15))
    now(store, 640)
    found = row(store)
    assert (found["watched_minutes"], found["blind_minutes"], found["watch"], found["settled"]) == (600, 0, "watched", 0)
    assert watching.verdict(store, ON) == "quiet so far"


def test_a_source_that_is_silent_at_this_moment_makes_today_incomplete_until_it_answers(store: Store) -> None:
    catalogue(store, 0, post())
    polled(store, "one", range(0, 601, 15))
    now(store, 661)
    assert (row(store)["blind_minutes"], row(store)["blind_from"], row(store)["watch"]) == (61, at(600), "blind")
    assert watching.verdict(store, ON) == "watch incomplete"
    polled(store, "one", [670])
    now(store, 671)
    assert (row(store)["blind_minutes"], row(store)["watch"]) == (70, "watched")
    assert watching.verdict(store, ON) == "quiet so far"


def test_a_day_begins_without_blame(store: Store) -> None:
    catalogue(store, 0, post())
    polled(store, "one", range(0, 1440, 15))
    now(store, 1441)
    assert [(day, watching.verdict(store, day)) for day in (ON, AFTER)] == [(ON, "quiet so far"), (AFTER, "quiet so far")]
    polled(store, "one", [1442])
    now(store, 1443)
    assert [watching.verdict(store, day) for day in (ON, AFTER)] == ["confirmed quiet", "quiet so far"]


def test_a_machine_that_was_suspended_saw_nothing_meanwhile(store: Store) -> None:
    catalogue(store, 0, post())
    polled(store, "one", [*range(0, 601, 15), *range(841, 1501, 15)])
    now(store, 1500)
    assert (row(store)["blind_minutes"], row(store)["blind_from"], row(store)["blind_to"]) == (241, at(600), at(841))
    assert watching.verdict(store, ON) == "watch incomplete"


def test_an_outage_over_midnight_is_as_long_as_it_is(store: Store) -> None:
    catalogue(store, 0, post())
    polled(store, "one", [*range(0, 1321, 15), *range(1560, 2941, 15)])
    now(store, 2940)
    assert [row(store, day=day)["longest_blind_minutes"] for day in (ON, AFTER)] == [120, 240]
    assert [row(store, day=day)["blind_minutes"] for day in (ON, AFTER)] == [120, 120]
    assert [watching.verdict(store, day) for day in (ON, AFTER)] == ["confirmed quiet", "watch incomplete"]


def test_a_day_to_come_is_not_yet(store: Store) -> None:
    catalogue(store, 0, post())
    polled(store, "one", range(0, 601, 15))
    now(store, 600)
    assert watching.coverage(store, AFTER) == []
    assert watching.verdict(store, AFTER) == "not yet"


def test_a_source_added_at_noon_does_not_blind_the_morning(store: Store) -> None:
    catalogue(store, 0, post())
    polled(store, "one", range(0, 1501, 15))
    catalogue(store, 720, post(), post("two"))
    polled(store, "two", range(722, 1501, 15))
    now(store, 1500)
    assert (row(store)["sources"], row(store)["blind_minutes"], watching.verdict(store, ON)) == (2, 2, "confirmed quiet")


def test_a_source_added_before_midnight_may_answer_after_it(store: Store) -> None:
    catalogue(store, 0, post())
    polled(store, "one", range(0, 1501, 15))
    catalogue(store, 1439.9, post(), post("two"))
    polled(store, "two", [1440.2, *range(1455, 1501, 15)])
    now(store, 1500)
    assert (row(store)["sources"], row(store)["answered"], watching.verdict(store, ON)) == (2, 2, "confirmed quiet")


@pytest.mark.parametrize(("end", "blind", "verdict"), [(601, 0, "confirmed quiet"), (301, 419, "watch incomplete")])
def test_a_source_disabled_later_was_watched_until_then(store: Store, end: int, blind: int, verdict: str) -> None:
    catalogue(store, 0, post(), post("two"))
    polled(store, "one", range(0, 1501, 15))
    polled(store, "two", range(0, end, 15))
    catalogue(store, 600 if end > 600 else 719, post())
    now(store, 1500)
    assert (row(store)["sources"], row(store)["blind_minutes"], watching.verdict(store, ON)) == (2, blind, verdict)
    assert row(store, day=AFTER)["sources"] == 1


def test_a_source_that_was_off_for_a_while_is_not_blind_in_it(store: Store) -> None:
    catalogue(store, 0, post(), post("two"))
    polled(store, "one", range(0, 1501, 15))
    polled(store, "two", range(0, 301, 15))
    catalogue(store, 302, post(), post("two", enabled=False))
    catalogue(store, 1000, post(), post("two"))
    polled(store, "two", range(1003, 1501, 15))
    now(store, 1500)
    assert (row(store)["blind_minutes"], row(store)["longest_blind_minutes"], watching.verdict(store, ON)) == (3, 3, "confirmed quiet")


def test_a_stand_in_takes_over_where_the_first_is_switched_off(store: Store) -> None:
    catalogue(store, 0, post(publisher="M"), post("two", publisher="M", rank=1))
    polled(store, "one", range(0, 601, 15))
    catalogue(store, 610, post(publisher="M", enabled=False), post("two", publisher="M", rank=1))
    polled(store, "two", range(611, 1501, 15))
    now(store, 1500)
    assert (row(store)["sources"], row(store)["blind_minutes"], watching.verdict(store, ON)) == (2, 1, "confirmed quiet")


def test_a_government_whose_only_source_is_switched_off_is_blind_from_then_on(store: Store) -> None:
    watching.enlist(store, ["US", "JP"])
    catalogue(store, 0, post(), post("two", party="JP"))
    for number in ("one", "two"):
        polled(store, number, range(0, 601, 15))
    catalogue(store, 600, post(), post("two", party="JP", enabled=False))
    polled(store, "one", range(615, 2941, 15))
    now(store, 2940)
    told = [
        (row(store, "JP", day)["sources"], row(store, "JP", day)["blind_minutes"], row(store, "JP", day)["watch"]) for day in (ON, AFTER)
    ]
    assert told == [(1, 840, "blind"), (0, 1440, "blind")]
    assert row(store)["watch"] == "watched"


def test_a_government_that_never_had_a_source_is_blind(store: Store) -> None:
    watching.enlist(store, ["US", "JP"])
    catalogue(store, 0, post(), post("press", party="JP", official=False))
    for number in ("one", "press"):
        polled(store, number, range(0, 1501, 15))
    now(store, 1500)
    found = row(store, "JP")
    assert (found["sources"], found["answered"], found["polls"], found["blind_minutes"], found["watch"]) == (0, 0, 0, 1440, "blind")
    (day,) = store.rows("SELECT * FROM watch_days WHERE day = ?", (ON,))
    assert (day["parties"], day["parties_watched"], day["sources"], day["verdict"]) == (2, 1, 1, "watch incomplete")


def test_a_house_without_any_official_source_confirms_nothing(store: Store) -> None:
    watching.enlist(store, ["US"])
    catalogue(store, 0, post("press", official=False))
    polled(store, "press", range(0, 1501, 15))
    now(store, 1500)
    assert (row(store)["watch"], watching.verdict(store, ON)) == ("blind", "watch incomplete")


def test_a_party_is_asked_for_from_its_first_day_to_its_last(store: Store) -> None:
    catalogue(store, 0, post())
    watching.enlist(store, ["US"])
    polled(store, "one", range(0, 4321, 15))
    now(store, 1500)
    for _ in range(2):
        watching.enlist(store, ["US", "JP"])
    now(store, 1600)
    watching.enlist(store, ["US"])
    now(store, 4320)
    days = {found["day"]: found["party"] for found in store.rows("SELECT day, party FROM coverage WHERE party = 'JP'")}
    assert days == {AFTER: "JP"}
    assert [watching.verdict(store, day) for day in (ON, AFTER, "2140-03-04")] == ["confirmed quiet", "watch incomplete", "confirmed quiet"]


def test_a_day_is_written_only_when_nothing_can_change_it(store: Store) -> None:
    catalogue(store, 0, post())
    polled(store, "one", range(0, 1440, 15))
    now(store, 1441)
    assert frozen(store) == []
    polled(store, "one", [1700])
    now(store, 1701)
    assert frozen(store) == [ON]
    assert (row(store)["blind_minutes"], row(store)["watch"]) == (15, "watched")
    assert row(store, day=AFTER)["longest_blind_minutes"] == 275


def test_a_written_day_is_the_day_as_it_was_computed(store: Store) -> None:
    catalogue(store, 0, post(), post("two", party="JP"))
    polled(store, "one", [*range(0, 601, 15), *range(700, 1380, 15), *range(1500, 2941, 15)])
    polled(store, "two", range(0, 1300, 15), "http")
    polled(store, "two", range(1305, 2941, 15))
    now(store, 2940)
    before = store.rows("SELECT * FROM coverage WHERE day <= ?", (AFTER,))
    assert len(before) == 4
    assert frozen(store) == [ON, AFTER]
    assert store.rows("SELECT * FROM coverage WHERE day <= ?", (AFTER,)) == before
    with store.transaction():
        assert sparing.fold_polls(store, AFTER) > 0
    catalogue(store, 2942, post("three"))
    assert store.rows("SELECT * FROM coverage WHERE day <= ?", (AFTER,)) == before


def test_polls_that_a_day_not_written_needs_are_named(store: Store) -> None:
    catalogue(store, 0, post(interval=7 * 1440.0))
    polled(store, "one", [0])
    now(store, 5 * 1440)
    with store.transaction():
        needed = watching.freeze(store)
    assert store.rows("SELECT * FROM coverage_days") == []
    assert needed < ON


def test_days_written_by_a_clock_that_ran_ahead_are_taken_back(store: Store) -> None:
    catalogue(store, 0, post())
    polled(store, "one", range(0, 1441, 15))
    now(store, 40 * 1440)
    assert len(frozen(store)) == 39  # the last one ends at this moment
    now(store, 1445)
    assert frozen(store) == [ON]
    polled(store, "one", range(1455, 2941, 15))
    now(store, 2940)
    assert frozen(store) == [ON, AFTER]
    assert (row(store, day=AFTER)["watch"], watching.verdict(store, AFTER)) == ("watched", "confirmed quiet")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["one", "two", "three"]), st.integers(1, 900), st.sampled_from(["ok", "not_modified", "http", "stale"])),
        max_size=30,
    ),
    st.integers(1, 900),
    st.sampled_from([5.0, 30.0, 60.0]),
)
def test_who_is_silent_at_this_moment_is_blind_in_the_view(
    tmp_path_factory: pytest.TempPathFactory, polls: list[tuple[str, int, str]], moment: int, interval: float
) -> None:
    posts = (post("one", publisher="M", interval=interval), post("two", publisher="M", rank=1, interval=120.0), post("three", party="JP"))
    with Store(Path(tmp_path_factory.mktemp("db")) / "x.db", Clock(DAY)) as store:
        watching.enlist(store, ["US", "JP", "KR"])
        sources.sync(store, posts)
        polled(store, "one", [0], "http")
        for number, minute, outcome in sorted(polls, key=lambda told: told[1]):
            if minute <= moment:
                polled(store, number, [minute], outcome)
        now(store, moment)
        found = answering(store.clock(), posts, sources.states(store), ["US", "JP", "KR"])
        blind = [
            told["source_id"] for told in store.rows("SELECT source_id FROM coverage_by_source WHERE tail = 'blind' ORDER BY source_id")
        ]
        assert blind == sorted(found.silent)
        assert found.unwatched == tuple(told["party"] for told in watching.coverage(store, ON) if not told["sources"])
        assert not (found.silent and watching.verdict(store, ON) != "watch incomplete")
