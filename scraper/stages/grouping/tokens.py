"""The units a text is compared by: words, or characters where words are not parted by spaces; and the hashes of their runs."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from scraper.text import CJK, fold

LONGEST: Final = 400_000
"""Characters of a text that are looked at; no statement is longer, a hostile page may be."""

TOGETHER: Final = "allthree"
"""The token that stands for a compound of the parties' names; it is stock language."""

_DENSE = frozenset({"ko", "ja", "zh"})
_TOKEN = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
_PLAIN = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
"""What folding and parting do to a text without marks of other scripts, in one go."""

_LANE = 8
"""Bytes of a token's number, and of a run's hash."""
_MASKED: Final = 4096
"""Lanes of a mask that is made once and kept."""


def tokens(text: str) -> list[str]:
    """Return the folded tokens of ``text`` in order: a word of letters and digits, or one Korean, Japanese or Chinese character.

    A Latin word inside a Korean or Japanese text is one token, so that an office given in English weighs no more than a word.
    """
    shown = text[:LONGEST] if text.isascii() else fold(text[:LONGEST])
    return shown.translate(_PLAIN).split() if shown.isascii() else _TOKEN.findall(shown)


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
    numbers = int.from_bytes(b"".join(map(_NUMBERS.__getitem__, words)), "little")
    kept = _shiftable(1 + len(words) // _MASKED)
    total = 0
    for place in range(size):
        total = (total & kept) << 1 ^ numbers >> 8 * _LANE * place
    made = bytearray((total & (1 << 8 * _LANE * count) - 1).to_bytes(_LANE * count, "little"))
    made[::_LANE] = _with_lowest(made[::_LANE], marks or bytes(count))
    return struct.unpack(f"<{count}Q", made)


@lru_cache(maxsize=8)
def _shiftable(blocks: int) -> int:
    """All bits of so many blocks of lanes but the highest of each lane, which a shift would push into the next."""
    return int.from_bytes((b"\xff" * (_LANE - 1) + b"\x7f") * (blocks * _MASKED), "little")


def _with_lowest(given: bytes | bytearray, marks: bytes) -> bytes:
    """Bytes whose lowest bits are those of ``marks``."""
    even = int.from_bytes(given, "little") & int.from_bytes(b"\xfe" * len(given), "little")
    return (even | int.from_bytes(marks, "little")).to_bytes(len(given), "little")


def full_runs(flags: bytes, size: int) -> bytes:
    """Return for every run of ``size`` flags (bytes 0 and 1) whether all of them are set, as such bytes."""
    count = len(flags) - size + 1
    if count < 1:
        return b""
    every = given = int.from_bytes(flags, "little")
    for place in range(1, size):
        every &= given >> 8 * place
    return (every & (1 << 8 * count) - 1).to_bytes(count, "little")


class _Numbers(dict[str, bytes]):
    """The number of each token seen lately, as bytes: BLAKE2b (RFC 7693), the same on every machine."""

    def __missing__(self, token: str) -> bytes:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[token] = blake2b(token.encode("utf-8", "surrogatepass"), digest_size=_LANE).digest()[::-1]
        return self[token]


_REMEMBERED: Final = 1 << 16
_NUMBERS: Final = _Numbers()
