"""sources list, health and check."""

from __future__ import annotations

from typing import Any

import click

from scraper import app
from scraper.cli.place import NOTHING, SOME_FAILED, Place, emit, table
from scraper.jobs import checking
from scraper.jobs import health as health_job
from scraper.storage import reading


@click.group()
def sources() -> None:
    """What is polled."""


@sources.command(name="list")
@click.option("--json", "as_json", is_flag=True)
@click.option("--all", "everything", is_flag=True, help="Those that are off, too.")
@click.pass_obj
def list_(place: Place, as_json: bool, everything: bool) -> None:
    """List the sources with their last outcome."""
    config = place.config()
    with place.store() as store:
        health = {row["source_id"]: row for row in reading.sources(store)}
    rows = [
        {
            "id": s.id, "name": s.name, "publisher": s.publisher, "kind": s.kind, "language": s.language, "official": s.official,
            "enabled": s.enabled, "interval": s.interval, "last_outcome": (health.get(s.id) or {}).get("last_outcome") or "",
            "last_good_at": (health.get(s.id) or {}).get("last_good_at") or "",
        }
        for s in config.sources
        if s.enabled or everything
    ]  # fmt: skip
    if as_json:
        emit(rows)
        return
    columns = ("id", "publisher", "kind", "language", "official", "interval", "last_outcome", "last_good_at")
    table("Sources", columns, [[row[c] for c in columns] for row in rows])


@sources.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def health(place: Place, as_json: bool) -> None:
    """Say how each source answers: its last outcome, since when it fails, and its polls of seven days by outcome."""
    config = place.config()
    with place.store() as store:
        rows = health_job.of_sources(config, store)
    if as_json:
        emit([{**row, "official": bool(row["official"])} for row in rows])
        return
    columns = ("source_id", "last_outcome", "failing_since", "last_good_at", "failures", "polls", "error")
    table("Health of sources", columns, [[_told(row, column) for column in columns] for row in rows])


def _told(row: dict[str, Any], column: str) -> object:
    if column == "polls":
        return ", ".join(f"{n} {outcome}" for outcome, n in row["polls"].items())
    return "standing by" if column == "last_outcome" and not row["on_duty"] else row[column]


@sources.command()
@click.argument("source", nargs=-1)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def check(place: Place, source: tuple[str, ...], as_json: bool) -> None:
    """Poll sources dry: entries, and the first article as it would be read. Nothing is stored."""
    config = place.config()
    chosen = place.named(config, source) or [one for one in config.sources if one.enabled]
    with app.fetcher(config) as fetcher:
        rows = checking.run(app.desk(config), fetcher, chosen, app.now)
    if as_json:
        emit(rows)
    else:
        for row in rows:
            _show(row)
    bad = [row for row in rows if row["outcome"] not in ("ok", "stale")]
    raise SystemExit(NOTHING if bad and len(bad) == len(rows) else SOME_FAILED if bad else 0)


def _show(row: dict[str, object]) -> None:
    click.echo(f"{row['source']}: {row['outcome']}, {row['entries']} entries {row['error']}".rstrip())
    for key in ("newest", "first_title", "first_url", "article", "relevant"):
        if row.get(key) not in (None, ""):
            click.echo(f"    {key.replace('_', ' ')}: {row[key]}")


COMMANDS = (sources,)
