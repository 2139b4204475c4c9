"""statements list, show, merge and split."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click

from scraper import app
from scraper.cli.place import Place, emit, table
from scraper.cli.reviews import decides, say
from scraper.jobs import provenance, reviewing
from scraper.jobs.reviewing import Author
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
    """Show one statement: its lead and copies by grade, who published when and who has not, what it names, its text."""
    config = place.config()
    with app.store(place.home, config) as store:
        row = provenance.statement(config, store, key)
    if as_json:
        emit(row)
    else:
        _show(row)


def _show(row: dict[str, Any]) -> None:
    click.echo(f"{row['title']}\n{row['event']} (event {row['event_id']}) · {row['kind']} · side {row['side'] or '-'}")
    if row["placeholder"]:
        click.echo("The primary text is not yet seen: only reports of it are known.")
    else:
        click.echo(f"Lead: {row['lead_publisher']} {row['lead_url']}")
    click.echo(f"Languages: {', '.join(f'{language} {count}' for language, count in row['languages'].items())}")
    for person in row["participants"]:
        click.echo(f"  {person['person']} {person['office']} {person['party']}".rstrip())
    told = [
        (s["grade"], s["relation"], _percent(s["share"]), s["domain"], s["language"], _when(s), s["reason"], s["article_id"], s["url"])
        for s in row["sightings"]
    ]
    table("\nSeen at", ("grade", "relation", "carries", "site", "language", "out (UTC)", "why", "article", "url"), told)
    show_sides(row["sides"])
    if row["side"] != "joint" and not row["placeholder"]:
        show_sides(row["event_sides"], "Sides of the event")
    _show_contradictions(row["sightings"])
    show_reviews(row["reviews"])
    _table("Beside it", ("id", "kind", "side", "title"), [(b["id"], b["kind"], b["side"], b["title"]) for b in row["beside"]])
    table("\nInitiatives", ("id", "name", "status"), [(i["id"], i["name"], i["status"]) for i in row["initiatives"]])
    changed = [(r["seen_at"], r["kind"], r["publisher"], _diff(r["diff"])) for r in row["revisions"]]
    _table("Changed since", ("seen", "what", "publisher", "words"), changed)
    click.echo(f"\n{row['text'] or '(the text is not kept: the source does not allow it)'}")


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    if rows:
        table(f"\n{title}", columns, rows)


def show_sides(sides: Sequence[dict[str, Any]], title: str = "Sides") -> None:
    """Print who published when, and who has not."""
    if sides:
        click.echo(f"\n{title}")
    for side in sides:
        click.echo(f"  {side['said']}")


def show_reviews(reviews: Sequence[dict[str, Any]]) -> None:
    """Print what was decided."""
    if reviews:
        click.echo("\nDecided by people")
    for review in reviews:
        undone = "" if review["in_force"] else " (undone)"
        click.echo(f"  {review['id']}: {review['action']} by {review['who']}, {review['at']}{undone} {review['note']}".rstrip())


def _show_contradictions(sightings: Sequence[dict[str, Any]]) -> None:
    found = [
        (seen["domain"], *(one[key] for key in ("kind", "lead", "copy", "sentence")))
        for seen in sightings
        for one in seen["contradictions"]
    ]
    _table("Contradicts the lead", ("site", "what", "lead has", "it has", "in"), found)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.0f} %"


def _when(seen: dict[str, Any]) -> str:
    return provenance.bracket(seen["not_before"], seen["not_after"]).removeprefix("at ")


def _diff(diff: str | None) -> str:
    """A word diff in one line: what went as [-...-], what came as {+...+}."""
    signs = {"gone": "[-{}-]", "new": "{{+{}+}}", "same": "{}"}
    return " ".join(signs[op].format(text) for op, text in json.loads(diff or "[]"))


@statements.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@decides
@click.pass_obj
def merge(place: Place, one: str, other: str, who: str, note: str) -> None:
    """Put statements A and B together: they are one."""
    with place.rooms() as rooms:
        say(reviewing.merge_statements(rooms, one, other, Author(who, note)))


@statements.command()
@click.argument("key", metavar="ID")
@click.argument("article", nargs=-1, required=True)
@decides
@click.pass_obj
def split(place: Place, key: str, article: tuple[str, ...], who: str, note: str) -> None:
    """Take each ARTICLE (its number in "statements show", or its URL) out of statement ID."""
    with place.rooms() as rooms:
        say(reviewing.split_statement(rooms, key, article, Author(who, note)))


COMMANDS = (statements,)
