"""Copies of a database while another process writes, and a database put back from one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from scraper.errors import DatabaseBusy, DatabaseFull, DatabaseNewer, NotOurDatabase
from scraper.storage import backing, sources
from scraper.storage.store import APPLICATION_ID, Store

from .made import Clock

ROOT = Path(__file__).parents[2]


@contextmanager
def writer(path: Path) -> Iterator[None]:
    """Another process writes while the block runs."""
    command = [sys.executable, str(Path(__file__).with_name("writing.py")), str(path)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        assert run.stdout
        assert run.stdout.readline() == "writing\n"
        yield
        assert run.poll() is None
    finally:
        run.kill()
        run.communicate()


def told(path: Path) -> tuple[int, int]:
    """What a copy holds of the two that the writer writes together."""
    with closing(sqlite3.connect(path)) as connection:
        marked = connection.execute("SELECT value FROM marks WHERE name = 'written'").fetchone()[0]
        return int(marked), connection.execute("SELECT count(*) FROM alerts").fetchone()[0]


def marked(path: Path, clock: Clock, value: str) -> Path:
    with Store(path, clock) as store:
        sources.mark(store, "said", value)
    return path


def said(path: Path, clock: Clock) -> str:
    with Store(path, clock) as store:
        return sources.marked(store, "said")


def damage(path: Path) -> None:
    """Spoil what stands in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 3 : len(content) * 2 // 3] = b"\xa5" * (len(content) * 2 // 3 - len(content) // 3)
    path.write_bytes(content)


def test_fifty_copies_while_another_process_writes_are_each_sound_and_of_one_moment(tmp_path: Path, clock: Clock) -> None:
    path = marked(tmp_path / "x.db", clock, "yes")
    with writer(path):
        for number in range(50):
            backing.save(path, tmp_path / "copies" / f"{number:02}.db")
    copies = sorted((tmp_path / "copies").iterdir())
    assert [copy.name for copy in copies] == [f"{number:02}.db" for number in range(50)]
    held = []
    for copy in copies:
        backing.check(copy)
        held.append(told(copy))
    assert [counted for counted, rows in held if counted != rows] == []
    assert held == sorted(held)
    assert held[-1][0] > held[0][0]
    assert backing.adopt(copies[-1]) == ()


def test_a_copy_is_one_file_for_its_owner_alone(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "x.db"
    with Store(path, clock) as store:
        sources.mark(store, "said", "in the log only")
        backing.save(path, tmp_path / "y.db")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["x.db", "y.db"]
    assert (tmp_path / "y.db").stat().st_mode & 0o777 == 0o600
    assert said(tmp_path / "y.db", clock) == "in the log only"


def test_no_copy_is_left_of_a_damaged_database(tmp_path: Path, clock: Clock) -> None:
    path = marked(tmp_path / "x.db", clock, "yes")
    damage(path)
    with pytest.raises(NotOurDatabase, match="damaged"):
        backing.save(path, tmp_path / "copies" / "y.db")
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_row_that_refers_to_nothing_is_damage(tmp_path: Path, clock: Clock) -> None:
    path = marked(tmp_path / "x.db", clock, "yes")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO participants VALUES (77, 'Jo', 'Minister', 'US')")
    with pytest.raises(NotOurDatabase, match="a row of participants refers to one of events"):
        backing.check(path)


def test_a_copy_that_cannot_be_written_is_told(tmp_path: Path, clock: Clock) -> None:
    path = marked(tmp_path / "x.db", clock, "yes")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseFull, match=r"y\.db cannot be written"):
        backing.save(path, tmp_path / "file" / "y.db")


@pytest.mark.parametrize(("statement", "error"), [
    ("PRAGMA application_id = 7", NotOurDatabase),
    ("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('trilateral', '9999_later', '')", DatabaseNewer),
])  # fmt: skip
def test_what_cannot_be_used_is_not_adopted(tmp_path: Path, clock: Clock, statement: str, error: type[Exception]) -> None:
    path = marked(tmp_path / "x.db", clock, "yes")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)
    with pytest.raises(error):
        backing.adopt(path)


def test_an_empty_file_is_not_adopted(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()
    with pytest.raises(NotOurDatabase, match="empty"):
        backing.adopt(tmp_path / "x.db")


def test_who_has_the_database_open_sees_what_was_put_back(tmp_path: Path, clock: Clock) -> None:
    new = marked(tmp_path / "new.db", clock, "new")
    path = marked(tmp_path / "x.db", clock, "old")
    with closing(sqlite3.connect(path)) as reader:
        assert reader.execute("SELECT value FROM marks WHERE name = 'said'").fetchone() == ("old",)
        backing.put_back(new, path, sound=True)
        assert reader.execute("SELECT value FROM marks WHERE name = 'said'").fetchone() == ("new",)
        assert reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    backing.check(path)


def test_a_writer_that_does_not_end_is_told_and_nothing_changes(tmp_path: Path, clock: Clock) -> None:
    new = marked(tmp_path / "new.db", clock, "new")
    path = marked(tmp_path / "x.db", clock, "old")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy, match="another writer"):
            backing.put_back(new, path, sound=True, busy_ms=20)
        other.execute("ROLLBACK")
    assert said(path, clock) == "old"


def test_the_log_of_a_damaged_database_is_not_taken_for_the_new_ones(tmp_path: Path, clock: Clock) -> None:
    new = marked(tmp_path / "new.db", clock, "new")
    path = tmp_path / "x.db"
    marked(tmp_path / "live.db", clock, "old")
    with Store(tmp_path / "live.db", clock) as store:
        for number in range(200):
            sources.mark(store, "said", f"old {number}")
        for end in ("", "-wal"):
            shutil.copyfile(tmp_path / f"live.db{end}", tmp_path / f"x.db{end}")
    path.write_bytes(b"nothing of a database" * 1000)
    kept = tmp_path / "aside" / "old.db"
    assert not backing.put_aside(path, kept)
    assert sorted(file.name for file in kept.parent.iterdir()) == ["old.db", "old.db-wal"]
    backing.put_back(new, path, sound=False)
    assert said(path, clock) == "new"
    backing.check(path)


def test_a_damaged_database_behind_a_link_is_replaced_where_it_lies(tmp_path: Path, clock: Clock) -> None:
    """On a disk of its own, say: the link stays, and its log, which SQLite keeps beside the file itself, is kept and then gone."""
    new = marked(tmp_path / "new.db", clock, "new")
    real, link = tmp_path / "disk" / "real.db", tmp_path / "x.db"
    real.parent.mkdir()
    real.write_bytes(b"nothing of a database" * 1000)
    real.with_name("real.db-wal").write_bytes(b"its log")
    link.symlink_to(real)
    kept = tmp_path / "aside" / "old.db"
    assert not backing.put_aside(link, kept)
    assert sorted(file.name for file in kept.parent.iterdir()) == ["old.db", "old.db-wal"]
    backing.put_back(new, link, sound=False)
    assert link.is_symlink()
    assert not real.with_name("real.db-wal").exists()
    assert said(real, clock) == "new"


def test_pages_of_another_size_are_put_back_too(tmp_path: Path, clock: Clock) -> None:
    path = marked(tmp_path / "x.db", clock, "old")
    new = tmp_path / "new.db"
    with closing(sqlite3.connect(new)) as connection:
        connection.execute("PRAGMA page_size = 8192")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE before (n INTEGER)")
    marked(new, clock, "new")
    backing.put_back(new, path, sound=True)
    assert said(path, clock) == "new"
