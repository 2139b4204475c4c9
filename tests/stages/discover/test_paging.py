"""The address of the page before, by kind of source."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from scraper.errors import DiscoverError
from scraper.model.moment import Moment
from scraper.model.source import Discovery, Entry, Page, Source
from scraper.stages.discover import Behind, discover, following, older, reached

AT = "2026-01-09T12:00:00Z"
ONE = Behind(1, 20)


def page(url: str, body: str = "", **headers: str) -> Page:
    return Page(url, url, 200, {key.replace("_", "-"): value for key, value in headers.items()}, body.encode(), AT)


def source(kind: str, url: str = "https://gov.example/news", paging: str = "") -> Source:
    return Source("s", "S", kind, url, paging=paging)


def entry(number: int = 1, day: str = "") -> Entry:
    return Entry("s", f"https://gov.example/{number}", "Title", published=Moment(day, "date", day, day) if day else None)


def found(*entries: Entry, more: Sequence[str] = ()) -> Discovery:
    return Discovery(entries, more=tuple(more))


SOME = found(entry())


@pytest.mark.parametrize(
    ("paging", "url", "behind", "expected"),
    [
        ("?page={page}", "https://gov.example/news", Behind(1, 20), "https://gov.example/news?page=2"),
        ("page/{page}/", "https://gov.example/news/", Behind(2, 40), "https://gov.example/news/page/3/"),
        ("?page={page}", "https://gov.example/news?lang=en", Behind(1, 20), "https://gov.example/news?lang=en&page=2"),
        (
            "&start={offset}&rows=20",
            "https://gov.example/news?lang=en#top",
            Behind(3, 61),
            "https://gov.example/news?lang=en&start=61&rows=20",
        ),
        ("https://gov.example/{month}_index.html", "https://gov.example/", Behind(1, 9), "https://gov.example/202512_index.html"),
        ("{month}.html", "https://gov.example/news/", Behind(14, 99), "https://gov.example/news/202411.html"),
    ],
)
def test_a_pattern_makes_the_address(paging: str, url: str, behind: Behind, expected: str) -> None:
    assert following(page(url), source("listing", url, paging), SOME, behind, "2020-01-01") == (expected,)


def test_a_pattern_goes_before_what_a_page_names_and_ends_where_it_leads_to_itself() -> None:
    named = found(entry(), more=["https://gov.example/next"])
    assert following(page("https://gov.example/news"), source("listing", paging="?page={page}"), named, ONE, "") == (
        "https://gov.example/news?page=2",
    )
    assert following(page("https://gov.example/news?page=2"), source("listing", paging="?page={page}"), SOME, ONE, "") == ()


def test_what_a_page_names_itself() -> None:
    assert following(page("https://gov.example/news"), source("listing"), found(entry(), more=["https://gov.example/2"]), ONE, "") == (
        "https://gov.example/2",
    )
    assert following(page("https://gov.example/news"), source("listing"), SOME, ONE, "") == ()


def test_an_empty_page_is_the_last_but_for_a_month_without_news() -> None:
    assert following(page("https://gov.example/news"), source("listing", paging="?page={page}"), found(), ONE, "") == ()
    monthly = following(page("https://gov.example/news"), source("listing", paging="/{month}"), found(), ONE, "")
    assert monthly == ("https://gov.example/202512",)


POST = {"id": 1, "date": "2026-01-01T00:00:00", "link": "https://gov.example/1", "title": {"rendered": "T"}}
REST = "https://gov.example/wp-json/wp/v2/posts?per_page=2&_fields=id,link"


def test_wordpress_says_how_many_pages_there_are() -> None:
    first = page(REST, json.dumps([POST]), x_wp_totalpages="2")
    assert following(first, source("wordpress", REST), discover(first, source("wordpress", REST)), ONE, "") == (f"{REST}&page=2",)
    last = page(f"{REST}&page=2", json.dumps([POST]), x_wp_totalpages="2")
    assert following(last, source("wordpress", REST), discover(last, source("wordpress", REST)), ONE, "") == ()


def test_a_wordpress_that_does_not_say_is_asked_until_it_answers_with_an_error() -> None:
    third = page(f"{REST}&page=3", json.dumps([POST]))
    kind = source("wordpress", REST)
    assert following(third, kind, discover(third, kind), ONE, "") == (f"{REST}&page=4",)
    past = page(f"{REST}&page=4", json.dumps({"code": "rest_post_invalid_page_number", "message": "no", "data": {"status": 400}}))
    assert following(past, kind, discover(past, kind), ONE, "") == ()
    with pytest.raises(DiscoverError, match="no number of a page"):
        following(page(f"{REST}&page=x", json.dumps([POST])), kind, SOME, ONE, "")


def index(*parts: tuple[str, str]) -> str:
    inner = "".join(f"<sitemap><loc>{url}</loc>{f'<lastmod>{at}</lastmod>' if at else ''}</sitemap>" for url, at in parts)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</sitemapindex>'


def test_an_index_names_all_its_parts_but_those_from_before() -> None:
    kind = source("sitemap", "https://gov.example/sitemap.xml")
    listed = [(f"https://gov.example/part-{n}.xml", f"2026-01-{n:02}T00:00:00Z") for n in range(1, 9)]
    body = index(
        *listed, ("https://gov.example/old.xml", "2019-12-31"), ("https://gov.example/201911.xml", ""), ("https://gov.example/202001.xml", ""),
        ("https://gov.example/undated.xml", ""), ("https://other.example/part.xml", "2026-01-01"), ("https://gov.example/sitemap.xml", "2026-01-09"),
    )  # fmt: skip
    read = page(kind.url, body)
    parts = following(read, kind, discover(read, kind), ONE, "2020-01-01")
    assert parts[:8] == tuple(url for url, _ in reversed(listed))
    assert set(parts[8:]) == {"https://gov.example/202001.xml", "https://gov.example/undated.xml"}


def test_the_last_part_of_an_index_has_none_after_it() -> None:
    kind = source("sitemap", "https://gov.example/part.xml")
    body = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://gov.example/1</loc><lastmod>2026-01-01</lastmod></url></urlset>'
    read = page(kind.url, body)
    assert following(read, kind, discover(read, kind), ONE, "2020-01-01") == ()


def test_when_the_day_is_reached() -> None:
    assert reached((entry(1, "2019-12-31"), entry(2, "2019-12-30"), entry(3)), "2020-01-01")
    assert not reached((entry(1, "2019-12-31"), entry(2, "2020-01-01")), "2020-01-01")
    assert not reached((entry(1), entry(2)), "2020-01-01")
    assert not reached((), "2020-01-01")
    assert older(entry(1, "2019-12-31"), "2020-01-01")
    assert not older(entry(1), "2020-01-01")
