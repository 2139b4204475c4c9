"""Stretches of a text around what a search found in it, with the found words marked."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from scraper.storage.terms import DOTS, short
from scraper.text import has_cjk

_WHITE = re.compile(r"\s+")
MOST_MARKS = 300
LONGEST_TEXT = 400_000
"""Characters of a text in which words are sought."""
BEFORE, LENGTH = 70, 260
"""Characters of a snippet before the first mark, and of all of it; of Korean and Japanese, which say more in one, DENSE times as many."""
DENSE = 0.6

Pieces = tuple[tuple[str, bool], ...]
"""A text in parts, each with whether it was found."""


def marked(text: str, forms: Sequence[str]) -> Pieces:
    """Return all of a short text, the found words of it marked."""
    return _cut(text, 0, len(text), _spans(text, forms))


def snippet(text: str | None, forms: Sequence[str]) -> Pieces:
    """Return the stretch of a text in which most of the found words stand, else its beginning; an ellipsis where it goes on."""
    whole = (text or "")[:LONGEST_TEXT]
    spans = _spans(whole, forms)
    before, length = (int(size * (DENSE if has_cjk(whole[:300]) else 1)) for size in (BEFORE, LENGTH))
    at = _densest(spans, length - before)
    left = _word_start(whole, max(0, at - before), at)
    right = _word_end(whole, min(len(whole), left + length))
    pieces = _cut(whole, left, right, spans)
    return (*((("…", False),) if left else ()), *pieces, *((("…", False),) if right < len(text or "") else ()))


def _spans(text: str, forms: Sequence[str]) -> list[tuple[int, int]]:
    """Where the found words stand: the search tables hold them in NFKC, so that is where they are sought."""
    if not forms:
        return []
    plain = unicodedata.normalize("NFKC", text)
    pattern = re.compile("|".join(_pattern(form) for form in sorted(forms, key=len, reverse=True)), re.IGNORECASE)
    found = [match.span() for match in islice(pattern.finditer(plain), MOST_MARKS)]
    return found if len(plain) == len(text) else [(_back(text, start), _back(text, end)) for start, end in found]


def _back(text: str, place: int) -> int:
    """The last place in a text that has at most ``place`` characters of its NFKC form before it."""
    return bisect_right(range(len(text) + 1), place, key=lambda at: len(unicodedata.normalize("NFKC", text[:at]))) - 1


def _pattern(form: str) -> str:
    words = form.split()
    gap = rf"(?:\s?[{DOTS}]\s?)?" if short(form) else rf"[\s{DOTS}]{{0,3}}"
    body = gap.join(map(re.escape, words))
    left, right = (r"(?<![A-Za-z0-9])" if _latin(form[0]) else ""), (r"(?![A-Za-z0-9])" if _latin(form[-1]) else "")
    return f"{left}{body}{right}"


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _densest(spans: Sequence[tuple[int, int]], reach: int) -> int:
    """Where the mark begins that has the most others in ``reach`` behind it; the first of such."""
    counts = [bisect_left(spans, (start + reach, 0)) - at for at, (start, _) in enumerate(spans)]
    return spans[counts.index(max(counts))][0] if counts else 0


def _word_start(text: str, left: int, until: int) -> int:
    if left == 0:
        return 0
    space = _WHITE.search(text, left, min(until, left + 20))
    return space.end() if space else left


def _word_end(text: str, right: int) -> int:
    space = _WHITE.search(text, right, right + 20) if right < len(text) else None
    return space.start() if space else right


def _cut(text: str, left: int, right: int, spans: Sequence[tuple[int, int]]) -> Pieces:
    return tuple((shown, found) for part, found in _parts(text, left, right, spans) if (shown := _line(part)))


def _parts(text: str, left: int, right: int, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    at = left
    for first, last in spans:
        start, end = max(first, at), min(last, right)
        if start < end:
            yield text[at:start], False
            yield text[start:end], True
            at = end
    yield text[at:right], False


def _line(part: str) -> str:
    """The part on one line; a space at its ends stays, since it parts it from the next."""
    return _WHITE.sub(" ", part)
