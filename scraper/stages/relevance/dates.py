"""Days as English, Korean and Japanese texts write them, whole or in part, and what day they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?)\b\.?"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {name: place for place, name in enumerate(_DAYS)}
_WEEKDAYS |= {f"{letter}曜": place for place, letter in enumerate("月火水木金土日")}
_WEEKDAYS |= {f"{letter}요일": place for place, letter in enumerate("월화수목금토일")}
_RELATIVE = {"today": 0, "yesterday": -1, "tomorrow": 1, "오늘": 0, "어제": -1, "내일": 1, "본일": 0, "本日": 0, "昨日": -1, "明日": 1}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_YEARS = {"昨年": -1, "去年": -1, "前年": -1, "지난해": -1, "작년": -1, "今年": 0, "本年": 0, "올해": 0, "来年": 1, "내년": 1}
_ORDINAL = r"(?:st|nd|rd|th)?"
_UNTIL = r"(?:\s?(?:-|to|and|through|until|~)\s?\d{1,2}(?:st|nd|rd|th)?)?"

_PATTERNS: tuple[str, ...] = (
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s?[-./]\s?(?P<month>\d{1,2})\s?[-./]\s?(?P<day>\d{1,2})(?!\d)",
    rf"\b{_MONTH}\s(?P<day>\d{{1,2}}){_ORDINAL}{_UNTIL}(?!\d|:\d)(?:,?\s(?P<year>(?:19|20)\d\d)\b)?",
    rf"(?<![\d:])(?P<day>\d{{1,2}}){_ORDINAL}{_UNTIL}\s(?:of\s)?{_MONTH}(?:,?\s(?P<year>(?:19|20)\d\d)\b)?",
    (
        r"(?:(?P<era>令和|平成|昭和)\s?(?P<reign>\d{1,2}|元)年|(?P<year>(?:19|20)\d\d|(?<!\d)\d\d)\s?[年년]|(?P<near>昨年|去年|前年|지난해|작년|今年|本年|올해|来年|내년))?"
        r"\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})(?:\s?[~\-]\s?\d{1,2})?\s?[日일]"
    ),
    r"(?<![\d.])(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})\.?\s?\((?:[월화수목금토일]|현지)",
    r"(?<![\d月월.~-])(?P<day>\d{1,2})(?:\s?[~\-]\s?\d{1,2})?\s?日(?![間目数連課])",
    r"(?<![\d月월.~-])(?P<day>\d{1,2})(?:\s?[~\-]\s?\d{1,2})?\s?일(?![간차째본정반])",
    r"\bthe\s(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?=[\s,.)]{1,2}(?:\(|at|in|and|to|of the month|[a-z]+ed\b|the\b|that\b|$))",
    r"\b(?:the\s)?(?P<day>\d{1,2})(?:st|nd|rd|th)\s?\(local time\)",
    rf"\b(?P<weekday>{'|'.join(_DAYS)})\b",
    r"(?P<weekday>[月火水木金土日]曜|[월화수목금토일]요일)",
    r"\b(?P<relative>today|yesterday|tomorrow)\b(?!['’]s)",
    r"(?P<relative>오늘|어제|내일|本日|昨日|明日)",
)
_ALL = tuple(re.compile(pattern) for pattern in _PATTERNS)
_SOME = re.compile(r"\d|day\b|曜|요일|today|yesterday|tomorrow|오늘|어제|내일|本日|昨日|明日")
_YEAR = re.compile(r"(?<![\d,.$])(?<!by )(?<!until )(?<!beyond )(?<!since )(?P<year>(?:19|20)\d\d)(?![\d,]|\s?(?:percent|%|million))")
_LAST_MONTH = re.compile(r"(?:지난달|先月)\s?$")
_NEXT_MONTH = re.compile(r"(?:다음달|내달|来月)\s?$")
# A publication is dated in its own zone, and the act may lie a day ahead of it.
_AHEAD = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Said:
    """A day as written at ``[start:end]``; parts that are not written are None.

    ``shift`` is a number of days from the publication (today is 0), ``years`` of years (昨年 is -1), ``months`` of months (지난달 is -1).
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: int | None = None
    years: int | None = None
    months: int = 0

    @property
    def is_calendar(self) -> bool:
        """Whether a day of a month is written (and not only Thursday or today)."""
        return self.day is not None


