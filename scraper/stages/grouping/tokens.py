"""The units a text is compared by: words, or characters where words are not parted by spaces."""

from __future__ import annotations

import re
from typing import Final

from scraper.text import CJK, fold

LONGEST: Final = 400_000
"""Characters of a text that are looked at; no statement is longer, a hostile page may be."""

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
