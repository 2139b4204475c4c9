"""Search in Datasette over a real database finds Korean, Japanese and English words alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.text import spaced

Call = Callable[..., Any]


@pytest.fixture(scope="module")
def call(site: Any) -> Call:
    """Call an SQL function as Datasette's own connections have it."""

    def run(name: str, *values: object) -> Any:
        marks = ", ".join("?" * len(values))
        result = site.run(site.datasette.get_database("trilateral").execute(f"select {name}({marks})", values))
        return result.single_value()

    return run


@pytest.mark.parametrize(("word", "ids"), [
    ("북한", {2}),
    ("한미일", {2}),
    ("한·미·일", {2}),
    ("日米韓", {3, 5}),
    ("声明", {3, 5}),
    ("共同声明 外相", {3}),
    ("北朝鮮", {3}),
    ("partnership", {1, 4}),
    ("Launched", {1, 4}),
    ('"North Korea"', {4}),
    ('"Korea North"', set()),
    ("minister* busan", {1, 4}),
    ("북한 missiles", set()),
    ("미일한", set()),
])  # fmt: skip
def test_the_search_box_finds(site: Any, word: str, ids: set[int]) -> None:
    assert {row["id"] for row in site.rows("articles", _search=word)} == ids


@pytest.mark.parametrize("column", ["title", "text"])
def test_one_column_can_be_searched(site: Any, column: str) -> None:
    found = {row["id"] for row in site.rows("articles", **{f"_search_{column}": "非核化"})}
    assert found == ({3} if column == "text" else set())


@pytest.mark.parametrize(("table", "word", "keys"), [
    ("statements", "声明", {2}),
    ("statements", "statement", {1}),
    ("initiatives", "사무국", {"trilateral-secretariat"}),
    ("initiatives", "日米韓", {"trilateral-secretariat"}),
    ("initiatives", "harbour", {"trilateral-harbour-partnership"}),
])  # fmt: skip
def test_statements_and_initiatives_are_searchable(site: Any, table: str, word: str, keys: set[object]) -> None:
    assert {row["id"] for row in site.rows(table, _search=word)} == keys


@pytest.mark.parametrize(
    "query", ["", '"', '""', "*", "· ・", "NOT", "a AND", "col:x", "(", "ok*x", "\0", "^", "-한", "a" * 5000, '"한 "미']
)
def test_no_query_is_an_error(site: Any, query: str) -> None:
    assert isinstance(site.rows("search_everything", q=query), list)


@given(st.text(max_size=80))
def test_any_text_makes_a_valid_query(call: Call, query: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(a)")
        storable = query.encode("utf-8", "replace").decode("utf-8")
        db.execute("SELECT * FROM t WHERE t MATCH ?", (call("escape_fts", storable),)).fetchall()


@given(st.text(alphabet="북한미일日米韓声明ab ", min_size=1, max_size=20).filter(str.strip))
def test_a_text_is_found_by_itself(call: Call, text: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(a)")
        db.execute("INSERT INTO t VALUES (?)", (spaced(text),))
        query = " ".join(text.split())
        assert db.execute("SELECT count(*) FROM t WHERE t MATCH ?", (call("escape_fts", query),)).fetchone() == (1,)


@pytest.mark.parametrize(("text", "query", "found"), [
    ("한·미·일 장관은 부산에서 북한의 비핵화를 논의하였다.", "북한", "북한의"),
    ("한·미·일 장관은 부산에서 만났다.", "한미일", "한·미·일"),
    ("x " * 300 + "the three launched a network " + "y " * 300, "launching", "launched"),
    ("x " * 300 + "三か国の外相 は、北朝鮮", "外相は", "外相 は"),
])  # fmt: skip
def test_an_excerpt_shows_the_place(call: Call, text: str, query: str, found: str) -> None:
    shown = call("excerpt", text, query)
    assert found in shown
    assert len(shown) < 230


def test_an_excerpt_without_the_word_is_the_beginning(call: Call) -> None:
    assert call("excerpt", "one  two\nthree " * 50, "nothing").startswith("one two three one")
    assert call("excerpt", "short", "nothing") == "short"
    assert call("excerpt", None, None) == ""


def test_an_excerpt_of_hostile_text_is_quick(call: Call) -> None:
    assert call("excerpt", "한 " * 200_000, "한 " * 200 + "끝").startswith("한")


@pytest.mark.parametrize(("row", "address"), [
    ("statement/3", "/statement/3"), ("initiative/한 미", "/initiative/%ED%95%9C%20%EB%AF%B8"), ("compare/3/4", "/compare/3/4"),
    ("article/1/../2", "/article/1%2F..%2F2"), ("statements/3", "/trilateral/statements/3"), ("initiatives/a-b", "/trilateral/initiatives/a-b"),
])  # fmt: skip
def test_the_column_row_leads_to_a_page_of_ours_or_to_a_row(site: Any, row: str, address: str) -> None:
    page = site.get("trilateral", sql=f"select '{row}' as row, 1 as one").text
    assert f'<a href="{address}">{row}</a>' in page


@pytest.mark.parametrize(
    ("given", "held"), [("http://Example.org/a?utm_source=x#y", "https://example.org/a"), ("", ""), (None, ""), ("\0", "\0")]
)
def test_an_address_is_brought_into_the_form_of_the_tables(call: Call, given: str | None, held: str) -> None:
    assert call("canonical", given) == held


@pytest.mark.parametrize(("snippet", "closed"), [
    ("北 朝 鮮 の missiles", "北朝鮮の missiles"),
    ("한 미 일", "한미일"),
    ("a b", "a b"),
    ("", ""),
    (None, ""),
])  # fmt: skip
def test_snippets_are_closed_up(call: Call, snippet: str | None, closed: str) -> None:
    assert call("unspaced", snippet) == closed
