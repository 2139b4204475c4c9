"""Public ids of statements and events: what had one keeps it, also when it has become one with another."""

from __future__ import annotations

from scraper.storage.store import Store


def fresh(store: Store, kind: str) -> int:
    """Return the next public id of a kind (statement or event): never one that a row now gone had, because aliases and the keys of alerts still speak of that."""
    row = store.row(
        f"SELECT max((SELECT coalesce(max(id), 0) FROM {kind}s), (SELECT coalesce(max(CAST(old_id AS INTEGER)), 0) FROM aliases WHERE kind = ?)) AS n",
        (kind,),
    )
    return int(row["n"]) + 1 if row else 1
