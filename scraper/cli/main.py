"""The top of the command: global options, and errors turned into sentences and exit codes."""

from __future__ import annotations

import os
from typing import Any

import click

from scraper import __version__, app
from scraper.cli import (
    backfill,
    catalogue,
    compare,
    digests,
    doctor,
    events,
    health,
    initiatives,
    look,
    notify,
    reindex,
    replay,
    reviews,
    run,
    sources,
    statements,
)
from scraper.cli.place import Place, told
from scraper.errors import TrilateralError


class Tree(click.Group):
    """A group that turns every expected failure into one sentence and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error of the tree becomes a sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except TrilateralError as error:
            raise SystemExit(told(error)) from error


@click.group(cls=Tree, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="trilateral")
@click.option("--home", metavar="DIR", help="The folder that holds config/ and db/ (default: TRILATERAL_HOME, or the current one).")
@click.option("--config", metavar="DIR", help="The configuration folder, if elsewhere.")
@click.option("--db", metavar="FILE", help="The database, if elsewhere.")
@click.pass_context
def main(context: click.Context, home: str | None, config: str | None, db: str | None) -> None:
    """Watch for statements that three governments make together: each once, every new initiative with its proof."""
    app.share_memory()
    context.obj = Place(app.home(home, config, db, os.environ))


for _group in (
    run,
    look,
    statements,
    compare,
    events,
    initiatives,
    reviews,
    digests,
    notify,
    sources,
    catalogue,
    health,
    doctor,
    reindex,
    replay,
    backfill,
):
    for _command in _group.COMMANDS:
        main.add_command(_command)
