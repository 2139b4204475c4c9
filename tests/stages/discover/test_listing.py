from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Selectors, Source
from scraper.stages.discover import discover

URL = "https://www.example.org/news/list.do?page=1"
SOURCE = Source("example", "Example", "listing", URL, timezone="Asia/Seoul", selectors=Selectors(item="li.item"))
Row = tuple[str, str, str | None]


def page(body: str | bytes, content_type: str = "text/html; charset=utf-8", **headers: str) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return Page(URL, URL, 200, {"content-type": content_type, **headers}, raw, "2026-11-21T12:00:00Z")


def html(body: str, head: str = "<title>News</title>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def read(body: str, **selectors: str) -> Discovery:
    return discover(page(html(body)), replace(SOURCE, selectors=Selectors(**{"item": "li.item", **selectors})))


def rows(found: Discovery) -> list[Row]:
    return [
        (entry.url.removeprefix("https://www.example.org"), entry.title, entry.published.at if entry.published else None)
        for entry in found.entries
    ]


def code(body: str | bytes, source: Source = SOURCE, **headers: str) -> str:
    with pytest.raises(DiscoverError) as caught:
        discover(page(body, **headers), source)
    return caught.value.code


ITEM = '<li class="item"><a href="/a/{0}">Talks {0}</a></li>'


def test_all_selectors() -> None:
    found = read(
        '<li class="item"><i>7</i><div class="t"><a href="/x">no</a> Talks <b>he</b>ld</div><a class="go" href="../a/1#top">more</a>'
        '<span class="d">2026.11.20</span><p class="s">They met.</p></li>',
        link="a.go", title=".t", date=".d", summary=".s",
    )  # fmt: skip
    assert rows(found) == [("/a/1#top", "no Talks held", "2026-11-20")]
    assert (found.entries[0].summary, found.channel, found.notes) == ("They met.", "News", ())


@pytest.mark.parametrize(
    ("inside", "at"),
    [
        ("<time datetime='2026-11-20T10:00:00+09:00'>today</time>", "2026-11-20T01:00:00Z"),
        ("<span>2026-11-20</span>", "2026-11-20"),
        ("<span>By Hong</span><span>November 20, 2026</span>", "2026-11-20"),
        ("<span>등록일 2026.11.20</span><span>조회 1234567890</span>", "2026-11-20"),
        ("<span>Room 20, 3rd floor</span>", None),
        ("<span>In a speech on November 20, 2026 he said so</span>", None),
        ("<span>new</span>", None),
    ],
)
def test_date_without_a_selector(inside: str, at: str | None) -> None:
    assert rows(read(f'<li class="item"><a href="/a">Talks</a>{inside}</li>')) == [("/a", "Talks", at)]


def test_title_and_date_in_one_link() -> None:
    found = read('<a href="/b/1">회의 결과 브리핑 - 2026.11.20</a><a href="/b/2">제2차 회의2026. 11. 17.</a>', item="a[href^='/b/']")
    assert rows(found) == [("/b/1", "회의 결과 브리핑", "2026-11-20"), ("/b/2", "제2차 회의", "2026-11-17")]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("제2차 회의 등록일 2026.11.17 조회수 1,234", ("/b/1", "제2차 회의", "2026-11-17")),
        ("제2차 회의 등록일 : 2026-11-17", ("/b/1", "제2차 회의", "2026-11-17")),
        ("会合の結果 掲載日：2026年11月17日", ("/b/1", "会合の結果", "2026-11-17")),
        ("2026.11.17 제2차 회의", ("/b/1", "제2차 회의", "2026-11-17")),
        ("Update of the joint table Posted on November 17, 2026", ("/b/1", "Update of the joint table", "2026-11-17")),
    ],
)
def test_what_runs_together_in_one_link(text: str, row: Row) -> None:
    assert rows(read(f'<a href="/b/1">{text}</a>', item="a")) == [row]


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("11.20", "2026-11-20"),
        ("14:30", "2026-11-21T05:30:00Z"),
        ("9/7", "2026-09-07"),
        ("2시간 전", "2026-11-21T10:00:00Z"),
        ("신규", None),
    ],
)
def test_short_dates_of_a_board(cell: str, at: str | None) -> None:
    assert rows(read(f'<li class="item"><a href="/a">Talks</a><i>{cell}</i></li>', date="i")) == [("/a", "Talks", at)]


