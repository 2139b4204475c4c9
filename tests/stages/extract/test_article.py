from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.errors import ExtractError
from scraper.model.article import Article
from scraper.model.moment import Moment
from scraper.model.source import Entry, Page, Selectors, Source
from scraper.stages.extract import body_text, extract, from_entry, from_html, from_text, page_record

SENTENCES = [
    "The ministers of the three countries met in Harbour City on Monday to review their work.",
    "They agreed to set up a Northern Straits Rescue Mechanism, which their officials will run together.",
    "They also spoke about the supply of spare parts, on which all three depend more than they like.",
    "The next meeting will be held in Westmark this winter, as was decided a year ago.",
]
PARAGRAPHS = "".join(f"<p>{sentence} {sentence[:-1]}, one of them said.</p>" for sentence in SENTENCES)
SOURCE = Source(
    "daily",
    "Daily",
    "feed",
    "https://www.daily.example.com/rss",
    publisher="Daily Example",
    party="norland",
    official=True,
    store="excerpt",
    timezone="Asia/Seoul",
)
KOREAN = "세 나라 외교장관은 오늘 하버시티에서 만나 협력 방안을 논의하였다. 똠방각하는 자리에 없었다."


def page(
    body: str | bytes, content_type: str = "text/html; charset=utf-8", url: str = "https://www.daily.example.com/a?utm_source=x"
) -> Page:
    return Page(url, url, 200, {"content-type": content_type}, body.encode() if isinstance(body, str) else body, "2026-01-10T00:00:00Z")


def html(body: str = PARAGRAPHS, head: str = "") -> str:
    return f"<html lang='en'><head><title>Ministers meet in Harbour City | Daily Example</title>{head}</head><body><nav>Home News</nav><article><h1>Ministers meet in Harbour City</h1>{body}</article></body></html>"


def failure(body: str | bytes, content_type: str = "text/html") -> str:
    with pytest.raises(ExtractError) as caught:
        extract(page(body, content_type))
    return caught.value.code


def test_an_article_is_read_whole() -> None:
    head = '<link rel="canonical" href="/real"><meta property="article:published_time" content="2026-01-09T10:00:00+09:00"><meta name="author" content="Ann Lee">'
    article = extract(page(html(head=head)), None, SOURCE)
    assert article.title == "Ministers meet in Harbour City"
    assert article.url == "https://www.daily.example.com/a?utm_source=x"
    assert article.canonical_url == "https://www.daily.example.com/real"
    assert article.published == Moment("2026-01-09T01:00:00Z", "second", "2026-01-09T10:00:00+09:00", "2026-01-09")
    assert article.statement_text.split("\n\n")[0].startswith(SENTENCES[0])
    assert len(article.statement_text.split("\n\n")) == 4
    assert article.text.endswith(article.statement_text)
    assert (article.source_id, article.publisher, article.party, article.official, article.store) == (
        "daily",
        "Daily Example",
        "norland",
        True,
        "excerpt",
    )
    assert (article.authors, article.language, article.extractor, article.marked) == (("Ann Lee",), "en", "blocks", False)


def test_a_korean_page_in_its_own_encoding() -> None:
    body = f'<html><head><meta charset="euc-kr"></head><body><h1>회의 결과</h1><span>등록일 2026-01-09 15:20</span><div class="view">{f"<p>{KOREAN}</p>" * 4}</div></body></html>'
    article = extract(page(body.encode("cp949"), "text/html"), None, SOURCE)
    assert article.statement_text.startswith(KOREAN)
    assert (article.language, article.title) == ("ko", "회의 결과")
    assert article.published is not None
    assert article.published.at == "2026-01-09T06:20:00Z"


def test_replaced_characters_are_recorded() -> None:
    body = html(f"<p>{KOREAN * 6}</p>").encode("cp949") + b"<p>\xff!</p>"
    assert "1 characters replaced" in extract(page(body, "text/html; charset=euc-kr")).extractor


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        ("", "text/html", "no_text"),
        (" \n ", "", "no_text"),
        ("<html><body><p>Hi.</p></body></html>", "text/html", "no_text"),
        (b"%PDF-1.7 ...", "text/html", "not_text"),
        (b"\x89PNG\r\n", "", "not_text"),
        ("hello", "application/pdf", "not_text"),
        ("hello", "image/jpeg", "not_text"),
        (b"<p>a\x00b</p>", "text/html", "not_text"),
        (b"\xef\xbb\xbf" + bytes(range(128, 256)) * 20, "text/html", "decode"),
        ("<!-- nothing --><!-- at all -->", "text/html", "no_text"),
        (
            "<html><head><title>Just a moment...</title></head><body><p>We must check that you are a person before you can read this page, please wait a little.</p></body></html>",
            "text/html",
            "no_text",
        ),
        (
            "<html><body><div id='root'></div><p>You need to enable JavaScript to run this app, otherwise it will not show you anything.</p></body></html>",
            "text/html",
            "no_text",
        ),
    ],
)
def test_a_page_without_an_article_raises(body: str | bytes, content_type: str, code: str) -> None:
    assert failure(body, content_type) == code


