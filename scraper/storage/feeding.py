"""The newest statements and initiatives, as feeds tell them."""

from __future__ import annotations

from scraper.storage.entries import older_than
from scraper.storage.store import Row, Store

_LOOKED: int = 400
"""How many rows are looked at for those that were news."""


def statements(store: Store, *, max_age_hours: float, limit: int) -> list[Row]:
    """Return the statements that were news when they were first seen, the newest first: ``id``, ``title``, ``date``, ``at`` (first seen, UTC), ``kind``,
    ``side``, ``level``, ``place``, ``event``, ``publisher``, ``url`` and ``language`` of the lead, and ``sentences`` (a list) that name something new."""
    rows = store.rows(
        "SELECT s.id, s.title, s.date, s.first_seen_at AS at, s.kind, s.side, s.level, s.place, e.name AS event, a.publisher, a.url, a.language "
        "FROM statements s JOIN events e ON e.id = s.event_id LEFT JOIN articles a ON a.id = s.lead_article_id "
        "ORDER BY s.first_seen_at DESC, s.id DESC LIMIT ?",
        (_LOOKED,),
    )
    kept = _news(rows, max_age_hours, limit)
    for row in kept:
        row["sentences"] = _sentences(store, row["id"])
    return kept


def _sentences(store: Store, number: int) -> list[str]:
    rows = store.rows(
        "SELECT coalesce(m.sentence, f.sentence) AS sentence FROM flags f LEFT JOIN mentions m ON m.id = f.mention_id WHERE f.statement_id = ? "
        "AND f.superseded_at IS NULL AND f.kind = 'new_initiative' ORDER BY f.id",
        (number,),
    )
    return [row["sentence"] for row in rows if row["sentence"]]


def initiatives(store: Store, *, max_age_hours: float, limit: int) -> list[Row]:
    """Return the initiatives that were new when they were flagged, the newest first: ``id``, ``name``, ``at`` (UTC), ``date`` and ``statement`` (its title),
    ``statement_id``, ``sentence``, ``publisher``, ``url`` and ``language`` of the page that proves it."""
    rows = store.rows(
        "SELECT i.id, i.name, min(f.flagged_at) AS at, s.date, s.title AS statement, s.id AS statement_id, m.sentence, a.publisher, a.url, a.language "
        "FROM flags f JOIN initiatives i ON i.id = f.initiative_id JOIN mentions m ON m.id = f.mention_id JOIN articles a ON a.id = m.article_id "
        "LEFT JOIN statements s ON s.id = f.statement_id WHERE f.kind = 'new_initiative' AND f.superseded_at IS NULL "
        "GROUP BY i.id ORDER BY at DESC, i.id LIMIT ?",
        (_LOOKED,),
    )
    return _news(rows, max_age_hours, limit)


def _news(rows: list[Row], hours: float, limit: int) -> list[Row]:
    """Those whose act was no older than that when they were seen: what a backfill brings is no news."""
    return [row for row in rows if not row["date"] or not older_than(row["date"], hours, row["at"])][:limit]
