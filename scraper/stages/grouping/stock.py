"""What everybody in diplomacy says: the words and phrases that tell nothing of which statement a text is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from scraper.stages.grouping.tokens import HASH, TOGETHER, grain, run_hashes, shingle_length, tokens


@dataclass(frozen=True, slots=True)
class Stock:
    """The table of stock language; build it with :func:`stock_of`.

    ``words`` are folded words; four in a row out of them are stock. ``runs`` are the hashes of the runs in the phrases of
    languages with spaces; ``cover`` finds the phrases of the others in their tokens joined.
    """

    words: frozenset[str] = frozenset()
    runs: frozenset[int] = frozenset()
    cover: re.Pattern[str] | None = field(default=None, hash=False)


NO_STOCK: Final = Stock()
"""The empty table: every shingle counts in full."""


def stock_of(words: Iterable[str], phrases: Mapping[str, Iterable[str]]) -> Stock:
    """Return the table of ``words`` (of languages with spaces) and of ``phrases`` by language code.

    In Korean, Japanese and Chinese, which are compared by characters, a phrase may be a single word.
    """
    runs: set[int] = set()
    dense: set[str] = set()
    for language, said in phrases.items():
        if shingle_length(language) == shingle_length("en"):
            runs.update(run for phrase in said for run in _runs(tokens(phrase)))
        else:
            dense.update("".join(tokens(phrase)) for phrase in said)
    return Stock(frozenset(token for word in (*words, TOGETHER) for token in tokens(word)), frozenset(runs), _pattern(dense - {""}))


def _runs(said: list[str]) -> Iterable[int]:
    size = shingle_length("en")
    return (value & HASH for value in run_hashes([grain(token) for token in said], size)) if len(said) >= size else ()


def _pattern(phrases: set[str]) -> re.Pattern[str] | None:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None
