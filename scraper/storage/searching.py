"""The search tables: derived from articles, statements and initiatives as their rows are written, and made again from them here."""

from __future__ import annotations

from scraper.storage.store import Store
from scraper.text import spaced

_LEADS = """SELECT s.id, s.title AS first, coalesce(a.statement_text, a.text, '') AS second
  FROM statements s LEFT JOIN articles a ON a.id = s.lead_article_id"""
_NAMES = """SELECT i.rowid AS id, i.name AS first, coalesce((SELECT group_concat(name, ' · ') FROM
  (SELECT n.name FROM initiative_names n WHERE n.initiative_id = i.id ORDER BY n.name)), '') AS second
  FROM initiatives i WHERE i.gone_at IS NULL"""
_SOURCES = (
    ("articles_fts (rowid, title, text)", "SELECT id, title AS first, coalesce(text, '') AS second FROM articles"),
    ("statements_fts (rowid, title, text)", _LEADS),
    ("initiatives_fts (rowid, name, names)", _NAMES),
)


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
