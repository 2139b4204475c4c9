"""The commands that make things happen: init, run, poll, demo."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import threading
from pathlib import Path

import click
from rich.progress import Progress, SpinnerColumn, TextColumn

from scraper import app, scheduler
from scraper.cli.place import NOTHING, SOME_FAILED, Place, emit, progress, table
from scraper.config import defaults_folder
from scraper.errors import LockHeld
from scraper.jobs import demo as demo_job
from scraper.jobs import home as home_job
from scraper.jobs import poll as poll_job
from scraper.jobs.poll import Passed
from scraper.jobs.rooms import Rooms
from scraper.model.source import Poll, Source
from scraper.storage import sources as polled


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a home: config/ and db/ from the packaged defaults. What is there already stays."""
    written = home_job.make(folder, defaults_folder())
    click.echo(f"{folder}: {len(written)} files written." if written else f"{folder} has everything already; nothing was changed.")
    click.echo(f"Next: trilateral --home {folder} run")


@click.command()
@click.option(
    "--tick",
    default=scheduler.TICK_SECONDS,
    show_default=True,
    type=click.FloatRange(0.1, 3600),
    help="Seconds between looks at what is due.",
)
@click.pass_obj
def run(place: Place, tick: float) -> None:
    """Run the daemon: polls what is due, sends digests, until SIGTERM. SIGHUP makes it read the configuration again."""
    with place.rooms(lock=True) as rooms:
        clean = scheduler.run(rooms, os.environ, tick_seconds=tick, reload=app.reloaded)
    scheduler.leave(clean and threading.active_count() == 1)


@click.command()
@click.argument("source", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the polls as JSON.")
@click.pass_obj
def poll(place: Place, source: tuple[str, ...], as_json: bool) -> None:
    """Poll once: the sources that are due, or the named ones."""
    config = place.config()
    named = place.named(config, source)
    try:
        with place.rooms(lock=True, config=config) as rooms:
            passed = _poll(rooms, named or poll_job.due(rooms))
    except LockHeld as held:
        with place.store() as store:
            polled.wish(store, source)
        click.echo(f"{held}. It was asked to poll now.", err=as_json)
        if as_json:
            emit([])
        return
    _show(passed, as_json)
    for bug in passed.bugs:
        raise bug
    if passed.polls and len(passed.failed) == len(passed.polls):
        raise SystemExit(NOTHING)
    raise SystemExit(SOME_FAILED if passed.failed else 0)


def _poll(rooms: Rooms, chosen: tuple[Source, ...]) -> Passed:
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=progress(), transient=True) as bar:
        task = bar.add_task(f"polling {len(chosen)} sources", total=len(chosen))

        def tell(done: Poll) -> None:
            bar.update(task, advance=1, description=f"{done.source_id}: {done.outcome}")

        return poll_job.run(rooms, chosen, tell=tell)


def _show(passed: Passed, as_json: bool) -> None:
    if as_json:
        keys = ("source_id", "outcome", "http_status", "entries", "new", "error")
        emit([{key: getattr(done, key) for key in keys} for done in passed.polls])
        return
    rows = [(done.source_id, done.outcome, done.entries, done.new, done.error) for done in passed.polls]
    table("Polls", ("source", "outcome", "entries", "new", "what went wrong"), rows)
    told = passed.concluded
    click.echo(
        f"{len(told.statements)} new statements, {len(told.flags)} new flags, {told.alerts} alerts, {told.held_back} too old to alert."
    )


@click.command()
def demo() -> None:
    """Run the whole job on a press room served on loopback, in a home of its own (.demo unless --home says otherwise)."""
    given = click.get_current_context().find_root().params.get("home")
    quiet = app.logger(level=logging.WARNING)
    own = "trilateral" if shutil.which("trilateral") else os.path.relpath(sys.argv[0])
    demo_job.run(
        Path(given or ".demo"), defaults_folder(), app.now, lambda home: app.rooms(home, os.environ, log=quiet), click.echo, program=own
    )


COMMANDS = (init, run, poll, demo)
