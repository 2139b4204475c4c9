"""The wheel in an empty environment: nothing of the checkout is needed but the lock."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from .house import PATIENCE, environment

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
