from __future__ import annotations

import gzip
import random
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import pytest

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover import discover
from scraper.stages.discover.elements import MOST_ELEMENTS, read_elements
from scraper.stages.discover.inflate import MOST_BYTES

URL = "https://www.example.org/sitemap.xml"
SOURCE = Source("example", "Example", "sitemap", URL, timezone="Asia/Tokyo", language="ja")
NEWS = (
    "<url><loc>/a/{0}</loc><lastmod>2026-11-21T01:00:00Z</lastmod><news:news><news:publication><news:name>Harbour News</news:name>"
    "<news:language>en-GB</news:language></news:publication><news:publication_date>2026-11-20T10:00:00+09:00</news:publication_date>"
    "<news:title>Talks {0} &amp;amp; more</news:title></news:news></url>"
)


def page(body: str | bytes, content_type: str = "application/xml") -> Page:
    return Page(URL, URL, 200, {"content-type": content_type}, body.encode() if isinstance(body, str) else body, "2026-11-21T12:00:00Z")


def urlset(inside: str) -> str:
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="n">{inside}</urlset>'


def index(*parts: tuple[str, str]) -> str:
    told = "".join(f"<sitemap><loc>{loc}</loc>{f'<lastmod>{at}</lastmod>' if at else ''}</sitemap>" for loc, at in parts)
    return f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{told}</sitemapindex>"


def read(body: str | bytes, source: Source = SOURCE) -> Discovery:
    return discover(page(body), source)


def refused(body: str | bytes, source: Source = SOURCE) -> str:
    with pytest.raises(DiscoverError) as caught:
        read(body, source)
    return caught.value.code


def test_news_sitemap() -> None:
    found = read(urlset(NEWS.format(1)))
    (entry,) = found.entries
    assert (entry.url, entry.title, entry.language) == ("https://www.example.org/a/1", "Talks 1 & more", "en")
    assert entry.published is not None
    assert (entry.published.at, entry.published.precision) == ("2026-11-20T01:00:00Z", "second")
    assert (found.channel, found.notes, found.more) == ("Harbour News", (), ())


def test_plain_sitemap_knows_only_when_pages_changed() -> None:
    found = read(urlset("<url><loc>/a</loc><lastmod>2026-11-20</lastmod></url><url><loc>/b</loc></url><url><lastmod>2026</lastmod></url>"))
    assert [(entry.url, entry.title, entry.published and entry.published.precision) for entry in found.entries] == [
        ("https://www.example.org/a", "", "inferred"),
        ("https://www.example.org/b", "", None),
    ]
    assert found.channel == "www.example.org"
    assert {"3 addresses without a title", "1 items without address and guid were left out"} <= set(found.notes)


def test_of_a_long_sitemap_the_latest_are_kept_in_page_order() -> None:
    days = [f"<url><loc>/{day}</loc><lastmod>2026-10-{day:02}</lastmod></url>" for day in (1, 9, 5, 30, 2)]
    found = read(urlset("".join(days)), replace(SOURCE, max_entries=2))
    assert [entry.url[-2:] for entry in found.entries] == ["/9", "30"]
    assert "5 addresses: only the latest 2 were read" in found.notes


def test_the_latest_are_found_at_the_end_of_the_longest_sitemap() -> None:
    body = "".join(f"<url><loc>/{n}</loc><lastmod>2026-01-01</lastmod></url>" for n in range(49_999))
    found = read(urlset(body + "<url><loc>/last</loc><lastmod>2026-11-20</lastmod></url>"), replace(SOURCE, max_entries=1))
    assert [entry.url for entry in found.entries] == ["https://www.example.org/last"]


def test_index_names_its_parts_those_changed_last_first() -> None:
    found = read(
        index(("/old.xml", "2026-01-01"), ("/new.xml", "2026-11-20T00:00:00Z"), ("/undated.xml", ""), ("/mid.xml.gz", "2026-10-01"))
    )
    assert found.entries == ()
    assert [url.rpartition("/")[2] for url in found.more] == ["new.xml", "mid.xml.gz", "old.xml", "undated.xml"]
    assert "an index of 4 sitemaps" in found.notes


def test_index_without_times_goes_by_the_months_in_its_names() -> None:
    found = read(index(("/s-2025-12.xml", ""), ("/s-2026-11.xml", ""), ("/s-2026-02.xml", "")))
    assert [url[-6:-4] for url in found.more] == ["11", "02", "12"]


def test_index_is_bounded_and_keeps_to_its_site() -> None:
    parts = [(f"/{number}.xml", "2026-11-01") for number in range(40)]
    found = read(
        index(
            *parts,
            parts[0],
            ("https://elsewhere.example.com/x.xml", ""),
            (URL + "?utm_source=x", ""),
            ("", ""),
            ("ftp://www.example.org/", ""),
        )
    )
    assert len(found.more) == 5
    assert "4 sitemaps of the index without address, of another site or itself were left out" in found.notes
    assert "only the 5 sitemaps changed last are read" in found.notes


