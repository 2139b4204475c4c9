"""report: a month in Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from scraper import app
from scraper.catalogues import LANGUAGES
from scraper.cli.place import Place
from scraper.errors import InputError
from scraper.jobs import report as report_job
from scraper.notify.file import replace_file


@click.command()
@click.option("--month", metavar="YYYY-MM", default="", help="The month by the dates of the statements (default: the one that ended last).")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it to this file, replaced as a whole (default: standard output).",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Of the headings; titles and sentences stay in their own.",
)
@click.pass_obj
def report(place: Place, month: str, output: Path | None, language: str) -> None:
    """Report a month in Markdown: statements, new initiatives, changed wording and coverage, with a footnote for each."""
    config = place.config()
    with app.store(place.home, config) as store:
        text = report_job.report(config, store, month or report_job.last_month(store), language)
    if output is None or str(output) == "-":
        click.echo(text.encode("utf-8", "replace"), nl=False)
        return
    try:
        replace_file(output, text)
    except OSError as error:
        raise InputError(f"{output} cannot be written: {error.strerror}") from error


COMMANDS = (report,)
"""The commands of this file."""
