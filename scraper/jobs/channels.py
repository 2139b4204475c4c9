"""The channels themselves: which there are, whether each could deliver, and a message that tries one out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from scraper.config import Config
from scraper.errors import DeliveryError
from scraper.jobs.digest import Delivery
from scraper.jobs.doctoring import FAIL, OK, Finding
from scraper.model.moment import utc
from scraper.model.settings import Channel
from scraper.notify import notifier_for
from scraper.notify.channels import pushed
from scraper.notify.mail import port
from scraper.stages.digest import trial_message


def try_out(channel: Channel, clock: Callable[[], datetime], folder: Path) -> Delivery:
    """Send a channel the short message that tries it out, in its language; return what became of it (sent or failed) with what was
    answered. Nothing is stored; ``folder`` is the home."""
    made_at = utc(clock())
    message = trial_message(channel.name, made_at, language=channel.language, zone=channel.zone, unsubscribe=channel.unsubscribe)
    try:
        answer = notifier_for(channel, stdout=sys.stdout, clock=clock, folder=folder).send(message)
    except DeliveryError as error:
        rest = "it would be refused again" if error.permanent or error.refused else "it may pass"
        return Delivery(channel.name, "failed", f"{error} ({rest})")
    return Delivery(channel.name, "sent", answer)


def where(channel: Channel) -> str:
    """Return where a channel leads, without a secret: of an address its host alone, of Apprise nothing."""
    if channel.kind in {"file", "atom"}:
        return channel.path
    if channel.kind == "email":
        count = len(channel.recipients)
        return f"{count} {'recipient' if count == 1 else 'recipients'} by {channel.host}:{port(channel)}"
    if channel.kind == "webhook":
        return _host(channel.url)
    return f"form {channel.form}" if channel.kind == "apprise" else ""


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}" if parts.hostname else ""


def examined(config: Config, folder: Path) -> Iterator[Finding]:
    """Yield for each channel that is on, e-mail left out, what can be said without sending anything or asking anybody."""
    for channel in config.alerts.channels:
        if channel.enabled and channel.kind in {"file", "atom"}:
            yield _writable(channel, folder / channel.path)
        if channel.enabled and channel.kind == "webhook":
            yield Finding(
                "channel", OK, f"{channel.name}: {_host(channel.url)} is posted to; try it: trilateral notify test {channel.name}."
            )
        if channel.enabled and channel.kind == "apprise":
            yield _understood(channel)


def _writable(channel: Channel, path: Path) -> Finding:
    stands = next((place for place in (path, *path.parents) if place.exists()), Path())
    if os.access(stands, os.W_OK) and stands.is_dir() != (stands == path):
        return Finding("channel", OK, f"{channel.name}: {path} can be written.")
    return Finding("channel", FAIL, f"{channel.name}: {path} cannot be written.")


def _understood(channel: Channel) -> Finding:
    try:
        return Finding("channel", OK, f"{channel.name}: {pushed(channel).probe()}; try it: trilateral notify test {channel.name}.")
    except DeliveryError as error:
        return Finding("channel", FAIL, f"{channel.name}: {error}.")
