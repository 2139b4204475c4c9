"""The digest: alerts not yet delivered are compiled, rendered, sent and settled, channel by channel."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scraper.errors import DeliveryError, InputError
from scraper.jobs import routing
from scraper.jobs.linking import acting, held_secret
from scraper.jobs.proving import attendance
from scraper.jobs.rooms import Rooms
from scraper.jobs.take import HELD_INITIATIVES, HELD_STATEMENTS
from scraper.jobs.telling import told
from scraper.model.digest import Digest, HeldBack, Message
from scraper.model.moment import parse_utc, utc
from scraper.model.settings import AlertSettings, Channel
from scraper.notify import notifier_for
from scraper.stages.digest import compile, completed, message_id, to_message
from scraper.storage import alerts, sources
from scraper.storage import routing as rounds
from scraper.storage.alerts import Alert
from scraper.storage.routing import Round
from scraper.storage.store import Row

AGAIN_MINUTES = (1, 5, 15, 60, 240, 720, *[1440] * 10)
"""How long a digest that a channel did not take waits before each further attempt; after the last it has failed for good."""

FAILING_DAYS = 1
"""After so many days without an answer a channel fails, and the others are told; at once where it refuses for good."""

LAST_DIGEST, WELCOMED = routing.LAST_DIGEST, routing.WELCOMED
"""The marks of when digests were last due or sent, and of when the first message of this home was made."""

STILL_DAYS = 3
"""On which day after it a channel that was told nothing since is told that we still watch."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one digest on one channel: sent, pending or failed, with what the channel answered."""

    channel: str
    state: str
    answer: str


def send(rooms: Rooms) -> tuple[Delivery, ...]:
    """Send each enabled channel now what it was not told yet, whatever time it was to be told; nothing where there is nothing to tell.
    What waits for a further attempt is tried at once."""
    settled = list(deliver_pending(rooms, at_once=True))
    for channel in channels(rooms):
        waiting = routing.waiting(rooms, channel)
        still = not waiting and _third_day(rooms, channel)
        report = _report_today(rooms, channel)
        digest = compile(told(rooms, waiting, channel, report=bool(report), still=still))
        settled += _tell(rooms, channel, digest, waiting, whole=True, report=report)
    return tuple(settled)


def tell_due(rooms: Rooms) -> tuple[Delivery, ...]:
    """Tell every channel what it is to be told by now, in one message each; then nothing more is due before the clock moves on.

    First comes what a crash or a passing failure left open. A channel that takes nothing is given nothing new: what waits then goes
    out in one digest when it is back.
    """
    settled = list(deliver_pending(rooms))
    if not routing.held(rooms):
        for channel, since in routing.rounds(rooms, channels(rooms)):
            if not alerts.pending(rooms.store, channel.name):
                settled += _tell_due(rooms, channel, since)
    return tuple(settled)


def _tell_due(rooms: Rooms, channel: Channel, since: Round) -> tuple[Delivery, ...]:
    waiting, whole = routing.due(rooms, channel, since), routing.digest_due(rooms, channel, since)
    if not waiting and not whole:
        return ()
    day = routing.report_day(rooms, channel, since) if whole else ""
    report = day if day > sources.marked(rooms.store, _report_mark(channel)) else ""
    still = whole and not waiting and _third_day(rooms, channel)
    digest = compile(told(rooms, waiting, channel, report=bool(report), still=still, whole=whole))
    return _tell(rooms, channel, digest, waiting, whole=whole, report=report)


def _tell(rooms: Rooms, channel: Channel, digest: Digest, waiting: Sequence[Row], *, whole: bool, report: str) -> tuple[Delivery, ...]:
    """Store what is to be told, with all that follows from its having been told, then send it. A ``whole`` digest is the one of its time,
    even where there is nothing in it; another tells of what could not wait. ``report`` is the day of the watch report in it."""
    row = None
    with rooms.store.transaction():
        if whole:
            rounds.told(rooms.store, channel.name, rooms.store.now())
            sources.mark(rooms.store, LAST_DIGEST, rooms.store.now())
        if digest.is_due:
            row = _prepare(rooms, channel, digest, waiting, whole=whole, report=report)
    return (deliver(rooms, channel, row),) if row is not None else ()


