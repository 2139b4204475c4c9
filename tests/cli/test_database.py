"""What is said of a database that cannot be used: a sentence, an exit code, nothing changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scraper.storage.lock import Lock

from .conftest import Caller

READING = [["statements", "list"], ["initiatives", "list"], ["sources", "list"], ["health"]]
WRITING = [["poll"], ["run"], ["digest", "--send"], ["digest"]]


@pytest.mark.parametrize("command", READING + WRITING)
def test_a_file_that_is_no_database(fresh: Caller, tmp_path: Path, command: list[str]) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(b"minutes of the meeting, " * 100)
    told = fresh("--db", path, *command)
    assert told.exit_code == 2
    assert "notes.db is no SQLite database" in told.stderr
    assert path.read_bytes() == b"minutes of the meeting, " * 100


@pytest.mark.parametrize("command", READING + WRITING)
def test_a_database_of_another_program(fresh: Caller, tmp_path: Path, command: list[str]) -> None:
    path = tmp_path / "music.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE songs (title)")
    before = path.read_bytes()
    told = fresh("--db", path, *command)
    assert told.exit_code == 2
    assert "songs" in told.stderr
    assert path.read_bytes() == before


def test_a_database_of_a_newer_version(fresh: Caller, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    assert fresh("--db", path, "statements", "list").exit_code == 0
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('trilateral', '9999_later', '2030-01-01')"
        )
    for command in READING + WRITING:
        told = fresh("--db", path, *command)
        assert told.exit_code == 2, command
        assert "newer version" in told.stderr
        assert "upgrade" in told.stderr


def test_a_folder_that_cannot_be_written(fresh: Caller, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    told = fresh("--db", tmp_path / "folder", "statements", "list")
    assert told.exit_code == 2
    assert "cannot be written" in told.stderr


@pytest.mark.parametrize("command", [["run"], ["import", "FILE"], ["digest", "--send"]])
def test_what_needs_the_lock_is_refused_beside_another_instance(fresh: Caller, tmp_path: Path, command: list[str]) -> None:
    assert fresh.home is not None
    file = tmp_path / "l.jsonl"
    file.write_text("", "utf-8")
    with Lock(fresh.home / "db" / "trilateral.db"):
        told = fresh(*[str(file) if word == "FILE" else word for word in command])
    assert told.exit_code == 3
    assert "another instance" in told.stderr


def test_reading_never_waits_for_a_writer(filled: Caller) -> None:
    assert filled.home is not None
    database = filled.home / "db" / "trilateral.db"
    with Lock(database), closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        for command in (["statements", "list"], ["initiatives", "list"], ["sources", "list"], ["digest", "--preview"]):
            assert filled(*command).exit_code == 0, command
        assert filled("health").exit_code in (0, 1)
