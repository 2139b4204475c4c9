"""inspect and import: what the stages say of a page, and files taken in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scraper import app
from scraper.charsets import decode
from scraper.cli.place import SOME_FAILED, Place, emit, table
from scraper.jobs import inspection, intake


@click.command()
@click.argument("target", required=False)
@click.option("--text", metavar="FILE|-", help="Read plain text from a file or standard input instead of a page.")
@click.option("--language", metavar="L", default="", help="Its language (en, ko, ja), if known.")
@click.option("--title", metavar="T", default="", help="Its title, if known.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.pass_obj
def inspect(place: Place, target: str | None, text: str | None, language: str, title: str, as_json: bool) -> None:
    """Show every stage's answer for one URL, file or text; nothing is stored."""
    if (target is None) == (text is None):
        raise click.UsageError("give one URL or file, or --text FILE")
    desk = app.desk(place.config())
    if text is not None:
        body = decode(sys.stdin.buffer.read()).text if text == "-" else _read(Path(text))
        told = inspection.of_text(desk, body, language=language, title=title)
    else:
        with app.fetcher(desk.config) as fetcher:
            told = inspection.of_target(desk, str(target), fetcher.get, language=language, title=title)
    if as_json:
        emit(told)
    else:
        _show(told)


def _read(path: Path) -> str:
    try:
        return decode(path.read_bytes()).text
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from error


def _show(told: dict[str, object]) -> None:
    for key in ("url", "title", "published", "language", "relevant", "score", "kind", "relation", "side", "level", "date", "place"):
        click.echo(f"{key:12} {told[key] if told[key] not in (None, '') else '-'}")
    for reason in told["reasons"] if isinstance(told["reasons"], list) else ():
        click.echo(f"{'because':12} {reason}")
    found = told["initiatives"] if isinstance(told["initiatives"], list) else []
    table(
        "\nInitiatives",
        ("name", "known as", "status", "new"),
        [(m["name"], m["id"], m["status"], "new" if m["new"] else "") for m in found],
    )
    click.echo(f"\n{told['statement_text']}")


@click.command(name="import")
@click.argument("path", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--alert", is_flag=True, help="Raise alerts for what is found, as a poll would.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def import_(place: Place, path: tuple[Path, ...], alert: bool, as_json: bool) -> None:
    """Take in JSON Lines, HTML, PDF, HWPX, DOCX or WARC files through the same stages; run again, nothing is stored twice."""
    with place.rooms(lock=True) as rooms:
        done = intake.run(rooms, path, alert=alert)
    for refused in done.refused:
        click.echo(f"{refused.where}: {refused.why}", err=True)
    told = done.concluded
    if as_json:
        emit({"read": done.read, "relevant": done.relevant, "new": done.new, "refused": len(done.refused), "flags": len(told.flags)})
    else:
        click.echo(
            f"{done.read} articles read, {done.relevant} relevant, {done.new} new; {len(done.refused)} refused; {len(told.flags)} flags."
        )
    raise SystemExit(SOME_FAILED if done.refused and not done.read else 0)


COMMANDS = (inspect, import_)
