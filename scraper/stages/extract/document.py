"""What a document that is no page (PDF, HWPX) says, and which of these a payload is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.model.moment import Moment

_SIGHT = 1024
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLDER_HWP = b"HWP Document File"
_MEDIA = re.compile(r"application/(?:x-)?(pdf|hwpx?|haansofthwpx?|vnd\.hancom\.hwpx?)$")
_NAMES = (
    (b"\x89PNG", "a picture (PNG)"), (b"\xff\xd8\xff", "a picture (JPEG)"), (b"GIF8", "a picture (GIF)"), (b"RIFF", "a picture or sound (RIFF)"),
    (b"\x1f\x8b", "a gzip file"), (b"BZh", "a bzip2 file"), (b"Rar!", "a RAR archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"ID3", "sound (MP3)"),
    (b"OggS", "sound or film (Ogg)"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"\x00\x00\x00", "film or a picture"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document in NFC, paragraphs parted by blank lines, and the name of what read it.

    ``title`` is what the document calls itself where its own text agrees, ``heading`` the line set largest at its beginning, ``made``
    the day its file was made (precision ``inferred``); each empty where there is none.
    """

    text: str
    extractor: str
    title: str = ""
    heading: str = ""
    made: Moment | None = None


def kind_of(body: bytes, media: str = "") -> str:
    """Return ``pdf``, ``zip`` (HWPX and what else is one), ``hwp`` or ``""`` (none of these) by the first bytes of a payload.

    Bytes before the mark of a PDF are allowed as its readers do (ISO 32000-1, implementation note 13), where ``media`` says PDF.
    """
    head = body[:_SIGHT].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(_PDF) or (_MEDIA.search(media) and _PDF in head):
        return "pdf"
    if head.startswith(_ZIP):
        return "zip"
    return "hwp" if head.startswith((_OLE, _OLDER_HWP)) else ""


def name_of(body: bytes, media: str) -> str:
    """Return what a payload that is no text is, for a person: ``an HWP or older Office file``, else its media type."""
    head = body[:_SIGHT].lstrip(b"\xef\xbb\xbf \r\n\t")
    if kind_of(body) == "hwp":
        return "an HWP or older Office file, which cannot be read"
    return next((name for mark, name in _NAMES if head.startswith(mark)), media or "binary")
