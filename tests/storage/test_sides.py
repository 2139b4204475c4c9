"""Who published one statement or event first is read without looking at any other, and says what the view over all says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.storage import reading
from scraper.storage.store import Store

HERE = Path(__file__).parents[1]
COLUMNS = "place, party, pages, not_before, not_after, first_party, lag_low_minutes, lag_high_minutes, missing_since, looked_at"
CHANGES = (
    "",
    "UPDATE articles SET published_precision = NULL, not_seen_before_at = NULL WHERE id = 2",
    "UPDATE articles SET published_at = '2026-03-01T05:00:00Z', published_precision = 'second' WHERE statement_id = 1",
    "UPDATE articles SET official = 0",
    "UPDATE articles SET official = id = 3",
    "UPDATE articles SET grade = 'report' WHERE id IN (1, 2)",
    "UPDATE statements SET side = 'US'",
    "UPDATE statements SET side = NULL, placeholder = 1",
    "UPDATE parties SET until = '2026-01-01T00:00:00Z' WHERE id = 'JP'",
    "UPDATE source_states SET last_good_at = ''",
    "DELETE FROM articles WHERE statement_id = 1",
)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "trilateral.db"
    Store(path, lambda: datetime(2026, 3, 2, tzinfo=UTC)).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript((HERE / "datasette" / "sample.sql").read_text("utf-8"))
        connection.executescript((HERE / "pages" / "shown.sql").read_text("utf-8"))
        connection.execute("INSERT INTO parties (id, since) VALUES ('US', '2026'), ('KR', '2026'), ('JP', '2026'), ('NN', '2026')")
    return path


@pytest.mark.parametrize("change", CHANGES)
def test_one_is_told_as_the_view_tells_it(filled: Path, change: str) -> None:
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.executescript(change)
    with Store(filled, lambda: datetime(2026, 3, 2, tzinfo=UTC)) as store:
        for scope in ("statement", "event"):
            for number in range(5):
                order = f"SELECT {COLUMNS} FROM side_lags WHERE scope = ? AND number = ? ORDER BY place IS NULL, place, party"
                assert reading.sides(store, scope, number) == store.rows(order, (scope, number)), (scope, number)
