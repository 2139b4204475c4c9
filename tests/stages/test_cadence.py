from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.moment import utc
from scraper.model.source import OUTCOMES, Source, SourceState
from scraper.model.window import Briefing, Calendar, Window
from scraper.stages.cadence import QUICKEST, SLOWER, SLOWEST, SPREAD, WELL, due, next_poll, spread

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
OFFICIAL = Source("ministry", "Ministry", "feed", "https://m.example/", official=True, interval=10.0)
PRESS = Source("paper", "Paper", "feed", "https://p.example/", interval=30.0)
NEW = SourceState("")

sources = st.builds(
    Source,
    id=st.text(min_size=1, max_size=8),
    name=st.just("n"),
    kind=st.just("feed"),
    url=st.just("https://a.example/"),
    official=st.booleans(),
    interval=st.floats(0.5, 3000),
)
asked = st.none() | st.floats(allow_nan=True, allow_infinity=True)


def minutes(source: Source, outcome: str, failures: int = 0, **asked_for: Any) -> float:
    at = next_poll(NOW, source, replace(NEW, failures=failures), outcome, **asked_for)
    return (at - NOW) / timedelta(minutes=1)


def pause(source: Source, outcome: str, failures: int = 0, **asked_for: Any) -> float:
    """The minutes without the spread of the source."""
    shift = spread(source.id) * SPREAD * source.interval
    early = source.official and outcome in WELL
    return round(minutes(source, outcome, failures, **asked_for) + (shift if early else -shift), 3)


@pytest.mark.parametrize(
    ("source", "outcome", "failures", "wanted"),
    [
        (OFFICIAL, "ok", 0, 10),
        (OFFICIAL, "not_modified", 5, 10),
        (OFFICIAL, "stale", 0, 10),
        (OFFICIAL, "gap", 0, 5),
        (OFFICIAL, "timeout", 0, 20),
        (OFFICIAL, "blocked", 1, 40),
        (OFFICIAL, "empty", 2, 60),
        (OFFICIAL, "http", 500, 60),
        (replace(OFFICIAL, interval=360.0), "http", 3, 360),
        (PRESS, "ok", 0, 30),
        (PRESS, "gap", 0, 15),
        (PRESS, "dns", 0, 60),
        (PRESS, "tls", 1, 120),
        (PRESS, "parse", 2, 240),
        (PRESS, "wrong_channel", 3, 360),
        (PRESS, "robots", 10_000, 360),
        (replace(PRESS, interval=1.0), "timeout", 0, 2),
    ],
)
def test_interval_and_back_off(source: Source, outcome: str, failures: int, wanted: float) -> None:
    assert pause(source, outcome, failures) == wanted


@pytest.mark.parametrize(
    ("source", "ttl", "wanted"),
    [(PRESS, 10.0, 30), (PRESS, 45.0, 45), (PRESS, 1440.0, 60), (PRESS, -5.0, 30), (PRESS, math.nan, 30), (OFFICIAL, 60.0, 10)],
)
def test_ttl(source: Source, ttl: float, wanted: float) -> None:
    assert pause(source, "ok", ttl=ttl) == wanted


@pytest.mark.parametrize(
    ("outcome", "retry_after", "wanted"),
    [
        ("http", 7200.0, 120),
        ("ok", 3600.0, 60),
        ("blocked", 10.0 * 365 * 86400, 1440),
        ("ok", math.inf, None),
        ("http", -1.0, None),
        ("http", 1.0, None),
    ],
)
def test_retry_after_is_a_lower_bound_within_a_day(outcome: str, retry_after: float, wanted: float | None) -> None:
    found = minutes(OFFICIAL, outcome, retry_after=retry_after)
    assert found == (wanted if wanted is not None else minutes(OFFICIAL, outcome))


