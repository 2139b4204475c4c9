"""When a channel is told of an alert: a table of cases, and what holds for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.moment import parse_utc, utc
from scraper.model.routing import ALERT_KINDS, WHEN, AlertFacts, Rule, Timetable
from scraper.stages import routing

SEOUL = Timetable("mail", "Asia/Seoul", ("07:30",), "monday", "22:00-06:00", frozenset({"leaders", "foreign_ministers"}))
"""07:30 in Seoul is 22:30 UTC of the day before; its quiet hours are 13:00 to 21:00 UTC."""

MORNING = datetime(2026, 7, 7, 22, 30, tzinfo=UTC)  # Wednesday 07:30 in Seoul


def facts(kind: str = "new_statement", at: str = "2026-07-08T02:00:00Z", **more: object) -> AlertFacts:
    return AlertFacts(kind, at, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "now", "wanted"),
    [
        (facts(), "2026-07-08T02:00:00Z", "2026-07-08T02:00:00Z"),  # at once
        (facts(press_only=True), "2026-07-08T02:00:00Z", "2026-07-08T02:00:00Z"),  # the news does not wait for the primary text
        (facts("official_edit"), "2026-07-08T02:00:00Z", "2026-07-08T02:00:00Z"),
        (facts(at="2026-07-08T15:00:00Z"), "2026-07-08T15:00:00Z", "2026-07-08T21:00:00Z"),  # midnight in Seoul: when the quiet is over
        (facts(at="2026-07-08T20:59:59Z"), "2026-07-08T20:59:59Z", "2026-07-08T21:00:00Z"),
        (facts(at="2026-07-08T21:00:00Z"), "2026-07-08T21:00:00Z", "2026-07-08T21:00:00Z"),
        (facts(at="2026-07-08T12:00:00Z"), "2026-07-08T13:00:00Z", "2026-07-08T21:00:00Z"),  # raised before, but it is quiet now
        (facts(at="2026-07-08T15:00:00Z", level="leaders"), "2026-07-08T15:00:00Z", "2026-07-08T15:00:00Z"),
        (facts(at="2026-07-08T15:00:00Z", level="envoys"), "2026-07-08T15:00:00Z", "2026-07-08T21:00:00Z"),
        (facts("new_initiative"), "2026-07-08T02:00:00Z", "2026-07-08T22:30:00Z"),  # the next morning
        (facts("wording", at="2026-07-08T22:30:00Z"), "2026-07-08T22:29:00Z", "2026-07-08T22:30:00Z"),  # on the stroke
        (facts("new_initiative", press_only=True), "2026-07-08T02:00:00Z", "2026-07-09T22:30:00Z"),  # 24 hours, then the next morning
        (
            facts("new_initiative", at="2026-07-06T22:00:00Z", press_only=True),
            "2026-07-08T02:00:00Z",
            "2026-07-08T22:30:00Z",
        ),  # raised a day before its digest
        (facts("omitted"), "2026-07-08T02:00:00Z", "2026-07-12T22:30:00Z"),  # Monday morning in Seoul
        (facts("source_recovered"), "2026-07-08T02:00:00Z", "2026-07-12T22:30:00Z"),
        (facts("channel_failing", about_channel="mail"), "2026-07-08T02:00:00Z", None),  # not to itself
        (facts("channel_failing", about_channel="file"), "2026-07-08T02:00:00Z", "2026-07-08T02:00:00Z"),
        # Nobody was awake on Thursday morning: what waits is due at once, and so is what was found on waking.
        (facts("new_initiative"), "2026-07-09T01:00:00Z", "2026-07-08T22:30:00Z"),
        (facts("wording", at="2026-07-09T00:59:00Z"), "2026-07-09T01:00:00Z", "2026-07-09T00:59:00Z"),
        (facts("omitted"), "2026-07-20T01:00:00Z", "2026-07-12T22:30:00Z"),
    ],
)
def test_when_a_channel_is_told(told: AlertFacts, now: str, wanted: str | None) -> None:
    at = routing.due(told, (), SEOUL, MORNING, parse_utc(now))
    assert (None if at is None else utc(at)) == wanted


@pytest.mark.parametrize(
    ("rule", "told", "when"),
    [
        (Rule("never"), facts(), "never"),
        (Rule("never", channels=("file",)), facts(), "at_once"),
        (Rule("never", channels=("file", "mail")), facts(), "never"),
        (Rule("at_once", kinds=("new_initiative",)), facts("new_initiative"), "at_once"),
        (Rule("digest", levels=("officials", "envoys")), facts(level="envoys"), "digest"),
        (Rule("digest", levels=("officials", "envoys")), facts(level="leaders"), "at_once"),
        (Rule("digest", levels=("officials",)), facts(), "at_once"),
        (Rule("weekly", parties=("JP",)), facts(parties=frozenset({"KR"})), "at_once"),
        (Rule("weekly", parties=("JP",)), facts(parties=frozenset({"KR", "JP"})), "weekly"),
        (Rule("weekly", parties=("JP",)), facts(parties=frozenset({"joint"})), "weekly"),
        (Rule("weekly", languages=("ko",)), facts(languages=frozenset({"en"})), "at_once"),
        (Rule("weekly", languages=("ko",)), facts(languages=frozenset({"en", "ko"})), "weekly"),
    ],
)
def test_the_first_rule_that_fits_decides(rule: Rule, told: AlertFacts, when: str) -> None:
    assert routing.occasion(told, (rule, Rule("at_once", kinds=("new_statement",))), "mail") == when


@pytest.mark.parametrize(
    ("kind", "when"),
    [
        *((kind, "at_once") for kind in ("new_statement", "official_edit", "official_takedown", "official_return", "channel_failing")),
        *((kind, "digest") for kind in ("new_initiative", "first_by_party", "wording", "divergence", "withdrawn", "unnamed", "disk", "source_failing")),
        *((kind, "weekly") for kind in ("omitted", "revived", "new_instance", "source_recovered")),
    ],
)  # fmt: skip
def test_without_rules(kind: str, when: str) -> None:
    assert routing.occasion(facts(kind), (), "mail") == when


def test_a_channel_without_digest_times_has_no_digest() -> None:
    none = replace(SEOUL, times=())
    assert routing.slot(none, MORNING) is None
    assert routing.due(facts("wording"), (), none, MORNING, MORNING + timedelta(days=9)) is None
    assert routing.report_day(none, MORNING, MORNING + timedelta(days=9)) == ""


def test_quiet_hours_within_a_day() -> None:
    noon = replace(SEOUL, quiet="12:00-14:30", zone="UTC")
    assert [utc(routing.awake(noon, parse_utc(at)))[11:16] for at in ("2026-07-08T11:59:00Z", "2026-07-08T12:00:00Z", "2026-07-08T14:30:00Z")] == [
        "11:59", "14:30", "14:30",
    ]  # fmt: skip
    assert routing.awake(replace(noon, quiet=""), MORNING) == MORNING


def test_digests_follow_the_clocks_of_the_zone() -> None:
    """The clocks of New York go forward on 8 March 2026 at 02:00: half past two is not there, half past seven comes an hour sooner."""
    times = replace(SEOUL, zone="America/New_York", times=("02:30", "07:30"), quiet="")
    at, found = datetime(2026, 3, 7, 13, 0, tzinfo=UTC), []
    for _ in range(4):
        moment = routing.slot(times, at)
        assert moment is not None
        at = moment
        found.append(utc(at))
    assert found == ["2026-03-08T07:30:00Z", "2026-03-08T11:30:00Z", "2026-03-09T06:30:00Z", "2026-03-09T11:30:00Z"]


@pytest.mark.parametrize(
    ("since", "now", "day"),
    [
        ("2026-07-07T22:30:00Z", "2026-07-12T22:29:00Z", ""),
        ("2026-07-07T22:30:00Z", "2026-07-12T22:30:00Z", "2026-07-13"),
        ("2026-07-12T22:30:00Z", "2026-07-13T22:30:00Z", ""),
        ("2026-07-07T22:30:00Z", "2026-07-28T12:00:00Z", "2026-07-27"),  # one report for three that were missed
    ],
)
def test_the_day_of_the_watch_report(since: str, now: str, day: str) -> None:
    assert routing.report_day(SEOUL, parse_utc(since), parse_utc(now)) == day


ZONES = ("UTC", "Asia/Seoul", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu")
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))  # noqa: DTZ001  aware a moment later
CLOCKS = st.times().map(lambda at: f"{at:%H:%M}")
SPANS = st.lists(CLOCKS, min_size=2, max_size=2, unique=True).map("-".join)
TABLES = st.builds(
    Timetable, st.just("mail"), st.sampled_from(ZONES), st.lists(CLOCKS, min_size=1, max_size=3).map(tuple), st.sampled_from(routing.WEEKDAYS),
    st.one_of(st.just(""), SPANS), st.just(frozenset({"leaders"})), st.floats(0, 72),
)  # fmt: skip
FACTS = st.builds(
    AlertFacts, st.sampled_from(ALERT_KINDS), MOMENTS.map(utc), st.frozensets(st.sampled_from(["KR", "US", "JP", "joint"])),
    st.sampled_from(["", "leaders", "envoys"]), st.frozensets(st.sampled_from(["en", "ko", "ja"])), st.booleans(),
)  # fmt: skip
SOME_RULES = st.lists(st.builds(Rule, st.sampled_from(WHEN), st.lists(st.sampled_from(ALERT_KINDS), max_size=3).map(tuple)), max_size=3)


@given(FACTS, SOME_RULES, TABLES, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_nothing_is_told_before_it_is_ripe_and_everything_within_nine_days(
    told: AlertFacts, given_rules: list[Rule], table: Timetable, now: datetime, ago: timedelta
) -> None:
    at = routing.due(told, given_rules, table, now - ago, now)
    when = routing.occasion(told, given_rules, "mail")
    assert (at is None) == (when == "never")
    if at is not None:
        assert at >= routing.ripe(told, table)
        assert at <= max(now, routing.ripe(told, table)) + timedelta(days={"at_once": 1, "digest": 2, "weekly": 9}[when], hours=1)


@given(FACTS, TABLES, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=30)), st.timedeltas(timedelta(0), timedelta(days=20)))
def test_what_is_due_for_a_digest_stays_due_until_it_is_told(
    told: AlertFacts, table: Timetable, now: datetime, ago: timedelta, later: timedelta
) -> None:
    rules = (Rule("digest"),)
    at = routing.due(told, rules, table, now - ago, now)
    assert at is not None
    if at <= now:
        after = routing.due(told, rules, table, now - ago, now + later)
        assert after is not None
        assert after <= now + later
    else:
        again = routing.due(told, rules, table, now - ago, at)
        assert again is not None
        assert again <= at


@given(TABLES, MOMENTS)
def test_after_quiet_hours_it_is_not_quiet(table: Timetable, moment: datetime) -> None:
    end = routing.awake(table, moment)
    assert moment <= end <= moment + timedelta(hours=25)
    assert routing.awake(table, end) in (end, routing.awake(table, end + timedelta(hours=1)))
