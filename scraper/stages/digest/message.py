"""A digest as a message: its id and its parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from scraper.model.digest import Digest, Message
from scraper.stages.digest.compiling import line
from scraper.stages.digest.compose import compose
from scraper.stages.digest.heading import subject
from scraper.stages.digest.html import html_of
from scraper.stages.digest.payload import bare_payload, payload_of
from scraper.stages.digest.plain import text_of
from scraper.stages.digest.sheet import Sheet
from scraper.stages.digest.short import short_of


def message_id(alerts: Iterable[int | str], channel: str) -> str:
    """Return the id of the message that carries these alerts to that channel, the same whatever their order and however often
    it is tried, so that a mail reader recognises a second delivery."""
    known = "\n".join([channel, *sorted(str(alert) for alert in alerts)])
    return f"digest-{hashlib.sha256(known.encode()).hexdigest()[:32]}"


def to_message(digest: Digest, identity: str, unsubscribe: str = "") -> Message:
    """Return the message of ``digest`` in every form that a channel may ask for; ``identity`` as :func:`message_id` gives it."""
    sheet, told = compose(digest), subject(digest)
    forms = (short_of(sheet, told), payload_of(digest, identity, told))
    return Message(identity, told, text_of(sheet), html_of(sheet), digest.language, unsubscribe, digest.made_at, *forms)


def completed(message: Message, sheet: Sheet | None = None) -> Message:
    """Return ``message`` with the short form and the payload that it lacks: of the ``sheet`` that it shows, else of its subject alone."""
    short = message.short or (short_of(sheet, message.subject) if sheet else line(message.subject))
    return replace(message, short=short, payload=message.payload or bare_payload(message))
