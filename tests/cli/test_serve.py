"""serve: our pages on the database of a home, and on one that lies elsewhere."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from scraper.config import defaults_folder
from scraper.jobs.home import complete, make

COMMAND = [sys.executable, "-c", "from scraper.cli import main; main()"]


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Starts ``trilateral [options] serve`` and gives its address."""
    with ExitStack() as stack:
        yield lambda *options: _started(stack, options)


def _started(stack: ExitStack, options: tuple[object, ...]) -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TRILATERAL")}
    server = stack.enter_context(
        subprocess.Popen(
            [*COMMAND, *map(str, options), "serve", "--port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=environ,
        )
    )
    assert server.stderr is not None
    stack.callback(server.stderr.read)
    stack.callback(server.terminate)
    log = []
    for line in server.stderr:
        log.append(line)
        if "Uvicorn running" in line:
            return f"http://127.0.0.1:{port}"
    raise AssertionError("".join(log))


def test_a_home_of_an_earlier_version_gets_the_pages_it_lacks(tmp_path: Path, serve: Callable[..., str]) -> None:
    make(tmp_path, defaults_folder())
    (tmp_path / "db" / "plugins" / "pages.py").unlink()
    (tmp_path / "db" / "plugins" / "search.py").write_text("# own", "utf-8")
    answer = httpx.get(f"{serve('--home', tmp_path)}/")
    assert answer.status_code == 200
    assert "Latest statements" in answer.text
    assert (tmp_path / "db" / "plugins" / "search.py").read_text("utf-8") == "# own"


def test_a_database_elsewhere_has_pages_settings_and_the_configuration_named(tmp_path: Path, serve: Callable[..., str]) -> None:
    make(tmp_path / "home", defaults_folder())
    watch = tmp_path / "home" / "config" / "watch.toml"
    watch.write_text(watch.read_text("utf-8").replace('name = "Japan"', 'name = "Nippon"'), "utf-8")
    (tmp_path / "elsewhere").mkdir()
    address = serve("--config", tmp_path / "home" / "config", "--db", tmp_path / "elsewhere" / "copy.db")
    assert "Nippon" in httpx.get(f"{address}/").text
    settings = httpx.get(f"{address}/-/settings.json").json()
    said = json.loads((defaults_folder() / "db" / "settings.json").read_text("utf-8"))
    assert {name: settings[name] for name in said} == said


def test_only_a_folder_of_datasette_is_completed(tmp_path: Path) -> None:
    assert complete(tmp_path, defaults_folder()) == ()
    make(tmp_path, defaults_folder())
    assert complete(tmp_path / "db", defaults_folder()) == ()
    (tmp_path / "db" / "plugins" / "pages.py").unlink()
    assert complete(tmp_path / "db", defaults_folder()) == (tmp_path / "db" / "plugins" / "pages.py",)
