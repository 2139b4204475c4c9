from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.stages.extract import dates, structured, tree
from scraper.stages.extract.metadata import Metadata, language_of, metadata
from scraper.stages.extract.people import people_of
from scraper.stages.extract.site import Site, plain, site_of
from scraper.stages.extract.titles import bare_title
from tests.effort import effort


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
    assert bare_title(title, Site(frozenset({plain(site)} if site else ()), url), headings) == expected


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


BODY = "<p>세 나라 대표가 만나 협력 방안을 논의했다.</p>" * 3


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ul><li>홍길동 기자</li><li>승인 2024.10.16 15:20</li></ul>", ("홍길동",)),
        ("<em class='journalist_name'>홍길동·김철수 기자</em>", ("홍길동", "김철수")),
        ("<p>(서울=예시통신) 홍길동 김철수 기자 = 세 나라가 만났다.</p>", ("홍길동", "김철수")),
        ("<p>[예시경제 도쿄=홍길동 특파원] 세 나라가 만났다.</p>", ("홍길동",)),
        ("<p>홍길동 기자 hong@example.com</p>", ("홍길동",)),
        ("<p>2024.10.16 15:20 홍길동 선임기자</p>", ("홍길동",)),
        ("<span class='byline'>편집국</span>", ("편집국",)),
        ("<span class='byline'>편집국</span><p>글 홍길동</p>", ("홍길동",)),
        ("<p>대통령은 기자 회견을 열었다.</p>", ()),
        ("<span class='author'>ソウル＝山田太郎</span>", ("山田太郎",)),
        ("<p>【ソウル＝山田太郎】三か国が会談した。</p>", ("山田太郎",)),
        ("<p>（ソウル＝山田太郎、鈴木花子）</p>", ("山田太郎", "鈴木花子")),
        ("<p>【ソウル共同】三か国が会談した。</p>", ()),
        ("<p class='byline'>編集委員　山田 太郎</p>", ("山田 太郎",)),
        ("<div>By <b>Ann Lee</b> and <b>Bo Kim</b></div>", ("Ann Lee", "Bo Kim")),
        ("<p>By the end of the day all was said</p>", ()),
        ("<div><p class='author'>Ann Lee</p></div><div><p class='author'>Bo Kim</p></div>", ("Ann Lee", "Bo Kim")),
        ("<div class='author'>" + "<i></i>" * 30 + "Ann Lee</div>", ()),
        ("<address itemprop='author'><b itemprop='name'></b>Ann Lee</address>", ("Ann Lee",)),
        ("<p>16.10.2024 | 13:10 | Ann Lee</p>", ("Ann Lee",)),
        ("<a href='/author/ann-lee'>Ann Lee</a>", ("Ann Lee",)),
        (
            "<ul class='authors'><li><a rel='author' href='/a'>Ann Lee</a></li><li><a rel='author' href='/b'>Bo Kim</a></li></ul>",
            ("Ann Lee", "Bo Kim"),
        ),
        ("<div class='author'><span class='name'>Ann Lee</span><p>She writes on the sea.</p></div>", ("Ann Lee",)),
        (
            "<span itemprop='author' itemscope><meta itemprop='name' content='Ann Lee'><span itemprop='name'>Ann Lee</span></span>",
            ("Ann Lee",),
        ),
        ("<div class='related'><a rel='author' href='/a'>Somebody Else</a></div>", ()),
        ("<span class='byline'>Daily Example</span>", ("Daily Example",)),
        ("<span class='byline'>Daily Example</span><a href='/author/ann-lee'>Ann Lee</a>", ("Ann Lee",)),
        ("<span class='byline'>By Ann Lee, Senior Correspondent</span>", ("Ann Lee", "Senior Correspondent")),
        ("<span class='byline'>By Ann Lee Daily Staff</span>", ("Ann Lee",)),
    ],
)
def test_bylines_in_three_languages(body: str, expected: tuple[str, ...]) -> None:
    assert meta_of(f"<html><body><h1>세 나라 대표 회동</h1>{body}{BODY}</body></html>").authors == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Lee">', ("Ann Lee",)),
        ('<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" content="5 minutes">', ()),
        (
            '<meta property="article:author" content="https://www.facebook.com/dailyexample"><meta name="author" content="Ann Lee">',
            ("Ann Lee",),
        ),
        ('<meta name="author" content="Daily Example"><meta name="byl" content="By Ann Lee">', ("Daily Example",)),
        ('<meta name="author" content="admin">', ()),
    ],
)
def test_authors_of_the_head(head: str, expected: tuple[str, ...]) -> None:
    assert meta_of(f"<html><head>{head}</head><body><p>x</p></body></html>").authors == expected


