"""What the floors above ask of rooms that come in more than one kind."""

from __future__ import annotations

from typing import Protocol

from scraper.model.digest import Message


class Notifier(Protocol):
    """A channel that delivers messages."""

    def send(self, message: Message) -> str:
        """Deliver ``message`` and return what the channel answered, as one line.

        Raises DeliveryError; ``permanent`` on it tells that trying again cannot help.
        """
        ...
