"""Reading WARC files: one capture by its place, or every page of any file."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from scraper.archive.records import MAX_BODY, digest, page_of
from scraper.archive.writing import NAME
from scraper.errors import InputError, NotFound, StorageError
from scraper.model.source import Capture, Page

_STARTS = (b"\x1f\x8b", b"WARC/", b"filedesc:")
_PIECE = 64 * 1024
# What the parser raises on a file that is not what it seems to be, besides its own two errors.
_BROKEN = (
    ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, TypeError, AttributeError, LookupError, EOFError, zlib.error,
)  # fmt: skip


def read(folder: Path, capture: Capture) -> Page:
    """Return the page that a capture row points to.

    Raises NotFound where its file was deleted, StorageError where what lies there is not what was written.
    """
    try:
        with _named(folder, capture.file).open("rb") as handle:
            handle.seek(capture.offset)
            found = handle.read(capture.length)
    except OSError as error:
        raise NotFound(f"the capture of {capture.url} is gone: {capture.file} ({error.strerror})") from error
    try:
        page = next(_pages(BytesIO(found)), None)
    except _BROKEN as error:
        raise StorageError(f"the capture of {capture.url} in {capture.file} at {capture.offset} is damaged ({error})") from error
    if page is None or digest(page.body) != capture.digest:
        raise StorageError(f"the capture of {capture.url} in {capture.file} at {capture.offset} is not what was written")
    return page


def _named(folder: Path, name: str) -> Path:
    if NAME.fullmatch(name) is None:
        raise NotFound(f"{name[:100]!r} is no capture file")
    return folder / name


def pages(path: Path) -> Iterator[Page]:
    """Yield the pages of a WARC or ARC file, ours or foreign, plain or gzip: ``response`` records of HTTP and ``resource`` ones.

    Bodies come decoded; those above MAX_BODY are left out. Raises InputError where the file cannot be opened, is no such
    file or is cut off; the pages before that place were yielded.
    """
    count = 0
    with _opened(path) as handle:
        try:
            for page in _pages(handle):
                count += 1
                yield page
        except _BROKEN as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise InputError(f"{path.name}: not readable after {count} pages ({reason})") from error


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        handle = path.open("rb")
    except OSError as error:
        raise InputError(f"{path.name}: {error.strerror}") from error
    with handle:
        # A look at the first bytes keeps the parser from searching a line end through gigabytes of something else.
        if not handle.read(16).startswith(_STARTS):
            raise InputError(f"{path.name}: no WARC file")
        handle.seek(0)
        yield handle


def _pages(handle: BinaryIO) -> Iterator[Page]:
    anything = False
    for record in ArchiveIterator(handle, arc2warc=True):
        anything = anything or bool(record.rec_type)
        wanted = record.rec_type == "resource" or (record.rec_type == "response" and record.http_headers)
        body = _body(record) if wanted else None
        if body is not None:
            yield page_of(record, body)
    if not anything:
        raise EOFError("no record")


def _body(record: Any) -> bytes | None:
    """Return the decoded body of a record, None where it is too large; raises EOFError where the record is cut off."""
    body: bytes = record.content_stream().read(MAX_BODY + 1)
    while record.raw_stream.read(_PIECE):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError("the last record is cut off")
    return body if len(body) <= MAX_BODY else None
