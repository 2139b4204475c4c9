"""The units a text is compared by: words, or characters where words are not parted by spaces; and the hashes of their runs."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from scraper.text import CJK, fold

LONGEST: Final = 400_000
"""Characters of a text that are looked at; no statement is longer, a hostile page may be."""

HASH: Final = (1 << 64) - 1
"""The bits of a run's number that are its hash."""
SPARE: Final = 80
"""From this bit on a token's number is free for marks: a run shifts a hash by less."""

TOGETHER: Final = "allthree"
"""The token that stands for a compound of the parties' names; it is stock language."""

_DENSE = frozenset({"ko", "ja", "zh"})
_TOKEN = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")


def tokens(text: str) -> list[str]:
    """Return the folded tokens of ``text`` in order: a word of letters and digits, or one Korean, Japanese or Chinese character.

    A Latin word inside a Korean or Japanese text is one token, so that an office given in English weighs no more than a word.
    """
    return _TOKEN.findall(fold(text[:LONGEST]))


def shingle_length(language: str) -> int:
    """Return how many tokens in a row make a shingle: 4 words, or 7 characters in Korean, Japanese and Chinese."""
    return 7 if language in _DENSE else 4


def run_hashes(grains: list[int], size: int) -> list[int]:
    """Return a number for every run of ``size`` tokens, of which the lowest 64 bits (:data:`HASH`) are its hash.

    It is made of the tokens' numbers, each shifted by its place in the run, added without carry: one look-up a token, for speed.
    What a caller puts at and above bit :data:`SPARE` of a token's number comes out above that bit in every run it stands in.
    """
    values = [0] * len(grains)
    for place in range(size):
        values = [value << 1 ^ grain for value, grain in zip(values, grains[place:], strict=False)]
    return values


@lru_cache(maxsize=1 << 16)
def grain(token: str) -> int:
    """Return the 64-bit number of a token: BLAKE2b (RFC 7693), the same on every machine."""
    return int.from_bytes(blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
