"""backup and restore of a home: what stays, what is put aside, and what a kill leaves."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.errors import InputError, LockHeld, NotOurDatabase
from scraper.jobs import backing
from scraper.jobs.rooms import Home
from scraper.storage import backing as copies
from scraper.storage import sources
from scraper.storage.alerts import Alert, raise_once
from scraper.storage.lock import Lock
from scraper.storage.migrations import NAMES
from scraper.storage.store import Store
from tests.storage import first

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
STAMP = "20260701T083000Z"
CAPTURE = "kept-20260601T000000Z-1.warc.gz"


def clock() -> datetime:
    return NOW


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose database says "old", with a capture."""
    made = Home(tmp_path, tmp_path / "config", tmp_path / "db" / "trilateral.db")
    write(made.database, "old", 30)
    made.captures.mkdir()
    (made.captures / CAPTURE).write_bytes(b"captured")
    return made


def write(path: Path, word: str, rows: int) -> None:
    """A database that says a word, with so many rows of it."""
    with Store(path, clock) as store, store.transaction():
        sources.mark(store, "said", word)
        for number in range(rows):
            raise_once(store, Alert(f"disk:{word}:{number}", "disk", detail=word * 1000))


def said(path: Path) -> tuple[str, int, int]:
    """What a sound database says, how many of its rows say so, and how many there are."""
    copies.check(path)
    with closing(sqlite3.connect(path)) as connection:
        word = connection.execute("SELECT value FROM marks WHERE name = 'said'").fetchone()[0]
        rows = [row[0] for row in connection.execute("SELECT key FROM alerts")]
        return word, sum(row.startswith(f"disk:{word}:") for row in rows), len(rows)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def test_a_copy_lies_in_the_folder_of_backups_under_its_time(home: Home) -> None:
    saved = backing.save(home, clock)
    assert saved.path == home.backups / f"trilateral-{STAMP}.db"
    assert (saved.size, saved.captures, saved.gone) == (saved.path.stat().st_size, 0, ())
    assert said(saved.path) == ("old", 30, 30)


def test_the_latest_copies_of_a_kind_stay(home: Home) -> None:
    home.backups.mkdir()
    others = [
        "trilateral-before-0002_watching-x.db",
        "trilateral-replaced-20200101T000000Z.db",
        "notes.txt",
        "trilateral-20200101T000000Z.tar",
    ]
    for name in [*others, "trilateral-20200101T000000Z.db", "trilateral-20200102T000000Z.db", "trilateral-20200103T000000Z.db.part"]:
        (home.backups / name).write_text("x")
    assert backing.save(home, clock, keep=2).gone == ("trilateral-20200101T000000Z.db",)
    assert backing.save(home, clock, keep=2).gone == ("trilateral-20200102T000000Z.db",)
    assert backing.save(home, clock, keep=1).gone == (f"trilateral-{STAMP}.db", f"trilateral-{STAMP}-1.db")
    assert backing.save(home, clock, keep=1).path.name == f"trilateral-{STAMP}-3.db"
    assert names(home.backups) == sorted([*others, f"trilateral-{STAMP}-3.db"])


def test_a_copy_that_fails_costs_no_older_one(home: Home) -> None:
    kept = backing.save(home, clock).path
    with closing(sqlite3.connect(home.database)) as connection, connection:
        connection.execute("INSERT INTO participants VALUES (77, 'Jo', 'Minister', 'US')")
    with pytest.raises(NotOurDatabase):
        backing.save(home, clock, keep=1)
    assert names(home.backups) == [kept.name]


@pytest.mark.parametrize("name", ["-wal", "-shm", "-journal", ".lock", ".key"])
def test_a_copy_stands_in_no_place_of_the_database_itself(home: Home, name: str) -> None:
    output = home.database.with_name(home.database.name + name)
    output.unlink(missing_ok=True)
    with pytest.raises(InputError, match="of its own"):
        backing.save(home, clock, output=output)
    assert not output.exists()


