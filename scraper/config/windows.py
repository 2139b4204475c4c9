"""windows.toml: ``[[window]]`` (announced meetings), ``[[briefing]]`` (usual hours of a government) and ``ics`` files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from scraper.config import rules
from scraper.config.icalendar import LARGEST, events
from scraper.config.notes import Notes, Table, join
from scraper.config.shape import build, tables, warn_unknown
from scraper.model.watch import Party
from scraper.model.window import DAYS, MINUTES, Briefing, Calendar, Window

LONGEST = timedelta(days=31)
"""A window that is longer watches nothing in particular."""


@dataclass(frozen=True, slots=True)
class _Announced:
    """One ``[[window]]``: times are ``2026-07-10T09:00``, local in ``zone`` unless they carry an offset of their own."""

    name: str
    start: str
    end: str
    zone: str = ""
    parties: tuple[str, ...] = ()
    minutes: float = MINUTES


@dataclass(frozen=True, slots=True)
class _Hours:
    """One ``[[briefing]]``; without ``zone`` the party's own holds."""

    party: str
    start: str
    end: str
    days: tuple[str, ...] = DAYS[:5]
    zone: str = ""
    minutes: float = MINUTES


def read_windows(table: Table, parties: Sequence[Party], folder: Path, notes: Notes, *, strangers: bool = False) -> Calendar:
    """Return the calendar of windows.toml. Local times are in the file's ``zone`` (UTC) where a window names none.

    ``ics`` are names of iCalendar files, relative to ``folder``; their events concern every official source. Parties that are
    not among ``parties`` are a problem; with ``strangers`` what concerns them alone is left out instead.
    """
    warn_unknown(table, {"zone", "ics", "window", "briefing"}, "", notes)
    zone = table.get("zone", "UTC")
    if not isinstance(zone, str) or rules.zone(zone):
        notes.problem("zone", rules.zone("") if not isinstance(zone, str) else rules.zone(zone))
        zone = "UTC"
    known = {party.id: party.zone for party in parties}
    announced = [one for key, found in tables(table, "window", notes) for one in _announced(key, found, zone, notes)]
    hours = [one for key, found in tables(table, "briefing", notes) for one in _hours(key, found, known, notes)]
    if strangers:
        hours = [one for one in hours if one.party in known]
    _check_parties(announced, hours, known, notes)
    return Calendar((*announced, *_from_files(table, folder, zone, notes)), tuple(hours))


def _announced(key: str, table: Table, zone: str, notes: Notes) -> Iterator[Window]:
    found = build(_Announced, table, key, notes)
    if found is None:
        return
    chosen = found.zone or zone
    faults = {"name": rules.filled(found.name), "zone": rules.zone(chosen), "minutes": rules.positive(found.minutes)}
    start, end = _time(found.start, chosen), _time(found.end, chosen)
    faults["start"] = "" if start else "must be a time such as 2026-07-10T09:00"
    faults["end"] = _end_fault(start, end)
    for name, fault in faults.items():
        notes.require(not fault, join(key, name), fault)
    if start and end and not any(faults.values()):
        yield Window(found.name, start, end, found.parties, found.minutes)


def _end_fault(start: datetime | None, end: datetime | None) -> str:
    if end is None:
        return "must be a time such as 2026-07-10T18:00"
    if start is None:
        return ""
    return "" if start < end <= start + LONGEST else f"must be after the start, by at most {LONGEST.days} days"


def _time(value: str, zone: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, KeyError, OverflowError, OSError):  # also the zone, which is told of apart
        return None


def _hours(key: str, table: Table, known: dict[str, str], notes: Notes) -> Iterator[Briefing]:
    found = build(_Hours, table, key, notes)
    if found is None:
        return
    zone = found.zone or known.get(found.party, "UTC")
    faults = {
        "start": rules.clock(found.start),
        "end": rules.clock(found.end),
        "zone": rules.zone(zone),
        "minutes": rules.positive(found.minutes),
        "days": "" if found.days and set(found.days) <= set(DAYS) else f"must be of {', '.join(DAYS)}",
    }
    for name, fault in faults.items():
        notes.require(not fault, join(key, name), fault)
    if not any(faults.values()):
        yield Briefing(found.party, found.days, found.start, found.end, zone, found.minutes)


def _check_parties(windows: Sequence[Window], briefings: Sequence[Briefing], known: dict[str, str], notes: Notes) -> None:
    named = {party for one in windows for party in one.parties} | {one.party for one in briefings}
    for party in sorted(named - set(known)) if known else ():
        notes.problem("party", f"{party} is no party of watch.toml ({', '.join(sorted(known))})")


def _from_files(table: Table, folder: Path, zone: str, notes: Notes) -> list[Window]:
    names = table.get("ics", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        notes.problem("ics", "must be a list of file names")
        return []
    return [window for name in names for window in _from_file(folder / str(name), str(name), zone, notes)]


def _from_file(path: Path, name: str, zone: str, notes: Notes) -> list[Window]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        notes.problem("ics", f"{name} cannot be read: {getattr(error, 'strerror', '') or error}")
        return []
    if len(data) > LARGEST:
        notes.problem("ics", f"{name} is larger than {LARGEST} bytes")
        return []
    windows, odd = events(data.decode("utf-8-sig", "replace"), zone)
    for sentence in odd:
        notes.warn("ics", f"{name}: {sentence}")
    return [replace(window, end=min(window.end, window.start + LONGEST)) for window in windows]
