"""The outbox: alerts raised with their findings, digests made of them, and what each channel answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from scraper.model.flag import STRENGTH, TOLD_FROM
from scraper.model.moment import utc
from scraper.storage.entries import older_than
from scraper.storage.store import Row, Store

NEWS_DAYS = 7
"""Of so many days a channel is told that is new, or was off."""

EDITS = ("official_edit", "official_takedown", "official_return")
"""Kinds of alerts that tell of a revision, named by ``revision_id``."""

_OF_THE_HOUSE = f"('disk', 'channel_failing', {', '.join(repr(kind) for kind in EDITS)})"
"""Kinds of alerts that rest on nothing that a later article could change, so that none can take them back."""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to be told once. ``key`` is unique for ever: the same finding never raises a second alert.

    ``channel`` is the one that a ``channel_failing`` is about. ``grace_hours`` are added to how old its finding may be, because nobody was
    awake for so long."""

    key: str
    kind: str
    statement_id: int | None = None
    initiative_id: str | None = None
    flag_id: int | None = None
    source_id: str | None = None
    detail: str = ""
    revision_id: int | None = None
    channel: str = ""
    grace_hours: float = 0.0


def raise_once(store: Store, alert: Alert) -> bool:
    """Write an alert in the transaction that stored its finding; tell whether it is new."""
    before = store.db.conn.total_changes
    store.insert(
        "alerts",
        {"key": alert.key, "kind": alert.kind, "raised_at": store.now(), "statement_id": alert.statement_id, "initiative_id": alert.initiative_id,
         "flag_id": alert.flag_id, "source_id": alert.source_id, "detail": alert.detail, "revision_id": alert.revision_id,
         "channel": alert.channel, "grace_hours": alert.grace_hours},
        or_="OR IGNORE",
    )  # fmt: skip
    return store.db.conn.total_changes > before


def raised(store: Store, key: str) -> bool:
    """Tell whether an alert of this key was ever raised."""
    return store.row("SELECT 1 FROM alerts WHERE key = ?", (key,)) is not None


def undelivered(store: Store, channel: str, since: str = "") -> list[Row]:
    """Return the alerts that no delivery to this channel holds yet, oldest first; only those raised ``since`` a moment (UTC), or else in the
    last NEWS_DAYS days, so that a channel that is new is not told the whole past."""
    return store.rows(
        "SELECT * FROM alerts a WHERE a.raised_at >= ? AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.alert_id = a.id AND d.channel = ?) "
        "ORDER BY a.id",
        (since or utc(store.clock() - timedelta(days=NEWS_DAYS)), channel),
    )


def told_already(store: Store, channel: str, alert_ids: Sequence[int]) -> frozenset[int]:
    """Return those of the alerts whose statement or new initiative another alert told this channel of: two that became one since. What
    the channel did not take for good told it of nothing."""
    rows = store.rows(
        "SELECT a.id FROM alerts a WHERE a.id IN (SELECT value FROM json_each(?)) AND a.kind IN ('new_statement', 'new_initiative') "
        "AND EXISTS (SELECT 1 FROM deliveries d JOIN alerts b ON b.id = d.alert_id "
        "WHERE d.channel = ? AND d.state <> 'failed' AND b.id <> a.id AND b.kind = a.kind "
        "AND coalesce(b.initiative_id, b.statement_id) = coalesce(a.initiative_id, a.statement_id))",
        (json.dumps(list(alert_ids)), channel),
    )
    return frozenset(row["id"] for row in rows)


def prepare(store: Store, digest: Row, alert_ids: Sequence[int]) -> int:
    """Store a compiled digest with a pending delivery for each of its alerts; return its id."""
    with store.transaction():
        number = store.insert("digests", digest)
        for alert in alert_ids or (None,):
            store.insert("deliveries", {"alert_id": alert, "digest_id": number, "channel": digest["channel"], "state": "pending"})
    return number


def since(row: Row) -> str:
    """Return from when on (UTC) the source of an alert of kind ``source_failing`` has failed: its key says it."""
    return str(row["key"]).removeprefix(f"source_failing:{row['source_id']}:")


def made_at(store: Store, message_id: str) -> str:
    """Return when the message of this id was made (UTC), or an empty string."""
    row = store.row("SELECT made_at FROM digests WHERE message_id = ?", (message_id,))
    return str(row["made_at"]) if row else ""


def prepared_since(store: Store, channel: str, moment: str) -> bool:
    """Tell whether a digest was made for this channel after a moment (UTC); one that repeats another does not count."""
    row = store.row("SELECT 1 FROM digests WHERE channel = ? AND made_at > ? AND repeats IS NULL LIMIT 1", (channel, moment))
    return row is not None


def raised_since(store: Store, moment: str) -> list[Row]:
    """Return the alerts raised since a moment (UTC), oldest first, told or not."""
    return store.rows("SELECT * FROM alerts WHERE raised_at >= ? ORDER BY id", (moment,))


