"""health, check-config and serve."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from scraper.cli.place import SOME_FAILED, Place, emit
from scraper.config import defaults_folder
from scraper.jobs import health as health_job
from scraper.jobs.home import datasette_files


@click.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def health(place: Place, as_json: bool) -> None:
    """Say whether the watch is awake, for monitors: exit code 0 or 1."""
    config = place.config()
    with place.store() as store:
        told = health_job.report(config, store)
    if as_json:
        emit(told)
    else:
        for key, value in told.items():
            click.echo(f"{key.replace('_', ' '):24} {value}")
    raise SystemExit(0 if told["awake"] else SOME_FAILED)


@click.command(name="check-config")
@click.pass_obj
def check_config(place: Place) -> None:
    """Check the configuration strictly: unknown keys are errors here."""
    config = place.config(strict=True)
    enabled = sum(source.enabled for source in config.sources)
    click.echo(
        f"The configuration is sound: {enabled} of {len(config.sources)} sources on, {len(config.registry.initiatives)} initiatives known."
    )


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.argument("datasette", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def serve(place: Place, port: int, host: str, datasette: tuple[str, ...]) -> None:
    """Serve the database with Datasette; further arguments are Datasette's."""
    with place.store():
        pass
    arguments = [sys.executable, "-m", "datasette", "serve", *_what(place), "--host", host, "--port", str(port), *datasette]
    sys.stdout.flush()
    os.execv(sys.executable, arguments)  # noqa: S606  our own interpreter, no shell


def _what(place: Place) -> list[str]:
    """The home's db folder is Datasette's configuration directory; a database elsewhere gets the packaged configuration."""
    folder = place.home.folder
    if (folder / "metadata.json").exists() and place.home.database.name == "trilateral.db":
        return [str(folder)]
    own = defaults_folder() / "db"
    files = {path.name: path for path in datasette_files(own)}
    plugins = ["--plugins-dir", str(own / "plugins")] if (own / "plugins").is_dir() else []
    metadata = ["--metadata", str(files["metadata.json"])] if "metadata.json" in files else []
    return [str(Path(place.home.database)), *metadata, *plugins]


COMMANDS = (health, check_config, serve)
