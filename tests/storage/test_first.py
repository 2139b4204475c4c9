"""The file of the first version, opened by today's: every row stays, every view answers, and what was searched for is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.storage.migrations import NAMES
from scraper.storage.store import Store
from scraper.text import spaced

from . import first
from .made import Clock

NOW = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture
def upgraded(tmp_path: Path) -> Iterator[tuple[first.Rows, Store]]:
    before = first.make(tmp_path / "x.db")
    with Store(tmp_path / "x.db", Clock(NOW), backups=tmp_path / "backups") as store:
        yield before, store


def test_the_first_file_has_rows_in_every_table(tmp_path: Path) -> None:
    made = first.make(tmp_path / "x.db")
    assert len(made) == 27
    assert [name for name, rows in made.items() if not rows] == []


def test_every_row_of_the_first_file_is_there(upgraded: tuple[first.Rows, Store]) -> None:
    before, store = upgraded
    assert [row["name"] for row in store.rows("SELECT name FROM _sqlite_migrations ORDER BY id")] == list(NAMES)
    after = first.rows(store.db.conn)
    for table, rows in before.items():
        if table.endswith("_fts"):  # made from the others; that all is found is another test
            assert len(after[table]) == len(rows)
            continue
        kept = [{name: row[name] for name in rows[0]} for row in after[table]]
        assert [row for row in rows if row not in kept] == [], table
    assert store.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert store.rows("PRAGMA foreign_key_check") == []


def test_every_view_answers_on_it(upgraded: tuple[first.Rows, Store]) -> None:
    _, store = upgraded
    views = [row["name"] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'view'")]
    counted = {name: len(store.rows(f'SELECT * FROM "{name}"')) for name in views}
    assert counted["new_initiatives"] == counted["timeline"] == 1
    assert counted["statement_sightings"] == counted["source_health"] == 2
    assert counted["flagged"] == 1
    assert counted["edits"] == 1


@pytest.mark.parametrize(("table", "word", "found"), [
    ("articles_fts", "launch", [1]), ("articles_fts", spaced("협력체"), [2]), ("statements_fts", "harbour", [1]), ("initiatives_fts", spaced("항만"), [1]),
])  # fmt: skip
def test_what_was_indexed_is_found(upgraded: tuple[first.Rows, Store], table: str, word: str, found: list[int]) -> None:
    _, store = upgraded
    rows = store.rows(f"SELECT rowid AS n FROM {table} WHERE {table} MATCH ? ORDER BY rowid", (f'"{word}"',))
    assert [row["n"] for row in rows] == found
