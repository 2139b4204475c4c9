"""A home's db folder as an analyst opens it: our Datasette configuration beside a real database."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Coroutine, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from datasette.app import Datasette

from scraper.storage.store import Store
from scraper.text import spaced

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="session")
def db_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with metadata, settings and plugins as shipped, and trilateral.db with the rows of sample.sql."""
    folder = tmp_path_factory.mktemp("home") / "db"
    shutil.copytree(ROOT / "db", folder, ignore=shutil.ignore_patterns("*.db*", "__pycache__", "captures", "backups"))
    Store(folder / "trilateral.db", lambda: datetime(2026, 3, 2, tzinfo=UTC)).close()
    with closing(sqlite3.connect(folder / "trilateral.db")) as connection, connection:
        connection.executescript((HERE / "sample.sql").read_text("utf-8"))
        _index(connection)
    return folder


def _index(connection: sqlite3.Connection) -> None:
    """Fill the search tables as the store does: every Korean and Japanese character a word."""
    connection.create_function("spaced", 1, spaced)
    connection.execute("INSERT INTO articles_fts (rowid, title, text) SELECT id, spaced(title), spaced(text) FROM articles")
    connection.execute(
        "INSERT INTO statements_fts (rowid, title, text) SELECT s.id, spaced(s.title), spaced(a.text) FROM statements s JOIN articles a ON a.id = lead_article_id"
    )
    connection.execute(
        "INSERT INTO initiatives_fts (rowid, name, names) SELECT rowid, spaced(name), spaced((SELECT group_concat(name, ' / ') FROM initiative_names WHERE initiative_id = id)) FROM initiatives"
    )


class Site:
    """Datasette in this process, asked over its own HTTP client."""

    def __init__(self, folder: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.datasette = Datasette(config_dir=folder)
        self.run(self.datasette.invoke_startup())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    def get(self, path: str, **parameters: str) -> httpx.Response:
        """The answer to a request of ``path`` below the database."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        response: httpx.Response = self.run(self.datasette.client.get(f"/{path}{query}", follow_redirects=True))
        return response

    def rows(self, path: str, **parameters: str) -> list[dict[str, Any]]:
        """The rows of a table or a query, as objects."""
        response = self.get(f"trilateral/{path}.json", _shape="objects", **parameters)
        assert response.status_code == 200, response.text
        found: list[dict[str, Any]] = response.json()["rows"]
        return found

    def close(self) -> None:
        """Close every connection and thread."""
        self.datasette.executor.shutdown()
        for database in self.datasette.databases.values():
            database.close()
        self.loop.close()


@pytest.fixture(scope="session")
def site(db_folder: Path) -> Iterator[Site]:
    """The site over the sample."""
    opened = Site(db_folder)
    yield opened
    opened.close()
