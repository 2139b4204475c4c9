from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Entry, Page, Source
from scraper.stages.discover import discover

URL = "https://news.example.org/feeds/all.xml"
SOURCE = Source("example", "Example", "feed", URL, timezone="Asia/Seoul")
ITEM = "<item><title>{0}</title><link>https://news.example.org/{0}</link><guid>{0}</guid></item>"


def page(body: str | bytes, content_type: str = "application/rss+xml", **headers: str) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return Page(URL, URL, 200, {"content-type": content_type, **headers}, raw, "2026-11-21T12:00:00Z")


def rss(*items: str, channel: str = "<title>Example News</title>", prolog: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    return f'{prolog}<rss version="2.0" {names}><channel>{channel}{"".join(items)}</channel></rss>'


def read(body: str | bytes, source: Source = SOURCE, **headers: str) -> Discovery:
    return discover(page(body, **headers), source)


def only(body: str | bytes, source: Source = SOURCE) -> Entry:
    (entry,) = read(body, source).entries
    return entry


def code(body: str | bytes, source: Source = SOURCE, **headers: str) -> str:
    with pytest.raises(DiscoverError) as caught:
        read(body, source, **headers)
    return caught.value.code


def test_rss_item_whole() -> None:
    entry = only(
        rss(
            "<item><title>\n Talks &amp;amp; tea &amp;#8211; the \u202eoutcome\u202c &lt;종합&gt; <![CDATA[<b>now</b>]]>\n</title><link> /a?x=1&amp;y=2 </link>"
            "<guid isPermaLink='false'>77</guid><pubDate>Fri, 20 Nov 2026 10:00:00</pubDate>"
            "<description><![CDATA[<p>Officials<br>met.</p><script>x()</script> &amp;quot;Good&amp;quot;]]></description>"
            "<content:encoded><![CDATA[<p>Officials met <b>at length</b>.</p>]]></content:encoded></item>"
        )
    )
    assert entry.url == "https://news.example.org/a?x=1&y=2"
    assert entry.title == "Talks & tea – the outcome <종합> now"
    assert entry.guid == "77"
    assert entry.summary == 'Officials met. "Good"'
    assert entry.html == "<p>Officials met <b>at length</b>.</p>"
    assert entry.published is not None
    assert (entry.published.at, entry.published.raw) == ("2026-11-20T01:00:00Z", "Fri, 20 Nov 2026 10:00:00")
    assert (entry.source_id, entry.language) == ("example", "en")


def test_atom() -> None:
    found = read(
        """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example.org/x/"><title type="html">A &amp;amp; B</title>
        <entry><id>tag:example.org,2026:1</id><title type="html">One &lt;b&gt;two&lt;/b&gt;</title><link rel="alternate" href="one.html"/>
        <link rel="enclosure" href="one.mp3"/><updated>2026-11-20T10:00:00Z</updated><published>2026-11-19T10:00:00+09:00</published>
        <summary>Short</summary><content type="html">&lt;p&gt;Long&lt;/p&gt;</content></entry>
        <entry><id>tag:example.org,2026:2</id><title>Two</title><link href="https://base.example.org/two"/><updated>2026-11-20T10:00:00Z</updated></entry></feed>"""
    )
    assert found.channel == "A & B"
    assert [(entry.url, entry.title, entry.guid, entry.html) for entry in found.entries] == [
        ("https://base.example.org/x/one.html", "One two", "tag:example.org,2026:1", "<p>Long</p>"),
        ("https://base.example.org/two", "Two", "tag:example.org,2026:2", ""),
    ]
    assert [entry.published.at for entry in found.entries if entry.published] == ["2026-11-19T01:00:00Z", "2026-11-20T10:00:00Z"]


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "items": [
            {"id": 5, "url": "/one", "title": "One \ud800", "content_html": "<p>x</p>", "date_published": "2026-11-20T10:00:00+09:00"},
            {
                "id": "6",
                "external_url": "https://else.example.com/two",
                "content_text": "plain",
                "date_modified": "2026-11-20",
                "title": ["no"],
            },
            "not an item",
            {"title": "without address", "id": True},
        ],
    }
    found = read(json.dumps(feed))
    assert [(entry.url, entry.title, entry.guid, entry.summary, entry.html) for entry in found.entries] == [
        ("https://news.example.org/one", "One ?", "5", "x", "<p>x</p>"),
        ("https://else.example.com/two", "no", "6", "plain", ""),
    ]
    assert [entry.published.at for entry in found.entries if entry.published] == ["2026-11-20T01:00:00Z", "2026-11-20"]
    assert "1 items without address and guid were left out" in found.notes


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"version": "https://jsonfeed.org/version/1", "items": {}}', "not_a_feed"),
        ('{"data": []}', "not_a_feed"),
        ("[]", "not_a_feed"),
        ('{"version": ', "parse"),
        ("[" * 100_000, "parse"),
        ("", "not_a_feed"),
        ("Please limit requests to one every 5 seconds", "not_a_feed"),
        ("<!DOCTYPE html><html><head><title>Feeds</title></head><body>Our feeds</body></html>", "not_a_feed"),
        ("<!doctype html><html><head><title>Just a moment...</title></head></html>", "blocked"),
        ("<html><body><h1>We are experiencing Technical Difficulties</h1></body></html>", "blocked"),
        ("<html><head><title>Access  Denied</title></head></html>", "blocked"),
        ("<html><script>window._cf_chl_opt={}</script></html>", "blocked"),
        ('<?xml version="1.0"?><urlset><url><loc>https://a.example/</loc></url></urlset>', "not_a_feed"),
        ("<!-- only a comment -->", "not_a_feed"),
        ("<?xml never ends", "not_a_feed"),
        ("<!DOCTYPE rss", "not_a_feed"),
        ("%PDF-1.7 \x00\x01", "not_a_feed"),
        ("<rss", "not_a_feed"),
        ("<rss><channel><title>x</title>", "parse"),
        ("<rss><channel><item><title>x</title><link>https://a.example/ha", "parse"),
    ],
)
def test_what_is_no_feed(body: str, expected: str) -> None:
    assert code(body) == expected


