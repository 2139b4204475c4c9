"""The command that makes what is derived from rows again: reindex."""

from __future__ import annotations

import click

from scraper.cli.place import Place, progress
from scraper.jobs import comparing
from scraper.storage import postings, searching
from scraper.storage.lock import Lock


@click.command()
@click.pass_obj
def reindex(place: Place) -> None:
    """Make the index of copies and the search tables again from the articles; nothing that was seen or decided changes.

    What was concluded of formulae that are watched no longer (config/wording.toml) goes too.
    """
    with Lock(place.home.database), place.store() as store:
        with store.transaction():
            comparing.unwatch(store, place.config().wording)
        with progress().status("Making the index of copies again"):
            sketches = postings.rebuild(store)
        with progress().status("Making the search tables again"):
            rows = searching.rebuild(store)
    click.echo(f"{sketches} articles are in the index of copies, {rows} rows can be searched.")


COMMANDS = (reindex,)
