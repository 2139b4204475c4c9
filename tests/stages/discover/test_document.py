"""An XML document before it is parsed: its end, its depth, what it may hold."""

from __future__ import annotations

import pytest

from scraper.errors import DiscoverError
from scraper.model.source import Page, Source
from scraper.stages.discover import discover
from scraper.stages.discover.document import DEEPEST, read_document, refuse_deep

ITEM = "<item><title>A</title><link>/a</link></item>"


def rss(inside: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{inside}</channel></rss>'


def nested(depth: int) -> str:
    return "<a>" * depth + "</a>" * depth


def test_depth() -> None:
    refuse_deep(nested(DEEPEST))
    with pytest.raises(DiscoverError, match=f"deeper than {DEEPEST}") as caught:
        refuse_deep(nested(DEEPEST + 1))
    assert caught.value.code == "parse"


def test_depth_in_broken_markup_counts_as_far_as_it_is_xml() -> None:
    refuse_deep("<a><b></a>" + nested(DEEPEST))
    with pytest.raises(DiscoverError):
        refuse_deep(nested(DEEPEST + 1) + "<")


@pytest.mark.parametrize("depth", [DEEPEST, 20_000])
@pytest.mark.parametrize("place", ["item", "channel"])
def test_a_deep_feed_is_refused_whoever_reads_it(depth: int, place: str) -> None:
    inside = f"<item><link>/a</link>{nested(depth)}</item>" if place == "item" else nested(depth) + ITEM
    source = Source("s", "S", "feed", "https://a.example/feed")
    with pytest.raises(DiscoverError, match="deeper than"):
        discover(Page(source.url, source.url, 200, {}, rss(inside).encode(), "2026-11-21T12:00:00Z"), source)


def test_a_feed_that_is_not_too_deep_is_read() -> None:
    source = Source("s", "S", "feed", "https://a.example/feed")
    body = rss(f"<item><link>/a</link>{nested(200)}</item>").encode()
    assert len(discover(Page(source.url, source.url, 200, {}, body, "2026-11-21T12:00:00Z"), source).entries) == 1


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5, 6, 9])
def test_only_so_many_items_are_kept(most: int) -> None:
    document = read_document(rss(ITEM * 4), most)
    assert document.markup.count("<item>") == min(4, most)
    assert document.well_formed
    assert bool(document.notes) == (most < 4)
