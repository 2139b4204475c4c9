"""Rows for an export: all tables as they are at one moment, without what is nobody's business and without texts that may not go out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from scraper.errors import scrub
from scraper.storage.dictionary import TABLES, Table
from scraper.storage.store import Row, Store, translated

_STATEMENTS: Final = "SELECT id FROM temp.kept_statements"
_ARTICLES: Final = "SELECT id FROM temp.kept_articles"
_EVENTS: Final = "SELECT id FROM temp.kept_events"
_MENTIONS: Final = "SELECT id FROM temp.kept_mentions"

_KEPT: Final = {
    "statements": ("SELECT id FROM main.statements WHERE coalesce(date, substr(first_seen_at, 1, 10)) >= :since",),
    "articles": (
        f"SELECT id FROM main.articles WHERE statement_id IN ({_STATEMENTS})",
        "SELECT id FROM main.articles WHERE statement_id IS NULL AND first_seen_at >= :since",
    ),
    "events": (
        f"SELECT event_id FROM main.statements WHERE id IN ({_STATEMENTS})",
        "SELECT id FROM main.events WHERE coalesce(date, substr(first_seen_at, 1, 10)) >= :since AND id NOT IN (SELECT event_id FROM main.statements)",
    ),
    "mentions": (f"SELECT id FROM main.mentions WHERE article_id IN ({_ARTICLES})",),
}
"""What is kept of statements since a day, as ids in tables of the connection's own, that are gone with the snapshot."""

_SINCE: Final = {
    "events": f"t.id IN ({_EVENTS})",
    "participants": f"t.event_id IN ({_EVENTS})",
    "statements": f"t.id IN ({_STATEMENTS})",
    "articles": f"t.id IN ({_ARTICLES})",
    "revisions": f"t.article_id IN ({_ARTICLES})",
    "mentions": f"t.article_id IN ({_ARTICLES})",
    "public_archive": f"t.article_id IN ({_ARTICLES})",
    "observations": f"t.statement_id IN ({_STATEMENTS})",
    "formulae": f"t.statement_id IN ({_STATEMENTS})",
    "flags": f"CASE WHEN t.statement_id IS NULL THEN t.flagged_at >= :since ELSE t.statement_id IN ({_STATEMENTS}) END",
    "captures": f"t.id IN (SELECT capture_id FROM main.articles WHERE id IN ({_ARTICLES}))",
    "coverage_days": "t.day >= :since",
    "history_events": "t.date >= :since",
    "polls": "t.started_at >= :since",
    "entries": "t.first_seen_at >= :since",
}
"""Which rows are of statements since a day; tables that do not stand here are whole."""

_PAGES: Final = {"articles": "t", "revisions": "a", "mentions": "a"}
"""Under which name the page stands, by whose source and publisher the texts of a table may go out or not."""

_FROM: Final = {
    "articles": "articles t LEFT JOIN sources o ON o.id = t.source_id",
    "revisions": "revisions t JOIN articles a ON a.id = t.article_id LEFT JOIN sources o ON o.id = a.source_id",
    "mentions": "mentions t JOIN articles a ON a.id = t.article_id LEFT JOIN sources o ON o.id = a.source_id",
}
_TEXTS: Final = {
    "articles": ("text", "statement_text"),
    "revisions": ("text", "diff"),
    "mentions": ("sentence_before", "sentence_after"),
}
_MADE: Final = {
    ("articles", "text_sha256"): "sha256(t.text)",
    ("articles", "statement_sha256"): "sha256(t.statement_text)",
    ("revisions", "text_sha256"): "sha256(t.text)",
    ("sources", "url"): "scrubbed(t.url)",
}
_DANGLING: Final = {
    ("initiatives", "first_statement_id"): _STATEMENTS,
    ("history_events", "event_id"): _EVENTS,
    ("entries", "article_id"): _ARTICLES,
    ("flags", "mention_id"): _MENTIONS,
    ("observations", "mention_id"): _MENTIONS,
    ("statements", "lead_article_id"): _ARTICLES,
}
"""References that may lead to rows that are left out; they are empty then."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What of each table is wanted: of statements ``since`` a day (empty: all), and whether the ``press``'s texts may go out where their sources
    allow it to be kept in full."""

    since: str = ""
    press: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One table of an export: how many rows there are, and the rows in the order of the key, values in the order of the table's columns."""

    table: Table
    count: int
    rows: Iterator[tuple[object, ...]]


