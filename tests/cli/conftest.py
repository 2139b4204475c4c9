"""What the tests of the command share: a caller, and a home that has polled the press room."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from scraper import app
from scraper.cli import main
from scraper.config import defaults_folder
from scraper.jobs.demo import prepare
from scraper.jobs.rooms import Home
from scraper.model.source import Source
from scraper.pressroom import PressRoom


@dataclass(frozen=True)
class Caller:
    """Calls the command in this process, by default on one home."""

    home: Path | None = None

    def __call__(self, *arguments: object, stdin: str | bytes | None = None) -> Result:
        place = ["--home", str(self.home)] if self.home else []
        ours = {name: None for name in os.environ if name.startswith("TRILATERAL")}
        result = CliRunner().invoke(main, [*place, *map(str, arguments)], input=stdin, env=ours)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def json(self, *arguments: object, exit_code: int = 0, stdin: str | bytes | None = None) -> Any:
        """What it prints with ``--json``, after it ended as it should."""
        result = self(*arguments, "--json", stdin=stdin)
        assert result.exit_code == exit_code, result.stderr
        return json.loads(result.stdout)


def make(folder: Path, polled: tuple[Source, ...]) -> Home:
    """A home that polls these sources alone."""
    place = Home(folder, folder / "config", folder / "db" / "trilateral.db")
    prepare(place, defaults_folder(), polled)
    return place


@pytest.fixture
def call() -> Caller:
    """The command without a home."""
    return Caller()


@pytest.fixture
def fresh(tmp_path: Path) -> Caller:
    """The command on a home as ``init`` makes it."""
    home = tmp_path / "home"
    assert Caller()("init", home).exit_code == 0
    return Caller(home)


@pytest.fixture(scope="session")
def room() -> Iterator[PressRoom]:
    """The press room after its news came out."""
    with PressRoom(app.now()) as opened:
        opened.release()
        yield opened


@pytest.fixture(scope="session")
def filled(room: PressRoom, tmp_path_factory: pytest.TempPathFactory) -> Caller:
    """The command on a home that has polled the press room once; tests only read it."""
    place = make(tmp_path_factory.mktemp("filled") / "home", room.sources())
    caller = Caller(place.root)
    assert caller("poll").exit_code == 0
    return caller
