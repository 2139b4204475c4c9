"""What every command shares: where the home is, how output is printed, and which exit code an error has."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from scraper import app
from scraper.config import Config
from scraper.errors import ConfigError, DatabaseBusy, LockHeld, TrilateralError
from scraper.jobs.rooms import Home, Rooms
from scraper.storage.lock import Lock
from scraper.storage.store import Store

OK, SOME_FAILED, USAGE, LOCKED, NOTHING = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Place:
    """The global options of one call."""

    home: Home

    def config(self, *, strict: bool = False) -> Config:
        """Return the configuration of the home."""
        return app.configuration(self.home, os.environ, strict=strict)

    @contextmanager
    def rooms(self, *, lock: bool = False, config: Config | None = None) -> Iterator[Rooms]:
        """Assemble the rooms, under the lock where the command needs it."""
        if not lock:
            with app.rooms(self.home, os.environ, config=config) as rooms:
                yield rooms
            return
        with Lock(self.home.database), app.rooms(self.home, os.environ, config=config) as rooms:
            yield rooms

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the database alone, for reading."""
        with app.store(self.home, self.config()) as opened:
            yield opened


class Faulty(click.ClickException):
    """An error of the tree as the command line shows it."""

    def __init__(self, error: TrilateralError) -> None:
        super().__init__(str(error))
        self.exit_code = LOCKED if isinstance(error, LockHeld | DatabaseBusy) else USAGE
        self.many = isinstance(error, ConfigError)

    def show(self, file: Any = None) -> None:
        """Print the problem, or every problem of a configuration, on stderr."""
        prefix = "These problems of the configuration must be mended first:\n" if self.many else "Error: "
        click.echo(prefix + self.message, err=True)


def emit(rows: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1))


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as a table as wide as the terminal; nothing in it is taken for markup."""
    console = Console(highlight=False, markup=False)
    made = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(made)


def progress() -> Console:
    """Return a console on stderr for progress; it draws on a terminal only."""
    return Console(stderr=True, highlight=False)
