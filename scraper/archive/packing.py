"""Captures in one tar file, and out of it again."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path, PurePosixPath

from scraper.archive.writing import NAME

FOLDER = "captures"
"""The folder that captures stand in inside a tar file."""


def pack(folder: Path, into: tarfile.TarFile) -> int:
    """Add every capture file of ``folder`` as it is at this moment, and return how many; a file that is deleted meanwhile is left out.

    One that is being written may end within a record, which ``mend`` cuts off. Raises OSError.
    """
    packed = 0
    for path in sorted(path for path in folder.glob("*.warc.gz") if NAME.fullmatch(path.name)):
        try:
            stream = path.open("rb")
        except FileNotFoundError:
            continue
        with stream:
            into.addfile(into.gettarinfo(arcname=f"{FOLDER}/{path.name}", fileobj=stream), stream)
        packed += 1
    return packed


def unpack(packed: tarfile.TarFile, folder: Path) -> int:
    """Write the capture files of a tar file into ``folder`` and return how many; one that is there already and is no shorter stays, for
    captures only ever grow. What is not named as a capture is passed over. Raises OSError and tarfile.TarError."""
    written = 0
    for member in packed:
        name = PurePosixPath(member.name)
        if member.isfile() and str(name.parent) == FOLDER and NAME.fullmatch(name.name):
            written += _write(packed, member, folder / name.name)
    return written


def _write(packed: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> bool:
    stream = packed.extractfile(member)
    if stream is None or (path.exists() and path.stat().st_size >= member.size):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with stream, part.open("wb") as out:
        shutil.copyfileobj(stream, out)
    part.replace(path)
    return True
