"""When something was published, as far as it is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

PRECISIONS = ("second", "minute", "date", "inferred")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of publication: ``at`` is ``YYYY-MM-DDTHH:MM:SSZ`` (UTC) where a time is known, else the bare ``YYYY-MM-DD``.

    ``precision`` is second, minute, date, or inferred (not said by the publisher); ``raw`` the string as it was found;
    ``local_day`` the calendar date as the publisher wrote it, which may differ from the UTC date. ``origin`` is what vouches for
    it (json-ld, meta, markup, label, time, url, heading, search, selector, entry), ``zone`` the zone as it was written, each empty
    where unknown; two moments are equal whatever vouches for them.
    """

    at: str
    precision: str
    raw: str = ""
    local_day: str = ""
    origin: str = field(default="", compare=False)
    zone: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.day

    @property
    def day(self) -> str:
        """The calendar date ``YYYY-MM-DD`` as the publisher wrote it (UTC where unknown)."""
        return self.local_day or self.at[:10]


def exact(value: datetime, raw: str = "", precision: str = "second") -> Moment:
    """Return the Moment of a time with a zone; a time without one is taken as UTC."""
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return Moment(utc(aware), precision, raw or value.isoformat(), aware.date().isoformat())


def utc(value: datetime) -> str:
    """Return a time with a zone as ``YYYY-MM-DDTHH:MM:SSZ``."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def parse_utc(value: str) -> datetime:
    """Return the time with zone UTC of a string that :func:`utc` wrote, or of a bare date (midnight UTC)."""
    if len(value) == 10:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return datetime.fromisoformat(value).astimezone(UTC)