def test_a_copy_replaces_nothing(home: Home, tmp_path: Path) -> None:
    (tmp_path / "mine.db").write_text("mine")
    for output in (tmp_path / "mine.db", home.database):
        with pytest.raises(InputError, match="is there already"):
            backing.save(home, clock, output=output)
    assert said(home.database)[0] == "old"


def test_there_must_be_something_to_copy_and_to_restore_from(home: Home, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file"):
        backing.restore(home, tmp_path / "none.db", clock)
    home.database.unlink()
    with pytest.raises(InputError, match="no database"):
        backing.save(home, clock)


def test_what_was_restored_is_there_and_what_was_there_is_kept(home: Home, tmp_path: Path) -> None:
    write(tmp_path / "new.db", "new", 500)
    restored = backing.restore(home, tmp_path / "new.db", clock)
    assert (restored.applied, restored.captures) == ((), 0)
    assert said(home.database) == ("new", 500, 500)
    assert restored.aside == home.backups / f"trilateral-replaced-{STAMP}.db"
    assert said(restored.aside) == ("old", 30, 30)
    again = backing.restore(home, restored.aside, clock)
    assert said(home.database) == ("old", 30, 30)
    assert again.aside
    assert said(again.aside) == ("new", 500, 500)
    assert names(home.folder) == ["backups", "captures", "trilateral.db"]


def test_the_first_versions_file_is_restored_as_todays(home: Home, tmp_path: Path) -> None:
    made = first.make(tmp_path / "old.db")
    assert backing.restore(home, tmp_path / "old.db", clock).applied == NAMES[1:]
    with Store(home.database, clock) as store:
        assert len(store.rows("SELECT * FROM articles")) == len(made["articles"])
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection:
        assert connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone() == (1,)


def test_a_home_without_a_database_gets_one(home: Home, tmp_path: Path) -> None:
    saved = backing.save(home, clock, output=tmp_path / "copy.db")
    fresh = Home(tmp_path / "far", tmp_path / "far" / "config", tmp_path / "far" / "db" / "trilateral.db")
    assert backing.restore(fresh, saved.path, clock).aside is None
    assert said(fresh.database) == ("old", 30, 30)


def test_a_damaged_database_is_kept_as_it_is_and_replaced(home: Home) -> None:
    saved = backing.save(home, clock)
    home.database.write_bytes(b"no database" * 999)
    restored = backing.restore(home, saved.path, clock)
    assert restored.aside
    assert restored.aside.read_bytes() == b"no database" * 999
    assert said(home.database) == ("old", 30, 30)


@pytest.mark.parametrize("content", [b"", b"no database" * 999, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_cannot_be_used_changes_nothing(home: Home, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.db").write_bytes(content)
    with pytest.raises(NotOurDatabase):
        backing.restore(home, tmp_path / "bad.db", clock)
    assert said(home.database) == ("old", 30, 30)
    assert names(home.folder) == ["captures", "trilateral.db"]


def test_nothing_is_restored_under_a_daemon(home: Home) -> None:
    saved = backing.save(home, clock)
    code = "import sys; from pathlib import Path; from scraper.storage.lock import Lock\nwith Lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home.database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockHeld, match=str(holder.pid)):
            backing.restore(home, saved.path, clock)
        assert backing.save(home, clock).path.exists()
    with Lock(home.database):
        pass


def test_captures_come_along_and_the_longer_one_stays(home: Home, tmp_path: Path) -> None:
    other = "rest-20260602T000000Z-1.warc.gz"
    (home.captures / other).write_bytes(b"more")
    (home.captures / "notes.txt").write_text("not ours")
    saved = backing.save(home, clock, captures=True)
    assert (saved.path.name, saved.captures) == (f"trilateral-{STAMP}.tar", 2)
    assert saved.path.stat().st_mode & 0o777 == 0o600
    with tarfile.open(saved.path) as packed:
        assert packed.getnames() == ["trilateral.db", f"captures/{CAPTURE}", f"captures/{other}"]
    assert names(home.backups) == [saved.path.name]
    (home.captures / CAPTURE).write_bytes(b"captured and more since")
    (home.captures / other).unlink()
    restored = backing.restore(home, saved.path, clock)
    assert restored.captures == 1
    assert (home.captures / CAPTURE).read_bytes() == b"captured and more since"
    assert (home.captures / other).read_bytes() == b"more"
    assert said(home.database) == ("old", 30, 30)


def test_a_tar_file_writes_nothing_elsewhere(home: Home, tmp_path: Path) -> None:
    saved = backing.save(home, clock, captures=True)
    (tmp_path / "evil").write_text("evil")
    with tarfile.open(saved.path, "a") as packed:
        for name in (f"captures/../../{CAPTURE}", f"/{CAPTURE}", "captures/evil", f"captures/deep/{CAPTURE}"):
            packed.add(tmp_path / "evil", name)
    (home.captures / CAPTURE).unlink()
    assert backing.restore(home, saved.path, clock).captures == 1
    assert names(home.captures) == [CAPTURE]
    assert (home.captures / CAPTURE).read_bytes() == b"captured"


def test_a_database_of_another_name_is_copied_and_restored(home: Home, tmp_path: Path) -> None:
    other = Home(home.root, home.config, home.folder / "watch [1].sqlite")
    write(other.database, "new", 3)
    kept = [backing.save(other, clock, captures=captures).path for captures in (False, True)]
    assert [path.name for path in kept] == [f"watch [1]-{STAMP}.db", f"watch [1]-{STAMP}.tar"]
    (home.backups / "trilateral-before-0002_watching-x.db.part").touch()
    assert backing.save(other, clock, keep=1).gone == (kept[0].name,)
    assert (home.backups / "trilateral-before-0002_watching-x.db.part").exists()
    for number, path in enumerate([*kept[1:], backing.save(other, clock).path]):
        write(other.database, f"newer {number}", 2)
        backing.restore(other, path, clock)
        assert said(other.database) == ("new", 3, 3)


def test_a_tar_file_of_something_else_changes_nothing(home: Home, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "other.tar", "w") as packed:
        packed.add(home.captures / CAPTURE, "letter.txt")
    with pytest.raises(InputError, match="no backup of this program"):
        backing.restore(home, tmp_path / "other.tar", clock)
    assert said(home.database) == ("old", 30, 30)


def killed(home: Home, file: Path, step: int) -> bool:
    """Restore in a process of its own; tell whether it was killed at that step, or had ended before."""
    command = [sys.executable, str(Path(__file__).with_name("restoring.py")), str(home.root), str(file), str(step)]
    run = subprocess.run(
        command, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120
    )
    assert run.returncode in {0, -signal.SIGKILL}, run.stderr
    return run.returncode != 0


def test_a_kill_at_any_step_leaves_the_old_or_the_new(home: Home, tmp_path: Path) -> None:
    write(tmp_path / "new.db", "new", 100)
    whole = {"old": (30, 30), "new": (100, 100)}
    seen, step = [], 1
    while killed(home, tmp_path / "new.db", step):
        word, *rows = said(home.database)
        assert tuple(rows) == whole[word]
        seen.append(word)
        kept = {said(path)[0] for path in home.backups.glob("trilateral-replaced-*.db")}
        assert word == "old" or "old" in kept
        step += 1
    assert said(home.database) == ("new", 100, 100)
    assert len(seen) > 8
    assert seen == sorted(seen, reverse=True)
    assert not (home.folder / backing.STAGING).exists()


def test_a_kill_while_a_damaged_database_is_replaced_loses_nothing(home: Home, tmp_path: Path) -> None:
    write(tmp_path / "new.db", "new", 100)
    damaged = b"no database" * 999
    home.database.write_bytes(damaged)
    step = 1
    while killed(home, tmp_path / "new.db", step):
        if home.database.read_bytes() != damaged:
            assert said(home.database) == ("new", 100, 100)
            assert damaged in [path.read_bytes() for path in home.backups.glob("trilateral-replaced-*.db")]
        step += 1
    assert step > 4
    assert said(home.database) == ("new", 100, 100)
