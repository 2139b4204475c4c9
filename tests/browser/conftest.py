"""A real browser and a real Datasette for every test here; without Chromium they are skipped, unless the run says that there must be one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections import deque
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


@pytest.fixture(scope="module")  # no longer: its event loop runs in this thread, where tests that ask Datasette in this process run theirs
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
def serve() -> Iterator[Callable[..., str]]:
    """Starts a Datasette in a process of its own on a configuration folder and gives its address; with ``--root`` the one that signs in."""
    with ExitStack() as stack:
        yield lambda folder, *options: _served(folder, options, stack)


def _served(folder: Path, options: tuple[str, ...], stack: ExitStack) -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-u", "-m", "datasette", "serve", str(folder), "--host", "127.0.0.1", "--port", str(port), *options]
    server = stack.enter_context(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
    assert server.stdout is not None
    log = []
    for line in server.stdout:
        log.append(line)
        if "Uvicorn running" in line:
            break
    assert server.poll() is None, "".join(log)
    drain = threading.Thread(target=deque, args=(server.stdout, 0))  # it logs every request, and waits where nobody reads
    drain.start()
    stack.callback(drain.join)
    stack.callback(server.terminate)
    return next((line.strip() for line in log if line.startswith("http")), f"http://127.0.0.1:{port}")
