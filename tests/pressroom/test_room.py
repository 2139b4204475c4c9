"""The press room over real HTTP."""

from __future__ import annotations

import socket
import threading
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import feedparser
import httpx
import pytest
from lxml import etree, html

from scraper.pressroom import NEW_INITIATIVE, PressRoom

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
CODECS = {"utf-8": "utf-8", "euc-kr": "cp949", "shift_jis": "cp932"}  # as WHATWG's Encoding Standard maps the labels
FEEDS = {"us-ministry": (4, 2), "jp-ministry": (3, 2), "daily-reprint": (2, 2), "harbour-post": (2, 2), "other-trio": (2, 1)}


@pytest.fixture
def room() -> Iterator[PressRoom]:
    with PressRoom(NOW) as opened:
        yield opened


@pytest.fixture
def client(room: PressRoom) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=room.url, trust_env=False) as opened:
        yield opened


def read(page: httpx.Response) -> str:
    """The text of a page, strictly by the charset that its header declares."""
    assert page.status_code == 200
    return page.content.decode(CODECS[page.headers["content-type"].split("charset=")[1].lower()])


def links(client: httpx.Client, room: PressRoom) -> dict[str, list[str]]:
    """The addresses of every source's items."""
    return {source.id: _items(client.get(source.url)) for source in room.sources()}


def _items(page: httpx.Response) -> list[str]:
    if "html" in page.headers["content-type"]:
        tree = html.fromstring(read(page), base_url=str(page.url))
        tree.make_links_absolute()
        return [a.get("href") for a in tree.xpath("//table[@class='board-list']/tbody/tr/td[@class='subject']/a")]
    text = read(page).replace('encoding="Shift_JIS"', 'encoding="utf-8"')
    return [entry.link for entry in feedparser.parse(text.encode()).entries]


def test_six_sources_are_loopback_and_named_once(room: PressRoom) -> None:
    sources = room.sources()
    assert len({source.id for source in sources}) == 6
    assert len({source.publisher for source in sources}) == 6
    assert all(source.url.startswith(room.url + "/") and source.allow_private and source.spacing == 0 for source in sources)
    assert {source.party: source.language for source in sources if source.official} == {"US": "en", "KR": "ko", "JP": "ja"}
    assert [source.id for source in sources if source.full_text] == ["us-ministry"]


def test_the_release_adds_to_the_backlog(room: PressRoom, client: httpx.Client) -> None:
    before = links(client, room)
    room.release()
    after = links(client, room)
    counts = {site: (len(before[site]), len(after[site]) - len(before[site])) for site in before}
    assert counts == {**FEEDS, "kr-ministry": (4, 2)}
    assert all(set(before[site]) <= set(after[site]) for site in before)


def test_a_story_is_not_there_before_it_is_released(room: PressRoom, client: httpx.Client) -> None:
    path = "/kr-ministry/view.do?seq=40217"
    assert client.get(path).status_code == 404
    room.release()
    assert NEW_INITIATIVE["ko"] in read(client.get(path))
    assert room.visits == ((path, 404), (path, 200))


def test_what_follows_adds_three_pages_and_corrects_one(room: PressRoom, client: httpx.Client) -> None:
    room.release()
    before, path = links(client, room), "/jp-ministry/press/release/pressit_000217.html"
    first = read(client.get(path))
    room.follow_up()
    after = links(client, room)
    assert {site: len(set(after[site]) - set(before[site])) for site in before} == {
        "us-ministry": 1, "kr-ministry": 0, "jp-ministry": 1, "daily-reprint": 0, "harbour-post": 1, "other-trio": 0,
    }  # fmt: skip
    assert all(set(before[site]) <= set(after[site]) for site in before)
    assert read(client.get(path)) != first
    assert (
        read(client.get(path)).replace("18か所の陸揚局", "24か所の陸揚局").split("<footer")[0].count("24か所の陸揚局")
        == first.count("24か所の陸揚局")
        == 1
    )
    assert all("\ufffd" not in read(client.get(url)) for site in after for url in set(after[site]) - set(before[site]))


def test_every_page_that_is_linked_decodes_as_declared(room: PressRoom, client: httpx.Client) -> None:
    room.release()
    followed = [url for urls in links(client, room).values() for url in urls]
    assert len(followed) == 28
    for url in followed:
        text = read(client.get(url))
        assert "\ufffd" not in text
        tree = html.fromstring(text)
        tree.make_links_absolute(url)
        inner = {href for _, _, href, _ in tree.iterlinks() if href.startswith("http") and "#" not in href}
        assert all(client.head(href).status_code == 200 for href in inner), url


