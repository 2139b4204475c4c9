"""Both parts as files beside each other, replaced as a whole."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from scraper.errors import DeliveryError
from scraper.model.digest import Message

_MODE = 0o644


@dataclass(frozen=True, slots=True)
class FileNotifier:
    """Writes the HTML part to ``path`` and the text part beside it (``digest.html`` and ``digest.txt``), in UTF-8.

    A reader sees the old file or the new one, never half of one: each is written under another name, synced, and renamed.
    The folder is made where it is not there.
    """

    path: Path

    def send(self, message: Message) -> str:
        """Write both files and return the path of the HTML part; raises DeliveryError with the system's reason."""
        page = self.path if self.path.suffix in {".html", ".htm"} else self.path.with_name(self.path.name + ".html")
        try:
            page.parent.mkdir(parents=True, exist_ok=True)
            replace_file(page.with_suffix(".txt"), message.text)
            replace_file(page, message.html)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            reason = getattr(error, "strerror", None) or str(error)
            raise DeliveryError(f"cannot write {page}: {reason}") from error
        return f"written to {page}"


def replace_file(path: Path, text: str) -> None:
    """Put ``text`` at ``path`` in one step; on a failure the old file stands and no temporary one is left."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(_MODE)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
