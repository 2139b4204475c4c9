"""Which official pages a public archive was asked to keep, and what became of it."""

from __future__ import annotations

from scraper.storage import sources
from scraper.storage.store import Row, Store

LISTED = "public_archive:listed"
"""The mark of the last article that was looked at for whether it is to be saved."""

AFTER = "public_archive:after"
"""The mark of the time (UTC) before which the archive is not asked again."""


def unlisted(store: Store) -> list[Row]:
    """Return ``id``, ``url``, ``source_id`` and ``first_seen_at`` of the official articles that came since :func:`enlist` was last called."""
    return store.rows(
        "SELECT id, url, source_id, first_seen_at FROM articles WHERE id > ? AND official AND statement_id IS NOT NULL ORDER BY id",
        (_listed(store),),
    )


def enlist(store: Store, rows: list[Row]) -> None:
    """Have the archive asked for these articles from now on, and remember that all before were looked at; part of the transaction in hand."""
    for row in rows:
        store.insert(
            "public_archive", {"article_id": row["id"], "url": row["url"], "state": "waiting", "next_at": store.now()}, or_="OR IGNORE"
        )
    newest = store.row("SELECT max(id) AS id FROM articles")
    sources.mark(store, LISTED, str((newest or {"id": 0})["id"] or 0))


def news(store: Store) -> bool:
    """Tell whether any article came since :func:`enlist` was last called."""
    return store.row("SELECT 1 FROM articles WHERE id > ? LIMIT 1", (_listed(store),)) is not None


def _listed(store: Store) -> int:
    return int(sources.marked(store, LISTED) or 0)


def due(store: Store) -> Row | None:
    """Return the page whose turn it is: ``article_id``, ``url``, ``attempts``; those never asked for first. None where none is due."""
    return store.row(
        "SELECT article_id, url, attempts FROM public_archive WHERE next_at <= ? ORDER BY attempts > 0, next_at, article_id LIMIT 1",
        (store.now(),),
    )


def asked(store: Store, article_id: int, next_at: str) -> None:
    """Write that an attempt begins; where nothing more is heard of it, the next is due at ``next_at`` (UTC). Part of the transaction in hand."""
    store.write(
        "UPDATE public_archive SET attempts = attempts + 1, asked_at = ?, next_at = ? WHERE article_id = ?",
        (store.now(), next_at, article_id),
    )


def saved(store: Store, article_id: int, archived_url: str, archived_at: str) -> None:
    """Write where the archive keeps the page; part of the transaction in hand."""
    store.write(
        "UPDATE public_archive SET state = 'saved', next_at = NULL, archived_url = ?, archived_at = ?, reason = '' WHERE article_id = ?",
        (archived_url, archived_at, article_id),
    )


def failed(store: Store, article_id: int, reason: str, next_at: str | None) -> None:
    """Write why an attempt failed and when the next is due (UTC), None where the page is given up; part of the transaction in hand."""
    state = "waiting" if next_at else "given_up"
    store.write(
        "UPDATE public_archive SET state = ?, next_at = ?, reason = ? WHERE article_id = ?", (state, next_at, reason[:500], article_id)
    )


def states(store: Store) -> dict[str, int]:
    """Return how many pages wait, are saved and were given up."""
    return {row["state"]: row["n"] for row in store.rows("SELECT state, count(*) AS n FROM public_archive GROUP BY state ORDER BY state")}
