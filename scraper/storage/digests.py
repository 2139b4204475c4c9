"""Digests as they were made: listed, shown, and wished for once more."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.errors import NotFound
from scraper.storage import alerts
from scraper.storage.store import Row, Store

STATES = ("pending", "sent", "failed")
"""What becomes of a digest."""

_SELECT = """SELECT g.*, coalesce(max(d.state), '') AS state, coalesce(max(d.attempts), 0) AS attempts, coalesce(max(d.answer), '') AS answer,
  max(d.attempted_at) AS attempted_at, coalesce(max(d.uncertain), 0) AS uncertain FROM digests g LEFT JOIN deliveries d ON d.digest_id = g.id"""


def listed(store: Store, *, channel: str = "", state: str = "", limit: int = 50) -> list[Row]:
    """Return digests, newest first, each with its columns but for what was sent, and the ``state``, ``attempts``, last ``answer``,
    ``attempted_at`` and ``uncertain`` of its delivery; all deliveries of a digest have the same."""
    rows = store.rows(
        f"{_SELECT} WHERE ? IN ('', g.channel) GROUP BY g.id HAVING ? IN ('', coalesce(max(d.state), '')) ORDER BY g.id DESC LIMIT ?",
        (channel, state, limit),
    )
    return [{key: value for key, value in row.items() if key not in _SENT} for row in rows]


_SENT = frozenset({"text", "html", "short", "payload", "watch_report"})


def known_channels(store: Store) -> frozenset[str]:
    """Return the names of the channels that a digest was ever made for."""
    return frozenset(row["channel"] for row in store.rows("SELECT DISTINCT channel FROM digests"))


def stored(store: Store, number: int) -> Row:
    """Return one digest with all its columns and those of its delivery as :func:`listed` names them; raises NotFound."""
    row = store.row(f"{_SELECT} WHERE g.id = ? GROUP BY g.id", (number,))
    if row is None:
        raise NotFound(f"there is no digest {number}; see: trilateral digests list")
    return row


def told(store: Store, number: int) -> list[Row]:
    """Return the alerts that a digest tells of, or the digest that it repeats: id, kind, raised_at, and what each is about."""
    return store.rows(
        "SELECT DISTINCT a.id, a.kind, a.raised_at, a.statement_id, a.initiative_id, a.source_id, "
        "coalesce(nullif(a.detail, ''), i.name, s.title, '') AS about FROM deliveries d JOIN alerts a ON a.id = d.alert_id "
        "LEFT JOIN statements s ON s.id = a.statement_id LEFT JOIN initiatives i ON i.id = a.initiative_id "
        "WHERE d.digest_id = (SELECT coalesce(repeats, id) FROM digests WHERE id = ?) ORDER BY a.id",
        (number,),
    )


def latest(store: Store, root: int, channel: str) -> Row | None:
    """Return the last message that a digest and what repeats it are on a channel, or None where there is none."""
    row = store.row("SELECT max(id) AS id FROM digests WHERE ? IN (id, repeats) AND channel = ?", (root, channel))
    return stored(store, row["id"]) if row and row["id"] is not None else None


def repeats(store: Store, root: int) -> int:
    """Return how many messages repeat a digest."""
    row = store.row("SELECT count(*) AS n FROM digests WHERE repeats = ?", (root,))
    return int(row["n"]) if row else 0


def wish(store: Store, number: int) -> None:
    """Let a digest that was not taken be sent at the next opportunity, whatever was to be waited for; part of the transaction in hand."""
    store.write("UPDATE digests SET wished_at = ? WHERE id = ?", (store.now(), number))
    store.write(
        "UPDATE deliveries SET state = 'pending', attempted_at = NULL, settled_at = NULL, wait_until = NULL WHERE digest_id = ? AND state <> 'sent'",
        (number,),
    )


def repeat(store: Store, digest: Row, root: int) -> int:
    """Store a message that repeats a digest as pending, and return its id; part of the transaction in hand.

    It delivers those alerts alone that its channel does not know yet (none, where it is the digest's own), so that each is counted once
    and told by no other message of the channel.
    """
    known: Sequence[Row] = store.rows(
        "SELECT alert_id FROM deliveries d WHERE digest_id = ? AND alert_id IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.alert_id = d.alert_id AND o.channel = ?) ORDER BY alert_id",
        (root, digest["channel"]),
    )
    return alerts.prepare(store, {**digest, "repeats": root, "wished_at": store.now()}, [row["alert_id"] for row in known])