def as_of(store: Store) -> str:
    """Return when something was last observed: an alert raised, a poll ended (UTC); an empty string before that."""
    row = store.row(
        "SELECT max(coalesce((SELECT max(raised_at) FROM alerts), ''), coalesce((SELECT finished_at FROM polls ORDER BY id DESC LIMIT 1), '')) AS at"
    )
    return str(row["at"]) if row else ""


def pending(store: Store, channel: str) -> list[Row]:
    """Return the digests whose delivery to this channel is not settled (after a crash or a failure), oldest first, each with its
    ``attempts``, when it was last tried (``attempted_at``, None where never or where it is wished for) and until when the channel asked to
    be left alone (``wait_until``, None where it did not)."""
    return store.rows(
        "SELECT g.*, max(d.attempts) AS attempts, max(d.attempted_at) AS attempted_at, max(d.wait_until) AS wait_until "
        "FROM digests g JOIN deliveries d ON d.digest_id = g.id WHERE g.channel = ? AND d.state = 'pending' GROUP BY g.id ORDER BY g.id",
        (channel,),
    )


def unsettled(store: Store, since: str) -> Row:
    """Return how many messages are ``pending`` on some channel, and how many ``failed`` for good since a moment (UTC)."""
    row = store.row(
        "SELECT count(DISTINCT CASE WHEN state = 'pending' THEN digest_id END) AS pending, "
        "count(DISTINCT CASE WHEN state = 'failed' AND settled_at >= ? THEN digest_id END) AS failed FROM deliveries",
        (since,),
    )
    return row or {}


def begin(store: Store, digest_id: int) -> None:
    """Write that an attempt begins. One that was begun before and never settled is counted as uncertain: nobody knows whether the channel
    took the message, which goes out again under the same id."""
    with store.transaction():
        store.write(
            "UPDATE deliveries SET uncertain = uncertain + (begun_at IS NOT NULL), begun_at = ? WHERE digest_id = ?",
            (store.now(), digest_id),
        )


def settle(store: Store, digest_id: int, state: str, answer: str, wait_until: str = "") -> None:
    """Write what became of a digest: ``sent``, ``failed`` for good, or ``pending`` after a failure that may pass, until when (UTC) the channel
    asked to be left alone where it did."""
    with store.transaction():
        now = store.now()
        store.write(
            "UPDATE deliveries SET state = ?, attempts = attempts + 1, attempted_at = ?, settled_at = ?, answer = ?, wait_until = ?, begun_at = NULL "
            "WHERE digest_id = ?",
            (state, now, None if state == "pending" else now, answer, wait_until or None, digest_id),
        )


def of_statement(store: Store, number: int) -> tuple[Alert, str] | None:
    """Return the alert for a new statement with the statement's own date, or None where it is gone."""
    row = store.row("SELECT id, date FROM statements WHERE id = ?", (number,))
    return (Alert(f"statement:{number}", "new_statement", statement_id=number), row["date"] or "") if row else None


def of_flag(store: Store, number: int) -> tuple[Alert, str] | None:
    """Return the alert for a flag with the date of its finding: of its statement, or of the edit that it rests on.

    Its key is the initiative's (and, but for a new one, the event's), or the formula's and the statement's or event's, so that it is told once.
    """
    row = store.row(
        "SELECT f.*, s.event_id, coalesce(r.seen_at, s.date) AS date FROM flags f LEFT JOIN statements s ON s.id = f.statement_id "
        "LEFT JOIN revisions r ON r.id = f.revision_id WHERE f.id = ?",
        (number,),
    )
    if row is None:
        return None
    alert = Alert(_key(row), row["kind"], row["statement_id"], row["initiative_id"], number, revision_id=row["revision_id"])
    return alert, row["date"] or ""


def _key(row: Row) -> str:
    kind, slug, event = row["kind"], row["initiative_id"], row["event_id"]
    if kind == "wording":
        return f"wording:{row['formula']}:{row['statement_id']}"
    if kind == "new_initiative":
        return f"{kind}:{slug}"
    return f"flag:{slug}:{event}" if slug else f"{kind}:{row['formula']}:{event}" if row["formula"] else f"{kind}:{event}"


_RANK = f"CASE f.kind {' '.join(f'WHEN {kind!r} THEN {place}' for place, kind in enumerate(STRENGTH))} END"


def strongest_first(store: Store, flag_ids: Sequence[int]) -> tuple[int, ...]:
    """Return those of the flags that are sure enough to be told, in the order in which they are: of an initiative and event only the first."""
    rows = store.rows(
        f"SELECT f.id FROM flags f WHERE f.id IN (SELECT value FROM json_each(?)) AND f.confidence >= ? ORDER BY {_RANK}, f.id",
        (json.dumps(list(flag_ids)), TOLD_FROM),
    )
    return tuple(row["id"] for row in rows)


def covered(store: Store, alert: Alert) -> bool:
    """Tell whether another alert tells of the same initiative at the same event already."""
    row = store.row(
        "SELECT 1 FROM alerts a JOIN statements s ON s.id = a.statement_id WHERE a.initiative_id = ? "
        "AND s.event_id = (SELECT event_id FROM statements WHERE id = ?)",
        (alert.initiative_id, alert.statement_id),
    )
    return row is not None


