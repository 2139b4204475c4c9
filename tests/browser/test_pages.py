"""Datasette as an analyst sees it: a real server, a real browser."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Literal

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


def test_a_search_from_the_table_of_queries_leads_to_the_article(page: Page, address: str) -> None:
    page.goto(f"{address}/trilateral/search_everything?q=한미일")
    row = page.get_by_role("row").filter(has_text="한미일 외교장관회의 공동성명")
    row.get_by_role("link", name="articles/2").click()
    expect(page).to_have_url(f"{address}/trilateral/articles/2")
    expect(page.locator("table.rows-and-columns")).to_contain_text("북한의 비핵화를 논의하였다")


def test_the_front_page_searches(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("searchbox").fill("한미일")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=%ED%95%9C%EB%AF%B8%EC%9D%BC$"))


def test_the_search_box_of_a_table_leads_to_a_row(page: Page, address: str) -> None:
    page.goto(f"{address}/trilateral/articles")
    page.locator("input[name=_search]").fill("한미일")
    page.locator("input[name=_search]").press("Enter")
    links = page.locator("td.col-id a")
    expect(links).to_have_count(1)
    links.click()
    expect(page).to_have_url(f"{address}/trilateral/articles/2")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("articles"))


def test_the_proof_of_a_new_initiative_is_on_the_front_page_and_leads_into_the_statement(page: Page, address: str) -> None:
    page.goto(address)
    card = page.get_by_role("article").filter(has_text="announced the launch")
    expect(card.locator("blockquote")).to_have_text("The ministers announced the launch of a Trilateral Harbour Partnership.")
    card.get_by_role("link", name="in the statement").click()
    expect(page).to_have_url(f"{address}/statement/1#m1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Joint Statement on the Busan meeting")


def test_markup_in_an_article_does_not_run(page: Page, address: str) -> None:
    page.goto(f"{address}/trilateral/articles/1")
    expect(page.locator("td.col-text")).to_contain_text("<b>missiles</b>")
    expect(page.locator("td.col-text b")).to_have_count(0)


DATASETTES = ("/trilateral", "/trilateral/articles", "/trilateral/statements_timeline", "/trilateral/flags/1", "/trilateral?sql=select+1")
OURS = ("/", "/event/1", "/statement/1", "/article/1", "/compare/1/2")


@pytest.mark.parametrize("path", [*OURS, *DATASETTES])
def test_no_script_of_a_page_fails_and_no_policy_is_broken(page: Page, address: str, path: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    answer = page.goto(address + path)
    assert answer is not None
    assert answer.status == 200
    assert faults == []


def test_the_editor_of_queries_and_the_menus_of_columns_work(page: Page, address: str) -> None:
    page.goto(f"{address}/trilateral?sql=select+1")
    expect(page.locator(".CodeMirror")).to_be_visible()
    page.goto(f"{address}/trilateral/articles")
    page.locator("th .dropdown-menu-icon").first.click()
    expect(page.locator(".dropdown-menu")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", [*OURS, "/nothing"])
def test_a_page_of_ours_fits(browser: Browser, address: str, path: str, width: int, scheme: Literal["light", "dark"]) -> None:
    with closing(browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)) as context:
        page = context.new_page()
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
            "rgb(247, 246, 243)" if scheme == "light" else "rgb(21, 23, 26)"
        )


@pytest.mark.parametrize("path", OURS)
def test_headings_are_in_order_and_every_control_has_a_name(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map(one => Number(one.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id).filter((id, at, all) => all.indexOf(id) !== at)") == []
    for control in page.locator("a, button, input, summary, [tabindex='0']").all():
        assert control.evaluate("one => (one.ariaLabel || one.textContent || one.labels?.[0]?.textContent || '').trim()") != ""


def test_the_first_key_leads_past_the_navigation(page: Page, address: str) -> None:
    page.goto(f"{address}/statement/1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main a").first).to_be_focused()


def test_a_table_that_is_too_wide_scrolls_by_keyboard_in_its_own_box(browser: Browser, address: str) -> None:
    with closing(browser.new_context(viewport={"width": 320, "height": 800})) as context:
        page = context.new_page()
        page.goto(f"{address}/event/1")
        box = page.get_by_role("region", name="Statements of this event")
        box.focus()
        expect(box).to_be_focused()
        page.evaluate(
            "() => { window.moved = new Promise(told => document.activeElement.addEventListener('scroll', () => told(true), {once: true})) }"
        )
        page.keyboard.press("ArrowRight")
        assert page.evaluate("() => window.moved")