@pytest.mark.parametrize(
    ("source", "asked_for", "wanted"),
    [
        (PRESS, {"fresh": 600.0}, 30),
        (PRESS, {"fresh": 2700.0}, 45),
        (PRESS, {"fresh": 31_536_000.0}, 60),  # a year: no source is put to sleep
        (PRESS, {"fresh": 2700.0, "ttl": 50.0}, 50),
        (PRESS, {"fresh": 0.0}, 30),
        (PRESS, {"fresh": -1.0}, 30),
        (PRESS, {"fresh": math.nan}, 30),
        (PRESS, {"fresh": 2700.0, "interest": True}, 45),
        (replace(PRESS, interval=90.0), {"fresh": 3600.0}, 90),
        (OFFICIAL, {"fresh": 3600.0}, 10),
        (OFFICIAL, {"fresh": 3600.0, "ttl": 60.0}, 10),
    ],
)
def test_how_long_an_answer_stays_fresh(source: Source, asked_for: dict[str, Any], wanted: float) -> None:
    assert pause(source, "ok", **asked_for) == wanted


def test_a_failure_is_bounded_by_its_back_off_alone() -> None:
    assert pause(PRESS, "timeout", ttl=60.0, fresh=3600.0, interest=True, newest="2026-01-01") == 60


def hours_ago(hours: float) -> str:
    return utc(NOW - timedelta(hours=hours))


@pytest.mark.parametrize(
    ("source", "asked_for", "wanted"),
    [
        (PRESS, {"newest": hours_ago(0.2)}, 30),
        (PRESS, {"newest": hours_ago(5)}, 30),
        (PRESS, {"newest": hours_ago(7)}, 42),
        (PRESS, {"newest": hours_ago(200)}, 90),
        (PRESS, {"newest": hours_ago(-48)}, 30),  # dated in the future
        (PRESS, {"newest": "2026-11-21"}, 30),  # at some time of this day
        (PRESS, {"newest": "2026-11-20"}, 72),  # its last moment was twelve hours ago
        (PRESS, {"newest": ""}, 30),
        (PRESS, {"newest": hours_ago(200), "interest": True}, 15),
        (replace(PRESS, interval=60.0), {"newest": hours_ago(200)}, 120),
        (replace(PRESS, interval=180.0), {"newest": hours_ago(9000)}, 180),
        (replace(PRESS, interval=6.0), {"interest": True}, 5),
        (replace(PRESS, interval=3.0), {"interest": True}, 3),
        (OFFICIAL, {"newest": hours_ago(9000)}, 10),
        (OFFICIAL, {"interest": True}, 10),
    ],
)
@pytest.mark.parametrize("outcome", ["ok", "not_modified", "stale"])
def test_the_press_is_slowed_by_its_silence_and_quickened_by_news(
    source: Source, outcome: str, asked_for: dict[str, Any], wanted: float
) -> None:
    assert pause(source, outcome, **asked_for) == wanted


def test_silence_is_counted_from_the_newest_that_was_ever_seen() -> None:
    known = replace(NEW, newest_entry=hours_ago(8))
    for newest in ("", hours_ago(30)):
        assert next_poll(NOW, PRESS, known, "not_modified", newest=newest) == next_poll(NOW, PRESS, NEW, "ok", newest=hours_ago(8))


def test_a_gap_is_asked_after_at_once_however_silent_the_source_was() -> None:
    assert pause(PRESS, "gap", newest=hours_ago(100)) == 15


moments = st.just("") | st.floats(-10_000, 10_000).map(hours_ago) | st.dates(min_value=NOW.date().replace(year=1990)).map(str)
wishes = st.fixed_dictionaries({"ttl": asked, "fresh": asked, "retry_after": asked, "newest": moments, "interest": st.booleans()})
states = st.builds(SourceState, st.just(""), failures=st.integers(0, 10**6), newest_entry=moments)


@settings(deadline=None)
@given(sources, states, st.sampled_from(OUTCOMES), wishes)
def test_always_again_within_a_day_or_the_interval(source: Source, state: SourceState, outcome: str, wish: dict[str, Any]) -> None:
    found = (next_poll(NOW, source, state, outcome, **wish) - NOW) / timedelta(minutes=1)
    assert 0.4 < found <= max(1440, source.interval * 1.1) + 0.001


@settings(deadline=None)
@given(sources, states, st.sampled_from(OUTCOMES), wishes, st.floats(0.001, 86_400))
def test_never_before_what_the_server_asks_for(
    source: Source, state: SourceState, outcome: str, wish: dict[str, Any], seconds: float
) -> None:
    at = next_poll(NOW, source, state, outcome, **{**wish, "retry_after": seconds})
    assert at >= NOW + timedelta(seconds=seconds) - timedelta(milliseconds=1)


