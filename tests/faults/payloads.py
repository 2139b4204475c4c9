"""What the fault server sends: answers as bytes, feeds and pages of our own, bombs."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from .server import Asked

NOW = datetime(2026, 7, 9, 12, 0, tzinfo=UTC)
XML = "application/rss+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"

TITLE = "Joint Statement of the United States, the Republic of Korea, and Japan on the Trilateral Ministerial Meeting in {place}"
STATEMENT = (
    "The following text was released by the Governments of the United States of America, the Republic of Korea, and Japan.",
    "The Secretary of State of the United States and the Foreign Ministers of the Republic of Korea and Japan met in {place} on July 9, 2026.",
    "They spoke of the harbours of {place}, of pilots who bring ships in by night, and agreed that their coast guards will train together.",
    "They reaffirmed the importance of trilateral cooperation and will meet again next year.",
)
MUSEUM = (
    "The museum of clocks opens wing number {number} on Saturday. Visitors will find two hundred pendulums there, and a garden with sundials.",
    "The director said that the oldest clock had been repaired by hand over the winter, and that children may wind it on Sundays.",
)


def reply(body: bytes = b"", status: int = 200, media: str = XML, *more: tuple[str, str], length: int | None = None) -> bytes:
    """A whole answer; ``length`` is a Content-Length that lies (-1: none)."""
    lines = [f"HTTP/1.1 {status} Said", "Connection: close", *([f"Content-Type: {media}"] if media else [])]
    stated = len(body) if length is None else length
    if stated >= 0 and "Transfer-Encoding" not in dict(more) and status not in (204, 304):
        lines.append(f"Content-Length: {stated}")
    lines.extend(f"{name}: {value}" for name, value in more)
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def page(title: str, paragraphs: Sequence[str]) -> bytes:
    """An article's page."""
    told = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>{told}</article></body></html>'.encode()


def article(path: str) -> bytes:
    """The page behind an address: ``/statement-Place`` or ``/clocks-1``."""
    kind, _, name = path.lstrip("/").partition("-")
    if kind == "statement":
        return page(TITLE.format(place=name), [text.format(place=name) for text in STATEMENT])
    return page(f"Museum of Clocks Opens Wing Number {name}", [text.format(number=name) for text in MUSEUM])


def item(
    asked: Asked, number: int = 1, *, date: str | None = None, guid: str | None = None, title: str = "", link: str | None = None
) -> str:
    """An item of RSS: published some hours before ``NOW`` unless ``date`` says otherwise (``""``: no date)."""
    address = f"{asked.base}/clocks-{number}" if link is None else link
    shown = format_datetime(NOW - timedelta(hours=number)) if date is None else date
    stamp = f"<pubDate>{shown}</pubDate>" if shown else ""
    named = f"<guid>{address if guid is None else guid}</guid>" if guid != "" else ""
    return f"<item><title>{title or f'Museum of Clocks Opens Wing Number {number}'}</title><link>{address}</link>{named}{stamp}</item>"


def rss(items: Iterable[str], *, channel: str = "Museum News", prolog: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    """A feed of items as text."""
    return f'{prolog}<rss version="2.0"><channel><title>{channel}</title><link>http://x.test/</link>{"".join(items)}</channel></rss>'


def two(asked: Asked) -> str:
    """The usual feed here: two items."""
    return rss((item(asked, 1), item(asked, 2)))


def bomb(size: int, *, coding: str = "gzip") -> bytes:
    """So many bytes of blanks after the beginning of a feed, compressed a thousandfold."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if coding == "gzip" else 15)
    pieces = [packer.compress(b"<rss><channel><title>x</title>")]
    pieces.extend(packer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000))
    return b"".join(pieces) + packer.flush()


def chunk(data: bytes) -> bytes:
    """One chunk of a chunked body."""
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def packed(text: str) -> bytes:
    """Text as gzip, the same bytes every time."""
    return gzip.compress(text.encode(), mtime=0)
