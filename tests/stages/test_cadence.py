from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.moment import utc
from scraper.model.source import OUTCOMES, Source, SourceState
from scraper.stages.cadence import SPREAD, WELL, due, next_poll, spread

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


def minutes(source: Source, outcome: str, failures: int = 0, **asked_for: float) -> float:
    at = next_poll(NOW, source, replace(NEW, failures=failures), outcome, **asked_for)
    return (at - NOW) / timedelta(minutes=1)


def pause(source: Source, outcome: str, failures: int = 0, **asked_for: float) -> float:
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


@settings(deadline=None)
@given(sources, st.sampled_from(OUTCOMES), st.integers(0, 10**6), asked, asked)
def test_always_again_within_a_day_or_the_interval(
    source: Source, outcome: str, failures: int, ttl: float | None, retry_after: float | None
) -> None:
    found = (next_poll(NOW, source, replace(NEW, failures=failures), outcome, ttl=ttl, retry_after=retry_after) - NOW) / timedelta(
        minutes=1
    )
    assert 0.4 < found <= max(1440, source.interval * 1.1) + 0.001


@settings(deadline=None)
@given(sources, st.sampled_from(sorted(WELL)), st.integers(0, 100), asked)
def test_official_source_that_answers_is_never_slowed(source: Source, outcome: str, failures: int, ttl: float | None) -> None:
    official = replace(source, official=True)
    at = next_poll(NOW, official, replace(NEW, failures=failures), outcome, ttl=ttl)
    assert at <= NOW + timedelta(minutes=max(official.interval, 1.0))


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
