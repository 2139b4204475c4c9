"""backup and restore."""

from __future__ import annotations

from pathlib import Path

import click

from scraper import app
from scraper.cli.place import Place, emit, progress
from scraper.jobs import backing

MEGABYTE = 1_000_000

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option(
    "--output", metavar="FILE", type=FILE, help="Write the copy there; nothing may be there yet. Default: a new file in db/backups/."
)
@click.option(
    "--keep", default=backing.KEPT, show_default=True, type=click.IntRange(1), help="How many copies stay in db/backups/, of each kind."
)
@click.option("--captures", is_flag=True, help="Also the archived pages: one tar file.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def backup(place: Place, output: Path | None, keep: int, captures: bool, as_json: bool) -> None:
    """Copy the database, checked and whole, while the daemon goes on writing."""
    with progress().status("Copying and checking"):
        saved = backing.save(place.home, app.now, output=output, keep=keep, captures=captures)
    if as_json:
        emit({"path": str(saved.path), "bytes": saved.size, "captures": saved.captures, "gone": saved.gone})
        return
    click.echo(f"{saved.path}: {saved.size / MEGABYTE:.1f} MB, checked" + (f", {saved.captures} capture files." if captures else "."))
    if saved.gone:
        click.echo(f"Older copies that went: {', '.join(saved.gone)}")


@click.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def restore(place: Place, file: Path, as_json: bool) -> None:
    """Put the database back from a copy; what is there now is kept in db/backups/. Stop the daemon first."""
    with progress().status("Checking and putting back"):
        restored = backing.restore(place.home, file, app.now)
    if as_json:
        aside = str(restored.aside) if restored.aside else None
        emit({"restored": str(place.home.database), "aside": aside, "migrations": restored.applied, "captures": restored.captures})
        return
    click.echo(f"{place.home.database} is what {file} holds.")
    if restored.applied:
        click.echo(f"It was brought up to this version: {', '.join(restored.applied)}.")
    if restored.captures:
        click.echo(f"{restored.captures} capture files came with it.")
    click.echo(f"What was there before is {restored.aside}." if restored.aside else "Nothing was there before.")


COMMANDS = (backup, restore)
