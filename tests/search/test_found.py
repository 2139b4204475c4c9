"""What a search returns from a database: copies under their statement, order among equals, and a bound on what is looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.storage import searching
from scraper.storage.migrations import MIGRATIONS
from scraper.storage.store import Store

SAMPLE = Path(__file__).parents[1] / "datasette" / "sample.sql"
MOST = {"initiatives": 5, "statements": 5, "articles": 5}


def clock() -> datetime:
    return datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "trilateral.db"
    Store(path, clock).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(SAMPLE.read_text("utf-8"))
    with Store(path, clock) as opened:
        searching.rebuild(opened)
        yield opened


def test_an_article_of_a_found_statement_stands_under_it(store: Store) -> None:
    found = searching.find(store, "harbour", MOST)
    assert [row["id"] for row in found.statements] == [1]
    assert [row["id"] for row in found.pages.get(1, ())] == []
    assert not found.articles
    assert [row["id"] for row in searching.find(store, "북한", MOST).articles] == [2]


def test_other_pages_of_it_are_listed_without_the_lead(store: Store) -> None:
    store.write("UPDATE articles SET text = text || ' Harbour.' WHERE id IN (2, 4)")
    searching.rebuild(store)
    found = searching.find(store, "harbour", MOST)
    assert {row["id"] for row in found.pages[1]} == {2, 4}
    assert not found.articles


def test_a_statement_is_found_by_the_name_of_its_event(store: Store) -> None:
    store.write("UPDATE events SET name = 'Envoys, Zanzibar' WHERE id = 1")
    searching.index_statement(store, 1)
    assert [row["id"] for row in searching.find(store, "zanzibar", MOST).statements] == [1]
    assert store.rows("SELECT count(*) AS n FROM statements_fts WHERE rowid = 1") == [{"n": 1}]


def test_of_equals_the_newest_comes_first(store: Store) -> None:
    store.write(
        "UPDATE statements SET title = 'Zanzibar', date = CASE id WHEN 1 THEN '2020-01-01' ELSE '2024-01-01' END, lead_article_id = NULL"
    )
    store.write("UPDATE events SET name = 'Same'")
    searching.rebuild(store)
    assert [row["date"] for row in searching.find(store, "zanzibar", MOST).statements] == ["2024-01-01", "2020-01-01"]


def test_a_match_without_a_row_is_left_out(store: Store) -> None:
    store.write("INSERT INTO articles_fts (rowid, title, text) VALUES (100, 'orphan', 'no such row')")
    assert not searching.find(store, "orphan", MOST).articles


def test_a_page_whose_words_are_not_kept_is_found_by_them_still(store: Store) -> None:
    store.write("UPDATE articles SET text = NULL WHERE id = 2")
    (row,) = searching.find(store, "북한", MOST).articles
    assert (row["id"], row["text"]) == (2, None)


def test_a_short_word_is_not_found_across_a_space(store: Store) -> None:
    store.write("UPDATE articles SET text = '남북 통일 본부가 선다' WHERE id = 2")
    searching.rebuild(store)
    assert not searching.find(store, "일본", MOST).articles
    assert searching.find(store, "통일", MOST).articles
    assert searching.find(store, "통일본부", MOST).articles


@pytest.mark.parametrize(("written", "asked"), [
    ("한 · 미 · 일 3국은", "한미일"), ("한 미 일은", "한미일"), ("한 미 정상", "한미"), ("한ㆍ미가", "한미"),
])  # fmt: skip
def test_letters_that_stand_alone_make_a_word(store: Store, written: str, asked: str) -> None:
    store.write("UPDATE articles SET title = '', text = ? WHERE id = 2", (written,))
    searching.rebuild(store)
    assert [row["id"] for row in searching.find(store, asked, MOST).articles] == [2]


def test_an_older_database_is_found_by_dots_and_events_after_opening(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    Store(path, clock).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(SAMPLE.read_text("utf-8"))
        connection.execute("UPDATE events SET name = 'Envoys, Zanzibar' WHERE id = 1")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = '0020_search'")
        connection.execute(
            "INSERT INTO articles_fts (rowid, title, text) VALUES (2, '한 \u119e 미 \u119e 일 회 담', '한 \u119e 미 \u119e 일 장 관')"
        )
        connection.execute("INSERT INTO initiatives_fts (rowid, name, names) VALUES (900, 'x', '한 \u119e 미 \u119e 일 기 구')")
        connection.execute("INSERT INTO statements_fts (rowid, title, text) VALUES (1, 'A title', '한 \u119e 미 본 문')")
    with Store(path, clock) as store:
        assert not MIGRATIONS.pending(store.db)
        assert [row["id"] for row in searching.find(store, "한미일", MOST).articles] == [2]
        assert store.rows("SELECT rowid FROM initiatives_fts WHERE initiatives_fts MATCH '\"한 미 일 기 구\"'") == [{"rowid": 900}]
        assert [row["id"] for row in searching.find(store, "zanzibar title", MOST).statements] == [1]
        assert store.rows("SELECT rowid FROM statements_fts WHERE statements_fts MATCH '\"한 미 본 문\"'") == [{"rowid": 1}]
