"""The life of one initiative as people read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from scraper.cli.place import table, wrapped

Row = dict[str, Any]
_INDENT = 4
_DECIDED = {
    "confirmed": "Confirmed by a person",
    "renamed": "Named by a person",
    "merged": "A person put others together with it",
    "dismissed": "Dismissed by a person: its names raise nothing",
}


def tell(row: Row) -> None:
    """Print the life of an initiative as scraper.jobs.lives.life gives it."""
    _head(row)
    _around(row)
    table("\nNames", ("language", "name"), [(n["language"], n["name"]) for n in row["names"]])
    _timeline(row)
    _told(
        "\nFlags",
        ("kind", "basis", "flagged", "superseded", "why"),
        ("kind", "basis", "flagged_at", "superseded_at", "reason"),
        row["flags"],
    )
    _reviews(row["reviews"])


def _head(row: Row) -> None:
    if row["asked"]:
        click.echo(f"{row['asked']} goes by {row['id']} now.")
    click.echo(f"{row['name']} ({row['kind'] or 'kind not known'}, {row['status'] or 'no state seen'})")
    if row["text_name"]:
        click.echo(f"Also called: {row['text_name']}")
    if row["section"] != "ours":
        click.echo(f"Not of the three alone: {row['scope']}")
    if row["decision"]:
        click.echo(_DECIDED[row["decision"]])
    if row["reason"]:
        click.echo(f"{row['reason']} (confidence {row['confidence']:.2f})")
    for near in row["nearest"]:
        click.echo(f"  near: {near['name']}: {near['why']}")


def _around(row: Row) -> None:
    entry = row["registry"] or {}
    for title, some in (("Parent", entry.get("parent")), ("Part of it", entry.get("children")), ("Related", entry.get("related"))):
        if some:
            click.echo(f"{title}: {', '.join(one['name'] for one in some)}")
    for title, some in (("Before it had a name", row["precursors"]), ("Later named", row["successors"])):
        for one in some:
            click.echo(f"{title}: {one['name']} ({one['id']}): {one['reason']}")
    for one in row["proposals"]:
        click.echo(
            f"Perhaps the same as {one['name']} ({one['id']}): {one['reason']}. To confirm: trilateral initiatives merge {one['later']} {one['earlier']}"
        )
    if row["instances"]:
        click.echo(f"Instances: {', '.join(_instance(one) for one in row['instances'])}")


def _instance(one: Row) -> str:
    return f"{one['instance']} ({one['date'] or 'date not known'})"


def _timeline(row: Row) -> None:
    """Every observation with its sentence under it: a table would leave a sentence a finger's breadth."""
    click.echo("\nLife" if row["timeline"] else "\nLife: none; nothing in our data names it.")
    for one in row["timeline"]:
        instance = f"instance {one['instance']}" if one["instance"] else ""
        click.echo(
            " · ".join(word for word in (one["date"] or "date not known", one["side"], _state(one), instance, one["publisher"]) if word)
        )
        for line in filter(None, (*wrapped(one["sentence"] or "", indent=_INDENT), one["url"])):
            click.echo(f"{' ' * _INDENT}{line}")


def _state(observed: Row) -> str:
    taken_out = f" (taken out by an edit seen {observed['taken_out_at'][:10]})" if observed["taken_out_at"] else ""
    return f"{observed['status'].replace('_', ' ')}{taken_out}"


def _reviews(rows: Iterable[Row]) -> None:
    shown = [
        (r["id"], r["at"], r["who"], r["action"], r["subject"], r["value"], r["note"], "" if r["in_force"] else "undone") for r in rows
    ]
    if shown:
        table("\nDecided", ("review", "at", "who", "action", "id", "value", "note", ""), shown)


def _told(title: str, columns: tuple[str, ...], keys: tuple[str, ...], rows: Iterable[Row]) -> None:
    shown = [tuple(row[key] for key in keys) for row in rows]
    if shown:
        table(title, columns, shown)
