"""A walk through everything that is served, in a real browser: the demo and, where the shared material is at hand, the whole corpus.

On every page, narrow and wide: nothing is told on the console, nothing fails to load, nothing is wider than the screen, axe finds nothing
serious, and every control is reached by the tabulator and seen when it is.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from scraper.pages.routes import ROUTES

ROOT = Path(__file__).parents[2]
WIDTHS = (320, 1280)
OF_A_KIND = 3
DATA = "trilateral"
"""The name of the database, below whose address Datasette's own pages are."""

NOT_WALKED = ("/-/pages/", "/robots", "/capture/(?P<id>[^/]+)/file", "/review/(?P<token>", "/feeds/", r"cite\.")
"""Routes that give no page to look at, or one that only a signed link leads to."""

WITHIN = 20
"""Steps that go inside a control: the parts of a date, the links of an archived page."""

FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"


@dataclass
class Found:
    """What is wrong, page by page."""

    faults: list[str] = field(default_factory=list)

    def say(self, address: str, width: int, *faults: str) -> None:
        self.faults += [f"{urlsplit(address).path}?{urlsplit(address).query} at {width}: {fault}" for fault in faults]


def trilateral(home: Path, *arguments: str) -> None:
    command = [sys.executable, "-c", "from scraper.cli import main; main()", "--home", str(home), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., str]) -> str:
    """Datasette on the demo's database, with the corpus in it where there is one: the address that signs in."""
    home = tmp_path_factory.mktemp("walk")
    trilateral(home, "demo")
    corpus = Path(os.environ.get("TRILATERAL_SHARED") or ROOT.parent / "shared") / "eval" / "statements" / "corpus.jsonl"
    if corpus.exists():
        trilateral(home, "import", str(corpus))
    return serve(home / "db", "--root")


@pytest.fixture(scope="module")
def session(browser: Browser, opened: str) -> Iterator[dict[str, Any]]:
    """What a browser holds that is signed in."""
    with browser.new_context() as context:
        context.new_page().goto(opened)
        yield context.storage_state()


@pytest.fixture(scope="module")
def pages(browser: Browser, opened: str, session: dict[str, Any]) -> list[str]:
    """The addresses of some pages of each kind, found by following links from the front page and by asking the search box."""
    address = opened.partition("/-/")[0]
    page = browser.new_page(storage_state=session)
    kinds: dict[str, list[str]] = {}
    ahead = [
        address + "/",
        *(f"{address}/search?q={quote(words)}" for words in ("한미일", "secretariat", "nothingatall")),
        f"{address}/review",
    ]
    seen = set(ahead)
    while ahead:
        here = ahead.pop(0)
        kind = kind_of(urlsplit(here).path)
        if len(kinds.setdefault(kind, [])) >= OF_A_KIND:
            continue
        kinds[kind].append(here)
        page.goto(here)
        fresh = [link for link in links(page, address) if link not in seen]
        seen.update(fresh)
        ahead += fresh
    page.close()
    missing = [
        route.path for route in ROUTES if route.path not in kinds and not route.path.startswith(NOT_WALKED[:2]) and walked(route.path)
    ]
    assert not missing, f"no link leads to {missing}"
    return [one for kind in kinds.values() for one in kind]


def walked(path: str) -> bool:
    return not any(part in path for part in NOT_WALKED)


def audited(path: str) -> bool:
    """Datasette's own pages look as Datasette makes them, a capture as its maker did, and without scripts there no tool can run."""
    return not path.startswith(("/-/", f"/{DATA}")) and not (path.startswith("/capture/") and path.endswith("/page"))


def kind_of(path: str) -> str:
    """The route of an address of ours; of Datasette's own the table or query, with whether it is a row of it."""
    for route in ROUTES:
        if re.fullmatch(route.path, path):
            return route.path
    parts = path.strip("/").split("/")
    return "/".join([*parts[:2], "row"] if len(parts) > 2 else parts)


def links(page: Page, address: str) -> Iterator[str]:
    """The links within the house that lead to a page; of Datasette's tables without sorting, facets and other forms of the same,
    and without digests, which are refused to all."""
    for href in page.eval_on_selector_all("a[href], iframe[src]", "all => all.map(one => (one.href || one.src).split('#')[0])"):
        path, query = urlsplit(href).path, urlsplit(href).query
        ours = any(re.fullmatch(route.path, path) and walked(route.path) for route in ROUTES)
        data = re.fullmatch(rf"/(-/data|{DATA}(/[^./]+){{0,2}})", path) and not query and not path.startswith(f"/{DATA}/digests/")
        if href.startswith(address + "/") and (ours or data):
            yield href


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_loads_fits_and_says_nothing_on_the_console(
    browser: Browser, session: dict[str, Any], pages: list[str], width: int
) -> None:
    found = Found()
    page = browser.new_page(viewport={"width": width, "height": 900}, storage_state=session)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "requestfailed", lambda request: said.append(f"{request.url} {request.failure}") if request.failure != "net::ERR_ABORTED" else None
    )
    for address in pages:
        said.clear()
        answer = page.goto(address, wait_until="load")
        assert answer is not None
        if answer.status != 200:
            found.say(address, width, f"status {answer.status}")
        found.say(address, width, *said)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            found.say(address, width, f"{over} pixels too wide")
    page.close()
    assert not found.faults, "\n".join(found.faults)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_serious(browser: Browser, session: dict[str, Any], pages: list[str], width: int, scheme: str) -> None:
    found = Found()
    page = browser.new_page(viewport={"width": width, "height": 900}, storage_state=session, color_scheme=scheme)
    for address in pages:
        if not audited(urlsplit(address).path):
            continue
        page.goto(address)
        for one in Axe().run(page, options={"iframes": False}).response["violations"]:
            if one["impact"] in ("serious", "critical"):
                found.say(address, width, f"{one['id']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])})")
    page.close()
    assert not found.faults, "\n".join(found.faults)


def test_every_control_is_reached_by_the_keyboard_and_seen(browser: Browser, session: dict[str, Any], pages: list[str]) -> None:
    found = Found()
    page = browser.new_page(viewport={"width": 320, "height": 900}, storage_state=session)
    of_each = {kind_of(urlsplit(address).path): address for address in pages if audited(urlsplit(address).path)}
    for address in of_each.values():
        page.goto(address)
        found.say(address, 320, *tabbed(page))
    page.close()
    assert not found.faults, "\n".join(found.faults)


def tabbed(page: Page, most: int = 150) -> Iterator[str]:
    """Press the tabulator through the page; give the controls that it does not come to, and those that do not show it."""
    wanted = page.evaluate(
        """selector => { const all = [...document.querySelectorAll(selector)].filter(one => one.checkVisibility() && !one.disabled && one.tabIndex >= 0);
        all.forEach((one, number) => one.dataset.number = number); return all.length }""",
        FOCUSABLE,
    )
    reached: set[int] = set()
    for _ in range(min(wanted, most) + WITHIN):
        page.keyboard.press("Tab")
        number, shown, told = page.evaluate(
            """() => { const one = document.activeElement, style = getComputedStyle(one);
            return [Number(one.dataset.number ?? -1), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0, one.outerHTML.slice(0, 120)] }"""
        )
        if number >= 0 and number not in reached and not shown:
            yield f"not seen when reached: {told}"
        reached.add(number)
    left = [number for number in range(min(wanted, most)) if number not in reached]
    if left:
        first = page.eval_on_selector(f"[data-number='{left[0]}']", "one => one.outerHTML.slice(0, 120)")
        yield f"not reached: {first} and {len(left) - 1} more"
