"""backup and restore: what they print, and their exit codes."""

from __future__ import annotations

from pathlib import Path

from scraper.storage.lock import Lock
from tests.storage import first

from .conftest import Caller


def counted(call: Caller) -> int:
    """How many sources the database of a home holds."""
    return len(call.json("sources", "list"))


def test_a_copy_is_made_and_restored(fresh: Caller) -> None:
    before = counted(fresh)
    saved = fresh.json("backup")
    path = Path(saved["path"])
    assert path.parent == fresh.home / "db" / "backups"
    assert (saved["bytes"], saved["captures"], saved["gone"]) == (path.stat().st_size, 0, [])
    (fresh.home / "db" / "trilateral.db").write_bytes(b"spoiled" * 1000)
    assert fresh("sources", "list").exit_code == 2
    told = fresh("restore", path)
    assert told.exit_code == 0
    assert f"trilateral.db is what {path} holds." in told.stdout
    assert "What was there before is" in told.stdout
    assert counted(fresh) == before


def test_a_copy_with_captures_says_how_many(fresh: Caller, tmp_path: Path) -> None:
    counted(fresh)
    told = fresh("backup", "--captures", "--output", tmp_path / "all.tar")
    assert told.exit_code == 0
    assert str(tmp_path / "all.tar") in told.stdout
    (fresh.home / "db" / "trilateral.db").unlink()
    assert fresh.json("restore", tmp_path / "all.tar") == {
        "restored": str(fresh.home / "db" / "trilateral.db"), "aside": None, "migrations": [], "captures": 0,
    }  # fmt: skip


def test_older_copies_go_and_are_named(fresh: Caller) -> None:
    counted(fresh)
    kept = [fresh.json("backup", "--keep", 2)["path"] for _ in range(3)]
    assert [Path(path).exists() for path in kept] == [False, True, True]
    assert f"Older copies that went: {Path(kept[1]).name}, {Path(kept[2]).name}" in fresh("backup", "--keep", 1).stdout


def test_the_first_versions_file_is_brought_up(fresh: Caller, tmp_path: Path) -> None:
    first.make(tmp_path / "old.db")
    told = fresh("restore", tmp_path / "old.db")
    assert "It was brought up to this version: 0002_watching" in told.stdout
    assert [row["title"] for row in fresh.json("statements", "list")] == ["Joint Statement of the Ministers"]
    assert "Harbour Partnership" in fresh("initiatives", "show", "harbour-partnership").stdout


def test_exit_codes(fresh: Caller, tmp_path: Path) -> None:
    assert fresh("backup").exit_code == 2
    counted(fresh)
    saved = fresh.json("backup")["path"]
    assert fresh("backup", "--output", saved).exit_code == 2
    assert fresh("backup", "--keep", 0).exit_code == 2
    assert fresh("restore", tmp_path / "none.db").exit_code == 2
    with Lock(fresh.home / "db" / "trilateral.db"):
        held = fresh("restore", saved)
        assert held.exit_code == 3
        assert "another instance" in held.stderr
        assert fresh("backup").exit_code == 0
