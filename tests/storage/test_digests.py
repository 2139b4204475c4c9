"""Digests as rows: listed by channel and state, wished for, and repeated without an alert counted twice."""

from __future__ import annotations

import pytest

from scraper.errors import NotFound
from scraper.storage import alerts, digests
from scraper.storage.alerts import Alert
from scraper.storage.store import Row, Store

from .made import AT, Clock


def digest(channel: str = "mail", number: int = 1) -> Row:
    return {"channel": channel, "made_at": AT, "subject": f"s{number}", "message_id": f"digest-{number}", "text": "t", "html": "<p>t</p>"}


@pytest.fixture
def told(store: Store) -> list[int]:
    """Two alerts: both sent to mail, the first told to hook as well."""
    with store.transaction():
        for key in ("a", "b"):
            alerts.raise_once(store, Alert(key, "disk", detail=f"detail {key}"))
    known = [row["id"] for row in alerts.undelivered(store, "mail")]
    alerts.settle(store, alerts.prepare(store, digest(), known), "sent", "250 ok")
    alerts.settle(store, alerts.prepare(store, digest("hook", 2), known[:1]), "failed", "no")
    return known


def test_they_are_listed_newest_first(store: Store, told: list[int]) -> None:
    rows = digests.listed(store)
    assert [(row["id"], row["channel"], row["state"], row["attempts"], row["answer"]) for row in rows] == [
        (2, "hook", "failed", 1, "no"),
        (1, "mail", "sent", 1, "250 ok"),
    ]
    assert rows[0].keys().isdisjoint({"text", "html", "short", "payload"})
    assert [row["id"] for row in digests.listed(store, limit=1)] == [2]
    assert [row["id"] for row in digests.listed(store, channel="mail")] == [1]
    assert [row["id"] for row in digests.listed(store, state="failed")] == [2]
    assert digests.listed(store, channel="mail", state="failed") == []
    assert digests.known_channels(store) == {"mail", "hook"}


def test_one_is_shown_with_its_alerts(store: Store, told: list[int]) -> None:
    assert (digests.stored(store, 1)["text"], digests.stored(store, 1)["state"]) == ("t", "sent")
    assert [(row["id"], row["about"]) for row in digests.told(store, 1)] == list(zip(told, ("detail a", "detail b"), strict=True))
    with pytest.raises(NotFound, match="no digest 3"):
        digests.stored(store, 3)


def test_a_wish_is_for_what_was_not_taken(store: Store, clock: Clock, told: list[int]) -> None:
    alerts.settle(store, 2, "pending", "later", "2026-07-10T12:00:00Z")
    (row,) = alerts.pending(store, "hook")
    assert (row["attempts"], row["attempted_at"], row["wait_until"]) == (2, AT, "2026-07-10T12:00:00Z")
    with store.transaction():
        digests.wish(store, 2)
        digests.wish(store, 1)
    (row,) = alerts.pending(store, "hook")
    assert (row["attempts"], row["attempted_at"], row["wait_until"], row["wished_at"]) == (2, None, None, store.now())
    assert digests.stored(store, 1)["state"] == "sent"


def test_a_repetition_delivers_what_its_channel_does_not_know(store: Store, told: list[int]) -> None:
    same, other, new = (digests.repeat(store, digest(name, number), 1) for number, name in ((3, "mail"), (4, "hook"), (5, "feed")))
    held = {
        number: [row["alert_id"] for row in store.rows("SELECT alert_id FROM deliveries WHERE digest_id = ? ORDER BY 1", (number,))]
        for number in (same, other, new)
    }
    assert held == {same: [None], other: told[1:], new: told}
    assert [row["id"] for row in digests.told(store, same)] == told
    assert digests.repeats(store, 1) == 3
    latest = [digests.latest(store, 1, name) for name in ("mail", "feed", "nobody")]
    assert [row and row["id"] for row in latest] == [same, new, None]
    assert alerts.undelivered(store, "feed") == []


def test_when_something_was_last_observed(store: Store, clock: Clock) -> None:
    assert alerts.as_of(store) == ""
    with store.transaction():
        store.write("INSERT INTO sources (id, name, publisher, country, party, language, kind, url, official, enabled, interval, rank, follow, store) "
                    "VALUES ('a', '', '', '', '', '', '', '', 0, 0, 1, 0, '', '')")  # fmt: skip
        store.write(
            "INSERT INTO polls (source_id, started_at, finished_at, outcome, entries, new) VALUES ('a', ?, ?, 'ok', 0, 0)", (AT, AT)
        )
    assert alerts.as_of(store) == AT
    clock.advance(hours=1)
    alerts.raise_once(store, Alert("a", "disk"))
    assert alerts.as_of(store) == store.now()
    assert [row["key"] for row in alerts.raised_since(store, store.now())] == ["a"]
    assert alerts.raised_since(store, "2026-07-09T13:00:01Z") == []
