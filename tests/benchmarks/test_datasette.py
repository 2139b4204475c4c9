"""The benchmark of Datasette: its rows are what the product writes, the same from every seed, and the last line is JSON."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from benchmarks.datasette import acts, making, texts, words
from scraper import app
from scraper.config import defaults_folder
from scraper.jobs.home import make
from scraper.jobs.rooms import Home
from scraper.storage import searching
from scraper.storage.store import Store

ROOT = Path(__file__).resolve().parents[2]
SCALE = 0.002
DAY = date(2026, 3, 1)


def made(folder: Path, seed: int) -> Home:
    """A home with a small database."""
    make(folder, defaults_folder())
    place = app.home(str(folder), None, None, {})
    making.database(place, acts.Size(SCALE), seed, DAY)
    return place


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    place = made(tmp_path_factory.mktemp("made"), 1)
    with closing(sqlite3.connect(place.database)) as opened:
        yield opened


def told(connection: sqlite3.Connection) -> str:
    """A digest of everything that the seed decides."""
    whole = hashlib.sha256()
    for table in ("articles", "entries", "mentions", "flags", "observations", "articles_fts", "polls", "initiatives", "reviews"):
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):
            whole.update(repr(row).encode())
    return whole.hexdigest()


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_texts_name_what_they_say_they_name(code: str) -> None:
    for number in range(30):
        text = texts.introduced(
            words.tongue(code), number, texts.written(words.drawn(number), code, [("a", "A Dialogue"), ("b", "협의체·1")])
        )
        assert sorted(place.name for place in text.places) == ["A Dialogue", "협의체·1"]
        assert all(text.text[place.start : place.end] == place.name in place.sentence in text.text for place in text.places)
        assert words.rare(code, number) in text.text


def test_rare_words_are_rare() -> None:
    for code in words.LANGUAGES:
        assert len({words.rare(code, number) for number in range(500)}) > 480
        assert len({words.rare(code, number) for number in range(500)} & set(words.vocabulary(code))) < 25


def test_words_are_the_same_in_every_process() -> None:
    command = [sys.executable, "-c", "from benchmarks.datasette.words import tongue; print(tongue('ko').sentences[5])"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "7"})
    assert said.stdout.strip() == words.tongue("ko").sentences[5]


def test_a_seed_makes_one_database(tmp_path: Path, connection: sqlite3.Connection) -> None:
    with (
        closing(sqlite3.connect(made(tmp_path / "again", 1).database)) as again,
        closing(sqlite3.connect(made(tmp_path / "other", 2).database)) as other,
    ):
        assert told(connection) == told(again) != told(other)


def test_there_are_as_many_rows_as_asked_for(connection: sqlite3.Connection) -> None:
    def many(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    assert many("SELECT count(*) FROM entries") == 2000
    assert many("SELECT count(*) FROM articles") == many("SELECT count(article_id) FROM entries") == 200
    assert many("SELECT count(*) FROM statements") == 40
    assert many("SELECT count(*) FROM events") == 24
    assert many("SELECT count(DISTINCT language) FROM articles") == 3
    for table in ("observations", "flags", "formulae", "polls", "poll_days", "coverage_days", "deliveries", "reviews", "postings"):
        assert many(f"SELECT count(*) FROM {table}") > 0, table


def test_rows_hold_together(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    wrong = 'SELECT count(*) FROM mentions m JOIN articles a ON a.id = m.article_id WHERE substr(a.text, m."start" + 1, m."end" - m."start") <> m.name'
    assert connection.execute(wrong).fetchone() == (0,)
    cut = "SELECT count(*) FROM articles WHERE substr(text, statement_start + 1, statement_end - statement_start) <> statement_text"
    assert connection.execute(cut).fetchone() == (0,)
    first = connection.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH '\"일 본\"' LIMIT 1").fetchone()
    assert "일본" in connection.execute("SELECT title || text FROM articles WHERE id = ?", first).fetchone()[0]


def test_lags_of_statements_are_what_side_lags_says_of_them(connection: sqlite3.Connection) -> None:
    columns = "party, place, not_before, not_after, first_party, lag_low_minutes, lag_high_minutes, missing_since, looked_at, pages"
    one = connection.execute(f"SELECT statement_id, {columns} FROM lags").fetchall()
    other = connection.execute(f"SELECT number, {columns} FROM side_lags WHERE scope = 'statement'").fetchall()
    assert sorted(map(repr, one)) == sorted(map(repr, other))
    assert len({row[0] for row in one}) > 20


def test_search_text_is_what_the_store_writes(tmp_path: Path) -> None:
    with Store(made(tmp_path, 3).database, app.now) as store:
        tables = [f"SELECT rowid, * FROM {kind}_fts ORDER BY rowid" for kind in ("articles", "statements", "initiatives")]
        before = [store.rows(sql) for sql in tables]
        searching.rebuild(store)
        assert [store.rows(sql) for sql in tables] == before


def test_every_page_answers_while_it_is_written_to(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "benchmarks.datasette",
        "--scale",
        str(SCALE),
        "--keep",
        str(tmp_path / "kept"),
        "--each",
        "3",
        "--reads",
        "40",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["locked"], figures["reads"], figures["statuses"], figures["over_limit"]) == (0, 40, {"200": 40}, [])
    assert all(figures[key] > 0 for key in ("home_ms", "statement_ms", "initiative_ms", "search_ms", "memory_mb"))
    assert all(set(one["statuses"]) == {"200"} for side in ("ours", "datasette") for one in figures[side].values())
    assert {path: one["status"] for path, one in figures["others"].items() if one["status"] != 200} == {}
    assert figures["writer"]["transactions"] > 0
    assert "made in" in done.stdout
