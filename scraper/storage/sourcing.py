"""A source as its page tells it: what it is, how it answered day by day, what it brought and how soon."""

from __future__ import annotations

from datetime import timedelta

from scraper.model.moment import parse_utc, utc
from scraper.model.source import VOUCHING
from scraper.storage.store import Row, Store

DAYS = 30
"""Days of polls that are told, today's with them."""

_RECENT = 200
"""Pages with a time of day by which it is told how soon a source is read."""

_GOOD = ", ".join(f"'{outcome}'" for outcome in sorted(VOUCHING))

_POLLED = f"""WITH every AS (
  SELECT date(started_at) AS day, outcome, count(*) AS n, sum(entries) AS entries, sum(new) AS new FROM polls
    WHERE source_id = ?1 AND started_at >= ?2 GROUP BY 1, 2
  UNION ALL SELECT day, outcome, n, NULL, NULL FROM poll_days WHERE source_id = ?1 AND day >= ?2)
  SELECT day, sum(n) AS polls, sum(CASE WHEN outcome IN ({_GOOD}) THEN n ELSE 0 END) AS good, sum(entries) AS entries, sum(new) AS new,
    group_concat(n || ' ' || outcome, ', ') AS outcomes FROM every GROUP BY day ORDER BY day"""

_DECIDED = """WITH every AS (
  SELECT decision, count(*) AS n FROM entries WHERE source_id = ?1 GROUP BY decision
  UNION ALL SELECT decision, sum(n) FROM entry_days WHERE source_id = ?1 GROUP BY decision)
  SELECT decision, sum(n) AS n FROM every GROUP BY decision ORDER BY n DESC, decision"""

_WHY = """SELECT decision, reason, count(*) AS n, max(first_seen_at) AS last_at FROM entries
  WHERE source_id = ? AND reason <> '' GROUP BY decision, reason ORDER BY n DESC, decision, reason LIMIT ?"""

_LAGS = """SELECT CAST(round((julianday(first_seen_at) - julianday(published_at)) * 1440) AS INTEGER) AS minutes FROM (
  SELECT first_seen_at, published_at FROM articles WHERE source_id = ? AND published_precision IN ('second', 'minute')
    AND published_at <= first_seen_at AND not_seen_before_at IS NOT NULL ORDER BY id DESC LIMIT ?) ORDER BY minutes"""


def source(store: Store, key: str) -> Row | None:
    """Return the row of a source with its state (times in UTC, empty where never) and the ``error`` and ``http_status`` of its last poll; None
    where there is none of this id. ``url`` is the address with its secrets unexpanded."""
    return store.row(
        "SELECT s.*, t.next_poll_at, t.last_poll_at, t.last_good_at, t.last_outcome, t.failing_since, t.failures, t.polls, t.newest_entry, "
        "p.error, p.http_status, p.entries AS last_entries FROM sources s LEFT JOIN source_states t ON t.source_id = s.id "
        "LEFT JOIN polls p ON p.id = (SELECT max(id) FROM polls WHERE source_id = s.id) WHERE s.id = ?",
        (key,),
    )


def days(store: Store, key: str) -> list[Row]:
    """Return the last DAYS days (UTC), oldest first, each with ``day``, ``polls``, ``good`` ones, ``entries`` and ``new`` (None of a day of which
    only sums are kept), and ``outcomes`` in words."""
    today = parse_utc(store.now()[:10])
    listed = [utc(today - timedelta(days=ago))[:10] for ago in reversed(range(DAYS))]
    found = {row["day"]: row for row in store.rows(_POLLED, (key, listed[0]))}
    none = {"polls": 0, "good": 0, "entries": None, "new": None, "outcomes": ""}
    return [found.get(day, {"day": day, **none}) for day in listed]


def decided(store: Store, key: str) -> list[Row]:
    """Return how many entries of a source came to each ``decision`` (``n``), the most frequent first, those folded into sums too."""
    return store.rows(_DECIDED, (key,))


def reasons(store: Store, key: str, limit: int) -> list[Row]:
    """Return why entries were decided as they were: ``decision``, ``reason``, ``n``, ``last_at`` (UTC), the most frequent first."""
    return store.rows(_WHY, (key, limit))


def lags(store: Store, key: str) -> list[int]:
    """Return for the newest pages of a source that say a time of day, and came after its first poll, the minutes from then until they were
    seen, in order."""
    return [row["minutes"] for row in store.rows(_LAGS, (key, _RECENT))]


def articles(store: Store, key: str, limit: int) -> list[Row]:
    """Return the newest articles of a source: ``id``, ``title``, ``language``, ``published_at``, ``first_seen_at``, ``kind``, ``statement_id``,
    ``statement``, ``grade``, and ``total``, how many there are of it."""
    return store.rows(
        "SELECT a.id, a.title, a.language, a.published_at, a.first_seen_at, a.grade, a.statement_id, s.title AS statement, s.date, count(*) OVER () AS total "
        "FROM articles a LEFT JOIN statements s ON s.id = a.statement_id WHERE a.source_id = ? ORDER BY a.first_seen_at DESC, a.id DESC LIMIT ?",
        (key, limit),
    )
