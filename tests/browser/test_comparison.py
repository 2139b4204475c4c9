"""The page of a comparison in a real browser: narrow and wide, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from scraper.config import defaults_folder, load
from scraper.model.wording import Worded
from scraper.parties import Parties
from scraper.stages.wording import Formulary, compare, render_html

ENGLISH = Worded(
    1,
    "The leaders met on the island. They support the complete denuclearization of the Korean Peninsula and the safety of every harbour. "
    "They oppose any unilateral attempts to change the status quo by force or coercion.",
    "en", date="2140-01-01", title="Joint Statement " + "of the Leaders " * 8, url="https://example.org/" + "a" * 300, level="leaders", kind="joint_statement", side="joint",
)  # fmt: skip
ENGLISH_AFTER = replace(
    ENGLISH,
    id=2,
    date="2140-06-01",
    text="The leaders met on the island. They support the complete denuclearization of North Korea and the lasting safety of harbours. "
    "They oppose any unilateral attempts to change the status quo in the waters of the Indo-Pacific. " + "Wordwithoutanyspace" * 30 + ".",
)
JAPANESE = replace(
    ENGLISH, text="三か国は港湾の安全に関する協議を毎年行う。朝鮮半島の完全な非核化を支持する。", language="ja", title="共同声明"
)
JAPANESE_AFTER = replace(
    JAPANESE, id=2, date="2140-06-01", text="三か国は港湾の安全に関する対話を毎年行う。北朝鮮の完全な非核化を支持する。"
)
PAIRS = ((ENGLISH, ENGLISH_AFTER), (JAPANESE, JAPANESE_AFTER), (replace(ENGLISH, kind="readout"), ENGLISH_AFTER))

CONTRAST = """selector => {
  const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b };
  return [...document.querySelectorAll(selector)].map(e => {
    let back = e; while (getComputedStyle(back).backgroundColor === 'rgba(0, 0, 0, 0)') back = back.parentElement;
    const [a, b] = [light(getComputedStyle(e).color), light(getComputedStyle(back).backgroundColor)].sort((x, y) => y - x);
    return (a + .05) / (b + .05) }) }"""


@pytest.fixture(scope="module")
def formulary() -> Formulary:
    config = load(defaults_folder() / "config", {})
    return Formulary(config.wording, Parties(config.watch))


@pytest.fixture(
    params=[(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")], ids=lambda shape: f"{shape[0]}-{shape[1]}"
)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    made = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield made
    made.close()


@pytest.mark.parametrize("pair", PAIRS, ids=["en", "ja", "refused"])
def test_a_comparison_fits_and_can_be_read(page: Page, formulary: Formulary, pair: tuple[Worded, Worded]) -> None:
    page.set_content(render_html(compare(*pair, formulary), formulary.watched))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("[...document.querySelectorAll('.scroll')].every(e => e.scrollWidth <= e.clientWidth)")
    assert min(page.evaluate(CONTRAST, "p, h1, h2, td, th, a, li, ins, del, .op, .under, summary")) >= 4.5


def test_what_went_and_what_came_is_seen_without_colour(page: Page, formulary: Formulary) -> None:
    page.set_content(render_html(compare(ENGLISH, ENGLISH_AFTER, formulary), formulary.watched))
    lines = "tag => [...document.querySelectorAll(tag)].map(e => getComputedStyle(e).textDecorationLine)"
    assert set(page.evaluate(lines, "ins")) == {"underline"}
    assert set(page.evaluate(lines, "del")) == {"line-through"}
    texts = page.evaluate("[...document.querySelectorAll('ins, del')].map(e => e.textContent)")
    assert len(texts) >= 4
    assert [text for text in texts if text != text.strip()] == []
    assert page.evaluate("[...document.querySelectorAll('del + ins')].every(e => e.getBoundingClientRect().width > 0)")


def test_no_word_of_the_table_is_broken(page: Page, formulary: Formulary) -> None:
    page.set_content(render_html(compare(ENGLISH, ENGLISH_AFTER, formulary), formulary.watched))
    broken = page.evaluate(
        """() => [...document.querySelectorAll('td, th')].flatMap(e => { const node = e.firstChild, found = [];
          for (const word of node.data.matchAll(/\\S+/g)) { const range = document.createRange();
            range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1 && !word[0].includes('-')) found.push(word[0]); }
          return found })"""
    )
    assert broken == []
