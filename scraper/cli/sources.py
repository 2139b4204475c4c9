"""sources list, health and check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from scraper import app
from scraper.cli.place import NOTHING, SOME_FAILED, Place, emit, table
from scraper.config import Config, defaults_folder, read_records
from scraper.jobs import checking
from scraper.jobs import health as health_job
from scraper.storage import reading


@click.group()
def sources() -> None:
    """What is polled."""


@sources.command(name="list")
@click.option("--json", "as_json", is_flag=True)
@click.option("--all", "everything", is_flag=True, help="Those that are off, too.")
@click.option("--dead", is_flag=True, help="Instead the addresses that are known to be dead.")
@click.pass_obj
def list_(place: Place, as_json: bool, everything: bool, dead: bool) -> None:
    """List the sources with their last outcome, or the addresses that are not to be added."""
    config = place.config()
    if dead:
        _list_dead(config, as_json=as_json)
        return
    with place.store() as store:
        health = {row["source_id"]: row for row in reading.sources(store)}
    rows = [
        {
            "id": s.id, "name": s.name, "publisher": s.publisher, "kind": s.kind, "language": s.language, "official": s.official,
            "enabled": s.enabled, "interval": s.interval, "last_outcome": (health.get(s.id) or {}).get("last_outcome") or "",
            "last_good_at": (health.get(s.id) or {}).get("last_good_at") or "", "rank": s.rank, "note": s.note, "seen": s.seen, "lacks": s.lacks,
        }
        for s in config.sources
        if s.enabled or everything
    ]  # fmt: skip
    if as_json:
        emit(rows)
        return
    columns = ("id", "publisher", "kind", "language", "official", "interval", "last_outcome", "last_good_at")
    table("Sources", columns, [[_off(row) if c == "last_outcome" and not row["enabled"] else row[c] for c in columns] for row in rows])


def _off(row: dict[str, Any]) -> str:
    return f"off, wants {row['lacks']}" if row["lacks"] else "off"


def _list_dead(config: Config, *, as_json: bool) -> None:
    rows = [asdict(one) for one in config.aside.dead]
    if as_json:
        emit(rows)
        return
    columns = ("name", "url", "state", "since", "seen", "why", "instead")
    table("Not to be polled", columns, [[", ".join(row[c]) if c == "instead" else row[c] for c in columns] for row in rows])


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
    table("Health of sources (times in UTC)", tuple(_HEALTH.values()), [[_told(row, column) for column in _HEALTH] for row in rows])
    click.echo(_summed(rows))


_HEALTH = {
    "source_id": "source", "last_outcome": "now", "failing_since": "fails since", "failures": "times", "last_good_at": "last good",
    "next_poll_at": "next poll", "polls": "polls of 7 days", "error": "what went wrong",
}  # fmt: skip


def _told(row: dict[str, Any], column: str) -> object:
    value = row[column]
    if column == "polls":
        return ", ".join(f"{n} {outcome}" for outcome, n in value.items())
    if column == "last_outcome":
        return (value or "never polled") if row["on_duty"] else "standing by"
    if column == "failures":
        return value or ""
    return str(value or "").replace("T", " ").removesuffix("Z") if column.endswith(("_at", "_since")) else value


def _summed(rows: Sequence[dict[str, Any]]) -> str:
    """What has to be looked at, in one line."""
    polled = [row for row in rows if row["on_duty"]]
    never, failing = sum(not row["last_outcome"] for row in polled), sum(bool(row["failures"]) for row in polled)
    parts = [f"{len(polled) - failing - never} of {len(polled)} sources on duty answer", f"{failing} fail", f"{never} were never polled"]
    parts += [f"{len(rows) - len(polled)} stand by for others of their publisher"]
    return "; ".join(part for part in parts if not part.startswith("0 ") or part is parts[0]) + "."


@sources.command()
@click.argument("source", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every source that is on, a line each: how it differs from its expected record.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def check(place: Place, source: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Poll sources dry: what robots.txt says, the entries and what is odd about them, the first article as it would be read, and what
    would be stored; and how all that differs from what the source is known to send. Nothing is stored."""
    if source and everything:
        raise click.UsageError("--all takes no names")
    config = place.config()
    chosen = place.named(config, source) or [one for one in config.sources if one.enabled]
    show = _show_drift if everything else _show
    with app.fetcher(config) as fetcher:
        rows = []
        for row in checking.run(app.desk(config), fetcher, chosen, app.now, read_records(defaults_folder() / "config")):
            rows.append(row)
            if not as_json:
                show(row)
    if as_json:
        emit(rows)
    elif everything:
        click.echo(_verdict(rows))
    raise SystemExit(_exit_code(rows))


_READ = frozenset({"ok", "stale", "empty"})
"""Outcomes of a page that was read, so that it can be held against its record."""


def _exit_code(rows: Sequence[dict[str, Any]]) -> int:
    bad = [row for row in rows if row["outcome"] not in ("ok", "stale")]
    if bad and len(bad) == len(rows):
        return NOTHING
    return SOME_FAILED if bad or any(row["drift"] for row in rows) else 0


def _show_drift(row: dict[str, Any]) -> None:
    """A source in a line, and a line below for each difference."""
    told = "differs" if row["drift"] else "as expected" if row["recorded"] else "has no record"
    counted = "1 entry" if row["entries"] == 1 else f"{row['entries']} entries"
    stale = f"; stale: {row['error']}" if row["outcome"] == "stale" else ""
    click.echo(
        f"{row['source']}: {told}, {counted}{stale}" if row["outcome"] in _READ else f"{row['source']}: {row['outcome']}: {row['error']}"
    )
    _show_differences(row)


def _show_differences(row: dict[str, Any]) -> None:
    for one in row["drift"]:
        click.echo(f"    {'differs':13}{one['sentence']}" + (f" ({one['selector']})" if one["selector"] else ""))


def _verdict(rows: Sequence[dict[str, Any]]) -> str:
    """What has to be mended, in a line."""
    rotten = [row["source"] for row in rows if row["drift"]]
    silent = [row["source"] for row in rows if row["outcome"] not in _READ]
    parts = [f"{len(rows) - len(rotten) - len(silent)} of {len(rows)} sources send what is expected"]
    parts += [f"{len(rotten)} differ: {', '.join(rotten)}"] if rotten else []
    parts += [f"{len(silent)} could not be compared: {', '.join(silent)}"] if silent else []
    return "; ".join(parts) + "."


def _show(row: dict[str, Any]) -> None:
    """A source and what was found, a line each; the article's text indented below."""
    counted = "1 entry" if row["entries"] == 1 else f"{row['entries']} entries"
    told = f" ({row['to_read']} would be read)" if "to_read" in row else ""
    click.echo(f"{row['source']}: {row['outcome']}, {counted}{told}" + (f": {row['error']}" if row["error"] else ""))
    _show_differences(row)
    for key, name in _SHOWN.items():
        found = row.get(key)
        for value in found if isinstance(found, list) else [found]:
            if value not in (None, ""):
                click.echo(f"    {name:13}{' '.join(str(value).split())}")


_SHOWN = {
    "robots": "robots.txt", "notes": "note", "newest": "newest", "first_title": "first entry", "first_url": "address", "article": "article",
    "title": "title", "published": "published", "language": "language", "text": "begins", "relevant": "relevant", "reasons": "because",
    "stored": "would store",
}  # fmt: skip


COMMANDS = (sources,)
