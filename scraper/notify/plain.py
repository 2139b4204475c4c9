"""Outside text and secrets kept from doing harm on the way out: what a channel hands on, and what it tells of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDDEN = re.compile(f"[{_CONTROL}\\s{_DIRECTION}]+")
_CONTROLS = re.compile(f"[{_CONTROL}{_DIRECTION}]+")
_PIECES = re.compile(r"[/:@?&=+,#;|\s]+")
_CUT = 20_000
SHOWN = 300
"""Characters of an answer that are recorded."""


def utf8(text: str) -> str:
    """Return ``text`` with lone surrogates, which have no UTF-8 form, as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def one_line(text: str, limit: int = _CUT) -> str:
    """Return ``text`` as one line without control and direction characters, at most ``limit`` characters, that UTF-8 can write."""
    return utf8(_HIDDEN.sub(" ", text[: limit * 4])).strip()[:limit]


def lines(text: str) -> str:
    """Return ``text`` with its line ends as ``\\n`` and its tabs, but without other control and direction characters, that UTF-8 can write."""
    return utf8(_CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def without(text: str, *secrets: str) -> str:
    """Return ``text`` as one short line with each of the ``secrets`` as ``***``: whole, and every piece of four characters and more that
    stands between the signs that part an address, as written and as decoded."""
    shown = text[:_CUT]
    for piece in sorted({piece for secret in secrets for piece in _pieces(secret)}, key=len, reverse=True):
        shown = shown.replace(piece, "***")
    return one_line(shown, SHOWN)


def _pieces(secret: str) -> Iterator[str]:
    for form in (secret, unquote(secret)):
        yield from (piece for piece in (form, *_PIECES.split(form)) if len(piece) >= 4)
