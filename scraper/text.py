"""Pure handling of text in English, Korean and Japanese: folding, scripts, sentences."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

HANGUL = "\uac00-\ud7a3"
KANA = "\u3041-\u30ff\u31f0-\u31ff"
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
CJK = HANGUL + KANA + HAN

_CJK = re.compile(f"[{CJK}]")
_HANGUL, _KANA, _HAN, _LATIN = (re.compile(f"[{letters}]+") for letters in (HANGUL, KANA, HAN, "A-Za-z"))
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_DOTS = re.compile("[\u00b7\u2219\u2027\u318d\u119e\u11a2\u30fb\uff65\u2022\u22c5]")
"""Dots between words; NFKC makes U+119E of the Korean one, U+318D."""

_SINGLE_QUOTES = re.compile("[\u2018\u2019\u201a\u201b\u2032\u00b4\u0060]")
_DOUBLE_QUOTES = re.compile("[\u201c\u201d\u201e\u201f\u2033]")
_MARKS = re.compile("|".join(marks.pattern for marks in (_DASHES, _DOTS, _SINGLE_QUOTES, _DOUBLE_QUOTES)))
_SURROGATE = re.compile("[\ud800-\udfff]")
_BIDI = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def squeeze(text: str) -> str:
    """Return ``text`` with every run of white space as one space, stripped."""
    return " ".join(text.split())


def clean(text: str) -> str:
    """Return ``text`` without invisible direction marks and soft hyphens, in NFC, line ends as ``\\n``, lone surrogates (which JSON
    can hold and UTF-8 cannot) as U+FFFD."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if plain.isascii():
        return plain
    plain = _SURROGATE.sub("\ufffd", plain)
    return unicodedata.normalize("NFC", _BIDI.sub("", plain))


def fold(text: str) -> str:
    """Return the form by which two texts are compared: NFKC, one dash, one dot, straight quotes, lower case, single spaces."""
    if text.isascii():
        return squeeze(text.replace("`", "'").lower())
    wide = unicodedata.normalize("NFKC", _BIDI.sub("", text))
    if _MARKS.search(wide):  # one look for all of them costs less than the four steps
        wide = _DOTS.sub("\u00b7", _DASHES.sub("-", _DOUBLE_QUOTES.sub('"', _SINGLE_QUOTES.sub("'", wide))))
    return squeeze(wide.casefold())


def has_cjk(text: str) -> bool:
    """Tell whether any Korean, Japanese or Chinese character stands in ``text``."""
    return _CJK.search(text) is not None


_SAME_LANGUAGE = {"eng": "en", "kor": "ko", "jpn": "ja", "zho": "zh", "chi": "zh", "tl": "fil", "tgl": "fil"}
"""What a language is also called (ISO 639-2 and -3; CLDR takes ``tl`` for ``fil``)."""


def language_code(tag: str) -> str:
    """Return the language of a tag (``en-US``, ``ja_JP``, ``fil``): its ISO 639-1 code, or the one of three letters where it has none.

    ``""`` where the tag names none.
    """
    first = re.split("[-_]", tag.strip().lower()[:20], maxsplit=1)[0]
    return _SAME_LANGUAGE.get(first, first) if len(first) in {2, 3} and first.isascii() and first.isalpha() else ""


def guess_language(text: str) -> str:
    """Return ``ko``, ``ja``, ``zh`` or ``en`` by the script of most letters of ``text`` (Latin script counts as ``en``)."""
    sample = text[:4000]
    if sample.isascii():
        return "en"
    hangul, kana, latin = _letters(_HANGUL, sample), _letters(_KANA, sample), _letters(_LATIN, sample)
    if hangul * 3 > latin and hangul >= kana:
        return "ko"
    han = _letters(_HAN, sample)
    if (kana + han) * 3 > latin and kana + han > 0:
        return "ja" if kana * 20 >= han or kana > 2 else "zh"
    return "en"


def _letters(script: re.Pattern[str], text: str) -> int:
    return len("".join(script.findall(text)))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the stretch of ``text``."""
        return text[self.start : self.end]


_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sgt|Gen|Adm|Lt|Col|Capt|Maj|Rep|Sen|Gov|Amb|Prof|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|etc|e\.g|i\.e)|(?:[A-Z]\.)+[A-Z])$"
)
# A break begins with a plain character, so that the search skips to the next such character at once; which one it was is looked up behind it.
_BREAK = re.compile(
    r"[.!?\u3002\uff01\uff1f\n](?:(?<=[.!?])[\"'\u201d\u2019)\]]*(?=\s+[^a-z\s])|(?<=\n)|(?<=[\u3002\uff01\uff1f])[\u300d\u300f\u201d\u2019)\uff09]*)"
)
_WORD = 5
"""Small letters before a full stop that no abbreviation ends in."""


def sentences(text: str) -> tuple[Span, ...]:
    """Split ``text`` into sentences; line ends are boundaries too; spans carry no outer white space.

    Latin script ends a sentence at ``. ! ?`` before white space and something that is no lower-case letter, unless an
    abbreviation (U.S., Mr.) stands before it; Korean ends likewise; Japanese at the full stop.
    """
    return tuple(_trimmed(text))


def _trimmed(text: str) -> Iterator[Span]:
    for start, end in _raw_sentences(text):
        piece = text[start:end].rstrip()
        bare = piece.lstrip()
        if bare:
            yield Span(start + len(piece) - len(bare), start + len(piece))


def _raw_sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        at, end = match.span()
        if text[at] == "." and _abbreviated(text, start, at):
            continue
        yield start, end
        start = end
    yield start, len(text)


def _abbreviated(text: str, start: int, at: int) -> bool:
    """Tell whether the word before the full stop at ``at``, in a sentence that begins at ``start``, is an abbreviation."""
    word = text[max(start, at - _WORD) : at]
    if not word[-1:].isascii() or (len(word) == _WORD and word.isalpha() and word.islower()):
        return False
    return _ABBREVIATION.search(text[max(start, at - 12) : at]) is not None


def sentence_at(spans: tuple[Span, ...], position: int) -> int:
    """Return the index in ``spans`` of the sentence that holds ``position``, or of the last one before it (0 at least)."""
    return max(0, bisect_right(spans, position, key=lambda span: span.start) - 1)


_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def paragraph_at(text: str, position: int) -> int:
    """Return the number of the paragraph of ``text`` that holds ``position``, the first is 1; 0 for a position outside.

    Paragraphs are parted by blank lines, or by line ends in a text that has no blank line.
    """
    if not 0 <= position < len(text):
        return 0
    start = len(text) - len(text.lstrip())
    head = text[start : position + 1]
    parts = _BLANK_LINE.split(head) if _BLANK_LINE.search(text.strip()) else head.split("\n")
    return max(1, sum(1 for part in parts if part.strip()))


_BETWEEN_CJK = re.compile(f"(?<=[{CJK}])(?=\\S)|(?<=\\S)(?=[{CJK}])")


def spaced(text: str) -> str:
    """Return ``text`` with every Korean, Japanese or Chinese character as a word of its own, dots between words as spaces.

    This is what full-text search indexes and what a query is turned into, so that a two-character word is a phrase of two
    tokens and is found (FTS5's unicode61 tokenizer splits at white space only, its trigram tokenizer finds no two-character word).
    """
    plain = _DOTS.sub(" ", unicodedata.normalize("NFKC", _BIDI.sub("", text)))
    return squeeze(_BETWEEN_CJK.sub(" ", plain))
