"""A database that an earlier version wrote: its rows stay, and the days it watched are told as they were."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from scraper.model.moment import utc
from scraper.storage import sources, watching
from scraper.storage.migrations import MIGRATIONS, NAMES
from scraper.storage.store import APPLICATION_ID, Store

from .made import Clock, source

DAY = datetime(2140, 3, 2, tzinfo=UTC)
FIRST, SECOND, THIRD = "2140-03-01", "2140-03-02", "2140-03-03"

CATALOGUE = """INSERT INTO sources (id, name, publisher, country, party, language, kind, url, official, enabled, interval, rank, follow, store)
  VALUES (?, ?, ?, '', ?, 'en', 'feed', 'https://example.org/', 1, ?, 15, 0, 'article', 'full')"""
POLL = "INSERT INTO polls (source_id, started_at, finished_at, outcome, entries, new) VALUES (?, ?, ?, ?, 3, 0)"
WRITTEN = """INSERT INTO coverage_days VALUES ('2140-03-01', ?, ?, 96, 96, 1440, 0, 0, NULL, NULL)"""


def at(minutes: float) -> str:
    return utc(DAY + timedelta(minutes=minutes))


def older(path: Path, before: str) -> sqlite3.Connection:
    """A database as the version before a migration made it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    MIGRATIONS.apply(Database(connection), stop_before=before)
    connection.execute("BEGIN")
    return connection


def watched(connection: sqlite3.Connection) -> None:
    """Two governments watched by a source each, from noon of the first day: one of them without an answer on the second evening."""
    for name, party, enabled in (("one", "US", 1), ("two", "KR", 1), ("off", "JP", 0)):
        connection.execute(CATALOGUE, (name, name.title(), name, party, enabled))
        connection.execute("INSERT INTO source_states (source_id) VALUES (?)", (name,))
    for minute in range(-720, 2941, 15):
        for name in ("one", "two"):
            down = name == "two" and 1000 < minute < 1300
            connection.execute(POLL, (name, at(minute), at(minute), "http" if down else "ok"))
    connection.execute("INSERT INTO marks VALUES ('last_tick', ?)", (at(2940),))


@pytest.mark.parametrize("before", NAMES[1:])
def test_every_older_database_becomes_this_one_and_keeps_its_rows(tmp_path: Path, before: str) -> None:
    path = tmp_path / "x.db"
    with closing(older(path, before)) as connection:
        watched(connection)
        connection.execute("COMMIT")
    with Store(path, Clock(DAY + timedelta(days=2, hours=1)), backups=tmp_path / "backups") as store:
        assert [row["name"] for row in store.rows("SELECT name FROM _sqlite_migrations ORDER BY id")] == list(NAMES)
        assert store.rows("SELECT count(*) AS n FROM polls") == [{"n": 490}]
        assert store.rows("PRAGMA foreign_key_check") == []
        made = {row["name"]: row["sql"] for row in store.rows("SELECT name, sql FROM sqlite_master WHERE type = 'view'")}
        assert [row["watch"] for row in watching.coverage(store, SECOND)] == ["blind", "watched"]
        assert watching.coverage(store, SECOND)[0]["blind_from"] == at(990)
    with Store(tmp_path / "new.db", Clock(DAY)) as new:
        assert made == {row["name"]: row["sql"] for row in new.rows("SELECT name, sql FROM sqlite_master WHERE type = 'view'")}
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_days_that_were_written_stay_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(older(path, "0003_vouching")) as connection:
        watched(connection)
        for name, party in (("one", "US"), ("two", "KR"), ("off", "JP")):
            connection.execute(WRITTEN, (name, party))
        connection.execute("COMMIT")
    clock = Clock(DAY + timedelta(days=2, hours=1))
    with Store(path, clock) as store:
        with store.transaction():
            watching.enlist(store, ["US", "KR", "JP"])
            sources.sync(store, [source("one", publisher="one", interval=15.0), source("two", publisher="two", party="KR", interval=15.0)])
        told = {
            (row["day"], row["party"]): (row["sources"], row["watch"])
            for row in store.rows("SELECT * FROM coverage WHERE day <= ?", (THIRD,))
        }
        assert told == {
            (FIRST, "US"): (1, "watched"), (FIRST, "KR"): (1, "watched"), (FIRST, "JP"): (1, "watched"),
            (SECOND, "US"): (1, "watched"), (SECOND, "KR"): (1, "blind"), (SECOND, "JP"): (0, "blind"),
            (THIRD, "US"): (1, "watched"), (THIRD, "KR"): (1, "watched"), (THIRD, "JP"): (0, "blind"),
        }  # fmt: skip
        assert [row["until"] for row in store.rows("SELECT until FROM terms ORDER BY source_id")] == [at(0), None, None]


def test_a_house_that_was_never_polled_can_be_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(older(path, "0003_vouching")) as connection:
        connection.execute(CATALOGUE, ("one", "One", "one", "US", 1))
        connection.execute("COMMIT")
    with Store(path, Clock(DAY)) as store:
        assert len(store.rows("SELECT * FROM terms")) == 1
        assert store.rows("SELECT * FROM watch_days") == []


def put(connection: sqlite3.Connection, table: str, **values: object) -> None:
    """A row of a table, whose other columns are empty."""
    needed = {
        name: "" for _, name, _, notnull, default, _ in connection.execute(f"PRAGMA table_info({table})") if notnull and default is None
    }
    row = needed | values
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


def test_observations_are_kept_and_may_rest_on_no_mention_now(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with closing(older(path, "0010_flags")) as connection:
        put(connection, "initiatives", id="reef")
        put(connection, "events", id=1)
        for number in (3, 1, 2):
            put(connection, "statements", id=number, event_id=1)
            put(connection, "articles", id=number, canonical_url=str(number))
            put(connection, "mentions", id=number, article_id=number)
            connection.execute(
                "INSERT INTO observations VALUES ('reef', ?, 'announced', 'cue', '2140-03-01', 'joint', ?)", (number, number)
            )
        connection.execute("COMMIT")
    with Store(path, Clock(DAY), backups=tmp_path / "backups") as store:
        kept = store.rows("SELECT statement_id, status, cue, date, side, mention_id FROM observations ORDER BY rowid")
        assert [tuple(row.values()) for row in kept] == [(n, "announced", "cue", "2140-03-01", "joint", n) for n in (3, 1, 2)]
        columns = {row["name"]: row["notnull"] for row in store.rows("PRAGMA table_info(observations)")}
        assert (columns["mention_id"], columns["statement_id"]) == (0, 1)
        indexes = {row["name"] for row in store.rows("PRAGMA index_list(observations)")}
        assert {"observations_by_initiative", "observations_by_mention", "observations_by_statement"} <= indexes
        assert store.rows("SELECT * FROM flagged") == []
