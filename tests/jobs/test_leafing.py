"""Paging back through a source: how far, what is read of it, and where it goes on after a stop."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scraper.errors import InputError
from scraper.jobs import leafing, poll
from scraper.jobs.leafing import leaf
from scraper.model.settings import AlertSettings
from scraper.model.source import Selectors

from .house import START, Clock, Item, Sheet, Site, one, rooms, rows, rss, sound, statement, unrelated

PLACES = ("Seoul", "Tokyo", "Honolulu")
LOUD = AlertSettings(max_age_hours=1e7)


def items(count: int = 9) -> list[Item]:
    """Statements of one every thirty days back, newest first."""
    return [statement(PLACES[n % 3], at=START - timedelta(days=30 * n)) for n in range(count)]


class Rest(Site):
    """WordPress's interface with three posts a page; ``counts`` tells that it says how many pages there are."""

    counts = False

    def put(self, made: list[Item]) -> None:
        self.made = made
        for item in made:
            self.pages[item.path] = Sheet(item.page())

    def answer(self, path: str, headers: object) -> Sheet:
        if not path.startswith("/wp-json"):
            return super().answer(path, headers)  # type: ignore[arg-type]
        self.asked.append((path, {}))
        self.heard(path)
        number = int(parse_qs(urlsplit(path).query).get("page", ["1"])[0])
        posts = [self._post(item) for item in self.made[3 * number - 3 : 3 * number]]
        if not posts:
            error = {"code": "rest_post_invalid_page_number", "message": "no such page", "data": {"status": 400}}
            return Sheet(json.dumps(error).encode(), "application/json", 400)
        total = (("X-WP-TotalPages", str(-(-len(self.made) // 3))),) if self.counts else ()
        return Sheet(json.dumps(posts).encode(), "application/json", headers=total)

    def _post(self, item: Item) -> dict[str, object]:
        return {
            "id": item.path,
            "date_gmt": f"{item.at:%Y-%m-%dT%H:%M:%S}",
            "link": self.url + item.path,
            "title": {"rendered": item.title},
        }

    def pages_asked(self) -> list[str]:
        return [path for path, _ in self.asked if path.startswith("/wp-json")]


@pytest.mark.parametrize("counts", [False, True])
def test_pages_are_turned_until_the_day_is_reached(tmp_path: Path, clock: Clock, counts: bool) -> None:
    with Rest() as site:
        site.put(items(12))
        site.counts = counts
        source = site.source(kind="wordpress", path="/wp-json/wp/v2/posts")
        until = f"{START - timedelta(days=120):%Y-%m-%d}"
        with rooms(tmp_path, clock, (source,), alerts=LOUD) as made:
            done = leaf(made, source, until)
            assert (done.pages, done.new, done.asked, done.failed, done.error) == (3, 5, 5, 0, "")
            assert one(made, "SELECT min(published_day) FROM articles") >= until
            assert one(made, "SELECT count(*) FROM alerts") == 0
            assert len(site.pages_asked()) == 3
            again = leaf(made, source, until)
            assert (again.pages, again.asked, again.new) == (3, 0, 0)
            sound(made)


def test_a_page_past_the_last_is_the_end(tmp_path: Path, clock: Clock) -> None:
    with Rest() as site:
        site.put(items(6))
        source = site.source(kind="wordpress", path="/wp-json/wp/v2/posts")
        with rooms(tmp_path, clock, (source,)) as made:
            done = leaf(made, source, "2000-01-01")
            assert (done.pages, done.new, done.error) == (2, 6, "")
            assert site.pages_asked()[-1].endswith("page=3")


def test_what_was_stopped_goes_on_where_it_was(tmp_path: Path, clock: Clock) -> None:
    with Rest() as site:
        site.put(items(9))
        source = site.source(kind="wordpress", path="/wp-json/wp/v2/posts")

        def tell(done: int, total: int, url: str) -> None:
            if url.endswith(site.made[4].path):
                raise KeyboardInterrupt

        with rooms(tmp_path, clock, (source,)) as made:
            done = leaf(made, source, "2000-01-01", tell=tell)
            assert (done.stopped, done.new, done.pages) == (True, 4, 2)
            done = leaf(made, source, "2000-01-01")
            assert (done.stopped, done.new, done.pages) == (False, 5, 2)
            assert [path.partition("page=")[2] for path in site.pages_asked()] == ["", "2", "2", "3", "4"]
            assert all(site.times(item.path) == 1 for item in site.made)


def test_so_many_entries_at_most(tmp_path: Path, clock: Clock) -> None:
    with Rest() as site:
        site.put(items(9))
        source = site.source(kind="wordpress", path="/wp-json/wp/v2/posts")
        with rooms(tmp_path, clock, (source,)) as made:
            found = [leaf(made, source, "2000-01-01", limit=2) for _ in range(6)]
            assert [done.new for done in found] == [2, 2, 2, 2, 1, 0]
            assert found[0].left == 1


def test_a_server_that_fails_ends_the_call_and_the_next_goes_on_there(tmp_path: Path, clock: Clock) -> None:
    with Rest() as site:
        site.put(items(6))
        source = site.source(kind="wordpress", path="/wp-json/wp/v2/posts")
        good = site.made
        site.heard = lambda path: setattr(site, "made", None) if path.endswith("page=2") and len(site.pages_asked()) < 5 else None
        with rooms(tmp_path, clock, (source,)) as made:
            done = leaf(made, source, "2000-01-01")
            assert (done.pages, done.new, done.failed) == (1, 3, 1)
            assert "page=2" in done.error
            site.made = good
            assert leaf(made, source, "2000-01-01").new == 3


def test_what_is_no_list_of_posts_ends_the_call(tmp_path: Path, clock: Clock, site: Site) -> None:
    source = site.source(kind="wordpress", path="/rest")
    site.pages["/rest"] = Sheet(b"<html>Technical Difficulties</html>")
    with rooms(tmp_path, clock, (source,)) as made:
        done = leaf(made, source, "2000-01-01")
        assert (done.pages, done.failed, done.answered > 0) == (0, 1, True)
        assert site.times("/rest") == leafing.LOOKS


def listing(found: list[Item]) -> bytes:
    inner = "".join(f'<li><a href="{item.path}">{item.title}</a><span>{item.at:%B %d, %Y}</span></li>' for item in found)
    return f"<!DOCTYPE html><html><body><ul class=news>{inner}</ul></body></html>".encode()


def test_a_listing_by_the_pattern_of_its_source(tmp_path: Path, clock: Clock, site: Site) -> None:
    made_items = items(7)
    pinned = made_items[0]
    for item in made_items:
        site.pages[item.path] = Sheet(item.page())
    for number in range(3):
        path = "/news" if number == 0 else f"/news?page={number + 1}"
        site.pages[path] = Sheet(listing([pinned, *made_items[1 + 2 * number : 3 + 2 * number]]))
    site.pages["/news?page=4"] = Sheet(listing([pinned]))
    source = site.source(kind="listing", path="/news", paging="?page={page}", selectors=Selectors("ul.news li", "a", "a", "span"))
    with rooms(tmp_path, clock, (source,)) as made:
        done = leaf(made, source, "2000-01-01")
        assert (done.pages, done.new) == (4, 7)
        assert site.times(pinned.path) == 1
        assert not site.times("/news?page=5"), "a page that shows nothing new is the last"


def test_months_without_news_are_passed_over_until_the_day(tmp_path: Path, clock: Clock, site: Site) -> None:
    (item,) = items(1)
    old = statement("Tokyo", at=START - timedelta(days=90))
    empty = b"<!DOCTYPE html><html><body><ul class=news></ul><p>No press releases in this month</p></body></html>"
    for month, body in (("202606", empty), ("202605", empty), ("202604", listing([old])), ("202603", empty)):
        site.pages[f"/{month}.html"] = Sheet(body)
    site.pages |= {"/index.html": Sheet(listing([item])), item.path: Sheet(item.page()), old.path: Sheet(old.page())}
    source = site.source(kind="listing", path="/index.html", paging="/{month}.html", selectors=Selectors("ul.news li", "a", "a", "span"))
    with rooms(tmp_path, clock, (source,)) as made:
        done = leaf(made, source, "2026-03-15")
        assert (done.pages, done.new, done.error) == (5, 2, "")
        assert not site.times("/202602.html")


def test_all_parts_of_an_index_of_sitemaps(tmp_path: Path, clock: Clock, site: Site) -> None:
    made_items = items(8)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    parts = ""
    for number, item in enumerate(made_items):
        body = f"<urlset {space}><url><loc>{site.url}{item.path}</loc><lastmod>{item.at:%Y-%m-%d}</lastmod></url></urlset>"
        site.pages[f"/part-{number}.xml"] = Sheet(body.encode(), "application/xml")
        site.pages[item.path] = Sheet(item.page())
        parts += f"<sitemap><loc>{site.url}/part-{number}.xml</loc><lastmod>{item.at:%Y-%m-%d}</lastmod></sitemap>"
    site.pages["/sitemap.xml"] = Sheet(f"<sitemapindex {space}>{parts}</sitemapindex>".encode(), "application/xml")
    source = site.source(kind="sitemap", path="/sitemap.xml")
    with rooms(tmp_path, clock, (source,)) as made:
        done = leaf(made, source, f"{made_items[6].at:%Y-%m-%d}")
        assert (done.pages, done.new) == (8, 7)
        assert not site.times("/part-7.xml")


def test_of_the_press_only_what_may_be_of_interest_is_read(tmp_path: Path, clock: Clock, site: Site) -> None:
    item, other = statement(), unrelated()
    site.publish(item, other)
    source = site.source(official=False, party="")
    with rooms(tmp_path, clock, (source,)) as made:
        assert leaf(made, source, "2000-01-01").asked == 1
        assert site.times(other.path) == 0
        assert sorted(rows(made, "SELECT title, decision, not_seen_before_at FROM entries")) == sorted(
            [(item.title, "relevant", None), (other.title, "not_read", None)]
        )
        clock.advance(hours=1)
        assert poll.run(made, (source,)).polls[0].new == 0


def test_a_feed_names_its_older_pages_itself(tmp_path: Path, clock: Clock, site: Site) -> None:
    first, second = items(2)
    site.publish(first)
    body = rss(site.url, [first]).replace(
        b"<channel>", b'<channel><atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="/feed-2"/>'
    )
    site.pages |= {
        "/feed": Sheet(body, "application/rss+xml"), "/feed-2": Sheet(rss(site.url, [second]), "application/rss+xml"), second.path: Sheet(second.page()),
    }  # fmt: skip
    source = site.source()
    with rooms(tmp_path, clock, (source,)) as made:
        assert (leaf(made, source, "2000-01-01").new, site.times("/feed-2")) == (2, 1)


def test_a_search_has_no_older_pages(tmp_path: Path, clock: Clock, site: Site) -> None:
    with rooms(tmp_path, clock) as made, pytest.raises(InputError, match="no older pages"):
        leaf(made, site.source(kind="gdelt"), "2000-01-01")
