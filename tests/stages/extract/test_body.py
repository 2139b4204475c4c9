from __future__ import annotations

import pytest

from scraper.model.source import Selectors
from scraper.stages.extract import tree
from scraper.stages.extract.body import Body, main_text

SENTENCE = "The ministers of the three countries met in the town hall and agreed on the next steps of their work."


def read(html: str, selectors: Selectors | None = None) -> Body:
    root = tree.parse(html)
    assert root is not None
    return main_text(root, html, selectors)


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


@pytest.mark.parametrize("html", ["", "  ", "\x00\x01", "<!-- -->"])
def test_nothing_to_parse(html: str) -> None:
    root = tree.parse(html)
    assert root is None or tree.line_of(root) == ""


def test_a_fragment_of_html_and_plain_text() -> None:
    assert tree.from_fragment("One &amp; two<p>three</p>") == "One & two\n\nthree"
    assert tree.from_fragment("") == ""
