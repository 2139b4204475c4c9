"""The table of questions, typed by hand into the search box of the first page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.search.library import QUERIES, build, title


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    return serve(build(tmp_path_factory.mktemp("library")))


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page()
    yield made
    made.close()


@pytest.mark.parametrize("row", QUERIES, ids=[row["q"] for row in QUERIES])
def test_what_is_typed_into_the_box_finds_what_it_should(page: Page, address: str, row: dict[str, Any]) -> None:
    page.goto(address)
    page.get_by_role("searchbox").fill(row["q"])
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    assert parse_qs(urlsplit(page.url).query)["q"] == [row["q"]]
    found = {heading.strip() for heading in page.get_by_role("main").locator("h3").all_inner_texts()}
    assert {title(key) for key in row["find"]} <= found
    assert not {title(key) for key in row["not"]} & found
    if row.get("only"):
        assert found == {title(key) for key in row["find"]}


def test_a_find_leads_to_its_statement_and_back_by_the_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=해저케이블")
    link = page.get_by_role("main").get_by_role("article").get_by_role("link").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title("ko_cable"))


@pytest.mark.parametrize("width", [320, 1280])
def test_results_fit_and_say_their_words(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/search?q=한미일 공동성명")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("mark").first).to_be_visible()
    assert page.get_by_role("searchbox").input_value() == "한미일 공동성명"