@pytest.mark.parametrize(("path", "label", "character"), [
    ("/kr-ministry/view.do?seq=40131", "euc-kr", "똠"),
    ("/jp-ministry/press/release/pressit_000217.html", "Shift_JIS", "髙"),
])  # fmt: skip
def test_legacy_pages_hold_characters_beyond_their_label(
    room: PressRoom, client: httpx.Client, path: str, label: str, character: str
) -> None:
    room.release()
    page = client.get(path)
    assert page.headers["content-type"] == f"text/html; charset={label}"
    assert f"charset={label}".encode() in page.content
    assert character in read(page)
    with pytest.raises(UnicodeDecodeError):
        page.content.decode(label.lower())


def test_the_rdf_feed_declares_its_charset(room: PressRoom, client: httpx.Client) -> None:
    body = client.get("/jp-ministry/rss/release.rdf").content
    assert body.startswith(b'<?xml version="1.0" encoding="Shift_JIS"?>')
    root = etree.fromstring(body.decode("cp932").split("?>", 1)[1])
    items = root.findall("{http://purl.org/rss/1.0/}item")
    dates = [item.findtext("{http://purl.org/dc/elements/1.1/}date") for item in items]
    assert len(items) == 3
    assert all(date is not None and date.endswith("+09:00") for date in dates)


def test_the_full_text_is_in_the_english_feed(room: PressRoom, client: httpx.Client) -> None:
    room.release()
    entry = feedparser.parse(client.get("/us-ministry/feed/").content).entries[0]
    paragraphs = html.fromstring(f"<div>{entry.content[0].value}</div>").xpath("p")
    assert paragraphs[1].text == "Begin Text:"
    assert paragraphs[-1].text == "End Text."
    assert NEW_INITIATIVE["en"] in entry.content[0].value


def test_the_reprint_holds_the_statement_word_for_word(room: PressRoom, client: httpx.Client) -> None:
    room.release()
    released = feedparser.parse(client.get("/us-ministry/feed/").content).entries[0].content[0].value
    statement = [p.text for p in html.fromstring(f"<div>{released}</div>").xpath("p")][2:-1]
    reprint = html.fromstring(read(client.get("/daily-reprint/us-rok-japan-foreign-ministers-issue-joint-statement-in-busan/")))
    paragraphs = [p.text for p in reprint.xpath("//p")]
    assert len(statement) == 9
    start = paragraphs.index(statement[0])
    assert paragraphs[start : start + 9] == statement
    assert len(paragraphs) > 9 + start + 1
    feed = read(client.get("/daily-reprint/rss.xml"))
    assert statement[0] not in feed


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_only_the_release_names_the_new_initiative(room: PressRoom, client: httpx.Client, language: str) -> None:
    name = NEW_INITIATIVE[language]

    def naming() -> int:
        return sum(name in read(client.get(url)) for urls in links(client, room).values() for url in urls)

    assert naming() == 0
    room.release()
    assert naming() == {"en": 3, "ko": 1, "ja": 1}[language]


def test_validators_save_a_second_transfer(room: PressRoom, client: httpx.Client) -> None:
    first = {source.url: client.get(source.url).headers for source in room.sources()}
    for url, seen in first.items():
        tag, changed = seen["etag"], seen["last-modified"]
        for headers in (
            {"If-None-Match": tag},
            {"If-None-Match": f'"other", W/{tag}'},
            {"If-Modified-Since": changed},
            {"If-None-Match": "*"},
        ):
            again = client.get(url, headers=headers)
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
    room.release()
    for url, seen in first.items():
        assert client.get(url, headers={"If-None-Match": seen["etag"]}).status_code == 200
        assert client.get(url, headers={"If-Modified-Since": seen["last-modified"]}).status_code == 200


def test_a_tag_outweighs_a_date(client: httpx.Client) -> None:
    changed = client.get("/robots.txt").headers["last-modified"]
    assert client.get("/robots.txt", headers={"If-None-Match": '"x"', "If-Modified-Since": changed}).status_code == 200


@pytest.mark.parametrize("value", ["yesterday", "", "Sat, 21 Nov 2026 01:30:00 -0000"])
def test_a_date_that_is_none_is_ignored(client: httpx.Client, value: str) -> None:
    assert client.get("/robots.txt", headers={"If-Modified-Since": value}).status_code == 200


