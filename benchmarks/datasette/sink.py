"""Rows on their way into a database: gathered by table and written together."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

_TOGETHER = 4_000


class Sink:
    """Takes rows of a table, which all have the same columns in the same order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._orders: dict[str, str] = {}

    def put(self, table: str, **row: object) -> None:
        """Add a row by its columns."""
        if table not in self._orders:
            names = ", ".join(f'"{name.rstrip("_")}"' for name in row)
            self._orders[table] = f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})'
        rows = self._rows[table]
        rows.append(tuple(row.values()))
        if len(rows) >= _TOGETHER:
            self._write(table)

    def all(self, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Write many rows of the same columns at once."""
        names = columns.split()
        order = f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'
        self.connection.executemany(order, rows)

    def finish(self) -> None:
        """Write what is left."""
        for table in self._rows:
            self._write(table)

    def _write(self, table: str) -> None:
        self.connection.executemany(self._orders[table], self._rows[table])
        self._rows[table].clear()
