"""The ordinary stream is what counts: thousands of items a week against two real events a month."""

from __future__ import annotations

import os

import pytest

from scraper.model.article import Article
from scraper.model.moment import Moment
from scraper.stages.relevance import Judge

from .ordinary import NAMED, stream

ITEMS = 10_000
SEED = int(os.environ.get("TRILATERAL_SEED", "0")) or 20261016


def test_of_ten_thousand_ordinary_items_at_most_two_are_relevant(judge: Judge) -> None:
    mistaken = [
        (title, text, found.reasons)
        for number, (language, title, text) in enumerate(stream(ITEMS, SEED))
        if (found := judge.judge(Article(f"https://news.example/{number}", title, text, language, Moment("2026-03-02", "date")))).relevant
    ]
    assert len(mistaken) <= 2, f"seed {SEED}: {len(mistaken)} of {ITEMS}, such as {mistaken[:3]}"


@pytest.mark.parametrize(
    ("language", "three"),
    [("en", ("United States", "South Korea", "Japan")), ("ko", ("미국", "한국", "일본")), ("ja", ("米国", "韓国", "日本"))],
)
def test_the_stream_names_the_three_as_often_as_it_says(language: str, three: tuple[str, ...]) -> None:
    items = [title + text for spoken, title, text in stream(6000, SEED) if spoken == language]
    share = sum(all(name in item for name in three) for item in items) / len(items)
    assert NAMED / 2 < share < NAMED * 3
    assert len(set(items)) > len(items) * 0.99
