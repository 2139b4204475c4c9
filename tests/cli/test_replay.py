"""replay: the command, what it prints, its lock, and what is left of it when it is cut off."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from scraper.storage.lock import Lock
from scraper.storage.replaying import SUFFIX

from .conftest import Caller


@pytest.fixture
def own(filled: Caller, tmp_path: Path) -> Caller:
    """The command on a copy of the filled home."""
    assert filled.home is not None
    shutil.copytree(filled.home, tmp_path / "home")
    return Caller(tmp_path / "home")


def database(call: Caller) -> Path:
    assert call.home is not None
    return call.home / "db" / "trilateral.db"


def dump(call: Caller) -> list[str]:
    with closing(sqlite3.connect(database(call))) as connection:
        return list(connection.iterdump())


def spoil(call: Caller) -> None:
    with closing(sqlite3.connect(database(call))) as connection, connection:
        connection.execute("UPDATE flags SET superseded_at = '2026-01-01T00:00:00Z' WHERE kind = 'new_initiative'")


def raised(call: Caller) -> list[tuple[int, str, str]]:
    with closing(sqlite3.connect(database(call))) as connection:
        return connection.execute("SELECT id, key, raised_at FROM alerts ORDER BY id").fetchall()


def test_what_was_polled_is_concluded_again(own: Caller) -> None:
    before = dump(own)
    told = own("replay")
    assert told.exit_code == 0, told.stderr
    assert told.stdout.splitlines()[-1] == "No difference."
    assert told.stderr == ""
    assert dump(own) == before


def test_a_difference_is_told_and_written_only_when_asked(own: Caller) -> None:
    alerts = raised(own)
    spoil(own)
    before = dump(own)
    found = own.json("replay")
    assert found["counts"]["flags"]["new"] == len(found["changes"]) > 0
    assert all(change["subject"].startswith("new_initiative: ") for change in found["changes"])
    text = own("replay").stdout
    assert found["changes"][0]["subject"] in text
    assert "--apply writes it" in text
    assert dump(own) == before

    done = own("replay", "--apply")
    assert done.stdout.splitlines()[-1] == "The database says so now; nothing was alerted."
    assert own.json("replay") == {**found, "counts": {}, "changes": []}
    assert raised(own) == alerts


def test_without_the_registry(own: Caller) -> None:
    before = dump(own)
    found = own.json("replay", "--registry", "none")
    assert any(change["section"] == "initiatives" for change in found["changes"])
    assert dump(own) == before


def test_since(own: Caller) -> None:
    spoil(own)
    assert own.json("replay", "--since", "2999-01-01")["changes"] == []
    assert own("replay", "--since", "spring").exit_code == 2


def test_what_does_not_go_together_is_refused(own: Caller) -> None:
    for more in (("--registry", "none"), ("--since", "2026-01-01")):
        told = own("replay", "--apply", *more)
        assert told.exit_code == 2
        assert "leave out --since and --registry" in told.stderr


def test_it_waits_for_no_daemon(own: Caller) -> None:
    with Lock(database(own)):
        assert own("replay").exit_code == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_cut_off_at_work_it_leaves_nothing(own: Caller, number: signal.Signals) -> None:
    spoil(own)
    before, lock = dump(own), database(own).with_name("trilateral.db.lock")
    lock.write_text("")
    command = [Path(sys.executable).with_name("trilateral"), "--home", str(own.home), "replay", "--apply"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = monotonic() + 60
    while not lock.read_text() and process.poll() is None:
        assert monotonic() < until
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode != 0
    assert dump(own) == before
    assert json.loads(own("replay", "--json").stdout)["counts"].keys() == {"flags"}
    assert [path.name for path in database(own).parent.iterdir() if SUFFIX in path.name] == []


def test_what_apply_would_not_write_is_not_promised(own: Caller) -> None:
    spoil(own)
    assert own("replay").stdout.endswith("Nothing was changed: --apply writes it.\n")
    assert own("replay", "--registry", "none").stdout.endswith("\nNothing was changed.\n")
    since = own("replay", "--since", "2000-01-01").stdout
    assert since.endswith("\nNothing was changed: --apply, without --since, writes it and what is of earlier statements.\n")
