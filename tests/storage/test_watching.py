"""Coverage of days by government, and the health of each source. The days lie far back, so that today's clock has no part in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.model.source import Source
from scraper.storage import sources, watching
from scraper.storage.store import Store

from .made import Clock, Text, add, apply, event, poll, source, statement

DAY = datetime(2020, 3, 2, tzinfo=UTC)
BEFORE, ON, AFTER = "2020-03-01", "2020-03-02", "2020-03-03"


def at(minutes: float) -> str:
    """The time so many minutes into the day."""
    return (DAY + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def clock() -> Clock:
    """The catalogue is written an hour and a half before the day."""
    return Clock(DAY - timedelta(minutes=90))


def every(step: int, *, but: tuple[int, int] = (0, 0), end: int = 1501) -> list[int]:
    """Minutes of good polls from the evening before to an hour into the next day, but for those in a span."""
    return [minute for minute in range(-60, end, step) if not but[0] <= minute < but[1]]


def polled(store: Store, number: str, minutes: Iterable[float], outcome: str = "ok") -> None:
    with store.transaction():
        for minute in minutes:
            sources.record(store, poll(outcome, at=at(minute), number=number))


def post(number: str = "one", **changed: Any) -> Source:
    return source(number, **{"publisher": number, "interval": 15.0, **changed})


def row(store: Store, party: str = "US", day: str = ON) -> dict[str, Any]:
    (found,) = [row for row in watching.coverage(store, day) if row["party"] == party]
    return found


@pytest.mark.parametrize(("minutes", "blind", "longest", "watch"), [
    (every(15), 0, 0, "watched"),
    (every(60), 0, 0, "watched"),  # an hour between two polls is little enough
    (every(90), 1440, 90, "blind"),  # late every time
    (every(15, but=(600, 700)), 120, 120, "watched"),  # from the poll at 585 to the next at 705
    (every(15, but=(600, 765)), 180, 180, "watched"),
    (every(15, but=(600, 766)), 195, 195, "blind"),
    (every(15, but=(600, 2000)), 855, 855, "blind"),
    ([*every(15, but=(0, 1440)), 1439], 1439, 1454, "blind"),  # it began on the day before
])  # fmt: skip
def test_the_time_between_two_good_polls_is_watched_when_it_is_short(
    store: Store, minutes: Sequence[int], blind: int, longest: int, watch: str
) -> None:
    sources.sync(store, [post()])
    polled(store, "one", minutes)
    found = row(store)
    assert (found["blind_minutes"], found["longest_blind_minutes"], found["watch"]) == (blind, longest, watch)
    assert found["watched_minutes"] == 1440 - blind
    assert (found["sources"], found["answered"], found["blind_source"]) == (1, 1, "one" if blind else None)


def test_a_slow_source_is_given_three_intervals(store: Store) -> None:
    sources.sync(store, [post(interval=360.0)])
    polled(store, "one", [-60, 1020, 2100])
    assert (row(store)["blind_minutes"], row(store)["blind_from"], row(store)["watch"]) == (0, None, "watched")


def test_a_slow_source_that_is_late_is_blind_since_its_last_good_poll(store: Store) -> None:
    sources.sync(store, [post(interval=360.0)])
    polled(store, "one", [-60, 1021, 2100])
    assert (row(store)["blind_minutes"], row(store)["blind_from"], row(store)["blind_to"]) == (1021, at(-60), at(1021))


@pytest.mark.parametrize("outcome", ["blocked", "stale", "empty", "gap", "timeout"])
def test_polls_that_are_not_good_vouch_for_nothing(store: Store, outcome: str) -> None:
    sources.sync(store, [post()])
    polled(store, "one", every(15), outcome)
    found = row(store)
    assert (found["blind_minutes"], found["answered"], found["polls"], found["watch"]) == (1440, 0, 96, "blind")


def test_not_modified_vouches(store: Store) -> None:
    sources.sync(store, [post()])
    polled(store, "one", every(15), "not_modified")
    assert row(store)["watch"] == "watched"


def test_a_stand_in_vouches_and_does_not_count_as_a_source(store: Store) -> None:
    sources.sync(store, [post(publisher="M"), post("two", publisher="M", rank=1), post("other", publisher="M", language="ko", rank=1)])
    polled(store, "one", every(15, but=(600, 1000)))
    polled(store, "other", every(15))
    polled(store, "two", range(600, 1000, 15))
    found = row(store)
    assert (found["sources"], found["answered"], found["blind_minutes"], found["watch"]) == (2, 2, 0, "watched")


def test_a_government_is_as_blind_as_its_blindest_source(store: Store) -> None:
    sources.sync(store, [post(), post("two"), post("press", official=False), post("three", party="KR")])
    polled(store, "one", every(15))
    polled(store, "two", every(15, but=(600, 1000)))
    polled(store, "three", every(15))
    assert (row(store)["sources"], row(store)["blind_source"], row(store)["blind_from"], row(store)["watch"]) == (
        2,
        "two",
        at(585),
        "blind",
    )
    assert row(store, "KR")["watch"] == "watched"


def test_a_source_counts_from_when_it_was_added(store: Store, clock: Clock) -> None:
    sources.sync(store, [post()])
    polled(store, "one", every(15, end=2900))
    clock.now = DAY + timedelta(hours=12)
    sources.sync(store, [post(), post("two")])
    polled(store, "two", range(725, 2900, 15))
    found = [
        (told["sources"], told["blind_minutes"], told["watched_minutes"]) for told in (row(store, day=day) for day in (BEFORE, ON, AFTER))
    ]
    assert found == [(1, 1380, 60), (2, 5, 1435), (2, 0, 1440)]  # nobody watched before the first poll
    assert (row(store)["watch"], watching.verdict(store, ON)) == ("watched", "confirmed quiet")


def test_a_source_never_polled_is_blind_from_the_start(store: Store) -> None:
    sources.sync(store, [post(), post("two")])
    polled(store, "one", every(15))
    assert (row(store)["sources"], row(store)["answered"], row(store)["blind_source"]) == (2, 1, "two")


def test_nothing_polled_is_nothing_watched(store: Store) -> None:
    sources.sync(store, [post()])
    assert store.rows("SELECT * FROM coverage") == store.rows("SELECT * FROM watch_days") == []
    assert watching.verdict(store, BEFORE) == "not watched"


def test_days_without_any_poll_are_there_and_blind(store: Store, clock: Clock) -> None:
    sources.sync(store, [post()])
    clock.now = DAY + timedelta(days=30)
    polled(store, "one", every(15))
    assert (row(store, day="2020-03-20")["blind_minutes"], watching.verdict(store, "2020-03-20")) == (1440, "watch incomplete")


@pytest.mark.parametrize(("but", "news", "verdict"), [
    ((0, 0), False, "confirmed quiet"),
    ((0, 0), True, "watch complete"),
    ((600, 840), False, "watch incomplete"),
    ((600, 840), True, "watch incomplete"),
])  # fmt: skip
def test_quiet_is_confirmed_only_where_every_party_was_watched(
    store: Store, clock: Clock, but: tuple[int, int], news: bool, verdict: str
) -> None:
    sources.sync(store, [post(), post("two", party="KR")])
    polled(store, "one", every(15))
    polled(store, "two", every(15, but=but))
    clock.now = DAY + timedelta(hours=5)
    if news:
        apply(store, event(statement(*add(store, Text("https://one.example/1")))))
    assert watching.verdict(store, ON) == verdict
    assert watching.news(store) == news


def test_what_is_written_of_a_day_stays_when_polls_and_catalogue_change(store: Store, clock: Clock) -> None:
    sources.sync(store, [post(), post("two", party="KR")])
    polled(store, "one", every(15, but=(600, 700), end=2880))
    polled(store, "two", every(15, end=2880))
    before = store.rows("SELECT * FROM coverage WHERE day < ?", (AFTER,))
    clock.now = DAY + timedelta(days=1, hours=12)
    for _ in range(2):
        with store.transaction():
            watching.freeze(store)
    after = row(store, day=AFTER)
    with store.transaction():
        store.write("DELETE FROM polls WHERE started_at < ?", (AFTER,))
    sources.sync(store, [post()])
    assert store.rows("SELECT * FROM coverage WHERE day < ?", (AFTER,)) == before
    assert [r["day"] for r in store.rows("SELECT DISTINCT day FROM coverage_days ORDER BY day")] == [BEFORE, ON]
    assert (row(store, day=AFTER)["polls"], after["polls"]) == (96, 96)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(-300, 1500), st.booleans()), min_size=1, max_size=25), st.sampled_from([5.0, 20.0, 45.0]))
def test_blind_minutes_are_those_counted_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, polls: list[tuple[int, bool]], interval: float
) -> None:
    with Store(Path(tmp_path_factory.mktemp("db")) / "x.db", Clock()) as store:
        store.clock = Clock(DAY - timedelta(minutes=302))
        sources.sync(store, [post(interval=interval)])
        polled(store, "one", [-301], "http")
        for minute, good in sorted(polls):
            polled(store, "one", [minute], "ok" if good else "http")
        good_at = [minute for minute, good in polls if good]
        holds = max(3 * interval, 60)
        watched = {minute for one, two in pairwise(sorted(good_at)) if two - one <= holds for minute in range(one, two)}
        dark = set(range(1440)) - watched
        assert row(store)["blind_minutes"] == len(dark)


def test_the_health_of_each_source(store: Store, clock: Clock) -> None:
    clock.now = DAY + timedelta(days=7)
    sources.sync(store, [post(), post("two"), post("off", enabled=False)])
    polled(store, "one", [-10])
    polled(store, "one", [10, 20])
    with store.transaction():
        sources.record(store, poll("blocked", at=at(30), number="one", error="a challenge page"))
    rows = {found["source_id"]: found for found in watching.health(store)}
    assert set(rows) == {"one", "two"}
    told = rows["one"]
    assert (told["last_outcome"], told["failing_since"], told["last_good_at"], told["failures"]) == ("blocked", at(30), at(20), 1)
    assert (told["polls"], told["error"]) == ({"ok": 2, "blocked": 1}, "a challenge page")
    assert (rows["two"]["polls"], rows["two"]["last_outcome"]) == ({}, "")
