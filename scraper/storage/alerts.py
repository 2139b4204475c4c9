"""The outbox: alerts raised with their findings, digests made of them, and what each channel answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.storage.store import Row, Store


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to be told once. ``key`` is unique for ever: the same finding never raises a second alert."""

    key: str
    kind: str
    statement_id: int | None = None
    initiative_id: str | None = None
    flag_id: int | None = None
    source_id: str | None = None
    detail: str = ""


def raise_once(store: Store, alert: Alert) -> bool:
    """Write an alert in the transaction that stored its finding; tell whether it is new."""
    before = store.db.conn.total_changes
    store.insert(
        "alerts",
        {"key": alert.key, "kind": alert.kind, "raised_at": store.now(), "statement_id": alert.statement_id, "initiative_id": alert.initiative_id,
         "flag_id": alert.flag_id, "source_id": alert.source_id, "detail": alert.detail},
        or_="OR IGNORE",
    )  # fmt: skip
    return store.db.conn.total_changes > before


def undelivered(store: Store, channel: str) -> list[Row]:
    """Return the alerts that no delivery to this channel holds yet, oldest first."""
    return store.rows(
        "SELECT * FROM alerts a WHERE NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.alert_id = a.id AND d.channel = ?) ORDER BY a.id",
        (channel,),
    )


def prepare(store: Store, digest: Row, alert_ids: Sequence[int]) -> int:
    """Store a compiled digest with a pending delivery for each of its alerts; return its id."""
    with store.transaction():
        number = store.insert("digests", digest)
        for alert in alert_ids or (None,):
            store.insert("deliveries", {"alert_id": alert, "digest_id": number, "channel": digest["channel"], "state": "pending"})
    return number


def pending(store: Store, channel: str) -> list[Row]:
    """Return the digests whose delivery to this channel is not settled (after a crash or a failure), oldest first."""
    return store.rows(
        "SELECT DISTINCT g.* FROM digests g JOIN deliveries d ON d.digest_id = g.id WHERE g.channel = ? AND d.state = 'pending' ORDER BY g.id",
        (channel,),
    )


def settle(store: Store, digest_id: int, state: str, answer: str) -> None:
    """Write what became of a digest: ``sent``, ``failed`` for good, or ``pending`` after a failure that may pass."""
    with store.transaction():
        now = store.now()
        store.write(
            "UPDATE deliveries SET state = ?, attempts = attempts + 1, attempted_at = ?, settled_at = ?, answer = ? WHERE digest_id = ?",
            (state, now, None if state == "pending" else now, answer, digest_id),
        )


def alert_ids(store: Store, digest_id: int) -> list[int]:
    """Return the alerts that a digest tells of."""
    return [
        row["alert_id"] for row in store.rows("SELECT alert_id FROM deliveries WHERE digest_id = ? AND alert_id IS NOT NULL", (digest_id,))
    ]


def named(store: Store, kind: str, ids: Sequence[int]) -> list[Row]:
    """Return those of the given alerts that are of one kind."""
    return store.rows(
        "SELECT * FROM alerts WHERE kind = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY id", (kind, json.dumps(list(ids)))
    )


def attempts(store: Store, digest_id: int) -> int:
    """Return how often a digest was tried on its channel."""
    row = store.row("SELECT max(attempts) AS n FROM deliveries WHERE digest_id = ?", (digest_id,))
    return int(row["n"] or 0) if row else 0


def of_statement(store: Store, number: int) -> tuple[Alert, str] | None:
    """Return the alert for a new statement with the statement's own date, or None where it is gone."""
    row = store.row("SELECT id, date FROM statements WHERE id = ?", (number,))
    return (Alert(f"statement:{number}", "new_statement", statement_id=number), row["date"] or "") if row else None


def of_flag(store: Store, number: int) -> tuple[Alert, str] | None:
    """Return the alert for a flag with the date of its statement; its key is the initiative's, so that it is told once."""
    row = store.row("SELECT f.*, s.date FROM flags f LEFT JOIN statements s ON s.id = f.statement_id WHERE f.id = ?", (number,))
    if row is None:
        return None
    slug = row["initiative_id"]
    return Alert(f"{row['kind']}:{slug}", row["kind"], row["statement_id"], slug, number), row["date"] or ""
