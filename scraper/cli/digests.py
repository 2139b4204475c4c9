"""digest: the digest now; digests: those that were made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from scraper import app
from scraper.catalogues import LANGUAGES
from scraper.cli.place import OK, SOME_FAILED, Place, emit, table
from scraper.cli.when import moment
from scraper.config import Config
from scraper.errors import InputError, LockHeld
from scraper.jobs import digest as digest_job
from scraper.jobs import resending
from scraper.model.digest import Message
from scraper.storage import digests as kept

_STDOUT = Path("-")
_LANGUAGES = click.Choice(LANGUAGES)
_FILE = click.Path(path_type=Path)
_NUMBER = click.IntRange(1, 2**63 - 1)


@click.command()
@click.option("--preview", "mode", flag_value="preview", default=True, help="Print what would be sent (the default).")
@click.option("--send", "mode", flag_value="send", help="Send it to every channel that has news waiting.")
@click.option("--since", metavar="WHEN", help="Preview all that was raised since then, told or not: 24h, 7d, a date, or a time (UTC).")
@click.option("--channel", metavar="NAME", help="Preview for this channel: its language, zone and rules (default: the first that is on).")
@click.option("--language", type=_LANGUAGES, help="Preview in this language (default: the channel's).")
@click.option(
    "--html", metavar="FILE", type=_FILE, help="With the preview: write the HTML part to a file (-: print it instead of the text)."
)
@click.option("--json", "as_json", is_flag=True, help="Preview as JSON, as a webhook gets it.")
@click.pass_obj
def digest(place: Place, /, mode: str, html: Path | None, as_json: bool, **chosen: str | None) -> None:
    """Show or send the digest of what has not been told yet. A preview changes nothing and waits for nobody."""
    if mode == "preview":
        _preview(place, html, as_json, **chosen)
        return
    given = [name for name, value in {**chosen, "html": html, "json": as_json}.items() if value]
    if given:
        raise InputError(f"--{given[0]} goes with --preview, not with --send.")
    with place.rooms(lock=True) as rooms:
        sent = digest_job.send(rooms)
    for delivery in sent:
        click.echo(f"{delivery.channel}: {delivery.state} {delivery.answer}".rstrip())
    if not sent:
        click.echo("Nothing to send.")
    raise SystemExit(SOME_FAILED if any(delivery.state != "sent" for delivery in sent) else OK)


def _preview(place: Place, html: Path | None, as_json: bool, *, since: str | None, channel: str | None, language: str | None) -> None:
    _writable(html, as_json)
    config = place.config()
    to = digest_job.addressee(config.alerts, channel, language or "")
    begins = moment(since, "--since", app.now(), to.zone or config.alerts.zone) if since is not None else None
    with place.rooms(config=config) as rooms:
        message = digest_job.preview(rooms, channel=channel, language=language or "", since=begins)
    if message is None:
        nothing = "Nothing was raised since then." if begins else "Nothing has happened that was not told yet."
        click.echo("null" if as_json else nothing, err=html == _STDOUT)
        return
    _show_message(message, html, as_json)


def _show_message(message: Message, html: Path | None, as_json: bool) -> None:
    if html != _STDOUT:
        click.echo(message.payload if as_json else message.text)
    _write(html, message.html)


def _writable(html: Path | None, as_json: bool) -> None:
    """Refuse a file that cannot be before anything is done or printed."""
    if html == _STDOUT and as_json:
        raise InputError("--html - and --json cannot both be printed: name a file for the HTML.")
    if html is not None and html != _STDOUT and (html.is_dir() or not html.parent.is_dir()):
        raise InputError(f"{html} cannot be written: {'it is a folder' if html.is_dir() else f'there is no folder {html.parent}'}.")


def _write(path: Path | None, html: str) -> None:
    if path is None:
        return
    if path == _STDOUT:
        click.echo(html, nl=False)
        return
    try:
        path.write_text(html, "utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error
    click.echo(f"The HTML part was written to {path}.", err=True)


@click.group()
def digests() -> None:
    """The digests that were made: what became of each, what it said, and sending one again."""


@digests.command("list")
@click.option("--channel", metavar="NAME", help="Only those of this channel.")
@click.option("--state", type=click.Choice(kept.STATES), help="Only those of this state.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(place: Place, channel: str | None, state: str | None, limit: int, as_json: bool) -> None:
    """List digests, newest first: to which channel, what became of it, and what the channel answered."""
    config = place.config()
    with app.store(place.home, config) as store:
        _known(config, kept.known_channels(store), channel)
        rows = kept.listed(store, channel=channel or "", state=state or "", limit=limit)
    if as_json:
        emit(rows)
        return
    cells = [(r["id"], r["made_at"], r["channel"], r["state"], r["attempts"], r["repeats"], r["subject"], r["answer"]) for r in rows]
    table("Digests", ("id", "made", "channel", "state", "attempts", "repeats", "subject", "answer"), cells)


def _known(config: Config, told: frozenset[str], name: str | None) -> None:
    """A channel may have left the configuration, and its digests have stayed."""
    if name and name not in told | {channel.name for channel in config.alerts.channels}:
        raise InputError(f"there is no channel {name}; see: trilateral notify list")


@digests.command()
@click.argument("number", metavar="ID", type=_NUMBER)
@click.option("--html", metavar="FILE", type=_FILE, help="Write the HTML part to a file (-: print it instead of the text).")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(place: Place, number: int, html: Path | None, as_json: bool) -> None:
    """Show one digest as it was made: what became of it, its text, and the alerts that it tells of."""
    _writable(html, as_json)
    with place.store() as store:
        row = {**kept.stored(store, number), "alerts": kept.told(store, number)}
    page = row.pop("html")
    if as_json:
        emit({**row, "payload": json.loads(row["payload"] or "null")})
    elif html != _STDOUT:
        _show(row)
    _write(html, page)


def _show(row: dict[str, Any]) -> None:
    click.echo(f"{row['subject']}\nDigest {row['id']} to {row['channel']}, made at {row['made_at']} as {row['message_id']}")
    if row["repeats"]:
        click.echo(f"It repeats digest {row['repeats']}.")
    tries = f"{row['attempts']} {'attempt' if row['attempts'] == 1 else 'attempts'}"
    last = f", the last at {row['attempted_at']}" if row["attempted_at"] else ""
    click.echo(f"{row['state'] or 'not delivered'} after {tries}{last}{': ' if row['answer'] else ''}{row['answer']}\n\n{row['text']}")
    cells = [(one["id"], one["raised_at"], one["kind"], one["about"]) for one in row["alerts"]]
    table("Alerts", ("id", "raised", "kind", "about"), cells)


@digests.command()
@click.argument("number", metavar="ID", type=_NUMBER)
@click.option("--channel", metavar="NAME", help="Send it to this channel instead of its own.")
@click.option("--again", is_flag=True, help="Send what the channel took already once more, as a new message.")
@click.pass_obj
def resend(place: Place, number: int, channel: str | None, again: bool) -> None:
    """Send a digest again: what was not taken as the same message, at once. Beside a daemon, which is asked to do it at its next tick."""
    config = place.config()
    try:
        with place.rooms(lock=True, config=config) as rooms:
            wish, done = resending.resend(rooms, number, channel=channel or "", again=again)
    except LockHeld as held:
        with app.store(place.home, config) as store:
            wish = resending.ask(store, config.alerts, number, channel=channel or "", again=again)
        click.echo(f"{held}. It was asked to send digest {wish.number} to {wish.channel.name} at its next tick.")
        return
    click.echo(f"Digest {wish.number} to {done.channel}: {done.state}: {done.answer}".rstrip(": "), err=done.state != "sent")
    raise SystemExit(OK if done.state == "sent" else SOME_FAILED)


COMMANDS = (digest, digests)
