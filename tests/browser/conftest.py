"""A real browser and a real Datasette for every test here; without Chromium they are skipped, unless the run says that there must be one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
REQUIRED = "TRILATERAL_BROWSER"
# Without these the browser looks up its maker's hosts at every start.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    if not CHROMIUM.exists():
        refuse = pytest.fail if os.environ.get(REQUIRED) == "required" else pytest.skip
        refuse(f"no chromium at {CHROMIUM}")
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield made
        made.close()


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[[Path], str]]:
    """Starts a Datasette in a process of its own on a configuration folder and gives its address, read from its log."""
    with ExitStack() as stack:
        yield lambda folder: _served(folder, stack)


def _served(folder: Path, stack: ExitStack) -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    server = stack.enter_context(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True))
    assert server.stderr is not None
    stack.callback(server.stderr.read)
    stack.callback(server.terminate)
    log = []
    for line in server.stderr:
        log.append(line)
        if "Uvicorn running" in line:
            break
    assert server.poll() is None, "".join(log)
    return f"http://127.0.0.1:{port}"
