"""Search over initiatives, statements and articles, and the search tables: derived from those rows as they are written, made again from them here."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from scraper.storage.store import Row, Store
from scraper.storage.terms import fts, shut, terms
from scraper.text import spaced

_LEADS = """SELECT s.id, s.title || ' · ' || e.name AS first, coalesce(nullif(a.statement_text, ''), a.text, '') AS second
  FROM statements s JOIN events e ON e.id = s.event_id LEFT JOIN articles a ON a.id = s.lead_article_id"""
_NAMES = """SELECT i.rowid AS id, i.name AS first, coalesce((SELECT group_concat(name, ' · ') FROM
  (SELECT n.name FROM initiative_names n WHERE n.initiative_id = i.id ORDER BY n.name)), '') AS second
  FROM initiatives i WHERE i.gone_at IS NULL"""
_SOURCES = (
    ("articles_fts (rowid, title, text)", "SELECT id, title AS first, coalesce(text, '') AS second FROM articles"),
    ("statements_fts (rowid, title, text)", _LEADS),
    ("initiatives_fts (rowid, name, names)", _NAMES),
)
_REACH = 3000
"""Matches of one kind, the latest, among which the best are sought: a word that stands in everything costs no more than this."""
_SPARE = 8
"""So many times the rows that are wanted are looked at, since some stand under others or hold a word only across a space."""
_MOST_PAGES = 200
_TOKENIZER = 'tokenize = "porter unicode61 remove_diacritics 2"'
"""As the migrations make the search tables."""
_MARKED = re.compile("\x02([^\x02\x03]{1,300})\x03")
_MOST_FORMS = 40
_ORDERS = {
    "initiatives": "SELECT i.rowid AS number FROM hits JOIN initiatives i ON i.rowid = hits.number WHERE i.gone_at IS NULL "
    "ORDER BY round(hits.score, 1), i.first_seen_at DESC, i.id",
    "statements": "SELECT s.id AS number FROM hits JOIN statements s ON s.id = hits.number ORDER BY round(hits.score, 1), s.date DESC, s.id DESC",
    "articles": "SELECT a.id AS number, a.statement_id FROM hits JOIN articles a ON a.id = hits.number "
    "ORDER BY round(hits.score, 1), coalesce(a.published_at, a.first_seen_at) DESC, a.id DESC",
}
_FROM = "FROM json_each(:numbers) n JOIN"
_READS = {
    "initiatives": f"""SELECT i.rowid AS number, i.id, i.name AS title, i.kind, i.status, i.first_seen_at, i.first_statement_id, NULL AS text,
      (SELECT json_group_array(json_array(name, language)) FROM (SELECT x.name, x.language FROM initiative_names x
        WHERE x.initiative_id = i.id ORDER BY x.language, x.name)) AS names
      {_FROM} initiatives i ON i.rowid = n.value ORDER BY n.key""",
    "statements": f"""SELECT s.id AS number, s.id, s.title, s.date, s.kind, s.side, s.level, s.place, s.event_id, e.name AS event, a.language,
      coalesce(nullif(a.statement_text, ''), a.text) AS text, (SELECT count(*) FROM articles x WHERE x.statement_id = s.id) AS pages
      {_FROM} statements s ON s.id = n.value JOIN events e ON e.id = s.event_id LEFT JOIN articles a ON a.id = s.lead_article_id ORDER BY n.key""",
    "articles": f"""SELECT a.id AS number, a.id, a.title, a.text, a.language, a.publisher, a.url, a.grade, a.statement_id, s.title AS statement,
      coalesce(a.published_at, a.first_seen_at) AS at
      {_FROM} articles a ON a.id = n.value LEFT JOIN statements s ON s.id = a.statement_id ORDER BY n.key""",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: rows in order, each with ``forms``, the words in it that were found, as the search tables hold them;
    ``pages`` are the found articles of each found statement besides its lead, ``more`` the kinds of which there are more."""

    initiatives: Sequence[Row] = ()
    statements: Sequence[Row] = ()
    articles: Sequence[Row] = ()
    pages: Mapping[int, Sequence[Row]] = field(default_factory=dict)
    more: frozenset[str] = frozenset()


def find(store: Store, query: str, most: Mapping[str, int]) -> Found:
    """Return what holds all words of a query (see :func:`scraper.storage.terms.terms`), at most so many of each kind.

    The best matches come first, words of titles count eight times, and of equal ones the newest comes first. An article of a statement
    that is found stands under that one, and nowhere if that is not among those returned.
    """
    if not terms(query):
        return Found()
    found, more = {}, set()
    for kind, limit in most.items():
        rows = _read(store, kind, query, _best(store, kind, query, limit))
        found[kind] = _formed(store, kind, query, rows[:limit])
        if len(rows) > limit:
            more.add(kind)
    pages = _pages(store, query, [row["id"] for row in found["statements"]])
    return Found(found["initiatives"], found["statements"], found["articles"], pages, frozenset(more))


