from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover import discover

URL = "https://www.example.gov/wp-json/wp/v2/release?per_page=25&_fields=id,link"
SOURCE = Source("example", "Example", "wordpress", URL, timezone="America/New_York", full_text=True)
POST = {
    "id": 7,
    "date": "2026-07-07T22:15:02",
    "date_gmt": "2026-07-08T02:15:02",
    "link": "https://www.example.gov/releases/2026/07/talks/",
    "title": {"rendered": "Harbour&#8211;Rescue &amp;amp; Talks"},
    "content": {"rendered": "<p>They met.</p>", "protected": False},
    "excerpt": {"rendered": ""},
}


def read(value: Any, url: str = URL, source: Source = SOURCE, **headers: str) -> Discovery:
    body = value if isinstance(value, str) else json.dumps(value)
    names = {name.replace("_", "-"): told for name, told in headers.items()}
    return discover(Page(url, url, 200, {"content-type": "application/json", **names}, body.encode(), "2026-11-21T12:00:00Z"), source)


def refused(value: Any, source: Source = SOURCE) -> str:
    with pytest.raises(DiscoverError) as caught:
        read(value, source=source)
    return caught.value.code


def test_post() -> None:
    (entry,) = read([POST]).entries
    assert (entry.url, entry.title, entry.guid) == ("https://www.example.gov/releases/2026/07/talks/", "Harbour–Rescue & Talks", "7")
    assert (entry.html, entry.summary) == ("<p>They met.</p>", "They met.")
    assert entry.published is not None
    assert (entry.published.at, entry.published.precision, entry.published.day) == ("2026-07-08T02:15:02Z", "second", "2026-07-07")


@pytest.mark.parametrize(
    ("local", "utc", "at"),
    [
        ("2026-07-07T22:15:02", "2026-07-08T02:15:02Z", "2026-07-08T02:15:02Z"),
        ("2026-07-07T22:15:02", "0000-00-00T00:00:00", "2026-07-08T02:15:02Z"),
        ("2026-07-07T22:15:02", None, "2026-07-08T02:15:02Z"),
        (None, "2026-07-08T02:15:02", "2026-07-08T02:15:02Z"),
        ("2020-01-01T00:00:00", "2026-07-08T02:15:02", "2026-07-08T02:15:02Z"),
        ("2026-07-08T02:15:59", "2026-07-08T02:15:02", "2026-07-08T02:15:02Z"),
        ("2026-07-08T02:15+09:00", "2026-07-08T02:15:02", "2026-07-08T02:15:02Z"),
        (None, None, None),
    ],
)
def test_times(local: str | None, utc: str | None, at: str | None) -> None:
    (entry,) = read([{**POST, "date": local, "date_gmt": utc}]).entries
    assert (entry.published.at if entry.published else None) == at


def test_excerpt_is_the_summary_and_a_protected_text_is_none() -> None:
    found = read(
        [{**POST, "excerpt": {"rendered": "<p>Short.</p>"}}, {**POST, "link": "/x", "content": {"rendered": "<form>", "protected": True}}]
    )
    assert [(entry.summary, entry.html) for entry in found.entries] == [("Short.", "<p>They met.</p>"), ("", "")]
    assert "1 posts are behind a password" in found.notes


@pytest.mark.parametrize(
    ("url", "pages", "more"),
    [
        (URL, "3", "https://www.example.gov/wp-json/wp/v2/release?per_page=25&_fields=id,link&page=2"),
        (URL + "&page=2", "3", "https://www.example.gov/wp-json/wp/v2/release?per_page=25&_fields=id,link&page=3"),
        (URL + "&page=3", "3", None),
        (URL, "1", None),
        (URL, "many", None),
        (URL, "9" * 30, None),
        (URL + "&page=x", "2", "https://www.example.gov/wp-json/wp/v2/release?per_page=25&_fields=id,link&page=2"),
    ],
)
def test_next_page(url: str, pages: str, more: str | None) -> None:
    assert read([POST], url, x_wp_totalpages=pages).more == ((more,) if more else ())


def test_no_next_page_is_named_without_the_count_or_without_posts() -> None:
    assert read([POST]).more == ()
    assert read([], x_wp_totalpages="9").more == ()


def test_page_past_the_last_is_an_empty_answer() -> None:
    found = read({"code": "rest_post_invalid_page_number", "message": "x", "data": {"status": 400}})
    assert (found.entries, found.more, found.searched) == ((), (), True)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"code": "rest_forbidden", "message": "Sorry", "data": {"status": 401}}, "blocked"),
        ({"code": "itsec_rest_api_access_restricted", "data": {"status": 403}}, "blocked"),
        ({"code": "rest_no_route", "data": {"status": 404}}, "not_a_feed"),
        ({}, "not_a_feed"),
        ([{"subtype": "x"}], "not_a_feed"),
        ("<html><title>Technical Difficulties</title></html>", "blocked"),
        ("<html><title>Releases</title></html>", "not_a_feed"),
        ("", "not_a_feed"),
        ("[{", "parse"),
        ("[" * 100_000, "parse"),
        ("[" + "[]," * 500_000, "parse"),
    ],
)
def test_what_is_no_array_of_posts(value: Any, code: str) -> None:
    assert refused(value) == code


def test_posts_of_another_site() -> None:
    source = replace(SOURCE, channel="example.gov")
    assert len(read([POST], source=source).entries) == 1
    assert read([], source=source).entries == ()
    assert refused([{**POST, "link": "https://parked.example.com/a"}], source) == "wrong_channel"
