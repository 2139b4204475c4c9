"""Items to entries: what is plain already is passed through, and the result is that of every step."""

from __future__ import annotations

import html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraper.model.source import Page, Source
from scraper.stages.discover import items
from scraper.stages.discover.items import Item, plain_text, plain_title, resolved, to_discovery
from scraper.text import clean, squeeze

SOURCE = Source("s", "S", "feed", "https://a.example/feed", language="")
PAGE = Page(SOURCE.url, SOURCE.url, 200, {}, b"", "2026-11-21T12:00:00Z")


def title_by_steps(markup: str) -> str:
    once = items._INLINE.sub("", html.unescape(markup[:4000]))
    return squeeze(clean(items._CONTROLS.sub(" ", items._INLINE.sub("", html.unescape(once)))))[:500]


def shown(markup: str) -> str:
    return items._TAG.sub("", items._BLOCK.sub(" ", "".join(items._visible(markup))))


def text_by_steps(markup: str) -> str:
    text = html.unescape(shown(html.unescape(shown(markup[:40_000]))))
    return squeeze(clean(items._CONTROLS.sub(" ", text)))[:2000]


MARKUP = st.lists(
    st.sampled_from(
        ["a", " ", "  ", "\n", "\t", "<b>", "</b>", "<", ">", "&", "&lt;", "&amp;", "&amp;lt;b&amp;gt;", "&#8217;", "&nbsp;", "<p>", "<종합>", "<script>x</script>", "<style>", "한", "e\u0301",
         "\u3000", "\u200b", "\u00ad", "\x85", "\x00", "\ud800", "“", "İ", "\r", "&#133;", "<<b>b>"]
    ) | st.characters(), max_size=12
).map("".join)  # fmt: skip


@given(MARKUP)
@example("<<b>i>a</i>")
@example("a\x7fb")
def test_plain_titles_and_texts(markup: str) -> None:
    assert plain_title(markup) == title_by_steps(markup)
    assert plain_text(markup) == text_by_steps(markup)


LINKS = st.sampled_from(
    [
        "", "/x", "x", "//b.example/y", "https://a.example", "https://a.example/x?a=1&b=2", "http://a.example/x", "https://a.example?x=1", "https://a.example/x?", "https://a.example/x#", "https://a.example/x#y",
        "https://a.example/x;", "https://a.example/x;p", "https://a.example/a/../b", " https://a.example/x ", "https://a.example/x y", "HTTPS://a.example/x", "https:/x", "https:x", "https://", "https:///x",
        "https://a.example:99999/", "https://[x", "https://a.example/[x]", "https://a.example/가", "javascript:x", "mailto:a@b", "https://u:p@a.example/x", "https://a.example/x?y;z", "https://a.example/" + "x" * 2000,
    ]
)  # fmt: skip


@given(
    LINKS | st.text("htps:/.?#;&=%a1 \t한[]", max_size=15).map("https://a".__add__), st.sampled_from([PAGE.url, "http://b.example/", ""])
)
def test_links_are_resolved_the_short_way_as_the_long_one(link: str, base: str) -> None:
    whole = link.strip().replace("\t", "").replace(" ", "%20")
    assert resolved(link, base) == items._joined(whole, base)


def test_a_whole_address_goes_the_short_way() -> None:
    assert items._ABSOLUTE.fullmatch("http://127.0.0.1:8080/news/1-2.html?section=city&edition=5")


SAID = {"": "en", "ko": "ko", "ja-JP": "ja", "zh_TW": "zh", "Korean": "ko", " FRENCH ": "fr", "x-none": "en", "english language": "en"}


@pytest.mark.parametrize(("said", "code"), SAID.items())
def test_the_language_said(said: str, code: str) -> None:
    assert items._language("12", said, Source("s", "S", "feed", SOURCE.url, language="en")) == code


def test_publishers_are_made_plain() -> None:
    (entry,) = to_discovery(
        [Item(link="/a", title="A", publisher="The <b>Post</b> &amp; Co", publisher_url=" https://b.example \n")], PAGE, SOURCE
    ).entries
    assert (entry.publisher, entry.publisher_url) == ("The Post & Co", "https://b.example")


def test_a_guid_counts_where_it_stands_on_one_address_only() -> None:
    given_items = [
        Item(link="/a", guid="1"),
        Item(link="/a#x", guid="1"),
        Item(link="/b", guid="2"),
        Item(link="/c", guid="2"),
        Item(link="/d"),
    ]
    found = to_discovery(given_items, PAGE, SOURCE)
    assert [entry.guid for entry in found.entries] == ["1", "1", "", "", ""]
    assert "one guid stands on items of different addresses: it is ignored" in found.notes
