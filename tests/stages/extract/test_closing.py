from __future__ import annotations

import pytest

from scraper.stages.extract import blocks, body_text, tree
from scraper.stages.extract.closing import with_last_words

PARAGRAPHS = [
    "The three ministers met in the old town hall of Harbour City and went through the long list of projects of their officials.",
    "They agreed to set up a rescue mechanism, which will pass distress calls between their coast guards at any hour of the day.",
    "They opposed any attempt to close the straits to the ships of others, and they underlined that the law of the sea holds.",
]
BEHIND = '<div class="related"><h3>Related</h3><p class="teaser">Cat rescued from a tree.</p></div><footer><p>Call us today.</p></footer>'


def page(*paragraphs: str, element: str = "p", between: str = "") -> str:
    inner = between.join(f"<{element}>{paragraph}</{element}>" for paragraph in paragraphs)
    return f"<html><head><title>Ministers meet</title></head><body><h1>Ministers meet</h1><div>{inner}</div>{BEHIND}</body></html>"


def said(html: str) -> list[str]:
    """The paragraphs found, but for the heading."""
    return [line for line in body_text(html).split("\n\n") if line != "Ministers meet"]


def added(html: str) -> list[str]:
    """What is added to the three paragraphs."""
    root = tree.parse(html)
    assert root is not None
    found = blocks.read(root).blocks
    chosen = [block for block in found if block.text in PARAGRAPHS]
    return [block.text for block in with_last_words(chosen, found) if block not in chosen]


@pytest.mark.parametrize("element", ["p", "div", 'div class="x"', "section"])
@pytest.mark.parametrize(
    "last", ["They will meet again next year.", "Reason 5 was given too.", "We will do so.", "내년에 다시 만난다.", "次回は来年開かれる。"]
)
def test_the_last_sentence_of_a_page_s_text_is_kept(last: str, element: str) -> None:
    html = page(*PARAGRAPHS, last, element=element).replace(f"</{element}>", f"</{element.split(maxsplit=1)[0]}>")
    assert said(html) == [*PARAGRAPHS, last]


def test_it_is_kept_behind_an_advertisement() -> None:
    html = page(*PARAGRAPHS, "We will do so.", between='<div class="ad"><span>Advertisement</span></div>')
    assert said(html) == [*PARAGRAPHS, "We will do so."]


@pytest.mark.parametrize(
    "last",
    [
        "Cookies help us.",
        "Please log in to comment.",
        "<a href='/x'>Read this other story.</a>",
        "Contact us by mail at desk@herald.example.",
        "Share this",
        "Harbour Herald",
    ],
)
def test_what_the_site_says_is_not(last: str) -> None:
    assert added(page(*PARAGRAPHS, last)) == []


def test_sentences_of_other_zones_are_not() -> None:
    assert added(page(*PARAGRAPHS)) == []
    assert added(page(*PARAGRAPHS, "We will do so.")) == ["We will do so."]
    assert added(page(*PARAGRAPHS[:2], "We will do so.")) == []
    assert added(page(*PARAGRAPHS, "Share", "Print", "Mail", "We will do so.")) == []


def test_nothing_is_added_to_nothing() -> None:
    assert with_last_words([], []) == []
