from __future__ import annotations

import json
import sys

import pytest

from scraper.model.source import Selectors
from scraper.stages.extract import body_text, tree
from scraper.stages.extract.body import Body, main_text
from tests.effort import effort

SENTENCE = "The ministers of the three countries met in the town hall and agreed on the next steps of their work."
PARAGRAPHS = "".join(f"<p>{SENTENCE} It was meeting number {number}, as all of them said.</p>" for number in range(5))
LIMIT = 300 if sys.gettrace() is None else 1500  # measuring coverage takes several times as long
MEGABYTES = 5_000_000


def read(html: str, selectors: Selectors | None = None) -> Body:
    root = tree.parse(html)
    assert root is not None
    return main_text(root, html, selectors)


def data(text: str) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', 'headline': 'h', 'articleBody': text})}</script>"


def state(text: str) -> str:
    return f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps({'props': {'body': text}})}</script>"


def test_notices_at_the_foot_of_the_text_go() -> None:
    said = "".join(f"<p>{SENTENCE} It was meeting number {number}.</p>" for number in range(5))
    html = f"<html><body><article>{said}<p>Copyright 2030 Example Press. All rights reserved.</p><p>Share this story</p></article></body></html>"
    assert read(html).text.endswith("It was meeting number 4.")


def test_a_page_without_words_has_no_text() -> None:
    assert read("<html><body><img src='x'></body></html>") == Body("", "")


def test_the_last_resort_is_every_paragraph() -> None:
    found = read(f"<html><body><footer><p>{SENTENCE}</p><p>Menu</p></footer></body></html>")
    assert SENTENCE in found.text


def test_line_breaks_and_blocks_part_paragraphs() -> None:
    body = Selectors(body="#b")
    html = f"<html><body><div id='b'>{SENTENCE}<br>세 나라가 <b>만났다</b>.<div>A<span>B</span>\n C</div><script>no()</script><ul><li>x</li></ul>tail</div></body></html>"
    assert read(html, body).text.split("\n\n") == [SENTENCE, "세 나라가 만났다.", "AB C", "x", "tail"]


def test_data_that_goes_on_where_the_page_stops_is_taken() -> None:
    shown = " ".join([SENTENCE] * 3)
    whole = f"{shown}\n" + "\n".join(f"They went on to item {number} of the list and closed it." for number in range(20))
    page = f"<html><head>{data(whole)}</head><body><article><p>{shown}</p><p>{SENTENCE}</p></article></body></html>"
    assert read(page).extractor == "json-ld"


def test_data_about_something_else_is_not() -> None:
    other = "\n".join(f"Quite another story tells of bread, butter and the price of jam in week {number}." for number in range(40))
    found = read(f"<html><head>{data(other)}{state(other)}</head><body><article>{PARAGRAPHS}</article></body></html>")
    assert (found.extractor, "jam" in found.text) == ("blocks", False)


@pytest.mark.parametrize(("page", "name"), [(data, "json-ld"), (state, "payload")])
def test_data_where_the_page_shows_little(page, name: str) -> None:  # type: ignore[no-untyped-def]
    found = read(f"<html><head>{page(' '.join([SENTENCE] * 5))}</head><body><p>Loading.</p></body></html>")
    assert (found.extractor, found.text.count(SENTENCE)) == (name, 5)


def test_a_second_opinion_where_the_choice_is_doubtful() -> None:
    item = "<div class='teaser-item'><h3>Word of the day</h3><div>One more thing of that day, said so, and told by all</div></div>"
    found = read(f"<html><body>{item * 40}</body></html>")
    assert found.extractor in {"trafilatura", "paragraphs", "blocks", ""}
    assert read(f"<html><body><main><p>{SENTENCE[:-1]}</p></main></body></html>").text == SENTENCE[:-1]


@pytest.mark.parametrize(
    "piece",
    [
        "<p>On that day the ministers met, and they agreed on the next item of the list.</p>", "<li><a href=x>link</a></li>", "<p></p>", "<div>", "<h1>x</h1>",
        "<table><tr><td>a</td><td>cell</td></tr>", "<b>x", "a=b ", "&amp;", "<", "<div><p>x</div>", "<noscript><p>x</noscript>", "<span>2026-01-01 </span>", ". ",
        "세 나라는 만났다. ", "<br>", "<img>", "<a href=x><img>x</a>", "<!-- x -->", '"body": "x" ', "<dl><dt>x", "\x00", "\ufffe",
    ],
)  # fmt: skip
def test_five_megabytes_of_anything_are_read_in_time(piece: str) -> None:
    html = f"<html><body>{piece * (MEGABYTES // len(piece.encode()))}</body></html>"
    with effort(LIMIT):
        body_text(html)


def test_five_megabytes_of_names_are_read_in_time() -> None:
    html = "".join(f"<p class='c{number} d{number}' id='e{number}'>x {number}</p>" for number in range(100_000))
    with effort(LIMIT):
        body_text(html)


@pytest.mark.parametrize("html", ["", "  ", "\x00\x01", "<!-- -->"])
def test_nothing_to_parse(html: str) -> None:
    root = tree.parse(html)
    assert root is None or tree.line_of(root) == ""


def test_a_fragment_of_html_and_plain_text() -> None:
    assert tree.from_fragment("One &amp; two<p>three</p>") == "One & two\n\nthree"
    assert tree.from_fragment("") == ""
