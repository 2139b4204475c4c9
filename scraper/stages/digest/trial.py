"""The message that tries out a channel, in its reader's language."""

from __future__ import annotations

from scraper.model.digest import Message
from scraper.stages.digest.compiling import line
from scraper.stages.digest.dates import moment
from scraper.stages.digest.html import html_of
from scraper.stages.digest.message import completed, message_id
from scraper.stages.digest.phrases import phrases
from scraper.stages.digest.plain import text_of
from scraper.stages.digest.sheet import Section, Sheet


def trial_message(channel: str, made_at: str, *, language: str = "en", zone: str = "UTC", unsubscribe: str = "") -> Message:
    """Return the message that tries out a channel of this name; ``made_at`` is UTC, ``zone`` that of the time shown."""
    say, name = phrases(language, "trial"), line(channel)
    made = phrases(language).filled("made", time=moment(made_at, zone, language), zone=zone)
    section = Section("trial", say["heading"], note=say["said"])
    sheet = Sheet(language, say.filled("title", name=name), made, say["heading"], (section,))
    identity = message_id(("trial", made_at), channel)
    return completed(Message(identity, sheet.title, text_of(sheet), html_of(sheet), language, unsubscribe, made_at), sheet)
