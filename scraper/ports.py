"""What the floors above ask of rooms that come in more than one kind."""

from __future__ import annotations

from typing import Protocol

from scraper.model.digest import Message


class Notifier(Protocol):
    """A channel that delivers messages."""

    def send(self, message: Message) -> str:
        """Deliver ``message`` and return what the channel answered, as one line.

        Raises DeliveryError; ``permanent`` on it tells that this message will never be taken, ``refused`` that none is before a person mends something.
        """
        ...


class Log(Protocol):
    """Takes events with fields."""

    def info(self, event: str, **fields: object) -> object:
        """Tell what happened."""
        ...

    def warning(self, event: str, **fields: object) -> object:
        """Tell what somebody should look at."""
        ...

    def error(self, event: str, **fields: object) -> object:
        """Tell what failed."""
        ...

    def exception(self, event: str, **fields: object) -> object:
        """Tell of a bug, with the exception in hand."""
        ...
