"""Whatever bytes come: entries or a DiscoverError, in bounded time."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.errors import DiscoverError
from scraper.model.source import KINDS, Page, Selectors, Source
from scraper.stages.discover import DISCOVERERS, discover, is_challenge
from scraper.stages.discover.paths import reach, text_at

SOURCES = [
    Source("f", "F", "feed", "https://a.example/feed", timezone="Asia/Seoul", full_text=True, max_entries=20),
    Source("l", "L", "listing", "https://a.example/list", timezone="Asia/Tokyo", max_entries=20),
    Source(
        "m",
        "M",
        "listing",
        "https://a.example/list",
        selectors=Selectors(item="li, item", link="a", date="i", link_pattern="f\\((.*)\\)", link_template="/{0}"),
    ),
    Source("s", "S", "sitemap", "https://a.example/sitemap.xml", max_entries=20),
    Source("w", "W", "wordpress", "https://a.example/wp-json/wp/v2/posts?page=2", max_entries=20),
    Source(
        "j", "J", "json", "https://a.example/list.json", max_entries=20,
        selectors=Selectors(item="items[]|data[]|[]", link="url|link", title="title.rendered|title", date="date", id="id", html="a.b[0].c"),
    ),
    Source(
        "x", "X", "xml", "https://a.example/list", max_entries=20,
        selectors=Selectors(item="channel.item[]|entry[]|url[]", link="link|loc|link.@href", title="title", date="pubDate", html="content"),
    ),
    Source("g", "G", "gdelt", "https://a.example/doc", max_entries=20),
    Source("n", "N", "google-news", "https://a.example/rss", max_entries=20),
]  # fmt: skip
CODES = {"not_a_feed", "wrong_channel", "blocked", "parse"}
PIECES = st.sampled_from(
    [
        '<?xml version="1.0"?>', '<?xml version="1.0" encoding="euc-kr"?>', "<rss>", '<rss version="2.0">', "<channel>", "<item>", "</item>", "<title>", "</title>",
        "<link>", "</link>", "<link href='a'/>", "<guid>", "</guid>", "<pubDate>", "</pubDate>", "11월 2일", "Sun,27 Sep 2026", "2026.10.16", "</channel>", "</rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>", "</feed>", "<id>", "</id>", "<content type='xhtml'>", "<content mode='base64'>", "</content>",
        "<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>", "<![CDATA[", "]]>", "<!DOCTYPE x [", "<!ENTITY a 'b'>", "]>",
        "<!--", "-->", "&amp;", "&#x202e;", "&#99999999999;", "&nbsp;", "&b;", "<a href='http://[x'>", "<a onclick='f(1)'>", "</a>", "<li>", "</li>", "<ttl>", "</ttl>",
        "<base href='//'>", "{", '{"version":"https://jsonfeed.org/version/1","items":[{"url":1}]}', "\x00", "\ud7ff", "<media:title>", "<author>", "a@b (c)", "<i>", "<time datetime='x'>",
        "<textInput>", "<image>", "<source url='x'>", "<dc:date>", "</dc:date>", "<svg>", "<itunes:x a='b'>", "<category domain='x'>", "<xhtml:div>", "</svg>", "<enclosure/>",
        "<geo:lat>", "<gml:pos>", "1 x", "<georss:point>", "</georss:point>", "<media:content url=''/>", "<cloud/>", "<psc:chapter start='x'/>", "<dcterms:valid>", "start=x;",
    ]
)  # fmt: skip


ELEMENTS = [
    "<url>", "</url>", "<loc>", "</loc>", "https://a.example/1", "<lastmod>", "</lastmod>", "2026-11-20", "<news:news>", "</news:news>", "<news:title>",
    "</news:title>", "<news:publication_date>", "</news:publication_date>", "<sitemap>", "</sitemap>", "&nbsp;", "&", "<![CDATA[", "]]>", "<a b='c'>", "</a>",
    "<header>", "</header>", "<resultCode>", "</resultCode>", "30", "<item>", "</item>", "<x:y>", "<image/>",
]  # fmt: skip


def survives(body: bytes, content_type: str = "text/xml") -> None:
    for source in SOURCES:
        try:
            found = discover(Page(source.url, source.url, 200, {"content-type": content_type}, body, "2026-11-21T12:00:00Z"), source)
        except DiscoverError as error:
            assert error.code in CODES  # noqa: PT017
        else:
            assert len(found.entries) <= source.max_entries
            assert all(url.startswith(("http://", "https://")) for url in found.more)
            assert all(entry.url.startswith(("http://", "https://", "urn:guid:")) for entry in found.entries)
            assert all("\u202e" not in entry.title for entry in found.entries)
        assert isinstance(
            is_challenge(Page(source.url, source.url, 200, {"content-type": content_type}, body, "2026-11-21T12:00:00Z"), source), str
        )


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes(body: bytes) -> None:
    survives(body)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=30))
def test_arbitrary_pieces_of_markup(pieces: list[str]) -> None:
    survives("".join(pieces).encode("utf-8", "replace"))


KEYS = st.sampled_from(
    [
        "articles", "url", "title", "seendate", "domain", "language", "items", "data", "rendered", "content", "protected", "date", "date_gmt",
        "link", "id", "code", "message", "status", "excerpt", "version", "a", "b", "",
    ]
)  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(
        ["https://a.example/1", "/x", "http://[", "2026-11-20T01:02:03", "1791400000000", "20260922T013000Z", "rest_forbidden", "U . S .", "\ud800"]
    ),
)  # fmt: skip
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=25)


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_arbitrary_json(value: object) -> None:
    survives(json.dumps(value).encode(), "application/json")


@settings(deadline=None)
@given(st.lists(st.dictionaries(KEYS, LEAVES | st.dictionaries(KEYS, LEAVES, max_size=2), max_size=8), max_size=5))
def test_arbitrary_records(records: list[object]) -> None:
    for value in (records, {"articles": records}, {"items": records}, {"data": records}):
        survives(json.dumps(value).encode(), "application/json")


@settings(deadline=None)
@given(st.lists(st.sampled_from(ELEMENTS) | st.text(max_size=6), max_size=30), st.sampled_from(["urlset", "sitemapindex", "response"]))
def test_arbitrary_elements(pieces: list[str], root: str) -> None:
    body = f"<{root} xmlns:news='n'>{''.join(pieces)}</{root}>".encode("utf-8", "replace")
    survives(body)
    survives(gzip.compress(body)[: len(body)])


@settings(deadline=None)
@given(VALUES, st.text(alphabet=st.sampled_from("ab.[]0|@ title"), max_size=20))
def test_paths_are_total(value: object, path: str) -> None:
    assert isinstance(reach(value, path), list)
    assert isinstance(text_at(value, path), str)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12))
def test_arbitrary_pieces_inside_an_item(pieces: list[str]) -> None:
    survives(f'<rss version="2.0"><channel><title>t</title><item>{"".join(pieces)}</item></channel></rss>'.encode("utf-8", "replace"))


@pytest.mark.parametrize(
    "piece", ["<", "&", '<a b="', "<a>", "<item>", "<![CDATA[", "<!--", "<?x ", "&#x41;", "<!DOCTYPE ", "\n", "<script>", "2026-", "1:"]
)
def test_repetition_is_no_trap(piece: str) -> None:
    many = piece * (24_000 // len(piece))
    survives(many.encode())
    survives(
        f'<rss version="2.0"><channel><title>t</title><item><title>{many}</title><pubDate>{many}</pubDate></item></channel></rss>'.encode()
    )
    survives(f"<urlset><url><loc>https://a.example/1</loc><lastmod>{many}</lastmod></url></urlset>".encode())
    survives(json.dumps({"articles": [{"url": "/a", "title": many, "seendate": many}], "items": [{"url": many, "date": many}]}).encode())
    survives(f"<html><li><a href='x' onclick='{many}'>{many}</a><i>{many}</i></li></html>".encode(), "text/html")


def test_every_kind_has_a_reader() -> None:
    assert set(DISCOVERERS) == set(KINDS) == {source.kind for source in SOURCES}
