"""Bodies that are gzip files themselves (``sitemap.xml.gz``), which no Content-Encoding has undone; bounded."""

from __future__ import annotations

import zlib
from dataclasses import replace

from scraper.errors import DiscoverError
from scraper.model.source import Page, Source
from scraper.stages.discover.guard import refuse_vast

MOST_BYTES = 12_000_000
_MAGIC = b"\x1f\x8b"


def inflated(page: Page, source: Source) -> tuple[Page, tuple[str, ...]]:
    """Return ``page`` with a gzip body (RFC 1952) unpacked, at most MOST_BYTES of it, and notes on what was cut.

    A page whose body is no gzip is returned as it is. Raises DiscoverError (parse) where nothing can be unpacked.
    """
    if page.body[:2] != _MAGIC:
        return page, ()
    body, fault = _unpacked(page.body)
    if fault and not body:
        raise DiscoverError(f"{source.id}: the gzip body is broken ({fault})", code="parse")
    refuse_vast(body, source)
    return replace(page, body=body), (f"gzip: {fault}",) if fault else ()


def _unpacked(packed: bytes) -> tuple[bytes, str]:
    body, rest = bytearray(), packed
    while rest[:2] == _MAGIC:
        decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            body += decoder.decompress(rest, MOST_BYTES - len(body) + 1)
        except zlib.error as error:
            return bytes(body), str(error)
        if len(body) > MOST_BYTES:
            return bytes(body[:MOST_BYTES]), f"more than {MOST_BYTES} bytes: the rest was not unpacked"
        if not decoder.eof:
            return bytes(body), "the body ends early"
        rest = decoder.unused_data
    return bytes(body), ""
