"""Which indexes the reads of pages go through; without them they read every row of a table."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper import app
from scraper.model.wording import Worded
from scraper.storage import charting, formulae, living, reading, sourcing
from scraper.storage.store import Store

LIKE = Worded(1, "Text", "en", "readout", "X", "officials", "2026-01-01")

READS: dict[str, tuple[Callable[[Store], object], str]] = {
    "what was told of a flag": (lambda store: living.flags(store, "a", 10), "alerts_by_flag"),
    "how often initiatives are named": (lambda store: charting.named(store, 10), "COVERING INDEX mentions_by_initiative"),
    "the lags of all statements": (lambda store: charting.figures(store, "chart_lags"), "COVERING INDEX articles_by_statement"),
    "the polls of a month": (lambda store: charting.figures(store, "chart_health", since=""), "COVERING INDEX polls_by_source"),
    "the articles of a source": (lambda store: sourcing.articles(store, "a", 10), "articles_by_source"),
    "the last poll of a source": (lambda store: sourcing.source(store, "a"), "polls_in_order"),
    "the last poll of every source": (reading.sources, "polls_in_order"),
    "the statement before one": (lambda store: formulae.before(store, LIKE), "statements_by_kind"),
}


@pytest.mark.parametrize("name", READS)
def test_a_read_goes_through_its_index(name: str, tmp_path: Path) -> None:
    read, index = READS[name]
    asked: list[str] = []
    with Store(tmp_path / "empty.db", app.now) as store:
        store.db.conn.set_trace_callback(asked.append)
        read(store)
        store.db.conn.set_trace_callback(None)
        plans = [row[3] for sql in asked for row in _plan(store.db.conn, sql)]
    assert any(index in step for step in plans), "\n".join(plans)


def _plan(connection: sqlite3.Connection, sql: str) -> list[tuple[int, int, int, str]]:
    return connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
