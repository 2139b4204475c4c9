"""Lines of a printed text made whole again: words cut at the line's end in English, Korean and Japanese, ligatures, wide spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from scraper.text import HAN, HANGUL, KANA, squeeze

# Printers' forms of letters: ligatures, and the radicals that some fonts give instead of the character.
_FORMS = re.compile("[\ufb00-\ufb06\u2e80-\u2fdf]")
_MARKS = "\u3000-\u303f\uff01-\uff60"
_SET_TIGHT = f"{KANA}{HAN}{_MARKS}"
_LOOSE = re.compile(f"(?<=[{_SET_TIGHT}])[ \u3000]+(?=[{_SET_TIGHT}])")
SOFT_HYPHEN = "\u00ad"
"""Marks a place where a word may be cut; at a line's end the word was."""

_CUT = re.compile("([^\\W\\d_]+)[-\u2010\u00ad]$")
_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
_HANGUL_END, _HANGUL_START = re.compile(f"[{HANGUL}]$"), re.compile(f"[{HANGUL}]")
_TIGHT_END, _TIGHT_START = re.compile(f"[{_SET_TIGHT}]$"), re.compile(f"[{_SET_TIGHT}]")
_JAPANESE = re.compile(f"[{KANA}]")
_BOUND = re.compile(
    "(?:은|는|이|가|을|를|의|에|에서|에게|로|으로|와|과|도|만|며|고|다|까지|부터|들|들은|들이|들의|하[고며여는]|하였\\S{0,6}|했\\S{0,6}|한다|된다|되었\\S{0,6}|였\\S{0,6}|습니다|입니다|합니다|니다)[.,\u3002]?(?:\\s|$)"
)
_CLOSED = re.compile(
    "(?:[.,;:!?)\\]\u201d\u2019\u00b7\u300d]|[^\\s](?:은|는|을|를|의|에|에서|로|으로|와|과|도|며|고|하여|위해|대한|대해|있는|하는|되는|하기|및))$"
)
_FIRST_HALVES = frozenset(
    [
        "self",
        "well",
        "high",
        "low",
        "long",
        "short",
        "mid",
        "full",
        "half",
        "cross",
        "so",
        "ex",
        "non",
        "like",
        "all",
        "near",
        "open",
        "multi",
        "anti",
        "pro",
        "post",
        "pre",
        "co",
        "counter",
    ]
)
_KEPT_SPACE = 0.25
_FULL = 0.8
_RAGGED = 0.9
_FEWEST = 5
_NARROW, _WIDE = frozenset("iljtfrI.,:;'!|()[] "), frozenset("mwMW@%")


def width(text: str) -> float:
    """Return how wide a text is set, in ems, by the common widths of letters: right to a twentieth for most typefaces."""
    return sum(1.0 if c >= "\u2e80" else 0.28 if c in _NARROW else 0.85 if c in _WIDE else 0.66 if c.isupper() else 0.5 for c in text)


def normal(text: str) -> str:
    """Return text with ligatures and radicals as letters (NFKC of these characters alone)."""
    return _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


class Joiner:
    """Joins lines as one document writes them; ``lines`` are all of its lines, as printed, which tell its words and its habits."""

    def __init__(self, lines: Sequence[str]) -> None:
        inside = [words[1:-1] for line in lines if (words := _WORD.findall(line.lower()))]
        self._words = frozenset(word for words in inside for word in words)
        korean = [line for line in lines if _HANGUL_END.search(line.rstrip())]
        # Where a printer keeps the space at a line's end, a line without one was cut inside a word.
        spaced = sum(line.endswith(" ") for line in korean) / max(len(korean), _FEWEST)
        self._keeps_spaces = _KEPT_SPACE < spaced < 1 - _KEPT_SPACE / 2
        self._cuts_words = _even(korean)

    def join(self, lines: Iterable[str]) -> str:
        """Return the lines of one paragraph as one."""
        whole = ""
        for line in lines:
            whole = self._joined(whole, line) if whole.strip() else line
        return tight(squeeze(whole.replace(SOFT_HYPHEN, "")))

    def _joined(self, before: str, line: str) -> str:
        left, right = before.rstrip(), line.lstrip()
        cut = _CUT.search(left[-40:])
        if cut and right[:1].isalpha():
            return self._hyphened(left, right, cut.group(1))
        if _TIGHT_END.search(left) and _TIGHT_START.match(right):
            return left + right
        if _HANGUL_END.search(left) and _HANGUL_START.match(right):
            return left + ("" if self._is_cut(before, left, right) else " ") + right
        # Japanese sets Latin words and figures among its own characters without a space.
        mixed = (_TIGHT_END.search(left) or _TIGHT_START.match(right)) and _JAPANESE.search(left[-80:] + right[:80])
        return left + ("" if mixed else " ") + right

    def _hyphened(self, left: str, right: str, first: str) -> str:
        """A word cut by a hyphen: it goes unless the word has one of its own."""
        if left.endswith(SOFT_HYPHEN):
            return left[:-1] + right
        if not right[0].islower():
            return left + right
        rest = _letters(right.split(maxsplit=1)[0]).lower()
        if first.lower() + rest in self._words:
            return left[:-1] + right
        keeps = f"{first.lower()}-{rest}" in self._words or first.lower() in _FIRST_HALVES
        return left + right if keeps else left[:-1] + right

    def _is_cut(self, before: str, left: str, right: str) -> bool:
        """Whether a Korean word goes on over the line's end: by the printed space, the document's words, then particles."""
        if self._keeps_spaces:
            return not before.endswith(" ")
        end, start = left.rsplit(maxsplit=1)[-1], right.split(maxsplit=1)[0]
        last, first = _letters(end), _letters(start)
        if last + first in self._words:
            return True
        if last in self._words and first in self._words:
            return False
        if self._cuts_words is False:
            return False
        return _BOUND.match(right) is not None or (not _CLOSED.search(end) and (self._cuts_words is True or len(last) == 1))


def _even(lines: Sequence[str]) -> bool | None:
    """Whether lines are filled to the last character, so that words are cut; None where too few lines tell."""
    widths = sorted(width(line.strip()) for line in lines)
    longest = widths[-1 - len(widths) // 20] if widths else 0.0
    short = [max(0.0, longest - found) for found in widths if found >= _FULL * longest]
    return sum(short) / len(short) < _RAGGED if len(short) >= _FEWEST else None


def _letters(word: str) -> str:
    found = _WORD.search(word)
    return found.group() if found else ""


def tight(text: str) -> str:
    """Return text without the spaces that justified setting leaves between two Japanese characters or marks."""
    return _LOOSE.sub("", text) if _JAPANESE.search(text) else text
