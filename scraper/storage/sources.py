"""Sources and what is known of them from their polls."""

from __future__ import annotations

import json
from collections.abc import Iterable

from scraper.model.source import VOUCHING, Poll, Source, SourceState
from scraper.storage import watching
from scraper.storage.store import Store

_COLUMNS = (
    "id",
    "name",
    "publisher",
    "country",
    "party",
    "language",
    "kind",
    "url",
    "official",
    "enabled",
    "interval",
    "rank",
    "follow",
    "store",
)
_UPSERT = (
    f"INSERT INTO sources ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
    f"ON CONFLICT(id) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in _COLUMNS[1:])}"
)


def sync(store: Store, sources: Iterable[Source]) -> None:
    """Write the catalogue as configured; sources that left it stay as rows, disabled, because polls and entries refer to them."""
    kept = tuple(sources)
    with store.transaction():
        store.write("UPDATE sources SET enabled = 0")
        for source in kept:
            store.write(_UPSERT, _values(source))
            store.write("INSERT OR IGNORE INTO source_states (source_id) VALUES (?)", (source.id,))
        watching.muster(store)


def _values(source: Source) -> tuple[object, ...]:
    shown = source.display_url or source.url
    return (
        source.id, source.name, source.publisher, source.country, source.party, source.language, source.kind, shown,
        int(source.official), int(source.enabled), source.interval, source.rank, source.follow, source.store,
    )  # fmt: skip


def states(store: Store) -> dict[str, SourceState]:
    """Return what is known of every source, by id."""
    rows = store.rows(
        "SELECT source_id, etag, last_modified, next_poll_at, last_poll_at, last_good_at, last_outcome, failures, polls, newest_entry, failing_since FROM source_states"
    )
    return {row["source_id"]: SourceState(**row) for row in rows}


def record(store: Store, poll: Poll) -> int:
    """Append one attempt and bring the source's state up to date; part of the transaction in hand. Return the poll's id."""
    number = store.insert(
        "polls",
        {
            "source_id": poll.source_id, "started_at": poll.started_at, "finished_at": poll.finished_at, "outcome": poll.outcome,
            "http_status": poll.http_status, "entries": poll.entries, "new": poll.new, "error": poll.error or None,
        },
    )  # fmt: skip
    good = poll.outcome in VOUCHING
    store.write(_STATE, {**_state(poll), "good": good})
    return number


def _state(poll: Poll) -> dict[str, object]:
    return {
        "id": poll.source_id, "etag": poll.etag, "modified": poll.last_modified, "next": poll.next_poll_at, "at": poll.finished_at,
        "outcome": poll.outcome, "newest": poll.newest_entry,
    }  # fmt: skip


_STATE = """UPDATE source_states SET next_poll_at = :next, last_poll_at = :at, last_outcome = :outcome, polls = polls + 1,
  failures = CASE WHEN :good THEN 0 ELSE failures + 1 END,
  failing_since = CASE WHEN :good THEN '' WHEN failing_since = '' THEN :at ELSE failing_since END,
  last_good_at = CASE WHEN :good THEN :at ELSE last_good_at END,
  etag = :etag, last_modified = :modified,
  newest_entry = max(newest_entry, :newest) WHERE source_id = :id"""


OFFLINE = "offline_since"
"""The mark of since when no source answers at all (UTC), empty while one does."""


def unanswered(store: Store, outcomes: Iterable[str]) -> frozenset[str]:
    """Return the ids of the sources of which the last poll had one of these outcomes and no status: no server answered."""
    rows = store.rows(
        "SELECT t.source_id FROM source_states t JOIN polls p ON p.id = (SELECT max(id) FROM polls WHERE source_id = t.source_id) "
        "WHERE p.http_status IS NULL AND p.outcome IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(outcomes)),),
    )
    return frozenset(row["source_id"] for row in rows)


def ask_again(store: Store, since: str) -> int:
    """Let every source that fails, and was last asked after ``since`` or at most a day before, be due now; part of the transaction in
    hand. Return how many these are."""
    store.write(
        "UPDATE source_states SET next_poll_at = '' WHERE failures > 0 AND next_poll_at > ? AND last_poll_at >= strftime('%Y-%m-%dT%H:%M:%SZ', ?, '-1 day')",
        (store.now(), since),
    )
    row = store.row("SELECT changes() AS changed")
    return int(row["changed"]) if row else 0


def wish(store: Store, source_ids: tuple[str, ...]) -> None:
    """Ask a running daemon to poll the named sources (none: all) at its next tick."""
    with store.transaction():
        store.insert("wishes", {"at": store.now(), "sources": " ".join(source_ids)})


def wished(store: Store) -> tuple[int, tuple[str, ...]] | None:
    """Return the open wishes as the number of the last one and the sources they name (none named: all), or None without any.

    They stay open until :func:`granted`, so that a wish is not lost with a daemon that dies before it has polled.
    """
    rows = store.rows("SELECT id, sources FROM wishes WHERE taken_at IS NULL ORDER BY id")
    if not rows:
        return None
    named = tuple(name for row in rows for name in row["sources"].split())
    return rows[-1]["id"], named if all(row["sources"] for row in rows) else ()


def granted(store: Store, last: int) -> None:
    """Close the wishes up to number ``last``, which have come true; part of the transaction in hand."""
    store.write("UPDATE wishes SET taken_at = ? WHERE taken_at IS NULL AND id <= ?", (store.now(), last))


def mark(store: Store, name: str, value: str) -> None:
    """Remember one fact of the house (the last good tick, the last watch report) under ``name``."""
    store.insert("marks", {"name": name, "value": value}, or_="OR REPLACE")


def marked(store: Store, name: str) -> str:
    """Return what was remembered under ``name``, or an empty string."""
    row = store.row("SELECT value FROM marks WHERE name = ?", (name,))
    return str(row["value"]) if row else ""


def add_to(store: Store, name: str, number: int) -> None:
    """Add to a count remembered under ``name``."""
    if number:
        mark(store, name, str(int(marked(store, name) or 0) + number))