def _best(store: Store, kind: str, query: str, most: int) -> list[int]:
    """The numbers of the best matches of a kind, some more than are to be returned."""
    rows = store.rows(
        f"WITH hits AS MATERIALIZED (SELECT rowid AS number, bm25({kind}_fts, 8.0, 1.0) AS score FROM {kind}_fts "
        f"WHERE {kind}_fts MATCH :query ORDER BY rowid DESC LIMIT {_REACH}) {_ORDERS[kind]} LIMIT :most",
        {"query": fts(query), "most": most * _SPARE + 1},
    )
    under = {row["statement_id"] for row in rows if row.get("statement_id") is not None}
    told = _sieved(store, "statements", query, under) if under else {}
    return [row["number"] for row in rows if row.get("statement_id") not in told]


def _read(store: Store, kind: str, query: str, numbers: Sequence[int]) -> list[Row]:
    """The rows of these numbers in their order, without those where a short word is found only across a space."""
    rows = store.rows(_READS[kind], {"numbers": json.dumps(list(numbers))})
    closed = [shut(term.whole) for term in terms(query) if term.whole]
    return [row for row in rows if _holds(row, closed)]


def _holds(row: Row, closed: Iterable[re.Pattern[str]]) -> bool:
    if row["text"] is None and "names" not in row:
        return True  # its words are not kept
    whole = "\n".join(str(row[name]) for name in ("title", "text", "names", "event") if row.get(name))
    return all(pattern.search(whole) for pattern in closed)


def _formed(store: Store, kind: str, query: str, found: Sequence[Row]) -> list[Row]:
    """The rows, each with the words that were found in it, in the writing of the search table."""
    marked = _sieved(store, kind, query, [row["number"] for row in found])
    return [{**row, "forms": tuple(dict.fromkeys(_MARKED.findall(marked.get(row["number"], ""))))[:_MOST_FORMS]} for row in found]


def _sieved(store: Store, kind: str, query: str, numbers: Iterable[int]) -> dict[int, str]:
    """Which of these rows match, with the found words between marks.

    They are matched in a table of their own: the whole one would be gone through from its first match to its last.
    """
    rows = store.rows(
        f"SELECT rowid AS number, * FROM {kind}_fts WHERE rowid IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),)
    )
    with closing(sqlite3.connect(":memory:")) as sieve:
        sieve.execute(f"CREATE VIRTUAL TABLE sieve USING fts5(first, second, {_TOKENIZER})")
        sieve.executemany("INSERT INTO sieve (rowid, first, second) VALUES (?, ?, ?)", [tuple(row.values()) for row in rows])
        marked = "highlight(sieve, 0, char(2), char(3)) || ' ' || highlight(sieve, 1, char(2), char(3))"
        return dict(sieve.execute(f"SELECT rowid, {marked} FROM sieve WHERE sieve MATCH ?", (fts(query),)))


def _pages(store: Store, query: str, statement_ids: Sequence[int]) -> dict[int, list[Row]]:
    """The articles of these statements that match, without the leads, by statement."""
    rows = store.rows(
        "SELECT a.id FROM json_each(?) n JOIN statements s ON s.id = n.value JOIN articles a ON a.statement_id = s.id AND a.id IS NOT s.lead_article_id LIMIT ?",
        (json.dumps(list(statement_ids)), _MOST_PAGES),
    )
    matching = sorted(_sieved(store, "articles", query, [row["id"] for row in rows]))
    found = defaultdict(list)
    for row in _formed(store, "articles", query, _read(store, "articles", query, matching)):
        found[row["statement_id"]].append(row)
    return dict(found)


def index_statement(store: Store, number: int) -> None:
    """Write what a statement is found by: its title, its event's name, and the words of its lead."""
    store.write("DELETE FROM statements_fts WHERE rowid = ?", (number,))
    for row in store.rows(f"{_LEADS} WHERE s.id = ?", (number,)):
        values = (row["id"], spaced(row["first"]), spaced(row["second"]))
        store.write("INSERT INTO statements_fts (rowid, title, text) VALUES (?, ?, ?)", values)


def rebuild(store: Store) -> int:
    """Make the search tables again, each in one transaction; return how many rows they hold."""
    made = 0
    for table, rows in _SOURCES:
        with store.transaction():
            store.write(f"DELETE FROM {table.split()[0]}")
            for row in store.rows(f"{rows} ORDER BY 1"):
                store.write(f"INSERT INTO {table} VALUES (?, ?, ?)", (row["id"], spaced(row["first"]), spaced(row["second"])))
                made += 1
    return made
