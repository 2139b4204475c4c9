"""Care of the captures' folder: torn tails cut off, old files deleted."""

from __future__ import annotations

import os
import zlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from scraper.archive.writing import NAME
from scraper.errors import DatabaseFull

_MEMBER = b"\x1f\x8b\x08\x00"
_RECORD = b"WARC/"
_PIECE = 1 << 20
_WINDOWS = (1 << 20, 1 << 24)
_TRIES = 64


def mend(folder: Path) -> tuple[str, ...]:
    """Cut every capture file at the end of its last whole record, and return the names of those that were torn.

    Only a write cut off by a kill or a power cut leaves such a tail. A file without any whole record is deleted. Call it
    before an Archive is opened on the folder, by whoever holds the lock. Raises DatabaseFull where a file cannot be changed.
    """
    torn = []
    for path in _files(folder):
        try:
            if _mended(path):
                torn.append(path.name)
        except OSError as error:
            raise DatabaseFull(f"{path} cannot be mended ({error})") from error
    return tuple(torn)


def prune(folder: Path, *, older_than: datetime, budget_bytes: int, spare: Collection[str] = ()) -> tuple[str, ...]:
    """Delete whole ``rest-*`` files begun before ``older_than`` (aware), and return their names.

    Then the oldest ones go until all captures together take at most ``budget_bytes`` (0: no budget). Kept files and those
    named by ``spare`` (``Archive.writing``) stay. Raises DatabaseFull where a file cannot be deleted.
    """
    sizes = {path: path.stat().st_size for path in _files(folder)}
    total = sum(sizes.values())
    gone = []
    for path in sorted((path for path in sizes if path.name.startswith("rest-")), key=_begun):
        over = 0 < budget_bytes < total
        if path.name in spare or not (over or _begun(path) < older_than):
            continue
        try:
            path.unlink()
        except OSError as error:
            raise DatabaseFull(f"{path} cannot be deleted ({error})") from error
        total -= sizes[path]
        gone.append(path.name)
    return tuple(gone)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.warc.gz") if NAME.fullmatch(path.name) and path.is_file())


def _begun(path: Path) -> datetime:
    found = NAME.fullmatch(path.name)
    stamp = found[2] if found else "19700101T000000Z"
    return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _mended(path: Path) -> bool:
    with path.open("rb+") as handle:
        size = handle.seek(0, os.SEEK_END)
        if size and any(_ends_whole(handle, size, window) for window in _WINDOWS):
            return False
        end = _whole_until(handle)
        if end == size and size:
            return False
        if end:
            handle.truncate(end)
            os.fsync(handle.fileno())
    if not end:
        path.unlink()
    return True


def _ends_whole(handle: BinaryIO, size: int, window: int) -> bool:
    """Tell whether the file ends with a whole record, found backward from the end: reading all of it would take too long."""
    handle.seek(max(0, size - window))
    tail = handle.read(window)
    place = len(tail)
    for _ in range(_TRIES):
        place = tail.rfind(_MEMBER, 0, place)
        if place < 0:
            return False
        if _is_record(tail[place:]):
            return True
    return False


def _is_record(data: bytes) -> bool:
    """Tell whether ``data`` is exactly one gzip member, checksum included, that holds a record."""
    decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        piece = decoder.decompress(data, len(_RECORD))
        if piece != _RECORD:
            return False
        while not decoder.eof:
            piece = decoder.decompress(decoder.unconsumed_tail, _PIECE)
            if not piece and not decoder.eof:
                return False
    except zlib.error:
        return False
    return not decoder.unused_data


def _whole_until(handle: BinaryIO) -> int:
    """Return the offset at which the last whole gzip member ends, reading from the start."""
    end = 0
    with suppress(zlib.error):
        for place in _ends(handle):
            end = place
    return end


def _ends(handle: BinaryIO) -> Iterator[int]:
    """Yield the end of each whole member in turn; raises ``zlib.error`` at what is no gzip."""
    handle.seek(0)
    decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
    position = 0
    while chunk := handle.read(_PIECE):
        position += len(chunk)
        piece = b""
        # A full piece may leave more inside the decoder although its input is used up.
        while chunk or len(piece) == _PIECE:
            piece = decoder.decompress(chunk, _PIECE)
            chunk = decoder.unconsumed_tail
            if decoder.eof:
                chunk, piece = decoder.unused_data, b""
                yield position - len(chunk)
                decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
