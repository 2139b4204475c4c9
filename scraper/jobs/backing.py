"""A safe copy of the house, and the house put back from one."""

from __future__ import annotations

import glob
import re
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scraper.archive import pack, unpack
from scraper.errors import DatabaseFull, InputError
from scraper.jobs.places import Home
from scraper.model.moment import utc
from scraper.storage import backing
from scraper.storage.arriving import PART, arriving, remove
from scraper.storage.lock import Lock
from scraper.storage.store import Store

KEPT = 7
"""Copies of one kind that stay in the folder of backups."""

STAGING = ".restoring"
"""The folder beside the database in which a file is made ready; what a killed call leaves there goes with the next."""

MEMBER = "trilateral.db"
"""What the database is called in a tar file, whatever it is called here."""

COMPANIONS = frozenset({"-wal", "-shm", "-journal", ".lock", ".key"})
"""What follows the database's name in those of the files that SQLite and we keep beside it."""

Clock = Callable[[], datetime]
Tell = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Saved:
    """A copy: where it lies, its bytes, how many capture files are in it, and the names of older copies that went for it."""

    path: Path
    size: int
    captures: int
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """``aside`` is what was there before (None: nothing), ``applied`` the migrations that the file still needed, ``captures`` how many
    capture files came with it."""

    aside: Path | None
    applied: tuple[str, ...]
    captures: int


def save(home: Home, clock: Clock, *, output: Path | None = None, keep: int = KEPT, captures: bool = False) -> Saved:
    """Copy the database, with ``captures`` also the captures in one tar file, while whoever writes goes on.

    It goes to ``output``, where nothing may be yet, or into the folder of backups under the time (UTC); there the latest ``keep`` copies of
    its kind stay. Raises InputError, LockHeld where another copy is being made, and the errors of a store: then no older copy goes.
    """
    if not home.database.is_file():
        raise InputError(f"there is no database {home.database} to copy")
    if output is not None and output.exists():
        raise InputError(f"{output} is there already; a copy replaces nothing")
    if (
        output is not None
        and output.resolve().parent == home.database.resolve().parent
        and output.name.removeprefix(home.database.name) in COMPANIONS
    ):
        raise InputError(f"{output} is where the database keeps something of its own")
    with nullcontext() if output else _alone(home):
        target = output or _free(home.backups, home.database.stem, clock(), ".tar" if captures else ".db")
        packed = _pack(home, target) if captures else 0
        if not captures:
            backing.save(home.database, target)
        gone = () if output else _prune(home, target.suffix, keep)
    return Saved(target, target.stat().st_size, packed, gone)


def restore(home: Home, file: Path, clock: Clock, *, tell: Tell = lambda: None) -> Restored:
    """Put the database back from a copy that :func:`save` or a migration made; what is there now is kept in the folder of backups.

    The copy is checked, and brought to this version's tables, before anything changes. ``tell`` is called after each step. However the
    process ends, the database is the one that was there or the new one, whole. Raises InputError, LockHeld while a daemon runs, NotOurDatabase
    for a damaged or foreign file, DatabaseNewer for a newer version's, DatabaseBusy and DatabaseFull.
    """
    if not file.is_file():
        raise InputError(f"there is no file {file} to restore from")
    with Lock(home.database), _staged(home) as staging:
        ready = staging / home.database.name
        captures = _fetch(file, ready, home)
        tell()
        applied = _upgrade(ready, clock, tell)
        aside = _free(home.backups, home.database.stem + "-replaced", clock(), ".db")
        sound = backing.put_aside(home.database, aside)
        tell()
        backing.put_back(ready, home.database, sound=sound, tell=tell)
    return Restored(aside if aside.exists() else None, applied, captures)


def _pack(home: Home, target: Path) -> int:
    """The database first: what its rows name is then in the captures that follow, which only grow."""
    copy = target.with_name(target.name + ".db" + PART)
    try:
        with arriving(target) as part, tarfile.open(part, "w", format=tarfile.PAX_FORMAT) as tar:
            backing.save(home.database, copy)
            tar.add(copy, MEMBER, filter=_ours)
            return pack(home.captures, tar)
    finally:
        remove(copy)


def _ours(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uname = info.gname = ""
    info.uid = info.gid = 0
    return info


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Hold the lock of the folder of backups, and begin by removing what a killed call of this command left there."""
    with Lock(home.backups / "backup"):
        for path in home.backups.glob(f"{glob.escape(home.database.stem)}-[0-9]*{PART}"):
            remove(path)
        yield


def _free(folder: Path, stem: str, at: datetime, suffix: str) -> Path:
    """A name for a copy made now, later in order than any other, also where several are made in one second."""
    stamp = utc(at).replace(":", "").replace("-", "")
    number = max((made + 1 for when, made, _ in _made(folder, stem, suffix) if when == stamp), default=0)
    return folder / f"{stem}-{stamp}{f'-{number}' if number else ''}{suffix}"


def _made(folder: Path, stem: str, suffix: str) -> list[tuple[str, int, str]]:
    """The copies of a kind in a folder, in the order in which they were made: when, which of that second, and the name."""
    name = re.compile(re.escape(stem) + r"-(\d{8}T\d{6}Z)(?:-(\d{1,9}))?" + re.escape(suffix))
    found = (name.fullmatch(path.name) for path in folder.glob("*" + suffix))
    return sorted((match[1], int(match[2] or 0), match[0]) for match in found if match)


def _prune(home: Home, suffix: str, keep: int) -> tuple[str, ...]:
    """Delete all but the latest copies that this command made; those made before migrations and restores stay."""
    old = tuple(name for _, _, name in _made(home.backups, home.database.stem, suffix)[: -max(keep, 1)])
    for name in old:
        remove(home.backups / name)
    return old


@contextmanager
def _staged(home: Home) -> Iterator[Path]:
    staging = home.folder / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staging.mkdir(mode=0o700)
        yield staging
    except OSError as error:
        raise DatabaseFull(
            f"{home.folder} cannot be written ({error.strerror or error}): is the disk full, or the folder not yours?"
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _fetch(file: Path, ready: Path, home: Home) -> int:
    """The database of a copy at ``ready``, and its captures, if it has any, at their place; return how many came."""
    if not tarfile.is_tarfile(file):
        backing.adopt(file)
        backing.save(file, ready)
        return 0
    try:
        with tarfile.open(file) as packed:
            _extract(packed, ready)
            backing.adopt(ready)
            return unpack(packed, home.captures)
    except tarfile.TarError as error:
        raise InputError(f"{file} is damaged: {error}") from error


def _extract(packed: tarfile.TarFile, ready: Path) -> None:
    found = next((member for member in packed if member.isfile() and member.name == MEMBER), None)
    stream = packed.extractfile(found) if found else None
    if stream is None:
        raise InputError(f"the tar file holds no {MEMBER}, so it is no backup of this program")
    with stream, ready.open("wb") as out:
        shutil.copyfileobj(stream, out)


def _upgrade(ready: Path, clock: Clock, tell: Tell) -> tuple[str, ...]:
    pending = backing.adopt(ready)
    tell()
    if pending:
        Store(ready, clock).close()
        backing.check(ready)
        tell()
    return pending
