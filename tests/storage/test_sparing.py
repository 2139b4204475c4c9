"""Rows of polls and of rejected entries after their time, and captures whose files are gone."""

from __future__ import annotations

import pytest

from scraper.model.source import Capture, Entry
from scraper.storage import entries, sources, sparing
from scraper.storage.entries import Fate
from scraper.storage.store import Store

from .made import AT, Clock, Text, add, poll, source


def recorded(store: Store, *urls: str, decision: str = "irrelevant", capture_id: int | None = None) -> None:
    with store.transaction():
        for url in urls:
            entry = Entry("one", f"https://one.example/{url}", url)
            entries.record(store, entry, Fate(decision, "why", capture_id=capture_id), not_seen_before_at="")


def titles(store: Store) -> list[str]:
    return [row["title"] for row in store.rows("SELECT title FROM entries ORDER BY id")]


def folded(store: Store, days: int = 365) -> int:
    with store.transaction():
        return sparing.fold_entries(store, days)


def test_old_polls_become_sums_of_days(store: Store) -> None:
    sources.sync(store, [source()])
    with store.transaction():
        for at, outcome in (("2026-01-01T00:00:00Z", "ok"), ("2026-01-01T23:59:59Z", "ok"), ("2026-01-01T12:00:00Z", "dns"),
                            ("2026-01-02T12:00:00Z", "ok"), ("2026-01-03T00:00:00Z", "ok")):  # fmt: skip
            sources.record(store, poll(outcome, at=at))
        assert sparing.fold_polls(store, "2026-01-02") == 3
        store.write("INSERT INTO polls (source_id, started_at, finished_at, outcome, entries, new) VALUES ('one', ?, ?, 'ok', 0, 0)",
                    ("2026-01-01T05:00:00Z", "2026-01-01T05:00:01Z"))  # fmt: skip
        assert sparing.fold_polls(store, "2026-01-03") == 2
        assert sparing.fold_polls(store, "2026-01-03") == 0
    assert [tuple(row.values()) for row in store.rows("SELECT * FROM poll_days ORDER BY day, outcome")] == [
        ("one", "2026-01-01", "dns", 1), ("one", "2026-01-01", "ok", 3), ("one", "2026-01-02", "ok", 1),
    ]  # fmt: skip
    assert store.rows("SELECT started_at FROM polls") == [{"started_at": "2026-01-03T00:00:00Z"}]


def test_rejected_entries_go_when_the_source_has_long_moved_on(store: Store, clock: Clock) -> None:
    sources.sync(store, [source()])
    recorded(store, "old", "unread")
    recorded(store, "rejected later", decision="not_read")
    recorded(store, "relevant", decision="relevant")
    recorded(store, "failed", decision="failed")
    clock.advance(days=366)
    recorded(store, *(f"new {number}" for number in range(sparing.FEWEST)))
    assert folded(store) == 3
    assert titles(store)[:3] == ["relevant", "failed", "new 0"]
    sums = [tuple(row.values()) for row in store.rows("SELECT * FROM entry_days ORDER BY decision")]
    assert sums == [("one", "2026-07-09", "irrelevant", 2), ("one", "2026-07-09", "not_read", 1)]
    assert folded(store) == 0


@pytest.mark.parametrize(("after", "days", "longest", "gone"), [
    (sparing.FEWEST, 366, 0, 1),
    (sparing.FEWEST - 1, 366, 0, 0),  # it may still stand on the page
    (sparing.FEWEST, 364, 0, 0),
    (sparing.FEWEST, 366, sparing.FEWEST, 0),  # pages are long here
    (0, 3660, 0, 0),  # a source that fell silent shows what it showed
])  # fmt: skip
def test_an_entry_that_may_still_be_shown_stays(store: Store, clock: Clock, after: int, days: int, longest: int, gone: int) -> None:
    sources.sync(store, [source()])
    recorded(store, "old")
    clock.advance(days=days)
    recorded(store, *(f"new {number}" for number in range(after)))
    with store.transaction():
        sources.record(store, poll(at=store.now(), entries=longest))
    assert folded(store) == gone


def test_captures_go_with_their_files_unless_an_article_rests_on_them(store: Store) -> None:
    sources.sync(store, [source()])
    with store.transaction():
        numbers = [
            entries.capture(store, Capture(file, 0, 9, "sha256:0", "https://one.example/", AT, 200, "text/html", kept))
            for file, kept in (("rest-a", False), ("rest-a", False), ("rest-b", False), ("kept-a", True))
        ]
    recorded(store, "x", capture_id=numbers[0])
    (article,) = add(store, Text("https://one.example/a"))
    with store.transaction():
        store.write("UPDATE articles SET capture_id = ? WHERE id = ?", (numbers[1], article))
    assert sparing.passing_files(store) == ("rest-a", "rest-b")
    with store.transaction():
        assert sparing.forget_captures(store, ["rest-a", "kept-a"]) == 1
    assert [row["id"] for row in store.rows("SELECT id FROM captures ORDER BY id")] == numbers[1:]
    assert store.rows("SELECT capture_id FROM entries") == [{"capture_id": None}]
    assert store.rows("PRAGMA foreign_key_check") == []


def test_what_the_database_holds_shrinks_with_its_rows(store: Store) -> None:
    sources.sync(store, [source()])
    before = sparing.occupied(store)
    recorded(store, *(f"{number:0200}" for number in range(500)))
    full = sparing.occupied(store)
    with store.transaction():
        store.write("DELETE FROM entries")
    assert before < full
    assert sparing.occupied(store) < full
