"""The message that tries out a channel, in English, Korean or Japanese."""

from __future__ import annotations

from scraper.model.digest import Message
from scraper.stages.digest.compiling import line
from scraper.stages.digest.dates import moment
from scraper.stages.digest.html import html_of
from scraper.stages.digest.message import completed, message_id
from scraper.stages.digest.plain import text_of
from scraper.stages.digest.sheet import Section, Sheet

_WORDS = {
    "en": ("Test of the channel {name}", "It works", "Digests of this house will reach you this way. Nothing else has happened.", "{time} · times in {zone}"),
    "ko": ("채널 {name} 시험", "작동합니다", "앞으로 다이제스트는 이 경로로 전달됩니다. 그 밖의 새로운 소식은 없습니다.", "{time} · {zone} 기준 시각"),
    "ja": ("チャンネル {name} の試験", "届いています", "今後のダイジェストはこの経路で届きます。ほかに知らせはありません。", "{time} · 時刻は {zone}"),
}  # fmt: skip


def trial_message(channel: str, made_at: str, *, language: str = "en", zone: str = "UTC", unsubscribe: str = "") -> Message:
    """Return the message that tries out a channel of this name; ``made_at`` is UTC, ``zone`` that of the time shown."""
    title, heading, said, made = _WORDS.get(language, _WORDS["en"])
    name = line(channel)
    sheet = Sheet(
        language,
        title.format(name=name),
        made.format(time=moment(made_at, zone, language), zone=zone),
        heading,
        (Section("trial", heading, note=said),),
    )
    identity = message_id(("trial", made_at), channel)
    return completed(Message(identity, sheet.title, text_of(sheet), html_of(sheet), language, unsubscribe, made_at), sheet)
