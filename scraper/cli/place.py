"""What every command shares: where the home is, how output is printed, and which exit code an error has."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scraper import app
from scraper.config import Config
from scraper.errors import ConfigError, DatabaseBusy, FetchError, LockHeld, TrilateralError
from scraper.jobs.places import Home
from scraper.model.source import Source
from scraper.storage.lock import Lock
from scraper.storage.store import Store

if TYPE_CHECKING:
    from scraper.jobs.rooms import Rooms  # half of what the program can do hangs on it

OK, SOME_FAILED, USAGE, LOCKED, NOTHING = 0, 1, 2, 3, 4

LINE = 10_000
"""Characters of a line that no terminal cuts, enough for a table's longest row."""
_NARROWEST = 20


@dataclass(frozen=True, slots=True)
class Place:
    """The global options of one call."""

    home: Home

    def config(self, *, strict: bool = False) -> Config:
        """Return the configuration of the home."""
        return app.configuration(self.home, os.environ, strict=strict)

    def named(self, config: Config, names: Sequence[str]) -> tuple[Source, ...]:
        """Return the sources of these names; raises UsageError for names that the configuration does not have, and for sources whose
        key is not set."""
        known = {source.id: source for source in config.sources}
        strange = [name for name in names if name not in known]
        if strange:
            raise click.UsageError(f"there is no source {', '.join(strange)}; see: trilateral sources list")
        locked = [name for name in names if "${" in known[name].url]
        if locked:
            raise click.UsageError(f"the key in the address of {', '.join(locked)} is not set; see: trilateral doctor")
        return tuple(known[name] for name in names)

    @contextmanager
    def rooms(self, *, lock: bool = False, config: Config | None = None) -> Iterator[Rooms]:
        """Assemble the rooms, under the lock where the command needs it."""
        if not lock:
            with app.rooms(self.home, os.environ, config=config, alone=False) as rooms:
                yield rooms
            return
        with Lock(self.home.database), app.rooms(self.home, os.environ, config=config) as rooms:
            yield rooms

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the database alone, for reading."""
        with app.store(self.home, self.config()) as opened:
            yield opened


def told(error: TrilateralError) -> int:
    """Print an error (every problem of a configuration) on stderr, and return the exit code it has."""
    head = "These problems of the configuration must be mended first:\n" if isinstance(error, ConfigError) else "Error: "
    click.echo(f"{head}{error}", err=True)
    if isinstance(error, FetchError):
        return NOTHING
    return LOCKED if isinstance(error, LockHeld | DatabaseBusy) else USAGE


def emit(rows: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1))


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as a table: as wide as the terminal, in a pipe a row a line; nothing in it is taken for markup. Without rows it says so."""
    if not rows:
        click.echo(f"{title}: none.")
        return
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, width=LINE)
    made = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*("" if cell is None else str(cell) for cell in row))
    if console.is_terminal:
        console.print(made)
        return
    with console.capture() as printed:
        console.print(made)
    click.echo("\n".join(line.rstrip() for line in printed.get().split("\n")), nl=False)


def wrapped(text: str, *, indent: int = 0) -> list[str]:
    """Return the lines of a text as wide as the terminal less ``indent``; in a pipe one line. Nothing gives no line."""
    console = Console()
    if not text or not console.is_terminal:
        return [text] if text else []
    return [line.plain.rstrip() for line in Text(text).wrap(console, max(console.width - indent, _NARROWEST))]


def progress() -> Console:
    """Return a console on stderr for progress; it draws on a terminal only."""
    return Console(stderr=True, highlight=False)
