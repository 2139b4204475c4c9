"""What a dry poll says of robots.txt, of oddities, and of what would be stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scraper.fetch import Fetcher
from scraper.jobs import checking
from scraper.model.catalogue import Expected
from scraper.model.source import Selectors, Source

from .house import FETCH, Clock, Item, Sheet, Site, desk, rss, statement, unrelated

AWARE = replace(FETCH, robots=True)


def checked(source: Source, clock: Clock, *, robots: bool = True) -> dict[str, Any]:
    """The row of one source."""
    base, settings = desk(), AWARE if robots else FETCH
    with Fetcher(settings, clock, sleep=lambda _: None) as fetcher:
        (row,) = checking.run(replace(base, config=replace(base.config, fetch=settings)), fetcher, [source], clock)
    return row


@pytest.mark.parametrize(
    ("answer", "told", "outcome"),
    [
        (Sheet(b"User-agent: *\nDisallow: /private\n"), "allowed", "ok"),
        (Sheet(b"User-agent: *\nCrawl-delay: 0.5\n"), "allowed, crawl-delay 0.5 seconds", "ok"),
        (Sheet(status=404), "allowed: there is no robots.txt", "ok"),
        (Sheet(b"User-agent: *\nDisallow: /feed\n"), 'disallowed by "Disallow: /feed", written for all programs', "robots"),
        (
            Sheet(b"User-agent: *\nDisallow: /f\n\nUser-agent: trilateral-tests\nDisallow: /\nDisallow: /fee\n"),
            'disallowed by "Disallow: /fee", written for trilateral-tests',
            "robots",
        ),
        (Sheet(status=503), "unreachable, so that nothing may be fetched for now", "robots"),
        (Sheet(status=429), "unreachable: http", "http"),
    ],
)
def test_robots_in_words(site: Site, clock: Clock, answer: Sheet, told: str, outcome: str) -> None:
    site.publish(statement(at=clock()))
    site.pages["/robots.txt"] = answer
    row = checked(site.source(), clock)
    assert row["robots"].startswith(told)
    assert row["outcome"] == outcome
    assert ("Disallow" in row["error"]) == ("Disallow" in told), "the poll's error names the rule, too"


def test_robots_that_are_switched_off_or_out_of_reach(site: Site, clock: Clock) -> None:
    site.publish(statement(at=clock()))
    assert checked(site.source(), clock, robots=False)["robots"] == "not asked: switched off by robots = false"
    gone = checked(replace(site.source(), url="http://nowhere.invalid/feed"), clock)
    assert (gone["outcome"], gone["robots"]) == ("dns", "unreachable, as the source itself")


def test_an_article_that_robots_forbid_is_told_with_its_rule(site: Site, clock: Clock) -> None:
    item = statement(at=clock())
    site.publish(item)
    site.pages["/robots.txt"] = Sheet(f"User-agent: *\nDisallow: {item.path}\n".encode())
    row = checked(site.source(), clock)
    assert (row["outcome"], row["robots"]) == ("ok", "allowed")
    assert "robots" in row["article"]
    assert f"Disallow: {item.path}" in row["article"]
    assert row["stored"] == "nothing of it: robots.txt stands against it"


def test_what_would_be_stored_of_a_statement(site: Site, clock: Clock) -> None:
    site.publish(statement(at=clock(), name="Trilateral Seed Bank Initiative"), unrelated())
    row = checked(site.source(), clock)
    assert row["stored"].startswith("an article (joint_statement, original, foreign_ministers, 2026-07-09, Seoul) with its whole text, ")
    assert "; initiatives: Trilateral Seed Bank Initiative" in row["stored"]
    assert (row["entries"], row["to_read"], row["language"]) == (2, 2, "en")
    assert "The following text was released" in row["text"]
    for store, kept in (("excerpt", "with 300 characters of its text"), ("link", "with none of its text")):
        assert kept in checked(site.source(store=store), clock)["stored"]


def test_what_would_not_be_stored(site: Site, clock: Clock) -> None:
    site.publish(unrelated(), statement(at=clock()))
    row = checked(site.source(official=False), clock)
    assert (row["to_read"], row["entries"], row["first_title"]) == (1, 2, statement().title), "the first that would be read"
    site.publish(unrelated(), path="/dull")
    dull = checked(site.source(path="/dull", official=False), clock)
    assert (dull["to_read"], dull["first_title"]) == (0, unrelated().title)
    assert dull["stored"].startswith("the entry alone: title and summary name none")
    assert checked(site.source(), clock)["stored"] == "the entry alone: it is not relevant"
    site.pages["/blank"] = Sheet(rss(site.url, [Item("/nothing", "T", "t", clock())]), "application/rss+xml")
    assert checked(site.source(path="/blank"), clock)["stored"] == "nothing; it is tried again later"


def test_what_is_odd_and_how_old_it_is(site: Site, clock: Clock) -> None:
    site.pages["/feed"] = Sheet(rss(site.url, [statement(at=clock())]).replace(b"</rss>", b""), "application/rss+xml")
    assert "cut off" in checked(site.source(), clock)["notes"][0]
    clock.advance(hours=24 * 30)
    old = checked(site.source(stale_after=7.0), clock)
    assert (old["outcome"], "30 days old" in old["error"], old["entries"]) == ("stale", True, 1)


def test_an_index_of_sitemaps_is_followed(site: Site, clock: Clock) -> None:
    schema = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    item = statement(at=clock())
    site.pages[item.path] = Sheet(item.page())
    part = f"<urlset {schema}><url><loc>{site.url}{item.path}</loc><lastmod>2026-07-09</lastmod></url></urlset>"
    site.pages["/part.xml"] = Sheet(part.encode(), "application/xml")
    index = f"<sitemapindex {schema}><sitemap><loc>{site.url}/part.xml</loc></sitemap></sitemapindex>"
    site.pages["/index.xml"] = Sheet(index.encode(), "application/xml")
    row = checked(site.source(path="/index.xml", kind="sitemap"), clock)
    assert (row["outcome"], row["entries"], row["first_url"]) == ("ok", 1, site.url + item.path)
    assert "an index of 1 sitemaps" in row["notes"]


def drifted(source: Source, clock: Clock, expected: Expected | None) -> list[tuple[str, str]]:
    """How the source differs from a record, by part and sentence."""
    with Fetcher(FETCH, clock, sleep=lambda _: None) as fetcher:
        (row,) = checking.run(desk(), fetcher, [source], clock, {source.id: expected} if expected else None)
    assert row["recorded"] == (expected is not None)
    return [(one["part"], one["sentence"]) for one in row["drift"]]


def test_what_is_sent_is_held_against_its_record(site: Site, clock: Clock) -> None:
    site.publish(statement(at=clock()), unrelated())
    source = site.source()
    assert drifted(source, clock, None) == []
    assert drifted(source, clock, Expected(2, ("title", "published"), "second")) == []
    assert drifted(source, clock, Expected(30, ("title", "summary"), "")) == [
        ("entries", "there are 2 entries, 30 are usual"),
        ("summary", "none of 2 entries has a summary"),
    ]


def test_a_selector_that_rots_is_named(site: Site, clock: Clock) -> None:
    item = statement(at=clock())
    site.pages[item.path] = Sheet(item.page())
    row = '<li class="news"><a href="{0}">{1}</a><time>{2}</time></li>'
    for path, day in (("/list", "July 9, 2026"), ("/undated", "soon")):
        site.pages[path] = Sheet(f"<html><body><ul>{row.format(item.path, item.title, day)}</ul></body></html>".encode())
    selectors = Selectors(item="li.news", link="a", title="a", date="time", body="article")
    source = site.source(path="/list", kind="listing", selectors=selectors)
    expected = Expected(1, ("title", "published"), "date")
    assert drifted(source, clock, expected) == []
    rotten = replace(source, url=site.url + "/undated", selectors=replace(selectors, body=".entry-content"))
    assert [part for part, _ in drifted(rotten, clock, expected)] == ["published", "body"]
    assert [part for part, _ in drifted(replace(rotten, follow="never"), clock, expected)] == ["published"], "no article's page is read"
    gone = replace(source, selectors=replace(selectors, item="li.story"))
    assert drifted(gone, clock, expected) == [("entries", "there is no entry")]


def test_what_gives_no_page_has_no_drift(site: Site, clock: Clock) -> None:
    assert drifted(site.source(path="/gone"), clock, Expected(3, ("title",), "")) == []
    site.pages["/search"] = Sheet(b"{}", "application/json")
    assert drifted(site.source(path="/search", kind="gdelt"), clock, Expected(3, ("title",), "")) == [], "a search may find nothing"