def test_challenge_told_by_the_server() -> None:
    with pytest.raises(DiscoverError) as caught:
        discover(page(rss(ITEM.format("a")), **{"cf-mitigated": "challenge"}), SOURCE)
    assert caught.value.code == "blocked"


def test_unknown_kind() -> None:
    assert code(rss(), replace(SOURCE, kind="gopher")) == "parse"


def test_error_names_the_source_not_the_address() -> None:
    with pytest.raises(DiscoverError, match=r"^example: an empty body"):
        read("")


@pytest.mark.parametrize(
    ("wanted", "title"), [("dept. of war", "Releases - U.S. Dept. of War"), ("防衛省", "防衛省・自衛隊"), ("", "anything")]
)
def test_right_channel(wanted: str, title: str) -> None:
    assert read(rss(channel=f"<title>{title}</title>"), replace(SOURCE, channel=wanted)).channel == title


def test_wrong_channel() -> None:
    assert code(rss(ITEM.format("a"), channel="<title>Air Force News</title>"), replace(SOURCE, channel="Dept. of War")) == "wrong_channel"


def test_empty_channel_is_an_answer() -> None:
    found = read(rss())
    assert (found.entries, found.notes) == ((), ("the page holds no items",))


ENTITIES = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "prolog",
    [
        ENTITIES,
        '<?xml version="1.0"?>\n<!-- <rss> -->' + ENTITIES,
        '<!DOCTYPE rss [<!ELEMENT x "]"> <!entity a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "https://a.example/x.dtd"> %p;]>',
    ],
)
def test_entity_bomb_is_refused(prolog: str) -> None:
    assert code(rss("<item><title>&b;</title><link>https://a.example/</link></item>", prolog=prolog)) == "parse"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
        "<!DOCTYPE rss [<!ELEMENT rss ANY>]>",
        "\n\n  <?xml version='1.0'?><?xml-stylesheet href='a.xsl'?><!-- made by hand -->",
        "Notice: undefined index in /srv/feed.php\n<?xml version='1.0'?>",
    ],
)
def test_harmless_prolog_passes(prolog: str) -> None:
    found = read(rss(ITEM.format("a"), prolog=prolog))
    assert [entry.guid for entry in found.entries] == ["a"]
    assert found.notes == ()


