"""A text as a set of hashes: which of its runs of words, or of characters, stand in another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from scraper.parties import Parties
from scraper.stages.grouping.stock import NO_STOCK, Stock
from scraper.stages.grouping.tokens import LONGEST, shingle_length, tokens

WHOLE: Final = 1024
"""Up to so many shingles a sketch keeps all of them; above it, one in four."""
SAMPLED: Final = 1 << 62
"""A sampled sketch keeps the hashes below this (a quarter of 64 bits): by value, so that two texts keep the same ones."""
_MASK: Final = (1 << 64) - 1


def fingerprint(text: str, language: str, stock: Stock = NO_STOCK, parties: Parties | None = None) -> tuple[int, ...]:
    """Return the sketch of ``text``: sorted distinct 64-bit hashes of its shingles; the lowest bit is set in stock language.

    The hashes are the same on every machine and in every run. A text of more than :data:`WHOLE` shingles keeps those below
    :data:`SAMPLED`, so that the share of one text that stands in another can still be told (Broder's containment, by FracMinHash).
    With ``parties`` a compound of their names is one token, whatever the order of the countries in this copy.
    """
    words = tokens(_one_name(text[:LONGEST], parties) if parties else text)
    hashes = set(_hashes(words, shingle_length(language), stock))
    return tuple(sorted(hashes if len(hashes) <= WHOLE else (value for value in hashes if value < SAMPLED)))


def _one_name(text: str, parties: Parties) -> str:
    pieces, last = [], 0
    for naming in parties.together(text):
        pieces += [text[last : naming.start], " allthree "]
        last = naming.end
    return "".join(pieces) + text[last:]


def _hashes(words: list[str], size: int, stock: Stock) -> Iterator[int]:
    """A shingle's hash is its tokens' hashes, shifted by place and added without carry: one look-up a token, for speed."""
    common = _dense_common(words, stock) if size > shingle_length("en") else [word in stock.words for word in words]
    size = max(1, min(size, len(words)))
    values, plain = [0] * len(words), [True] * len(words)
    grains = [_grain(word) for word in words]
    for place in range(size):
        values = [value << 1 ^ grain for value, grain in zip(values, grains[place:], strict=False)]
        plain = [known and more for known, more in zip(plain, common[place:], strict=False)]
    runs = zip(*(words[place:] for place in range(size)), strict=False)
    for value, known, run in zip(values, plain, runs, strict=True):
        yield (value | 1 if known or run in stock.runs else value & ~1) & _MASK


def _dense_common(words: list[str], stock: Stock) -> list[bool]:
    """Tell of each character whether a stock phrase covers it."""
    starts, joined = _offsets(words)
    covered = bytearray(len(joined) + 1)
    for match in stock.cover.finditer(joined) if stock.cover else ():
        covered[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return [bool(covered[start]) or word in stock.words for start, word in zip(starts, words, strict=True)]


def _offsets(words: list[str]) -> tuple[list[int], str]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word)
    return starts, "".join(words)


@lru_cache(maxsize=1 << 16)
def _grain(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
