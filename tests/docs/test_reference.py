"""The pages on the database and the commands say what the code does, and every table, view and column is described."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import click
import pytest

from scraper.cli import main
from scraper.cli.main import FILES
from tests import reference

ROOT = Path(__file__).parents[2]
TABLES = {table.name: table for table in reference.tables()}
PAGES = sorted([*ROOT.glob("docs/**/*.md"), ROOT / "README.md"])
MEASURED = re.compile(r"(?:_minutes|_hours|_days|_bytes|_seconds)$|^(?:minutes|interval|offset|length)$")


@pytest.mark.parametrize("path", reference.pages(), ids=lambda path: path.name)
def test_the_generated_pages_are_as_the_code_is(path: Path) -> None:
    stale = path.read_text("utf-8") != reference.pages()[path]
    assert not stale, f"{path.name} is stale: run make docs"


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_and_column_is_described(name: str) -> None:
    table = TABLES[name]
    assert table.said.get("description"), f"db/metadata.json says nothing of {name}"
    assert [column for column, *_, meant in table.columns if not meant] == []


@pytest.mark.parametrize("name", sorted(name for name in TABLES if not name.endswith("_fts")))
def test_what_is_measured_has_a_unit(name: str) -> None:
    said = TABLES[name].said
    told = said.get("units", {})
    columns = [column for column, sort, *_ in TABLES[name].columns if MEASURED.search(column)]
    assert [column for column in columns if column not in told and "character" not in said["columns"][column]] == []


def test_every_table_that_is_drawn_is_there() -> None:
    assert [name for names in (*reference.DRAWN, *reference.OF_KIND.values()) for name in names if name not in TABLES] == []


def test_every_command_is_read_from_the_file_that_has_it() -> None:
    files = sorted((ROOT / "scraper" / "cli").glob("*.py"))
    made = {file.stem: getattr(import_module(f"scraper.cli.{file.stem}"), "COMMANDS", ()) for file in files}
    assert {command.name: file for file, commands in made.items() for command in commands} == {
        name: files[0] for name, files in FILES.items()
    }
    assert set(main.list_commands(click.Context(main))) == set(FILES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    linked = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text("utf-8"))
    assert [target for target in linked if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_are_written_of_exist(page: Path) -> None:
    named = re.findall(r"`trilateral (?:--[a-z]+ \S+ )*([a-z][a-z-]+)", page.read_text("utf-8"))
    assert set(named) <= set(FILES)