@pytest.mark.parametrize(
    ("cell", "at"), [("11.20", "2026-11-20"), ("11/20", "2026-11-20"), ("02:15", None), ("4.5", None), ("13.99", None)]
)
def test_short_dates_without_a_selector(cell: str, at: str | None) -> None:
    assert rows(read(f'<li class="item"><a href="/a">Talks</a><i>{cell}</i></li>')) == [("/a", "Talks", at)]


@pytest.mark.parametrize(
    ("link", "more"),
    [
        ('<link rel="next" href="/news/list.do?page=2">', ("https://www.example.org/news/list.do?page=2",)),
        ('<a rel="nofollow next" href="?page=2">2</a>', ("https://www.example.org/news/list.do?page=2",)),
        ('<a rel="next" href="https://elsewhere.example.com/">2</a>', ()),
        ('<a rel="next" href="?page=1#top">2</a>', ()),
        ('<a href="?page=2">2</a>', ()),
    ],
)
def test_next_page(link: str, more: tuple[str, ...]) -> None:
    assert read(ITEM.format(1) + link).more == more


def test_date_as_a_heading_over_its_items() -> None:
    found = read(
        '<a href="/early">Before any heading</a>'
        "<dl><dt>11月20日</dt><dd><a href='/a'>A</a></dd><dd><a href='/b'>B</a></dd><dt>11月2日</dt><dd><a href='/c'>C</a></dd></dl>",
        item="a[href]", date="dt",
    )  # fmt: skip
    assert rows(found) == [
        ("/early", "Before any heading", None),
        ("/a", "A", "2026-11-20"),
        ("/b", "B", "2026-11-20"),
        ("/c", "C", "2026-11-02"),
    ]


def test_missing_date_is_not_borrowed_from_the_item_before() -> None:
    found = read(
        '<li class="item"><a href="/a">A</a><i class="d">2026-11-20</i></li><li class="item"><a href="/b">B</a></li>',
        date=".d",
    )
    assert rows(found) == [("/a", "A", "2026-11-20"), ("/b", "B", None)]


@pytest.mark.parametrize(
    ("link", "pattern", "template", "url"),
    [
        ("<a href='#' onclick=\"f_view('77');\">T</a>", r"f_view\('(\d+)'\)", "view.do?seq={0}", "/news/view.do?seq=77"),
        ("<a href=\"javascript:go('B', 'a b')\">T</a>", r"go\('(\w+)', '([^']*)'\)", "/{0}/{1}", "/B/a%20b"),
        ("<a href='/plain'>T</a>", r"f_view\('(\d+)'\)", "view.do?seq={0}", "/plain"),
        ("<a href='/old?id=5'>T</a>", r"id=\d", "", "/news/id=5"),
        ("<b onclick='open(3)'>T</b>", r"open\((\d)\)", "/{0}", "/3"),
    ],
)
def test_address_out_of_a_script_call(link: str, pattern: str, template: str, url: str) -> None:
    assert rows(read(f'<li class="item">{link}</li>', link_pattern=pattern, link_template=template)) == [(url, "T", None)]


def test_script_call_on_the_item_itself() -> None:
    found = read('<table><tr onclick="open(3)"><td>T</td></tr></table>', item="tr", link_pattern=r"open\((\d)\)", link_template="/{0}")
    assert rows(found) == [("/3", "T", None)]


def test_links_that_lead_nowhere() -> None:
    found = read(
        '<li class="item"><a href="#">T</a></li><li class="item"><a href="javascript:x()">T</a></li><li class="item">none</li>'
        + ITEM.format(1)
    )
    assert rows(found) == [("/a/1", "Talks 1", None)]
    assert "3 items without address and guid were left out" in found.notes


def test_each_address_once_with_its_first_title() -> None:
    found = read(
        '<a href="/a"><img src="x.png"></a><a href="/a?utm_source=x">Talks</a><a href="/a">More</a><a href="/news/list.do?page=1">1</a>',
        item="a",
    )
    assert rows(found) == [("/a?utm_source=x", "Talks", None)]


