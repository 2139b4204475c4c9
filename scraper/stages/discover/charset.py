"""The text of a source's page, as the parsers of this stage want it."""

from __future__ import annotations

import re

from scraper import charsets
from scraper.model.source import Page, Source

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def decode(page: Page, source: Source) -> str:
    """Return the text of ``page``, control characters that XML forbids (XML 1.0 2.2) taken out.

    The charset is found by :func:`scraper.charsets.decode`, with ``source.encoding`` as the last label and ``source.language`` as
    a hint. Characters that nothing reads stand as U+FFFD; ``discover`` tells in its notes of entries that hold any.
    """
    read = charsets.decode(page.body, page.headers.get("content-type", ""), source.encoding, source.language)
    return _CONTROLS.sub("", read.text)
