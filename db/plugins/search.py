"""Full-text search that finds Korean, Japanese and English words alike, in Datasette's own search box and in our queries.

Besides, links from a query's result to the rows it speaks of.

The store writes the search tables with every Korean and Japanese character as a word of its own (``scraper.text.spaced``). What a
person types gets the same treatment (``scraper.storage.terms``), so that 북한 becomes the phrase ``"북 한"``.
"""

from __future__ import annotations

import re
import sqlite3
from urllib.parse import quote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode
from markupsafe import Markup

from scraper import urls
from scraper.storage.terms import fts, terms
from scraper.text import CJK, has_cjk, squeeze

PAGES = frozenset({"event", "statement", "article", "initiative", "source", "coverage", "compare"})
"""Pages of ours by the first part of their address; tables have other names."""
SHORT, ENDING = 5, 3  # letters of an English word that an excerpt wants whole, and those it lets vary in a longer one
_GAP = re.compile(f"(?<=[{CJK}]) (?=[{CJK}])")
_BETWEEN = r"\W{0,3}"


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]  # Datasette registers an escape_fts of its own; the one registered last is used
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Register the SQL functions escape_fts, excerpt, unspaced and canonical."""
    conn.create_function("escape_fts", 1, escape_fts, deterministic=True)
    conn.create_function("excerpt", 2, excerpt, deterministic=True)
    conn.create_function("unspaced", 1, unspaced, deterministic=True)
    conn.create_function("canonical", 1, canonical, deterministic=True)


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: object, column: str, table: str | None, database: str, datasette: Datasette) -> Markup | None:
    """Show the column ``row`` of a query as a link: PAGE/KEY to a page of ours, TABLE/KEY to that row."""
    name, slash, key = value.partition("/") if isinstance(value, str) else ("", "", "")
    if table is not None or column != "row" or not slash:
        return None
    if name in PAGES:
        return Markup('<a href="{}">{}</a>').format(
            datasette.urls.path(f"/{name}/{quote(key, safe='/' if name == 'compare' else '')}"), value
        )
    return Markup('<a href="{}">{}</a>').format(datasette.urls.row(database, name, tilde_encode(key)), value)


def escape_fts(query: str | None) -> str:
    """Return the FTS5 query for what a person typed: all words must occur, words in double quotes as one phrase.

    A star at the end of a word finds every word that begins so. What holds no letter or digit is left out; if nothing is left,
    the query finds nothing.
    """
    return fts(query)


def excerpt(text: str | None, query: str | None, around: int = 90) -> str:
    """Return the stretch of ``text`` around the first place where a word of ``query`` stands, else its beginning, on one line."""
    whole = text or ""
    start, end = _found(whole, query)
    left, right = max(0, start - around), min(len(whole), end + around)
    return f"{'…' if left else ''}{squeeze(whole[left:right])}{'…' if right < len(whole) else ''}"


def canonical(url: str | None) -> str:
    """Return an address as the tables hold it in columns of that name, so that one that was copied from anywhere is found."""
    return urls.canonical(url or "")


def unspaced(text: str | None) -> str:
    """Close up a snippet of a search table: no space between two Korean or Japanese characters (Korean loses its own, too)."""
    return _GAP.sub("", text or "")


def _found(text: str, query: str | None) -> tuple[int, int]:
    for term in terms(query):
        match = re.search(_BETWEEN.join(_loose(word) for word in term.words.split()), text, re.IGNORECASE)
        if match:
            return match.span()
    return 0, 90


def _loose(word: str) -> str:
    """A pattern for a word of the index in the text itself: the index knows English words by their stems."""
    return re.escape(word) if has_cjk(word) or len(word) <= SHORT else re.escape(word[:-ENDING])
