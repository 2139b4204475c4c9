"""The text of an article's page, refused where too much of it would be lost."""

from __future__ import annotations

from scraper import charsets
from scraper.charsets import Decoded
from scraper.errors import ExtractError

__all__ = ["Decoded", "decode"]

_TOO_BROKEN = 0.1


def decode(body: bytes, content_type: str = "", fallback: str = "") -> Decoded:
    """Return the text of ``body`` as :func:`scraper.charsets.decode` reads it, with how many characters were replaced.

    ``content_type`` is the HTTP header, ``fallback`` the source's own label. Raises ExtractError (decode) where more than a tenth
    of the characters that are not ASCII would be lost: such bytes are no text.
    """
    read = charsets.decode(body, content_type, fallback)
    if read.replaced > max(3, sum(1 for char in read.text if char > "\x7f") * _TOO_BROKEN):
        message = f"the page is in no encoding that can be read ({read.replaced} characters would be lost)"
        raise ExtractError(message, code="decode")
    return read
