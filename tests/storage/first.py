"""A database as the first version wrote it: made by its migration alone, with rows in every table that it had."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from scraper.storage.migrations import MIGRATIONS, NAMES
from scraper.storage.store import APPLICATION_ID

Rows = dict[str, list[dict[str, object]]]


def make(path: Path) -> Rows:
    """Make the file, and return what stands in each of its tables."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL")
        MIGRATIONS.apply(Database(connection), stop_before=NAMES[1])
        connection.executescript(
            "PRAGMA foreign_keys = ON; BEGIN;\n" + (Path(__file__).parent / "first.sql").read_text("utf-8") + "COMMIT;"
        )
        return rows(connection)


def rows(connection: sqlite3.Connection) -> Rows:
    """Every row of every table, search tables by what was put into them."""
    named = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    own = [name for name in named if not name.startswith(("_", "sqlite_")) and "_fts_" not in name]
    found: Rows = {}
    for name in own:
        cursor = connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2')
        columns = [column[0] for column in cursor.description]
        found[name] = [dict(zip(columns, row, strict=True)) for row in cursor]
    return found
