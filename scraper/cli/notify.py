"""notify: the channels, and a message that tries one out."""

from __future__ import annotations

import click

from scraper import app
from scraper.cli.place import OK, SOME_FAILED, Place, emit, table
from scraper.jobs import channels


@click.group()
def notify() -> None:
    """See the channels that digests go to, and try them out."""


@notify.command("list")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_channels(place: Place, as_json: bool) -> None:
    """List every channel of alerts.toml; no secret is shown."""
    rows = [
        {"channel": one.name, "kind": one.kind, "on": one.enabled, "language": one.language, "where": channels.where(one)}
        for one in place.config().alerts.channels
    ]
    if as_json:
        emit(rows)
        return
    cells = [(row["channel"], row["kind"], "on" if row["on"] else "off", row["language"], row["where"]) for row in rows]
    table("Channels", ("channel", "kind", "state", "language", "where"), cells)


@notify.command()
@click.argument("channel")
@click.pass_obj
def test(place: Place, channel: str) -> None:
    """Send CHANNEL a short message in its language, and tell what it answered: exit code 0, 1 (not accepted) or 2 (no such channel)."""
    found = next((one for one in place.config().alerts.channels if one.name == channel), None)
    if found is None:
        raise click.UsageError(f"there is no channel {channel}; see: trilateral notify list")
    if not found.enabled:
        raise click.UsageError(f"the channel {channel} is off: set enabled = true in alerts.toml")
    made = channels.try_out(found, app.now, place.home.root)
    click.echo(f"{made.channel}: {made.state}: {made.answer}", err=made.state != "sent")
    raise SystemExit(OK if made.state == "sent" else SOME_FAILED)


COMMANDS = (notify,)
