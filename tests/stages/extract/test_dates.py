from __future__ import annotations

import pytest

from scraper.stages.extract import dates, tree
from scraper.stages.extract.datelines import normal

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


def found(body: str, *, head: str = "", lang: str = "ko", url: str = "", latest: str = "2026-01-01") -> dates.Dating | None:
    root = tree.parse(f"<html lang='{lang}'><head>{head}</head><body><h1>Talks held</h1>{body}{BODY}</body></html>")
    assert root is not None
    return dates.dating(root, url=url, zone="Asia/Seoul", latest=latest)


@pytest.mark.parametrize(
    ("body", "day", "origin"),
    [
        ("<dl><dt>작성일</dt><dd>2024-10-16</dd></dl>", "2024-10-16", "label"),
        ("<ul><li><i class='icon'></i> 승인 2024.10.16 15:20</li><li>수정 2024.10.17 09:00</li></ul>", "2024-10-16", "label"),
        ("<div>입력<span>2024.10.16. 오후 3:20</span></div><div>수정<span>2024.10.17. 오후 3:20</span></div>", "2024-10-16", "label"),
        ("<p>최종수정 2024.10.18</p><p>기사입력 : 2024년 10월 16일 오후 3시 20분</p>", "2024-10-16", "label"),
        ("<p>송고시간 2024-10-16 15:20</p>", "2024-10-16", "label"),
        ("<p>등록 2024.10.16 15:20:11</p>", "2024-10-16", "label"),
        ("<p>게시일 2024.10.16 수정 2024.10.20</p>", "2024-10-16", "label"),
        ("<p>公開日：令和6年10月16日　最終更新日：令和6年11月1日</p>", "2024-10-16", "label"),
        ("<p>掲載：2024年10月16日</p>", "2024-10-16", "label"),
        ("<p class='rightalign'>令和6年10月16日</p>", "2024-10-16", "heading"),
        ("<p>2024年10月16日 15時20分</p>", "2024-10-16", "heading"),
        ("<span class='field-publishing-date'>16.10.2024</span>", "2024-10-16", "heading"),
        ("<div><time>2024-10-16</time><aside class='related'><time>2023-01-02</time></aside></div>", "2024-10-16", "time"),
        (
            "<p>Seoul, October 16, 2024 - the three met for a day of talks on the coast and more than that was said by all of them.</p>",
            "2024-10-16",
            "heading",
        ),
    ],
)
def test_a_shown_date_and_its_witness(body: str, day: str, origin: str) -> None:
    dating = found(body)
    assert dating is not None
    assert (dating.moment.day, dating.origin) == (day, origin)


@pytest.mark.parametrize(
    "body",
    [
        "<p>수정 2024.10.17 09:00</p>",
        "<p>更新日：2024年10月20日</p>",
        "<p>最終更新日 令和6年10月20日</p>",
        "<p>Last updated: October 20, 2024</p>",
        "<span class='date'>Updated 20 October 2024</span>",
        "<p>행사기간 2024.10.16 ~ 2024.10.20</p>",
        "<div class='related'><b>2024.10.16</b></div>",
        "<time>10/16(水) 15:20配信</time>",
        "<p>10:20</p>",
    ],
)
def test_a_day_of_change_or_of_something_else_is_no_publication(body: str) -> None:
    assert found(body) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/news/2024/10/16/talks", "2024-10-16"),
        ("https://example.org/20241016/talks", "2024-10-16"),
        ("https://example.org/press/16-10-2024", "2024-10-16"),
        ("https://example.org/2024/13/45/talks", ""),
        ("https://example.org/31-02-2024/talks", ""),
        ("https://example.org/talks?d=20241016", ""),
        ("https://example.org/id/2024101612", ""),
        ("https://example.org/view/AKR20241016079500504", "2024-10-16"),
        ("https://web.archive.org/web/20130307194448/example.org/x", ""),
        ("https://example.org/1890/10/16/", ""),
    ],
)
def test_the_day_of_an_address(url: str, day: str) -> None:
    dating = found("", url=url)
    assert (dating.moment.day if dating else "") == day
    assert dating is None or dating.origin == "url"


