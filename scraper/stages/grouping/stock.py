"""What everybody in diplomacy says: the words and phrases that tell nothing of which statement a text is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from scraper.stages.grouping.subjects import names_of
from scraper.stages.grouping.tokens import TOGETHER, run_hashes, shingle_length, tokens


@dataclass(frozen=True, slots=True)
class Stock:
    """The table of stock language; build it with :func:`stock_of`.

    ``words`` are folded words; four in a row out of them are stock. ``runs`` are the hashes of the runs in the phrases of
    languages with spaces, their lowest bit 0; ``cover`` finds the phrases of the others in their tokens joined.
    """

    words: frozenset[str] = frozenset()
    runs: frozenset[int] = frozenset()
    cover: re.Pattern[str] | None = field(default=None, hash=False)
    subjects: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = field(default_factory=dict, hash=False)


NO_STOCK: Final = Stock()
"""The empty table: every shingle counts in full."""


def stock_of(words: Iterable[str], phrases: Mapping[str, Iterable[str]], subjects: Mapping[str, Iterable[str]] | None = None) -> Stock:
    """Return the table of ``words`` (of languages with spaces), of ``phrases`` by language code, and of ``subjects`` by id.

    In Korean, Japanese and Chinese, which are compared by characters, a phrase may be a single word.
    """
    runs: set[int] = set()
    dense: set[str] = set()
    for language, said in phrases.items():
        if shingle_length(language) == shingle_length("en"):
            runs.update(run for phrase in said for run in run_hashes(tokens(phrase), shingle_length("en")))
        else:
            dense.update("".join(tokens(phrase)) for phrase in said)
    plain = frozenset(token for word in (*words, TOGETHER) for token in tokens(word))
    return Stock(plain, frozenset(runs), _pattern(dense - {""}), names_of(subjects or {}))


def _pattern(phrases: set[str]) -> re.Pattern[str] | None:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(re.escape, ordered))) if ordered else None
