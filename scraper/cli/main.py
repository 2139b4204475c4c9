"""The top of the command: global options, and errors turned into sentences and exit codes."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any, Final

import click

from scraper import __version__, app
from scraper.cli.place import USAGE, Place, told
from scraper.errors import TrilateralError

FILES: Final = {
    "backfill": ("backfill",),
    "backup": ("backup",),
    "check-config": ("health",),
    "cite": ("cite",),
    "compare": ("compare",),
    "demo": ("run",),
    "digest": ("digests",),
    "digests": ("digests",),
    "doctor": ("doctor",),
    "events": ("events",),
    "export": ("export",),
    "health": ("health",),
    "import": ("look",),
    "init": ("run",),
    "initiatives": ("initiatives",),
    "inspect": ("look",),
    "notify": ("notify",),
    "poll": ("run",),
    "reindex": ("reindex",),
    "replay": ("replay",),
    "report": ("report",),
    "restore": ("backup",),
    "reviews": ("reviews",),
    "run": ("run",),
    "serve": ("health",),
    "sources": ("sources", "catalogue"),
    "statements": ("statements",),
}
"""Each command and the files of this package that make it: the command stands in ``COMMANDS`` of the first, the others add to it.

A file is read when its command is called, so that ``health``, which a monitor calls every minute, does not wait for what reads pages.
"""


class Tree(click.Group):
    """A group that reads a command when it is called, and turns every expected failure into one sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the alphabet."""
        return sorted({*FILES, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, read from its file; None where there is none of that name."""
        files = [import_module(f"scraper.cli.{file}") for file in FILES.get(cmd_name, ())]
        if not files:
            return super().get_command(ctx, cmd_name)
        found: click.Command = next(command for command in files[0].COMMANDS if command.name == cmd_name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error of the tree becomes a sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except TrilateralError as error:
            raise SystemExit(told(error)) from error
        except click.FileError as error:
            error.show()
            raise SystemExit(USAGE) from error  # not click's 1, which means that some sources failed


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
