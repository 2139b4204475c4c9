"""Datasette as an analyst sees it: a real server, a real browser."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scraper.storage.store import Store
from scraper.text import spaced

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our configuration beside a database with the rows of the Datasette tests."""
    made = tmp_path_factory.mktemp("home") / "db"
    shutil.copytree(ROOT / "db", made, ignore=shutil.ignore_patterns("*.db*", "__pycache__", "captures", "backups"))
    Store(made / "trilateral.db", lambda: datetime(2026, 3, 2, tzinfo=UTC)).close()
    with closing(sqlite3.connect(made / "trilateral.db")) as connection, connection:
        connection.executescript((ROOT / "tests" / "datasette" / "sample.sql").read_text("utf-8"))
        connection.create_function("spaced", 1, spaced)
        connection.execute("INSERT INTO articles_fts (rowid, title, text) SELECT id, spaced(title), spaced(text) FROM articles")
    return made


@pytest.fixture(scope="module")
def address(folder: Path, serve: Callable[[Path], str]) -> str:
    return serve(folder)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A tab of a headless browser."""
    made = browser.new_page()
    yield made
    made.close()


def test_a_search_from_the_front_page_leads_to_the_article(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Search everything").fill("한미일")
    page.get_by_role("button", name="Search").click()
    row = page.get_by_role("row").filter(has_text="한미일 외교장관회의 공동성명")
    row.get_by_role("link", name="articles/2").click()
    expect(page).to_have_url(f"{address}/trilateral/articles/2")
    expect(page.locator("table.rows-and-columns")).to_contain_text("북한의 비핵화를 논의하였다")


def test_the_search_box_of_a_table_leads_to_a_row(page: Page, address: str) -> None:
    page.goto(f"{address}/trilateral/articles")
    page.locator("input[name=_search]").fill("한미일")
    page.locator("input[name=_search]").press("Enter")
    links = page.locator("td.col-id a")
    expect(links).to_have_count(1)
    links.click()
    expect(page).to_have_url(f"{address}/trilateral/articles/2")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("articles"))


def test_the_proof_of_a_new_initiative_is_two_clicks_away(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="new initiatives", exact=True).click()
    expect(page.locator("td.col-proof")).to_have_text("The ministers announced the launch of a Trilateral Harbour Partnership.")
    page.locator("td.col-row a").click()
    expect(page.locator("td.col-name")).to_contain_text("Trilateral Harbour Partnership")


def test_markup_in_an_article_does_not_run(page: Page, address: str) -> None:
    page.goto(f"{address}/trilateral/articles/1")
    expect(page.locator("td.col-text")).to_contain_text("<b>missiles</b>")
    expect(page.locator("td.col-text b")).to_have_count(0)


def test_no_script_of_a_page_fails(page: Page, address: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for path in ("", "/trilateral", "/trilateral/articles", "/trilateral/statements_timeline", "/trilateral/flags/1"):
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.status == 200
    assert faults == []
