"""Which notifier a channel of the configuration is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from scraper.errors import DeliveryError
from scraper.model.settings import Channel
from scraper.notify.atom import AtomNotifier
from scraper.notify.file import FileNotifier
from scraper.notify.mail import EmailNotifier
from scraper.notify.stdout import StdoutNotifier
from scraper.notify.webhook import WebhookNotifier
from scraper.ports import Notifier

if TYPE_CHECKING:
    from scraper.notify.push import AppriseNotifier


def notifier_for(channel: Channel, *, stdout: TextIO, clock: Callable[[], datetime], folder: Path | None = None) -> Notifier:
    """Return the notifier of ``channel``; relative paths of files lie in ``folder`` (the home; None: the working folder), and ``clock``
    gives the time with zone that a signature is made at.

    Raises DeliveryError (permanent) for a kind that is none of stdout, file, email, apprise, webhook and atom.
    """
    if channel.kind == "stdout":
        return StdoutNotifier(stdout)
    if channel.kind == "file":
        return FileNotifier(Path(folder or "", channel.path))
    if channel.kind == "atom":
        return AtomNotifier(Path(folder or "", channel.path), channel.name, channel.host)
    if channel.kind == "email":
        return EmailNotifier(channel, folder=folder)
    if channel.kind == "webhook":
        return WebhookNotifier(channel, clock, folder=folder)
    if channel.kind == "apprise":
        return pushed(channel)
    raise DeliveryError(f"the channel {channel.name} is of an unknown kind: {channel.kind}", permanent=True)


def pushed(channel: Channel) -> AppriseNotifier:
    """Return the notifier of an Apprise channel; the library is loaded with the first of them."""
    from scraper.notify.push import AppriseNotifier  # noqa: PLC0415  it takes a tenth of a second, and most commands need none

    return AppriseNotifier(channel)
