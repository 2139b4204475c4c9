"""cite: statements as other people's works cite them."""

from __future__ import annotations

import click

from scraper import app
from scraper.cli.place import Place
from scraper.jobs import citing
from scraper.stages.citing import FORMS, cited


@click.command()
@click.argument("statements", metavar="STATEMENT...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMS)),
    default="chicago",
    show_default=True,
    help="A footnote, or what reference managers read.",
)
@click.pass_obj
def cite(place: Place, statements: tuple[str, ...], form: str) -> None:
    """Cite statements by their ids: who published the page, its archived copy, and when it was read."""
    config = place.config()
    with app.store(place.home, config) as store:
        found = citing.citations(config, store, statements)
    click.echo(cited(found, form).encode("utf-8", "replace"), nl=False)


COMMANDS = (cite,)
"""The commands of this file."""
