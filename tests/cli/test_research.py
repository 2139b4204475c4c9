"""cite, export and report as an analyst calls them."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from .conftest import Caller


@pytest.fixture
def joint(filled: Caller) -> int:
    """The joint statement of the press room."""
    return int(
        next(
            row["id"]
            for row in filled.json("statements", "list")
            if row["kind"] == "joint_statement" and row["level"] == "foreign_ministers"
        )
    )


@pytest.fixture
def month(filled: Caller, joint: int) -> str:
    return str(filled.json("statements", "show", joint)["date"])[:7]


# --- cite


def test_a_footnote_is_what_is_given(filled: Caller, joint: int) -> None:
    result = filled("cite", joint)
    assert result.exit_code == 0
    assert re.fullmatch(r".+, “Joint Statement .+,” press release, [A-Z][a-z]+ \d+, \d{4}, http://\S+, accessed .+ UTC\.\n", result.stdout)


@pytest.mark.parametrize(
    ("form", "begins"), [("bibtex", "@online{trilateral-"), ("ris", "TY  - ELEC\r\n"), ("csl", "[\n  {"), ("chicago", "")]
)
def test_other_forms(filled: Caller, joint: int, form: str, begins: str) -> None:
    result = filled("cite", joint, "--format", form)
    assert result.exit_code == 0
    assert result.stdout_bytes.decode().startswith(begins)


def test_several_statements_each_once(filled: Caller) -> None:
    ids = [row["id"] for row in filled.json("statements", "list")]
    items = json.loads(filled("cite", *ids, ids[0], "--format", "csl").stdout)
    assert [item["id"] for item in items] == [f"trilateral-{number}" for number in ids]
    assert {item["language"] for item in items} >= {"en", "ko", "ja"}


@pytest.mark.parametrize("key", ["999999", "x", "-1", "9" * 40])
def test_a_statement_that_there_is_not(filled: Caller, key: str) -> None:
    result = filled("cite", "--", key)
    assert result.exit_code == 2
    assert "no statement" in result.stderr


# --- export


def test_a_file_that_stands_by_itself(filled: Caller, tmp_path: Path) -> None:
    told = filled.json("export", tmp_path / "x.sqlite")
    assert told["bytes"] == (tmp_path / "x.sqlite").stat().st_size
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM statements").fetchone() == (told["rows"]["statements"],)
        assert connection.execute("SELECT count(*) FROM articles WHERE text IS NOT NULL AND NOT official").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM articles WHERE text IS NOT NULL AND official").fetchone()[0] > 3


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_folder_of_chosen_tables(filled: Caller, tmp_path: Path, form: str) -> None:
    result = filled("export", tmp_path / "out", "--format", form, "--table", "events", "--table", "statements", "--since", "1990-01-01")
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["datapackage.json", f"events.{form}", f"statements.{form}"]
    assert re.search(r"\d+ events, \d+ statements \(\d+ kB\)\.", result.stdout)
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("/nonexistent/x",), "there is no folder /nonexistent"),
        (("x", "--since", "yesterday"), "must be a day"),
        (("x", "--since", "2026-09-1'; --"), "must be a day"),
        (("x", "--since", "2026-02-30"), "must be a day"),
        (("x", "--since", "2026-13"), "must be a day"),
        (("x", "--since", "0000"), "must be a day"),
        (("x", "--table", "alerts"), "'alerts' is not"),
        (("x", "--format", "xlsx"), "'xlsx' is not"),
        ((), "Missing argument"),
    ],
)
def test_what_cannot_be_exported_is_a_sentence(filled: Caller, arguments: tuple[str, ...], said: str) -> None:
    result = filled("export", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_what_is_there_is_replaced_only_when_asked(filled: Caller, tmp_path: Path) -> None:
    output = tmp_path / "x.sqlite"
    assert filled("export", output).exit_code == 0
    again = filled("export", output)
    assert (again.exit_code, "--replace" in again.stderr) == (2, True)
    assert filled("export", output, "--replace").exit_code == 0
    assert filled("export", filled.home / "db" / "trilateral.db", "--replace").exit_code == 2  # type: ignore[operator]


@pytest.mark.parametrize("command", [("initiatives", "export"), ("reviews", "export")])
def test_other_exports_to_nowhere_are_a_fault_of_usage(filled: Caller, command: tuple[str, str]) -> None:
    result = filled(*command, "/nonexistent/x")
    assert result.exit_code == 2
    assert "/nonexistent/x" in result.stderr


# --- report


def test_a_month_is_told(filled: Caller, month: str, joint: int) -> None:
    result = filled("report", "--month", month)
    assert result.exit_code == 0
    assert result.stdout.startswith("# Statements of ")
    assert f"[^s{joint}]: " in result.stdout
    assert "## New initiatives\n" in result.stdout
    assert "## Coverage\n" in result.stdout
    assert filled("report", "--month", month).stdout == result.stdout


@pytest.mark.parametrize(("language", "head"), [("ko", "## 새 이니셔티브"), ("ja", "## 新しいイニシアティブ")])
def test_in_the_readers_language(filled: Caller, month: str, language: str, head: str) -> None:
    result = filled("report", "--month", month, "--language", language)
    assert head in result.stdout
    assert "Joint Statement" in result.stdout


def test_into_a_file(filled: Caller, month: str, tmp_path: Path) -> None:
    output = tmp_path / "month.md"
    assert filled("report", "--month", month, "--output", output).stdout == ""
    assert output.read_text("utf-8") == filled("report", "--month", month).stdout
    assert list(tmp_path.iterdir()) == [output]


def test_a_month_with_nothing_and_the_last_one(filled: Caller) -> None:
    assert "Nothing was said in this month" in filled("report", "--month", "1987-03").stdout
    assert filled("report").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--month", "2999-01"), "has not begun"),
        (("--month", "2026-13"), "is no month"),
        (("--month", "2026"), "is no month"),
        (("--month", "0000-01"), "is no month"),
        (("--month", "1999-01", "--output", "/nonexistent/x.md"), "cannot be written"),
        (("--language", "fr"), "'fr' is not"),
    ],
)
def test_what_is_no_report(filled: Caller, arguments: tuple[str, ...], said: str) -> None:
    result = filled("report", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
