"""backfill: what happened before this home was made."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import FrameType

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from scraper.cli.place import NOTHING, OK, SOME_FAILED, Place, emit, progress
from scraper.jobs import backfill as backfilling
from scraper.jobs import leafing
from scraper.jobs.backfill import Backfilled, Tell
from scraper.urls import host

INTERRUPTED = 128 + signal.SIGINT
"""The exit code of a stop from outside, as shells give it."""


@click.command()
@click.option("--history", is_flag=True, help="Read the addresses of history.toml, and make an event of each act in it.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="With --history: only addresses of acts of this date or later.")
@click.option("--listing", "source", metavar="SOURCE", help="Page back through this source's listing, API, feed or sitemaps.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="With --listing: back to this date.")
@click.option("--limit", default=0, type=click.IntRange(0, 1_000_000), help="Read so many addresses or entries at most (0: all).")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def backfill(
    place: Place, history: bool, since: datetime | None, source: str | None, until: datetime | None, limit: int, as_json: bool
) -> None:
    """Read what came out before, slowly, without alerts. Stopped, it goes on where it was when it is called again."""
    _check(history, since, source, until)
    config = place.config()
    chosen = place.named(config, (source,))[0] if source else None
    with _interruptible(), place.rooms(lock=True, config=config) as rooms:
        if chosen is None:
            done = _watched("history", lambda tell: backfilling.backfill(rooms, since=_day(since), limit=limit, tell=tell))
        else:
            done = _watched(chosen.id, lambda tell: leafing.leaf(rooms, chosen, _day(until), limit=limit, tell=tell))
    _show(done, as_json)
    raise SystemExit(_code(done))


def _check(history: bool, since: datetime | None, source: str | None, until: datetime | None) -> None:
    if history == bool(source):
        raise click.UsageError("say what: --history, or --listing SOURCE --until DATE")
    if history and until:
        raise click.UsageError("--until belongs to --listing; --history takes --since")
    if source and (since or not until):
        raise click.UsageError("--listing needs --until DATE, and no --since")


def _day(given: datetime | None) -> str:
    return f"{given:%Y-%m-%d}" if given else ""


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let SIGTERM end the work as Ctrl-C does."""

    def end(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _watched(name: str, work: Callable[[Tell], Backfilled]) -> Backfilled:
    """Do the work with its progress on the terminal: how far it is, how long it may take, what is asked now."""
    columns = (
        SpinnerColumn(), TextColumn("{task.fields[name]}"), BarColumn(20), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("left {task.description}", markup=False),
    )  # fmt: skip
    console = progress()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None, name=name)

        def tell(done: int, total: int, asked: str) -> None:
            bar.update(task, completed=done, total=total or None, description=host(asked)[:32])

        return work(tell)


def _show(done: Backfilled, as_json: bool) -> None:
    told = done.concluded
    figures = {
        "asked": done.asked, "outcomes": dict(sorted(done.outcomes.items())), "new": done.new, "statements": len(told.statements),
        "flags": len(told.flags), "failed": done.failed, "left": done.left, "pages": done.pages, "stopped": done.stopped, "error": done.error,
    }  # fmt: skip
    if as_json:
        emit(figures)
        return
    outcomes = ", ".join(f"{n} {word}" for word, n in sorted(done.outcomes.items()) if n) or "nothing settled"
    pages = f"{done.pages} pages, " if done.pages else ""
    click.echo(f"{pages}{done.asked} asked: {outcomes}. {done.new} new articles, {len(told.statements)} new statements, no alerts.")
    if done.error:
        click.echo(done.error, err=True)
    if done.failed or done.left or done.stopped:
        stopped = "Stopped. " if done.stopped else ""
        click.echo(f"{stopped}{done.failed} could not be had for now, {done.left} are left: call it again, and it goes on.")


def _code(done: Backfilled) -> int:
    if done.stopped:
        return INTERRUPTED
    if done.asked + bool(done.error) and not done.answered:
        return NOTHING
    return SOME_FAILED if done.failed or done.error else OK


COMMANDS = (backfill,)
