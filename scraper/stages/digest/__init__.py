"""What happened becomes a digest: one record, and from it the text part, the HTML part and the subject."""

from __future__ import annotations

from scraper.stages.digest.changes import strongest
from scraper.stages.digest.compiling import compile
from scraper.stages.digest.heading import subject
from scraper.stages.digest.html import render_html
from scraper.stages.digest.message import completed, message_id, to_message
from scraper.stages.digest.plain import render_text
from scraper.stages.digest.trial import trial_message

__all__ = ["compile", "completed", "message_id", "render_html", "render_text", "strongest", "subject", "to_message", "trial_message"]
