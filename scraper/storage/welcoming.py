"""What the first message of a home is made from."""

from __future__ import annotations

from scraper.storage.backfills import SETTLED
from scraper.storage.store import Row, Store


def first_poll(store: Store) -> str:
    """Return when the first poll ended (UTC), or an empty string."""
    row = store.row("SELECT finished_at FROM polls ORDER BY id LIMIT 1")
    return str(row["finished_at"]) if row else ""


def first_answer(store: Store) -> str:
    """Return when the first poll ended that any server answered (UTC), or an empty string."""
    row = store.row("SELECT finished_at FROM polls WHERE http_status IS NOT NULL ORDER BY id LIMIT 1")
    return str(row["finished_at"]) if row else ""


def history(store: Store) -> tuple[int, int]:
    """Return of how many addresses of the past something is known for good, and how many there are."""
    marks = ", ".join("?" * len(SETTLED))
    row = store.row(
        "SELECT count(DISTINCT a.canonical_url) AS known, count(DISTINCT CASE WHEN b.outcome "
        f"IN ({marks}) THEN a.canonical_url END) AS settled FROM history_addresses a LEFT JOIN backfills b ON b.canonical_url = a.canonical_url",
        tuple(sorted(SETTLED)),
    )
    return (int(row["settled"]), int(row["known"])) if row else (0, 0)


def recent(store: Store, since: str) -> list[int]:
    """Return the ids of the statements of a date and later, the latest first."""
    rows = store.rows("SELECT id FROM statements WHERE date >= ? AND date <= ? ORDER BY date DESC, id", (since, store.now()[:10] + "~"))
    return [row["id"] for row in rows]


def totals(store: Store) -> Row:
    """Return how many ``statements`` there are, of what ``earliest`` date, and how many initiatives of the registry are ``named``."""
    row = store.row(
        "SELECT count(*) AS statements, coalesce(min(date), '') AS earliest, (SELECT count(DISTINCT m.initiative_id) FROM mentions m "
        "JOIN initiatives i ON i.id = m.initiative_id WHERE i.known = 1 AND m.revision_id IS NULL) AS named FROM statements"
    )
    return row or {"statements": 0, "earliest": "", "named": 0}


def last_errors(store: Store) -> dict[str, str]:
    """Return for each source that fails what came of its last poll, as ``outcome: error``."""
    rows = store.rows("SELECT source_id, last_outcome, error FROM source_health WHERE failing_since <> ''")
    return {row["source_id"]: ": ".join(part for part in (row["last_outcome"], row["error"]) if part) for row in rows}
