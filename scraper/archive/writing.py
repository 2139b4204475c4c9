"""Writing captures: append-only files, each record whole or not there."""

from __future__ import annotations

import errno
import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import scraper
from scraper.archive.records import digest, member, opening
from scraper.errors import DatabaseFull
from scraper.model.source import Capture, Page

FILE_SIZE = 50_000_000
"""Bytes after which a new file is begun."""

NAME = re.compile(r"(kept|rest)-(\d{8}T\d{6}Z)-[A-Za-z0-9._-]+\.warc\.gz")
"""The names of our files: what is in them, when they were begun (UTC), and by which run."""

_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(slots=True)
class _File:
    name: str
    descriptor: int
    size: int
    day: str


class Archive:
    """Keeps captures of one process in files of its own below ``folder``, made when the first page comes.

    ``clock`` gives aware UTC; ``run_id`` tells this process from others. Relevant pages go to ``kept-*``, the rest to
    ``rest-*``, which are deleted whole; so a file never spans two days nor grows far beyond FILE_SIZE. Thread-safe; a context
    manager. Call ``mend`` on the folder before.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime], *, run_id: str) -> None:
        self._folder = folder
        self._clock = clock
        self._run = re.sub(r"[^A-Za-z0-9._-]", "-", run_id)[:40] or "run"
        self._files: dict[str, _File] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the files; a later ``keep`` begins new ones."""
        with self._lock:
            for file in self._files.values():
                os.close(file.descriptor)
            self._files.clear()

    @property
    def writing(self) -> frozenset[str]:
        """The names of the files that are being written, which ``prune`` must spare."""
        with self._lock:
            return frozenset(file.name for file in self._files.values())

    def keep(self, page: Page, *, kept: bool) -> Capture:
        """Append a page as one gzip member, on the disk when this returns; raises DatabaseFull where it cannot be written.

        A copy out of a public archive is kept under the address it came from, and the page's own is what was asked for.
        """
        page = replace(page, url=page.via, requested=page.url) if page.via else page
        now = self._clock()
        kind = "kept" if kept else "rest"
        record = member(page, now)
        with self._lock:
            try:
                file = self._file(kind, now)
                offset = _append(file, record)
            except OSError as error:
                self._end(kind)
                raise DatabaseFull(f"the capture of {page.url} could not be written to {self._folder} ({error})") from error
        return Capture(
            file=file.name,
            offset=offset,
            length=len(record),
            digest=digest(page.body),
            url=page.url,
            fetched_at=page.fetched_at,
            status=page.status,
            content_type=page.content_type,
            kept=kept,
        )

    def _file(self, kind: str, now: datetime) -> _File:
        file = self._files.get(kind)
        day = now.strftime("%Y%m%d")
        if file is not None and file.size < FILE_SIZE and file.day == day:
            return file
        self._end(kind)
        name, descriptor = self._begin(f"{kind}-{now.strftime(_STAMP)}-{self._run}")
        self._files[kind] = _File(name, descriptor, 0, day)
        _append(self._files[kind], opening(name, f"trilateral/{scraper.__version__}", now))
        return self._files[kind]

    def _end(self, kind: str) -> None:
        # Also after a failed write: nothing is certain then about the end of the file, so the next record begins a new one.
        file = self._files.pop(kind, None)
        if file is not None:
            os.close(file.descriptor)

    def _begin(self, stem: str) -> tuple[str, int]:
        self._folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            name = f"{stem}.warc.gz" if number == 1 else f"{stem}-{number}.warc.gz"
            try:
                descriptor = os.open(self._folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o644)
            except FileExistsError:
                number += 1
                continue
            _sync_folder(self._folder)
            return name, descriptor


def _append(file: _File, record: bytes) -> int:
    """Write a record at the end of a file in one go and flush it to the disk; return its offset."""
    offset = file.size
    if os.write(file.descriptor, record) != len(record):
        os.ftruncate(file.descriptor, offset)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(file.descriptor)
    file.size += len(record)
    return offset


def _sync_folder(folder: Path) -> None:
    # The new name itself must survive a power cut, not only the bytes behind it.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
