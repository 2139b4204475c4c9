"""Coverage: of any day, which government was watched and which was blind, and whether its silence is evidence."""

from __future__ import annotations

import re
from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from scraper.errors import ConfigError, InputError, NotFound
from scraper.model.moment import parse_utc
from scraper.pages.asking import Answer, Ask, moved
from scraper.pages.frame import count, page
from scraper.storage import covering, watching
from scraper.storage.store import Row

MOST_STATEMENTS = 100
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Days that can be asked for; the watch is younger than the one, and nobody asks for the other."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

SIGNS = {
    "confirmed quiet": "✓", "quiet so far": "○", "watch complete": "●", "watch incomplete": "✕", "not watched": "–", "not yet": "",
}  # fmt: skip
"""What stands in the calendar for each verdict: shapes, so that no colour is needed."""

WORDS = {
    "confirmed quiet": "Quiet: nothing new, and every government was watched",
    "quiet so far": "Quiet so far; a poll to come must still confirm it",
    "watch complete": "News, and every government was watched",
    "watch incomplete": "Watch incomplete: a government was blind",
    "not watched": "Not watched: no watch ran",
    "not yet": "Still to come",
}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar: its ``verdict`` out of WORDS, the ids of the parties that were ``blind``, and how many statements were first
    seen (``news``)."""

    day: str
    verdict: str
    blind: tuple[str, ...] = ()
    news: int = 0

    @property
    def sign(self) -> str:
        """The shape of its verdict."""
        return SIGNS.get(self.verdict, "?")


@dataclass(slots=True)
class Spell:
    """A time on end in which a government was blind, UTC, and the ids of the sources that were (none: it had no source)."""

    party: str
    since: str
    until: str
    sources: set[str] = field(default_factory=set)

    @property
    def minutes(self) -> int:
        """How long it was."""
        return round((parse_utc(self.until) - parse_utc(self.since)).total_seconds() / 60)


def coverage(ask: Ask) -> Answer:
    """Answer ``/coverage``: a month, this one unless ``month`` says which; ``day`` leads to the page of that day. Raises InputError."""
    if ask.query.get("day"):
        return moved(ask, "coverage", _day(ask.query["day"]).isoformat(), status=302)
    first = _month(ask.query.get("month") or ask.store.now()[:7])
    last = _next(first) - timedelta(days=1)
    rows = covering.parties(ask.store, first.isoformat(), last.isoformat())
    lines = _lines(rows)
    days = _days(ask, first, last, lines)
    start, end = covering.span(ask.store)
    return page(
        ask,
        "coverage.html",
        first=first,
        month=f"{first:%B %Y}",
        weeks=_weeks(first, days),
        days=[days[one] for one in sorted(days)],
        lines=lines,
        parties=_parties(ask, rows),
        spells=spells(rows),
        before=_stepped(first - timedelta(days=1), "%Y-%m"),
        after=_stepped(_next(first), "%Y-%m") if last.isoformat() < ask.store.now()[:10] else "",
        words=WORDS,
        signs=SIGNS,
        length=length,
        start=start,
        end=end,
    )


def of_day(ask: Ask) -> Answer:
    """Answer ``/coverage/YYYY-MM-DD``; raises NotFound for what is no day."""
    try:
        one = _day(ask.keys["day"])
    except InputError as error:
        raise NotFound(str(error)) from error
    day = one.isoformat()
    rows, news = watching.coverage(ask.store, day), covering.seen(ask.store, day, MOST_STATEMENTS)
    total = news[0]["total"] if news else 0
    verdict = _verdict(ask, day, rows, total)
    start, _ = covering.span(ask.store)
    return page(
        ask,
        "coverage_day.html",
        day=day,
        weekday=f"{one:%A}",
        verdict=verdict,
        sign=SIGNS.get(verdict, "?"),
        answer=answered(ask, verdict, rows, total, start),
        rows=rows,
        sources=covering.sources(ask.store, day),
        news=news,
        dated=covering.dated(ask.store, day, MOST_STATEMENTS),
        length=length,
        before=_stepped(one - timedelta(days=1), "%Y-%m-%d"),
        after=_stepped(one + timedelta(days=1), "%Y-%m-%d") if day < ask.store.now()[:10] else "",
    )


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found <= LATEST:
        raise InputError("there is no such day; a day is written as 2026-03-01")
    return found


def _month(text: str) -> date:
    try:
        return _day(f"{text}-01")
    except InputError as error:
        raise InputError("there is no such month; a month is written as 2026-03") from error


def _next(first: date) -> date:
    """The first day of the month after."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def _stepped(day: date, form: str) -> str:
    """A neighbour as it stands in an address, empty where it lies outside of what can be asked for."""
    return day.strftime(form) if EARLIEST <= day <= LATEST else ""


