"""Reading a body: content codings undone in bounded pieces, never more than the cap in memory.

gzip (RFC 1952, also of several members) and deflate (RFC 1950, and the raw RFC 1951 form some servers send) are the only
codings asked for. A thousandfold bomb stops at the cap, because each step of the decoder gives at most one piece.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from scraper.errors import FetchError

_PIECE = 256 * 1024
_SLACK = 64 * 1024
_GZIP = b"\x1f\x8b"
_MOST_MEMBERS = 1_000  # block-wise writers make one of 64 KiB each; empty ones cost time and give nothing
_PLAIN = ("", "identity")
_GZIPPED = ("gzip", "x-gzip")


class _Full(Exception):
    """The cap is reached; what was read up to it stands in the buffer."""


class _Sink:
    def __init__(self, limit: int) -> None:
        self.body = bytearray()
        self._limit = limit

    @property
    def room(self) -> int:
        """How many bytes a decoder may give at once: one more than fits, so that too much is noticed."""
        return min(_PIECE, self._limit - len(self.body) + 1)

    def put(self, piece: bytes) -> None:
        self.body += piece
        if len(self.body) > self._limit:
            del self.body[self._limit :]
            raise _Full


class _Inflater:
    """Undoes gzip or deflate; a body that only claims to be gzip is passed on as it is."""

    def __init__(self, coding: str, sink: _Sink) -> None:
        self._gzip = coding in _GZIPPED
        self._sink = sink
        self._head = b""
        self._decoder: zlib._Decompress | None = None
        self._plain = False
        self._over = False
        self._members = 1

    def feed(self, data: bytes) -> None:
        if self._decoder is None and not self._plain:
            data = self._head + data
            if len(data) < 2:
                self._head = data
                return
            self._begin(data)
        if self._plain:
            self._sink.put(data)
        else:
            self._inflate(data)

    def finish(self) -> None:
        """Check that the last member came whole; raises FetchError ``connect``."""
        if self._decoder is not None and not self._decoder.eof:
            raise FetchError("the compressed body ends early", code="connect")
        if self._decoder is None and not self._plain:
            self._sink.put(self._head)

    def _begin(self, data: bytes) -> None:
        if self._gzip:
            self._plain = data[:2] != _GZIP
            self._decoder = None if self._plain else zlib.decompressobj(16 + zlib.MAX_WBITS)
            return
        # The header of RFC 1950: method 8, and both bytes as a number divisible by 31.
        wrapped = data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
        self._decoder = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)

    def _inflate(self, data: bytes) -> None:
        while self._decoder is not None:
            if self._decoder.eof:
                data = self._next_member(data)
                if not data:
                    return
            room = self._sink.room
            piece = self._decoder.decompress(data, room)
            self._sink.put(piece)
            data = self._decoder.unused_data if self._decoder.eof else self._decoder.unconsumed_tail
            # A full piece may leave more inside the decoder although its input is used up.
            if not data and len(piece) < room:
                return

    def _next_member(self, rest: bytes) -> bytes:
        if self._over or not self._gzip or rest[:1] != _GZIP[:1]:
            self._over = True  # padding after the last member is ignored, as gzip itself does
            return b""
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise _Full
        self._decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return rest


def read_body(chunks: Iterator[bytes], coding: str, limit: int, *, cut: bool = False) -> bytes:
    """Return the decoded body of at most ``limit`` bytes from raw ``chunks`` under a Content-Encoding.

    A longer one raises FetchError ``too_large``, or with ``cut`` is returned up to the limit. A coding that was not asked
    for or a broken stream raises ``decode``, one that ends early ``connect``.
    """
    name = coding.strip().lower()
    if name not in (*_PLAIN, *_GZIPPED, "deflate"):
        raise FetchError(f"content coding {name[:40]!r} was not asked for", code="decode")
    sink = _Sink(limit)
    try:
        _fill(chunks, name, sink, limit + _SLACK)
    except _Full:
        if not cut:
            raise FetchError(f"the body is larger than {limit} bytes", code="too_large") from None
    except zlib.error as error:
        raise FetchError(f"the compressed body is broken ({error})", code="decode") from error
    return bytes(sink.body)


def _fill(chunks: Iterator[bytes], name: str, sink: _Sink, raw_limit: int) -> None:
    inflater = None if name in _PLAIN else _Inflater(name, sink)
    received = 0
    for chunk in chunks:
        received += len(chunk)
        if received > raw_limit:  # empty gzip members could go on for ever without giving a byte
            raise _Full
        if inflater is None:
            sink.put(chunk)
        else:
            inflater.feed(chunk)
    if inflater is not None:
        inflater.finish()
