"""A digest that a person wants sent again: as it was where its channel did not take it, as a new message where it did."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.errors import InputError
from scraper.jobs import digest
from scraper.jobs.digest import Delivery
from scraper.jobs.rooms import Rooms
from scraper.model.digest import Message
from scraper.model.settings import AlertSettings, Channel
from scraper.stages.digest import completed, message_id
from scraper.stages.digest.repeating import repeated
from scraper.storage import alerts, digests
from scraper.storage.store import Row, Store


@dataclass(frozen=True, slots=True)
class Wish:
    """A digest that is to be sent at the next opportunity: its ``number`` (of the message that goes out, which may be a new one), and its
    channel."""

    number: int
    channel: Channel


def ask(store: Store, settings: AlertSettings, number: int, *, channel: str = "", again: bool = False) -> Wish:
    """Mark a digest so that the next tick sends it, whatever it waits for; on its own channel or on another.

    What the channel did not take goes out under the id that it has: a mail program that has it already folds it. What the channel took is
    sent only ``again``, as a new message whose row says which it repeats. Alerts are told by none of this: see scraper.storage.digests.repeat.

    Raises NotFound for an unknown number, InputError for a channel that is none or off, and for what was sent where not ``again``.
    """
    with store.transaction():
        asked = digests.stored(store, number)
        to = _channel(settings, channel or asked["channel"])
        root = asked["repeats"] or number
        meant = asked if to.name == asked["channel"] and not again else digests.latest(store, root, to.name)
        if meant is not None and meant["state"] in ("pending", "failed"):
            digests.wish(store, meant["id"])
            return Wish(meant["id"], to)
        if meant is not None and meant["state"] == "sent" and not again:
            raise InputError(
                f"digest {meant['id']} was sent to {to.name} at {meant['attempted_at']}; --again sends it once more, as a new message"
            )
        return Wish(_repeat(store, digests.stored(store, root), to), to)


def resend(rooms: Rooms, number: int, *, channel: str = "", again: bool = False) -> tuple[Wish, Delivery]:
    """Send a digest again at once, as :func:`ask` says; return what was sent and what became of it. Raises what :func:`ask` raises."""
    wish = ask(rooms.store, rooms.config.alerts, number, channel=channel, again=again)
    (row,) = (row for row in alerts.pending(rooms.store, wish.channel.name) if row["id"] == wish.number)
    return wish, digest.deliver(rooms, wish.channel, row)


def _channel(settings: AlertSettings, name: str) -> Channel:
    found = next((channel for channel in settings.channels if channel.name == name), None)
    if found is None:
        raise InputError(f"there is no channel {name}; see: trilateral notify list (--channel NAME sends to another)")
    if not found.enabled:
        raise InputError(f"the channel {name} is off: set enabled = true in alerts.toml, or send to another with --channel NAME")
    return found


def _repeat(store: Store, row: Row, to: Channel) -> int:
    """Store what a digest said as a new message of a channel."""
    identity = message_id(("repeat", row["message_id"], digests.repeats(store, row["id"])), to.name)
    known = Message(
        row["message_id"],
        row["subject"],
        row["text"],
        row["html"],
        to.language,
        to.unsubscribe,
        row["made_at"],
        row["short"],
        row["payload"],
    )
    made = repeated(completed(known), identity, store.now())
    again: Row = {
        "channel": to.name, "made_at": made.made_at, "subject": made.subject, "message_id": made.message_id, "text": made.text, "html": made.html,
        "short": made.short, "payload": made.payload,
    }  # fmt: skip
    return digests.repeat(store, again, row["id"])
