from __future__ import annotations

import pytest

from scraper.stages.extract import structured, tree
from scraper.stages.extract.metadata import Metadata, bare_title, language_of, metadata


def meta_of(html: str, url: str = "https://www.dailyexample.com/a/1") -> Metadata:
    root = tree.parse(html)
    assert root is not None
    return metadata(root, url, structured.linked_data(root))


@pytest.mark.parametrize(
    ("title", "site", "url", "headings", "expected"),
    [
        ("Three allies meet in Seoul | Daily Example", "Daily Example", "", (), "Three allies meet in Seoul"),
        ("Three allies meet in Seoul - dailyexample.com", "", "https://dailyexample.com/x", (), "Three allies meet in Seoul"),
        ("Three allies meet in Seoul \u2013 World \u2013 The Coastal Herald", "", "", (), "Three allies meet in Seoul \u2013 World"),
        ("세 나라 차관 서울서 회동 < 국제 < 기사본문 - 예시일보", "", "", ("세 나라 차관 서울서 회동",), "세 나라 차관 서울서 회동"),
        ("세 나라 차관 서울서 회동 | 예시뉴스", "", "", (), "세 나라 차관 서울서 회동"),
        ("세 나라 차관 서울서 회동 : 예시일보", "", "", (), "세 나라 차관 서울서 회동"),
        ("三か国次官協議（概要）｜例示省", "", "", (), "三か国次官協議（概要）"),
        ("三か国が協議 - 例示新聞デジタル", "", "", (), "三か国が協議"),
        ("Daily Example | Three allies meet in Seoul", "Daily Example", "", (), "Three allies meet in Seoul"),
        ("Ministers - the road ahead", "", "", (), "Ministers - the road ahead"),
        ("U.S.-Japan-ROK talks: what next", "", "", (), "U.S.-Japan-ROK talks: what next"),
        ("News | BBC", "", "", (), "News | BBC"),
        ("", "", "", (), ""),
    ],
)
def test_the_sites_name_goes(title: str, site: str, url: str, headings: tuple[str, ...], expected: str) -> None:
    assert bare_title(title, site, url, headings) == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (
            '<meta property="og:title" content="Allies meet | Daily Example"><meta property="og:site_name" content="Daily Example">',
            "",
            "Allies meet",
        ),
        ("<title>Allies meet in Seoul - Daily Example</title>", "<h1>Allies meet in Seoul</h1>", "Allies meet in Seoul"),
        ("<title>Daily Example</title>", "<h1>Menu</h1><h1>Other</h1>", "Daily Example"),
        ("", "<h1>Allies meet</h1>", "Allies meet"),
        ("", "", ""),
        (
            '<meta property="og:title" content="Allies agree on a plan for the c...">',
            "<h1>Allies agree on a plan for the coast</h1>",
            "Allies agree on a plan for the coast",
        ),
    ],
)
def test_titles(head: str, body: str, expected: str) -> None:
    assert meta_of(f"<html><head>{head}</head><body>{body}<p>x</p></body></html>").title == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"h","author":[{"name":"Ann Lee"},{"name":"Bo Kim"}]}</script>',
            ("Ann Lee", "Bo Kim"),
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"Article","headline":"h","author":{"@id":"#a"}},{"@id":"#a","name":"Ann Lee"}]}</script>',
            ("Ann Lee",),
        ),
        (
            '<script type="application/ld+json">{"@type":"Article","headline":"h","author":{"@type":"Organization","name":"Desk"}}</script>',
            (),
        ),
        ('<meta name="author" content="By Ann Lee and Bo Kim">', ("Ann Lee", "Bo Kim")),
        ('<meta name="author" content="https://example.com/ann">', ()),
        ('<span class="byline">By Ann Lee</span>', ("Ann Lee",)),
        ('<span class="author">홍길동 기자</span>', ("홍길동",)),
        ('<a rel="author" href="/a">Ann Lee</a><span class="author">Somebody Else</span>', ("Ann Lee",)),
        ('<div class="comments"><span class="author">Troll says:</span></div>', ()),
        ('<span class="byline">Posted on</span>', ()),
    ],
)
def test_authors(html: str, expected: tuple[str, ...]) -> None:
    assert meta_of(f"<html><body>{html}<p>x</p></body></html>").authors == expected


@pytest.mark.parametrize(
    ("text", "declared", "expected", "language"),
    [
        ("세 나라 대표가 만났다.", "en", "en", "ko"),
        ("三か国の代表が会談した。", "en", "en", "ja"),
        ("The three met.", "ko-KR", "ja", "en"),
        ("Die drei trafen sich.", "de-DE", "en", "de"),
        ("Los tres se reunieron.", "", "es", "es"),
        ("The three met.", "", "", "en"),
    ],
)
def test_language(text: str, declared: str, expected: str, language: str) -> None:
    assert language_of(text, declared, expected) == language


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/real?utm_source=x", "https://www.dailyexample.com/real"),
        ("https://m.dailyexample.com/real", "https://m.dailyexample.com/real"),
        ("https://elsewhere.org/real", "https://www.dailyexample.com/a/1"),
        ("", "https://www.dailyexample.com/a/1"),
    ],
)
def test_the_named_address_counts_on_its_own_domain_only(href: str, address: str) -> None:
    assert meta_of(f'<html><head><link rel="canonical" href="{href}"></head><body><p>x</p></body></html>').address == address
