"""Searches over what others publish: GDELT and Google News."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover import discover
from scraper.stages.discover.gdelt import mended

URL = "https://api.example.org/doc?query=x"
GDELT = Source("g", "G", "gdelt", URL)
GOOGLE = Source("n", "N", "google-news", "https://news.google.com/rss/search?q=x", language="ko", follow="article")
ARTICLE = {"url": "https://a.example/1", "url_mobile": "", "title": "U . S ., Japan , South Korea meet", "seendate": "20261121T013000Z", "domain": "a.example", "language": "English"}  # fmt: skip


def read(value: Any, source: Source = GDELT, content_type: str = "application/json") -> Discovery:
    body = value if isinstance(value, str) else json.dumps(value)
    return discover(Page(source.url, source.url, 200, {"content-type": content_type}, body.encode(), "2026-11-21T12:00:00Z"), source)


def refused(value: Any, source: Source = GDELT) -> str:
    with pytest.raises(DiscoverError) as caught:
        read(value, source)
    return caught.value.code


def test_article_list() -> None:
    found = read({"articles": [ARTICLE, "no article", {"title": "no address"}]})
    (entry,) = found.entries
    assert (entry.url, entry.title, entry.language) == ("https://a.example/1", "U.S., Japan, South Korea meet", "en")
    assert (entry.publisher, entry.publisher_url) == ("a.example", "a.example")
    assert entry.published is not None
    assert (entry.published.at, entry.published.precision) == ("2026-11-21T01:30:00Z", "inferred")
    assert "1 items without address and guid were left out" in found.notes


@pytest.mark.parametrize("value", ["{}", " {} \n", {"articles": []}])
def test_nothing_found_is_an_answer(value: Any) -> None:
    found = read(value)
    assert (found.entries, found.searched) == ((), True)


@pytest.mark.parametrize("control", ["\x01", "\x1f", "\t", "\x0b", "\n"])
def test_control_characters_inside_a_string(control: str) -> None:
    found = read(json.dumps({"articles": [ARTICLE]}).replace("South Korea", f"South{control} Korea"))
    assert found.entries[0].title == "U.S., Japan, South Korea meet"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("Please limit requests to one every 5 seconds or contact us for larger queries.", "blocked"),
        ("Too many requests", "blocked"),
        ("Your query was too short or too long.", "parse"),
        ("The specified phrase is too short.", "parse"),
        ("Invalid/Unsupported Country.", "parse"),
        ("<html><title>502</title></html>", "not_a_feed"),
        ("<html><title>Just a moment...</title></html>", "blocked"),
        ("<?xml version='1.0'?><rss/>", "not_a_feed"),
        ("", "not_a_feed"),
        ("[]", "not_a_feed"),
        ({"articles": {}}, "not_a_feed"),
        ('{"articles": [', "parse"),
    ],
)
def test_what_is_no_list_of_articles(value: Any, code: str) -> None:
    assert refused(value) == code


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ('( LEAD ) S . Korea , U . S ., Japan hail " Harbour Light " drill', '(LEAD) S. Korea, U.S., Japan hail "Harbour Light" drill'),
        ("Tariff of 10 . 5 % on $ 5 billion at 10 : 30", "Tariff of 10.5% on $5 billion at 10:30"),
        ("Some 1 , 200 troops on Nov . 10 , 20 ships", "Some 1,200 troops on Nov. 10, 20 ships"),
        ("Envoy ' s visit : what is next ?", "Envoy's visit: what is next?"),
        ("It was 2026 . 3 nations met", "It was 2026. 3 nations met"),
        ("South Korea - U . S . - Japan talks", "South Korea - U.S. - Japan talks"),
        ("한 · 미 · 일 외교장관 회의", "한·미·일 외교장관 회의"),
        ("U.S., Japan and South Korea meet", "U.S., Japan and South Korea meet"),
        ("A &amp; B", "A & B"),
        ("", ""),
    ],
)  # fmt: skip
def test_titles_are_mended(title: str, whole: str) -> None:
    assert mended(title) == whole
    assert mended(whole) == whole


def rss(item: str) -> str:
    return f"<rss version='2.0'><channel><title>x - Google News</title>{item}</channel></rss>"


@pytest.mark.parametrize(
    ("title", "origin", "found"),
    [
        (
            "Talks held - Harbour Post",
            "<source url='https://p.example'>Harbour Post</source>",
            ("Talks held", "Harbour Post", "https://p.example"),
        ),
        ("A - B - Harbour Post", "<source url='https://p.example'>Harbour Post</source>", ("A - B", "Harbour Post", "https://p.example")),
        ("Talks held", "<source url='https://p.example'>Harbour Post</source>", ("Talks held", "Harbour Post", "https://p.example")),
        ("Talks held - 연합뉴스", "", ("Talks held", "연합뉴스", "")),
        ("Talks held", "", ("Talks held", "", "")),
        ("Talks - " + "long " * 40, "", ("Talks - " + ("long " * 40).strip(), "", "")),
    ],
)
def test_google_news(title: str, origin: str, found: tuple[str, str, str]) -> None:
    item = f"<item><title>{title}</title><link>https://news.google.com/rss/articles/CBMi?oc=5</link><guid>CBMi</guid><description>x</description>{origin}</item>"
    (entry,) = read(rss(item), GOOGLE).entries
    assert (entry.title, entry.publisher, entry.publisher_url) == found
    assert (entry.url, entry.guid, entry.summary) == ("https://news.google.com/rss/articles/CBMi?oc=5", "CBMi", "")


def test_google_news_is_never_followed() -> None:
    assert GOOGLE.follow == "never"
    assert GDELT.follow == "article"
    assert read(rss(""), GOOGLE).searched
    assert refused("<html><title>Before you continue</title></html>", GOOGLE) == "not_a_feed"
