"""When news is expected: announced meetings, and the hours in which governments usually speak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MINUTES = 4.0
"""The usual minutes between two polls inside a window."""


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which official sources are polled more often: from ``start`` until before ``end``, both with zone UTC.

    ``parties`` are the ids of those concerned, empty for every official source; ``minutes`` is the time between two polls.
    """

    name: str
    start: datetime
    end: datetime
    parties: tuple[str, ...] = ()
    minutes: float = MINUTES


@dataclass(frozen=True, slots=True)
class Briefing:
    """The usual hours of one government: on ``days`` (monday ...), from ``start`` until before ``end`` (HH:MM) in ``zone``
    (IANA, the party's own); an end that is not after the start is on the next day."""

    party: str
    days: tuple[str, ...]
    start: str
    end: str
    zone: str = "UTC"
    minutes: float = MINUTES

    def windows(self, since: datetime, until: datetime) -> Iterator[Window]:
        """Yield the windows of this briefing that touch the time from ``since`` until ``until`` (with zones), in order.

        A time that the change to summer time leaves out is taken as the clock before the change shows it (PEP 495, fold 0).
        """
        zone = ZoneInfo(self.zone)
        day = since.astimezone(zone).date() - timedelta(days=1)
        last = until.astimezone(zone).date()
        while day <= last:
            if DAYS[day.weekday()] in self.days:
                over = timedelta(days=self.end <= self.start)
                start = datetime.combine(day, time.fromisoformat(self.start), zone).astimezone(UTC)
                end = datetime.combine(day + over, time.fromisoformat(self.end), zone).astimezone(UTC)
                if end > since and start <= until:
                    yield Window("briefing", start, end, (self.party,), self.minutes)
            day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything that is expected: single windows, and briefings that recur every week."""

    windows: tuple[Window, ...] = ()
    briefings: tuple[Briefing, ...] = ()

    def concerning(self, party: str, since: datetime, until: datetime) -> tuple[Window, ...]:
        """Return the windows of ``party`` that touch the time from ``since`` until ``until`` (with zones), by their start."""
        found = [one for one in self.windows if one.end > since and one.start <= until and (not one.parties or party in one.parties)]
        found += [one for briefing in self.briefings if briefing.party == party for one in briefing.windows(since, until)]
        return tuple(sorted(found, key=lambda one: (one.start, one.end)))
