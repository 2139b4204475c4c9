"""A text as a set of hashes: which of its runs of words, or of characters, stand in another."""

from __future__ import annotations

from typing import Final

from scraper.parties import Parties
from scraper.stages.grouping.stock import NO_STOCK, Stock
from scraper.stages.grouping.tokens import LONGEST, TOGETHER, full_runs, run_hashes, shingle_length, tokens

WHOLE: Final = 1024
"""Up to so many shingles a sketch keeps all of them; above it, one in four."""
SAMPLED: Final = 1 << 62
"""A sampled sketch keeps the hashes below this (a quarter of 64 bits): by value, so that two texts keep the same ones."""


def fingerprint(text: str, language: str, stock: Stock = NO_STOCK, parties: Parties | None = None) -> tuple[int, ...]:
    """Return the sketch of ``text``: sorted distinct 64-bit hashes of its shingles; the lowest bit is set in stock language.

    The hashes are the same on every machine and in every run. A text of more than :data:`WHOLE` shingles keeps those below
    :data:`SAMPLED`, so that the share of one text that stands in another can still be told (Broder's containment, by FracMinHash).
    With ``parties`` a compound of their names is one token, whatever the order of the countries in this copy.
    """
    words = tokens(_one_name(text[:LONGEST], parties) if parties else text)
    hashes = _hashes(words, shingle_length(language), stock)
    return tuple(sorted(hashes if len(hashes) <= WHOLE else (value for value in hashes if value < SAMPLED)))


def _one_name(text: str, parties: Parties) -> str:
    pieces, last = [], 0
    for naming in parties.together(text):
        pieces += [text[last : naming.start], f" {TOGETHER} "]
        last = naming.end
    return "".join(pieces) + text[last:]


def _hashes(words: list[str], size: int, stock: Stock) -> set[int]:
    """The hashes of all runs, the lowest bit set in stock language; a text shorter than a run is one run."""
    flags = _covered(words, stock) if size > shingle_length("en") else bytes(map(stock.words.__contains__, words))
    length = max(1, min(size, len(words)))
    values = set(run_hashes(words, length, full_runs(flags, length)))
    if not values.isdisjoint(stock.runs):
        known = values & stock.runs
        values = values - known | {value | 1 for value in known}
    return values


def _covered(words: list[str], stock: Stock) -> bytes:
    """Mark each character that a stock phrase covers."""
    starts, joined = _offsets(words)
    covered = bytearray(len(joined) + 1)
    for match in stock.cover.finditer(joined) if stock.cover else ():
        covered[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return bytes(covered[start] or word in stock.words for start, word in zip(starts, words, strict=True))


def _offsets(words: list[str]) -> tuple[list[int], str]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word)
    return starts, "".join(words)
