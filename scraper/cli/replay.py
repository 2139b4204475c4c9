"""The command that draws all conclusions anew and tells the difference: replay."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from types import FrameType

import click
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from scraper import app
from scraper.cli.place import Place, emit, progress, table
from scraper.jobs import replay as replaying
from scraper.jobs.difference import counts
from scraper.jobs.replay import Replayed
from scraper.jobs.rooms import Rooms
from scraper.model.initiative import Registry
from scraper.model.replay import SECTIONS, Change


@click.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Tell only what is of statements of this date or later.")
@click.option("--registry", type=click.Choice(["none"]), help="none: as if no initiative were known.")
@click.option("--apply", "applied", is_flag=True, help="Write what was concluded, in one transaction, without alerts.")
@click.option("--json", "as_json", is_flag=True, help="Print the difference as JSON.")
@click.pass_obj
def replay(place: Place, since: datetime | None, registry: str | None, applied: bool, as_json: bool) -> None:
    """Read every stored article again by the rules of today, draw all conclusions anew on a copy, and tell what would be otherwise.

    Nothing that was seen, decided or sent changes, and without --apply nothing at all.
    """
    if applied and (registry or since):
        raise click.UsageError("--apply writes everything, by the registry as it is: leave out --since and --registry")
    with _ended_by_a_signal(), place.rooms(lock=True) as rooms:
        done = _run(rooms, f"{since:%Y-%m-%d}" if since else "", bare=registry == "none", applied=applied)
    if as_json:
        emit(_told(done))
    else:
        _show(done, bare=bool(registry), since=since is not None)


@contextmanager
def _ended_by_a_signal() -> Iterator[None]:
    """Let SIGTERM end the work as Ctrl-C does: what is half done is undone."""

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(rooms: Rooms, since: str, *, bare: bool, applied: bool) -> Replayed:
    desk = app.desk(replace(rooms.config, registry=Registry())) if bare else None
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    console = progress()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading and concluding again")

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        return replaying.run(rooms, desk=desk, since=since, apply=applied, tell=tell)


def _told(done: Replayed) -> dict[str, object]:
    changes = [asdict(change) for change in done.changes]
    return {
        "articles": done.articles,
        "read": done.read,
        "applied": done.applied,
        "counts": counts(done.changes),
        "changes": changes,
    }


def _show(done: Replayed, *, bare: bool, since: bool) -> None:
    kept = done.articles - done.read
    click.echo(f"{done.read} articles read again" + (f"; {kept} whose text is not kept stay as they were read." if kept else "."))
    if not done.changes:
        click.echo("No difference.")
    for section, actions in counts(done.changes).items():
        click.echo(f"{section}: {', '.join(f'{n} {action}' for action, n in sorted(actions.items()))}")
    for section in SECTIONS:
        _section(section, [change for change in done.changes if change.section == section])
    if done.applied:
        click.echo("The database says so now; nothing was alerted.")
    elif done.changes:
        click.echo(f"Nothing was changed{_offer(bare=bare, since=since)}.")


def _offer(*, bare: bool, since: bool) -> str:
    """What would write what is told; nothing does what holds without the registry."""
    if bare:
        return ""
    return ": --apply, without --since, writes it and what is of earlier statements" if since else ": --apply writes it"


def _section(name: str, changes: Sequence[Change]) -> None:
    if changes:
        click.echo()
        rows = [(c.date, c.action, c.subject, "; ".join(c.before), "; ".join(c.after), c.url) for c in changes]
        table(name.capitalize(), ("date", "what", "of", "as it is", "as it would be", "article"), rows)


COMMANDS = (replay,)
