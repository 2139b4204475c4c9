"""The lock beside the database, between processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.errors import DatabaseFull, LockHeld
from scraper.storage.lock import Lock

HOLD = (
    "import sys; from pathlib import Path; from scraper.storage.lock import Lock\n"
    "with Lock(Path(sys.argv[1])):\n"
    "    print('held', flush=True); sys.stdin.readline()\n"
)


def holder(database: Path) -> subprocess.Popen[str]:
    """Another process that has the lock until its standard input ends."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_the_lock_of_another_process_is_refused_with_its_number(tmp_path: Path) -> None:
    with holder(tmp_path / "x.db") as process:
        with pytest.raises(LockHeld, match=f"process {process.pid}"), Lock(tmp_path / "x.db"):
            pass
        process.communicate("go\n", timeout=30)
    with Lock(tmp_path / "x.db") as mine:
        assert mine.path.read_text() == f"{os.getpid()}\n"


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    with holder(tmp_path / "x.db") as process:
        process.kill()
        process.communicate(timeout=30)
    with Lock(tmp_path / "x.db"):
        pass


def test_it_is_freed_when_the_block_is_left_and_counts_in_one_process_too(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "deep" / "x.db")
    for _ in range(2):
        with lock, pytest.raises(LockHeld, match=str(os.getpid())), Lock(tmp_path / "deep" / "x.db"):
            pass
    assert lock.path.name == "x.db.lock"


def test_two_databases_have_two_locks(tmp_path: Path) -> None:
    with Lock(tmp_path / "x.db"), Lock(tmp_path / "y.db"):
        pass


def test_a_lock_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseFull, match=r"x\.db\.lock"), Lock(tmp_path / "file" / "x.db"):
        pass
    (tmp_path / "y.db.lock").mkdir()
    with pytest.raises(DatabaseFull, match=r"y\.db\.lock"), Lock(tmp_path / "y.db"):
        pass
