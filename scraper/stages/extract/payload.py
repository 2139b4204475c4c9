"""A payload that is a document and no page: which reader reads it, what its first lines say of it."""

from __future__ import annotations

from itertools import islice

from scraper import datestring
from scraper.model.moment import Moment
from scraper.stages.extract import hwpx, pdf
from scraper.stages.extract.document import Document, kind_of

_READERS = {"pdf": pdf.read, "zip": hwpx.read}
_LINES = 12
_SHORT = 70


def read(body: bytes, media: str = "") -> Document | None:
    """Return the document of a payload (PDF, HWPX, DOCX), or None where it is none of these; ``media`` is its media type.

    Raises ExtractError: not_text (it cannot be read), no_text (it holds no text).
    """
    reader = _READERS.get(kind_of(body, media))
    return reader(body) if reader else None


def first_line(text: str) -> str:
    """Return the first paragraph of a text where it is as short as a title, else ``""``."""
    line = text.partition("\n\n")[0]
    return line if len(line) <= 200 else ""


def day_of(document: Document, zone: str, latest: str) -> Moment | None:
    """Return the date that a document's first short lines say, else the day its file was made; none later than ``latest``.

    ``zone`` (IANA) is that of times that name none.
    """
    lines = (line for line in islice(document.text.split("\n\n"), _LINES) if len(line) <= _SHORT)
    said = (datestring.read(line, zone) for line in lines)
    return next((moment for moment in (*said, document.made) if moment and moment.day <= latest), None)
