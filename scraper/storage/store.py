"""The database: opening it safely, and the transaction."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from scraper.errors import DatabaseBusy, DatabaseFull, DatabaseNewer, NotOurDatabase, StorageError
from scraper.model.moment import utc
from scraper.storage.arriving import arriving
from scraper.storage.migrations import MIGRATIONS, NAMES

APPLICATION_ID = 0x7472696C
BUSY_MS = 5000
"""How long an open or a write waits for another writer."""

Row = dict[str, Any]

_SURROGATE = re.compile("[\ud800-\udfff]")
_PRIMARY = 0xFF
"""An extended result code of SQLite holds the primary one in its lowest byte."""

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_UNWRITABLE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM})
_DAMAGED = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})


class Store:
    """One open database; rows go through the functions of this package's other modules, this class is only the transaction.

    Opening creates the file and its folder, applies pending migrations (after a copy into ``backups``), and raises NotOurDatabase,
    DatabaseNewer, DatabaseBusy or DatabaseFull with nothing half written. ``clock`` gives the time with zone UTC, ``busy_ms``
    is how long it waits for another writer. One thread at a time may use it.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime], *, backups: Path | None = None, busy_ms: int = BUSY_MS) -> None:
        self.path = path
        self.clock = clock
        with translated(path):
            self.db = Database(_connect(path, busy_ms))
            try:
                _migrate(self.db, path, backups, utc(clock()))
            except BaseException:
                self.db.close()
                raise

    @classmethod
    @contextmanager
    def over(cls, connection: sqlite3.Connection, path: Path, clock: Callable[[], datetime]) -> Iterator[Self]:
        """Read through a connection that somebody else opened and keeps: all queries see the database as it is at one moment.

        Nothing is migrated, nothing can be written, and the connection stays open.
        """
        store = cls.__new__(cls)
        with translated(path):
            store.path, store.clock, store.db = path, clock, Database(connection, execute_plugins=False)
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
        try:
            yield store
        finally:
            connection.rollback()

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
                self.db.conn.execute("COMMIT")  # it fails where a deferred foreign key does not hold, and then leaves the transaction open
            except BaseException:
                self.db.rollback()
                raise

    def rows(self, sql: str, parameters: tuple[object, ...] | Row = ()) -> list[Row]:
        """Return all rows of a query as dictionaries."""
        with translated(self.path):
            cursor = self.db.conn.execute(sql, _storable(parameters))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def row(self, sql: str, parameters: tuple[object, ...] | Row = ()) -> Row | None:
        """Return the first row of a query, or None."""
        return next(iter(self.rows(sql, parameters)), None)

    def write(self, sql: str, parameters: tuple[object, ...] | Row = ()) -> int:
        """Run one statement inside the transaction in hand; return the row id of an insertion."""
        with translated(self.path):
            return int(self.db.conn.execute(sql, _storable(parameters)).lastrowid or 0)

    def insert_all(self, table: str, rows: Sequence[Row]) -> None:
        """Insert rows of the same columns, in their order, inside the transaction in hand."""
        if rows:
            names = ", ".join(f'"{name}"' for name in rows[0])
            marks = ", ".join("?" * len(rows[0]))
            with translated(self.path):
                self.db.conn.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', _all_storable(rows))

    def insert(self, table: str, row: Row, *, or_: str = "") -> int:
        """Insert one row and return its id; ``or_`` is ``OR IGNORE`` or ``OR REPLACE``."""
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        return self.write(f'INSERT {or_} INTO "{table}" ({names}) VALUES ({marks})', tuple(row.values()))


def _storable(parameters: tuple[object, ...] | Row) -> tuple[object, ...] | Row:
    """Every lone surrogate of a string (``\\ud800`` in somebody's JSON) as U+FFFD: it has no UTF-8 form, and SQLite takes no other."""
    if isinstance(parameters, tuple):
        return tuple([value if not isinstance(value, str) or value.isascii() else _whole(value) for value in parameters])
    return {name: _whole(value) for name, value in parameters.items()}


def _all_storable(rows: Sequence[Row]) -> Sequence[tuple[object, ...] | Row]:
    """The values of the rows as :func:`_storable` gives them; where all of them can be written, that is seen at one go."""
    values = [tuple(row.values()) for row in rows]
    try:
        "".join([value for row in values for value in row if isinstance(value, str)]).encode()
    except UnicodeEncodeError:
        return [_storable(row) for row in values]
    return values


def _whole(value: object) -> object:
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) and not value.isascii() else value


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise SQLite's errors as the errors of this program, each with a clear sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(error, path) from error


def _translate(error: sqlite3.Error, path: Path) -> StorageError:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY
    if code in _BUSY:
        return DatabaseBusy(f"{path.name} is held by another writer; try again")
    if code in _UNWRITABLE:
        return DatabaseFull(f"{path.name} cannot be written ({error}): is the disk full, or the folder not yours?")
    if code in _DAMAGED:
        return NotOurDatabase(f"{path.name} is no SQLite database, or a damaged one ({error})")
    return StorageError(f"{path.name}: {error}")


def _connect(path: Path, busy_ms: int) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseFull(f"the folder of {path.name} cannot be made ({error.strerror})") from error
    connection = sqlite3.connect(path, timeout=busy_ms / 1000, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _migrate(db: Database, path: Path, backups: Path | None, now: str) -> None:
    refuse_strangers(db, path)
    db.execute("PRAGMA journal_mode = WAL")
    pending = MIGRATIONS.pending(db)
    if not pending:
        return
    if db.table_names() and backups is not None:
        with arriving(backups / f"{path.stem}-before-{pending[0].name}-{now.replace(':', '')}.db") as part:
            copy_to(db, part)
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        # Looked up again by apply: another process may have migrated while this one waited for the lock.
        db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        MIGRATIONS.apply(db)
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def refuse_strangers(db: Database, path: Path) -> None:
    """Raise NotOurDatabase for a database of another program, DatabaseNewer for one of a newer version; nothing is written."""
    tables = sorted(db.table_names())
    if tables and db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotOurDatabase(f"{path.name} is a database of another program: it holds {', '.join(tables[:3])}")
    unknown = [done.name for done in MIGRATIONS.applied(db) if done.name not in NAMES]
    if unknown:
        raise DatabaseNewer(f"{path.name} was written by a newer version of this program (it knows {unknown[-1]}); upgrade first")


def copy_to(db: Database, target: Path) -> None:
    """Write a whole, consistent copy of an open database to ``target`` (SQLite's online backup): one file, without a log beside it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(target, isolation_level=None)) as other:
        db.conn.backup(other)
        other.execute("PRAGMA journal_mode = DELETE")
