"""statements list and show."""

from __future__ import annotations

import json
from datetime import datetime

import click

from scraper.cli.place import Place, emit, table
from scraper.storage import reading


@click.group()
def statements() -> None:
    """The statements, each once."""


@statements.command(name="list")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only those of this date or later.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(place: Place, since: datetime | None, limit: int, as_json: bool) -> None:
    """List statements, newest first."""
    with place.store() as store:
        rows = reading.statements(store, since=f"{since:%Y-%m-%d}" if since else "", limit=limit)
    if as_json:
        emit(rows)
        return
    shown = [(r["id"], r["date"], r["side"], r["kind"], r["level"], r["place"], r["sightings"], r["title"]) for r in rows]
    table("Statements", ("id", "date", "side", "kind", "level", "place", "seen", "title"), shown)


@statements.command()
@click.argument("key", metavar="ID")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(place: Place, key: str, as_json: bool) -> None:
    """Show one statement: its text, where it was seen, what it names."""
    with place.store() as store:
        row = reading.statement(store, key)
    if as_json:
        emit(row)
        return
    click.echo(f"{row['title']}\n{row['event']} · {row['kind']} · side {row['side'] or '-'}")
    for person in row["participants"]:
        click.echo(f"  {person['person']} {person['office']} {person['party']}".rstrip())
    seen = [(s["publisher"], s["relation"], s["grade"], s["reason"], s["url"]) for s in row["sightings"]]
    table("\nSeen at", ("publisher", "relation", "grade", "why", "url"), seen)
    table("\nInitiatives", ("id", "name", "status"), [(i["id"], i["name"], i["status"]) for i in row["initiatives"]])
    if row["revisions"]:
        table(
            "\nChanged since",
            ("seen", "what", "publisher", "words"),
            [(r["seen_at"], r["kind"], r["publisher"], _diff(r["diff"])) for r in row["revisions"]],
        )
    click.echo(f"\n{row['text'] or '(the text is not kept: the source does not allow it)'}")


def _diff(diff: str | None) -> str:
    """A word diff in one line: what went as [-...-], what came as {+...+}."""
    signs = {"gone": "[-{}-]", "new": "{{+{}+}}", "same": "{}"}
    return " ".join(signs[op].format(text) for op, text in json.loads(diff or "[]"))


COMMANDS = (statements,)
