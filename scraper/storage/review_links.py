"""Links out of digests: which of them acted, and the key that signs them where the configuration names no secret."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from scraper.errors import DatabaseFull
from scraper.storage.store import BUSY_MS, Row, Store, translated

_BYTES = 32


@contextmanager
def looking(database: Path, clock: Callable[[], datetime]) -> Iterator[Store]:
    """Open a database that is there for reading alone, on a connection of its own: what Datasette may show nobody, it may not read.

    Raises StorageError and its kin.
    """
    with translated(database):
        connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_MS / 1000, isolation_level=None)
    with closing(connection), Store.over(connection, database, clock) as store:
        yield store


def used(store: Store, link: str) -> Row | None:
    """Return what a link did, by its id: ``used_at``, ``review_id`` and who decided (``who``); None where it did nothing yet."""
    return store.row(
        "SELECT l.used_at, l.review_id, r.who FROM review_links l JOIN reviews r ON r.id = l.review_id WHERE l.id = ?", (link,)
    )


def use(store: Store, link: str, review: int) -> None:
    """Write that a link made this decision; part of the transaction in hand, in which it was not used before."""
    store.insert("review_links", {"id": link, "used_at": store.now(), "review_id": review})


def key_path(database: Path) -> Path:
    """Return where the key of a database lies: beside it, under its name and ``.key``."""
    return database.with_name(database.name + ".key")


def key(database: Path) -> str:
    """Return the key beside a database, or ``""`` where none was made yet; raises DatabaseFull where it cannot be read."""
    try:
        return key_path(database).read_text("ascii").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise DatabaseFull(f"{key_path(database).name} cannot be read ({error})") from error


def made_key(database: Path) -> str:
    """Return the key beside a database; where there is none it is drawn by chance and written, whole or not at all, for its owner alone.

    Of two processes that make it at once one wins, and both return that one's. Raises DatabaseFull where it cannot be written.
    """
    held = key(database)
    if held:
        return held
    path = key_path(database)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        _write(draft, secrets.token_hex(_BYTES))
        _place(draft, path)
    except OSError as error:
        raise DatabaseFull(f"{path.name} cannot be written ({error.strerror})") from error
    finally:
        draft.unlink(missing_ok=True)
    return key(database)


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(descriptor)


def _place(draft: Path, path: Path) -> None:
    """Give a written file its name, unless another has it; an empty one is a key that nobody wrote."""
    if path.exists() and not path.read_bytes().strip():
        path.unlink()
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        draft.replace(path)
