"""Search over initiatives, statements and articles, and the search tables: derived from those rows as they are written, made again from them here."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
_SPARE = 3
_MARKED = re.compile("\x02([^\x02\x03]{1,300})\x03")
_MOST_FORMS = 40
_ORDERS = {
    "initiatives": "SELECT i.rowid AS number FROM hits JOIN initiatives i ON i.rowid = hits.number WHERE i.gone_at IS NULL "
    "ORDER BY round(hits.score, 1), i.first_seen_at DESC, i.id",
    "statements": "SELECT s.id AS number FROM hits JOIN statements s ON s.id = hits.number ORDER BY round(hits.score, 1), s.date DESC, s.id DESC",
    "articles": "SELECT a.id AS number FROM hits JOIN articles a ON a.id = hits.number "
    "WHERE a.statement_id IS NULL OR a.statement_id NOT IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH :query) "
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
    initiatives, more_of_these = _ranked(store, "initiatives", query, most["initiatives"])
    statements, more_statements = _ranked(store, "statements", query, most["statements"])
    under = [row["id"] for row in statements]
    articles, more_articles = _ranked(store, "articles", query, most["articles"])
    more = {"initiatives": more_of_these, "statements": more_statements, "articles": more_articles}
    return Found(initiatives, statements, articles, _pages(store, query, under), frozenset(kind for kind in more if more[kind]))


def _ranked(store: Store, kind: str, query: str, most: int) -> tuple[list[Row], bool]:
    """The best matches of a kind, and whether there are more."""
    numbers = store.rows(
        f"WITH hits AS MATERIALIZED (SELECT rowid AS number, bm25({kind}_fts, 8.0, 1.0) AS score FROM {kind}_fts "
        f"WHERE {kind}_fts MATCH :query ORDER BY rowid DESC LIMIT {_REACH}) {_ORDERS[kind]} LIMIT :most",
        {"query": fts(query), "most": most * _SPARE + 1},
    )
    found = _read(store, kind, query, [row["number"] for row in numbers])
    return _formed(store, kind, query, found[:most]), len(found) > most


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
    rows = store.rows(
        f"SELECT rowid AS number, highlight({kind}_fts, 0, char(2), char(3)) || ' ' || highlight({kind}_fts, 1, char(2), char(3)) AS marked "
        f"FROM {kind}_fts WHERE {kind}_fts MATCH ? AND rowid IN (SELECT value FROM json_each(?))",
        (fts(query), json.dumps([row["number"] for row in found])),
    )
    forms = {row["number"]: tuple(dict.fromkeys(_MARKED.findall(row["marked"])))[:_MOST_FORMS] for row in rows}
    return [{**row, "forms": forms.get(row["number"], ())} for row in found]


def _pages(store: Store, query: str, statement_ids: Sequence[int]) -> dict[int, list[Row]]:
    """The articles of these statements that match, without the leads, by statement."""
    numbers = store.rows(
        "SELECT rowid AS number FROM articles_fts WHERE articles_fts MATCH ? AND rowid IN "
        "(SELECT a.id FROM articles a JOIN statements s ON s.id = a.statement_id WHERE s.id IN (SELECT value FROM json_each(?)) "
        "AND a.id IS NOT s.lead_article_id) LIMIT 100",
        (fts(query), json.dumps(list(statement_ids))),
    )
    found = defaultdict(list)
    for row in _formed(store, "articles", query, _read(store, "articles", query, [row["number"] for row in numbers])):
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
