"""Search over initiatives, statements and articles in three languages, each find with the words that were found marked."""

from __future__ import annotations

import json
from collections.abc import Sequence

from scraper.pages.asking import Answer, Ask
from scraper.pages.frame import page
from scraper.pages.snippets import marked, snippet
from scraper.storage import searching
from scraper.storage.store import Row
from scraper.storage.terms import LONGEST_QUERY, terms

MOST = {"initiatives": 8, "statements": 12, "articles": 20}
"""How many of each the page shows; Datasette's tables have all."""


def search(ask: Ask) -> Answer:
    """Answer ``/search?q=``; no query is an error."""
    query = ask.query.get("q", "")[:LONGEST_QUERY].replace("\0", " ").strip()
    found = searching.find(ask.store, query, MOST)
    return page(
        ask,
        "search.html",
        query=query,
        sought=terms(query),
        initiatives=[_initiative(row) for row in found.initiatives],
        statements=[{**_shown(row), "found_in": _shown_all(found.pages.get(row["id"], ()))} for row in found.statements],
        articles=_shown_all(found.articles),
        more=found.more,
    )


def _shown_all(rows: Sequence[Row]) -> list[Row]:
    return [_shown(row) for row in rows]


def _shown(row: Row) -> Row:
    """A row with its title marked and a snippet of its text."""
    return {**row, "title": marked(row["title"] or "", row["forms"]), "text": snippet(row["text"], row["forms"])}


def _initiative(row: Row) -> Row:
    """An initiative with its name and its other names, marked."""
    names = [(marked(name, row["forms"]), language) for name, language in json.loads(row["names"]) if name != row["title"]]
    return {**row, "title": marked(row["title"], row["forms"]), "names": names}
