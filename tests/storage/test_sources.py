"""Sources, what is known of them from their polls, and wishes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.model.source import SourceState
from scraper.storage import sources
from scraper.storage.store import Store

from .made import AT, poll, source


def record(store: Store, *outcomes: tuple[str, str]) -> SourceState:
    """Record polls at these times with these outcomes; return the state after them."""
    for at, outcome in outcomes:
        with store.transaction():
            sources.record(
                store, poll(outcome, at=at, etag='"e"', last_modified="m", next_poll_at="2026-07-09T13:00:00Z", newest_entry=at[:10])
            )
    return sources.states(store)["one"]


def test_the_catalogue_is_written_and_what_left_it_stays_disabled(store: Store) -> None:
    sources.sync(store, [source("one"), source("two", enabled=False)])
    sources.sync(store, [source("one", publisher="Renamed", official=False)])
    rows = store.rows("SELECT id, publisher, official, enabled FROM sources ORDER BY id")
    assert rows == [
        {"id": "one", "publisher": "Renamed", "official": 0, "enabled": 1},
        {"id": "two", "publisher": "Ministry", "official": 1, "enabled": 0},
    ]
    assert set(sources.states(store)) == {"one", "two"}


def test_an_empty_catalogue_is_one(store: Store) -> None:
    sources.sync(store, [source()])
    sources.sync(store, [])
    assert store.rows("SELECT enabled FROM sources") == [{"enabled": 0}]


def test_an_address_with_a_secret_is_stored_unexpanded(store: Store) -> None:
    sources.sync(store, [replace(source(), url="https://one.example/?key=s3cret", display_url="https://one.example/?key=${KEY}")])
    assert store.rows("SELECT url FROM sources") == [{"url": "https://one.example/?key=${KEY}"}]


def test_syncing_again_keeps_the_state(store: Store) -> None:
    sources.sync(store, [source()])
    before = record(store, (AT, "ok"))
    sources.sync(store, [source()])
    assert sources.states(store)["one"] == before


def test_a_source_never_polled_has_an_empty_state(store: Store) -> None:
    sources.sync(store, [source()])
    assert sources.states(store) == {"one": SourceState("one")}


def test_a_good_poll_and_its_validators(store: Store) -> None:
    sources.sync(store, [source()])
    assert record(store, (AT, "ok")) == SourceState("one", '"e"', "m", "2026-07-09T13:00:00Z", AT, AT, "ok", 0, 1, "2026-07-09", "")
    (row,) = store.rows("SELECT source_id, started_at, finished_at, outcome, http_status, entries, new, error FROM polls")
    assert row == {
        "source_id": "one",
        "started_at": AT,
        "finished_at": AT,
        "outcome": "ok",
        "http_status": None,
        "entries": 0,
        "new": 0,
        "error": None,
    }


def test_failures_are_counted_from_the_first_until_one_is_good(store: Store) -> None:
    sources.sync(store, [source()])
    record(store, ("2026-07-09T01:00:00Z", "ok"))
    failing = record(store, ("2026-07-09T02:00:00Z", "dns"), ("2026-07-09T03:00:00Z", "empty"), ("2026-07-09T04:00:00Z", "stale"))
    assert (failing.failing_since, failing.failures, failing.last_good_at) == ("2026-07-09T02:00:00Z", 3, "2026-07-09T01:00:00Z")
    well = record(store, ("2026-07-09T05:00:00Z", "not_modified"))
    assert (well.failing_since, well.failures, well.last_good_at, well.polls) == ("", 0, "2026-07-09T05:00:00Z", 5)
    assert record(store, ("2026-07-09T06:00:00Z", "http")).failing_since == "2026-07-09T06:00:00Z"


def test_the_newest_entry_never_goes_back(store: Store) -> None:
    sources.sync(store, [source()])
    record(store, ("2026-07-09T02:00:00Z", "ok"))
    assert record(store, ("2026-07-08T02:00:00Z", "ok")).newest_entry == "2026-07-09"


@pytest.mark.parametrize(
    ("asked", "named"),
    [([("one",)], ("one",)), ([("one",), ("two", "three")], ("one", "two", "three")), ([()], ()), ([("one",), ()], ())],
)
def test_wishes_are_for_the_named_sources_or_for_all(store: Store, asked: list[tuple[str, ...]], named: tuple[str, ...]) -> None:
    assert sources.wished(store) is None
    for names in asked:
        sources.wish(store, names)
    assert sources.wished(store) == (len(asked), named)


def test_a_wish_is_open_until_it_is_granted_and_a_later_one_stays(store: Store) -> None:
    sources.wish(store, ("one",))
    last, _ = sources.wished(store) or (0, ())
    sources.wish(store, ("two",))
    with store.transaction():
        sources.granted(store, last)
    assert sources.wished(store) == (2, ("two",))


def test_marks_are_remembered_and_counted(store: Store) -> None:
    assert sources.marked(store, "held") == ""
    sources.add_to(store, "held", 0)
    assert sources.marked(store, "held") == ""
    sources.add_to(store, "held", 2)
    sources.add_to(store, "held", 3)
    assert sources.marked(store, "held") == "5"