def test_an_entry_fills_what_the_page_does_not_say() -> None:
    entry = Entry("daily", "https://x", "Title of the entry", published=Moment("2026-01-09T01:00:00Z", "second"), language="de")
    article = extract(page(f"<html><body><div>{PARAGRAPHS}</div></body></html>"), entry, SOURCE)
    assert article.title == "Title of the entry"
    assert article.published == entry.published
    assert article.language == "de"


@pytest.mark.parametrize(
    ("said", "known", "expected"),
    [
        (
            "2026-01-09",
            Moment("2026-01-09T01:00:00Z", "second", "", "2026-01-09"),
            "2026-01-09T01:00:00Z",
        ),  # the entry knows the time of that day
        ("2026-01-08", Moment("2026-01-09T01:00:00Z", "second", "", "2026-01-09"), "2026-01-08"),  # the page knows better
        ("2026-01-08T10:00:00Z", Moment("2026-01-09", "date"), "2026-01-08T10:00:00Z"),
    ],
)
def test_page_and_entry_on_the_date(said: str, known: Moment, expected: str) -> None:
    article = extract(page(html(head=f'<meta name="pubdate" content="{said}">')), Entry("daily", "u", "t", published=known), SOURCE)
    assert article.published is not None
    assert article.published.at == expected


def test_a_sources_selectors_come_first() -> None:
    body = f"<div class='t'>The <b>real</b> title</div><div class='d'>2026.01.09 15:20</div><div class='v'>{PARAGRAPHS}<p class='ad'>Buy now, it is cheap and it is good.</p></div><div>{PARAGRAPHS * 5}</div>"
    chosen = Source(
        "s", "S", "listing", "u", timezone="Asia/Seoul", selectors=Selectors(body=".v", article_title=".t", article_date=".d", drop=".ad")
    )
    article = extract(page(html(body)), None, chosen)
    assert (article.title, article.extractor, len(article.text.split("\n\n"))) == ("The real title", "selector", 4)
    assert article.published is not None
    assert article.published.at == "2026-01-09T06:20:00Z"


@pytest.mark.parametrize("selector", ["p[", ".gone", "::before", " "])
def test_a_selector_that_finds_nothing_leaves_it_to_the_general_rule(selector: str) -> None:
    chosen = Source("s", "S", "listing", "u", selectors=Selectors(body=selector, article_title=selector, drop=selector))
    assert extract(page(html()), None, chosen).extractor == "blocks"


def test_structured_data_where_the_page_shows_little() -> None:
    data = {"@type": "NewsArticle", "headline": "Ministers meet", "articleBody": "\n".join(SENTENCES * 2)}
    article = extract(
        page(
            f"<html><head><script type='application/ld+json'>{json.dumps(data)}</script></head><body><p>Loading the story, one moment.</p></body></html>"
        )
    )
    assert (article.extractor, article.text.split("\n\n")) == ("json-ld", SENTENCES * 2)


def test_a_payload_of_scripts_where_the_page_shows_little() -> None:
    stream = "2:" + json.dumps(["$", "div", None, {"children": [["$", "p", None, {"children": s}] for s in SENTENCES]}]) + "\n"
    article = extract(page(f"<html><body><div id='app'></div><script>self.__next_f.push({json.dumps([1, stream])})</script></body></html>"))
    assert (article.extractor, article.text) == ("payload", "\n\n".join(SENTENCES))


def test_hostile_structured_data_does_no_harm() -> None:
    deep = "[" * 200_000
    article = extract(page(html(head=f"<script type='application/ld+json'>{deep}</script><script>self.__next_f.push([1,{deep}</script>")))
    assert article.statement_text.startswith(SENTENCES[0])


def test_a_page_of_five_megabytes() -> None:
    many = "".join(f"<p>On day {number} the ministers met, and they agreed on item {number} of the list.</p>" for number in range(60_000))
    assert len(extract(page(html(many))).text) > 3_000_000


@pytest.mark.parametrize("open_tag", ["<div>", "<table><tr><td>", "<b>", "<div class='date'>"])
def test_deep_nesting_is_survived(open_tag: str) -> None:
    try:
        outcome = extract(page(open_tag * 20_000 + PARAGRAPHS)).text
    except ExtractError as error:
        outcome = error.code
    assert outcome == "no_text" or SENTENCES[0] in outcome


def test_libraries_keep_silent(caplog: pytest.LogCaptureFixture) -> None:
    assert failure("<html><body><p>Hi.</p></body></html>") == "no_text"
    assert caplog.records == []


def test_full_text_of_an_entry() -> None:
    entry = Entry(
        "daily", "https://www.daily.example.com/a?utm_medium=rss", "Ministers meet", html=PARAGRAPHS, published=Moment("2026-01-09", "date")
    )
    article = from_entry(entry, SOURCE, "2026-01-10T00:00:00Z")
    assert article.text.startswith(SENTENCES[0])
    assert (article.extractor, article.title, article.canonical_url) == ("entry", "Ministers meet", "https://www.daily.example.com/a")
    assert article.published == entry.published


