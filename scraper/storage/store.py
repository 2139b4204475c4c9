"""The database: opening it safely, and the transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from scraper.errors import DatabaseBusy, DatabaseFull, DatabaseNewer, NotOurDatabase, StorageError
from scraper.model.moment import utc
from scraper.storage.migrations import MIGRATIONS, NAMES

APPLICATION_ID = 0x7472696C
BUSY_MS = 5000

Row = dict[str, Any]


class Store:
    """One open database; rows go through the functions of this package's other modules, this class is only the transaction.

    Opening creates the file and its folder, applies pending migrations (after a copy into ``backups``), and raises NotOurDatabase,
    DatabaseNewer, DatabaseBusy or DatabaseFull with nothing half written. ``clock`` gives the time with zone UTC.
    One thread at a time may use it.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime], *, backups: Path | None = None) -> None:
        self.path = path
        self.clock = clock
        with translated(path):
            self.db = Database(_connect(path))
            try:
                _migrate(self.db, path, backups, utc(clock()))
            except BaseException:
                self.db.close()
                raise

    def close(self) -> None:
        """Close the database; SQLite folds the write-ahead log back into the file."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def now(self) -> str:
        """Return the time as it is stored (UTC)."""
        return utc(self.clock())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; takes the write lock at once (BEGIN IMMEDIATE); nested blocks are part of the outer one."""
        with translated(self.path):
            if self.db.conn.in_transaction:
                yield
                return
            self.db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.db.rollback()
                raise
            self.db.conn.execute("COMMIT")

    def rows(self, sql: str, parameters: tuple[object, ...] | Row = ()) -> list[Row]:
        """Return all rows of a query as dictionaries."""
        with translated(self.path):
            return list(self.db.query(sql, parameters))

    def row(self, sql: str, parameters: tuple[object, ...] | Row = ()) -> Row | None:
        """Return the first row of a query, or None."""
        return next(iter(self.rows(sql, parameters)), None)

    def write(self, sql: str, parameters: tuple[object, ...] | Row = ()) -> int:
        """Run one statement inside the transaction in hand; return the row id of an insertion."""
        with translated(self.path):
            return int(self.db.conn.execute(sql, parameters).lastrowid or 0)

    def insert(self, table: str, row: Row, *, or_: str = "") -> int:
        """Insert one row and return its id; ``or_`` is ``OR IGNORE`` or ``OR REPLACE``."""
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        return self.write(f'INSERT {or_} INTO "{table}" ({names}) VALUES ({marks})', tuple(row.values()))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise SQLite's errors as the errors of this program, each with a clear sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(error, path) from error


def _translate(error: sqlite3.Error, path: Path) -> StorageError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return DatabaseBusy(f"{path.name} is held by another writer for more than {BUSY_MS / 1000:g} s; try again")
    if any(word in text for word in ("full", "readonly", "unable to open", "disk I/O")):
        return DatabaseFull(f"{path.name} cannot be written ({text}): is the disk full, or the folder not yours?")
    if "not a database" in text or "malformed" in text:
        return NotOurDatabase(f"{path.name} is no SQLite database, or a damaged one ({text})")
    return StorageError(f"{path.name}: {text}")


def _connect(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseFull(f"the folder of {path.name} cannot be made ({error.strerror})") from error
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _migrate(db: Database, path: Path, backups: Path | None, now: str) -> None:
    tables = set(db.table_names())
    if tables and MIGRATIONS.migrations_table not in tables:
        raise NotOurDatabase(f"{path.name} is a database of another program: it holds {', '.join(sorted(tables)[:3])}")
    unknown = [done.name for done in MIGRATIONS.applied(db) if done.name not in NAMES]
    if unknown:
        raise DatabaseNewer(f"{path.name} was written by a newer version of this program (it knows {unknown[-1]}); upgrade first")
    db.execute("PRAGMA journal_mode = WAL")
    pending = MIGRATIONS.pending(db)
    if pending and tables and backups is not None:
        copy_to(db, backups / f"{path.stem}-before-{pending[0].name}-{now.replace(':', '')}.db")
    if pending:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        MIGRATIONS.apply(db)


def copy_to(db: Database, target: Path) -> None:
    """Write a whole, consistent copy of an open database to ``target`` (SQLite's online backup)."""
    target.parent.mkdir(parents=True, exist_ok=True)
    other = sqlite3.connect(target)
    with other:
        db.conn.backup(other)
    other.close()
