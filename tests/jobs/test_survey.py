"""What a poll hears of the next one, and what is told of a page that is odd."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scraper.jobs import poll
from scraper.jobs.rooms import Rooms
from scraper.model.moment import parse_utc
from scraper.model.source import Source
from scraper.stages.cadence import SPREAD, spread

from .house import FETCH, Clock, Item, Log, Sheet, Site, one, rooms, rss


def story(number: int, at: datetime, title: str = "Harvest is late this year") -> Item:
    return Item(f"/n/{number}", f"{title} ({number})", "The farmers of the valley say that rain in spring kept them from the fields.", at)


def wait(made: Rooms, source: Source) -> float:
    """The minutes until the next poll of a source of the press, without its spread."""
    at = parse_utc(str(one(made, "SELECT next_poll_at FROM source_states WHERE source_id = ?", source.id)))
    return round((at - made.clock()) / timedelta(minutes=1) - spread(source.id) * SPREAD * source.interval, 1)


@pytest.mark.parametrize(
    ("headers", "official", "wanted"),
    [
        ((), False, 30.0),
        ((("Cache-Control", "max-age=2700"),), False, 45.0),
        ((("Cache-Control", "max-age=864000"),), False, 60.0),
        ((("Expires", "Thu, 01 Jan 1970 00:00:00 GMT"),), False, 30.0),
        ((("Cache-Control", "max-age=2700"),), True, 30.0),
    ],
)
def test_a_fresh_copy_is_not_asked_for_again(
    tmp_path: Path, clock: Clock, site: Site, headers: tuple[tuple[str, str], ...], official: bool, wanted: float
) -> None:
    site.pages["/feed"] = Sheet(rss(site.url, [story(1, clock())]), "application/rss+xml", headers=headers)
    paper = site.source("paper", interval=30.0, official=official)
    with rooms(tmp_path, clock, (paper,)) as made:
        poll.run(made, (paper,))
        found = wait(made, paper)
        assert found == wanted if not official else found <= wanted


def test_a_fresh_copy_of_which_nothing_changed_is_not_asked_for_again_either(tmp_path: Path, clock: Clock, site: Site) -> None:
    headers = (("Cache-Control", "max-age=2700"), ("ETag", '"1"'))
    site.pages["/feed"] = Sheet(rss(site.url, [story(1, clock())]), "application/rss+xml", headers=headers)
    paper = site.source("paper", interval=30.0, official=False)
    with rooms(tmp_path, clock, (paper,)) as made:
        poll.run(made, (paper,))
        site.pages["/feed"] = Sheet(status=304, headers=headers[:1])
        (polled,) = poll.run(made, (paper,)).polls
        assert (polled.outcome, wait(made, paper)) == ("not_modified", 45.0)


def test_news_of_interest_brings_the_next_poll_forward_and_silence_puts_it_off(tmp_path: Path, clock: Clock, site: Site) -> None:
    paper = site.source("paper", interval=30.0, official=False)
    items = [story(1, clock(), "South Korea, Japan and the US confer")]
    with rooms(tmp_path, clock, (paper,)) as made:

        def polled() -> float:
            site.pages["/feed"] = Sheet(rss(site.url, items), "application/rss+xml")
            poll.run(made, (paper,))
            return wait(made, paper)

        assert polled() == 30.0, "the backlog is no news"
        items.append(story(2, clock()))
        assert polled() == 30.0, "new, and of no interest"
        items.append(story(3, clock(), "South Korea, Japan and the US confer again"))
        assert polled() == 15.0
        assert polled() == 30.0
        clock.advance(hours=8)
        assert polled() == 48.0
        clock.advance(hours=80)
        assert polled() == 90.0


def test_what_was_odd_about_a_page_is_logged(tmp_path: Path, clock: Clock, site: Site) -> None:
    broken = rss(site.url, [story(1, clock())]).replace(b"</rss>", b"")
    site.pages["/feed"] = Sheet(broken, "application/rss+xml")
    paper, log = site.source("paper"), Log()
    with rooms(tmp_path, clock, (paper,), log=log) as made:
        (polled,) = poll.run(made, (paper,)).polls
    (line,) = log.events("notes")
    assert (polled.outcome, line["source_id"]) == ("ok", "paper")
    assert "cut off" in " ".join(line["notes"])


def test_why_a_listing_is_empty_stands_in_its_poll(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages["/feed"] = Sheet(b"<html><title>News</title><ul><li><b>no link here</b></li></ul></html>")
    source = site.source("paper", kind="listing")
    chosen = replace(source, selectors=replace(source.selectors, item="ul.news li"))
    with rooms(tmp_path, clock, (chosen,)) as made:
        (polled,) = poll.run(made, (chosen,)).polls
    assert polled.outcome == "empty"
    assert polled.error.startswith("the page holds no entries; ")


def sitemap(*pages: str) -> bytes:
    told = "".join(f"<sitemap><loc>{page}</loc></sitemap>" for page in pages)
    return f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{told}</sitemapindex>'.encode()


def polled_once(folder: Path, clock: Clock, source: Source) -> tuple[str, str]:
    with rooms(folder, clock, (source,)) as made:
        (polled,) = poll.run(made, (source,)).polls
        return polled.outcome, polled.error


def test_an_index_of_which_no_part_can_be_had_is_no_empty_one(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages["/map"] = Sheet(sitemap(f"{site.url}/a.xml", f"{site.url}/b.xml"), "application/xml")
    site.pages["/a.xml"] = site.pages["/b.xml"] = Sheet(b"down", status=503)
    assert polled_once(tmp_path, clock, site.source(kind="sitemap", path="/map"))[0] == "http"


def test_one_part_that_can_be_had_is_enough(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages["/map"] = Sheet(sitemap(f"{site.url}/a.xml", f"{site.url}/b.xml"), "application/xml")
    site.pages["/a.xml"] = Sheet(b"down", status=503)
    told = f"<url><loc>{site.url}/n/1</loc><lastmod>{clock():%Y-%m-%d}</lastmod></url>"
    site.pages["/b.xml"] = Sheet(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{told}</urlset>'.encode(), "application/xml")
    assert polled_once(tmp_path, clock, site.source(kind="sitemap", path="/map"))[0] == "ok"


def test_a_search_engines_refusal_is_a_block(tmp_path: Path, clock: Clock, site: Site) -> None:
    page = b"<html><head><title>Sorry...</title></head><body><p>Our systems have detected unusual traffic from your computer network.</p></body></html>"
    site.pages["/feed"] = Sheet(page)
    assert polled_once(tmp_path, clock, site.source())[0] == "blocked"


@pytest.mark.parametrize(("body", "why"), [(b"<p>" * 70_000 + b"x" * 200_000, "tags"), (b"<html><body>" + b"word " * 640_000, "bytes")])
def test_an_article_too_large_to_read_is_given_up_with_its_reason(tmp_path: Path, clock: Clock, site: Site, body: bytes, why: str) -> None:
    site.publish(story(1, clock(), "Ministers of Japan, South Korea and the United States met"))
    site.pages["/n/1"] = Sheet(body)
    with rooms(tmp_path, clock, (site.source(),), fetch=replace(FETCH, max_bytes=8_000_000)) as made:
        poll.run(made, made.config.sources)
        decision, reason = made.store.rows("SELECT decision, reason FROM entries")[0].values()
        assert decision == "gave_up"
        assert reason.startswith("too_large: ")
        assert why in reason


def test_an_address_that_moved_for_good_is_said_while_it_answers(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages["/feed"] = Sheet(status=301, headers=(("Location", "/new/feed"),))
    site.pages["/new/feed"] = Sheet(rss(site.url, [story(1, clock())]), "application/rss+xml")
    outcome, error = polled_once(tmp_path, clock, site.source())
    assert outcome == "ok"
    assert "moved for good" in error
    assert "/new/feed" in error


def test_a_slash_more_is_no_move(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages["/feed"] = Sheet(status=308, headers=(("Location", "/feed/"),))
    site.pages["/feed/"] = Sheet(rss(site.url, [story(1, clock())]), "application/rss+xml")
    assert polled_once(tmp_path, clock, site.source()) == ("ok", "")