def addressee(settings: AlertSettings, name: str | None = None, language: str = "") -> Channel:
    """Return the channel that a preview is for: the named one, or else the first that is on, with a language of choice.

    Raises InputError for a name that the configuration does not have.
    """
    first = next((channel for channel in settings.channels if channel.enabled), Channel("preview", "stdout", zone=settings.zone))
    chosen = next((channel for channel in settings.channels if channel.name == name), None) if name is not None else first
    if chosen is None:
        raise InputError(f"there is no channel {name}; see: trilateral notify list")
    return replace(chosen, language=language or chosen.language)


def preview(rooms: Rooms, *, channel: str | None = None, language: str = "", since: datetime | None = None) -> Message | None:
    """Return what a channel (see :func:`addressee`) would be sent now of what waits for it, or of all that was raised ``since`` a moment
    (aware), told or not; None where there is nothing to tell. Nothing is written. It is dated by the last thing that was observed, so that
    two previews of one state are the same. How much was stored without an alert is counted from digest to digest, and not since a moment."""
    one = addressee(rooms.config.alerts, channel, language)
    rows = routing.waiting(rooms, one) if since is None else routing.raised_since(rooms, one, since)
    shown = _shown(rooms)
    material = told(shown, rows, one, report=False)
    held_back = material.held_back if since is None else HeldBack()
    seen = attendance(rooms, one.language)  # who is blind now is said as it is now
    digest = compile(replace(material, made_at=utc(shown.clock()), held_back=held_back, attendance=seen))
    return to_message(digest, message_id((), one.name), one.unsubscribe) if digest.is_due else None


def _shown(rooms: Rooms) -> Rooms:
    """The rooms as a preview sees them: at the time of the last observation, and with no key that would have to be made."""
    at, config = alerts.as_of(rooms.store), rooms.config
    settings = replace(config.alerts, review_secret=held_secret(config, rooms.home) or "preview")
    moment = parse_utc(at) if at else rooms.clock()
    return replace(rooms, clock=lambda: moment, desk=replace(rooms.desk, config=replace(config, alerts=settings)))


def deliver_pending(rooms: Rooms, *, at_once: bool = False) -> tuple[Delivery, ...]:
    """Send again, with the same message id, what a crash or a passing failure left unsettled, when its time has come."""
    by_name = {channel.name: channel for channel in channels(rooms)}
    waiting = [(name, row) for name in by_name for row in alerts.pending(rooms.store, name) if at_once or _again(rooms, row)]
    return tuple(deliver(rooms, by_name[name], row) for name, row in waiting)


def _again(rooms: Rooms, row: Row) -> bool:
    """Whether it is time for a further attempt, and the channel does not wish to be left alone for longer; what a crash left was never tried,
    as far as is known, and what is wished for is not waited for."""
    if not row["attempted_at"]:
        return True
    if row["wait_until"] and rooms.clock() < parse_utc(row["wait_until"]):
        return False
    waits = AGAIN_MINUTES[min(row["attempts"], len(AGAIN_MINUTES)) - 1]
    return rooms.clock() - parse_utc(row["attempted_at"]) >= timedelta(minutes=waits)


def channels(rooms: Rooms) -> list[Channel]:
    """Return the channels that are on."""
    return [channel for channel in rooms.config.alerts.channels if channel.enabled]


def _report_mark(channel: Channel) -> str:
    return f"watch_report:{channel.name}"


def _report_today(rooms: Rooms, channel: Channel) -> str:
    """The date in a channel's zone where this is the day of the watch report and none was sent yet, or an empty string."""
    here = rooms.clock().astimezone(ZoneInfo(channel.zone or rooms.config.alerts.zone))
    wanted = WEEKDAYS[here.weekday()] == rooms.config.alerts.watch_report
    return here.date().isoformat() if wanted and sources.marked(rooms.store, _report_mark(channel)) != here.date().isoformat() else ""


def _third_day(rooms: Rooms, channel: Channel) -> bool:
    """Whether the first message is some days old, and this channel was told nothing since."""
    welcomed = sources.marked(rooms.store, WELCOMED)
    if not welcomed:
        return False
    zone = ZoneInfo(channel.zone or rooms.config.alerts.zone)
    days = (rooms.clock().astimezone(zone).date() - parse_utc(welcomed).astimezone(zone).date()).days
    return days >= STILL_DAYS and not alerts.prepared_since(rooms.store, channel.name, welcomed)


