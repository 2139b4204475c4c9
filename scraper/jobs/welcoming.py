"""The first message of a home: when its first round is over, each channel is told once what is known and who answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from scraper.jobs import digest, poll, routing
from scraper.jobs.digest import WELCOMED, Delivery
from scraper.jobs.rooms import Rooms
from scraper.jobs.telling import sides
from scraper.model.digest import NewStatement
from scraper.model.moment import parse_utc, utc
from scraper.model.settings import Channel
from scraper.model.source import Source, SourceState
from scraper.model.welcome import Answer, Welcome
from scraper.stages.cadence import WELL
from scraper.stages.digest import message_id
from scraper.stages.digest.welcoming import welcome_message
from scraper.stages.duty import on_duty
from scraper.storage import material, sources, welcoming

DAYS = 90
SHOWN = 25
"""Of how many days statements are told, and how many of them."""

PATIENCE = timedelta(hours=2)
"""How long the first message waits for the past to be read and for the press to be asked."""

YOUNG = timedelta(days=3)
"""A home that has polled for longer was at work before there was a first message, and gets none."""


def is_due(rooms: Rooms, *, past: bool) -> bool:
    """Tell whether the first round is over and nobody was told: no source on duty waits to be asked and all of the ``past`` was looked at, or
    PATIENCE is over. While no source answers at all nobody could be told anything."""
    if sources.marked(rooms.store, WELCOMED) or sources.marked(rooms.store, sources.OFFLINE):
        return False
    began = welcoming.first_answer(rooms.store)
    if not began:
        return False
    return (past and not poll.due(rooms)) or rooms.clock() - parse_utc(began) >= PATIENCE


def send(rooms: Rooms) -> tuple[Delivery, ...]:
    """Tell every enabled channel once; a home that is no longer young is only marked. What a crash leaves is sent as digests are."""
    young = rooms.clock() - parse_utc(welcoming.first_poll(rooms.store) or rooms.store.now()) < YOUNG
    prepared = []
    with rooms.store.transaction():
        sources.mark(rooms.store, WELCOMED, rooms.store.now())
        for channel in digest.channels(rooms) if young else ():
            identity = message_id((WELCOMED,), channel.name)
            welcome = _welcome(rooms, channel)
            message = welcome_message(welcome, identity, channel.unsubscribe)
            prepared.append((channel, digest.prepare_message(rooms, channel, message, _covered(rooms, channel, welcome))))
    return tuple(digest.deliver(rooms, channel, row) for channel, row in prepared)


def _covered(rooms: Rooms, channel: Channel, welcome: Welcome) -> list[int]:
    """The alerts that wait and of whose statements the first message tells: they are told with it."""
    shown = {one.id for one in welcome.statements}
    return [row["id"] for row in routing.waiting(rooms, channel) if row["kind"] == "new_statement" and row["statement_id"] in shown]


def _welcome(rooms: Rooms, channel: Channel) -> Welcome:
    store, states = rooms.store, sources.states(rooms.store)
    watched = on_duty(rooms.config.sources, states)
    press = [source for source in watched if not source.official]
    since = utc(rooms.clock() - timedelta(days=DAYS))[:10]
    recent, counted, errors = welcoming.recent(store, since), welcoming.totals(store), welcoming.last_errors(store)
    language = channel.language
    return Welcome(
        store.now(), channel.zone or rooms.config.alerts.zone, language,
        sides(rooms, language), DAYS, _told(rooms, recent[:SHOWN]), len(recent), counted["statements"], counted["earliest"],
        len(rooms.config.registry.initiatives), counted["named"],
        tuple(_answer(source, states.get(source.id), errors.get(source.id, "")) for source in watched if source.official),
        (sum(_good(states.get(source.id)) for source in press), len(press)), welcoming.history(store), _next(rooms, channel),
    )  # fmt: skip


def _next(rooms: Rooms, channel: Channel) -> str:
    at = routing.next_time(rooms, channel)
    return utc(at) if at is not None else ""


def _told(rooms: Rooms, numbers: list[int]) -> tuple[NewStatement, ...]:
    hours = rooms.config.alerts.max_age_hours
    found = (material.new_statement(rooms.store, number, max_age_hours=hours) for number in numbers)
    return tuple(replace(one, late=False) for one in found if one is not None)  # all of them are found late on the first day


def _answer(source: Source, state: SourceState | None, error: str) -> Answer:
    return Answer(source.id, source.name, _good(state), "" if _good(state) else error)


def _good(state: SourceState | None) -> bool:
    """Whether a source answered with items."""
    return state is not None and state.last_outcome in WELL