def test_deep_nesting_is_refused() -> None:
    assert code(rss("<item>" + "<a>" * 300 + "</a>" * 300 + "</item>")) == "parse"


def test_too_large_is_refused() -> None:
    assert code("<rss>" + " " * 12_000_001) == "parse"
    assert code(rss("<item><title>a</b></item>", "x" * 2_000_001)) == "parse"


def test_ten_thousand_items_are_capped() -> None:
    found = read(rss(*(ITEM.format(f"n{number}") for number in range(10_000))), replace(SOURCE, max_entries=100))
    assert [entry.guid for entry in found.entries] == [f"n{number}" for number in range(100)]
    assert any("10000 items" in note for note in found.notes)
    assert any("more than 100 items" in note for note in found.notes)


def test_exactly_as_many_as_allowed() -> None:
    found = read(rss(*(ITEM.format(f"n{number}") for number in range(5))), replace(SOURCE, max_entries=5))
    assert (len(found.entries), found.notes) == (5, ())


def test_broken_xml_gives_what_can_be_read() -> None:
    found = read(rss("<item><title>R&D &nbsp; talks</title><link>https://news.example.org/a</link><br></item>", ITEM.format("b")))
    assert [(entry.url, entry.title) for entry in found.entries] == [
        ("https://news.example.org/a", "R&D talks"),
        ("https://news.example.org/b", "b"),
    ]
    assert any(note.startswith("broken XML") for note in found.notes)


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("A &amp; B & C &eacute;&nbsp;&lt; D", "A & B & C é < D"),
        ("<![CDATA[A & B &amp; &nbsp;C]]> & D", "A & B & C & D"),
        ("A&#11;&#0; B &#1114112; &#x26; &#99999999999;", "A\ufffd B \ufffd & \ufffd"),
        ("A &unknown; B &#; C&", "A &unknown; B &#; C&"),
    ],
)
def test_characters_that_break_xml(markup: str, title: str) -> None:
    found = read(rss(f"<item><link>/a</link><title>{markup}</title></item>", ITEM.format("b")))
    assert found.entries[0].title == title


def test_parser_that_fails_on_broken_markup_is_one_recorded_failure() -> None:
    # feedparser raises KeyError on an element with attributes inside a textInput that was never opened as one.
    body = "<item></channel><dc:date><cloud/><textInput><itunes:x a='b'><cloud/></item>"
    assert code(rss(body)) == "parse"


@pytest.mark.parametrize("root", ["rss", "atom", "rdf"])
def test_cut_off_feed_loses_its_half_item_only(root: str) -> None:
    whole = {
        "rss": rss(ITEM.format("a"), ITEM.format("b")),
        "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id><link href="/a"/></entry><entry><id>b</id><link href="/b"/></entry></feed>',
        "rdf": '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel/>'
        "<item><title>a</title><link>https://news.example.org/a</link></item><item><title>b</title><link>https://news.example.org/b</link></item></rdf:RDF>",
    }[root]
    found = read(whole[: whole.rfind("/b") + 1])
    assert [entry.url for entry in found.entries] == ["https://news.example.org/a"]
    assert any("cut off" in note for note in found.notes)


def test_guid_as_address() -> None:
    found = read(
        rss(
            "<item><title>a</title><guid>https://news.example.org/a</guid></item>",
            "<item><title>b</title><guid>/b</guid></item>",
            "<item><title>c</title><guid>12/3</guid></item>",
            "<item><title>d</title><guid isPermaLink='false'>https://news.example.org/d</guid></item>",
        )
    )
    assert [(entry.url, entry.guid) for entry in found.entries] == [
        ("https://news.example.org/a", "https://news.example.org/a"),
        ("https://news.example.org/b", "/b"),
        ("urn:guid:example:12%2F3", "12/3"),
        ("https://news.example.org/d", "https://news.example.org/d"),
    ]


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "ftp://a.example/x", "http://[broken", "https://", "mailto:a@b.example", "https://a.example/" + "x" * 2000],
)
def test_address_that_is_none(link: str) -> None:
    found = read(rss(f"<item><title>t</title><link>{link}</link></item>"))
    assert found.entries == ()
    assert "1 items without address and guid were left out" in found.notes