def _days(ask: Ask, first: date, last: date, lines: dict[str, dict[str, Row]]) -> dict[date, Day]:
    """Every day of a month; one to come, or without a watch, too."""
    news = covering.news(ask.store, first.isoformat(), last.isoformat())
    made = {}
    for ahead in range((last - first).days + 1):
        day = (first + timedelta(days=ahead)).isoformat()
        rows = tuple(lines.get(day, {}).values())
        blind = tuple(row["party"] for row in rows if row["watch"] != "watched")
        made[first + timedelta(days=ahead)] = Day(day, _verdict(ask, day, rows, news.get(day, 0)), blind, news.get(day, 0))
    return made


def _verdict(ask: Ask, day: str, rows: Sequence[Row], news: int) -> str:
    """The verdict on a day, out of WORDS."""
    return covering.verdict(rows, news) or ("not yet" if day > ask.store.now()[:10] else "not watched")


def _weeks(first: date, days: dict[date, Day]) -> list[list[Day | None]]:
    """A month as a calendar shows it, from Mondays on; None for days of others."""
    return [[days.get(one) for one in week] for week in Calendar().monthdatescalendar(first.year, first.month)]


def _lines(rows: Iterable[Row]) -> dict[str, dict[str, Row]]:
    """The rows of the view by day and party."""
    found: dict[str, dict[str, Row]] = {}
    for row in rows:
        found.setdefault(row["day"], {})[row["party"]] = row
    return found


def _parties(ask: Ask, rows: Iterable[Row]) -> list[str]:
    try:
        configured = [party.id for party in ask.site.config.watch.parties]
    except ConfigError:
        configured = []
    return list(dict.fromkeys([*configured, *(row["party"] for row in rows)]))


def spells(rows: Iterable[Row]) -> list[Spell]:
    """Return the longest blind spots of days, those that run on over midnight as one, the earliest first; only what counts as blind."""
    made: list[Spell] = []
    open_: dict[str, Spell] = {}
    for row in rows:
        if row["watch"] == "watched" or not (row["blind_from"] and row["blind_to"]):
            continue
        last = open_.get(row["party"])
        if last is None or row["blind_from"] > last.until:
            last = open_[row["party"]] = Spell(row["party"], row["blind_from"], row["blind_to"])
            made.append(last)
        last.since, last.until = min(last.since, row["blind_from"]), max(last.until, row["blind_to"])
        last.sources |= {row["blind_source"]} - {None}
    return sorted(made, key=lambda one: (one.since, one.party))


def answered(ask: Ask, verdict: str, rows: Sequence[Row], news: int, start: str) -> str:
    """Return in a sentence whether a day was quiet."""
    seen = f"{count(news, 'statement')} {'was' if news == 1 else 'were'} first seen"
    total = count(len(rows), "government")
    blind = " and ".join(
        f"{ask.site.party(row['party'])} was blind, {length(row['longest_blind_minutes'])} on end"
        for row in rows
        if row["watch"] != "watched"
    )
    if verdict == "confirmed quiet":
        return f"Yes, it was quiet: nothing new was seen, and all of {total} were watched."
    if verdict == "quiet so far":
        return f"So far: nothing new was seen, and all of {total} are watched; polls to come must still confirm it."
    if verdict == "watch complete":
        return f"No: {seen}, and all of {total} were watched."
    if verdict == "watch incomplete":
        return f"No: {seen}; there may be more, for {blind}." if news else f"Not known: nothing new was seen, but {blind}."
    if verdict == "not yet":
        return "Not known: the day is still to come."
    return f"Not known: no watch ran{', it began on ' + start if start else ''}."


def length(minutes: int) -> str:
    """Return a time as people say it: ``45 min``, ``5 h 10 min``, ``3 days 4 h``."""
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} days {hours} h" if hours else f"{days} days"
