"""The outbox: an alert once, a digest until it is settled."""

from __future__ import annotations

import pytest

from scraper.errors import StorageError
from scraper.storage import alerts
from scraper.storage.alerts import NEWS_DAYS, Alert
from scraper.storage.store import Row, Store

from .made import AT, Clock, Text, add, apply, event, statement


def digest(channel: str = "mail", number: int = 1) -> Row:
    return {"channel": channel, "made_at": AT, "subject": "s", "message_id": f"{channel}-{number}", "text": "t", "html": "h"}


def raised(store: Store, *keys: str) -> list[int]:
    for key in keys:
        alerts.raise_once(store, Alert(key, "source_recovered"))
    return [row["id"] for row in store.rows("SELECT id FROM alerts ORDER BY id")]


def test_the_same_finding_is_raised_once_for_ever(store: Store, clock: Clock) -> None:
    assert not alerts.raised(store, "k")
    assert alerts.raise_once(store, Alert("k", "new_statement", detail="first"))
    clock.advance(days=400)
    assert not alerts.raise_once(store, Alert("k", "new_statement", detail="second"))
    assert alerts.raised(store, "k")
    assert store.rows("SELECT detail, raised_at FROM alerts") == [{"detail": "first", "raised_at": AT}]


def test_an_alert_points_to_what_there_is(store: Store) -> None:
    with pytest.raises(StorageError, match="FOREIGN KEY"):
        alerts.raise_once(store, Alert("k", "new_statement", statement_id=99))


def test_what_a_channel_was_told_is_not_told_again_on_it_but_on_others(store: Store) -> None:
    ids = raised(store, "a", "b")
    alerts.prepare(store, digest("mail"), ids[:1])
    assert [row["key"] for row in alerts.undelivered(store, "mail")] == ["b"]
    assert [row["key"] for row in alerts.undelivered(store, "file")] == ["a", "b"]
    with pytest.raises(StorageError, match="UNIQUE"):
        alerts.prepare(store, digest("mail", 2), ids[:1])
    assert store.row("SELECT count(*) AS n FROM digests") == {"n": 1}


def test_a_channel_that_is_new_is_not_told_the_past(store: Store, clock: Clock) -> None:
    raised(store, "old")
    clock.advance(days=NEWS_DAYS, seconds=1)
    raised(store, "news")
    assert [row["key"] for row in alerts.undelivered(store, "added")] == ["news"]


def test_a_digest_is_pending_until_it_is_settled(store: Store, clock: Clock) -> None:
    number = alerts.prepare(store, digest(), raised(store, "a", "b"))
    assert alerts.pending(store, "file") == []
    (waiting,) = alerts.pending(store, "mail")
    assert (waiting["id"], waiting["message_id"], waiting["text"], waiting["attempts"], waiting["attempted_at"]) == (
        number,
        "mail-1",
        "t",
        0,
        None,
    )
    clock.advance(minutes=1)
    alerts.settle(store, number, "pending", "busy")
    (waiting,) = alerts.pending(store, "mail")
    assert (waiting["message_id"], waiting["attempts"], waiting["attempted_at"]) == ("mail-1", 1, "2026-07-09T12:01:00Z")
    clock.advance(minutes=1)
    alerts.settle(store, number, "sent", "ok")
    assert alerts.pending(store, "mail") == []
    rows = store.rows("SELECT DISTINCT state, attempts, attempted_at, settled_at, answer FROM deliveries")
    assert rows == [
        {"state": "sent", "attempts": 2, "attempted_at": "2026-07-09T12:02:00Z", "settled_at": "2026-07-09T12:02:00Z", "answer": "ok"}
    ]


def test_what_was_never_taken_was_not_told(store: Store) -> None:
    store.write("INSERT INTO initiatives (id, name, kind, scope, status, known, trilateral) VALUES ('reef', 'Reef', '', '', '', 0, 1)")
    for key in ("a", "b"):
        alerts.raise_once(store, Alert(key, "new_initiative", initiative_id="reef"))
    first, second = [row["id"] for row in store.rows("SELECT id FROM alerts ORDER BY id")]
    number = alerts.prepare(store, digest(), [first])
    assert alerts.told_already(store, "mail", [second]) == {second}  # on its way
    alerts.settle(store, number, "failed", "552 too large")
    assert alerts.told_already(store, "mail", [second]) == frozenset()
    alerts.settle(store, number, "sent", "ok")
    assert alerts.told_already(store, "mail", [second]) == {second}


def test_a_digest_without_alerts_is_delivered_too(store: Store) -> None:
    number = alerts.prepare(store, digest(), ())
    alerts.prepare(store, digest(number=2), ())
    assert len(alerts.pending(store, "mail")) == 2
    alerts.settle(store, number, "failed", "no")
    assert [row["message_id"] for row in alerts.pending(store, "mail")] == ["mail-2"]


