"""The wheel in an empty environment: nothing of the checkout is needed but the lock."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tomllib
import venv
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

import pytest

from scraper.config import Config, defaults_folder, load
from tests.jobs.house import Sheet, statement
from tests.sources import make

from .house import PATIENCE, environment
from .test_catalogue import PressRoom, where

ROOT = Path(__file__).parents[2]
PARTS = ("scraper", "config", "db", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")
UNREACHABLE = ("No matching distribution found", "Connection", "Max retries", "Name or service not known", "name resolution")
MINUTES = 300.0


@dataclass(frozen=True)
class Installed:
    """An environment that holds the wheel and what it depends on, and a folder far from the checkout."""

    bin: Path
    folder: Path

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [self.bin / "trilateral", *arguments]
        return subprocess.run(command, cwd=self.folder, env=_bare(), capture_output=True, text=True, timeout=PATIENCE, check=False)


def _bare() -> dict[str, str]:
    return {key: value for key, value in environment().items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}


def _pip(python: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [python, "-m", "pip", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, cwd=ROOT, env=_bare(), capture_output=True, text=True, timeout=MINUTES, check=False)


def _built(folder: Path) -> Path:
    """The wheel, built from a copy without anything that was made in the checkout."""
    for name in PARTS:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.db*", "captures", "backups")
            shutil.copytree(ROOT / name, folder / "source" / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / "source" / name)
    made = _pip(Path(sys.executable), "wheel", folder / "source", "--no-deps", "--no-build-isolation", "--quiet", "-w", folder / "dist")
    assert made.returncode == 0, made.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    wheel = _built(folder)
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    locked = _pip(python, "install", "--quiet", "--no-compile", "--require-hashes", "-r", "requirements/run.txt")
    if locked.returncode and any(sign in locked.stderr for sign in UNREACHABLE):
        pytest.skip(f"the package index cannot be reached: {locked.stderr.strip().splitlines()[-1]}")
    assert locked.returncode == 0, locked.stderr
    own = _pip(python, "install", "--quiet", "--no-compile", "--no-deps", wheel)
    assert own.returncode == 0, own.stderr
    away = folder / "away"
    away.mkdir()
    return Installed(python.parent, away)


def test_the_lock_holds_everything_that_is_needed(installed: Installed) -> None:
    checked = _pip(installed.bin / "python", "check")
    assert checked.returncode == 0, checked.stdout


def test_it_is_the_installed_package_that_runs(installed: Installed) -> None:
    told = subprocess.run(
        [installed.bin / "python", "-c", "import scraper; print(scraper.__file__)"],
        cwd=installed.folder, env=_bare(), capture_output=True, text=True, timeout=PATIENCE, check=True,
    )  # fmt: skip
    assert Path(told.stdout.strip()).is_relative_to(installed.bin.parent)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert installed.run("--version").stdout == f"trilateral, version {version}\n"


def test_init_makes_a_home_from_the_packaged_defaults(installed: Installed) -> None:
    made = installed.run("init", "home")
    assert made.returncode == 0, made.stderr
    home = installed.folder / "home"
    config = {path.name for path in (ROOT / "config").glob("*.toml")}
    assert {path.name for path in (home / "config").iterdir()} == config
    assert {"metadata.json", "settings.json", "plugins"} <= {path.name for path in (home / "db").iterdir()}
    assert (home / "db" / "plugins" / "search.py").read_bytes() == (ROOT / "db" / "plugins" / "search.py").read_bytes()
    checked = installed.run("--home", "home", "check-config")
    assert checked.returncode == 0, checked.stderr


def test_a_folder_without_a_home_has_the_packaged_configuration(installed: Installed) -> None:
    empty = installed.folder / "nothing"
    empty.mkdir()
    told = subprocess.run(
        [installed.bin / "trilateral", "--db", empty / "x.db", "sources", "list", "--json"],
        cwd=empty, env=_bare(), capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert len(json.loads(told.stdout)) >= 15
    assert [path.name for path in empty.iterdir() if path.suffix == ""] == []


def test_what_sources_are_known_to_send_comes_with_it(installed: Installed) -> None:
    code = "from scraper.config import defaults_folder, read_records; print(len(read_records(defaults_folder() / 'config')))"
    told = subprocess.run(
        [installed.bin / "python", "-c", code],
        cwd=installed.folder,
        env=_bare(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert int(told.stdout) == len(list((ROOT / "tests" / "sources").glob("*/expected.json")))


def test_the_demo_and_its_pages(installed: Installed) -> None:
    shown = installed.run("demo")
    assert shown.returncode == 0, shown.stderr
    assert "1 new initiative, 1 new statement" in shown.stdout
    page = installed.run("--home", ".demo", "serve", "--get", "/trilateral/new_initiatives.json?_shape=array")
    assert page.returncode == 0, page.stderr
    assert [row["name"] for row in json.loads(page.stdout)] == ["Trilateral Undersea Cable Resilience Initiative"]
    assert not os.path.lexists(installed.folder / "db")


REFUSING = ("us-state-rest", "yna-en")
"""A ministry and an agency that refuse us altogether, with everything that stands in for them."""


def _with_a_past(config: Config, room: PressRoom) -> int:
    """Put out a joint statement at the first address of every second act of the past; return how many there are now."""
    acts = [act for act in config.history.events if act.addresses and len(act.date) == len("2026-01-01")]
    for number, act in enumerate(acts[::2]):
        page = statement(("Seoul", "Tokyo", "Honolulu")[number % 3], at=datetime.fromisoformat(f"{act.date}T09:00:00+00:00"))
        room.pages[where(act.addresses[0])] = Sheet(page.page())
    return len(acts[::2])


def test_two_commands_and_the_first_message_says_who_answers(installed: Installed) -> None:
    """A new user's first day: ``init``, then ``run``, with every host sent to a press room by the home's own configuration."""
    assert installed.run("init", "first").returncode == 0
    first = installed.folder / "first"
    config = load(defaults_folder() / "config", make.KEYS)
    with PressRoom() as room:
        known = {source.id: source for source in config.sources if source.enabled and (make.FOLDER / source.id).exists()}
        room.fill(known)
        room.fail(*(name for name, source in known.items() if source.publisher in {known[one].publisher for one in REFUSING}))
        told = _with_a_past(config, room)
        own = f'include = "builtin"\n[fetch]\nspacing = 0.0\nhosts = {{"*" = "{room.url}"}}\n'
        (first / "config" / "sources.toml").write_text(own, "utf-8")
        with Running(installed, first) as daemon:
            text = daemon.until(first / "db" / "digest.txt", "Welcome to the trilateral watch")
        asked = [path for path, _ in room.asked]
    silent = text.split("Do not answer")[1].split("STATEMENTS OF")[0]
    assert "(us-state-rest): http:" in " ".join(silent.split())
    assert all(f"({source.id})" not in silent for source in known.values() if source.party == "KR")
    assert "Next digest: " in text
    assert f"Known initiatives: {len(config.registry.initiatives)} in the registry" in text
    with closing(sqlite3.connect(first / "db" / "trilateral.db")) as database:
        past = database.execute("SELECT count(DISTINCT article_id) FROM history WHERE article_id IS NOT NULL").fetchone()[0]
        events = database.execute("SELECT count(*) FROM history_events WHERE event_id IS NULL").fetchone()[0]
        alerts = database.execute(
            "SELECT count(*) FROM alerts a JOIN articles x ON x.statement_id = a.statement_id WHERE x.url IN (SELECT url FROM history)"
        ).fetchone()[0]
    assert (past, events, alerts) == (told, 0, 0), "the past is read, all of its events stand, and nobody is alerted"
    first_asked = {name: asked.index(place) for name, place in room.places.items() if place in asked}
    governments = [at for name, at in first_asked.items() if known[name].official and known[name].rank == 0]
    press = [at for name, at in first_asked.items() if not known[name].official]
    pages = [at for at, address in enumerate(asked) if address in {where(url) for act in config.history.events for url in act.addresses}]
    assert max(governments) < min(pages) < max(pages) < min(press), "the governments first, then the past, then the press"


class Running:
    """The installed daemon at work on a home."""

    def __init__(self, installed: Installed, home: Path) -> None:
        self._log = (home / "log").open("wb")
        self._process = subprocess.Popen(
            [installed.bin / "trilateral", "--home", home, "run", "--tick", "0.2"],
            cwd=installed.folder,
            env=_bare(),
            stdout=self._log,
            stderr=self._log,
        )
        self._home = home

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()
            self._log.close()

    def until(self, page: Path, said: str) -> str:
        """Wait until a page says something, and return it."""
        for _ in range(int(MINUTES / 0.2)):
            if page.exists() and said in (text := page.read_text("utf-8")):
                return text
            try:
                self._process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
            break
        raise AssertionError((self._home / "log").read_text("utf-8")[-3000:])
