"""Entries: what they could be, what became of them, and when they are tried again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.model.moment import Moment
from scraper.model.source import Capture, Entry, Identities
from scraper.storage import entries, sources
from scraper.storage.entries import RETRY_MINUTES, Fate, older_than
from scraper.storage.store import Store

from .made import AT, Clock, Text, add, source

ENTRY = Entry(
    "one", "https://one.example/a?utm_source=x", "Title  One", "guid-1", "A summary", Moment("2026-07-08T16:00:00Z", "minute", "9 July", "2026-07-09"),
    "<p>html</p>", "ko",
)  # fmt: skip


@pytest.fixture(autouse=True)
def catalogue(store: Store) -> None:
    sources.sync(store, [source("one"), source("two"), source("other", publisher="Another")])


def record(store: Store, entry: Entry, decision: str = "irrelevant", *, before: str = "") -> int:
    with store.transaction():
        return entries.record(store, entry, Fate(decision, "because"), not_seen_before_at=before)


def test_nothing_is_known_at_first_and_of_no_entries(store: Store) -> None:
    assert entries.identities(store, source(), [ENTRY]) == Identities()
    assert entries.identities(store, source(), []) == Identities()


def test_an_entry_is_known_by_address_guid_and_title(store: Store) -> None:
    record(store, ENTRY)
    same = replace(ENTRY, url="http://one.example/a")
    known = entries.identities(store, source("one"), [same])
    assert known == Identities(frozenset({"https://one.example/a"}), frozenset({"guid-1"}))
    fallback = entries.identities(store, source("two"), [replace(same, source_id="two", url="https://two.example/b")])
    assert fallback == Identities(titles=(("title one", AT),))
    assert entries.identities(store, source("other", publisher="Another"), [replace(same, url="https://b.example/")]) == Identities()
    assert entries.identities(store, source("two", publisher=""), [replace(same, url="https://b.example/")]) == Identities()


def test_a_title_counts_for_two_days(store: Store, clock: Clock) -> None:
    record(store, ENTRY)
    clock.advance(hours=47)
    assert entries.identities(store, source("two"), [ENTRY]).titles == (("title one", AT),)
    clock.advance(hours=2)
    assert entries.identities(store, source("two"), [ENTRY]).titles == ()


def test_the_address_of_an_article_is_known_too(store: Store) -> None:
    add(store, Text("https://one.example/a"))
    assert entries.identities(store, source("other"), [ENTRY]).urls == {"https://one.example/a"}


def test_what_is_recorded(store: Store) -> None:
    (article,) = add(store, Text("https://one.example/a"))
    page = Capture("kept.warc.gz", 10, 20, "sha256:0", "https://one.example/a", AT, 200, "text/html", kept=True)
    with store.transaction():
        capture = entries.capture(store, page)
        number = entries.record(store, ENTRY, Fate("relevant", "because", article, capture), not_seen_before_at="2026-07-09T11:00:00Z")
    (row,) = store.rows("SELECT * FROM entries")
    assert row == {
        "id": number, "source_id": "one", "url": "https://one.example/a?utm_source=x", "canonical_url": "https://one.example/a", "guid": "guid-1",
        "title": "Title  One", "folded_title": "title one", "published_at": "2026-07-08T16:00:00Z", "published_precision": "minute",
        "published_raw": "9 July", "first_seen_at": AT, "not_seen_before_at": "2026-07-09T11:00:00Z", "decision": "relevant", "reason": "because",
        "article_id": article, "capture_id": capture, "attempts": 1, "retry_at": None, "kept": None,
    }  # fmt: skip


def test_a_page_without_an_article_is_tried_again_ever_later_and_then_given_up(store: Store, clock: Clock) -> None:
    record(store, ENTRY, "failed")
    for minutes in RETRY_MINUTES:
        clock.advance(minutes=minutes - 1)
        assert entries.to_retry(store, "one") == ()
        clock.advance(minutes=1)
        (waiting,) = entries.to_retry(store, "one")
        record(store, waiting, "failed")
    clock.advance(days=365)
    assert entries.to_retry(store, "one") == ()
    assert store.rows("SELECT decision, attempts, retry_at, kept, first_seen_at FROM entries") == [
        {"decision": "gave_up", "attempts": 1 + len(RETRY_MINUTES), "retry_at": None, "kept": None, "first_seen_at": AT}
    ]


def test_what_is_tried_again_is_the_entry_as_it_was(store: Store, clock: Clock) -> None:
    record(store, ENTRY, "failed")
    bare = replace(ENTRY, url="https://one.example/bare", guid="", summary="", published=None, html="", language="")
    record(store, bare, "failed")
    clock.advance(minutes=30)
    assert entries.to_retry(store, "one") == (ENTRY, bare)
    assert entries.to_retry(store, "two") == ()


def test_a_further_attempt_that_succeeds_settles_it(store: Store, clock: Clock) -> None:
    first = record(store, ENTRY, "failed", before="2026-07-09T11:00:00Z")
    clock.advance(minutes=31)
    assert record(store, ENTRY, "irrelevant", before="2026-07-09T12:20:00Z") == first
    (row,) = store.rows("SELECT decision, attempts, retry_at, kept, not_seen_before_at FROM entries")
    assert row == {"decision": "irrelevant", "attempts": 2, "retry_at": None, "kept": None, "not_seen_before_at": "2026-07-09T11:00:00Z"}
    assert entries.to_retry(store, "one") == ()


def test_a_page_that_is_gone_is_not_tried_again(store: Store, clock: Clock) -> None:
    record(store, ENTRY, "gave_up")
    clock.advance(days=9)
    assert entries.to_retry(store, "one") == ()


def test_entries_without_an_address_are_told_apart_by_their_guid(store: Store) -> None:
    record(store, replace(ENTRY, url="", guid="a"))
    record(store, replace(ENTRY, url="", guid="b"))
    record(store, replace(ENTRY, url="", guid="a"))
    assert store.rows("SELECT guid, attempts FROM entries ORDER BY id") == [{"guid": "a", "attempts": 2}, {"guid": "b", "attempts": 1}]


def test_first_seen_is_the_first_time_in_any_source(store: Store, clock: Clock) -> None:
    record(store, ENTRY)
    clock.advance(hours=1)
    assert entries.first_seen(store, replace(ENTRY, source_id="two")) == AT
    assert entries.first_seen(store, replace(ENTRY, url="https://one.example/new")) == "2026-07-09T13:00:00Z"


@pytest.mark.parametrize(
    ("moment", "older"),
    [
        ("2026-07-06T12:00:00Z", False), ("2026-07-06T11:59:59Z", True),
        ("2026-07-05", True), ("2026-07-06", False),  # a bare date counts from its end
        ("2026-07-09", False), ("2026-08-09", False),
    ],
)  # fmt: skip
def test_what_is_older_than_three_days(moment: str, older: bool) -> None:
    assert older_than(moment, 72, AT) is older


def append(store: Store, given: list[Entry], decision: str) -> None:
    with store.transaction():
        entries.append(store, given, Fate(decision, "because"), not_seen_before_at="2026-07-09T11:00:00Z")


def test_entries_appended_together_are_as_if_recorded_one_by_one(store: Store) -> None:
    given = [ENTRY, replace(ENTRY, url="https://one.example/b", guid="", published=None)]
    append(store, given, "not_read")
    with store.transaction():
        for entry in given:
            entries.record(store, replace(entry, source_id="two"), Fate("not_read", "because"), not_seen_before_at="2026-07-09T11:00:00Z")
    rows = [{**row, "id": 0, "source_id": ""} for row in store.rows("SELECT * FROM entries ORDER BY id")]
    assert len(rows) == 4
    assert rows[:2] == rows[2:]


def test_entries_that_failed_together_are_each_tried_again(store: Store, clock: Clock) -> None:
    bare = replace(ENTRY, url="https://one.example/b", guid="", summary="", html="", published=None)
    append(store, [ENTRY, bare], "failed")
    clock.advance(minutes=31)
    assert entries.to_retry(store, "one") == (ENTRY, bare)


def test_a_lone_surrogate_among_entries_spoils_none_of_them(store: Store) -> None:
    append(store, [replace(ENTRY, url=f"https://one.example/{guid}", guid=guid) for guid in ("a", "b\ud800c", "한")], "not_read")
    assert [row["guid"] for row in store.rows("SELECT guid FROM entries ORDER BY id")] == ["a", "b\ufffdc", "한"]


def test_nothing_is_appended_of_nothing(store: Store) -> None:
    append(store, [], "not_read")
    assert store.rows("SELECT * FROM entries") == []