@pytest.mark.parametrize(("follow", "body"), [("never", PARAGRAPHS), ("article", ""), ("article", "<img src='x'>")])
def test_title_and_summary_where_there_is_no_more(follow: str, body: str) -> None:
    never = Source("s", "S", "feed", "u", follow=follow)
    article = from_entry(
        Entry("s", "https://x.example.com/1", "Ministers meet", summary="<p>They met &amp; agreed.</p>", html=body),
        never,
        "2026-01-10T00:00:00Z",
    )
    assert (article.text, article.extractor) == ("Ministers meet\n\nThey met & agreed.", "summary")


def test_an_entry_of_the_future_has_no_date() -> None:
    entry = Entry("s", "https://x.example.com/1", "Ministers meet", published=Moment("2031-01-01", "date"))
    assert from_entry(entry, SOURCE, "2026-01-10T00:00:00Z").published is None


def test_an_entry_without_words_raises() -> None:
    with pytest.raises(ExtractError):
        from_entry(Entry("s", "https://x.example.com/1", " "), SOURCE, "2026-01-10T00:00:00Z")


def test_a_plain_text_stays_as_given() -> None:
    text = "Headline\r\n\r\nBegin Text:\r\n" + " ".join(SENTENCES) + "\r\nEnd Text\r\n\r\nCafe\u0301\u200b"
    article = from_text(url="https://x.example.com/1#top", title=" A  title ", text=text, date="2026년 1월 9일")
    assert article.text == text.replace("\r\n", "\n").replace("e\u0301\u200b", "\u00e9")
    assert article.statement_text == " ".join(SENTENCES)
    assert (article.marked, article.title, article.language, article.canonical_url) == (True, "A title", "en", "https://x.example.com/1")
    assert article.published is not None
    assert article.published.at == "2026-01-09"


@pytest.mark.parametrize(("language", "expected"), [("", "ko"), ("ja", "ja"), ("KO-kr", "ko")])
def test_the_language_given_counts(language: str, expected: str) -> None:
    assert from_text(url="", title="", text=KOREAN, language=language).language == expected


def test_a_blank_plain_text_raises() -> None:
    with pytest.raises(ExtractError):
        from_text(url="", title="t", text=" \n")


def test_html_handed_in_yields_to_what_is_given_beside_it() -> None:
    article = from_html(url="https://x.example.com/1", html=html(), title="Given", language="de", date="2026-01-05", fetched_at="")
    assert (article.title, article.language, article.published and article.published.at) == ("Given", "de", "2026-01-05")
    plain = from_html(url="https://x.example.com/1", html=html().encode(), fetched_at="2026-01-10T00:00:00Z")
    assert (plain.title, plain.language, plain.published) == ("Ministers meet in Harbour City", "en", None)


def test_body_text_and_page_record() -> None:
    assert SENTENCES[0] in body_text(html())
    assert "Home News" not in body_text(html())
    assert body_text("") == ""
    record = page_record(
        html(head='<meta name="pubdate" content="2026-01-09T23:00:00+09:00"><meta name="author" content="Ann Lee">').encode(),
        "https://x.example.com/1",
    )
    assert {key: record[key] for key in ("title", "date", "author", "language")} == {
        "title": "Ministers meet in Harbour City",
        "date": "2026-01-09",
        "author": ["Ann Lee"],
        "language": "en",
    }
    assert page_record("") == {"title": "", "date": None, "author": [], "text": "", "language": ""}
    assert page_record("<title>Only a title</title>")["title"] == "Only a title"


@settings(deadline=None, max_examples=150)
@given(
    st.binary(max_size=600) | st.text(max_size=400).map(lambda text: f"<html><body><p>{text}</p></body></html>".encode("utf-8", "ignore")),
    st.sampled_from(["", "text/html", "text/html; charset=euc-kr", "image/png"]),
)
def test_any_bytes_give_an_article_or_the_one_error(body: bytes, content_type: str) -> None:
    try:
        article: Article | None = extract(page(body, content_type), None, SOURCE)
        code = ""
    except ExtractError as error:
        article, code = None, error.code
    if article is None:
        assert code in {"no_text", "not_text", "decode"}
    else:
        assert article.text.strip()
        assert 0 <= article.statement[0] < article.statement[1] <= len(article.text)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_text(codec: str) -> None:
    assert (
        "Harbour lights"
        in extract(
            page(
                html(
                    "<p>Harbour lights were spoken of at length by all who came to the meeting in the old town hall of the city.</p>" * 3
                ).encode(codec)
            )
        ).text
    )


def test_what_vouches_for_the_date_is_told() -> None:
    head = '<meta property="article:published_time" content="2024-10-16T09:30:00+09:00">'
    found = extract(page(html(head=head).encode())).published
    assert found is not None
    assert (found.at, found.origin, found.zone) == ("2024-10-16T00:30:00Z", "meta", "+09:00")