def board(title: str, body: str) -> str:
    return f"<html lang='ko'><head><title>{title}</title></head><body>{body}{BODY}</body></html>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            board(
                "보도자료 상세보기 | 예시부",
                "<a href='/'>예시부</a><h2>보도자료</h2><strong class='title'>세 나라 차관협의회 개최</strong>",
            ),
            "세 나라 차관협의회 개최",
        ),
        (board("お知らせ：例示庁", "<h1>例示庁</h1><h2>三か国次官協議の開催について</h2>"), "三か国次官協議の開催について"),
        (
            board("세 나라 차관 회동 &lt; 국제 &lt; 기사본문 - 예시일보", "<h1><a href='/'>예시일보</a></h1><h3>세 나라 차관 회동</h3>"),
            "세 나라 차관 회동",
        ),
        (board("三か国が会談（例示通信） - ポータルニュース", ""), "三か国が会談"),
        (board("【速報】三か国が合意：例示新聞オンライン", ""), "【速報】三か国が合意"),
        (board("세 나라 회동-예시일보", ""), "세 나라 회동"),
        (board("세 나라 회동 ::예시통신::", "<h1>세 나라 회동</h1>"), "세 나라 회동"),
        (board("三国が会談した | 例示新聞", "<h1><ruby>三国<rt>さんごく</rt></ruby>が会談した</h1>"), "三国が会談した"),
        (board("Daily Example", "<h1>Talks are held in Seoul</h1>"), "Talks are held in Seoul"),
        (board("Daily Example: Talks are held", "<h1>Daily Example</h1><h2>Talks are held</h2>"), "Talks are held"),
        (board("Ministers meet in Seoul", "<h1>Subscribe to our letter for more</h1>"), "Ministers meet in Seoul"),
        (
            board("Three allies agree on ships", "<h1>What the three allies agree on about ships</h1>"),
            "What the three allies agree on about ships",
        ),
        (board("Allies agree on ships", "<h1>World Allies agree on ships</h1>"), "Allies agree on ships"),
        (board("Allies agree on ships - News", "<div class='related'><h2>Other things</h2></div>"), "Allies agree on ships"),
    ],
)
def test_titles_of_boards_and_portals(html: str, expected: str) -> None:
    assert meta_of(html).title == expected


def test_the_site_names_itself_in_many_places() -> None:
    head = (
        '<script type="application/ld+json">{"@type":"WebSite","name":"Coast Herald","publisher":{"name":"Coast Group"}}</script>'
        '<link rel="alternate" type="application/rss+xml" title="The Shore &raquo; Feed"><link rel="alternate" type="application/rss+xml" title="Talks">'
    )
    root = tree.parse(f'<html><head>{head}</head><body><a href="https://coast.example.com/"><img alt="Coast Logo"></a></body></html>')
    assert root is not None
    site = site_of(root, {"og:site_name": "Coast"}, structured.linked_data(root), "https://coast.example.com/a")
    assert site.names >= {"coast", "coastherald", "coastgroup", "theshore", "coastlogo"}
    assert "talks" not in site.names


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("The ministers met and it was said that they have agreed to this with the others.", "en", "en"),
        ("Die Minister haben sich mit den anderen getroffen und das ist auch für die Region von der Lage nicht zu trennen.", "en", "de"),
        ("日米韓首脳会合", "ja", "ja"),
        ("日米韓首脳会合", "", "zh"),
    ],
)
def test_the_text_is_trusted_before_a_template(text: str, declared: str, language: str) -> None:
    assert language_of(text, declared) == language


def test_the_front_page_is_no_articles_address() -> None:
    head = '<link rel="canonical" href="https://www.dailyexample.com/"><meta property="og:url" content="https://www.dailyexample.com/a/1?utm_source=x">'
    assert (
        meta_of(f"<html><head>{head}</head><body><p>x</p></body></html>", "https://www.dailyexample.com/a/1?ref=b").address
        == "https://www.dailyexample.com/a/1"
    )


@given(st.text(max_size=400))
def test_no_byline_raises(text: str) -> None:
    assert all(2 <= len(person) <= 60 for person in people_of(text))


@pytest.mark.parametrize(
    "line",
    [
        "기자 " * 4000,
        "By " * 4000,
        "(a=" * 4000,
        "1.1." * 4000,
        "a@" * 4000,
        " - " * 4000,
        "Ann Lee " * 2000 + "staff",
        "names" * 4000,
        "author-" * 4000,
        "» " * 4000,
    ],
)
def test_hostile_lines_are_read_at_once(line: str) -> None:
    html = f"<html><head><title>{line}</title><link rel='alternate' type='application/rss+xml' title='{line}'><meta name='author' content='{line}'></head><body><h1>{line}</h1><p class='byline'>{line}</p><p class='author{line}x' id='{line}'>{line}</p></body></html>"
    with effort(150):
        meta_of(html)
        dates.published(tree.parse(html))


@pytest.mark.parametrize(
    ("text", "declared", "expected", "language"),
    [
        ("세 나라 대표가 만났다.", "en", "en", "ko"),
        ("三か国の代表が会談した。", "en", "en", "ja"),
        ("The three met.", "ko-KR", "ja", "en"),
        ("Die drei trafen sich.", "de-DE", "en", "de"),
        ("Los tres se reunieron.", "", "es", "es"),
        ("Nagpulong ang tatlong kalihim.", "fil-PH", "en", "fil"),
        ("Nagpulong ang tatlong kalihim.", "", "tl", "fil"),
        ("The three met.", "x-none", "japanese", "en"),
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
