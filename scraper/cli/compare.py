"""compare: the wording of two statements, sentence by sentence."""

from __future__ import annotations

import click

from scraper import app
from scraper.cli.place import Place
from scraper.jobs import comparing


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="[B]", required=False)
@click.option("--json", "as_data", is_flag=True, help="Print everything as JSON.")
@click.option("--html", "as_page", is_flag=True, help="Print a page of its own, for a browser or a mail.")
@click.option("--all", "kept", is_flag=True, help="Show kept sentences too (JSON and HTML have them anyway).")
@click.pass_obj
def compare(place: Place, one: str, other: str | None, as_data: bool, as_page: bool, kept: bool) -> None:
    """Compare the wording of statements A and B, or of A and the last one before it of the same level, kind, side and language.

    Says why where they are not comparable: another level, kind, side or language, or a text that is cut.
    """
    if as_data and as_page:
        raise click.UsageError("give --json or --html, not both")
    config = place.config()
    desk = app.desk(config)
    with app.store(place.home, config) as store:
        made = comparing.compare(store, desk.formulary, one, other) if other else comparing.with_last(store, desk.formulary, one)
    form = "json" if as_data else "html" if as_page else "text"
    click.echo(comparing.told(made, config.wording, form=form, kept=kept), nl=False)


COMMANDS = (compare,)
