"""The units a text is compared by: words, or characters where words are not parted by spaces; and the hashes of their runs."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

from scraper.text import CJK, fold

LONGEST: Final = 400_000
"""Characters of a text that are looked at; no statement is longer, a hostile page may be."""

TOGETHER: Final = "allthree"
"""The token that stands for a compound of the parties' names; it is stock language."""

_DENSE = frozenset({"ko", "ja", "zh"})
_TOKEN = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
_PARTED = {code: " " for code in range(128) if not chr(code).isalnum()}

_LANE = 8
"""Bytes of a token's number, and of a run's hash."""
_LOW = b"\xff" * (_LANE - 1)


def tokens(text: str) -> list[str]:
    """Return the folded tokens of ``text`` in order: a word of letters and digits, or one Korean, Japanese or Chinese character.

    A Latin word inside a Korean or Japanese text is one token, so that an office given in English weighs no more than a word.
    """
    folded = fold(text[:LONGEST])
    return folded.translate(_PARTED).split() if folded.isascii() else _TOKEN.findall(folded)


def shingle_length(language: str) -> int:
    """Return how many tokens in a row make a shingle: 4 words, or 7 characters in Korean, Japanese and Chinese."""
    return 7 if language in _DENSE else 4


def run_hashes(words: Sequence[str], size: int, marks: bytes = b"") -> tuple[int, ...]:
    """Return the 64-bit hash of every run of ``size`` (at least 1) words, in order; its lowest bit is that of the run's byte in ``marks``.

    It is made of the words' numbers, each shifted by its place in the run, added without carry. The numbers stand side by side in
    one long integer, so that a few operations on that make the hashes of all runs.
    """
    count = len(words) - size + 1
    if count < 1:
        return ()
    numbers = int.from_bytes(b"".join([_NUMBERS[word] for word in words]), "little")
    kept = int.from_bytes(
        (_LOW + b"\x7f") * len(words), "little"
    )  # all bits of a lane but the highest, which a shift would push into the next
    total = 0
    for place in range(size):
        total = (total & kept) << 1 ^ numbers >> 8 * _LANE * place
    low = int.from_bytes((b"\xfe" + _LOW) * count, "little")
    return struct.unpack(f"<{count}Q", (total & low | _spread(marks, count)).to_bytes(_LANE * count, "little"))


def full_runs(flags: bytes, size: int) -> bytes:
    """Return for every run of ``size`` flags (bytes 0 and 1) whether all of them are set, as such bytes."""
    count = len(flags) - size + 1
    if count < 1:
        return b""
    every = given = int.from_bytes(flags, "little")
    for place in range(1, size):
        every &= given >> 8 * place
    return (every & (1 << 8 * count) - 1).to_bytes(count, "little")


def _spread(marks: bytes, count: int) -> int:
    lanes = bytearray(_LANE * count)
    lanes[::_LANE] = marks or bytes(count)
    return int.from_bytes(lanes, "little")


class _Numbers(dict[str, bytes]):
    """The number of each token seen lately, as bytes: BLAKE2b (RFC 7693), the same on every machine."""

    def __missing__(self, token: str) -> bytes:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[token] = blake2b(token.encode("utf-8", "surrogatepass"), digest_size=_LANE).digest()[::-1]
        return self[token]


_REMEMBERED: Final = 1 << 16
_NUMBERS: Final = _Numbers()
