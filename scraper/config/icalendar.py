"""Announced meetings out of an iCalendar file (RFC 5545): DTSTART, DTEND or DURATION, SUMMARY and STATUS of each VEVENT.

A reader of our own: what is needed is four properties in three forms of time, and the library for it (icalendar) brings a model
of the whole standard with time zone definitions of its own, which a watch window has no use for. Left out, and told: recurrence
rules (the first occurrence counts) and zones that are not of the IANA database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from scraper.config import rules
from scraper.model.window import Window

LARGEST = 2_000_000
MOST = 2_000
"""Events of a file that are read."""

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r"([A-Za-z0-9-]{1,40})((?:;[^:\"\n]{0,200}|;[A-Za-z-]{1,40}=\"[^\"\n]{0,200}\")*):(.*)")
_ZONE = re.compile(r'(?i);TZID="?([^";:]{1,80})')
_DURATION = re.compile(r"\+?P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?")
_ESCAPE = re.compile(r"\\([\\;,nN])")
_USUAL = timedelta(hours=2)

Event = Mapping[str, tuple[str, str]]
"""Parameters and value of each property of one event, by its name."""


def events(text: str, zone: str) -> tuple[tuple[Window, ...], tuple[str, ...]]:
    """Return the events of a calendar as windows for everybody, and sentences on those that could not be taken whole.

    Times without a zone (floating, RFC 5545 3.3.5) and whole days are in ``zone``; an event without an end is two hours long,
    one of a date alone a day (3.6.1 lets it be of no length). Cancelled events are left out.
    """
    windows: list[Window] = []
    odd: list[str] = []
    for number, event in zip(range(1, MOST + 1), _events(text), strict=False):
        if event.get("STATUS", ("", ""))[1].strip().upper() == "CANCELLED":
            continue
        name = _ESCAPE.sub(r" ", event.get("SUMMARY", ("", ""))[1]).strip()[:200] or f"event {number}"
        window = _window(event, name, zone)
        if window is None:
            odd.append(f"{name!r} has no time that can be read, and is left out")
            continue
        if "RRULE" in event:
            odd.append(f"{name!r} recurs, of which only the first time is taken")
        windows.append(window)
    return tuple(windows), tuple(odd)


def _events(text: str) -> Iterator[Event]:
    event: dict[str, tuple[str, str]] | None = None
    inner = 0
    for line in _FOLD.sub("", text).splitlines():
        mark = line.strip().upper()
        if mark == "BEGIN:VEVENT":
            event, inner = {}, 0
        elif event is None:
            continue
        elif mark == "END:VEVENT":
            yield event
            event = None
        elif mark.startswith(("BEGIN:", "END:")):  # an alarm has times and summaries of its own
            inner += 1 if mark.startswith("BEGIN:") else -1
        elif inner == 0 and (found := _LINE.fullmatch(line[:4000])):
            event.setdefault(found[1].upper(), (found[2], found[3]))


def _window(event: Event, name: str, zone: str) -> Window | None:
    start = _time(event.get("DTSTART", ("", "")), zone)
    if start is None:
        return None
    end = _time(event["DTEND"], zone) if "DTEND" in event else start + _length(event)
    return Window(name, start, end) if end is not None and end > start else None


def _length(event: Event) -> timedelta:
    found = _DURATION.fullmatch(event.get("DURATION", ("", ""))[1].strip())
    if found and any(found.groups()):
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return timedelta(days=1) if len(event["DTSTART"][1].strip()) == 8 else _USUAL


def _time(prop: tuple[str, str], zone: str) -> datetime | None:
    """One of the three forms of 3.3.5, or a date (3.3.4)."""
    parameters, value = prop[0], prop[1].strip()
    named = _ZONE.search(parameters)
    chosen = named[1] if named else zone
    if rules.zone(chosen):
        return None
    plain, utc = value.removesuffix("Z"), value.endswith("Z")
    try:
        moment = datetime.strptime(plain, "%Y%m%d" if len(plain) == 8 else "%Y%m%dT%H%M%S")  # noqa: DTZ007  the zone follows
        return moment.replace(tzinfo=UTC if utc else ZoneInfo(chosen)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
