"""The digest: alerts not yet delivered are compiled, rendered, sent and settled, channel by channel."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from scraper.errors import DeliveryError
from scraper.jobs.rooms import Rooms
from scraper.jobs.take import HELD_INITIATIVES, HELD_STATEMENTS
from scraper.jobs.telling import told
from scraper.model.digest import Digest, Message
from scraper.model.moment import parse_utc, utc
from scraper.model.settings import Channel
from scraper.notify import notifier_for
from scraper.stages.digest import compile, message_id, to_message
from scraper.storage import alerts, sources
from scraper.storage.store import Row

AGAIN_MINUTES = (1, 5, 15, 60, 240, 720, 1440)
"""How long a digest that a channel did not take waits before each further attempt; after the last it has failed for good."""

WELCOMED = "welcomed"
"""The mark of when the first message of this home was made (:mod:`scraper.jobs.welcoming`)."""

STILL_DAYS = 3
"""On which day after it a channel that was told nothing since is told that we still watch."""

LAST_DIGEST = "last_digest"
"""The mark of when digests were last looked for and sent."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one digest on one channel: sent, pending or failed, with what the channel answered."""

    channel: str
    state: str
    answer: str


def send(rooms: Rooms) -> tuple[Delivery, ...]:
    """Send each enabled channel what it was not told yet; nothing where there is nothing to tell. What waits for a further
    attempt is tried at once."""
    settled = list(deliver_pending(rooms, at_once=True))
    for channel in channels(rooms):
        waiting = alerts.undelivered(rooms.store, channel.name)
        still = not waiting and _third_day(rooms, channel)
        digest = compile(told(rooms, waiting, channel, report=_report_due(rooms, channel), still=still))
        if digest.is_due:
            settled.append(deliver(rooms, channel, _prepare(rooms, channel, digest, waiting)))
    with rooms.store.transaction():
        sources.mark(rooms.store, LAST_DIGEST, rooms.store.now())
    return tuple(settled)


def overdue(rooms: Rooms) -> bool:
    """Tell whether a digest time has passed since digests were last sent: nobody was awake then."""
    here = rooms.clock().astimezone(ZoneInfo(rooms.config.alerts.zone))
    times = _times(rooms, here, -1)
    last = sources.marked(rooms.store, LAST_DIGEST)
    return bool(last) and any(last < utc(moment) for moment in times if moment <= here)


def next_time(rooms: Rooms) -> datetime:
    """Return when the next digest is due."""
    here = rooms.clock().astimezone(ZoneInfo(rooms.config.alerts.zone))
    return min(moment for moment in _times(rooms, here, 1) if moment > here)


def _times(rooms: Rooms, here: datetime, other: int) -> list[datetime]:
    """The digest times of today and of the day before (-1) or after it (1)."""
    days = (here.date(), here.date() + timedelta(days=other))
    return [datetime.combine(day, time.fromisoformat(clock), here.tzinfo) for day in days for clock in rooms.config.alerts.digest_times]


def preview(rooms: Rooms, *, language: str = "en") -> Message | None:
    """Return what the first enabled channel would be sent now, in a language of choice; None where there is nothing to tell."""
    first = next(iter(channels(rooms)), Channel("preview", "stdout", zone=rooms.config.alerts.zone))
    channel = replace(first, language=language)
    digest = compile(told(rooms, alerts.undelivered(rooms.store, channel.name), channel, report=False))
    return to_message(digest, message_id((), channel.name)) if digest.is_due else None


def deliver_pending(rooms: Rooms, *, at_once: bool = False) -> tuple[Delivery, ...]:
    """Send again, with the same message id, what a crash or a passing failure left unsettled, when its time has come."""
    by_name = {channel.name: channel for channel in channels(rooms)}
    waiting = [(name, row) for name in by_name for row in alerts.pending(rooms.store, name) if at_once or _again(rooms, row)]
    return tuple(deliver(rooms, by_name[name], row) for name, row in waiting)


def _again(rooms: Rooms, row: Row) -> bool:
    """Whether it is time for a further attempt; what a crash left was never tried, as far as is known."""
    if not row["attempted_at"]:
        return True
    waits = AGAIN_MINUTES[min(row["attempts"], len(AGAIN_MINUTES)) - 1]
    return rooms.clock() - parse_utc(row["attempted_at"]) >= timedelta(minutes=waits)


def channels(rooms: Rooms) -> list[Channel]:
    """Return the channels that are on."""
    return [channel for channel in rooms.config.alerts.channels if channel.enabled]


def _today(rooms: Rooms) -> tuple[str, str]:
    """The weekday and the date where the digest times are counted."""
    here = rooms.clock().astimezone(ZoneInfo(rooms.config.alerts.zone))
    return WEEKDAYS[here.weekday()], here.date().isoformat()


def _report_due(rooms: Rooms, channel: Channel) -> bool:
    weekday, date = _today(rooms)
    return weekday == rooms.config.alerts.watch_report and sources.marked(rooms.store, f"watch_report:{channel.name}") != date


def _third_day(rooms: Rooms, channel: Channel) -> bool:
    """Whether the first message is some days old, and this channel was told nothing since."""
    welcomed = sources.marked(rooms.store, WELCOMED)
    if not welcomed:
        return False
    zone = ZoneInfo(rooms.config.alerts.zone)
    days = (rooms.clock().astimezone(zone).date() - parse_utc(welcomed).astimezone(zone).date()).days
    return days >= STILL_DAYS and not alerts.prepared_since(rooms.store, channel.name, welcomed)


def _prepare(rooms: Rooms, channel: Channel, digest: Digest, waiting: Sequence[Row]) -> Row:
    ids = [row["id"] for row in waiting]
    made = to_message(digest, message_id(ids or [digest.made_at], channel.name), channel.unsubscribe)
    with rooms.store.transaction():
        row = prepare_message(rooms, channel, made, ids)
        for name in (HELD_STATEMENTS, HELD_INITIATIVES):
            sources.mark(rooms.store, f"told:{channel.name}:{name}", sources.marked(rooms.store, name) or "0")
        if digest.watch is not None:
            sources.mark(rooms.store, f"watch_report:{channel.name}", _today(rooms)[1])
    return row


def prepare_message(rooms: Rooms, channel: Channel, made: Message, alert_ids: Sequence[int] = ()) -> Row:
    """Store a message as a pending digest of a channel, with the alerts that it tells of; part of the transaction in hand."""
    row: Row = {
        "channel": channel.name, "made_at": made.made_at, "subject": made.subject, "message_id": made.message_id, "text": made.text, "html": made.html,
    }  # fmt: skip
    return {**row, "id": alerts.prepare(rooms.store, row, alert_ids), "attempts": 0}


def deliver(rooms: Rooms, channel: Channel, row: Row) -> Delivery:
    """Send a stored digest and settle what became of it."""
    message = Message(row["message_id"], row["subject"], row["text"], row["html"], channel.language, channel.unsubscribe, row["made_at"])
    try:
        answer = notifier_for(channel, stdout=sys.stdout, folder=rooms.home.root).send(message)
        state = "sent"
    except DeliveryError as error:
        answer = str(error)
        state = "failed" if error.permanent or row["attempts"] >= len(AGAIN_MINUTES) else "pending"
    alerts.settle(rooms.store, row["id"], state, answer)
    rooms.log.info("delivery", channel=channel.name, state=state, answer=answer, digest=row["id"])
    return Delivery(channel.name, state, answer)
