"""What waits for a channel, and when it is to be told: the rules of the configuration applied to the alerts as they stand."""

from __future__ import annotations

from datetime import datetime, timedelta

from scraper.jobs import poll, waking
from scraper.jobs.rooms import Rooms
from scraper.model.moment import parse_utc, utc
from scraper.model.routing import Timetable
from scraper.model.settings import Channel
from scraper.stages import routing as rules
from scraper.stages.digest import message_id
from scraper.storage import alerts, sources, welcoming
from scraper.storage import routing as stored
from scraper.storage.routing import Round
from scraper.storage.store import Row

WELCOMED = "welcomed"
"""The mark of when the first message of this home was made (:mod:`scraper.jobs.welcoming`)."""

LAST_DIGEST = "last_digest"
"""The mark of when digests were last looked for and sent."""

WEEKLY = "monday"
"""The day of the weekly digest where no watch report is wished for."""

LONGEST_WAIT = timedelta(days=8)
"""No alert waits longer for its time, those of new initiatives that only the press tells of left aside."""


def timetable(rooms: Rooms, channel: Channel) -> Timetable:
    """Return when a channel may be told what."""
    settings = rooms.config.alerts
    return Timetable(
        channel.name, channel.zone or settings.zone, settings.digest_times, settings.watch_report or WEEKLY, settings.quiet,
        frozenset(settings.break_quiet), settings.press_wait_hours,
    )  # fmt: skip


def rounds(rooms: Rooms, channels: list[Channel]) -> list[tuple[Channel, Round]]:
    """Return the channels that are on, each with how far it was told; one that is new begins here."""
    known = stored.muster(
        rooms.store, [channel.name for channel in channels], sources.marked(rooms.store, LAST_DIGEST) or rooms.store.now()
    )
    return [(channel, known[channel.name]) for channel in channels]


def waiting(rooms: Rooms, channel: Channel) -> list[Row]:
    """Return every alert that a channel is to be told of some time and may be told of now: what ``digest --send`` sends."""
    return _ripe(rooms, channel, _undelivered(rooms, channel, stored.rounds(rooms.store).get(channel.name)))


def raised_since(rooms: Rooms, channel: Channel, moment: datetime) -> list[Row]:
    """Return every alert raised since a moment that a channel is to be told of some time and may be told of now, told or not."""
    return _ripe(rooms, channel, alerts.raised_since(rooms.store, utc(moment)))


def _ripe(rooms: Rooms, channel: Channel, found: list[Row]) -> list[Row]:
    facts, table = stored.facts(rooms.store, (row["id"] for row in found)), timetable(rooms, channel)
    return [
        row
        for row in found
        if rules.occasion(facts[row["id"]], rooms.config.alerts.rules, channel.name) != "never"
        and rules.ripe(facts[row["id"]], table) <= rooms.clock()
    ]


def due(rooms: Rooms, channel: Channel, told: Round) -> list[Row]:
    """Return the alerts of which a channel is to be told now."""
    found = _undelivered(rooms, channel, told)
    if not found:
        return []
    facts, table = stored.facts(rooms.store, (row["id"] for row in found)), timetable(rooms, channel)
    now, since = rooms.clock(), parse_utc(told.told_until)
    times = ((row, rules.due(facts[row["id"]], rooms.config.alerts.rules, table, since, now)) for row in found)
    return [row for row, at in times if at is not None and at <= now]


def _undelivered(rooms: Rooms, channel: Channel, told: Round | None) -> list[Row]:
    """The alerts that a channel does not know; which sources did not answer on the first day the first message has said."""
    welcomed = alerts.made_at(rooms.store, message_id((WELCOMED,), channel.name))
    return [row for row in _unheld(rooms, channel, told) if not (row["kind"] == "source_failing" and alerts.since(row) <= welcomed)]


def _unheld(rooms: Rooms, channel: Channel, told: Round | None) -> list[Row]:
    if told is None:
        return alerts.undelivered(rooms.store, channel.name)
    waits = LONGEST_WAIT + timedelta(hours=rooms.config.alerts.press_wait_hours)
    return alerts.undelivered(rooms.store, channel.name, max(told.since, utc(parse_utc(told.told_until) - waits)))


def digest_due(rooms: Rooms, channel: Channel, told: Round) -> bool:
    """Tell whether a digest time of a channel has passed since it was last told."""
    at = rules.slot(timetable(rooms, channel), parse_utc(told.told_until))
    return at is not None and at <= rooms.clock()


def report_day(rooms: Rooms, channel: Channel, told: Round) -> str:
    """Return the day of the watch report that came due since a channel was last told, or an empty string."""
    if not rooms.config.alerts.watch_report:
        return ""
    return rules.report_day(timetable(rooms, channel), parse_utc(told.told_until), rooms.clock())


def next_time(rooms: Rooms, channel: Channel) -> datetime | None:
    """Return when a channel's next digest is due; None where digests have no times."""
    return rules.slot(timetable(rooms, channel), rooms.clock())


def held(rooms: Rooms) -> bool:
    """Tell whether nothing is told yet: the first message of the home comes first, and after a time in which nobody was awake the first
    round of the sources."""
    if not sources.marked(rooms.store, WELCOMED) and welcoming.first_answer(rooms.store):
        return True
    return waking.just_woke(rooms) and bool(poll.due(rooms))
