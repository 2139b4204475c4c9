"""Coverage of days as its pages tell it: who was watched, who was blind and how long, and what came on a day."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.storage.store import Row, Store


def span(store: Store) -> tuple[str, str]:
    """Return the first and the last UTC day of the watch, each empty where there was none yet."""
    row = store.row("SELECT min(day) AS first, max(day) AS last FROM calendar") or {}
    return row.get("first") or "", row.get("last") or ""


def parties(store: Store, first: str, last: str) -> list[Row]:
    """Return for each day from ``first`` to ``last`` and each party the row of the view ``coverage``, by day and party."""
    return store.rows("SELECT * FROM coverage WHERE day BETWEEN ? AND ? ORDER BY day, party", (first, last))


def news(store: Store, first: str, last: str) -> dict[str, int]:
    """Return how many statements were first seen on each UTC day from ``first`` to ``last`` on which any was."""
    rows = store.rows(
        "SELECT date(first_seen_at) AS day, count(*) AS n FROM statements WHERE first_seen_at >= ?1 AND first_seen_at < date(?2, '+1 day') GROUP BY 1",
        (first, last),
    )
    return {row["day"]: row["n"] for row in rows}


def verdict(rows: Sequence[Row], news: int) -> str:
    """Return what the view ``watch_days`` says of a day by its rows of the view ``coverage`` and how many statements were first seen; nothing
    where there are no rows. Asking that view too would reckon the coverage of all days once more."""
    if not rows:
        return ""
    if any(row["watch"] != "watched" for row in rows):
        return "watch incomplete"
    if news:
        return "watch complete"
    return "confirmed quiet" if all(row["settled"] for row in rows) else "quiet so far"


def sources(store: Store, day: str) -> list[Row]:
    """Return how each official source was watched on a day: the columns of the view ``coverage_by_source`` and the source's ``name``,
    ``publisher`` and ``language``; the blindest of each party first."""
    return store.rows(
        "SELECT c.*, s.name, s.publisher, s.language FROM coverage_by_source c LEFT JOIN sources s ON s.id = c.source_id WHERE c.day = ? "
        "ORDER BY c.party, c.longest_blind_minutes DESC, c.source_id",
        (day,),
    )


def seen(store: Store, day: str, limit: int) -> list[Row]:
    """Return the statements that were first seen on a UTC day, in that order, with ``total``, how many these are."""
    return store.rows(
        f"{_STATEMENTS} WHERE s.first_seen_at >= ?1 AND s.first_seen_at < date(?1, '+1 day') ORDER BY s.first_seen_at, s.id LIMIT ?2",
        (day, limit),
    )


def dated(store: Store, day: str, limit: int) -> list[Row]:
    """Return the statements of acts of a day, with ``total``, how many these are."""
    return store.rows(f"{_STATEMENTS} WHERE s.date = ?1 ORDER BY s.id LIMIT ?2", (day, limit))


_STATEMENTS = """SELECT s.id, s.title, s.kind, s.side, s.level, s.place, s.date, s.first_seen_at, a.language, count(*) OVER () AS total
  FROM statements s LEFT JOIN articles a ON a.id = s.lead_article_id"""
