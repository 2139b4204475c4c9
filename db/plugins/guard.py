"""What Datasette may not read, whatever is asked in SQL: what was sent to whom, and the links that let a person decide.

A page or a query that needs a column of these tables that is not named here works as ever.
"""

from __future__ import annotations

import sqlite3

from datasette import hookimpl

REFUSED = {
    "digests": frozenset({"text", "html", "short", "payload", "watch_report", "message_id"}),
    "review_links": frozenset({"id"}),
    "sqlite_dbpage": frozenset({"data"}),
}
"""Columns that no query may name: messages as they were sent, links that act, and the bytes of the file themselves."""

BLANK = {
    "deliveries": frozenset({"answer"}),
    "alerts": frozenset({"detail"}),
    "pragma_database_list": frozenset({"file"}),
    "sqlite_stmt": frozenset({"sql"}),
}
"""Columns that are always empty here: what a server said, which an alert on its channel repeats, names the addresses it was given; where the
file lies, and what others ask, is nobody's business."""

LARGEST = 32_000_000
"""Bytes of a value or row that a query may read or make: ``zeroblob(900000000)`` is made before any time limit asks."""


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Have SQLite itself refuse what may not be read, in every query, view and subquery of this connection, and values beyond all measure."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
    conn.set_authorizer(permitted)


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]  # of several answers Datasette takes the last
def permission_allowed(action: str, resource: object) -> bool | None:
    """Close the pages of tables that cannot be shown, also where metadata.json is an older one that does not say so."""
    table = resource[1] if action == "view-table" and isinstance(resource, tuple) and len(resource) == 2 else ""
    return False if table in REFUSED else None


def permitted(action: int, first: str | None, second: str | None, _database: str | None, _inner: str | None) -> int:
    """Return SQLite's code for one thing that a query does: for the reading of a column ``first`` is its table, ``second`` the column.

    Source: sqlite3_set_authorizer.
    """
    if action != sqlite3.SQLITE_READ:
        return sqlite3.SQLITE_OK
    table, column = (first or "").lower(), (second or "").lower()
    if column in REFUSED.get(table, ()):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_IGNORE if column in BLANK.get(table, ()) else sqlite3.SQLITE_OK
