"""The digest: alerts not yet delivered are compiled, rendered, sent and settled, channel by channel."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from scraper.errors import DeliveryError
from scraper.jobs.poll import INCIDENT_HOURS
from scraper.jobs.rooms import Rooms
from scraper.jobs.take import HELD_INITIATIVES, HELD_STATEMENTS
from scraper.model.digest import Digest, Edit, HeldBack, Material, Message, NewInitiative, NewStatement, Rewording
from scraper.model.moment import parse_utc, utc
from scraper.model.revision import Piece
from scraper.model.settings import Channel
from scraper.model.wording import ABSENT, Stand, Watched
from scraper.notify import notifier_for
from scraper.stages.digest import compile, message_id, to_message
from scraper.storage import alerts, formulae, material, revisions, sources
from scraper.storage.store import Row

AGAIN_MINUTES = (1, 5, 15, 60, 240, 720, 1440)
"""How long a digest that a channel did not take waits before each further attempt; after the last it has failed for good."""

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
    for channel in _channels(rooms):
        waiting = alerts.undelivered(rooms.store, channel.name)
        digest = compile(_material(rooms, waiting, channel, report=_report_due(rooms, channel)))
        if digest.is_due:
            settled.append(_deliver(rooms, channel, _prepare(rooms, channel, digest, waiting)))
    with rooms.store.transaction():
        sources.mark(rooms.store, LAST_DIGEST, rooms.store.now())
    return tuple(settled)


def overdue(rooms: Rooms) -> bool:
    """Tell whether a digest time has passed since digests were last sent: nobody was awake then."""
    here = rooms.clock().astimezone(ZoneInfo(rooms.config.alerts.zone))
    times = [
        datetime.combine(day, time.fromisoformat(clock), here.tzinfo)
        for day in (here.date(), here.date() - timedelta(days=1))
        for clock in rooms.config.alerts.digest_times
    ]
    last = sources.marked(rooms.store, LAST_DIGEST)
    return bool(last) and any(last < utc(moment) for moment in times if moment <= here)


def preview(rooms: Rooms, *, language: str = "en") -> Message | None:
    """Return what the first enabled channel would be sent now, in a language of choice; None where there is nothing to tell."""
    first = next(iter(_channels(rooms)), Channel("preview", "stdout", zone=rooms.config.alerts.zone))
    channel = replace(first, language=language)
    digest = compile(_material(rooms, alerts.undelivered(rooms.store, channel.name), channel, report=False))
    return to_message(digest, message_id((), channel.name)) if digest.is_due else None


def deliver_pending(rooms: Rooms, *, at_once: bool = False) -> tuple[Delivery, ...]:
    """Send again, with the same message id, what a crash or a passing failure left unsettled, when its time has come."""
    by_name = {channel.name: channel for channel in _channels(rooms)}
    waiting = [(name, row) for name in by_name for row in alerts.pending(rooms.store, name) if at_once or _again(rooms, row)]
    return tuple(_deliver(rooms, by_name[name], row) for name, row in waiting)


def _again(rooms: Rooms, row: Row) -> bool:
    """Whether it is time for a further attempt; what a crash left was never tried, as far as is known."""
    if not row["attempted_at"]:
        return True
    waits = AGAIN_MINUTES[min(row["attempts"], len(AGAIN_MINUTES)) - 1]
    return rooms.clock() - parse_utc(row["attempted_at"]) >= timedelta(minutes=waits)


def _channels(rooms: Rooms) -> list[Channel]:
    return [channel for channel in rooms.config.alerts.channels if channel.enabled]


def _material(rooms: Rooms, waiting: Sequence[Row], channel: Channel, *, report: bool) -> Material:
    store, watch = rooms.store, rooms.config.watch
    statements = _statements(rooms, waiting)
    told_now = frozenset(row["source_id"] for row in waiting if row["kind"] == "source_failing")
    return Material(
        made_at=store.now(), zone=channel.zone or rooms.config.alerts.zone, language=channel.language,
        sides=tuple((party.id, (party.names.get(channel.language) or (party.name,))[0]) for party in watch.parties), statements=statements,
        initiatives=_initiatives(rooms, waiting), edits=_edits(rooms, waiting),
        wording=_wording(rooms, waiting, channel.language),
        known=material.known_initiatives(store, [one.id for one in statements]),
        troubles=material.troubles(store, told_now, hours=INCIDENT_HOURS), recovered=_recovered(rooms, waiting),
        notices=tuple(row["detail"] for row in waiting if row["kind"] == "disk"), held_back=_held_back(rooms, channel),
        watch=material.watch_report(store) if report else None,
    )  # fmt: skip


def _recovered(rooms: Rooms, waiting: Sequence[Row]) -> tuple[str, ...]:
    """The names of sources that answer again, of those whose trouble was told."""
    names = {source.id: source.name for source in rooms.config.sources}
    return tuple(str(names.get(row["source_id"]) or row["source_id"]) for row in waiting if row["kind"] == "source_recovered")


def _statements(rooms: Rooms, waiting: Sequence[Row]) -> tuple[NewStatement, ...]:
    numbers = dict.fromkeys(row["statement_id"] for row in waiting if row["kind"] == "new_statement")
    hours = rooms.config.alerts.max_age_hours
    found = (material.new_statement(rooms.store, number, max_age_hours=hours) for number in numbers if number is not None)
    return tuple(one for one in found if one is not None)


def _initiatives(rooms: Rooms, waiting: Sequence[Row]) -> tuple[NewInitiative, ...]:
    slugs = dict.fromkeys(row["initiative_id"] for row in waiting if row["kind"] == "new_initiative")
    found = (material.new_initiative(rooms.store, slug) for slug in slugs if slug is not None)
    return tuple(one for one in found if one is not None)


def _edits(rooms: Rooms, waiting: Sequence[Row]) -> tuple[Edit, ...]:
    found = (revisions.edit(rooms.store, row["revision_id"]) for row in waiting if row["revision_id"] is not None)
    return tuple(
        Edit(
            row["id"], row["kind"], row["title"], row["url"], row["publisher"], row["party"], row["seen_at"], row["language"],
            tuple(Piece(op, text) for op, text in json.loads(row["diff"] or "[]")),
        )
        for row in found
        if row is not None
    )  # fmt: skip


def _wording(rooms: Rooms, waiting: Sequence[Row], language: str) -> tuple[Rewording, ...]:
    numbers = dict.fromkeys(row["flag_id"] for row in waiting if row["kind"] == "wording")
    found = (formulae.change(rooms.store, number) for number in numbers if number is not None)
    return tuple(_rewording(rooms.config.wording, row, language) for row in found if row is not None)


def _rewording(watched: Watched, row: Row, language: str) -> Rewording:
    """A change of wording, its formula and variants named in the reader's language."""
    now, then = row["statement"], row["comparator"]
    return Rewording(
        id=row["id"],
        formula=watched.title(row["formula"], language),
        before=_variants(watched, row["before"], language),
        after=_variants(watched, row["after"], language),
        sentence=_sentence(row["after"]),
        before_sentence=_sentence(row["before"]),
        language=now.language,
        side=now.side,
        publisher=now.publisher,
        url=now.url,
        statement_title=now.title,
        statement_date=now.date,
        before_title=then.title,
        before_date=then.date,
        before_url=then.url,
    )


