"""A digest as a message: its subject, its id, its parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from scraper.model.digest import Digest, Message
from scraper.stages.digest.compiling import line
from scraper.stages.digest.compose import summary
from scraper.stages.digest.html import render_html
from scraper.stages.digest.phrases import phrases
from scraper.stages.digest.plain import render_text

MAX_SUBJECT = 120


def subject(digest: Digest) -> str:
    """Return the subject: counts and what matters most, as one line of at most 120 characters."""
    told = summary(digest) or phrases(digest.language)["nothing"]
    lead = next((name for name in (*(item.name for item in digest.initiatives), *(item.title for item in digest.statements)) if name), "")
    return line(": ".join(part for part in (told, lead) if part), MAX_SUBJECT)


def message_id(alerts: Iterable[int | str], channel: str) -> str:
    """Return the id of the message that carries these alerts to that channel, the same whatever their order and however often
    it is tried, so that a mail reader recognises a second delivery."""
    known = "\n".join([channel, *sorted(str(alert) for alert in alerts)])
    return f"digest-{hashlib.sha256(known.encode()).hexdigest()[:32]}"


def to_message(digest: Digest, identity: str, unsubscribe: str = "") -> Message:
    """Return the message of ``digest``; ``identity`` as :func:`message_id` gives it."""
    return Message(identity, subject(digest), render_text(digest), render_html(digest), digest.language, unsubscribe, digest.made_at)
