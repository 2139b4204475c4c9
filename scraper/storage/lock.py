"""The lock beside the database: one writer of conclusions at a time."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from scraper.errors import DatabaseFull, LockHeld


class Lock:
    """An advisory lock (flock) on ``<database>.lock``, freed by the system when the process dies, however it dies.

    Entering raises LockHeld, with the holder's process id, where another process has it, and DatabaseFull where the lock file
    cannot be written.
    """

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".lock")
        self._descriptor = -1

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise DatabaseFull(f"{self.path.name} cannot be written ({error.strerror})") from error
        try:
            _take(descriptor)
        except BlockingIOError as error:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise LockHeld(f"another instance (process {holder}) works on this database") from error
        except OSError as error:
            os.close(descriptor)
            raise DatabaseFull(f"{self.path.name} cannot be locked or written ({error.strerror})") from error
        self._descriptor = descriptor
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        os.close(self._descriptor)
        self._descriptor = -1


def _take(descriptor: int) -> None:
    """Lock and say who holds it; raises BlockingIOError where another does."""
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
