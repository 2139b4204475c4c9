"""health, check-config and serve."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from scraper import __version__
from scraper.cli.place import SOME_FAILED, Place, emit
from scraper.config import defaults_folder
from scraper.errors import TrilateralError
from scraper.jobs import health as health_job
from scraper.jobs.home import CONFIG, complete, datasette_files


@click.command()
@click.option(
    "--strict", is_flag=True, help="Exit code 1 also for any other problem: a silent government, a message not taken, a full disk."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, also where the house cannot be looked at.")
@click.pass_obj
def health(place: Place, strict: bool, as_json: bool) -> None:
    """Say whether the watch is awake, for monitors.

    Exit codes: 0 awake; 1 not awake; 2 configuration or database cannot be used; 3 the database is held by another writer.
    """
    try:
        config = place.config()
        with place.store() as store:
            told = health_job.figures(config, store, place.home)
    except TrilateralError as error:
        if as_json:
            emit({"awake": False, "version": __version__, "problems": [str(error)]})
        raise
    if as_json:
        emit(told)
    else:
        for key, value in told.items():
            click.echo(f"{key.replace('_', ' '):24} {_plain(value)}")
    raise SystemExit(SOME_FAILED if not told["awake"] or (strict and told["problems"]) else 0)


def _plain(value: object) -> str:
    """A figure on one line."""
    if isinstance(value, dict):
        return ", ".join(f"{key.replace('_', ' ')} {_plain(one)}" for key, one in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


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
    complete(place.home.folder, defaults_folder())
    arguments = [sys.executable, "-m", "datasette", "serve", *_what(place), "--host", host, "--port", str(port), *datasette]
    sys.stdout.flush()
    environ = {**os.environ, CONFIG: str(place.home.config.resolve())}
    os.execve(sys.executable, arguments, environ)  # noqa: S606  our own interpreter, no shell


def _what(place: Place) -> list[str]:
    """The home's db folder is Datasette's configuration directory; a database elsewhere gets the packaged configuration."""
    folder = place.home.folder
    if (folder / "metadata.json").exists() and place.home.database.name == "trilateral.db":
        return [str(folder)]
    own = defaults_folder() / "db"
    files = {path.name: path for path in datasette_files(own)}
    plugins = ["--plugins-dir", str(own / "plugins")] if (own / "plugins").is_dir() else []
    metadata = ["--metadata", str(files["metadata.json"])] if "metadata.json" in files else []
    return [str(Path(place.home.database)), *metadata, *plugins, *_settings(files.get("settings.json"))]


def _settings(file: Path | None) -> list[str]:
    """The options that say what Datasette's settings.json does: it reads that of a configuration directory alone."""
    settings: dict[str, object] = json.loads(file.read_text("utf-8")) if file else {}
    return [word for name, value in settings.items() for word in ("--setting", name, json.dumps(value))]


COMMANDS = (health, check_config, serve)
