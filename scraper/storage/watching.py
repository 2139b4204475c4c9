"""How the watch was kept: coverage of days by government, and the health of each source."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import timedelta

from scraper.model.moment import utc
from scraper.storage.store import Row, Store

WEEK_DAYS = 7
NEWS_HOURS = 24

_FREEZE = """INSERT OR IGNORE INTO coverage_days
  (day, source_id, party, polls, good, minutes, blind_minutes, longest_blind_minutes, blind_from, blind_to)
  SELECT day, source_id, party, polls, good, minutes, blind_minutes, longest_blind_minutes, blind_from, blind_to
  FROM coverage_by_source WHERE day < ?"""
_OPEN = "SELECT min(day) AS day FROM coverage_by_source WHERE tail <> 'settled'"
_LOOKBACK = "SELECT date(?, '-' || (CAST(coalesce(max(3 * interval), 0) / 1440 AS INTEGER) + 2) || ' days') AS day FROM sources"
_START = """SELECT min(at) AS at FROM (SELECT min(day) || 'T00:00:00Z' AS at FROM coverage_days UNION ALL SELECT min(since) FROM terms
  UNION ALL SELECT min(started_at) FROM polls UNION ALL SELECT :now)"""


def enlist(store: Store, parties: Collection[str]) -> None:
    """Write which parties are watched from now on; part of the transaction in hand. One that no source watches is then blind.

    Those of the first list count from where the watch began.
    """
    now = store.now()
    first = store.row("SELECT 1 FROM parties") is None
    since = (store.row(_START, {"now": now}) or {"at": now})["at"] if first else now
    listed = json.dumps(sorted(parties))
    store.write("UPDATE parties SET until = ? WHERE until IS NULL AND id NOT IN (SELECT value FROM json_each(?))", (now, listed))
    store.write(
        "INSERT OR REPLACE INTO parties (id, since) SELECT value, ? FROM json_each(?) "
        "WHERE value NOT IN (SELECT id FROM parties WHERE until IS NULL)",
        (since, listed),
    )


def muster(store: Store) -> None:
    """Write which sources their governments are watched by from now on (the view ``posts``); part of the transaction in hand.

    What a source was before stays, so that a day's coverage does not change with the catalogue of a later one.
    """
    now = store.now()
    store.write(
        "UPDATE terms SET until = ? WHERE until IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM posts p WHERE p.id = terms.source_id AND p.party = terms.party)",
        (now,),
    )
    store.write("DELETE FROM terms WHERE until <= since")
    store.write(
        "INSERT OR REPLACE INTO terms (source_id, party, since) SELECT p.id, p.party, ? FROM posts p "
        "WHERE NOT EXISTS (SELECT 1 FROM terms t WHERE t.source_id = p.id AND t.until IS NULL)",
        (now,),
    )


def freeze(store: Store) -> str:
    """Write the coverage of every day that is over and that no later poll can change, so that it stays when its polls go; part of
    the transaction in hand. Return the day ``YYYY-MM-DD`` from which polls are needed for the days that are not written.

    Days that a clock running ahead had written are taken back.
    """
    today = store.now()[:10]
    store.write("DELETE FROM coverage_days WHERE day >= ?", (today,))
    unsettled = store.row(_OPEN)
    first = min(today, (unsettled or {"day": None})["day"] or today)
    store.write(_FREEZE, (first,))
    needed = store.row(_LOOKBACK, (first,))
    return str(needed["day"]) if needed else first


def coverage(store: Store, day: str) -> list[Row]:
    """Return who was watched and who was blind on a UTC day ``YYYY-MM-DD``, one row a party (see the view ``coverage``)."""
    return store.rows("SELECT * FROM coverage WHERE day = ? ORDER BY party", (day,))


def verdict(store: Store, day: str) -> str:
    """Return the verdict of the view ``watch_days`` on a UTC day, ``not watched`` where it has none, ``not yet`` for one to come.

    ``confirmed quiet``: no news, and every government was watched; ``watch complete``: watched, with news; ``watch incomplete``;
    ``quiet so far`` while a poll to come must still confirm it, as always today.
    """
    if day > store.now()[:10]:
        return "not yet"
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
