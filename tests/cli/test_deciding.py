"""A person decides by command: merge, split, undo, and decisions written out and read in; and what show and list tell of it."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.cli import main
from scraper.storage.lock import Lock
from tests.jobs.house import Item, jsonl, statement

from .conftest import Caller

SEOUL, TOKYO = statement("Seoul"), statement("Tokyo")
TIMES = "https://times.example"


@pytest.fixture
def home(fresh: Caller) -> Caller:
    """A home with a statement on two sites, and another statement."""
    take(fresh, SEOUL)
    take(fresh, TOKYO)
    take(fresh, SEOUL, TIMES)
    return fresh


def take(call: Caller, item: Item, base: str = "https://www.state.gov") -> None:
    assert call.home is not None
    file = jsonl(call.home / "in.jsonl", item, base=base)
    assert call("import", file).exit_code == 0


def statements(call: Caller) -> dict[int, int]:
    """How many pages show each statement."""
    return {row["id"]: row["sightings"] for row in call.json("statements", "list")}


def test_a_merge_and_its_undoing(home: Caller) -> None:
    assert statements(home) == {1: 2, 2: 1}
    told = home("statements", "merge", "1", "2", "--note", "one text", "--who", "kim")
    assert (told.exit_code, told.stdout) == (0, "Review 1: what it is about stands now in statement 1 of event 1.\n")
    assert statements(home) == {1: 3}
    assert home.json("statements", "show", "2")["id"] == 1
    (decided,) = home.json("statements", "show", "1")["reviews"]
    assert (decided["who"], decided["note"], decided["in_force"]) == ("kim", "one text", True)
    assert "1: merge by kim, " in home("statements", "show", "1").stdout
    told = home("reviews", "undo", "1", "--who", "lee", "--note", "they are two")
    assert told.stdout == "Review 2: what it is about stands now in statement 1, 3 of event 1, 3.\n"
    assert statements(home) == {1: 2, 3: 1}
    assert [(row["action"], row["who"], row["in_force"]) for row in home.json("reviews", "list")] == [
        ("merge", "kim", False), ("undo merge", "lee", True),
    ]  # fmt: skip
    people = home("reviews", "list").stdout
    assert "undone" in people
    assert "and 1 more" in people


def test_a_split_by_number_and_by_address(home: Caller) -> None:
    (copy,) = [seen for seen in home.json("statements", "show", "1")["sightings"] if seen["url"].startswith(TIMES)]
    assert home("statements", "split", "1", copy["article_id"]).exit_code == 0
    assert statements(home) == {1: 1, 2: 1, 3: 1}
    assert home("reviews", "undo", "1").exit_code == 0
    assert home("statements", "split", "1", copy["url"]).exit_code == 0
    assert sorted(statements(home).values()) == [1, 1, 1]


def test_events_likewise(home: Caller) -> None:
    assert home("events", "merge", "1", "2").exit_code == 0
    (row,) = home.json("events", "list")
    assert (row["statements"], row["pages"], row["missing"]) == (2, 3, ["JP", "KR"])
    shown = home.json("events", "show", "2")
    assert [one["id"] for one in shown["statements"]] == [1, 2]
    assert [side["party"] for side in shown["sides"]] == ["US", "JP", "KR"]
    assert shown["reviews"][0]["action"] == "merge"
    people = home("events", "show", "1").stdout
    assert "Tokyo: not seen after" in people
    assert "no source of it answered since" in people
    assert "Tokyo, Seoul" in home("events", "list").stdout or "Seoul, Tokyo" in home("events", "list").stdout
    assert home("events", "split", "1", "2").exit_code == 0
    assert len(home.json("events", "list", "--since", "2026-01-01")) == 2


def test_who_decides_is_the_login_name(home: Caller) -> None:
    CliRunner().invoke(main, ["--home", str(home.home), "statements", "merge", "1", "2"], env={"LOGNAME": "park", "USER": "other"})
    assert [row["who"] for row in home.json("reviews", "list")] == ["park"]


UNKNOWN = {
    ("statements", "merge", "1", "77"): "there is no statement 77",
    ("statements", "split", "77", "1"): "there is no statement 77",
    ("statements", "split", "1", "no-article"): "article no-article does not stand in statement 1",
    ("statements", "merge", "1", "1"): "give two statements, not one twice",
    ("events", "merge", "x", "1"): "there is no event x",
    ("events", "split", "1", "2"): "statement 2 is none of event 1",
    ("events", "show", "9"): "there is no event 9",
    ("reviews", "undo", "5"): "there is no review 5",
}


def test_what_is_unknown_is_one_sentence(home: Caller) -> None:
    for arguments, sentence in UNKNOWN.items():
        told = home(*arguments)
        assert (told.exit_code, told.stdout) == (2, ""), arguments
        assert sentence in told.stderr
        assert len(told.stderr.splitlines()) == 1


def test_decisions_go_to_another_home(home: Caller, tmp_path: Path) -> None:
    file, other = tmp_path / "decisions.jsonl", Caller(tmp_path / "other")
    assert home("statements", "merge", "1", "2", "--note", "한 문서").exit_code == 0
    assert home("statements", "split", "1", f"{TIMES}{SEOUL.path}").exit_code == 0
    assert home("reviews", "export", file).exit_code == 0
    assert [json.loads(line)["note"] for line in file.read_text("utf-8").splitlines()] == ["한 문서", ""]
    assert home("reviews", "export", "-").stdout == file.read_text("utf-8")
    assert Caller()("init", other.home).exit_code == 0
    for item, base in ((SEOUL, TIMES), (TOKYO, "https://www.state.gov")):
        take(other, item, base)
    assert other.json("reviews", "import", file) == {"read": 2, "new": 2}
    take(other, SEOUL)
    assert sorted(statements(other).values()) == sorted(statements(home).values()) == [1, 2]
    assert other("reviews", "import", file).stdout == "2 decisions read, 0 new.\n"
    assert other("reviews", "import", "-", stdin="nonsense\n").exit_code == 2
    broken = tmp_path / "broken"
    broken.write_bytes(b"\xff\xfe{")
    told = other("reviews", "import", broken)
    assert told.exit_code == 2
    assert "this is no UTF-8" in told.stderr


def test_decisions_work_beside_a_daemon_and_wait_for_a_writer(home: Caller) -> None:
    assert home.home is not None
    database = home.home / "db" / "trilateral.db"
    with Lock(database), closing(sqlite3.connect(database, isolation_level=None, check_same_thread=False)) as daemon:
        daemon.execute("BEGIN IMMEDIATE")
        daemon.execute("UPDATE marks SET value = value")
        later = threading.Timer(0.3, daemon.execute, ("COMMIT",))
        later.start()
        assert home("statements", "merge", "1", "2").exit_code == 0
        later.join()
        assert not daemon.in_transaction
    assert statements(home) == {1: 3}


def test_show_tells_how_it_knows(home: Caller) -> None:
    take(home, Item("/wrong", SEOUL.title, SEOUL.text.replace("2026", "2025", 1), SEOUL.at), "https://wrong.example")
    row = home.json("statements", "show", "1")
    assert [seen["grade"] for seen in row["sightings"]] == ["official", "verbatim", "verbatim"]
    assert {seen["share"] for seen in row["sightings"][:2]} == {1.0}
    assert [(one["kind"], one["lead"], one["copy"]) for seen in row["sightings"] for one in seen["contradictions"]] == [
        ("date", "July 9, 2026", "July 9, 2025"),
    ]  # fmt: skip
    people = home("statements", "show", "1").stdout
    for told in (
        "Lead: state.gov",
        "Languages: en 3",
        "100 %",
        "Contradicts the lead",
        "Washington: first",
        "Seoul: not seen after",
        "contains 100 % of the lead text",
    ):
        assert told in people, told
