"""reviews list, undo, export and import: what people decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TextIO

import click

from scraper.cli.place import Place, emit, table
from scraper.jobs import reviewing
from scraper.jobs.reviewing import Author, Decided
from scraper.storage import reviews as decisions


def decides(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of every command that decides: who, and why."""
    who = click.option(
        "--who", envvar=["LOGNAME", "USER", "LNAME", "USERNAME"], default="unknown", help="Who decides (default: your login name)."
    )
    return who(click.option("--note", default="", help="Why, for those who read it later.")(command))


def say(decided: Decided) -> None:
    """Tell where the articles that a decision is about stand now, or as what its initiative stands."""
    if decided.initiative:
        click.echo(f"Review {decided.review}: what it is about stands now as {decided.initiative}.")
        return
    statements, events = (", ".join(map(str, ids)) for ids in (decided.statements, decided.events))
    where = f"what it is about stands now in statement {statements} of event {events}" if statements else "nothing here is concerned"
    click.echo(f"Review {decided.review}: {where}.")


@click.group()
def reviews() -> None:
    """What people decided, and what was taken back."""


@reviews.command(name="list")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(place: Place, as_json: bool) -> None:
    """List decisions, oldest first."""
    with place.store() as store:
        rows = decisions.rows(store)
    if as_json:
        emit(rows)
        return
    shown = [
        (row["id"], row["at"], row["who"], row["action"], _short(row["subject"]), _short(row["value"]), row["note"], _state(row))
        for row in rows
    ]
    table("Reviews", ("id", "at", "who", "action", "subject", "value", "note", ""), shown)


def _short(lines: str) -> str:
    first, *more = lines.split("\n")
    return f"{first} and {len(more)} more" if more else first


def _state(row: dict[str, Any]) -> str:
    return "" if row["in_force"] else "undone"


@reviews.command()
@click.argument("number", metavar="N", type=click.IntRange(1))
@decides
@click.pass_obj
def undo(place: Place, number: int, who: str, note: str) -> None:
    """Take decision N back; the row stays, and undoing the undoing brings it back."""
    with place.rooms() as rooms:
        say(reviewing.undo(rooms, number, Author(who, note)))


@reviews.command()
@click.argument("file", type=click.File("w", encoding="utf-8"))
@click.pass_obj
def export(place: Place, file: TextIO) -> None:
    """Write every decision to FILE (- for standard output) as JSON Lines."""
    with place.store() as store:
        file.writelines(line + "\n" for line in reviewing.exported(store))


@reviews.command(name="import")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def import_(place: Place, file: TextIO, as_json: bool) -> None:
    """Read decisions from FILE (- for standard input) as export wrote them, all or none; those that are here already stay as they are."""
    try:
        lines = file.read().split("\n")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file.name}: this is no UTF-8") from error
    with place.rooms() as rooms:
        read, new = reviewing.import_(rooms, lines)
    if as_json:
        emit({"read": read, "new": new})
    else:
        click.echo(f"{read} decisions read, {new} new.")


COMMANDS = (reviews,)