_WAITING = "NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.alert_id = a.id)"
_RENAME = (
    "UPDATE alerts SET initiative_id = (SELECT new_id FROM aliases WHERE kind = 'initiative' AND old_id = initiative_id) "
    "WHERE initiative_id IN (SELECT old_id FROM aliases WHERE kind = 'initiative')"
)
_MOVE = (
    "UPDATE alerts AS a SET (flag_id, statement_id) = (SELECT f.id, f.statement_id FROM flags f WHERE a.kind = 'new_initiative' AND f.kind = a.kind "
    "AND f.initiative_id = a.initiative_id AND f.superseded_at IS NULL ORDER BY f.id LIMIT 1) "
    f"WHERE a.flag_id IN (SELECT id FROM flags WHERE superseded_at IS NOT NULL) AND {_WAITING}"
)
_BEST = (
    f"SELECT * FROM (SELECT a.id, a.flag_id, (SELECT f.id FROM flags f JOIN statements s ON s.id = f.statement_id WHERE f.initiative_id = a.initiative_id "
    f"AND f.superseded_at IS NULL AND f.confidence >= {TOLD_FROM} AND s.event_id = (SELECT event_id FROM statements WHERE id = a.statement_id) "
    f"ORDER BY {_RANK}, f.id LIMIT 1) AS best FROM alerts a WHERE a.initiative_id IS NOT NULL AND {_WAITING}) WHERE best <> flag_id OR flag_id IS NULL"
)
_UNFOUNDED = (
    f"SELECT a.id FROM alerts a WHERE a.kind <> 'new_statement' AND a.kind NOT IN {_OF_THE_HOUSE} "
    f"AND a.source_id IS NULL AND a.flag_id IS NULL AND {_WAITING}"
)
_TWICE = (
    "SELECT id FROM (SELECT a.id, a.waiting, row_number() OVER (PARTITION BY a.kind, coalesce(a.initiative_id, a.statement_id), "
    "CASE WHEN a.kind IN ('wording', 'divergence') THEN a.flag_id END ORDER BY a.waiting, a.id) "
    f"AS place FROM (SELECT *, {_WAITING} AS waiting FROM alerts a WHERE source_id IS NULL AND kind NOT IN {_OF_THE_HOUSE} "
    "AND (initiative_id IS NULL OR kind = 'new_initiative')) a) WHERE waiting AND place > 1"
)
_AT_ONE_EVENT = (
    "SELECT id FROM (SELECT a.id, a.waiting, row_number() OVER (PARTITION BY a.initiative_id, s.event_id ORDER BY a.waiting, a.kind <> 'new_initiative', a.id) "
    f"AS place FROM (SELECT *, {_WAITING} AS waiting FROM alerts a WHERE initiative_id IS NOT NULL) a JOIN statements s ON s.id = a.statement_id) "
    "WHERE waiting AND place > 1"
)
"""Alerts of one initiative at one event (by two kinds): one of them is enough."""
_DATED = (
    "SELECT a.id, a.raised_at, a.grace_hours, s.date FROM alerts a JOIN statements s ON s.id = a.statement_id "
    f"WHERE a.revision_id IS NULL AND (julianday(a.raised_at) - julianday(s.date)) * 24 > ? + a.grace_hours AND {_WAITING}"
)


def follow(store: Store, max_age_hours: float) -> int:
    """Let the alerts that nobody was told of yet follow their findings; part of the transaction in hand. Return how many were dropped.

    Which of several texts arrives first is chance. So an alert whose finding became one with another, no longer holds, or
    turned out to have been too old (``max_age_hours``) when it was raised is dropped, as if the texts had come in another
    order; one that a delivery holds stays for ever. Of the flags of its initiative and event an alert tells the strongest in force.
    """
    store.write(_RENAME)
    _retell(store)
    store.write(_MOVE)
    dropped = {row["id"] for sql in (_UNFOUNDED, _TWICE, _AT_ONE_EVENT) for row in store.rows(sql)}
    dated = store.rows(_DATED, (max_age_hours,))
    dropped |= {row["id"] for row in dated if older_than(row["date"], max_age_hours + row["grace_hours"], row["raised_at"])}
    store.write("DELETE FROM alerts WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(dropped)),))
    return len(dropped)


def _retell(store: Store) -> None:
    """Let each waiting alert of an initiative tell the strongest flag of its event that is in force, under the key of that."""
    for row in store.rows(_BEST):
        made = of_flag(store, row["best"]) if row["best"] is not None else None
        if made is None:
            continue
        taken = store.row("SELECT 1 FROM alerts WHERE key = ? AND id <> ?", (made[0].key, row["id"]))
        store.write(
            "UPDATE alerts SET kind = ?, flag_id = ?, statement_id = ?, revision_id = ?, key = CASE WHEN ? THEN key ELSE ? END WHERE id = ?",
            (made[0].kind, row["best"], made[0].statement_id, made[0].revision_id, taken is not None, made[0].key, row["id"]),
        )
