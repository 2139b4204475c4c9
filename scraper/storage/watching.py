"""How the watch was kept: coverage of days by government, and the health of each source."""

from __future__ import annotations

from datetime import timedelta

from scraper.model.moment import utc
from scraper.storage.store import Row, Store

WEEK_DAYS = 7
NEWS_HOURS = 24

_FREEZE = """INSERT OR IGNORE INTO coverage_days
  (day, source_id, party, polls, good, minutes, blind_minutes, longest_blind_minutes, blind_from, blind_to)
  SELECT day, source_id, party, polls, good, minutes, blind_minutes, longest_blind_minutes, blind_from, blind_to
  FROM coverage_by_source WHERE day < ?"""


def freeze(store: Store) -> None:
    """Write the coverage of every day that is over, so that it stays when its polls go; part of the transaction in hand."""
    store.write(_FREEZE, (store.now()[:10],))


def coverage(store: Store, day: str) -> list[Row]:
    """Return who was watched and who was blind on a UTC day ``YYYY-MM-DD``, one row a party (see the view ``coverage``)."""
    return store.rows("SELECT * FROM coverage WHERE day = ? ORDER BY party", (day,))


def verdict(store: Store, day: str) -> str:
    """Return ``confirmed quiet``, ``watch complete`` (there was news), ``watch incomplete``, or ``not watched`` for a UTC day."""
    row = store.row("SELECT verdict FROM watch_days WHERE day = ?", (day,))
    return str(row["verdict"]) if row else "not watched"


def news(store: Store) -> int:
    """Return how many statements were first seen in the last NEWS_HOURS hours."""
    since = utc(store.clock() - timedelta(hours=NEWS_HOURS))
    row = store.row("SELECT count(*) AS n FROM statements WHERE first_seen_at >= ?", (since,))
    return int(row["n"]) if row else 0


def health(store: Store) -> list[Row]:
    """Return every enabled source, official ones first, the failing ones in front: the columns of the view ``source_health``
    (``error`` is the last poll's) and ``polls``, how many polls of the last WEEK_DAYS days ended in each outcome."""
    since = utc(store.clock() - timedelta(days=WEEK_DAYS))
    counts = store.rows(
        "SELECT source_id, outcome, count(*) AS n FROM polls WHERE started_at >= ? GROUP BY source_id, outcome ORDER BY n DESC, outcome",
        (since,),
    )
    rows = store.rows("SELECT * FROM source_health")
    for row in rows:
        row["polls"] = {count["outcome"]: count["n"] for count in counts if count["source_id"] == row["source_id"]}
    return rows
