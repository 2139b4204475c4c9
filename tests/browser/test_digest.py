"""A rich digest in a real browser: three languages, telephone and desk, light and dark; nothing wider than the screen, nothing fetched.

With TRILATERAL_PICTURES set to a folder, each page is also kept there as a picture.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from scraper.model.digest import Addresses, Deciding, Difference, Material, Publication
from scraper.stages.digest import compile, render_html
from tests.notify.test_hostile import HOSTILE
from tests.stages.digest.rich import RICH, rich

LANGUAGES = ("en", "ko", "ja")
SHAPES = [(width, scheme) for width in (320, 768, 1280) for scheme in ("light", "dark")]
HOME = "https://digest.example/"

CONTRAST = """() => {
  const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b };
  const written = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.getClientRects().length;
  return [...document.body.querySelectorAll('*')].filter(written).map(e => {
    let back = e; while (getComputedStyle(back).backgroundColor === 'rgba(0, 0, 0, 0)') back = back.parentElement;
    const [a, b] = [light(getComputedStyle(e).color), light(getComputedStyle(back).backgroundColor)].sort((x, y) => y - x);
    return [(a + .05) / (b + .05), e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40)] }).sort((x, y) => x[0] - y[0]) }"""
TOO_WIDE = """() => [...document.body.querySelectorAll('*')].filter(e => e.getClientRects().length).flatMap(e => [...e.getClientRects()]
  .filter(r => r.right > document.documentElement.clientWidth + .5 || r.left < -.5).map(r => e.tagName + ' ' + r.left + ' ' + r.right))"""
TARGETS = "() => [...document.querySelectorAll('.actions a')].map(e => e.getBoundingClientRect()).map(r => [r.width, r.height])"
APART = """() => { const all = [...document.querySelectorAll('.actions a')].map(e => e.getBoundingClientRect());
  return all.every((a, i) => all.slice(i + 1).every(b => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top)) }"""


@dataclass
class Shown:
    """A page on a screen, and every request that it made, each of which was refused but that for the document."""

    page: Page
    name: str
    asked: list[str] = field(default_factory=list)

    def show(self, html: str) -> None:
        """Load a document as if it came from somewhere, so that what is relative would be asked for too."""
        self.page.route("**/*", lambda route: self._answer(route, html))
        self.page.goto(HOME)
        folder = os.environ.get("TRILATERAL_PICTURES")
        if folder:
            self.page.screenshot(path=Path(folder) / f"{self.name}.png", full_page=True)

    def _answer(self, route: Route, html: str) -> None:
        request: Request = route.request
        self.asked.append(request.url)
        if len(self.asked) == 1:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            route.abort()


@pytest.fixture(params=[(language, *shape) for language in LANGUAGES for shape in SHAPES], ids=lambda made: "-".join(map(str, made)))
def shown(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Shown]:
    language, width, scheme = request.param
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, device_scale_factor=2 if width == 320 else 1)
    yield Shown(page, f"digest-{language}-{width}-{scheme}")
    page.close()


def language_of(shown: Shown) -> str:
    return shown.name.split("-")[1]


def hostile(language: str) -> Material:
    """The rich digest with a hostile text in every place of some of its findings."""
    texts = [text for name, text in HOSTILE.items() if name != "lone surrogate"]
    made = rich(language)
    base = made.statements[-1]
    statements = tuple(
        replace(
            base, id=100 + number, title=text, place=text[:200], publishers=(text,), elsewhere=(text[:90],), differences=(Difference(text, (text,), (text,)),),
            published=(Publication(text, text, f"https://a.example/{'a' * 900}", text, text, text, text),), language=text,
            addresses=Addresses(text, text, f"https://monitor.example/{'b' * 900}"),
        )
        for number, text in enumerate(texts)
    )  # fmt: skip
    names = tuple(
        replace(RICH.initiatives[0], id=f"h{number}", name=text, sentence=text, mark=(0, 40), before=text, why=text, language=text, deciding=Deciding(text, text, text))
        for number, text in enumerate(texts)
    )  # fmt: skip
    return replace(
        made, statements=(*made.statements, *statements), initiatives=(*made.initiatives, *names), known=tuple(texts), notices=tuple(texts)
    )


def test_it_fits_and_can_be_read_and_asks_for_nothing(shown: Shown) -> None:
    shown.show(render_html(compile(rich(language_of(shown)))))
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert shown.page.evaluate(TOO_WIDE) == []
    assert [one for one in shown.page.evaluate(CONTRAST) if one[0] < 4.5] == []
    targets = shown.page.evaluate(TARGETS)
    assert len(targets) == 8
    assert [size for size in targets if min(size) < 44] == []
    assert shown.page.evaluate(APART)
    assert shown.asked == [HOME]


@pytest.mark.parametrize("shown", [(language, 320, "light") for language in LANGUAGES], indirect=True, ids=LANGUAGES)
def test_hostile_texts_neither_burst_the_screen_nor_ask_for_anything(shown: Shown) -> None:
    alerts: list[str] = []
    shown.page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    shown.show(render_html(compile(hostile(language_of(shown)))))
    assert shown.page.evaluate(TOO_WIDE) == []
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert alerts == []
    assert shown.asked == [HOME]
    assert shown.page.title() == compile_title(language_of(shown))


def compile_title(language: str) -> str:
    found = re.search("<title>(.*?)</title>", render_html(compile(rich(language))))
    assert found
    return found[1]


@pytest.mark.parametrize("shown", [(language, 320, "light") for language in LANGUAGES], indirect=True, ids=LANGUAGES)
def test_the_first_screen_says_the_news(shown: Shown) -> None:
    """On a telephone the kind, the place, the alarm of a blind government and a side that published stand on the first screen."""
    shown.show(render_html(compile(rich(language_of(shown)))))
    for selector in (".summary", ".alarm", "article h3", "article .under", "article dd"):
        assert shown.page.locator(selector).first.bounding_box()["y"] < 900, selector  # type: ignore[index]
    headings = shown.page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map(e => +e.tagName[1])")
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


@pytest.mark.parametrize("shown", [("en", 320, "light")], indirect=True, ids=["en"])
def test_evidence_has_its_own_language(shown: Shown) -> None:
    shown.show(render_html(compile(rich("en"))))
    quotes = "[...document.querySelectorAll('blockquote')].map(e => [e.closest('[lang]').lang, e.textContent.trim().slice(0, 6)])"
    told = shown.page.evaluate(quotes)
    assert ["ko", "세 장관은 "] in told
    assert ["ja", "会合は東京で"] in told
    assert ["en", "They m"] in told
