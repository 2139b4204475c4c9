"""Whatever bytes come: entries or a DiscoverError, in bounded time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.errors import DiscoverError
from scraper.model.source import Page, Selectors, Source
from scraper.stages.discover import DISCOVERERS, discover

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
]
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


def survives(body: bytes, content_type: str = "text/xml") -> None:
    for source in SOURCES:
        try:
            found = discover(Page(source.url, source.url, 200, {"content-type": content_type}, body, "2026-11-21T12:00:00Z"), source)
        except DiscoverError as error:
            assert error.code in CODES  # noqa: PT017
        else:
            assert len(found.entries) <= source.max_entries
            assert all(entry.url.startswith(("http://", "https://", "urn:guid:")) for entry in found.entries)
            assert all("\u202e" not in entry.title for entry in found.entries)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes(body: bytes) -> None:
    survives(body)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=30))
def test_arbitrary_pieces_of_markup(pieces: list[str]) -> None:
    survives("".join(pieces).encode("utf-8", "replace"))


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
    survives(f"<html><li><a href='x' onclick='{many}'>{many}</a><i>{many}</i></li></html>".encode(), "text/html")


def test_every_kind_has_a_reader() -> None:
    assert set(DISCOVERERS) == {"feed", "listing"}
