"""The pages of initiatives, sources, coverage and charts in a real browser: telephone and desk, light and dark, by keyboard and without colour."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.showroom import build

PATHS = ("/initiative/trilateral-harbour-partnership", "/initiative/trilateral-secretariat", "/source/us", "/source/kr", "/coverage?month=2026-03", "/coverage/2026-03-01", "/charts?since=all")  # fmt: skip
CONTRAST = """() => {
  const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b };
  const written = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.getClientRects().length && e.tagName !== 'title';
  return [...document.querySelectorAll('main *')].filter(written).map(e => {
    let back = e; while (getComputedStyle(back).backgroundColor === 'rgba(0, 0, 0, 0)') back = back.parentElement;
    const own = getComputedStyle(e), colour = e instanceof SVGElement ? own.fill : own.color;
    const [a, b] = [light(colour), light(getComputedStyle(back).backgroundColor)].sort((x, y) => y - x);
    return [(a + .05) / (b + .05), e.tagName + ' ' + e.textContent.slice(0, 40)] }).filter(one => one[0] < 4.5) }"""
BARS = """() => [...document.querySelectorAll('.strips rect, .strips line')].map(e => {
  const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b };
  const own = getComputedStyle(e), [a, b] = [light(own.stroke === 'none' ? own.fill : own.stroke), light(getComputedStyle(document.body).backgroundColor)].sort((x, y) => y - x);
  return (a + .05) / (b + .05) })"""
COVERED = """() => [...document.querySelectorAll('.axis')].flatMap(axis => { const words = [...axis.querySelectorAll('text')].map(e => e.getBoundingClientRect()).filter(r => r.width);
  return words.slice(1).map((r, at) => r.left - words[at].right) }).filter(gap => gap < 0)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    more = """INSERT INTO polls (source_id, started_at, finished_at, outcome, http_status, entries, new)
      SELECT s.id, strftime('%Y-%m-%dT01:00:00Z', 'now', '-1 day'), strftime('%Y-%m-%dT01:00:05Z', 'now', '-1 day'), CASE s.id WHEN 'jp' THEN 'http' ELSE o.value END, 200, 0, 0
      FROM sources s, json_each('["ok", "http"]') o;
      INSERT INTO formulae (formula, variant, statement_id, sentence) VALUES ('one', 'weak', 2, 'x'), ('two', 'strong', 1, 'x');"""
    return serve(build(tmp_path_factory.mktemp("lives") / "home", more))


@pytest.fixture(
    params=[(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")], ids=lambda shape: f"{shape[0]}-{shape[1]}"
)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    shape: tuple[int, Literal["light", "dark"]] = request.param
    with closing(browser.new_context(viewport={"width": shape[0], "height": 800}, color_scheme=shape[1])) as context:
        yield context.new_page()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_and_can_be_read_and_breaks_no_policy(page: Page, address: str, path: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    answer = page.goto(address + path)
    assert answer is not None
    assert answer.status == 200
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(CONTRAST) == []
    assert faults == []


def test_bars_are_seen_and_words_of_an_axis_do_not_meet(page: Page, address: str) -> None:
    page.goto(f"{address}/charts?since=all")
    bars = page.evaluate(BARS)
    assert len(bars) > 20
    assert min(bars) >= 3  # WCAG 2.2, 1.4.11
    assert page.evaluate(COVERED) == []
    assert page.locator(".cross").count() == 1


def test_a_day_is_reached_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/coverage?month=2026-03")
    page.get_by_role("link", name=re.compile("^2026-03-01: ")).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=re.compile("^2026-03-02: "))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/coverage/2026-03-02")
    page.get_by_role("link", name="← 2026-03-01").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sunday, 1 March 2026")


def test_an_initiative_and_a_formula_are_chosen_without_losing_the_other(page: Page, address: str) -> None:
    page.goto(f"{address}/charts?since=all")
    page.get_by_label("Initiative", exact=True).select_option("trilateral-harbour-partnership")
    page.get_by_role("button", name="Show").first.click()
    page.get_by_label("Formula", exact=True).select_option("two")
    page.get_by_role("button", name="Show").last.click()
    expect(page).to_have_url(f"{address}/charts?initiative=trilateral-harbour-partnership&since=all&formula=two#formula")
    expect(page.get_by_label("Initiative", exact=True)).to_have_value("trilateral-harbour-partnership")


def test_the_way_to_a_decision_is_told_to_whoever_is_not_signed_in(page: Page, address: str) -> None:
    page.goto(f"{address}/initiative/trilateral-harbour-partnership")
    page.get_by_role("link", name="list of what waits").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to decide")
