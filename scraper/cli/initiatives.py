"""initiatives list, show, confirm, rename, merge, dismiss and export."""

from __future__ import annotations

from typing import Any, TextIO

import click

from scraper import app
from scraper.cli.lives import tell
from scraper.cli.place import Place, emit, table
from scraper.cli.reviews import decides
from scraper.jobs import lives, naming, registering
from scraper.jobs.naming import Author, Named

_TITLES = {
    "ours": "Initiatives",
    "wider": "\nWider than the three: bodies in which they take part",
    "other": "\nOf others: kept so that they are not taken for one of the three",
}


@click.group()
def initiatives() -> None:
    """The initiatives: known ones, and those named for the first time."""


@initiatives.command(name="list")
@click.option("--new", is_flag=True, help="Only those flagged as new.")
@click.option("--seen", is_flag=True, help="Only those mentioned in our data.")
@click.option(
    "--proposed", is_flag=True, help="What is perhaps the same as another; a merge confirms it, a confirmation of its own denies it."
)
@click.option("--dismissed", is_flag=True, help="What people dismissed.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(place: Place, new: bool, seen: bool, proposed: bool, dismissed: bool, as_json: bool) -> None:
    """List initiatives by name; bodies of more than the three, and of others, stand apart."""
    if proposed + dismissed + (new or seen) > 1:
        raise click.UsageError("--proposed and --dismissed are listings of their own: give one of them alone")
    config = place.config()
    with app.store(place.home, config) as store:
        if proposed:
            rows = lives.proposed(store)
        elif dismissed:
            rows = lives.dismissed(config, store)
        else:
            rows = lives.listed(config, store, new=new, seen=seen)
    if as_json:
        emit(rows)
    elif proposed:
        shown = [(r["initiative_id"], r["name"], r["other_id"], r["other_name"], r["kind"], r["reason"]) for r in rows]
        table("Proposed: perhaps the same", ("id", "name", "perhaps", "name there", "kind", "why"), shown)
    elif dismissed:
        shown = [(r["review"], r["id"], ", ".join(r["names"]), r["at"], r["who"], r["note"]) for r in rows]
        table("Dismissed", ("review", "id", "names", "at", "who", "note"), shown)
    else:
        _list(rows)


def _list(rows: list[dict[str, Any]]) -> None:
    for section in lives.SECTIONS:
        shown = [
            (r["id"], _called(r), r["kind"], r["status"], r["first_date"], r["mentions"], r["decision"])
            for r in rows
            if r["section"] == section
        ]
        if shown or section == "ours":
            table(_TITLES[section], ("id", "name", "kind", "status", "first in our data", "mentions", "decided"), shown)


def _called(row: dict[str, Any]) -> str:
    return f"{row['name']} (also: {row['text_name']})" if row["text_name"] else str(row["name"])


@initiatives.command()
@click.argument("words", metavar="ID", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(place: Place, words: tuple[str, ...], as_json: bool) -> None:
    """Show the life of one initiative, given by its id or a name: its names, what is near, every observation with its sentence and link,
    flags and decisions."""
    config = place.config()
    with app.store(place.home, config) as store:
        row = lives.life(config, store, " ".join(words))
    if as_json:
        emit(row)
    else:
        tell(row)


def _say(named: Named) -> None:
    state = "dismissed: its names raise nothing any more" if named.dismissed else f"{named.id}: {named.name}"
    click.echo(f"Review {named.review}: {state}.")


@initiatives.command()
@click.argument("key", metavar="ID")
@click.option("--wider", is_flag=True, help="It is a body of more than the three, in which they take part.")
@decides
@click.pass_obj
def confirm(place: Place, key: str, wider: bool, who: str, note: str) -> None:
    """Say that initiative ID is one; it is certain then."""
    with place.rooms() as rooms:
        _say(naming.confirm(rooms, key, Author(who, note), wider=wider))


@initiatives.command()
@click.argument("key", metavar="ID")
@click.argument("name")
@decides
@click.pass_obj
def rename(place: Place, key: str, name: str, who: str, note: str) -> None:
    """Call initiative ID by another NAME; its id stays, and what the texts call it is shown too."""
    with place.rooms() as rooms:
        _say(naming.rename(rooms, key, name, Author(who, note)))


@initiatives.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@decides
@click.pass_obj
def merge(place: Place, one: str, other: str, who: str, note: str) -> None:
    """Say that initiative A is initiative B: its names are names of B, also in texts that come later."""
    with place.rooms() as rooms:
        _say(naming.merge(rooms, one, other, Author(who, note)))


@initiatives.command()
@click.argument("key", metavar="ID")
@decides
@click.pass_obj
def dismiss(place: Place, key: str, who: str, note: str) -> None:
    """Say that ID is no initiative: its names raise nothing any more, also in texts that come later."""
    with place.rooms() as rooms:
        _say(naming.dismiss(rooms, key, Author(who, note)))


@initiatives.command()
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
@click.option(
    "--all", "whole", is_flag=True, help="The whole registry with what was found and decided, to be put in the place of initiatives.toml."
)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def export(place: Place, file: TextIO, whole: bool, as_json: bool) -> None:
    """Write what was found and decided to FILE (default: standard output) as entries of initiatives.toml."""
    config = place.config()
    with app.store(place.home, config) as store:
        found = registering.entries(config, store, whole=whole)
    if as_json:
        emit(registering.as_json(found))
    else:
        file.write(registering.as_toml(found))
        if not found:
            click.echo("Nothing was found or decided so far; --all writes the registry that is shipped.", err=True)


COMMANDS = (initiatives,)