def _sentence(stands: Sequence[Stand]) -> str:
    return next((stand.sentence for stand in stands), "")


def _variants(watched: Watched, stands: Sequence[Stand], language: str) -> tuple[str, ...]:
    return tuple("" if stand.variant == ABSENT else watched.named(stand.formula, stand.variant, language) for stand in stands)


def _held_back(rooms: Rooms, channel: Channel) -> HeldBack:
    """How many old findings were stored since this channel's last digest."""
    counts = [
        int(sources.marked(rooms.store, name) or 0) - int(sources.marked(rooms.store, f"told:{channel.name}:{name}") or 0)
        for name in (HELD_STATEMENTS, HELD_INITIATIVES)
    ]
    return HeldBack(*counts)


def _today(rooms: Rooms) -> tuple[str, str]:
    """The weekday and the date where the digest times are counted."""
    here = rooms.clock().astimezone(ZoneInfo(rooms.config.alerts.zone))
    return WEEKDAYS[here.weekday()], here.date().isoformat()


def _report_due(rooms: Rooms, channel: Channel) -> bool:
    weekday, date = _today(rooms)
    return weekday == rooms.config.alerts.watch_report and sources.marked(rooms.store, f"watch_report:{channel.name}") != date


def _prepare(rooms: Rooms, channel: Channel, digest: Digest, waiting: Sequence[Row]) -> Row:
    ids = [row["id"] for row in waiting]
    made = to_message(digest, message_id(ids or [digest.made_at], channel.name), channel.unsubscribe)
    row: Row = {
        "channel": channel.name, "made_at": digest.made_at, "subject": made.subject, "message_id": made.message_id, "text": made.text, "html": made.html,
    }  # fmt: skip
    with rooms.store.transaction():
        number = alerts.prepare(rooms.store, row, ids)
        for name in (HELD_STATEMENTS, HELD_INITIATIVES):
            sources.mark(rooms.store, f"told:{channel.name}:{name}", sources.marked(rooms.store, name) or "0")
        if digest.watch is not None:
            sources.mark(rooms.store, f"watch_report:{channel.name}", _today(rooms)[1])
    return {**row, "id": number, "attempts": 0}


def _deliver(rooms: Rooms, channel: Channel, row: Row) -> Delivery:
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
