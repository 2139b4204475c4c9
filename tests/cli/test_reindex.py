"""reindex: what is derived is made again, and is what it was."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from scraper.storage.lock import Lock

from .conftest import Caller

SEARCHED = ("articles_fts", "statements_fts", "initiatives_fts")


def derived(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(path)) as connection:
        found = {"postings": connection.execute("SELECT * FROM postings ORDER BY 1, 2").fetchall()}
        return found | {name: connection.execute(f"SELECT rowid, * FROM {name} ORDER BY rowid").fetchall() for name in SEARCHED}


def test_everything_derived_is_made_again_as_it_was(filled: Caller, tmp_path: Path) -> None:
    assert filled.home is not None
    home = tmp_path / "home"
    shutil.copytree(filled.home, home)
    path, call = home / "db" / "trilateral.db", Caller(home)
    before = derived(path)
    assert all(before.values())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM postings WHERE article_id % 2")
        for name in SEARCHED:
            connection.execute(f"DELETE FROM {name}")
    told = call("reindex")
    assert told.exit_code == 0, told.stderr
    searched = sum(len(before[name]) for name in SEARCHED)
    assert told.stdout == f"{len(before['articles_fts'])} articles are in the index of copies, {searched} rows can be searched.\n"
    assert derived(path) == before
    assert call("reindex").stdout == told.stdout
    assert json.loads(call("statements", "list", "--json").stdout)


def test_it_waits_for_no_daemon(filled: Caller, tmp_path: Path) -> None:
    assert filled.home is not None
    shutil.copytree(filled.home, tmp_path / "home")
    with Lock(tmp_path / "home" / "db" / "trilateral.db"):
        assert Caller(tmp_path / "home")("reindex").exit_code == 3
