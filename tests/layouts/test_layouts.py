from __future__ import annotations

from pathlib import Path

import pytest
from lxml.html import document_fromstring

from scraper.model.article import Article
from scraper.model.source import Page
from scraper.stages.extract import extract, isolate
from scraper.stages.extract.statement import without_inserts
from scraper.stages.extract.tree import paragraphs_of

from .pages import LAYOUTS, OTHERS
from .statements import OWN, Statement

NAMES = [statement.title for statement in OWN]
SAMPLES = {
    "brussels-2025-04-03.txt": ("United States Secretary of State Marco Rubio", "in Japan this summer."),
    "seoul-2024-10-16.txt": ("The Vice Foreign Ministers of the Republic", "Japan, and the United States."),
}
"""Where each sample's own text begins and ends; what stands around it there is furniture of the site it was found on."""


def article(html: str) -> Article:
    url = "https://www.site.example/documents/17"
    return extract(Page(url, url, 200, {"content-type": "text/html; charset=utf-8"}, html.encode(), "2031-01-01T00:00:00Z"))


def sample(shared: Path, name: str) -> tuple[Statement, Statement]:
    """A sample as it was found, furniture included, and its own text alone."""
    path = shared / "samples" / name
    if not path.exists():
        pytest.skip(f"the sample {name} is absent")
    text = path.read_text("utf-8")
    first, last = SAMPLES[name]
    title = text.split("\n", 1)[0]
    return Statement(title, text), Statement(title, text[text.index(first) : text.index(last) + len(last)])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_in_a_layout(shared: Path, name: str, layout: str) -> None:
    whole, own = sample(shared, name)
    assert article(LAYOUTS[layout](own.title, own.blocks)).statement_text == own.text
    assert article(LAYOUTS[layout](whole.title, [block for block in whole.blocks if block.strip()])).statement_text == own.text


@pytest.mark.parametrize("layout", [*LAYOUTS, *OTHERS])
@pytest.mark.parametrize("statement", OWN, ids=NAMES)
def test_a_statement_in_a_layout(statement: Statement, layout: str) -> None:
    assert article((LAYOUTS | OTHERS)[layout](statement.title, statement.blocks)).statement_text == statement.text


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("statement", OWN, ids=NAMES)
def test_a_statement_in_all_that_its_page_says(statement: Statement, layout: str) -> None:
    # An extractor may let the whole page through: navigation, boxes and comments too.
    page = paragraphs_of(document_fromstring(LAYOUTS[layout](statement.title, statement.blocks).encode()).xpath("//body"))
    text = without_inserts(page)
    start, end, _ = isolate(text, "", statement.title)
    assert text[start:end] == statement.text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_of_other_stories_is_taken_in(layout: str) -> None:
    statement = OWN[0]
    text = article(LAYOUTS[layout](statement.title, statement.blocks)).statement_text
    assert "River Compact" not in text
    assert "Harbour Light Initiative" not in text
    assert "강 협약" not in text
