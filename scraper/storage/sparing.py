"""What is let go after its time, so that the database does not grow for ever: rows of polls and of rejected entries become daily sums."""

from __future__ import annotations

import json
from collections.abc import Collection

from scraper.storage.store import Store

PAGES = 2
"""A source's newest entries that stay whatever their age, in pages as long as the longest it showed."""

FEWEST = 500
"""The same as a number, for a source whose polls say nothing of its pages."""

_SUM_POLLS = """INSERT INTO poll_days (source_id, day, outcome, n)
  SELECT source_id, date(started_at), outcome, count(*) FROM polls WHERE started_at < ? GROUP BY source_id, date(started_at), outcome
  ON CONFLICT DO UPDATE SET n = n + excluded.n"""
_SUM_ENTRIES = """INSERT INTO entry_days (source_id, day, decision, n)
  SELECT source_id, date(first_seen_at), decision, count(*) FROM entries WHERE id IN (SELECT value FROM json_each(?))
  GROUP BY source_id, date(first_seen_at), decision
  ON CONFLICT DO UPDATE SET n = n + excluded.n"""
_OLD = """WITH pages AS (SELECT source_id, max(entries) AS longest FROM polls GROUP BY source_id),
  placed AS (SELECT id, source_id, decision, retry_at, first_seen_at, max(first_seen_at) OVER of_source AS newest,
    row_number() OVER (of_source ORDER BY first_seen_at DESC, id DESC) AS place FROM entries WINDOW of_source AS (PARTITION BY source_id))
  SELECT e.id FROM placed e LEFT JOIN pages p ON p.source_id = e.source_id
  WHERE e.decision IN ('irrelevant', 'not_read') AND e.retry_at IS NULL
    AND julianday(e.newest) - julianday(e.first_seen_at) > :days AND e.place > max(:fewest, :pages * coalesce(p.longest, 0))"""


def fold_polls(store: Store, before: str) -> int:
    """Turn the polls begun before the day ``before`` (``YYYY-MM-DD``) into rows of ``poll_days``; part of the transaction in hand.

    Return how many rows went. The coverage of those days must have been written before (``watching.freeze``).
    """
    store.write(_SUM_POLLS, (before,))
    return _deleted(store, "DELETE FROM polls WHERE started_at < ?", (before,))


def fold_entries(store: Store, days: int) -> int:
    """Turn rejected entries (irrelevant, not_read) into rows of ``entry_days``; part of the transaction in hand. Return how many went.

    An entry that its source still shows must stay, or it would be new again. So it goes only when its source's newest entry is
    more than ``days`` newer and as many entries came after it as fill PAGES of the source's longest pages, FEWEST at least.
    """
    old = json.dumps([row["id"] for row in store.rows(_OLD, {"days": days, "fewest": FEWEST, "pages": PAGES})])
    store.write(_SUM_ENTRIES, (old,))
    return _deleted(store, "DELETE FROM entries WHERE id IN (SELECT value FROM json_each(?))", (old,))


def passing_files(store: Store) -> tuple[str, ...]:
    """Return the names of the capture files that rows of pages not kept speak of."""
    return tuple(row["file"] for row in store.rows("SELECT DISTINCT file FROM captures WHERE kept = 0 ORDER BY file"))


def forget_captures(store: Store, files: Collection[str]) -> int:
    """Delete the rows of captures in files that are gone, but for those an article rests on; part of the transaction in hand.

    Return how many went; entries that led to them stay, without a capture.
    """
    gone = json.dumps([
        row["id"]
        for row in store.rows(
            "SELECT id FROM captures c WHERE kept = 0 AND file IN (SELECT value FROM json_each(?)) "
            "AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.capture_id = c.id)",
            (json.dumps(sorted(files)),),
        )
    ])  # fmt: skip
    store.write("UPDATE entries SET capture_id = NULL WHERE capture_id IN (SELECT value FROM json_each(?))", (gone,))
    return _deleted(store, "DELETE FROM captures WHERE id IN (SELECT value FROM json_each(?))", (gone,))


def occupied(store: Store) -> int:
    """Return the bytes of the database that hold something; pages that deletions freed are filled again before the file grows."""
    row = store.row(
        "SELECT (c.page_count - f.freelist_count) * s.page_size AS n FROM pragma_page_count() c, pragma_freelist_count() f, pragma_page_size() s"
    )
    return int(row["n"]) if row else 0


def _deleted(store: Store, sql: str, parameters: tuple[object, ...]) -> int:
    before = store.db.conn.total_changes
    store.write(sql, parameters)
    return store.db.conn.total_changes - before
