"""A look at a database that changes nothing: whether it is whole, and what an upgrade would do to it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from scraper.errors import NotOurDatabase
from scraper.storage.migrations import MIGRATIONS
from scraper.storage.store import Store, refuse_strangers, translated


@dataclass(frozen=True, slots=True)
class Soundness:
    """``size`` is bytes with the write-ahead log; ``pending`` the names of migrations that the next start applies."""

    size: int
    pending: tuple[str, ...]


def look(path: Path) -> Soundness:
    """Open a database for reading, check it (PRAGMA quick_check) and return what was found.

    Raises NotOurDatabase for a damaged or foreign file, DatabaseNewer for one of a newer version, and the other errors of a store.
    """
    with translated(path):
        db = Database(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5.0))
        try:
            refuse_strangers(db, path)
            if found := _faults(db):
                raise NotOurDatabase(f"{path.name} is damaged: {found}")
            pending = tuple(migration.name for migration in MIGRATIONS.pending(db))
        finally:
            db.close()
    return Soundness(sum(part.stat().st_size for part in (path, path.with_name(path.name + "-wal")) if part.exists()), pending)


def faults(store: Store) -> str:
    """Return what is wrong with an open database (PRAGMA quick_check), an empty string where it is whole. It reads all of it."""
    with translated(store.path):
        return _faults(store.db)


def _faults(db: Database) -> str:
    found = [str(row[0]) for row in db.execute("PRAGMA quick_check(3)")]
    return "" if found == ["ok"] else "; ".join(found)[:300]
