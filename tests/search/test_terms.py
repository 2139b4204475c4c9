"""How what is typed is read: words, phrases, beginnings, abbreviations."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.storage.terms import LONGEST_QUERY, MOST_TERMS, NOTHING, fts, shut, terms
from scraper.text import spaced


@pytest.mark.parametrize(("query", "expression"), [
    ("한·미·일", '"한 미 일"'),
    ("한ㆍ미ㆍ일", '"한 미 일"'),
    ("lithium gallium", '"lithium" AND "gallium"'),
    ("the lithium", '"lithium"'),
    ("the", '"the"'),
    ('"the lithium"', '"the lithium"'),
    ("“the lithium”", '"the lithium"'),
    ("「共同 声明」", '"共 同 声 明"'),
    ("minister*", '"minister"*'),
    ("ＡＢＣＤＥ＊", '"ABCDE"*'),
    ("ok*x", '"ok*x"'),
    ("US", '("US" OR "U S")'),
    ("u.s.", '("us" OR "u s")'),
    ("U.S.-ROK", '("US-ROK" OR "US-R O K" OR "U S-ROK" OR "U S-R O K")'),
    ("lithium lithium", '"lithium"'),
    ("", NOTHING),
    (None, NOTHING),
    ('· * "" -', NOTHING),
])  # fmt: skip
def test_a_query_of_fts5(query: str | None, expression: str) -> None:
    assert fts(query) == expression


def test_only_so_much_is_read() -> None:
    assert len(terms(" ".join(f"w{n}" for n in range(300)))) == MOST_TERMS
    assert len(terms("a" * 10_000)[0].words) == LONGEST_QUERY


@given(st.text(max_size=120))
def test_any_text_is_a_valid_query(query: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(a, b)")
        storable = query.encode("utf-8", "replace").decode("utf-8")
        db.execute("SELECT * FROM t WHERE t MATCH ?", (fts(storable),)).fetchall()


@given(st.text(alphabet='US.ROK-한미·ㆍ日・ aé*"', min_size=1, max_size=30))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute('CREATE VIRTUAL TABLE t USING fts5(a, tokenize = "porter unicode61 remove_diacritics 2")')
        db.execute("INSERT INTO t VALUES (?)", (spaced(text),))
        if terms(text):
            assert db.execute("SELECT count(*) FROM t WHERE t MATCH ?", (fts(text),)).fetchone() == (1,)


@pytest.mark.parametrize(("letters", "text", "holds"), [
    ("일본", "일본은", True), ("일본", "통일 본부", False), ("일본", "3일 본부", False), ("일본", "통일·본부", True), ("한미일", "한 · 미 · 일", True),
    ("한미일", "한 미 일의", True), ("한미일", "한미 일정", False), ("한미", "한 미 양국", True), ("한미", "한 미국", False),
])  # fmt: skip
def test_a_short_word_is_whole(letters: str, text: str, holds: bool) -> None:
    assert bool(shut(letters).search(text)) is holds
