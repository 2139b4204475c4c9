"""What survives rewording and translation: dates, quantities, names written in Latin letters, and subjects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from scraper.stages.grouping.stock import NO_STOCK, Stock
from scraper.stages.grouping.subjects import MARK, subjects_in
from scraper.stages.grouping.tokens import LONGEST
from scraper.text import fold

MOST: Final = 60
"""Names, and numbers, kept of one text, in the order they first stand in it."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_DATE = re.compile(
    r"\b(?P<y1>\d{4})[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})\b"
    r"|(?:(?P<y2>\d{4}) ?[년年] ?)?(?<!\d)(?P<m2>\d{1,2}) ?[월月] ?(?P<d2>\d{1,2}) ?[일日]"
    rf"|\b{_MONTH.format('m3')} (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y3>\d{{4}})\b)?"
    rf"|\b(?P<d4>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH.format('m4')}(?: (?P<y4>\d{{4}})\b)?"
)
_QUANTITY = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3}){1,5}|\d{2,15})(?:\.\d{1,4})?(?![\d])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RUN = re.compile(r"[A-Z][A-Za-z'’-]{0,30}\.?(?: [A-Z][A-Za-z'’-]{0,30}\.?){0,7}")
_WORD = re.compile(r"[A-Za-z]+")


def evidence(text: str, language: str, stock: Stock = NO_STOCK) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return ``(numbers, names)`` of ``text``, each distinct, in order of appearance, at most :data:`MOST`.

    A date is ``08-18``, and ``2023-08-18`` where the year stands beside it; a quantity its digits (``15,000`` is ``15000``); bare years
    and single digits say too little. A name is its words folded and sorted, so that the order of family and given name does
    not matter; words of ``stock`` at its ends (offices, countries) are dropped, and a name of one word is kept only if it is
    an acronym. After the names stand the subjects of ``stock`` that the text names, each its id with :data:`MARK` before it, again at
    most :data:`MOST`. ``language`` is not needed: Latin names and dates stand in Korean and Japanese texts too.
    """
    del language
    shown = text[:LONGEST]
    return _first(_numbers(fold(shown))), _first(_names(shown, stock)) + _first(
        MARK + subject for subject in subjects_in(shown, stock.subjects)
    )


def _first(found: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, None] = {}
    for item in found:
        kept.setdefault(item)
        if len(kept) == MOST:
            break
    return tuple(kept)


def _numbers(text: str) -> Iterator[str]:
    last = 0
    for match in _DATE.finditer(text):
        yield from _quantities(text[last : match.start()])
        yield from _date(match)
        last = match.end()
    yield from _quantities(text[last:])


def _quantities(text: str) -> Iterator[str]:
    for match in _QUANTITY.finditer(text):
        plain = match.group().replace(",", "")
        if not _YEAR.fullmatch(plain):
            yield plain


def _date(match: re.Match[str]) -> Iterator[str]:
    form = next(form for form in "1234" if match.group("d" + form))
    year, month, day = (match.group(part + form) for part in "ymd")
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    if 1 <= number <= 12 and 1 <= int(day) <= 31:
        yield f"{number:02d}-{int(day):02d}"
        if year:
            yield f"{year}-{number:02d}-{int(day):02d}"


def _names(text: str, stock: Stock) -> Iterator[str]:
    for match in _RUN.finditer(text):
        words = _trimmed([word.casefold() for word in _WORD.findall(match.group())], stock)
        if len(words) > 1 or (words and match.group().isupper() and len(words[0]) > 2):
            yield " ".join(sorted(words))


def _trimmed(words: list[str], stock: Stock) -> list[str]:
    start, end = 0, len(words)
    while start < end and words[start] in stock.words:
        start += 1
    while end > start and words[end - 1] in stock.words:
        end -= 1
    return words[start:end]
