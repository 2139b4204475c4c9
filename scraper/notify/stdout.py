"""The text part on a stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from scraper.errors import DeliveryError
from scraper.model.digest import Message
from scraper.notify.plain import lines


@dataclass(frozen=True, slots=True)
class StdoutNotifier:
    """Writes the text part to ``stream``; what its encoding cannot show is written as ``?``, and nothing of it can steer a
    terminal."""

    stream: TextIO

    def send(self, message: Message) -> str:
        """Write and flush; raises DeliveryError where the stream is closed or cannot be written (a broken pipe)."""
        encoding = getattr(self.stream, "encoding", None) or "utf-8"
        try:
            self.stream.write(lines(message.text).encode(encoding, "replace").decode(encoding))
            self.stream.flush()
        except (OSError, ValueError) as error:  # ValueError: a closed stream
            raise DeliveryError(f"cannot write to standard output: {error}") from error
        return f"{len(message.text)} characters written"