@pytest.mark.parametrize("inside", ['title="Talks"></a>', 'aria-label="Talks"></a>', '><img alt="Talks"></a>'])
def test_title_of_a_link_without_text(inside: str) -> None:
    assert rows(read(f'<li class="item"><a href="/a" {inside}</li>')) == [("/a", "Talks", None)]


def test_script_and_comment_are_no_text() -> None:
    assert rows(read('<li class="item"><a href="/a">Talks<script>x()</script><!-- hidden --></a></li>')) == [("/a", "Talks", None)]


def test_base_of_the_page() -> None:
    source = replace(SOURCE, selectors=Selectors(item="a"))
    found = discover(page(html('<a href="a">T</a>', '<base href="/deep/">')), source)
    assert rows(found) == [("/deep/a", "T", None)]
    foreign = discover(page(html('<a href="a">T</a>', '<base href="javascript:x">')), source)
    assert rows(foreign) == [("/news/a", "T", None)]


def test_link_selector_alone_names_the_items() -> None:
    found = discover(page(html('<p><a class="n" href="/a">T</a></p>')), replace(SOURCE, selectors=Selectors(link="a.n")))
    assert rows(found) == [("/a", "T", None)]


def test_general_rule() -> None:
    body = (
        '<nav><a href="/about">All about our organisation and its work</a></nav>'
        '<main><a href="/a">Ministers agree on a new harbour dialogue</a><a href="/b">한미일 항만 대화 개최 결과</a><a href="/c">More</a>'
        '<a href="https://other.example.com/d">Ministers agree on a new harbour dialogue</a></main>'
    )
    found = discover(page(html(body)), replace(SOURCE, selectors=Selectors()))
    assert [url for url, _, _ in rows(found)] == ["/a", "/b"]


@pytest.mark.parametrize("body", ["", "<p>Nothing here</p>", html("<ul></ul>"), "{}", "plain"])
def test_nothing_found_is_an_answer(body: str) -> None:
    found = discover(page(body), SOURCE)
    assert found.entries == ()
    assert "nothing on the page matches 'li.item'" in found.notes


@pytest.mark.parametrize(
    "body",
    [
        html("<p>wait</p>", "<title>Just a moment...</title>"),
        html("<h1>We are experiencing Technical Difficulties</h1>"),
        html("", '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>'),
    ],
)
def test_challenge_or_decoy(body: str) -> None:
    assert code(body) == "blocked"


def test_protective_script_beside_items_is_harmless() -> None:
    assert len(read(ITEM.format(1) + '<script src="/cdn-cgi/challenge-platform/h/g/scripts/jsd/main.js"></script>').entries) == 1


def test_challenge_told_by_the_server() -> None:
    with pytest.raises(DiscoverError, match="challenge"):
        discover(page(html(ITEM.format(1)), **{"cf-mitigated": "challenge"}), SOURCE)


@pytest.mark.parametrize("body", [b"%PDF-1.7 x", b"\x89PNG\x00\x00"])
def test_no_html(body: bytes) -> None:
    assert code(body) == "parse"


@pytest.mark.parametrize(
    "selectors",
    [Selectors(item="li[["), Selectors(item="li::nonsense(("), Selectors(item="li", date=":::"), Selectors(item="li", link_pattern="(")],
)
def test_selectors_that_cannot_be_used(selectors: Selectors) -> None:
    assert code(html('<li class="item"><a href="/a">T</a></li>'), replace(SOURCE, selectors=selectors)) == "parse"


def test_page_of_another_site() -> None:
    assert code(html(ITEM.format(1), "<title>Parked domain</title>"), replace(SOURCE, channel="News")) == "wrong_channel"


def test_an_item_that_holds_items_is_a_frame() -> None:
    assert rows(read(f'<ul><li class="item">Today<ul>{ITEM.format(1)}{ITEM.format(2)}</ul></li></ul>')) == [
        ("/a/1", "Talks 1", None),
        ("/a/2", "Talks 2", None),
    ]


def test_deep_nesting_is_refused() -> None:
    assert code(html("<div>" * 501 + ITEM.format(1))) == "parse"


def test_many_items_are_capped() -> None:
    found = discover(page(html("".join(ITEM.format(number) for number in range(2500)))), replace(SOURCE, max_entries=50))
    assert len(found.entries) == 50
    assert any("more than 50 items" in note for note in found.notes)
