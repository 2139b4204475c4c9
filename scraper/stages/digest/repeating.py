"""A message that was sent already, as a new one."""

from __future__ import annotations

import json
from dataclasses import replace

from scraper.model.digest import Message


def repeated(message: Message, identity: str, made_at: str) -> Message:
    """Return what ``message`` says as a new message of another ``identity``, made at a time (UTC).

    Its payload has both, and in ``repeats`` the id of the message that it repeats, so that a machine can tell that it is no news.
    """
    payload = message.payload
    if payload:
        said = {**json.loads(payload), "id": identity, "made_at": made_at, "repeats": message.message_id}
        payload = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return replace(message, message_id=identity, made_at=made_at, payload=payload)
