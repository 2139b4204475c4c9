"""The fast path against feedparser: wherever it answers, both say the same of every item."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scraper.errors import DiscoverError
from scraper.model.source import Page, Source
from scraper.stages.discover import fast, feed
from scraper.stages.discover.document import Document, read_document

SOURCES = tuple(Source("example", "Example", "feed", "https://news.example.org/feed", full_text=full) for full in (False, True))
PAGE = Page("https://news.example.org/feed", "https://news.example.org/feed", 200, {}, b"", "2026-11-21T12:00:00Z")
RECORDED = Path(__file__).resolve().parents[2] / "sources"


def document(text: str) -> Document:
    try:
        return read_document(text, 250)
    except DiscoverError:
        return Document("", "", well_formed=False)


def told(parsed: Any) -> tuple[Any, ...]:
    """All that is made of what a parser returned."""
    of_feed = parsed["feed"]
    items = [feed._item(raw, source) for raw in parsed["entries"] for source in SOURCES]
    return feed._text(of_feed, "title"), feed._ttl(of_feed), feed._next(of_feed, PAGE), items


def agrees(text: str) -> bool:
    """Whether the fast path answers; if so it must be what feedparser answers."""
    made = document(text)
    quick = fast.parsed(made)
    if quick is None:
        return False
    assert told(quick) == told(feed._parsed(made))
    return True


NAMES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:x="https://example.org/x"'
)
RDF = 'xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
ITEM = "<item><title>One</title><link>https://a.example/1</link></item>"


def rss(*items: str, channel: str = "<title>News</title>", names: str = NAMES) -> str:
    return f'<?xml version="1.0"?><rss version="2.0" {names}><channel>{channel}{"".join(items)}</channel></rss>'


def atom(*entries: str, head: str = "<title>News</title>", names: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {names}>{head}{"".join(entries)}</feed>'


def rdf(*rest: str, channel: str = "<title>News</title>") -> str:
    return f'<rdf:RDF {RDF} {NAMES}><channel rdf:about="https://a.example/">{channel}</channel>{"".join(rest)}</rdf:RDF>'


ANSWERED = {
    "an item": rss(ITEM),
    "no item": rss(),
    "nothing at all": rss(channel=""),
    "channel after items": rss(ITEM, "<title>Late</title><ttl>5</ttl>", channel=""),
    "CDATA and entities twice": rss(
        "<item><title><![CDATA[A &amp; B]]> &amp;amp; C</title><link>\n https://a.example/?a=1&amp;b=2 </link><description>&lt;p&gt;D&lt;/p&gt;</description></item>"
    ),
    "characters by number": rss("<item><title>A&#8217;s &#x2014; B&#13;\r\nC</title><link>/a</link></item>"),
    "a comment and an instruction inside": rss("<item><title>A<!-- no -->B<?php x ?>C</title><link>/a</link></item>"),
    "description and content": rss(
        "<item><description>Short</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded><guid>https://a.example/</guid></item>"
    ),
    "content before description": rss("<item><content:encoded>Long</content:encoded><description>Short</description><link>/a</link></item>"),
    "content before an empty description": rss("<item><content:encoded>Long</content:encoded><description/><link>/a</link></item>"),
    "content alone, twice": rss(
        "<item><content:encoded>First</content:encoded><content:encoded>The second</content:encoded><link>/a</link></item>"
    ),
    "guids": rss(
        '<item><guid isPermaLink="false">7</guid></item>', "<item><guid>https://a.example/7</guid></item>", "<item><guid/></item>",
        "<item><guid>8</guid><link>https://a.example/8</link></item>", "<item><link>https://a.example/9</link><guid>9</guid></item>",
        '<item><guid isPermaLink="TRUE">10</guid></item>', "<item><guid>11</guid><link/></item>",
    ),
    "two dates": rss(
        "<item><link>/a</link><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><dc:date>2026-11-20T09:00:00+09:00</dc:date><dcterms:issued>2026-11-19</dcterms:issued></item>"
    ),
    "no date in it": rss("<item><link>/a</link><pubDate/></item>"),
    "modules": rss(
        "<item><link>/a</link><dc:creator>A. Writer</dc:creator><category domain='x'>City</category><slash:comments>5</slash:comments><x:id>1</x:id><media:thumbnail url='/a.png'/>"
        "<media:content url='/b.png'><media:credit>C</media:credit></media:content><source url='https://b.example/'>B</source><comments>/c</comments><author>a@b.example (A)</author></item>",
        channel="<title>N</title><link>/</link><atom:link rel='self' href='/feed'/><atom:link rel='next' href='/feed?page=2'/><image><url>/i.png</url><title>Other</title><link>/</link></image><language>en</language>"
        "<lastBuildDate>Fri, 20 Nov 2026 10:00:00 +0000</lastBuildDate><sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency><ttl>30</ttl><skipHours><hour>1</hour></skipHours>",
    ),
    "an enclosure before and without a link": rss("<item><enclosure url='/a.mp3' type='audio/mpeg' length='1'/><title>A</title></item>"),
    "a link of Atom in RSS": rss("<item><atom:link rel='alternate' href='/a'/><atom:link rel='replies' href='/b'/></item>", ITEM),
    "the title of a picture": rss("<item><title>A</title><link>/a</link><media:content url='/b'><media:title>B</media:title></media:content></item>"),
    "a paged feed": atom(head="<title>N</title><link href='/'/><link rel='next' href='/?page=2'/><link rel='next' href='/?page=9'/>"),
    "names in capitals": rss("<ITEM><Title>A</Title><LINK>/a</LINK><PubDate>2026-11-20</PubDate></ITEM>"),
    "Atom": atom(
        '<entry><id>tag:a</id><title type="html">A &lt;b&gt;</title><link rel="self" href="/self"/><link href="/a" title="A"/><updated>2026-11-20T10:00:00Z</updated>'
        "<published>2026-11-19T10:00:00.5+09:00</published><author><name>A</name><email>a@b.example</email></author><summary>S</summary><content type='html'>&lt;p&gt;L&lt;/p&gt;</content></entry>",
        "<entry><link href='/b'/><id>tag:b</id><content>Text</content></entry>", "<entry><id>https://a.example/c</id><title/></entry>",
        "<entry><id>d</id><link rel='ALTERNATE' type='TEXT/HTML' href='/d'/><link rel='alternate' type='application/pdf' href='/d.pdf'/></entry>",
        head="<title type='text'>N</title><id>n</id><link href='/'/><updated>2026-11-20T10:00:00Z</updated><subtitle>s</subtitle><author><name>N</name></author>",
        names='xml:lang="en" xmlns:thr="http://purl.org/syndication/thread/1.0"',
    ),
    "RDF": rdf(
        '<image rdf:about="/i"><title>I</title><url>/i.png</url><link>/</link></image>',
        '<item rdf:about="https://a.example/1"><title>A</title><link>https://a.example/1</link><dc:date>2026-11-20T10:00:00+09:00</dc:date><dc:subject>x</dc:subject></item>',
        '<item rdf:about="https://a.example/2"><title>B</title></item>',
        channel='<title>N</title><link>/</link><description>D</description><items><rdf:Seq><rdf:li rdf:resource="https://a.example/1"/></rdf:Seq></items><image rdf:resource="/i"/>',
    ),
    "Korean": rss("<item><title>한미일 협의 · 개최</title><link>/가</link><description>«세 나라»</description></item>"),
    "French": rss("<item><title>«Été» à Séoul</title><link>/a</link></item>"),
    "no namespace declared": rss(ITEM, names=""),
}  # fmt: skip


@pytest.mark.parametrize("text", ANSWERED.values(), ids=ANSWERED)
def test_usual_feeds_are_answered_alike(text: str) -> None:
    assert agrees(text)


LEFT = {
    "two titles": rss("<item><title>A</title><title>B</title></item>"),
    "two summaries": rss("<item><description>A</description><itunes:summary>B</itunes:summary></item>"),
    "a title of another kind": rss("<item><title/><media:title>B</media:title></item>"),
    "the title of a picture first": rss("<item><media:content url='/b'><media:title>B</media:title></media:content><title>A</title></item>"),
    "markup as elements": rss("<item><title>A <b>bold</b></title></item>"),
    "XHTML": atom("<entry><id>a</id><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>A</div></content></entry>"),
    "text of another type": atom("<entry><id>a</id><content type='application/octet-stream'>QUJD</content></entry>"),
    "base64": atom("<entry><id>a</id><content type='text/plain' mode='base64'>QUJD</content></entry>"),
    "content elsewhere": atom("<entry><id>a</id><content src='/a' type='text/html'/></entry>"),
    "a base address": atom("<entry xml:base='https://b.example/x/'><id>a</id><link href='a'/></entry>"),
    "a base address on what is passed over": rss("<item><category base='https://b.example/'>c</category><link>a</link></item>", ITEM),
    "names bound unusually": '<rss xmlns:dc="http://purl.org/dc/terms/"><channel><item><dc:created>2026-11-20</dc:created></item></channel></rss>',
    "a prefix taken": '<rss xmlns:sy="https://example.org/"><channel><sy:updatePeriod>daily</sy:updatePeriod></channel></rss>',
    "names declared below the root": rss(f"<item><dc:date {NAMES}>2026-11-20</dc:date></item>", names=""),
    "another vocabulary as the default": '<rss xmlns="https://example.org/"><channel/></rss>',
    "an old vocabulary": '<rss xmlns="http://backend.userland.com/rss2"><channel/></rss>',
    "Latin-1 of UTF-8": rss("<item><title>cafÃ©</title></item>"),
    "Windows-1252 by number": rss("<item><title>A&#146;s &#x93;B&#x94;</title></item>"),
    "Windows-1252 as it is": rss("<item><title>A\x92s</title></item>"),
    "an ampersand twice escaped in a link": rss("<item><link>/a?b&amp;amp;c=1</link></item>"),
    "too many slashes": rss("<item><link>https:///a.example/</link></item>"),
    "a date as nobody writes it": rss("<item><pubDate>the day before</pubDate></item>"),
    "a guid with a type": rss("<item><guid type='x'>a</guid></item>"),
    "an empty link of Atom": atom("<entry><id>a</id><link href=''/></entry>"),
    "an enclosure without address": rss("<item><enclosure type='x'/></item>"),
    "an element nobody knows": rss("<item><date>2026-11-20</date></item>"),
    "an item inside an item": rss(f"<item>{ITEM}</item>"),
    "an image in an item": rss("<item><image><url>/a</url></image></item>"),
    "a source of Atom": atom("<entry><id>a</id><source><title>B</title></source></entry>"),
    "two channels": "<rss><channel/><channel/></rss>",
    "a channel of CDF": rss(channel="<title>a</title>").replace("<channel>", "<channel href='/a'>"),
    "a text input": rss("<textInput><title>Search</title><name>q</name></textInput>"),
    "an item before the channel": f"<rdf:RDF {RDF}><item><title>A</title></item><channel><title>N</title></channel></rdf:RDF>",
    "a channel alone": "<channel><title>N</title></channel>",
    "a list that is none": rdf(channel="<items><rdf:Seq><title>x</title></rdf:Seq></items>"),
    "broken": "<rss><channel><item><title>A</item></channel></rss>",
    "a name of XML's fifth edition that the parsers see differently": rss("<item><link>/a</link><x:\u0f48>1</x:\u0f48></item>"),
}  # fmt: skip


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_unusual_feeds_are_left_to_feedparser(text: str) -> None:
    assert not agrees(text)


def test_entities_are_neither_resolved_nor_fetched() -> None:
    outside = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bomb">]>'
    inside = "<item><title>&a;&b;</title></item>"
    assert fast.parsed(Document(outside + rss(inside)[21:], "rss", well_formed=True)) is None
    assert not agrees(outside + rss(inside)[21:])


def test_what_is_too_deep_or_too_long_is_left() -> None:
    deep = rss(f"<item>{'<x:a>' * 300}{'</x:a>' * 300}</item>")
    assert fast.parsed(Document(deep[21:], "rss", well_formed=True)) is None
    long = rss(f"<item><title>{'x' * 10_000_001}</title></item>")
    assert fast.parsed(Document(long[21:], "rss", well_formed=True)) is None


PAGES = sorted(path for path in RECORDED.rglob("page.*") if document(path.read_bytes().decode("utf-8", "replace")).is_feed)


@pytest.mark.parametrize("path", PAGES, ids=[path.parent.name for path in PAGES])
def test_recorded_feeds(path: Path) -> None:
    assert agrees(path.read_bytes().decode("utf-8", "replace"))


TEXTS = st.sampled_from(
    [
        "", " ", "A title", "한미일 협의", "日米韓", "café", "cafÃ©", "«à»", "\u00a0x\u2003", "A &amp; B", "A &amp;amp; B", "&lt;b&gt;x&lt;/b&gt;", "&#8217;", "&#147;", "&#xA0;", "&#x85;", "\x91",
        "<![CDATA[<p>a &amp; b</p>]]>", "<![CDATA[]]>", "x<!-- c -->y", "x<?p i?>y", "<b>x</b>", "https://a.example/x", "https://a.example/?a=1&amp;b=2", "https://a.example/?a&amp;amp;b=1;c",
        "http:////a.example/", "/rel", "rel", "7", "tag:a,2026:1", "https://[x", "mailto:a@b", "true", "\r\n a\tb \n", "QUJD", "&amp;#8217;", "a:///b", "urn:x",
    ]
)  # fmt: skip
DATES = st.sampled_from(
    [
        "Fri, 20 Nov 2026 10:00:00 GMT", "20 Nov 2026 10:00 +0900", "Friday, 20 November 2026 10:00:00 KST", "Fri, 99 Foo 2026 99:99:99 +9999", "2026-11-20", "2026-11-20 10:00:00",
        "2026-11-20T10:00:00Z", "2026-11-20T10:00:00.123456789+09:00", "0000-00-00T00:00:00Z", "9999-99-99T99:99:99-99:99", "2026.11.20", "오후 3:00", "Τρι, 01 Ιουλ 2026 10:00:00 EST", "",
    ]
) | st.from_regex(fast._DATE, fullmatch=True)  # fmt: skip
TAGS = st.sampled_from(
    [
        "title", "title", "link", "link", "guid", "id", "description", "summary", "content:encoded", "content", "pubDate", "updated", "published", "issued", "modified", "created", "dc:date",
        "dcterms:issued", "dcterms:created", "category", "author", "dc:creator", "dc:title", "dc:description", "media:title", "media:thumbnail", "media:content", "media:description", "media:credit",
        "itunes:summary", "itunes:subtitle", "itunes:author", "enclosure", "comments", "source", "x:id", "x:title", "slash:comments", "image", "date", "rights", "atom:link", "atom:id",
        "atom:updated", "sy:updatePeriod", "sy:updateFrequency", "ttl", "language", "dc:language", "dc:publisher", "dc:rights", "subtitle", "TITLE", "body", "url", "name", "media:keywords", "itunes:image",
        "textInput", "cloud", "generator", "webMaster", "abstract", "tags", "fullitem", "dc:contributor", "itunes:keywords", "media:category", "media:rating", "copyright",
    ]
)  # fmt: skip
ATTRIBUTES = st.sampled_from(
    [
        "", "", "", "", "", " type='html'", " type='text'", " type='text/plain'", " type='TEXT/HTML'", " type='xhtml'", " type='image/png'", " isPermaLink='false'", " isPermaLink='true'", " ispermalink='x'",
        " href='/h'", " href='https://a.example/h' rel='alternate'", " rel='self' href='/s'", " rel='enclosure' href='/e' type='audio/mpeg'", " url='/u'", " uri='/u'", " xml:lang='ko'",
        " xml:base='https://b.example/'", " base='https://b.example/'", " mode='base64'", " src='/s'", " domain='d'", " x:href='/x'", " rel='ALTERNATE'", " label='l' term='t'", " rel='next' href='/n'",
    ]
)  # fmt: skip


@st.composite
def leaves(draw: st.DrawFn) -> str:
    tag, attributes = draw(TAGS), draw(ATTRIBUTES)
    dated = "date" in tag.lower() or tag in {"published", "issued", "modified", "created", "dcterms:issued", "dcterms:created"}
    return f"<{tag}{attributes}>{draw(DATES if dated else TEXTS)}</{tag}>"


@st.composite
def nested(draw: st.DrawFn) -> str:
    tag = draw(st.sampled_from(["media:content", "media:group", "author", "image", "source", "x:any", "contributor", "itunes:owner"]))
    inner = st.sampled_from(
        ["name", "email", "uri", "url", "title", "link", "width", "media:credit", "media:title", "x:b", "updated", "id"]
    )
    children = "".join(f"<{name}>{draw(TEXTS)}</{name}>" for name in draw(st.lists(inner, max_size=3)))
    return f"<{tag}>{children}</{tag}>"


PARTS = st.lists(leaves() | leaves() | leaves() | nested(), max_size=7).map("".join)
ABOUT = st.sampled_from(["", "", " rdf:about='https://a.example/1'", " xml:lang='en'", " href='/x'", " lastmod='2026-11-20'"])


@st.composite
def feeds(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["rss", "atom", "rdf"]))
    tag = "entry" if kind == "atom" else "item"
    items = [f"<{tag}{draw(ABOUT)}>{draw(PARTS)}</{tag}>" for _ in range(draw(st.integers(0, 3)))]
    head = draw(st.sampled_from(["", "<title>News</title>", "<title>News</title><ttl>5</ttl><link>/</link>"])) + draw(st.just("") | PARTS)
    names = NAMES + ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    if kind == "rss":
        return rss(*items, channel=head, names=names)
    return atom(*items, head=head, names=names) if kind == "atom" else rdf(*items, channel=head)


@settings(max_examples=600, deadline=None)
@given(feeds())
@example(rss("<item><title>A</title><source>B</source></item>"))
def test_any_feed_is_answered_alike_or_left(text: str) -> None:
    agrees(text)


USUAL = {
    "title": TEXTS, "link": TEXTS, "guid": TEXTS, "description": TEXTS, "content:encoded": TEXTS, "pubDate": DATES, "dc:date": DATES, "dcterms:created": DATES,
    "category": TEXTS, "dc:creator": TEXTS, "author": TEXTS, "source": TEXTS, "comments": TEXTS, "x:id": TEXTS, "slash:comments": TEXTS, "media:thumbnail": TEXTS,
    "dc:subject": TEXTS, "atom:updated": DATES, "atom:id": TEXTS, "summary": TEXTS, "content": TEXTS, "itunes:subtitle": TEXTS, "TITLE": TEXTS, "modified": DATES,
}  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(sorted(USUAL)), min_size=1, max_size=7, unique_by=str.lower), st.data())
def test_plain_items_are_answered_alike_or_left(tags: list[str], data: st.DataObject) -> None:
    parts = "".join(f"<{tag}>{data.draw(USUAL[tag])}</{tag}>" for tag in tags)
    agrees(rss(f"<item>{parts}</item>", ITEM))


def test_most_plain_items_are_answered() -> None:
    orders = [
        rss(f"<item><title>A</title><{one}/><{other}/></item>") for one in USUAL for other in USUAL if "itle" not in (one + other).lower()
    ]
    answered = [agrees(text) for text in orders]
    assert sum(answered) > 0.8 * len(answered)
