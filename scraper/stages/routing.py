"""When a channel is told of an alert: at once, with its next digest, with the week's, or not at all.

All times that are handed in and given back are aware; wall clocks are those of the channel's zone, and nothing is compared on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scraper.model.flag import JOINT
from scraper.model.moment import parse_utc
from scraper.model.routing import AlertFacts, Rule, Timetable

DEFAULTS = (
    Rule("at_once", ("new_statement", "official_edit", "official_takedown", "official_return", "channel_failing")),
    Rule("weekly", ("omitted", "revived", "new_instance", "source_recovered")),
    Rule("digest"),
)
"""The rules behind those of the configuration; one of all fits any alert."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = 9
"""Days within which a weekly digest comes, the day before among them."""


def occasion(facts: AlertFacts, rules: Iterable[Rule], channel: str) -> str:
    """Return when, out of WHEN, a channel is told: what the first rule says that fits. A channel is never told that it fails itself."""
    if facts.about_channel and facts.about_channel == channel:
        return "never"
    return next((rule.when for rule in (*rules, *DEFAULTS) if _fits(rule, facts, channel)), "never")


def _fits(rule: Rule, facts: AlertFacts, channel: str) -> bool:
    return (
        (not rule.channels or channel in rule.channels)
        and (not rule.kinds or facts.kind in rule.kinds)
        and (not rule.levels or facts.level in rule.levels)
        and (not rule.parties or JOINT in facts.parties or not facts.parties.isdisjoint(rule.parties))
        and (not rule.languages or not facts.languages.isdisjoint(rule.languages))
    )


def due(facts: AlertFacts, rules: Iterable[Rule], timetable: Timetable, since: datetime, now: datetime) -> datetime | None:
    """Return from when on a channel is to be told; None for never, or where it has no time at which it is told such things.

    ``since`` is when its last digest was due or sent. What waits for a digest that should have gone out already is due at once, so
    that after a time in which nobody was awake one digest holds everything. What is told at once keeps out of quiet hours.
    """
    when, ready = occasion(facts, rules, timetable.channel), ripe(facts, timetable)
    if when == "never":
        return None
    if when == "at_once":
        return ready if facts.level in timetable.breaking else awake(timetable, max(ready, now))
    missed = slot(timetable, since, weekly=when == "weekly")
    if missed is None or missed > now or ready > now:
        return slot(timetable, max(since, ready - timedelta(microseconds=1)), weekly=when == "weekly")
    return max(missed, ready)


def ripe(facts: AlertFacts, timetable: Timetable) -> datetime:
    """Return from when an alert may be told at all: when it was raised, or, for the claim of a new initiative that no official text
    bears out yet, when the wait for that is over."""
    raised = parse_utc(facts.raised_at)
    waits = facts.kind == "new_initiative" and facts.press_only
    return raised + timedelta(hours=timetable.press_wait) if waits else raised


def slot(timetable: Timetable, after: datetime, *, weekly: bool = False) -> datetime | None:
    """Return the first digest time after a moment, of the weekly day alone where ``weekly``; None where there is none."""
    here = after.astimezone(ZoneInfo(timetable.zone)).date() - timedelta(days=1)
    days = [here + timedelta(days=number) for number in range(_DAYS)]
    chosen = [day for day in days if not weekly or WEEKDAYS[day.weekday()] == timetable.weekly]
    return min((moment for day in chosen for moment in _times(timetable, day) if moment > after), default=None)


def report_day(timetable: Timetable, since: datetime, now: datetime) -> str:
    """Return the last day (YYYY-MM-DD in the zone) whose weekly digest came due between two moments, or an empty string."""
    day, found = slot(timetable, since, weekly=True), ""
    while day is not None and day <= now:
        found, day = day.astimezone(ZoneInfo(timetable.zone)).date().isoformat(), slot(timetable, day, weekly=True)
    return found


def awake(timetable: Timetable, moment: datetime) -> datetime:
    """Return the moment, or the end of the quiet hours that it is in."""
    if not timetable.quiet:
        return moment
    begins, ends = (time.fromisoformat(clock) for clock in timetable.quiet.split("-"))
    here = moment.astimezone(ZoneInfo(timetable.zone))
    clock = here.time()
    over = begins > ends  # over midnight
    if not (begins <= clock < ends or (over and (clock >= begins or clock < ends))):
        return moment
    return max(moment, _at(timetable, here.date() + timedelta(days=1 if over and clock >= begins else 0), ends))


def _times(timetable: Timetable, day: date) -> Iterator[datetime]:
    return (_at(timetable, day, time.fromisoformat(clock)) for clock in timetable.times)


def _at(timetable: Timetable, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(timetable.zone)).astimezone(UTC)
