"""What a site offers: feeds, WordPress, sitemaps; hosts; OPML; the text of a source."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.errors import ConfigError, DiscoverError, FetchError, InputError, Problem
from scraper.fetch import Fetcher
from scraper.jobs import catalogue, opml
from scraper.jobs.catalogue import Proposal
from scraper.model.catalogue import Aside, Dead
from scraper.model.settings import AlertSettings, Channel
from scraper.model.source import Page, Source
from scraper.stages.discover.autodiscovery import Lead, front, sitemaps
from scraper.stages.discover.outlines import read_outlines, write_outlines
from scraper.stages.duty import on_duty

from .house import FETCH, Clock, Item, Sheet, Site, packaged, statement

HEAD = """<!doctype html><html lang="ko-KR"><head><title>외교부 News</title><base href="/en/">
<link rel="alternate" type="application/rss+xml" title="Releases" href="{url}/feed">
<link rel="alternate" type="application/rss+xml" title="Comments" href="{url}/comments/feed/">
<link rel="alternate" type="application/rss+xml" title="Trap" href="http://evil.example/${{SECRET}}">
<link rel="alternate" type="application/atom+xml" href="gone.xml"><link rel="alternate" hreflang="en" href="/en">
<link rel="https://api.w.org/" href="{url}/wp-json/"></head><body><p>x</body></html>"""
POSTS = "/wp-json/wp/v2/posts?per_page=25&orderby=date&order=desc&_fields=id,date,date_gmt,link,title,content,excerpt"
PAGE = Page("https://a.example/x/", "https://a.example/x/", 200, {}, b"", "2026-07-09T12:00:00Z")


def offered(site: Site, clock: Clock, path: str = "/") -> tuple[Proposal, ...]:
    with Fetcher(FETCH, clock) as fetcher:
        return catalogue.propose(replace(packaged(), fetch=FETCH), fetcher, site.url + path, clock, private=True)


def furnish(site: Site, clock: Clock) -> None:
    site.publish(statement(at=clock()))
    site.pages["/"] = Sheet(HEAD.format(url=site.url).encode())
    post = {
        "id": 1,
        "date_gmt": "2026-07-09T01:00:00",
        "link": site.url + "/p",
        "title": {"rendered": "T"},
        "content": {"rendered": "<p>t</p>"},
    }
    site.pages[POSTS] = Sheet(json.dumps([post]).encode(), "application/json")
    site.pages["/robots.txt"] = Sheet(b"User-agent: *\nDisallow:\nSitemap: /index.xml\nSitemap: /news.xml\n", "text/plain")
    part = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{0}/p</loc><lastmod>2026-07-09</lastmod></url></urlset>'
    site.pages["/news.xml"] = Sheet(part.format(site.url).encode(), "application/xml")
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{site.url}/news.xml</loc></sitemap></sitemapindex>'
    site.pages["/index.xml"] = Sheet(index.encode(), "application/xml")


def test_a_site_with_everything(site: Site, clock: Clock) -> None:
    furnish(site, clock)
    found = offered(site, clock)
    assert [(one.source.kind, one.entries > 0) for one in found] == [
        ("wordpress", True), ("feed", True), ("feed", False), ("sitemap", True),
    ]  # fmt: skip
    assert [one.source.rank for one in found if not one.error] == [0, 0, 1], "posts and feed share no item; one sitemap is enough"
    assert [one.behind for one in found if not one.error] == ["", "", found[0].source.id]
    assert len({one.source.id for one in found}) == 4
    assert {one.source.language for one in found} == {"ko"}
    assert "404" in found[2].error
    assert not any("evil" in path or "comments" in path for path, _ in site.asked)


FRONT = "<html lang=en><head><title>The Paper</title>{}</head><body>x</body></html>"
LINK = '<link rel="alternate" type="application/{}+xml" title="{}" href="{}">'


def stories(*numbers: int) -> list[Item]:
    return [Item(f"/story/{number}", f"Story {number}", "text") for number in numbers]


def paper(site: Site, **feeds: tuple[int, ...]) -> None:
    """A front page that names feeds of these numbered stories."""
    links = [LINK.format("atom" if name == "atom" else "rss", name.title(), f"/rss/{name}.xml") for name in feeds]
    site.pages["/"] = Sheet(FRONT.format("".join(links)).encode())
    for name, numbers in feeds.items():
        site.publish(*stories(*numbers), path=f"/rss/{name}.xml")


@pytest.mark.parametrize(
    ("feeds", "wanted"),
    [
        ({"politics": (1, 2, 3, 4), "world": (5, 6, 7, 8)}, [("politics", 0, ""), ("world", 0, "")]),
        ({"politics": (1, 2, 3, 4), "world": (4, 5, 6, 7)}, [("politics", 0, ""), ("world", 0, "")]),
        ({"politics": (1, 2, 3, 4), "atom": (1, 2, 3, 4)}, [("politics", 0, ""), ("feed", 0, "same items")]),
        ({"all": (1, 2, 3, 4, 5, 6), "press": (4, 5, 6, 7)}, [("all", 0, ""), ("press", 1, "")]),
        ({"all": (1, 2, 3), "press": (2, 3)}, [("all", 0, ""), ("press", 0, "same items")]),
        (
            {"all": (1, 2), "press": (2, 3), "old": (9,), "more": (2, 3, 4)},
            [("all", 0, ""), ("press", 1, ""), ("old", 0, ""), ("more", 2, "")],
        ),
    ],
)
def test_sections_stand_beside_each_other_and_copies_behind(
    site: Site, clock: Clock, feeds: dict[str, tuple[int, ...]], wanted: list[tuple[str, int, str]]
) -> None:
    paper(site, **feeds)
    found = [one for one in offered(site, clock) if one.source.kind == "feed"]
    name = site.url.removeprefix("http://").split(":")[0].replace(".", "-")
    assert [(one.source.id.removeprefix(f"{name}-"), one.source.rank) for one in found] == [row[:2] for row in wanted]
    assert [bool(one.error) for one in found] == [bool(row[2]) for row in wanted]
    assert all(row[2] in one.error and one.known == bool(row[2]) for one, row in zip(found, wanted, strict=True))


def test_a_sitemap_stands_behind_all_sections(site: Site, clock: Clock) -> None:
    paper(site, politics=(1, 2), world=(3, 4))
    urls = "".join(f"<url><loc>{site.url}/story/{number}</loc><lastmod>2026-07-09</lastmod></url>" for number in range(1, 30))
    site.pages["/sitemap.xml"] = Sheet(
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode(), "application/xml"
    )
    good = [one for one in offered(site, clock) if not one.error]
    assert [(one.source.kind, one.source.rank) for one in good] == [("feed", 0), ("feed", 0), ("sitemap", 1)]
    assert [one.id for one in on_duty([one.source for one in good], {})] == [one.source.id for one in good[:2]]


def test_what_is_polled_already_is_told_and_leads_the_line(site: Site, clock: Clock) -> None:
    paper(site, politics=(1, 2, 3), world=(4, 5, 6), copy=(1, 2, 9))
    mine = site.source("mine", "/rss/politics.xml", publisher="The Paper Company")
    with Fetcher(FETCH, clock) as fetcher:
        config = replace(packaged(), fetch=FETCH, sources=(mine,))
        held, world, copy, *_ = catalogue.propose(config, fetcher, site.url + "/", clock, private=True)
    assert (held.source.id, held.known, "as mine" in held.error) == ("mine", True, True)
    assert (world.source.publisher, world.source.rank) == ("The Paper Company", 0)
    assert (copy.source.publisher, copy.source.rank, copy.behind) == ("The Paper Company", 1, "mine")


def test_a_section_is_named_with_its_site(site: Site, clock: Clock) -> None:
    paper(site, politics=(1,), world=(2,))
    assert [one.source.name for one in offered(site, clock)[:2]] == ["The Paper: Politics", "The Paper: World"]


def test_how_much_could_be_of_interest_is_told(site: Site, clock: Clock) -> None:
    paper(site, politics=(1, 2))
    site.publish(*stories(1, 2), statement(at=clock()), path="/rss/politics.xml")
    one = offered(site, clock)[0]
    assert (one.entries, one.interesting, one.newest) == (3, 1, "2026-07-09T12:00:00Z")


def test_an_address_that_is_a_feed_itself_is_asked_once(site: Site, clock: Clock) -> None:
    furnish(site, clock)
    (one,) = offered(site, clock, "/feed")
    assert (one.source.kind, one.error, site.times("/feed")) == ("feed", "", 1)


def test_a_page_that_cannot_be_had(site: Site, clock: Clock) -> None:
    with pytest.raises(FetchError):
        offered(site, clock, "/none")


def test_a_host_of_a_watched_government_is_official() -> None:
    page = replace(PAGE, url="https://www.mofa.go.jp/")
    source = catalogue._source(Lead("feed", page.url, "x\nfeed"), front(page, ""), page, packaged().watch, Source("", "", "", ""))
    assert (source.party, source.official, source.timezone, source.id, source.name) == (
        "JP",
        True,
        "Asia/Tokyo",
        "mofa-go-jp-feed",
        "x feed",
    )


def test_wordpress_in_the_link_header() -> None:
    told = front(replace(PAGE, headers={"link": '<https://a.example/?rest_route=/>; rel="https://api.w.org/"'}), "<html>")
    assert told.leads[0].url.startswith("https://a.example/?rest_route=/wp/v2/posts&per_page=25")


@pytest.mark.parametrize(
    "markup", ["", "<![if !x]><link", "<link rel=alternate type=application/rss+xml href='http://[x'>", "<base href='//['>"]
)
def test_broken_heads_have_no_leads(markup: str) -> None:
    assert front(PAGE, markup).leads == []


def test_sitemaps_of_robots() -> None:
    named = sitemaps("sitemap: /a.xml\nSitemap:https://a.example/news.xml\nSitemap: ftp://x/\n", "https://a.example")
    assert [lead.url for lead in named] == ["https://a.example/news.xml", "https://a.example/a.xml"]
    assert [lead.url for lead in sitemaps("", "https://a.example")][-1] == "https://a.example/sitemap.xml"


def test_the_text_of_a_source_is_read_back_as_it_was() -> None:
    source = Source("a", 'say "x" \\ 종이', "feed", "https://a.example/?a=1", party="US", official=True, interval=15.0)
    (table,) = tomllib.loads(catalogue.toml(source))["source"]
    assert table == {
        "id": "a",
        "name": source.name,
        "kind": "feed",
        "url": source.url,
        "party": "US",
        "language": "en",
        "official": True,
        "interval": 15.0,
    }
    assert catalogue.printable("a\x00\n\u2028b\ud800\x7f") == "a b"


def test_a_file_that_would_break_the_configuration_is_as_before(tmp_path: Path) -> None:
    def broken() -> None:
        raise ConfigError((Problem("sources.toml", "", "no"),))

    with pytest.raises(ConfigError):
        catalogue.append(tmp_path, [Source("a", "A", "feed", "u")], broken)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "sources.toml").write_text("# mine", "utf-8")
    with pytest.raises(ConfigError):
        catalogue.append(tmp_path, [Source("a", "A", "feed", "u")], broken)
    assert (tmp_path / "sources.toml").read_text("utf-8") == "# mine"
    with pytest.raises(InputError):
        catalogue.append(tmp_path / "none", [], broken)


def test_hosts_of_sources_and_channels() -> None:
    polled = (
        Source("a", "A", "feed", "https://b.example/x"), Source("b", "B", "feed", "http://a.example:8080/", enabled=False),
        Source("c", "C", "feed", "${URL}"), Source("d", "D", "feed", "https://[::1"),
    )  # fmt: skip
    mail = Channel("m", "email", host="mail.example", security="tls")
    config = replace(packaged(), sources=polled, alerts=AlertSettings(channels=(mail,), heartbeat_url="https://beat.example/"))
    assert catalogue.hosts(config) == (("b.example", 443), ("beat.example", 443), ("mail.example", 465))
    assert ("a.example", 8080) in catalogue.hosts(config, everything=True)


def test_opml_holds_no_secret_and_comes_back() -> None:
    source = Source("a", "A & <b>", "feed", "https://a.example/?key=1", display_url="https://a.example/?key=${KEY}", language="ja")
    text = write_outlines((source, replace(source, kind="sitemap"), replace(source, display_url="(from url_file)")))
    (outline,) = read_outlines(text)
    assert (outline.title, outline.url, outline.language) == ("A & <b>", source.display_url, "ja")
    found, odd = opml.read(text.encode("utf-16"), ())
    assert (found, len(odd)) == ((), 1)


def test_opml_in_groups_with_hosts_that_repeat() -> None:
    lines = ("https://www.a.example/1", "https://a.example/2", "javascript:x", "https://a.example/2")
    body = "".join(f'<outline text="g"><outline xmlUrl="{url}"/></outline>' for url in lines)
    found, odd = opml.read(f"<opml><body>{body}</body></opml>".encode(), (Source("a-example", "", "feed", "u"),))
    assert ([one.id for one in found], len(odd)) == (["a-example-2", "a-example-3"], 2)


@pytest.mark.parametrize("text", ["<rss/>", "", "plain", '<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "<opml>" + "<outline>" * 300])
def test_no_opml(text: str) -> None:
    with pytest.raises(DiscoverError):
        read_outlines(text)


def test_an_opml_too_large() -> None:
    with pytest.raises(InputError):
        opml.read(b" " * (opml.LARGEST + 1), ())


def test_what_is_known_to_be_dead_is_not_proposed(site: Site, clock: Clock) -> None:
    furnish(site, clock)
    grave = Dead("old", "Old", f"{site.url}/feed", "nothing new has come since", "frozen", "2025-11-10", instead=("live",))
    config = replace(packaged(), fetch=FETCH, aside=Aside((grave,)))
    with Fetcher(FETCH, clock) as fetcher:
        found = catalogue.propose(config, fetcher, site.url + "/", clock, private=True)
        asked = site.times("/feed")
        (direct,) = catalogue.propose(config, fetcher, site.url + "/feed?utm_source=list", clock, private=True)
    told = {one.source.url: one.error for one in found}
    assert told[site.url + "/feed"] == "this address is known to be frozen since 2025-11-10: nothing new has come since; instead: live"
    assert direct.error == told[site.url + "/feed"]
    assert (asked, site.times("/feed")) == (0, 0), "it is not even asked"
    assert any(not one.error for one in found)


def test_dead_feeds_of_an_opml_file_are_left_out() -> None:
    out = write_outlines([Source("a", "A", "feed", "https://a.example/feed"), Source("b", "B", "feed", "https://b.example/feed")]).encode()
    found, odd = opml.read(out, (), (Dead("a", "A", "https://a.example/*", "it answers 404"),))
    assert [source.url for source in found] == ["https://b.example/feed"]
    assert odd == ("https://a.example/feed: this address is known to be dead: it answers 404",)
