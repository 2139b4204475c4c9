"""A frozen SQLite file: tables of an export with their dictionary, whole, checked, and without a write-ahead log."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final

from scraper.errors import StorageError
from scraper.storage.dictionary import TABLES, Column, Table
from scraper.storage.exporting import Part
from scraper.storage.store import translated

APPLICATION_ID: Final = 0x74726C78
"""Tells the file from a database of the program, which would be opened for writing."""

_BATCH: Final = 500

_ABOUT: Final = """CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE rules (rule TEXT PRIMARY KEY, rows INTEGER NOT NULL);
CREATE TABLE dictionary ("table" TEXT NOT NULL, "column" TEXT NOT NULL, type TEXT NOT NULL, unit TEXT NOT NULL, meaning TEXT NOT NULL,
  PRIMARY KEY ("table", "column"))"""


def is_frozen(path: Path) -> bool:
    """Tell whether there is a file of ours at ``path``."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def freeze(
    path: Path, parts: Iterable[Part], about: Mapping[str, str], rules: Mapping[str, int], tell: Callable[[int], object]
) -> dict[str, int]:
    """Write the parts into a new file at ``path`` and return the rows of each table; ``tell`` is called with how many rows were written.

    The same rows give the same bytes, by one version of SQLite. Raises StorageError where it cannot be written or is not sound.
    """
    counts = {}
    with translated(path), closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute("PRAGMA page_size = 4096")
        made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        made.execute("PRAGMA journal_mode = DELETE")
        made.execute("BEGIN")
        for statement in _ABOUT.split(";\n"):
            made.execute(statement)
        for part in parts:
            counts[part.table.name] = _fill(made, part, tell)
        _describe(made, list(counts), about, rules)
        made.execute("COMMIT")
        _check(made, path)
    return counts


def _fill(made: sqlite3.Connection, part: Part, tell: Callable[[int], object]) -> int:
    table = part.table
    made.execute(f"CREATE TABLE {table.name} ({', '.join(_column(table, column) for column in table.columns)})")
    marks = ", ".join("?" * len(table.columns))
    done = 0
    while batch := list(islice(part.rows, _BATCH)):
        made.executemany(f"INSERT INTO {table.name} VALUES ({marks})", batch)
        done += len(batch)
        tell(len(batch))
    return done


def _column(table: Table, column: Column) -> str:
    key = " PRIMARY KEY" if table.key == (column.name,) else ""
    return f'"{column.name}" {column.kind.upper()}{key}{f" REFERENCES {column.to}" if column.to else ""}'


def _describe(made: sqlite3.Connection, names: list[str], about: Mapping[str, str], rules: Mapping[str, int]) -> None:
    made.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
    made.executemany("INSERT INTO rules VALUES (?, ?)", sorted(rules.items()))
    for table in map(TABLES.__getitem__, names):
        rows = [(table.name, column.name, column.kind, column.unit, column.meaning) for column in table.columns]
        made.executemany("INSERT INTO dictionary VALUES (?, ?, ?, ?, ?)", [(table.name, "", "table", "", table.meaning), *rows])
        for column in table.columns:
            if column.to and table.key != (column.name,):
                made.execute(f'CREATE INDEX {table.name}_by_{column.name} ON {table.name}("{column.name}")')


def _check(made: sqlite3.Connection, path: Path) -> None:
    """Raise StorageError where SQLite finds the file damaged, or a reference between tables that are both there leads nowhere."""
    said = made.execute("PRAGMA integrity_check").fetchone()[0]
    there = {row[0] for row in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name in sorted(there):
        missing = [row for row in made.execute(f"PRAGMA foreign_key_check({name})") if row[2] in there]
        said = f"{len(missing)} rows of {name} refer to nothing" if missing else said
    if said != "ok":
        raise StorageError(f"{path.name}: the export is not sound: {said}")