@contextmanager
def snapshot(store: Store) -> Iterator[None]:
    """Read the database as it is at one moment, whatever a daemon writes meanwhile; it waits for nobody and nobody waits for it."""
    with translated(store.path):
        store.db.conn.create_function("sha256", 1, _sha256, deterministic=True)
        store.db.conn.create_function("scrubbed", 1, lambda text: scrub(text or ""), deterministic=True)
        store.db.conn.execute("BEGIN")
        try:
            store.db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a transaction begins with its first read
            yield
        finally:
            store.db.rollback()


def _sha256(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def parts(store: Store, names: Sequence[str], scope: Scope) -> Iterator[Part]:
    """Yield the tables of these names inside a snapshot, in the order of the dictionary."""
    if scope.since:
        _keep(store, scope)
    for table in TABLES.values():
        if table.name in names:
            yield Part(table, _count(store, table, scope), _rows(store, table, scope))


def _keep(store: Store, scope: Scope) -> None:
    for name, sources in _KEPT.items():
        store.write(f"CREATE TEMP TABLE kept_{name} (id INTEGER PRIMARY KEY)")
        for sql in sources:
            store.write(f"INSERT OR IGNORE INTO temp.kept_{name} {sql}", {"since": scope.since})


def _count(store: Store, table: Table, scope: Scope) -> int:
    row = store.row(f"SELECT count(*) AS n FROM {table.name} t WHERE {_where(table, scope)}", _bound(scope))
    return int(row["n"]) if row else 0


def _rows(store: Store, table: Table, scope: Scope) -> Iterator[tuple[object, ...]]:
    columns = ", ".join(_expression(table.name, column.name, scope) for column in table.columns)
    order = ", ".join(f't."{name}"' for name in table.key)
    sql = f"SELECT {columns} FROM {_FROM.get(table.name, f'{table.name} t')} WHERE {_where(table, scope)} ORDER BY {order}"
    with translated(store.path):
        yield from store.db.conn.execute(sql, _bound(scope))


def _where(table: Table, scope: Scope) -> str:
    return _SINCE.get(table.name, "1") if scope.since else "1"


def _bound(scope: Scope) -> Row:
    return {"since": scope.since, "press": int(scope.press)}


def _expression(table: str, column: str, scope: Scope) -> str:
    if (table, column) in _MADE:
        return _MADE[table, column]
    if column in _TEXTS.get(table, ()):
        return f"CASE WHEN ({_PAGES[table]}.official OR :press) AND coalesce(o.store, 'full') = 'full' THEN t.\"{column}\" END"
    if scope.since and (table, column) in _DANGLING:
        return f'CASE WHEN t."{column}" IN ({_DANGLING[table, column]}) THEN t."{column}" END'
    return f't."{column}"'


def rules(store: Store) -> dict[str, int]:
    """Return each version of rules that a row was made by, and how many rows: of articles by their judges, of mentions by what found them."""
    rows = store.rows(
        "SELECT 'relevance/' || rules AS rule, count(*) AS n FROM articles GROUP BY rules UNION ALL SELECT rule, count(*) FROM mentions GROUP BY rule ORDER BY rule"
    )
    return {row["rule"]: row["n"] for row in rows}


def schema(store: Store) -> str:
    """Return the name of the last migration that the database has."""
    row = store.row("SELECT max(name) AS name FROM _sqlite_migrations")
    return str((row or {"name": ""})["name"])


def latest(store: Store) -> str:
    """Return when the last page that stands in the database was read (UTC), empty where there is none."""
    row = store.row("SELECT max(fetched_at) AS at FROM articles")
    return str((row or {"at": ""})["at"] or "")
