"""Which notifier a channel of the configuration is."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from scraper.errors import DeliveryError
from scraper.model.settings import Channel
from scraper.notify.file import FileNotifier
from scraper.notify.mail import EmailNotifier
from scraper.notify.stdout import StdoutNotifier
from scraper.ports import Notifier


def notifier_for(channel: Channel, *, stdout: TextIO, folder: Path | None = None) -> Notifier:
    """Return the notifier of ``channel``; relative paths of files lie in ``folder`` (the home; None: the working folder).

    Raises DeliveryError (permanent) for a kind that is not stdout, file or email.
    """
    if channel.kind == "stdout":
        return StdoutNotifier(stdout)
    if channel.kind == "file":
        return FileNotifier(Path(folder or "", channel.path))
    if channel.kind == "email":
        return EmailNotifier(channel)
    raise DeliveryError(f"the channel {channel.name} is of an unknown kind: {channel.kind}", permanent=True)
