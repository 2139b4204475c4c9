"""Copies of the database that can be trusted, and a database put back from one: taken and put back by SQLite's own backup, so that
neither a writer nor a reader has to stop, and a kill leaves the one or the other and nothing in between."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from scraper.errors import DatabaseBusy, NotOurDatabase
from scraper.storage.arriving import arriving, settle
from scraper.storage.migrations import MIGRATIONS
from scraper.storage.store import BUSY_MS, copy_to, refuse_strangers, translated

PAGES = 2000
"""Pages put back in one step (8 MB); after each of them it is told."""

_LOGS = ("-wal", "-journal")
_BESIDE = ("-shm", *_LOGS)


def save(database: Path, target: Path, *, mode: str = "rw") -> None:
    """Write a copy of ``database`` to ``target``, as it stands at one moment; who writes meanwhile goes on.

    The copy is checked (:func:`check`) and flushed to the disk before it has its name. ``mode`` is as in :func:`opened`. Raises NotOurDatabase where it is damaged,
    DatabaseFull where it cannot be written, and the other errors of a store; then nothing is left.
    """
    with arriving(target) as part, translated(database):
        with closing(opened(database, mode=mode)) as db:
            copy_to(db, part)
        check(part)


def check(path: Path) -> None:
    """Raise NotOurDatabase where SQLite finds anything wrong with a file: its pages, indexes, constraints and references
    (PRAGMA integrity_check and foreign_key_check)."""
    with translated(path), closing(opened(path)) as db:
        found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(3)")]
        if found != ["ok"]:
            raise NotOurDatabase(f"{path.name} is damaged: {'; '.join(found)[:300]}")
        lost = db.execute("PRAGMA foreign_key_check").fetchone()
        if lost:
            raise NotOurDatabase(f"{path.name} is damaged: a row of {lost[0]} refers to one of {lost[2]} that is not there")


def adopt(path: Path) -> tuple[str, ...]:
    """Return the names of the migrations that a file still needs; raises NotOurDatabase for another program's, DatabaseNewer for one that
    a newer version wrote, and what :func:`check` raises."""
    check(path)
    with translated(path), closing(opened(path)) as db:
        refuse_strangers(db, path)
        if not db.table_names():
            raise NotOurDatabase(f"{path.name} is empty")
        return tuple(migration.name for migration in MIGRATIONS.pending(db))


def opened(path: Path, busy_ms: int = BUSY_MS, *, mode: str = "rw") -> Database:
    """Open a file that is there, with what its write-ahead log holds. With ``mode`` "rw" the last to close it folds the log into it, with
    "ro" nothing of it changes, and an empty log may stay behind."""
    return Database(sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=busy_ms / 1000, isolation_level=None))


def put_aside(database: Path, target: Path) -> bool:
    """Keep what stands in ``database`` as ``target``, and tell whether it was sound: then the write-ahead log is in it. A file that is
    damaged, or no database, is kept as it is, with its log beside it. Raises DatabaseFull where that cannot be written."""
    database = database.resolve()  # SQLite keeps the log beside the file itself, not beside a link to it
    try:
        if database.exists():
            save(database, target, mode="ro")
            return True
    except NotOurDatabase:
        pass
    for end in ("", *_LOGS):
        origin = database.with_name(database.name + end)
        if origin.exists():
            with arriving(target.with_name(target.name + end)) as part:
                shutil.copyfile(origin, part)
    return False


def put_back(copy: Path, database: Path, *, sound: bool, tell: Callable[[], None] = lambda: None, busy_ms: int = BUSY_MS) -> None:
    """Make what stands in ``copy`` the content of ``database``; ``tell`` is called after each step of it.

    Where the database is ``sound`` that is one transaction, so that who has it open goes on and sees the one or the other. One that
    SQLite cannot write is replaced as a file. Raises DatabaseBusy where somebody writes for longer than ``busy_ms``, twice, and the other
    errors of a store.
    """
    with translated(database), closing(opened(copy)) as db:
        if sound and _pages(db) == _pages(database):
            with closing(opened(database, busy_ms)) as target:
                db.conn.backup(target.conn, pages=PAGES, progress=_patience(database, tell))
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return
    _exchange(copy, database, tell)


def _pages(of: Database | Path) -> int:
    """The bytes of a page: SQLite puts a copy back into pages of the same size only."""
    if isinstance(of, Path):
        with closing(opened(of)) as db:
            return _pages(db)
    return int(of.execute("PRAGMA page_size").fetchone()[0])


def _patience(database: Path, tell: Callable[[], None]) -> Callable[[int, int, int], None]:
    """What is called after each step, with its result, the pages that remain, and all: it tells, and gives up where nothing moved."""
    seen = (-1, -1)

    def after(_: int, remaining: int, total: int) -> None:
        nonlocal seen
        if seen == (remaining, total):
            raise DatabaseBusy(f"{database.name} is held by another writer; stop what writes and try again")
        seen = (remaining, total)
        tell()

    return after


def _exchange(copy: Path, database: Path, tell: Callable[[], None]) -> None:
    """The file in place of another, where it lies itself; first its log goes, which SQLite would else take for the new one's."""
    database = database.resolve()
    with arriving(database) as part:
        shutil.copyfile(copy, part)
        settle(part)
        tell()
        for end in _BESIDE:
            database.with_name(database.name + end).unlink(missing_ok=True)
        settle(database.parent)
        tell()
    tell()
