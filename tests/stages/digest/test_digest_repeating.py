"""A message that was sent already, as a new one."""

from __future__ import annotations

import json

from scraper.model.digest import Message
from scraper.stages.digest.repeating import repeated

MESSAGE = Message(
    "digest-1",
    "s",
    "t",
    "<p>t</p>",
    "ko",
    "mailto:a@b.example",
    "2026-07-09T12:00:00Z",
    "s\nt",
    '{"format":1,"id":"digest-1","made_at":"2026-07-09T12:00:00Z","subject":"한","findings":[]}',
)


def test_it_says_the_same_under_its_own_id_and_what_it_repeats() -> None:
    again = repeated(MESSAGE, "digest-2", "2026-07-10T09:00:00Z")
    assert (again.message_id, again.made_at) == ("digest-2", "2026-07-10T09:00:00Z")
    assert (again.subject, again.text, again.html, again.short, again.language) == ("s", "t", "<p>t</p>", "s\nt", "ko")
    assert json.loads(again.payload) == {
        "format": 1, "id": "digest-2", "made_at": "2026-07-10T09:00:00Z", "subject": "한", "findings": [], "repeats": "digest-1",
    }  # fmt: skip
    assert "한" in again.payload


def test_what_has_no_payload_gets_none() -> None:
    assert repeated(Message("digest-1", "s", "t", "h"), "digest-2", "2026-07-10T09:00:00Z").payload == ""
