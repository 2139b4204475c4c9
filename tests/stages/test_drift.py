"""How what a source sends differs from its record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.model.catalogue import Expected
from scraper.model.moment import Moment
from scraper.model.source import Entry, Selectors, Source
from scraper.stages import drift

LISTING = Source(
    "board",
    "Board",
    "listing",
    "https://a.example/",
    selectors=Selectors(item="li.row", date="time", title="h2", body=".text", summary="p"),
)
FEED = Source("feed", "Feed", "feed", "https://a.example/feed")


def entries(count: int, *, title: str = "T", at: str = "2026-11-20T09:00:00Z", precision: str = "second", **more: str) -> tuple[Entry, ...]:
    published = Moment(at, precision, at) if at else None
    return tuple(Entry("board", f"https://a.example/{n}", title, published=published, **more) for n in range(count))


def sentences(source: Source, found: tuple[Entry, ...], expected: Expected, *notes: str) -> list[tuple[str, str, str]]:
    return [(one.part, one.selector, one.sentence) for one in drift.compare(source, found, notes, expected)]


def test_a_record_names_what_is_needed_and_there() -> None:
    assert drift.record(FEED, entries(3), 25) == Expected(25, ("title", "published"), "second")
    assert drift.record(FEED, entries(3, at=""), 0) == Expected(0, ("title",), "")
    assert drift.record(FEED, entries(2, title=""), 0) == Expected(0, ("published",), "second")
    never = replace(FEED, follow="never")
    assert drift.record(never, entries(2, summary="s")).fields == ("title", "published", "summary")
    assert drift.record(never, entries(2)).fields == ("title", "published"), "a field that is not there is not expected"
    assert drift.record(replace(FEED, full_text=True), entries(2, html="<p>")).fields == ("title", "published", "html")
    assert drift.record(LISTING, entries(2, summary="s")).fields == ("title", "published", "summary")
    half = (*entries(1), *entries(1, at="2026-11-20", precision="date"), *entries(2, at=""))
    assert drift.record(FEED, half) == Expected(0, ("title", "published"), "second")
    assert drift.record(FEED, half[1:]).fields == ("title",)
    assert drift.record(FEED, ()) == Expected()


def test_what_is_as_it_was_has_no_drift() -> None:
    expected = drift.record(LISTING, entries(3, summary="s"), 10)
    for count in (5, 10, 400):
        assert sentences(LISTING, entries(count, summary="s"), expected) == []


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ((), [("entries", "item = 'li.row'", "there is no entry")]),
        (entries(4, summary="s"), [("entries", "item = 'li.row'", "there are 4 entries, 10 are usual")]),
        (entries(9, summary="s", title=""), [("title", "title = 'h2'", "none of 9 entries has a title")]),
        (entries(9, summary="s", at=""), [("published", "date = 'time'", "none of 9 entries has a date")]),
        (entries(9), [("summary", "summary = 'p'", "none of 9 entries has a summary")]),
        (
            entries(9, summary="s", at="2026-11-20", precision="date"),
            [("precision", "date = 'time'", "dates are known to the date, not to the second")],
        ),
        ((*entries(4, summary="s"), *entries(5)), [("summary", "summary = 'p'", "4 of 9 entries have a summary")]),
        ((*entries(1, summary="s"), *entries(8)), [("summary", "summary = 'p'", "1 of 9 entries has a summary")]),
    ],
)
def test_the_selector_that_rots_is_named(found: tuple[Entry, ...], told: list[tuple[str, str, str]]) -> None:
    assert sentences(LISTING, found, Expected(10, ("title", "published", "summary"), "second")) == told


def test_a_feed_has_no_selectors_to_rot() -> None:
    expected = Expected(25, ("title", "published", "html"), "second")
    told = sentences(FEED, entries(25, at=""), expected, "more than 25 items", "date not understood: 'yesterday' (25 times)")
    assert told == [
        ("published", "", "none of 25 entries has a date; date not understood: 'yesterday' (25 times)"),
        ("html", "", "none of 25 entries has a full text"),
    ]


def test_finer_dates_and_dates_that_never_were_are_no_drift() -> None:
    assert sentences(FEED, entries(2), Expected(0, ("title", "published"), "date")) == []
    assert sentences(FEED, entries(2, at=""), Expected(0, ("title",), "")) == []


def test_the_article_s_own_selector() -> None:
    assert drift.body(LISTING, "selector") == ()
    assert drift.body(LISTING, "selector (euc-kr, 2 characters replaced)") == ()
    assert drift.body(FEED, "blocks") == (), "it has none"
    (told,) = drift.body(LISTING, "blocks")
    assert (told.part, told.selector) == ("body", "body = '.text'")
    assert told.sentence == "the article's text was found by blocks, not by the selector"
