from __future__ import annotations

import pytest

from scraper.stages.extract import dates, tree

BODY = "<p>" + "The three vice ministers met and took stock of what had been agreed. " * 6 + "</p>"


def when(head: str = "", body: str = "", *, zone: str = "Asia/Seoul", latest: str = "2026-01-01", url: str = "") -> tuple[str, str] | None:
    root = tree.parse(f"<html><head>{head}</head><body><h1>Talks held</h1>{body}{BODY}</body></html>")
    assert root is not None
    moment = dates.published(root, url=url, zone=zone, latest=latest)
    return (moment.at, moment.precision) if moment else None


LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Talks","datePublished":"2024-10-16T15:20:00+09:00"}</script>'


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (LD, "<time datetime='2020-01-05'>x</time>", ("2024-10-16T06:20:00Z", "second")),
        ('<meta property="article:published_time" content="2024-10-16T15:20:00+09:00">', "", ("2024-10-16T06:20:00Z", "second")),
        ('<meta name="pubdate" content="2024-10-16">', "", ("2024-10-16", "date")),
        ("", '<span itemprop="datePublished" content="2024-10-16">yesterday</span>', ("2024-10-16", "date")),
        ("", '<article><time datetime="2024-10-16T15:20+09:00">today</time></article>', ("2024-10-16T06:20:00Z", "minute")),
        (
            "",
            '<article><time class="updated" datetime="2024-10-18">u</time><time datetime="2024-10-16">p</time></article>',
            ("2024-10-16", "date"),
        ),
        ("", "<span>입력 2024.10.16. 오후 3:20</span><span>수정 2024.10.17. 오전 9:00</span>", ("2024-10-16T06:20:00Z", "minute")),
        (
            "",
            "<ul><li>수정 2024.10.17. 오전 9:00</li></ul><ul><li>입력 2024.10.16. 오후 3:20</li></ul>",
            ("2024-10-16T06:20:00Z", "minute"),
        ),
        ("", '<div class="date_info"><em>등록일</em> <b>2024-10-16</b></div>', ("2024-10-16", "date")),
        ("", "<p>公開日：令和6年10月16日</p>", ("2024-10-16", "date")),
        ("", "<p>Published on October 16, 2024</p>", ("2024-10-16", "date")),
    ],
)
def test_what_the_page_says(head: str, body: str, expected: tuple[str, str]) -> None:
    assert when(head, body) == expected


def test_a_date_after_the_page_was_read_is_none() -> None:
    assert when('<meta name="pubdate" content="2027-10-16">') is None


def test_a_page_that_says_no_date_has_none() -> None:
    assert when() is None


def test_a_year_of_copyright_is_no_date() -> None:
    assert when("", "<footer>\u00a9 2019 Example Press</footer>") is None


def test_the_address_may_say_the_day() -> None:
    assert when(url="https://example.org/news/2024/10/16/talks") == ("2024-10-16", "date")


def test_a_date_in_running_text_is_only_a_guess() -> None:
    found = when("", "<div>Seoul, 2024-10-16</div>")
    assert found is None or found[0] == "2024-10-16"


def test_objects_of_another_kind_may_bear_the_date() -> None:
    assert when('<script type="application/ld+json">{"@type":"WebPage","datePublished":"2024-10-16"}</script>') == ("2024-10-16", "date")
