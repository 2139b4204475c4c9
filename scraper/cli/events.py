"""events list, show, merge and split."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from scraper import app
from scraper.cli.place import Place, emit, table
from scraper.cli.reviews import decides, say
from scraper.cli.statements import show_reviews, show_sides
from scraper.jobs import provenance, reviewing
from scraper.jobs.reviewing import Author
from scraper.storage import reading


@click.group()
def events() -> None:
    """The meetings, calls, exercises and joint acts that statements are about."""


@events.command(name="list")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only those of this date or later.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(place: Place, since: datetime | None, limit: int, as_json: bool) -> None:
    """List events, newest first, with the sides of which no page of their own is known."""
    config = place.config()
    with app.store(place.home, config) as store:
        rows = reading.events(store, since=f"{since:%Y-%m-%d}" if since else "", limit=limit)
    if as_json:
        emit(rows)
        return
    names = provenance.capitals(config.watch)
    shown = [
        (
            r["id"],
            r["date"],
            r["level"],
            r["place"],
            r["statements"],
            r["pages"],
            ", ".join(names.get(side, side) for side in r["missing"]),
            r["name"],
        )
        for r in rows
    ]
    table("Events", ("id", "date", "level", "place", "statements", "pages", "not seen from", "name"), shown)


@events.command()
@click.argument("key", metavar="ID")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(place: Place, key: str, as_json: bool) -> None:
    """Show one event: who took part, its statements by side, who published when and who has not."""
    config = place.config()
    with app.store(place.home, config) as store:
        row = provenance.event(config, store, key)
    if as_json:
        emit(row)
    else:
        _show(row)


def _show(row: dict[str, Any]) -> None:
    click.echo(f"{row['name']}\n{row['date'] or '-'} · {row['place'] or '-'} · {row['level'] or '-'}")
    for person in row["participants"]:
        click.echo(f"  {person['person']} {person['office']} {person['party']}".rstrip())
    told = [(s["id"], s["side"] or "", _kind(s), s["sightings"], s["publisher"], s["title"], s["url"]) for s in row["statements"]]
    table("\nStatements", ("id", "side", "kind", "seen", "lead", "title", "url"), told)
    show_sides(row["sides"])
    _show_history(row["history"])
    show_reviews(row["reviews"])


def _show_history(told: dict[str, Any] | None) -> None:
    """What is known of an act from before, and what became of the addresses where a text of it was found."""
    if told is None:
        return
    names = "".join(f" · {name}" for name in told["names"].values())
    document = f" ({told['document']})" if told["document"] else ""
    click.echo(f"\nKnown from history: {told['name']}{names}, {told['date']}{document}")
    for page in told["addresses"]:
        click.echo(f"  {page['outcome'] or 'not yet read'}: {page['url']}")


def _kind(statement: dict[str, Any]) -> str:
    return "primary text not yet seen" if statement["placeholder"] else str(statement["kind"])


@events.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@decides
@click.pass_obj
def merge(place: Place, one: str, other: str, who: str, note: str) -> None:
    """Put events A and B together: they are one."""
    with place.rooms() as rooms:
        say(reviewing.merge_events(rooms, one, other, Author(who, note)))


@events.command()
@click.argument("key", metavar="ID")
@click.argument("statement", nargs=-1, required=True)
@decides
@click.pass_obj
def split(place: Place, key: str, statement: tuple[str, ...], who: str, note: str) -> None:
    """Take each STATEMENT (its id) out of event ID."""
    with place.rooms() as rooms:
        say(reviewing.split_event(rooms, key, statement, Author(who, note)))


COMMANDS = (events,)