@pytest.mark.parametrize(
    "body",
    [
        "<div><p>2024.10.16</p></div><h1>Talks held</h1>",
        "<h2>Talks held</h2><div class='date'><b>2024</b>.<b>10</b>.<b>16</b></div>",
        "<div><h2>Talks held</h2></div><ul><li><i></i>2024.10.16</li></ul>",
        "<p>"
        + "<b>x</b>" * 90
        + "</p><h1>Talks held</h1><section>"
        + "<p>On ships.</p>" * 90
        + "<em class='date'>2024.10.16</em></section>",
        "<article><time class='updated' datetime='2024-10-18'>18</time><time pubdate>2024-10-16</time></article>",
        "<article>Updated <time datetime='2024-10-18'></time><p>Posted <time datetime='2024-10-16'></time></p></article>",
    ],
)
def test_where_a_date_may_stand(body: str) -> None:
    root = tree.parse(f"<html lang='ko'><head><title>Talks held - Example</title></head><body>{body}{BODY}</body></html>")
    assert root is not None
    dating = dates.dating(root, zone="Asia/Seoul", latest="2026-01-01")
    assert dating is not None
    assert dating.moment.day == "2024-10-16"


def test_the_address_overrules_a_weak_witness_and_not_a_strong_one() -> None:
    weak = found("<p>2019.01.02</p>", url="https://example.org/2024/10/16/talks")
    strong = found("<p>입력 2019.01.02</p>", url="https://example.org/2024/10/16/talks")
    assert weak is not None
    assert strong is not None
    assert (weak.moment.day, weak.origin) == ("2024-10-16", "url")
    assert (strong.moment.day, strong.origin) == ("2019-01-02", "label")


@pytest.mark.parametrize(
    ("machine", "shown", "day"),
    [
        ("2024-10-15T23:30:00Z", "2024.10.16 08:30", "2024-10-16"),
        ("2024-10-15T23:30:00Z", "2024.10.18", "2024-10-15"),
        ("2024-10-15T23:30:00Z", "수정 2024.10.16", "2024-10-15"),
    ],
)
def test_the_local_day_is_the_one_that_readers_see(machine: str, shown: str, day: str) -> None:
    head = f'<meta property="article:published_time" content="{machine}">'
    dating = found(f"<span class='date'>{shown}</span>", head=head)
    assert dating is not None
    assert (dating.moment.at, dating.moment.day) == (machine, day)


def test_the_local_day_stays_within_the_latest() -> None:
    head = '<meta property="article:published_time" content="2024-10-15T23:30:00Z">'
    dating = found("<span class='date'>2024.10.16</span>", head=head, latest="2024-10-15")
    assert dating is not None
    assert dating.moment.day == "2024-10-15"


@pytest.mark.parametrize(
    ("said", "zone", "stamp"),
    [
        ("2024-10-16T15:20:00+09:00", "+09:00", "2024-10-16T15:20:00+09:00"),
        ("2024-10-16T15:20:00-0500", "-0500", "2024-10-16T15:20:00-05:00"),
        ("2024-10-16T15:20:00Z", "Z", "2024-10-16"),
        ("2024-10-16T15:20:00", "", "2024-10-16"),
        ("2024-10-16", "", "2024-10-16"),
    ],
)
def test_the_zone_as_written(said: str, zone: str, stamp: str) -> None:
    dating = found("", head=f'<meta name="pubdate" content="{said}">')
    assert dating is not None
    assert (dating.zone, dating.stamp) == (zone, stamp)


def test_a_weak_date_after_the_last_change_is_none() -> None:
    assert found("<p>2025.10.16</p>", head='<meta property="article:modified_time" content="2024-10-16T00:00:00Z">') is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("6. Mai 2014", "de", "2014-05-06"),
        ("23 mai 2019", "fr", "2019-05-23"),
        ("31.10.23", "de", "31.10.2023"),
        ("24.10.16", "ko", "24.10.16"),
        ("02/10/2020", "en-GB", "2020-10-02"),
        ("02/10/2020", "en-US", "02/10/2020"),
        ("02/10/2020", "", "02/10/2020"),
        ("10/16/2024", "en-GB", "10/16/2024"),
        ("6. Quark 2014", "de", "6. Quark 2014"),
    ],
)
def test_forms_of_other_languages(text: str, language: str, expected: str) -> None:
    assert normal(text, language) == expected


def test_a_sole_day_far_from_the_headline_is_inferred() -> None:
    far = "".join(f"<p>Paragraph {word} of the talks.</p>" for word in ("one", "two", "three") * 40)
    once = found(f"{far}<p>16 October 2024</p>")
    twice = found(f"{far}<p>16 October 2024</p><p>18 October 2024</p>")
    assert once is not None
    assert (once.moment.at, once.moment.precision, once.origin) == ("2024-10-16", "inferred", "search")
    assert twice is None


def test_objects_of_another_kind_may_bear_the_date() -> None:
    assert when('<script type="application/ld+json">{"@type":"WebPage","datePublished":"2024-10-16"}</script>') == ("2024-10-16", "date")
