"""A moment as a person writes it on the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scraper.errors import InputError

_AGO = re.compile(r"([0-9]{1,5})([dh])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?")


def moment(value: str, option: str, now: datetime, zone: str) -> datetime:
    """Return the moment (UTC) that an ``option`` means: ``24h`` or ``7d`` before ``now`` (aware), the beginning of a date in ``zone``
    (``2026-09-01``), or a time (``2026-09-01T07:30``, UTC where it names no offset).

    Raises InputError for anything else, and for what lies in the future.
    """
    try:
        found = _read(value.strip(), now, ZoneInfo(zone))
    except (ValueError, OverflowError) as error:
        raise InputError(f"{option} {_shown(value)} is no such moment in the calendar.") from error
    if found is None:
        raise InputError(f"{option} {_shown(value)} is no moment: write 24h, 7d, 2026-09-01, or 2026-09-01T07:30 (UTC).")
    if found > now:
        raise InputError(f"{option} {_shown(value)} lies in the future.")
    return found


def _read(value: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    ago = _AGO.fullmatch(value)
    if ago:
        return now - (timedelta(days=int(ago[1])) if ago[2] == "d" else timedelta(hours=int(ago[1])))
    if _DATE.fullmatch(value):
        return datetime.combine(datetime.fromisoformat(value).date(), time(), zone).astimezone(UTC)
    if _TIME.fullmatch(value):
        written = datetime.fromisoformat(value)
        return (written if written.tzinfo else written.replace(tzinfo=UTC)).astimezone(UTC)
    return None


def _shown(value: str) -> str:
    return repr(value if len(value) <= 40 else f"{value[:39]}…")
