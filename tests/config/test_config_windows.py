"""windows.toml and iCalendar files: what becomes a window, and what is told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.config import defaults_folder, load
from scraper.config.icalendar import events
from scraper.config.notes import Notes
from scraper.config.windows import read_windows
from scraper.errors import ConfigError
from scraper.model.watch import Party
from scraper.model.window import Briefing, Window

PARTIES = (Party("AA", "A", {}, zone="Asia/Seoul"), Party("BB", "B", {}))
MEETING = {"name": "Meeting", "start": "2026-07-10T09:00", "end": "2026-07-10T18:00", "zone": "Asia/Tokyo"}
HOURS = {"party": "AA", "start": "14:00", "end": "16:00"}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 7, day, hour, minute, tzinfo=UTC)


def ics(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""))


def test_windows_and_briefings(tmp_path: Path) -> None:
    notes = Notes("windows.toml")
    offset = {"name": "Call", "start": "2026-07-10T09:00+02:00", "end": "2026-07-10T10:00Z", "minutes": 3, "parties": ["AA"]}
    found = read_windows({"window": [MEETING, offset], "briefing": [HOURS | {"days": ["tuesday"]}]}, PARTIES, tmp_path, notes)
    assert found.windows == (Window("Meeting", at(10, 0), at(10, 9)), Window("Call", at(10, 7), at(10, 10), ("AA",), 3))
    assert found.briefings == (Briefing("AA", ("tuesday",), "14:00", "16:00", "Asia/Seoul"),)
    assert (notes.problems, notes.warnings) == ([], [])


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({"zone": "Mars/Base"}, "zone"),
        ({"zone": 3}, "zone"),
        ({"window": [MEETING | {"start": "soon"}]}, "window.Meeting.start"),
        ({"window": [MEETING | {"end": "2026-07-10T09:00"}]}, "window.Meeting.end"),
        ({"window": [MEETING | {"end": "2027-07-10T09:00"}]}, "window.Meeting.end"),
        ({"window": [MEETING | {"zone": "Nowhere"}]}, "window.Meeting.zone"),
        ({"window": [MEETING | {"minutes": 0}]}, "window.Meeting.minutes"),
        ({"window": [MEETING | {"parties": ["CC"]}]}, "party"),
        ({"window": [{"name": "x"}]}, "window.x.start"),
        ({"briefing": [HOURS | {"party": "CC"}]}, "party"),
        ({"briefing": [HOURS | {"days": ["someday"]}]}, "briefing[1].days"),
        ({"briefing": [HOURS | {"start": "25:00"}]}, "briefing[1].start"),
        ({"briefing": [{"party": "AA"}]}, "briefing[1].start"),
        ({"ics": "one.ics"}, "ics"),
        ({"ics": ["absent.ics"]}, "ics"),
        ({"ics": ["nul\0.ics"]}, "ics"),
    ],
)
def test_problems(tmp_path: Path, table: dict[str, object], key: str) -> None:
    notes = Notes("windows.toml")
    read_windows(table, PARTIES, tmp_path, notes)
    assert key in [problem.key for problem in notes.problems]


def test_the_packaged_hours_are_left_out_where_others_are_watched(tmp_path: Path) -> None:
    notes = Notes("windows.toml")
    found = read_windows({"briefing": [HOURS, HOURS | {"party": "CC"}]}, PARTIES, tmp_path, notes, strangers=True)
    assert ([one.party for one in found.briefings], notes.problems) == (["AA"], [])


def test_a_home_without_the_file_has_the_packaged_hours_and_its_own_file_wins(tmp_path: Path) -> None:
    environ = {"TRILATERAL_SMTP_PASSWORD": "-"}
    packaged = load(defaults_folder() / "config", environ, strict=True).windows
    assert {one.party for one in packaged.briefings} == {"KR", "US", "JP"}
    assert load(tmp_path, environ).windows == packaged
    (tmp_path / "meetings.ics").write_text(ics("DTSTART:20260710T000000Z", "DTEND:20260710T030000Z", "SUMMARY:회의"), "utf-8")
    (tmp_path / "windows.toml").write_text('ics = ["meetings.ics"]\n', "utf-8")
    assert load(tmp_path, environ).windows.windows == (Window("회의", at(10, 0), at(10, 3)),)
    assert load(tmp_path, environ).windows.briefings == ()
    (tmp_path / "windows.toml").write_text('[[briefing]]\nparty = "XX"\nstart = "10:00"\nend = "11:00"\n', "utf-8")
    with pytest.raises(ConfigError, match="XX is no party"):
        load(tmp_path, environ)


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        (("DTSTART;TZID=Asia/Tokyo:20260710T090000", "DTEND;TZID=Asia/Tokyo:20260710T180000"), at(10, 0), at(10, 9)),
        (('DTSTART;TZID="Asia/Tokyo":20260710T090000', "DURATION:PT1H30M"), at(10, 0), at(10, 1, 30)),
        (("DTSTART:20260710T090000Z",), at(10, 9), at(10, 11)),
        (("DTSTART:20260710T090000",), at(10, 0), at(10, 2)),  # floating: the file's zone
        (("DTSTART;VALUE=DATE:20260710",), at(9, 15), at(10, 15)),
        (("DTSTART;VALUE=DATE:20260710", "DTEND;VALUE=DATE:20260712"), at(9, 15), at(11, 15)),
        (("DTSTART:20260710T09", " 0000Z", "DURATION:P1W"), at(10, 9), at(17, 9)),  # folded
        (("BEGIN:VALARM", "DURATION:PT5M", "END:VALARM", "DTSTART:20260710T090000Z"), at(10, 9), at(10, 11)),
    ],
)
def test_forms_of_time(lines: tuple[str, ...], start: datetime, end: datetime) -> None:
    found, odd = events(ics("SUMMARY:Talks\\, held", *lines), "Asia/Tokyo")
    assert (found, odd) == ((Window("Talks  held", start, end),), ())


@pytest.mark.parametrize(
    ("lines", "windows", "odd"),
    [
        (("DTSTART:20260710T090000Z", "STATUS:CANCELLED"), 0, 0),
        (("DTSTART:20260710T090000Z", "RRULE:FREQ=DAILY"), 1, 1),
        (("DTSTART;TZID=Tokyo Standard Time:20260710T090000",), 0, 1),
        (("DTSTART:20261340T090000Z",), 0, 1),
        (("DTSTART:20260710T090000Z", "DTEND:20260710T080000Z"), 0, 1),
        (("SUMMARY:no time",), 0, 1),
    ],
)
def test_events_that_are_left_out_or_told(lines: tuple[str, ...], windows: int, odd: int) -> None:
    found, told = events(ics(*lines), "UTC")
    assert (len(found), len(told)) == (windows, odd)


def test_no_calendar_is_no_events() -> None:
    assert events("BEGIN:VEVENT\nDTSTART:2026", "UTC") == ((), ())
    assert events("", "UTC") == ((), ())
