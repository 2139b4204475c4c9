"""What a report of one month is made of."""

from __future__ import annotations

from scraper.storage.store import Row, Store


def statements(store: Store, month: str) -> list[Row]:
    """Return the statements of a month ``YYYY-MM`` by date: ``id``, ``event_id``, ``date``, ``title``, ``kind``, ``side``, ``level``, ``place``,
    ``placeholder``, ``lead_article_id``."""
    return store.rows(
        "SELECT id, event_id, date, title, kind, side, level, place, placeholder, lead_article_id FROM statements "
        "WHERE date >= ? AND date < ? ORDER BY date, event_id, side <> 'joint', side, id",
        (month, following(month)),
    )


def initiatives(store: Store, month: str) -> list[Row]:
    """Return the initiatives that statements of the month named for the first time, as flags in force say: ``name``, ``sentence``, ``statement_id``,
    ``date``, ``side``."""
    return store.rows(
        "SELECT i.id, i.name, coalesce(m.sentence, f.sentence, '') AS sentence, s.id AS statement_id, s.date, s.side FROM flags f "
        "JOIN statements s ON s.id = f.statement_id JOIN initiatives i ON i.id = f.initiative_id LEFT JOIN mentions m ON m.id = f.mention_id "
        "WHERE f.kind = 'new_initiative' AND f.superseded_at IS NULL AND s.date >= ? AND s.date < ? ORDER BY s.date, i.name, i.id",
        (month, following(month)),
    )


def rewordings(store: Store, month: str) -> list[int]:
    """Return the flags in force of changed wording in statements of the month, by date."""
    rows = store.rows(
        "SELECT f.id FROM flags f JOIN statements s ON s.id = f.statement_id WHERE f.kind = 'wording' AND f.superseded_at IS NULL "
        "AND s.date >= ? AND s.date < ? ORDER BY s.date, s.id, f.formula",
        (month, following(month)),
    )
    return [row["id"] for row in rows]


def coverage(store: Store, month: str) -> list[Row]:
    """Return for each party how the days of the month were watched: ``party``, ``days``, ``whole`` (watched all day), ``blind_minutes``,
    ``longest_minutes``."""
    return store.rows(
        "SELECT party, count(*) AS days, sum(watch = 'watched') AS whole, sum(blind_minutes) AS blind_minutes, "
        "max(longest_blind_minutes) AS longest_minutes FROM coverage WHERE day >= ? AND day < ? GROUP BY party ORDER BY party",
        (month, following(month)),
    )


def following(month: str) -> str:
    """Return the month after ``YYYY-MM``."""
    year, number = int(month[:4]), int(month[5:7])
    return f"{year + 1:04d}-01" if number == 12 else f"{year:04d}-{number + 1:02d}"
