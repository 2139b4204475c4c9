"""Calendar days in a text, in every form that says them in full, and those that leave the year to the reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The first year of each era, less one (Japanese calendar); one letter in offices' short form.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "r": 2018, "h": 1988, "s": 1925}
_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MON = rf"(?<![a-z])(?P<mon>{_NAMES})(?![a-z])\.?"
_NAMED = re.compile(_MON)
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_ERA = r"(?P<era>令和|平成|昭和|大正)\s?(?P<ey>元|\d{1,2})"
_MD = r"(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]"
_D = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_FEW = 4
# A number with two dots behind one of these words is a date, behind any other Latin word a version.
_LABEL = re.compile(r"published|posted|updated|modified|issued|released|dated?|on|at|by|of|time|created|registered")
_LATIN = re.compile(r"(?:^|[^a-z])([a-z]{1,20})[\s.:]{0,3}$")

_Parts = dict[str, str]
_Rule = Callable[[_Parts, str], "tuple[date, bool] | None"]


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day said at ``text[start:end]``; ``sure`` is False where its figures could be another day as well.

    Of two that begin together the one of the lower ``rank`` is the more explicit.
    """

    start: int
    rank: int
    end: int
    day: date
    sure: bool = True


def full_days(text: str, zone: str, first: int, last: int) -> tuple[Day, ...]:
    """Return the days that ``text`` (plain, lower-case) says with their year, in order, none over another.

    Days of years before ``first`` and after ``last`` do not count. ``zone`` (IANA) tells where months come first in ``10/11/2024``.
    """
    found = sorted(day for day in _all(text, zone) if first <= day.day.year <= last)
    kept: list[Day] = []
    for day in found:
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return tuple(kept)


def _all(text: str, zone: str) -> Iterator[Day]:
    may = {"": True, "month": "月" in text or "월" in text, "name": _NAMED.search(text) is not None}
    for rank, (needs, pattern, rule) in enumerate(_FORMS):
        for match in islice(pattern.finditer(text), _FEW) if may[needs] else ():
            read = rule(match.groupdict(), zone) if rule is not _short_dots or _no_version(text[: match.start()]) else None
            if read:
                yield Day(match.start(), rank, match.end(), *read)


def yearless(text: str) -> tuple[int, int, int, int] | None:
    """Return month, day, start and end of the first day that ``text`` says without its year, or None."""
    matches = (pattern.search(text) for pattern in _WITHOUT_YEAR)
    found = next(filter(None, matches), None)
    if found is None:
        return None
    parts = found.groupdict()
    return _month(parts), int(parts["d"]), found.start(), found.end()


