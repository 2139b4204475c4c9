"""The search page: a table of questions in three languages, what stands on the page, and questions that are no questions."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from .library import QUERIES, TEXTS, build, title


class Searcher:
    """Datasette over the texts, asked in this process."""

    def __init__(self, folder: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.datasette = Datasette(config_dir=folder)
        self.run(self.datasette.invoke_startup())

    def run(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    def page(self, query: str) -> str:
        """The page for what is typed."""
        answer = self.run(self.datasette.client.get("/search", params={"q": query}))
        assert answer.status_code == 200, answer.text
        text: str = answer.text
        return text

    def found(self, query: str) -> list[str]:
        """The headings of what was found, in order."""
        return [plain(heading) for heading in re.findall(r"<h3>(.*?)</h3>", self.page(query), re.DOTALL)]

    def close(self) -> None:
        self.datasette.executor.shutdown()
        for database in self.datasette.databases.values():
            database.close()
        self.loop.close()


def plain(html: str) -> str:
    """What a reader sees."""
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    made = Searcher(build(tmp_path_factory.mktemp("library")))
    yield made
    made.close()


def test_the_table_is_long_enough_and_speaks_of_texts_that_are_there() -> None:
    assert len(QUERIES) >= 60
    named = {key for row in QUERIES for key in [*row["find"], *row["not"]]}
    assert {key for key in named if not key.startswith("initiative:")} <= set(TEXTS)


@pytest.mark.parametrize("row", QUERIES, ids=[row["q"] for row in QUERIES])
def test_a_question_finds_what_it_should_and_not_what_it_should_not(library: Searcher, row: dict[str, Any]) -> None:
    found = library.found(row["q"])
    assert {title(key) for key in row["find"]} - set(found) == set()
    assert {title(key) for key in row["not"]} & set(found) == set()
    if row.get("only"):
        assert set(found) == {title(key) for key in row["find"]}


HOSTILE = (
    "a" * 10_000, "한" * 3_000, "\0", "a\0b", '"', '""', '"*', "*", "**", '"a', "NEAR(a b, 3)", "a AND", "OR", "NOT a", "a NOT", "title:lithium",
    "{title text}: a", "-lithium", "^lithium", "a + b", "(", ")", 'col : "', "'; DROP TABLE articles; --", "\ud7b0\u1100", "\u202e\u200b", "<b>lithium</b>",
    "%", "_", "\\", "{{ 7 * 7 }}", "·", "ㆍ", "・", ". . .", "A.B.C.D.E.F.G.H.I.J", "US " * 160, '"U.S. U.K. U.N. E.U. A.U."', "\U0001f3f3\ufe0f", "ﷺ" * 500,
)  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_can_be_typed_is_an_error(library: Searcher, query: str) -> None:
    assert "<h1>Search</h1>" in library.page(query)


def test_an_empty_box_says_what_to_do(library: Searcher) -> None:
    assert "Type words in English, Korean or Japanese" in library.page("")
    assert "Type words in English, Korean or Japanese" in library.run(library.datasette.client.get("/search")).text


def test_what_is_not_there_is_said_with_the_words(library: Searcher) -> None:
    assert "Nothing holds all the words of <q>&lt;i&gt;zeppelin</q>" in library.page("<i>zeppelin")


@pytest.mark.parametrize(("query", "marked"), [
    ("exercising sea", {"exercise", "exercising", "sea"}),
    ("한미일 잠수함", {"한ㆍ미ㆍ일", "잠수함"}),
    ("フリーダムエッジ 潜水艦", {"ﾌﾘｰﾀﾞﾑ･ｴｯｼﾞ", "潜水艦"}),
    ("AI 5g 통신망", {"ＡＩ", "５Ｇ", "통신망"}),
    ("us rok nurses", {"U.S", "R.O.K", "nurses"}),
    ("sapcheon", set()),
])  # fmt: skip
def test_found_words_are_marked_as_they_stand(library: Searcher, query: str, marked: set[str]) -> None:
    cards = re.findall(r'<article class="card">(.*?)</article>', library.page(query), re.DOTALL)
    shown = {plain(mark) for card in cards for mark in re.findall(r"<mark>(.*?)</mark>", card, re.DOTALL)}
    assert marked <= shown
    assert bool(marked) == bool(shown)


def test_a_snippet_says_its_language(library: Searcher) -> None:
    page = library.page("잠수함")
    assert re.search(r'<p class="snippet" lang="ko">', page)
    assert re.search(r'<a href="/statement/\d+" lang="ko">', page)


def test_initiatives_come_first_then_statements(library: Searcher) -> None:
    assert re.findall(r'<h2 id="(\w+)">', library.page("사무국")) == ["initiatives", "statements"]


def test_a_title_counts_more_than_a_text(library: Searcher) -> None:
    assert library.found("사무국")[1:] == [title("ko_particle"), title("ko_dots")]


def test_each_kind_leads_on_to_the_same_search_in_its_table(library: Searcher) -> None:
    onward = re.findall(r'href="(/trilateral/\w+\?_search=[^"]+)"', library.page("사무국"))
    assert [address.split("?")[0] for address in onward] == ["/trilateral/initiatives", "/trilateral/statements"]
    for address in onward:
        assert library.run(library.datasette.client.get(address)).status_code == 200


def test_of_many_the_page_shows_some_and_says_that_there_are_more(library: Searcher) -> None:
    page = library.page("한미일")
    assert len(re.findall(r"<h3>", page.split('id="statements"')[1])) == 12
    assert re.search(r"12 statements</a> and more", page)
