"""initiatives list and show."""

from __future__ import annotations

import click

from scraper.cli.place import Place, emit, table
from scraper.storage import reading


@click.group()
def initiatives() -> None:
    """The initiatives: known ones, and those named for the first time."""


@initiatives.command(name="list")
@click.option("--new", is_flag=True, help="Only those flagged as new.")
@click.option("--seen", is_flag=True, help="Only those mentioned in our data.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(place: Place, new: bool, seen: bool, as_json: bool) -> None:
    """List initiatives by name."""
    with place.store() as store:
        rows = reading.initiatives(store, new=new, seen=seen)
    if as_json:
        emit(rows)
        return
    shown = [(r["id"], r["name"], r["kind"], r["status"], r["first_date"], r["mentions"]) for r in rows]
    table("Initiatives", ("id", "name", "kind", "status", "first in our data", "mentions"), shown)


@initiatives.command()
@click.argument("key", metavar="ID")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(place: Place, key: str, as_json: bool) -> None:
    """Show one initiative: its names, its life, every mention with its sentence."""
    with place.store() as store:
        row = reading.initiative(store, key)
    if as_json:
        emit(row)
        return
    click.echo(f"{row['name']} ({row['kind'] or 'kind not known'}, {row['status']})")
    if row["reason"]:
        click.echo(f"{row['reason']} (confidence {row['confidence']:.2f})")
    for near in row["nearest"]:
        click.echo(f"  near: {near['name']}: {near['why']}")
    table("\nNames", ("language", "name"), [(n["language"], n["name"]) for n in row["names"]])
    table(
        "\nMentions",
        ("date", "publisher", "status", "sentence"),
        [(m["date"], m["publisher"], m["status"], m["sentence"]) for m in row["mentions"]],
    )


COMMANDS = (initiatives,)