def test_gzip_file() -> None:
    packed = gzip.compress(urlset(NEWS.format(1)).encode())
    assert [entry.title for entry in read(packed).entries] == ["Talks 1 & more"]
    assert len(read(gzip.compress(b"") + packed).entries) == 1


def test_gzip_cut_off_gives_what_came_whole() -> None:
    noise = random.Random(1)
    many = "".join(NEWS.format(noise.random()) for _ in range(400))
    packed = gzip.compress(urlset(many).encode())
    found = read(packed[: len(packed) // 2])
    assert 50 < len(found.entries) < 250
    assert "gzip: the body ends early" in found.notes


@pytest.mark.parametrize("body", [b"\x1f\x8bgarbage", b"\x1f\x8b", gzip.compress(b"x", mtime=0)[:12]])
def test_broken_gzip(body: bytes) -> None:
    assert refused(body) in {"parse", "not_a_feed"}


def test_gzip_bomb_is_cut() -> None:
    bomb = gzip.compress(urlset(NEWS.format(1)).replace("</urlset>", "<url>").encode() + b" " * 400_000_000, 1)
    tracemalloc.start()
    found = read(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [entry.title for entry in found.entries] == ["Talks 1 & more"]
    assert any(str(MOST_BYTES) in note for note in found.notes)
    assert peak < 100_000_000


def test_more_elements_than_are_wanted() -> None:
    tree = read_elements("<urlset>" + "<url><loc>x</loc></url>" * 200_000 + "</urlset>")
    assert isinstance(tree.value, dict)
    assert len(tree.value["url"]) == pytest.approx(MOST_ELEMENTS / 2, abs=2)
    assert "more than" in tree.notes[0]


def test_what_is_skipped_is_not_counted() -> None:
    body = f"<urlset xmlns:image='i'>{NEWS.format(1)}{'<image:image><a><b/></a></image:image>' * 3}</urlset>".replace("news:", "")
    assert len(read_elements(body, frozenset({"image"})).value) == 1


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        (urlset(NEWS.format(1) + NEWS.format(2)).rpartition("<news:title>")[0], ["Talks 1 & more"]),
        (urlset(NEWS.format(1)).rpartition("<news:title>")[0], []),
        (urlset(NEWS.format(1).replace("/a/1", "/a?x=1&y=2")), ["Talks 1 & more"]),
        (urlset(NEWS.format("&nbsp;x")), ["Talks x & more"]),
        ("\n Warning: x<br>\n" + urlset(NEWS.format(1)), ["Talks 1 & more"]),
        ('<!DOCTYPE urlset SYSTEM "x.dtd">' + urlset(NEWS.format(1)).partition("?>")[2], ["Talks 1 & more"]),
        (urlset(""), []),
    ],
)
def test_broken_sitemaps_give_what_can_be_read(body: str, titles: list[str]) -> None:
    found = read(body)
    assert [entry.title for entry in found.entries] == titles


def test_a_feed_in_its_place_is_read() -> None:
    found = read("<rss version='2.0'><channel><title>F</title><item><title>T</title><link>/a</link></item></channel></rss>")
    assert [entry.title for entry in found.entries] == ["T"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<!DOCTYPE html><html><body>Not found</body></html>", "not_a_feed"),
        ("<html><head><title>Just a moment...</title></head></html>", "blocked"),
        ("<html><body>We are experiencing Technical Difficulties</body></html>", "blocked"),
        ("", "not_a_feed"),
        ("https://www.example.org/a\n", "not_a_feed"),
        ("{}", "not_a_feed"),
        ("<response><a/></response>", "not_a_feed"),
        ('<!DOCTYPE urlset [<!ENTITY a "b">]>' + urlset(NEWS.format(1)).partition("?>")[2], "parse"),
        ("<urlset>" + "<a>" * 300, "parse"),
        ("<urlset", "not_a_feed"),
        ("<urlset <", "parse"),
        ("<urlset>" + "&" * 200_000, "parse"),
    ],
)
def test_what_is_no_sitemap(body: str, code: str) -> None:
    assert refused(body) == code


def test_challenge_told_by_the_server() -> None:
    with pytest.raises(DiscoverError, match="challenge"):
        discover(replace(page(urlset("")), headers={"cf-mitigated": "challenge"}), SOURCE)


@pytest.mark.parametrize(("channel", "right"), [("Harbour", True), ("Air Force", False)])
def test_channel_is_the_name_of_the_publication(channel: str, right: bool) -> None:
    source = replace(SOURCE, channel=channel)
    if right:
        assert len(read(urlset(NEWS.format(1)), source).entries) == 1
    else:
        assert refused(urlset(NEWS.format(1)), source) == "wrong_channel"


def test_documents_too_large_are_refused() -> None:
    with pytest.raises(DiscoverError, match="too large"):
        read_elements("<urlset>" + " " * 12_000_001)


@pytest.mark.parametrize("pack", [bytes, lambda body: gzip.compress(body, 1)])
def test_more_tags_than_memory_has_room_for_are_refused(pack: Callable[[bytes], bytes]) -> None:
    assert refused(pack(b"<urlset>" + b"<url/>" * 700_000 + b"</urlset>")) == "too_large"