def valid(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(parts: _Parts) -> int:
    return _MONTHS.index(parts["mon"][:3]) + 1 if parts.get("mon") else int(parts["m"])


def _said(parts: _Parts, _zone: str, *, sure: bool = True) -> tuple[date, bool] | None:
    if parts.get("era"):
        year = _ERAS[parts["era"]] + (1 if parts["ey"] == "元" else int(parts["ey"]))
    else:
        year = int(parts["y"]) if parts.get("y") else 2000 + int(parts["yy"])
    found = valid(year, _month(parts), int(parts["d"]))
    return (found, sure) if found else None


def _short_dots(parts: _Parts, zone: str) -> tuple[date, bool] | None:
    return _said(parts, zone)


def _no_version(before: str) -> bool:
    word = _LATIN.search(before[-24:])
    return word is None or _LABEL.fullmatch(word.group(1)) is not None


def _year_last(parts: _Parts, zone: str) -> tuple[date, bool] | None:
    """``10/11/2024``: with strokes the month first, as Americans write, with dots and dashes the day.

    Dots are written by those alone who put the day first; the others are marked unless only one order gives a day.
    """
    year, one, other = int(parts["y"]), int(parts["a"]), int(parts["b"])
    american, continental = valid(year, one, other), valid(year, other, one)
    first, second = (american, continental) if parts["sep"] == "/" else (continental, american)
    found = first or second
    told = parts["sep"] == "." or (parts["sep"] == "/" and zone.startswith(("America/", "US/")))
    return (found, told or not (first and second) or first == second) if found else None


def _three_pairs(parts: _Parts, _zone: str) -> tuple[date, bool] | None:
    """``10/16/24``: nothing unless one order alone gives a day."""
    a, b, c = (int(parts[name]) for name in "abc")
    orders = ((2000 + a, b, c), (2000 + c, a, b), (2000 + c, b, a))
    days = {found for order in orders if (found := valid(*order))}
    return (days.pop(), True) if len(days) == 1 else None


def _week(parts: _Parts, _zone: str) -> tuple[date, bool] | None:
    try:
        return date.fromisocalendar(int(parts["y"]), int(parts["w"]), int(parts["d"])), True
    except ValueError:
        return None


# The first tells of forms that only a text with a month's sign or name can hold, so that others are spared the search.
_FORMS: tuple[tuple[str, re.Pattern[str], _Rule], ...] = tuple(
    ("month" if _MD in form else "name" if _MON in form else "", re.compile(form), rule)
    for form, rule in (
        (rf"(?:(?<!\d){_YEAR}|{_ERA})\s?(?:[年년]\s?)?(?:\([^()]{{2,10}}\)\s?)?(?:[年년]\s?)?{_MD}", _said),
        (rf"(?<![\d.])'?(?P<yy>\d\d)\s?년\s?{_MD}", _said),
        (rf"(?<![\d.和成])'?(?P<yy>\d\d)\s?年\s?{_MD}", partial(_said, sure=False)),
        (r"(?:(?P<era>令和|平成|昭和|(?<![a-z])[rhs])\s?(?P<ey>元|\d{1,2}))(?P<sep>[-./])\s?(?P<m>\d{1,2})(?P=sep)\s?(?P<d>\d{1,2})(?!\d)", _said),
        (rf"(?<!\d)(?<!\d\.){_YEAR}\s?(?P<sep>[-./])\s?(?P<m>\d{{1,2}})\s?(?P=sep)\s?(?P<d>\d{{1,2}})(?!\d)", _said),
        (rf"{_MON}\s?{_D}\s?,?\s?(?:{_YEAR}(?!\d)|'(?P<yy>\d\d)(?!\d))", _said),
        (rf"(?<!\d)(?<!\d\.){_D}[\s,/.-]{{1,3}}(?:of\s)?{_MON}[\s,/.-]{{1,3}}(?P<y>\d{{4}})(?!\d)", _said),
        (rf"(?<!\d)(?<!\d\.){_D}-{_MON}-(?P<yy>\d\d)(?![\d:])", _said),
        (rf"(?<!\d)(?<!\d\.){_D}\s{_MON}\s'?(?P<yy>\d\d)(?=\s\d\d?:\d|\)|$)", _said),
        (rf"{_MON}\s{_D}\s\d\d?:\d\d(?::\d\d)?(?:\s[a-z]{{2,4}})?\s{_YEAR}(?!\d)", _said),
        (rf"(?<!\d){_YEAR}[\s/.-]{{1,2}}{_MON}[\s/.-]{{1,2}}{_D}(?!\d)", _said),
        (rf"(?<![\d/.-])(?P<a>\d{{1,2}})(?P<sep>[-./])\s?(?P<b>\d{{1,2}})(?P=sep)\s?{_YEAR}(?!\d)", _year_last),
        (r"(?<![\d.])'?(?P<yy>\d\d)\.\s?(?P<m>\d{1,2})\.\s?(?P<d>\d{1,2})(?!\.?\d)", _short_dots),
        (r"(?<![\d/.-])(?P<a>\d\d)(?P<sep>[-/])(?P<b>\d\d)(?P=sep)(?P<c>\d\d)(?![\d/-])", _three_pairs),
        (rf"(?<!\d){_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?=\D|$|\d{{2}}(?:\d\d){{0,2}}(?!\d))", _said),
        (rf"(?<!\d){_YEAR}-?w(?P<w>\d\d)-?(?P<d>[1-7])(?!\d)", _week),
        (rf"^(?P<d>\d{{1,2}})\s(?P<m>\d{{1,2}})\s{_YEAR}(?!\d)", _said),
    )
)  # fmt: skip
_WITHOUT_YEAR = tuple(re.compile(form) for form in (rf"(?<!\d){_MD}", rf"{_MON}\s?{_D}(?![\d:])", rf"(?<!\d){_D}\s{_MON}(?!\w)"))
