"""Initiatives that wait for a person: flagged as new, or perhaps the same as another."""

from __future__ import annotations

from scraper.storage.store import Row, Store


def flagged(store: Store) -> list[Row]:
    """Return the initiatives that a flag in force calls new and the registry does not know, the latest first: ``id``, ``name``, ``kind``, ``status``, ``flagged_at`` (UTC)."""
    return store.rows(
        "SELECT i.id, i.name, i.kind, i.status, max(f.flagged_at) AS flagged_at FROM flags f JOIN initiatives i ON i.id = f.initiative_id "
        "WHERE f.kind = 'new_initiative' AND f.superseded_at IS NULL AND i.gone_at IS NULL AND NOT i.known GROUP BY i.id ORDER BY flagged_at DESC, i.id"
    )
