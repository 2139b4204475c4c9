"""A link opened and its button pressed as on a phone: a real server, a real browser, no script and no request to elsewhere."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request, expect, sync_playwright

from scraper.model.links import ReviewLink, signed
from scraper.storage import review_links as links

from .launches import FAR, KELP_ID, REEF_ID, ROOT, WHO, place

CHROMIUM = Path("/usr/bin/chromium")
WIDTHS = (320, 768, 1280)

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium at /usr/bin/chromium")


@pytest.fixture
def home(launches: Path, tmp_path: Path) -> Path:
    shutil.copytree(launches, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def address(home: Path) -> Iterator[str]:
    """``trilateral serve`` in a process of its own; its address is read from its log."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from scraper.cli import main; main()", "--home", str(home), "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        log = []
        for line in server.stderr:
            log.append(line)
            if "Uvicorn running" in line:
                break
        assert server.poll() is None, "".join(log)
        yield f"http://127.0.0.1:{port}"
        server.terminate()
        server.stderr.read()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def path(home: Path, action: str, language: str, into: str = "") -> str:
    return f"/review/{signed(ReviewLink(action, KELP_ID, WHO, FAR, into, language), links.key(place(home).database))}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_the_page_fits_every_screen_and_asks_nobody_else(home: Path, address: str, browser: Browser, language: str, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108  playwright marks the function it is given
    for action, into in (("confirm", ""), ("merge", REEF_ID), ("dismiss", "")):
        page.goto(address + path(home, action, language, into))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert {request.method for request in asked} == {"GET"}
    assert all(request.url.startswith(address) for request in asked)
    assert all(f"{address}/review/" not in request.headers.get("referer", "") for request in asked)
    page.close()


def test_the_button_is_pressed_on_a_phone(home: Path, address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path(home, "confirm", "ko"))
    page.get_by_role("button", name="확정하기").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("확정했습니다")
    expect(page.locator("code")).to_have_text("trilateral reviews undo 1")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("이미 처리되었습니다")
    context.close()
    with closing(sqlite3.connect(place(home).database)) as connection:
        assert connection.execute("SELECT who, action, subject FROM reviews").fetchall() == [(WHO, "confirm", KELP_ID)]