def _prepare(rooms: Rooms, channel: Channel, digest: Digest, waiting: Sequence[Row], *, whole: bool, report: str) -> Row:
    """Store a digest with its alerts and marks; part of the transaction in hand."""
    ids = [row["id"] for row in waiting]
    made = to_message(digest, message_id(ids or [digest.made_at], channel.name), channel.unsubscribe)
    for name in (HELD_STATEMENTS, HELD_INITIATIVES) if whole else ():
        sources.mark(rooms.store, f"told:{channel.name}:{name}", sources.marked(rooms.store, name) or "0")
    if report and digest.watch is not None:
        sources.mark(rooms.store, _report_mark(channel), report)
    return prepare_message(rooms, channel, made, ids)


def prepare_message(rooms: Rooms, channel: Channel, made: Message, alert_ids: Sequence[int] = ()) -> Row:
    """Store a message as a pending digest of a channel, with the alerts that it tells of; part of the transaction in hand."""
    made = completed(made)
    row: Row = {
        "channel": channel.name, "made_at": made.made_at, "subject": made.subject, "message_id": made.message_id, "text": made.text, "html": made.html,
        "short": made.short, "payload": made.payload,
    }  # fmt: skip
    return {**row, "id": alerts.prepare(rooms.store, row, alert_ids), "attempts": 0}


def deliver(rooms: Rooms, channel: Channel, row: Row) -> Delivery:
    """Send a stored digest and settle what became of it; an attempt is written before it is made."""
    alerts.begin(rooms.store, row["id"])
    stored = (row["message_id"], row["subject"], row["text"], row["html"], _language(channel, row), channel.unsubscribe, row["made_at"])
    message = acting(rooms, completed(Message(*stored, row["short"], row["payload"])))
    try:
        answer = notifier_for(channel, stdout=sys.stdout, clock=rooms.clock, folder=rooms.home.root).send(message)
        state, refused, until = "sent", False, ""
    except DeliveryError as error:
        answer, refused, until = str(error), error.refused, _until(rooms, error.retry_after)
        state = "failed" if error.permanent or row["attempts"] >= len(AGAIN_MINUTES) else "pending"
    with rooms.store.transaction():
        alerts.settle(rooms.store, row["id"], state, answer, until if state == "pending" else "")
        _follow(rooms, channel, row, state, answer, refused=refused)
    rooms.log.info("delivery", channel=channel.name, state=state, answer=answer, digest=row["id"])
    return Delivery(channel.name, state, answer)


def _language(channel: Channel, row: Row) -> str:
    """The language that a stored digest is in: its channel's may be another by now."""
    return str(json.loads(row["payload"] or "{}").get("language") or channel.language)


def _until(rooms: Rooms, seconds: float) -> str:
    """When so many seconds are over, to the whole second after it; an empty string for none."""
    return utc(rooms.clock() + timedelta(seconds=seconds, microseconds=999_999)) if seconds else ""


def _follow(rooms: Rooms, channel: Channel, row: Row, state: str, answer: str, *, refused: bool) -> None:
    """Raise one alert, for the other channels, when a channel refuses (this message for good, or every one before a person mends something)
    or has taken nothing for FAILING_DAYS; the next one only after it took something again."""
    name = f"failing:{channel.name}"
    since = sources.marked(rooms.store, name)
    if state == "sent":
        if since:
            sources.mark(rooms.store, name, "")
        return
    tried_since = max(row["made_at"], row.get("wished_at") or "")
    lasting = rooms.clock() - parse_utc(tried_since) >= timedelta(days=FAILING_DAYS)
    if since or not (state == "failed" or refused or lasting):
        return
    sources.mark(rooms.store, name, rooms.store.now())
    detail = f"the channel {channel.name} takes nothing: {answer}"
    key = f"channel_failing:{channel.name}:{rooms.store.now()}"
    alerts.raise_once(rooms.store, Alert(key, "channel_failing", detail=detail, channel=channel.name))
