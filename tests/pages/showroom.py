"""A home with one event in three languages, and Datasette over it as a browser sees it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Coroutine
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from datasette.app import Datasette

from scraper.archive import Archive
from scraper.config import defaults_folder
from scraper.jobs.home import make
from scraper.model.source import Page
from scraper.storage import entries
from scraper.storage.store import Store

SAMPLE = Path(__file__).parents[1] / "datasette" / "sample.sql"
NOW = datetime(2026, 3, 2, tzinfo=UTC)
HOSTILE = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 7 }}&amp;\u202e\u0000é"
"""What a page must show as the characters that it is."""


def build(root: Path, more: str = "") -> Path:
    """A home with the rows of sample.sql and what the SQL of ``more`` adds; returns its db folder."""
    make(root, defaults_folder())
    Store(root / "db" / "trilateral.db", lambda: NOW).close()
    with closing(sqlite3.connect(root / "db" / "trilateral.db")) as connection, connection:
        connection.executescript(SAMPLE.read_text("utf-8"))
        connection.executescript(more)
    return root / "db"


def capture(folder: Path, article_id: int, body: bytes, content_type: str = "text/html; charset=utf-8", **headers: str) -> None:
    """Have an article's page in the archive."""
    page = Page(
        f"https://us.example/{article_id}",
        f"https://us.example/{article_id}",
        200,
        {"content-type": content_type, **headers},
        body,
        "2026-03-01T06:00:00Z",
    )
    with Archive(folder / "captures", lambda: NOW, run_id="1") as archive, Store(folder / "trilateral.db", lambda: NOW) as store:
        kept = archive.keep(page, kept=True)
        with store.transaction():
            store.write("UPDATE articles SET capture_id = ? WHERE id = ?", (entries.capture(store, kept), article_id))


def hostile(folder: Path) -> None:
    """Put what is hostile into every column of text that a page may show."""
    with closing(sqlite3.connect(folder / "trilateral.db")) as connection, connection:
        for table, columns in {
            "articles": "title publisher text statement_text reason grade relation published_raw extractor rules language url kind side level place",
            "statements": "title kind side level place",
            "events": "name level place",
            "initiatives": "name kind status",
            "mentions": "name sentence status language",
            "flags": "reason kind party formula sentence",
            "sources": "name publisher",
        }.items():
            for column in columns.split():
                connection.execute(f"UPDATE {table} SET {column} = ?", (HOSTILE,))
        connection.execute("UPDATE articles SET reasons = ?, statement_start = 3, statement_end = 20", (json.dumps([HOSTILE]),))
        connection.execute("UPDATE articles SET url = 'javascript:alert(3)' WHERE id = 1")
        connection.execute("INSERT INTO participants (event_id, person, office, party) VALUES (1, ?, ?, ?)", (HOSTILE,) * 3)
        connection.execute("INSERT INTO formulae (formula, variant, statement_id, sentence) VALUES (?, ?, 1, ?)", (HOSTILE,) * 3)
        connection.execute(
            "INSERT INTO revisions (article_id, seen_at, kind, title, diff, kept_share) VALUES (1, ?, ?, ?, ?, .5)",
            (HOSTILE, HOSTILE, HOSTILE, json.dumps([["gone", HOSTILE], ["new", HOSTILE], [HOSTILE, HOSTILE]])),
        )


class Site:
    """Datasette in this process, asked over its own HTTP client."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.loop = asyncio.new_event_loop()
        self.datasette = Datasette(config_dir=folder, settings=settings or None)
        self.run(self.datasette.invoke_startup())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def get(self, path: str, method: str = "GET", **options: Any) -> httpx.Response:
        response: httpx.Response = self.run(self.datasette.client.request(method, path, follow_redirects=False, **options))
        return response

    def close(self) -> None:
        self.datasette.executor.shutdown()
        for database in self.datasette.databases.values():
            database.close()
        self.loop.close()