@settings(deadline=None)
@given(sources, states, st.sampled_from(sorted(WELL)), wishes)
def test_official_source_that_answers_is_never_slowed(source: Source, state: SourceState, outcome: str, wish: dict[str, Any]) -> None:
    official = replace(source, official=True)
    at = next_poll(NOW, official, state, outcome, **{**wish, "retry_after": None})
    assert at <= NOW + timedelta(minutes=max(official.interval, 1.0))
    assert at == next_poll(NOW, official, replace(NEW, failures=state.failures), outcome)


@settings(deadline=None)
@given(sources, states, st.sampled_from(sorted(WELL)), wishes)
def test_the_press_that_answers_is_adapted_within_bounds(source: Source, state: SourceState, outcome: str, wish: dict[str, Any]) -> None:
    press = replace(source, official=False)
    interval = max(press.interval, 1.0)
    found = minutes(press, outcome, **{**wish, "retry_after": None})
    shift = SPREAD * interval
    assert found <= max(interval, min(SLOWER * interval, SLOWEST), 60.0) + shift + 0.001
    assert found >= (interval / 2 if outcome == "gap" else min(interval, max(interval / 2, QUICKEST))) - 0.001 or interval < 2


@settings(deadline=None)
@given(sources, st.sampled_from(["ok", "not_modified", "stale"]), st.floats(0, 5000), st.floats(0, 5000))
def test_longer_silence_is_never_asked_after_sooner(source: Source, outcome: str, one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert minutes(source, outcome, newest=hours_ago(less)) <= minutes(source, outcome, newest=hours_ago(more)) + 0.001


@settings(deadline=None)
@given(sources, st.sampled_from(sorted(set(OUTCOMES) - WELL)), st.integers(0, 20))
def test_each_failure_waits_no_shorter(source: Source, outcome: str, failures: int) -> None:
    assert minutes(source, outcome, failures + 1) >= minutes(source, outcome, failures) >= max(source.interval, 1.0) - 0.001


def test_spread_parts_sources_and_stays() -> None:
    values = [spread(f"source-{number}") for number in range(200)]
    assert values == [spread(f"source-{number}") for number in range(200)]
    assert min(values) < 0.05
    assert max(values) > 0.95
    assert len({round(minutes(replace(PRESS, id=f"source-{number}"), "ok"), 2) for number in range(20)}) > 15


def at(hours: float) -> SourceState:
    return SourceState("", next_poll_at=utc(NOW + timedelta(hours=hours)))


def test_due_in_order() -> None:
    listed = [
        replace(PRESS, id="new"),
        replace(PRESS, id="long"),
        replace(PRESS, id="short"),
        replace(PRESS, id="later"),
        replace(PRESS, id="off", enabled=False),
        replace(OFFICIAL, id="ministry"),
        replace(OFFICIAL, id="fallback", rank=1),
        replace(PRESS, id="now"),
    ]
    states = {
        "long": at(-3),
        "short": at(-1),
        "later": at(0.01),
        "ministry": at(-0.5),
        "fallback": at(-0.5),
        "now": at(0),
        "new": SourceState("new"),
    }
    assert [source.id for source in due(NOW, listed, states)] == ["ministry", "fallback", "new", "long", "short", "now"]


def test_a_clock_that_ran_fast_silences_nobody() -> None:
    weekly = replace(PRESS, id="weekly", interval=7 * 1440.0)
    found = due(NOW, [PRESS, weekly], {"paper": at(24 * 30), "weekly": at(24 * 7)})
    assert [source.id for source in found] == ["paper"]


@settings(deadline=None)
@given(sources, st.sampled_from(OUTCOMES), st.integers(0, 50))
def test_what_was_planned_becomes_due_then_and_not_before(source: Source, outcome: str, failures: int) -> None:
    planned = next_poll(NOW, source, replace(NEW, failures=failures), outcome)
    states = {source.id: SourceState(source.id, next_poll_at=utc(planned))}
    assert due(NOW, [source], states) == ()
    assert due(planned, [source], states) == (source,)


# Windows: what is expected brings the next poll forward.

TUESDAY = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # 14:00 in Seoul
MINISTRY = replace(OFFICIAL, party="KR", interval=15.0)


def meeting(begins: float, lasts: float = 60.0, minutes: float = 4.0, parties: tuple[str, ...] = ()) -> Calendar:
    start = NOW + timedelta(minutes=begins)
    return Calendar((Window("meeting", start, start + timedelta(minutes=lasts), parties, minutes),))


def watched(source: Source, outcome: str, calendar: Calendar, **asked_for: float) -> float:
    return (next_poll(NOW, source, NEW, outcome, windows=calendar, **asked_for) - NOW) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("source", "outcome", "calendar", "least", "most"),
    [
        (MINISTRY, "ok", meeting(-10), 3.6, 4.0),
        (MINISTRY, "not_modified", meeting(-10, minutes=1), 3.0, 3.0),
        (MINISTRY, "stale", meeting(-10, minutes=30), 5.0, 5.0),
        (MINISTRY, "ok", meeting(-10, parties=("US", "KR")), 3.6, 4.0),
        (MINISTRY, "ok", meeting(-10, parties=("US",)), 13.5, 15.0),
        (MINISTRY, "ok", meeting(-10, lasts=10), 13.5, 15.0),  # over: the end is not part of it
        (MINISTRY, "ok", meeting(9), 9.0, 9.0),
        (MINISTRY, "ok", meeting(1), 3.0, 3.0),
        (MINISTRY, "ok", meeting(0), 3.6, 4.0),
        (MINISTRY, "ok", meeting(15), 13.5, 15.0),
        (replace(MINISTRY, interval=2.0), "ok", meeting(-10), 1.8, 2.0),
        (MINISTRY, "timeout", meeting(-10), 30.0, 31.5),
        (MINISTRY, "blocked", meeting(9), 30.0, 31.5),
        (replace(MINISTRY, official=False), "ok", meeting(-10), 15.0, 16.5),
    ],
)
def test_windows(source: Source, outcome: str, calendar: Calendar, least: float, most: float) -> None:
    assert least <= watched(source, outcome, calendar) <= most