def test_robots_allow_all(client: httpx.Client) -> None:
    page = client.get("/robots.txt")
    assert page.headers["content-type"] == "text/plain; charset=utf-8"
    assert page.text == "User-agent: *\nAllow: /\n"


def test_the_lobby_leads_to_every_site(room: PressRoom, client: httpx.Client) -> None:
    found = {href for _, _, href, _ in html.fromstring(client.get("/").text).iterlinks()}
    assert {source.url for source in room.sources()} <= found
    assert all(client.get(href).status_code == 200 for href in found)


def test_an_unknown_path_and_method_are_refused(client: httpx.Client) -> None:
    assert client.get("/us-ministry/../../etc/passwd").status_code == 404
    assert client.get("/nothing").status_code == 404
    assert client.post("/").status_code == 501


def test_a_head_request_brings_the_headers_alone(client: httpx.Client) -> None:
    head, get = client.head("/kr-ministry/list.do"), client.get("/kr-ministry/list.do")
    assert head.content == b""
    assert head.headers["content-length"] == str(len(get.content))


def test_requests_are_counted(room: PressRoom, client: httpx.Client) -> None:
    for _ in range(3):
        client.get("/robots.txt")
    client.get("/nothing")
    assert room.requests == {"/robots.txt": 3, "/nothing": 1}


def test_the_backlog_is_older_than_three_days_and_the_release_is_not(room: PressRoom, client: httpx.Client) -> None:
    def ages() -> list[timedelta]:
        dates = [datetime.fromtimestamp(timegm(entry.published_parsed), UTC) for entry in _feeds(client, room)]
        return [NOW - date for date in dates]

    old = ages()
    assert min(old) > timedelta(hours=72)
    room.release()
    fresh = [age for age in ages() if age not in old]
    assert len(fresh) == 7
    assert timedelta(0) < min(fresh)
    assert max(fresh) < timedelta(hours=72)


def _feeds(client: httpx.Client, room: PressRoom) -> list[feedparser.FeedParserDict]:
    urls = [source.url for source in room.sources() if source.kind == "feed" and source.language == "en"]
    return [entry for url in urls for entry in feedparser.parse(client.get(url).content).entries]


def test_texts_name_the_day_of_the_release(client: httpx.Client, room: PressRoom) -> None:
    room.release(NOW + timedelta(days=12))
    assert "met in Busan on December 3 to set" in client.get("/us-ministry/feed/").text
    assert "2026년 12월 3일 부산에서" in read(client.get("/kr-ministry/view.do?seq=40217"))
    assert "2026年12月3日、釜山において" in read(client.get("/jp-ministry/press/release/pressit_000217.html"))
    assert "令和8年12月3日" in read(client.get("/jp-ministry/press/release/pressit_000217.html"))
    assert "port city on Thursday" in client.get("/harbour-post/articles/busan-ministers-cables").text


def test_two_rooms_of_one_time_serve_the_same(room: PressRoom, client: httpx.Client) -> None:
    room.release()
    paths = [url.removeprefix(room.url) for urls in links(client, room).values() for url in urls]
    first = {path: client.get(path).content.replace(room.url.encode(), b"") for path in paths}
    with PressRoom(NOW) as other, httpx.Client(base_url=other.url, trust_env=False) as twin:
        other.release()
        assert {path: twin.get(path).content.replace(other.url.encode(), b"") for path in paths} == first


def test_leaving_stops_every_thread_though_a_client_stays_connected() -> None:
    before = set(threading.enumerate())
    with PressRoom(NOW) as room, httpx.Client(base_url=room.url, trust_env=False) as client:
        assert client.get("/robots.txt").status_code == 200
        room.close()
        assert set(threading.enumerate()) == before
        with pytest.raises(httpx.TransportError):
            client.get("/robots.txt")
        port = int(room.url.rsplit(":", 1)[1])
        with PressRoom(NOW, port) as again:
            assert again.url == room.url
            assert client.get("/robots.txt").status_code == 200


def test_a_room_that_was_never_entered_closes() -> None:
    room = PressRoom(NOW)
    room.close()
    with pytest.raises(OSError, match=r"."), socket.create_connection(("127.0.0.1", int(room.url.rsplit(":", 1)[1])), timeout=1):
        pass


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        PressRoom(NOW.replace(tzinfo=None))
