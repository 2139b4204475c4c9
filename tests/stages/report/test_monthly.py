"""The report of a month in Markdown, read by a parser of Markdown; whatever stands in a title does nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scraper.catalogues import LANGUAGES
from scraper.catalogues.phrases import phrases
from scraper.model.report import Initiated, Month, Note, Reworded, Said, Watched
from scraper.stages.report import escaped, monthly

URL = "https://ministry.example/12?a=1&b=_x_"
NOTE = Note(f"Ministry, “Joint *Statement*,” July 9, 2026, {URL}, accessed July 10, 2026.", (URL,))
MONTH = Month(
    month="2026-07",
    said=(
        Said(12, "2026-07-09", "Joint Statement | of the three", "Foreign ministers", "joint", "Joint statement", "Seoul"),
        Said(13, "2026-07-11", "한미일 협의", "", "", "Report", "", reported=True),
    ),
    initiated=(Initiated("Harbour Dialogue", "They launched the Harbour Dialogue.", 12, "2026-07-09", "joint"),),
    reworded=(Reworded("denuclearisation", 12, 4, "complete", "", "They want it complete.", "", "2026-07-09", "joint", "2026-01-02"),),
    watched=(Watched("Japan", 31, 30, 90, 60),),
    events=2,
    notes=((12, NOTE), (13, Note("Post, n.d.")), (4, Note("Old."))),
)
HOSTILE = (
    "<script>alert(1)</script>", "[here](https://evil.example)", "![x](https://evil.example/x.png)", "a | b | c", "`code`", "**bold** _it_ ~~gone~~",
    "# heading", "- item", "+ item", "1. item", "12) item", "> quote", "=== under", "--- rule", "https://evil.example", "www.evil.example", "x@evil.example",
    "[^s12]: another note", "[ref]: https://evil.example", "&lt;b&gt;", "\\", "a\\|b", "$x^2$", "line\nbreak\r\n| cell |", "<https://evil.example>", "\u202etxt.exe", "{{ 7 * 7 }}", "한미일 | 日本",
)  # fmt: skip


def rendered(text: str) -> str:
    return str(MarkdownIt("commonmark").enable("table").enable("strikethrough").render(text))


def plain(markup: str) -> str:
    """What a reader sees."""
    text = re.sub(r"<[^>]*>", "", markup)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def test_the_whole_of_it() -> None:
    assert monthly(MONTH).split("\n\n") == [
        "# Statements of July 2026",
        "Statements: 2 (acts: 2). New initiatives: 1. Changes of wording: 1.",
        "## Statements",
        (
            "| Date | Statement | Level | Side | Kind | Place |\n| --- | --- | --- | --- | --- | --- |\n"
            "| 2026-07-09 | Joint Statement \\| of the three[^s12] | Foreign ministers | joint | Joint statement | Seoul |\n"
            "| 2026-07-11 | 한미일 협의 (only reports are known)[^s13] | – | – | Report | – |"
        ),
        "## New initiatives",
        "- **Harbour Dialogue** (2026-07-09, joint)[^s12]\n  > They launched the Harbour Dialogue.",
        "## Changed wording",
        "- **denuclearisation** (2026-07-09, joint)",
        "  - now: complete[^s12]\n    > They want it complete.",
        "  - before (2026-01-02): absent[^s4]\n    > –",
        "## Coverage",
        "| Government | Days known | Days watched whole | Blind hours | Longest blind spot (hours) |\n| --- | ---: | ---: | ---: | ---: |\n| Japan | 31 | 30 | 1.5 | 1.0 |",
        "## Notes",
        f"[^s12]: Ministry, “Joint \\*Statement\\*,” July 9, 2026, <{URL}>, accessed July 10, 2026.\n[^s13]: Post, n.d.\n[^s4]: Old.\n",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_without_anything_says_so(language: str) -> None:
    text = monthly(Month("2026-02"), language)
    words = phrases(language, "report")
    assert words["nothing"] in text
    assert words["uncovered"] in text
    assert f"## {words['statements']}\n" not in text


def test_a_month_that_is_not_over_says_until_when() -> None:
    assert "what was known at 2026-07-12 08:30 UTC." in monthly(replace(MONTH, until="2026-07-12T08:30:00Z"))


@pytest.mark.parametrize(
    ("language", "head", "side"),
    [
        ("en", "# Statements of September 2026", "joint"),
        ("ko", "# 2026년 9월 성명", "공동"),
        ("ja", "# 2026年9月の声明", "共同"),
        ("fr", "# Statements of September 2026", "joint"),
    ],
)
def test_a_report_is_in_the_readers_language(language: str, head: str, side: str) -> None:
    text = monthly(replace(MONTH, month="2026-09"), language)
    assert text.startswith(head + "\n")
    assert text.count(f"| {side} |") == 1
    assert text.count(f"(2026-07-09, {side})") == 2


def test_every_message_is_said() -> None:
    text = monthly(replace(MONTH, until="2026-07-12T08:30:00Z")) + monthly(Month("2026-02"))
    for key, message in phrases("en", "report").items():
        assert all(part in text for part in re.split(r"\{\w+\}", message)), key


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_shown_and_does_nothing(text: str) -> None:
    shown = rendered(escaped(text))
    inner = shown.removeprefix("<p>").removesuffix("</p>\n")
    assert "<" not in inner
    assert plain(inner) == " ".join(text.replace("\u202e", " ").split())


@given(st.text(max_size=60) | st.text(alphabet="|*_`[](){}<>#+-=.!~&$^@\\:/w1 \nab", max_size=40))
def test_no_text_is_markup(text: str) -> None:
    shown = rendered(f"| a |\n|---|\n| {escaped(text)} |\n")
    assert shown.count("<td") == 1
    assert set(re.findall(r"<(\w+)", shown)) <= {"table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_month_has_the_shape_of_any(text: str) -> None:
    made = replace(
        MONTH,
        said=(Said(12, "2026-07-09", text, text, text, text, text),),
        initiated=(Initiated(text, text, 12, "2026-07-09", text),),
        reworded=(Reworded(text, 12, 4, text, text, text, text, "2026-07-09", text, "2026-01-02"),),
        watched=(Watched(text, 1, 1, 1, 1),),
        notes=((12, Note(f"Ministry, “{text},” {URL}.", (URL,))),),
    )
    shown = rendered(monthly(made))
    assert (shown.count("<h1"), shown.count("<h2"), shown.count("<table"), shown.count("<td")) == (1, 5, 2, 11)
    assert (shown.count("<li"), shown.count("<blockquote"), shown.count("<strong")) == (4, 3, 2)
    assert re.findall(r'href="([^"]*)"', shown) == [URL.replace("&", "&amp;")]
    assert not set(re.findall(r"<(\w+)", shown)) & {"script", "img", "code", "em", "s", "hr"}


def test_only_a_notes_own_addresses_are_links() -> None:
    note = Note(f"A “see https://evil.example/ now,” {URL}.", ("javascript:alert(1)", "", "https://not.there/", URL))
    text = monthly(replace(MONTH, notes=((12, note),)))
    assert f"<{URL}>" in text
    assert "https\\://evil.example/" in text
    assert "https://evil" not in text


def test_a_long_text_is_cut() -> None:
    assert len(escaped("가" * 50_000)) == 4_000