def test_what_a_server_asks_for_is_granted_in_a_window_too() -> None:
    assert watched(MINISTRY, "ok", meeting(-10), retry_after=1200.0) == 20.0


@given(sources, st.sampled_from(OUTCOMES), st.floats(-600, 600), st.floats(1, 600), st.floats(0.1, 60), asked)
@settings(max_examples=200)
def test_a_window_only_ever_brings_forward_and_never_below_three_minutes(
    source: Source, outcome: str, begins: float, lasts: float, pace: float, wait: float | None
) -> None:
    usual = next_poll(NOW, source, NEW, outcome, retry_after=wait)
    brought = next_poll(NOW, source, NEW, outcome, retry_after=wait, windows=meeting(begins, lasts, pace))
    assert brought <= usual
    assert brought == usual or brought - NOW >= timedelta(minutes=3)
    assert brought == usual or (source.official and outcome in WELL)


def test_briefings_are_in_the_zone_of_the_party() -> None:
    hours = Briefing("KR", ("tuesday",), "14:00", "16:00", "Asia/Seoul")
    (window,) = Calendar(briefings=(hours,)).concerning("KR", TUESDAY, TUESDAY)
    assert (window.start, window.end, window.parties) == (TUESDAY, TUESDAY + timedelta(hours=2), ("KR",))
    assert Calendar(briefings=(hours,)).concerning("US", TUESDAY, TUESDAY) == ()
    assert list(hours.windows(TUESDAY + timedelta(hours=2), TUESDAY + timedelta(hours=9))) == []
    assert len(list(hours.windows(TUESDAY, TUESDAY + timedelta(days=14)))) == 3


def test_a_briefing_may_pass_midnight_and_follows_summer_time() -> None:
    late = Briefing("US", ("monday",), "22:00", "01:00", "America/New_York")
    (winter,) = late.windows(datetime(2026, 11, 24, 5, 30, tzinfo=UTC), datetime(2026, 11, 24, 5, 40, tzinfo=UTC))
    assert (winter.start.hour, winter.end.hour) == (3, 6)
    (summer,) = late.windows(datetime(2026, 7, 7, 2, 30, tzinfo=UTC), datetime(2026, 7, 7, 2, 40, tzinfo=UTC))
    assert (summer.start.hour, summer.end.hour) == (2, 5)
