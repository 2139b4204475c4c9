"""digest: the digest now."""

from __future__ import annotations

from pathlib import Path

import click

from scraper.cli.place import SOME_FAILED, Place
from scraper.errors import InputError
from scraper.jobs import digest as digest_job


@click.command()
@click.option("--preview", "mode", flag_value="preview", default=True, help="Print what would be sent (the default).")
@click.option("--send", "mode", flag_value="send", help="Send it to every channel that has news waiting.")
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help="With --preview: write the HTML part to a file.")
@click.option("--language", type=click.Choice(["en", "ko", "ja"]), default="en", show_default=True, help="With --preview: its language.")
@click.pass_obj
def digest(place: Place, mode: str, html: Path | None, language: str) -> None:
    """Show or send the digest of what has not been told yet."""
    if mode == "preview":
        with place.rooms() as rooms:
            message = digest_job.preview(rooms, language=language)
        click.echo(message.text if message else "Nothing has happened that was not told yet.")
        if html is not None and message is not None:
            _write(html, message.html)
        return
    with place.rooms(lock=True) as rooms:
        sent = digest_job.send(rooms)
    for delivery in sent:
        click.echo(f"{delivery.channel}: {delivery.state} {delivery.answer}".rstrip())
    if not sent:
        click.echo("Nothing to send.")
    raise SystemExit(SOME_FAILED if any(delivery.state != "sent" for delivery in sent) else 0)


def _write(path: Path, html: str) -> None:
    try:
        path.write_text(html, "utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from error


COMMANDS = (digest,)
