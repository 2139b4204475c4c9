"""export: the data for other programs."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from scraper import app
from scraper.cli.place import Place, emit, progress
from scraper.jobs import export as export_job
from scraper.jobs.export import FORMATS, Exported, Wanted
from scraper.storage.dictionary import TABLES, USUAL
from scraper.storage.exporting import Scope

_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_ASIDE = ", ".join(name for name in TABLES if name not in USUAL)


def _day(_: click.Context, __: click.Parameter, value: str) -> str:
    if value and not (_DAY.fullmatch(value) and _is_day(f"{value}-01-01"[: len("2026-09-01")])):
        raise click.BadParameter("must be a day as 2026-09-01, or a month or year")
    return value


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


@click.command()
@click.argument("output", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="sqlite", show_default=True, help="A file for sqlite, a folder for the others."
)
@click.option(
    "--table",
    "names",
    multiple=True,
    type=click.Choice(tuple(TABLES)),
    metavar="TABLE",
    help=f"Only this table; may be given more than once. Unless named, {_ASIDE} are left out.",
)
@click.option("--since", default="", callback=_day, metavar="DAY", help="Only what is of statements from this day on.")
@click.option(
    "--with-press-text", "press", is_flag=True, help="The press's texts too, of sources whose terms allow them to be kept in full."
)
@click.option("--raw", is_flag=True, help="CSV for programs: no byte-order mark, and cells that look like formulas as they are.")
@click.option("--replace", is_flag=True, help="Put it in the place of an earlier export.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@click.pass_obj
def export(
    place: Place, output: Path, form: str, names: tuple[str, ...], since: str, press: bool, raw: bool, replace: bool, as_json: bool
) -> None:
    """Write the data to OUTPUT for other programs, as it is at one moment, with a dictionary of its columns.

    Alerts, deliveries and who decided what stay here. Official texts go out; of the press the titles, addresses, hashes and evidence sentences.
    """
    wanted = Wanted(form, output, names, Scope(since, press), raw=raw, replace=replace)
    with app.store(place.home, place.config()) as store, _bar() as bar:
        task = bar.add_task("", total=None)

        def tell(table: str, done: int, of: int) -> None:
            bar.update(task, description=table, completed=done, total=of)

        done = export_job.export(store, place.home.config, wanted, tell)
    if as_json:
        emit({"output": str(done.output), "bytes": done.bytes, "rows": dict(done.rows)})
    else:
        click.echo(_told(done))


def _bar() -> Progress:
    console = progress()
    columns = (TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _told(done: Exported) -> str:
    counts = ", ".join(f"{rows} {name}" for name, rows in done.rows.items() if rows)
    return f"{done.output}: {counts or 'nothing'} ({done.bytes / 1000:.0f} kB)."


COMMANDS = (export,)
"""The commands of this file."""