def find(lower: str) -> tuple[Said, ...]:
    """Return the days written in ``lower`` (a text in level_case form), in their order, none inside another."""
    if not _SOME.search(lower):
        return ()
    found: list[Said] = []
    taken: list[tuple[int, int]] = []
    for pattern in _ALL:
        for match in pattern.finditer(lower):
            said = _said(match, lower)
            if said and not any(start < match.end() and match.start() < end for start, end in taken):
                found.append(said)
                taken.append(match.span())
    calendar = [said.start for said in found if said.is_calendar]
    apart = [said for said in found if said.weekday is None or not any(0 <= start - said.end <= len(", ") for start in calendar)]
    return tuple(sorted(apart, key=lambda said: said.start))


def _said(match: re.Match[str], lower: str) -> Said | None:
    parts = {key: value for key, value in match.groupdict().items() if value}
    start, end = match.span()
    if "weekday" in parts:
        return Said(start, end, weekday=_WEEKDAYS[parts["weekday"]])
    if "relative" in parts:
        return Said(start, end, shift=_RELATIVE[parts["relative"]])
    month = _MONTHS.index(parts["name"][:3]) + 1 if "name" in parts else int(parts["month"]) if "month" in parts else None
    day = int(parts["day"])
    if not 1 <= day <= 31 or not (month is None or 1 <= month <= 12):
        return None
    before = lower[max(0, start - 5) : start]
    months = -1 if _LAST_MONTH.search(before) else 1 if _NEXT_MONTH.search(before) else 0
    return Said(start, end, _year(parts), month, day, years=_YEARS.get(parts.get("near", "")), months=months)


def _year(parts: dict[str, str]) -> int | None:
    if "era" in parts:
        return _ERAS[parts["era"]] + (1 if parts["reign"] == "元" else int(parts["reign"]))
    if "year" in parts:
        return int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    return None


def resolve(said: Said, published: date | None, year: int | None, *, future: bool = False) -> date | None:
    """Return the day that ``said`` means for a text of the day ``published``, or None where that cannot be known.

    Parts not written are taken so that the day is the last one not after the publication (or, with ``future``, the first not before).
    Without a publication a day and month take ``year``, the year the text itself speaks of.
    """
    if said.day is None:
        return _from_publication(said, published, future)
    if said.year is not None and said.month is not None:
        return _safe(said.year, said.month, said.day)
    if published is None:
        return _safe(year, said.month, said.day) if year and said.month and said.years is None else None
    if said.years is not None and said.month is not None:
        return _safe(published.year + said.years, said.month, said.day)
    if said.month is not None:
        return _nearest((_safe(published.year + step, said.month, said.day) for step in (-1, 0, 1)), published, future)
    months = (said.months,) if said.months else (-1, 0, 1)
    return _nearest((_month_on(published, step, said.day) for step in months), published, future or said.months > 0)


def _from_publication(said: Said, published: date | None, future: bool) -> date | None:
    if published is None:
        return None
    if said.shift is not None:
        return published + timedelta(days=said.shift)
    back = (published.weekday() - (said.weekday or 0)) % 7
    if future:
        return published + timedelta(days=(7 - back) % 7)
    # The day after the publication is meant rather than six days before it: the publisher lies in another zone.
    return published + timedelta(days=1) if back == 6 else published - timedelta(days=back)


def _nearest(days: Iterator[date | None] | tuple[date | None, ...], published: date, future: bool) -> date | None:
    known = sorted(day for day in days if day)
    past = [day for day in known if day <= published + _AHEAD]
    ahead = [day for day in known if day >= published]
    if future:
        return ahead[0] if ahead else None
    return past[-1] if past else (ahead[0] if ahead else None)


def _month_on(published: date, step: int, day: int) -> date | None:
    month = published.year * 12 + published.month - 1 + step
    return _safe(month // 12, month % 12 + 1, day)


def _safe(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def spoken_year(lower: str) -> int | None:
    """Return the year that a text without a publication day speaks of: that of its whole dates, else the one it names most, else None."""
    whole = [said.year for said in find(lower) if said.year]
    named = whole or [int(match.group("year")) for match in _YEAR.finditer(lower)]
    return max(set(named), key=lambda year: (named.count(year), year)) if named else None
