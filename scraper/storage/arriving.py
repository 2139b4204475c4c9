"""Files that have their name only when they are whole and on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scraper.errors import DatabaseFull

PART = ".part"
"""Ends the name of a file that is still being written; what serves a folder of databases passes it over."""

_OURS = 0o600
"""Copies hold what was sent and to whom: they are for the account that made them."""


@contextmanager
def arriving(target: Path) -> Iterator[Path]:
    """Give an empty file beside ``target`` to write into. When the block ends well it is flushed to the disk and takes the name, in the
    place of what had it; else it is removed and nothing changes. A kill leaves it as ``target`` with PART, which the next call replaces.

    Raises DatabaseFull where the folder cannot be written or the disk is full.
    """
    part = target.with_name(target.name + PART)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        remove(part)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OURS))
        yield part
        settle(part)
        part.replace(target)
        settle(target.parent)
    except OSError as error:
        with suppress(OSError):
            remove(part)
        raise DatabaseFull(
            f"{target.name} cannot be written ({error.strerror or error}): is the disk full, or the folder not yours?"
        ) from error
    except BaseException:
        remove(part)
        raise


def remove(path: Path) -> None:
    """Delete a file, and what SQLite may have left beside it; a file that is not there is no fault. Raises OSError."""
    for end in ("-journal", "-wal", "-shm", ""):
        path.with_name(path.name + end).unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk (fsync). Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