def test_one_guid_on_all_items_is_ignored() -> None:
    same = "<item><title>{0}</title><link>/{0}</link><guid isPermaLink='false'>same</guid></item>"
    found = read(rss(same.format("a"), same.format("b"), "<item><link>/c</link><guid isPermaLink='false'>own</guid></item>"))
    assert [entry.guid for entry in found.entries] == ["", "", "own"]
    assert any("one guid" in note for note in found.notes)


def test_guid_on_two_sightings_of_one_address_stays() -> None:
    again = "<item><link>/a{0}</link><guid isPermaLink='false'>same</guid></item>"
    assert [entry.guid for entry in read(rss(again.format(""), again.format("?utm_source=x"))).entries] == ["same", "same"]


def test_dates_that_cannot_be() -> None:
    dated = "<item><link>/{0}</link><pubDate>{1}</pubDate></item>"
    found = read(
        rss(
            dated.format("a", "Thu, 01 Jan 1970 00:00:00 GMT"),
            dated.format("b", "Mon, 30 Nov 2026 10:00:00 GMT"),
            dated.format("c", "yesterday"),
            dated.format("d", "yesterday"),
            "<item><link>/e</link><pubDate>soon</pubDate><dc:date>2026-11-20T00:00:00Z</dc:date></item>",
        )
    )
    assert [entry.published.at if entry.published else None for entry in found.entries] == [None, None, None, None, "2026-11-20T00:00:00Z"]
    assert "date not believed: 'Thu, 01 Jan 1970 00:00:00 GMT'" in found.notes
    assert "date not understood: 'yesterday' (2 times)" in found.notes


@pytest.mark.parametrize(
    ("channel", "ttl"),
    [
        ("", None),
        ("<ttl>30</ttl>", 30.0),
        ("<ttl>soon</ttl>", None),
        ("<ttl>9999999999</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 15.0),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 60.0),
        ("<sy:updateFrequency>2</sy:updateFrequency>", 720.0),
        ("<ttl>10</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 1440.0),
    ],
)
def test_ttl(channel: str, ttl: float | None) -> None:
    assert read(rss(channel=f"<title>t</title>{channel}")).ttl == ttl


def test_full_text_in_the_description() -> None:
    body = rss("<item><link>/a</link><description>&lt;p&gt;All of it.&lt;/p&gt;</description></item>")
    assert only(body, replace(SOURCE, full_text=True)).html == "<p>All of it.</p>"
    assert only(body).html == ""


def test_long_texts_are_cut() -> None:
    entry = only(rss(f"<item><title>{'t' * 900}</title><link>/a</link><description>{'d' * 9000}</description></item>"))
    assert (len(entry.title), len(entry.summary)) == (500, 2000)


@pytest.mark.parametrize(("title", "language"), [("Talks held", "en"), ("한미일 협의 개최", "ko"), ("日米韓の会合について", "ja")])
def test_language_of_a_source_in_two_languages(title: str, language: str) -> None:
    assert only(rss(f"<item><title>{title}</title><link>/a</link></item>")).language == language


def test_chinese_characters_alone_are_of_the_source() -> None:
    assert only(rss("<item><title>日米韓首脳会談</title><link>/a</link></item>"), replace(SOURCE, language="ja")).language == "ja"


def test_script_left_open_in_a_summary() -> None:
    assert only(rss("<item><link>/a</link><description><![CDATA[Met.<script>evil()]]></description></item>")).summary == "Met."


def test_origin_of_an_item_and_the_page_before() -> None:
    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><link rel='next' href='/feed?page=2'/>"
        "<entry><id>1</id><title>T</title><link href='/a'/></entry></feed>"
    )
    assert [url.partition("/feed")[2] for url in read(body).more] == ["?page=2"]
    rss = "<rss version='2.0'><channel><title>F</title><item><title>T</title><link>/a</link><source url='https://p.example/f'>P</source></item></channel></rss>"
    (entry,) = read(rss).entries
    assert (entry.publisher, entry.publisher_url) == ("P", "https://p.example/f")
    assert read(rss).more == ()


def test_next_page_of_a_json_feed() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [], "next_url": "/feed?page=2"}
    assert [url.partition("/feed")[2] for url in read(json.dumps(feed)).more] == ["?page=2"]
