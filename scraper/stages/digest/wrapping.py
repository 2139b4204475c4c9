"""Lines of a given width for text of any script, counting what a terminal or a mail reader shows (UAX 11)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from scraper.text import HAN, KANA

_IDEOGRAPHS = f"{HAN}{KANA}\u3000-\u3040\uff01-\uffee"
_SMALL_KANA = "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7"
_CLOSING = f"[\u3001\u3002\uff0c\uff0e\u300d\u300f\u3011\u3015\u300b\uff09\uff01\uff1f\uff1a\uff1b\u30fc\u30fb{_SMALL_KANA}]"
_OPENING = "[\u300c\u300e\u3010\u3014\u300a\uff08]"
_COUNTED = "[\u5e74\u6708\u65e5\u6642\u5206\u4ef6\u56de]"
# Japanese may break between any two characters, but never before a closing mark or after an opening one (JIS X 4051),
# and not between a number and what it counts.
_TOKEN = re.compile(
    rf"""
    [ \t]+
    | https?://\S+
    | [0-9]{{1,4}}{_COUNTED}{_CLOSING}*
    | {_OPENING}*[{_IDEOGRAPHS}]{_CLOSING}*
    | [^\s{_IDEOGRAPHS}]+{_CLOSING}*
    | \s
    """,
    re.VERBOSE,
)


def columns(text: str) -> int:
    """Return how many columns ``text`` takes: wide characters two, combining and invisible ones none."""
    return len(text) if text.isascii() else sum(_column(character) for character in text)


def _column(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Return ``text`` in lines of at most ``width`` columns, the first led by ``first``, the others by ``rest``.

    Line ends of the text stay. An address is never broken; another word is only where it is wider than a whole line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _paragraph(paragraph, width, rest if lines else first, rest)
    return lines


def _paragraph(text: str, width: int, first: str, rest: str) -> list[str]:
    lines: list[str] = []
    lead, current, used = first, "", columns(first)
    for token in _tokens(text, max(2, width - columns(rest))):
        size = columns(token)
        if current and used + size > width and not token.isspace():
            lines.append(f"{lead}{current}".rstrip())
            lead, current, used = rest, "", columns(rest)
        if current or not token.isspace():
            current, used = current + token, used + size
    return [*lines, f"{lead}{current}".rstrip()]


def _tokens(text: str, room: int) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        token = match.group()
        if columns(token) <= room or token.startswith(("http://", "https://")):
            yield token
        else:
            yield from _broken(token, room)


def _broken(token: str, room: int) -> Iterator[str]:
    piece, used = "", 0
    for character in token:
        size = _column(character)
        if piece and used + size > room:
            yield piece
            piece, used = "", 0
        piece, used = piece + character, used + size
    yield piece