def test_the_alert_of_a_statement_and_of_what_is_gone(store: Store) -> None:
    (article,) = add(store, Text("https://a.example/1"))
    (number,) = apply(store, event(statement(article))).new
    assert alerts.of_statement(store, number) == (Alert(f"statement:{number}", "new_statement", statement_id=number), "2026-07-08")
    assert alerts.of_statement(store, 99) is None
    assert alerts.of_flag(store, 99) is None


def flagged(
    store: Store, kind: str, *, confidence: float = 0.9, number: int = 1, formula: str | None = None, slug: str | None = "reef"
) -> int:
    """A flag of a statement, of an initiative that is there."""
    store.write(
        "INSERT OR IGNORE INTO initiatives (id, name, kind, scope, status, known, trilateral) VALUES ('reef', 'Reef', '', '', '', 0, 1)"
    )
    row: Row = {
        "kind": kind,
        "basis": "in_our_data",
        "initiative_id": slug,
        "statement_id": number,
        "flagged_at": AT,
        "reason": "",
        "confidence": confidence,
    }
    return store.insert("flags", row | {"formula": formula})


def told(store: Store) -> list[tuple[str, str, int | None]]:
    return [(row["key"], row["kind"], row["flag_id"]) for row in store.rows("SELECT key, kind, flag_id FROM alerts ORDER BY id")]


@pytest.fixture
def two(store: Store) -> tuple[int, ...]:
    """Two statements of two events."""
    ids = add(store, Text("https://a.example/1"), Text("https://a.example/2"))
    return apply(store, *(event(statement(number)) for number in ids)).new


def raise_(store: Store, number: int) -> bool:
    made = alerts.of_flag(store, number)
    assert made is not None
    return not alerts.covered(store, made[0]) and alerts.raise_once(store, made[0])


def test_the_keys_of_flags(store: Store, two: tuple[int, ...]) -> None:
    numbers = [
        flagged(store, "new_initiative"), flagged(store, "revived"), flagged(store, "unnamed", slug=None),
        flagged(store, "divergence", slug=None, formula="tide"), flagged(store, "wording", slug=None, formula="tide"),
    ]  # fmt: skip
    made = [alerts.of_flag(store, number) for number in numbers]
    assert [one[0].key for one in made if one] == ["new_initiative:reef", "flag:reef:1", "unnamed:1", "divergence:tide:1", "wording:tide:1"]
    assert {one[1] for one in made if one} == {"2026-07-08"}


def test_the_strongest_of_an_event_is_told_and_no_other(store: Store, two: tuple[int, ...]) -> None:
    weak, strong, doubtful = flagged(store, "omitted"), flagged(store, "withdrawn"), flagged(store, "revived", confidence=0.4)
    elsewhere = flagged(store, "revived", number=two[1])
    order = alerts.strongest_first(store, (weak, doubtful, strong, elsewhere))
    assert order == (strong, elsewhere, weak)
    assert [raise_(store, number) for number in order] == [True, True, False]
    assert told(store) == [("flag:reef:1", "withdrawn", strong), ("flag:reef:2", "revived", elsewhere)]


def test_a_waiting_alert_follows_to_the_strongest_in_force(store: Store, two: tuple[int, ...]) -> None:
    first = flagged(store, "new_initiative")
    raise_(store, first)
    weak = flagged(store, "new_instance")
    assert alerts.follow(store, 1e6) == 0
    assert told(store) == [("new_initiative:reef", "new_initiative", first)]
    store.write("UPDATE flags SET superseded_at = ? WHERE id = ?", (AT, first))
    assert alerts.follow(store, 1e6) == 0
    assert told(store) == [("flag:reef:1", "new_instance", weak)]
    stronger = flagged(store, "first_by_party")
    alerts.follow(store, 1e6)
    assert told(store) == [("flag:reef:1", "first_by_party", stronger)]
    store.write("UPDATE flags SET superseded_at = ?", (AT,))
    assert alerts.follow(store, 1e6) == 1
    assert told(store) == []


def test_what_was_told_stays_as_it_was(store: Store, two: tuple[int, ...]) -> None:
    weak = flagged(store, "omitted")
    raise_(store, weak)
    alerts.prepare(store, digest(), [1])
    strong = flagged(store, "withdrawn")
    assert not raise_(store, strong)
    store.write("UPDATE flags SET superseded_at = ? WHERE id = ?", (AT, weak))
    assert alerts.follow(store, 1e6) == 0
    assert told(store) == [("flag:reef:1", "omitted", weak)]


def test_two_alerts_that_come_to_one_event_become_one(store: Store, two: tuple[int, ...]) -> None:
    one, other = flagged(store, "revived"), flagged(store, "omitted", number=two[1])
    assert raise_(store, one)
    assert raise_(store, other)
    store.write("UPDATE statements SET event_id = 1")
    store.write("UPDATE flags SET superseded_at = ? WHERE id = ?", (AT, other))
    assert alerts.follow(store, 1e6) == 1
    assert told(store) == [("flag:reef:1", "revived", one)]
