"""What a digest is compiled from, and what listings show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scraper.errors import NotFound
from scraper.model.article import Participant
from scraper.model.initiative import Initiative, Registry
from scraper.model.moment import utc
from scraper.storage import groups, initiatives, material, reading, sources, watching
from scraper.storage.store import Store

from .made import AT, Clock, Text, add, apply, event, flag, found, poll, source, statement


def concluded(store: Store) -> None:
    """One statement of three articles that names one new initiative, and one report."""
    ids = add(
        store,
        Text("https://us.example/1", name="Harbour Initiative", people=(Participant("Kim", "Minister", "KR"),)),
        Text("https://kr.example/1", official=True, party="KR", language="ko", published=None),
        Text("https://news.example/1", official=False, party=""),
        Text("https://news.example/2", "Ministers met", official=False, party="", published=None),
    )
    made = apply(store, event(statement(*ids[:3]), statement(ids[3], title="Ministers met", placeholder=True, date="2026-07-01")))
    groups.take_part(store, made.statements)
    with store.transaction():
        seen = initiatives.seen(store, made.statements)
        initiatives.apply(store, [found("harbour-initiative", [1])], [flag("harbour-initiative", 1, 1)], seen)


def record(store: Store, outcome: str, at: str, number: str = "one") -> None:
    with store.transaction():
        sources.record(store, poll(outcome, at=at, number=number, error="no answer" if outcome == "dns" else ""))


def test_a_statement_as_a_digest_tells_it(store: Store) -> None:
    concluded(store)
    told = material.new_statement(store, 1, max_age_hours=72)
    assert told is not None
    assert (told.title, told.side, told.level, told.place, told.url, told.late) == (
        "Joint Statement",
        "joint",
        "foreign_ministers",
        "Seoul",
        "https://us.example/1",
        False,
    )
    assert [(one.side, one.language, one.published_at) for one in told.published] == [
        ("US", "en", "2026-07-08T09:00:00Z"),
        ("KR", "ko", ""),
    ]
    assert (told.copies, told.publishers, told.languages) == (1, ("Ministry",), ("en", "ko"))
    assert material.new_statement(store, 99, max_age_hours=72) is None


def test_late_is_what_an_alert_would_not_have_been_raised_for(store: Store) -> None:
    concluded(store)
    assert [material.new_statement(store, 2, max_age_hours=hours).late for hours in (72, 180)] == [True, False]  # type: ignore[union-attr]


def test_an_initiative_with_its_proof_while_its_flag_holds(store: Store) -> None:
    concluded(store)
    told = material.new_initiative(store, "harbour-initiative")
    assert told is not None
    assert told.sentence[told.mark[0] : told.mark[1]] == "Harbour Initiative"
    assert (told.before, told.after, told.side, told.url) == ("The ministers met.", "They parted.", "joint", "https://us.example/1")
    store.write("UPDATE flags SET superseded_at = ?", (AT,))
    assert material.new_initiative(store, "harbour-initiative") is None
    assert material.new_initiative(store, "nobody") is None


def test_known_initiatives_of_statements(store: Store) -> None:
    initiatives.sync(store, Registry((Initiative("lantern", "Lantern Accord"),)))
    concluded(store)
    assert material.known_initiatives(store, ()) == ()
    assert material.known_initiatives(store, [1]) == ()
    store.write("UPDATE mentions SET initiative_id = 'lantern'")
    assert material.known_initiatives(store, [1, 2]) == ("Lantern Accord",)


def test_troubles_are_sources_that_fail_for_hours(store: Store, clock: Clock) -> None:
    sources.sync(store, [source("one"), source("two"), source("off", enabled=False)])
    for number in ("one", "off"):
        record(store, "dns", AT, number)
    record(store, "ok", AT, "two")
    clock.advance(hours=5, minutes=59)
    assert material.troubles(store, frozenset(), hours=6) == ()
    clock.advance(minutes=1)
    (trouble,) = material.troubles(store, frozenset({"one"}), hours=6)
    assert (trouble.id, trouble.outcome, trouble.since, trouble.last_good, trouble.error, trouble.new) == (
        "one",
        "dns",
        AT,
        "",
        "no answer",
        True,
    )
    assert not material.troubles(store, frozenset(), hours=6)[0].new


def test_a_watch_report_of_an_empty_week_and_of_no_official_source(store: Store, clock: Clock) -> None:
    assert material.watch_report(store) is None
    sources.sync(store, [source("press", official=False)])
    record(store, "ok", AT, "press")
    report = material.watch_report(store)
    assert report is not None
    assert (report.answered, report.official, report.polls, report.good, report.complete) == (0, 0, 1, 1, False)
    clock.advance(days=8)
    assert material.watch_report(store) is None


LATER = datetime(2140, 7, 9, tzinfo=UTC)
"""A day to come: there the views take the time from the last poll."""


def test_a_watch_report_names_the_longest_blind_spot(store: Store, clock: Clock) -> None:
    clock.now = LATER
    sources.sync(store, [source("one"), source("two")])
    for at, outcome in (("01:00", "ok"), ("02:00", "not_modified"), ("03:00", "http"), ("06:00", "ok"), ("08:00", "ok")):
        record(store, outcome, f"2140-07-09T{at}:00Z", "one")
    for hour in range(11):
        record(store, "ok", f"2140-07-09T{hour:02}:00:00Z", "two")
    clock.advance(hours=10)
    report = material.watch_report(store)
    assert report is not None
    assert (report.blind_source, report.blind_from, report.blind_to) == ("one", "2140-07-09T02:00:00Z", "2140-07-09T06:00:00Z")
    assert (report.blind_minutes, report.answered, report.official, report.polls, report.good, report.complete) == (
        240,
        2,
        2,
        16,
        15,
        False,
    )


def test_a_source_that_never_answered_is_blind_since_the_watch_began(store: Store, clock: Clock) -> None:
    clock.now = LATER
    sources.sync(store, [source("one"), source("two")])
    record(store, "ok", "2140-07-09T00:00:00Z", "one")
    record(store, "dns", "2140-07-09T00:00:00Z", "two")
    record(store, "ok", "2140-07-09T01:00:00Z", "one")
    clock.advance(hours=1)
    report = material.watch_report(store)
    assert report is not None
    assert (report.blind_source, report.blind_minutes, report.answered, report.complete) == ("two", 60, 1, False)


def test_a_watch_that_answered_throughout_is_complete(store: Store, clock: Clock) -> None:
    clock.now = LATER
    sources.sync(store, [source("one")])
    for hour in range(13):
        record(store, "ok", f"2140-07-09T{hour:02}:00:00Z")
    clock.advance(hours=12)
    report = material.watch_report(store)
    assert report is not None
    assert (report.complete, report.blind_minutes, report.blind_source) == (True, 0, "")
    assert watching.verdict(store, "2140-07-09") == "quiet so far"


def test_a_stand_in_that_answered_keeps_the_report_complete_and_is_no_source_of_its_own(store: Store, clock: Clock) -> None:
    clock.now = LATER
    sources.sync(store, [source("one"), source("two", rank=1)])
    for hour in range(13):
        record(store, "http", f"2140-07-09T{hour:02}:00:00Z", "one")
        record(store, "ok", f"2140-07-09T{hour:02}:00:00Z", "two")
    clock.advance(hours=12)
    report = material.watch_report(store)
    assert report is not None
    assert (report.answered, report.official, report.complete) == (1, 1, True)


def test_a_party_that_no_source_watches_makes_the_report_incomplete(store: Store, clock: Clock) -> None:
    clock.now = LATER
    watching.enlist(store, ["US", "JP"])
    sources.sync(store, [source("one")])
    for hour in range(13):
        record(store, "ok", f"2140-07-09T{hour:02}:00:00Z")
    clock.advance(hours=12)
    report = material.watch_report(store)
    assert report is not None
    assert (report.answered, report.official, report.complete) == (1, 1, False)
    assert (report.blind_minutes, report.blind_source) == (720, "")


def test_an_outage_over_several_midnights_is_one_blind_spot(store: Store, clock: Clock) -> None:
    clock.now = LATER
    sources.sync(store, [source("one")])
    for hour in [*range(20), *range(90, 100)]:
        record(store, "ok", utc(LATER + timedelta(hours=hour)))
    clock.advance(hours=99)
    report = material.watch_report(store)
    assert report is not None
    assert (report.blind_minutes, report.blind_from, report.blind_to) == (71 * 60, "2140-07-09T19:00:00Z", "2140-07-12T18:00:00Z")


def test_listings_of_statements(store: Store) -> None:
    assert reading.statements(store) == []
    concluded(store)
    rows = reading.statements(store)
    assert [(row["id"], row["sightings"], row["placeholder"]) for row in rows] == [(1, 3, 0), (2, 1, 1)]
    assert [row["id"] for row in reading.statements(store, since="2026-07-02")] == [1]
    assert [row["id"] for row in reading.statements(store, limit=1)] == [1]
    one = reading.statement(store, "1")
    assert [row["relation"] for row in one["sightings"]] == ["original", "copy", "copy"]
    assert [row["id"] for row in one["initiatives"]] == ["harbour-initiative"]
    assert [row["id"] for row in one["beside"]] == [2]
    assert one["participants"] == [{"person": "Kim", "office": "Minister", "party": "KR"}]
    assert one["text"].startswith("The ministers met.")
    with pytest.raises(NotFound, match="99"):
        reading.statement(store, "99")


def test_listings_of_initiatives(store: Store) -> None:
    initiatives.sync(store, Registry((Initiative("lantern", "Lantern Accord"),)))
    concluded(store)
    assert [row["id"] for row in reading.initiatives(store)] == ["harbour-initiative", "lantern"]
    assert [row["id"] for row in reading.initiatives(store, new=True)] == ["harbour-initiative"]
    assert [row["id"] for row in reading.initiatives(store, seen=True)] == ["harbour-initiative"]
    assert reading.initiatives(store, limit=0) == []
    one = reading.initiative(store, "harbour-initiative")
    assert (len(one["names"]), len(one["mentions"]), len(one["observations"]), len(one["flags"])) == (1, 1, 1, 1)


def test_health_and_counts(store: Store) -> None:
    assert reading.sources(store) == []
    assert reading.counts(store) == {"articles": 0, "statements": 0, "events": 0, "initiatives": 0, "flags": 0}
    sources.sync(store, [source("press", official=False), source("one"), source("off", enabled=False)])
    concluded(store)
    assert [row["source_id"] for row in reading.sources(store)] == ["one", "press"]
    assert reading.counts(store) == {"articles": 4, "statements": 2, "events": 1, "initiatives": 1, "flags": 1}


def test_every_view_can_be_read(store: Store) -> None:
    concluded(store)
    views = store.db.view_names()
    assert {"new_initiatives", "timeline", "statement_sightings", "source_health"} <= set(views)
    assert {view: len(store.rows(f"SELECT * FROM {view}")) for view in ("new_initiatives", "timeline", "statement_sightings")} == {
        "new_initiatives": 1, "timeline": 2, "statement_sightings": 4,
    }  # fmt: skip
