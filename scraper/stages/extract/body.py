"""The main text of a page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Extractor

from scraper.model.source import Selectors
from scraper.stages.extract import dates, furniture, structured, tree
from scraper.text import clean, has_cjk, squeeze

# Its remarks on pages without text are answered by our own error; only this library's loggers are touched.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
_LITTLE = 250
_HUGE = 1_500_000
_FAILURES = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, AssertionError, etree.LxmlError)


@dataclass(frozen=True, slots=True)
class Body:
    """The main text, paragraphs parted by blank lines, and the name of what found it; both empty where there is none."""

    text: str
    extractor: str


def main_text(root: HtmlElement, html: str, selectors: Selectors | None = None) -> Body:
    """Return the main text of a page; ``root`` is used up (extractors prune it), so read everything else before.

    A source's own selector comes first; then the general extractor; where that yields little, what the page says in
    structured data or hands to its own scripts, if it is more; at last every paragraph of the page.
    """
    chosen = _selected(html, selectors)
    if len(chosen) >= 40:
        return Body(chosen, "selector")
    article = structured.article_data(structured.linked_data(root))
    declared = structured.declared_body(article)
    payload = structured.payload_body(root)
    general = _general(root, len(html))
    return _best(general, declared, payload, lambda: _paragraphs(html))


def _selected(html: str, selectors: Selectors | None) -> str:
    if selectors is None or not selectors.body:
        return ""
    return tree.paragraphs_of(tree.select(html, selectors.body, selectors.drop))


def _best(general: str, declared: str, payload: str, paragraphs: Callable[[], str]) -> Body:
    """The general extractor's text, unless it is little and another has clearly more."""
    if _weight(general) < _LITTLE:
        for text, name in ((declared, "json-ld"), (payload, "payload")):
            if _weight(text) > 1.5 * _weight(general):
                return Body(text, name)
    if declared and squeeze(declared) == squeeze(general):
        return Body(declared, "json-ld")  # the same words, but with their paragraphs
    if _weight(general) >= 40:
        return Body(general, "trafilatura")
    rest = paragraphs()
    return Body(rest, "paragraphs") if _weight(rest) > _weight(general) else Body(general, "trafilatura" if general else "")


def _weight(text: str) -> float:
    """Length in Latin characters: a Korean or Japanese character says as much as about two and a half."""
    return len(text) * (2.5 if has_cjk(text[:500]) else 1.0)


def _options(size: int) -> Extractor:
    # A page of megabytes is a list, not an article: no second opinion on it. The date parameters are named only because
    # the extractor would read the machine's clock to fill them; dates are not its task here.
    return Extractor(output_format="python", fast=size > _HUGE, comments=False, tables=True, date_params={"max_date": dates.FAR})


def _general(root: HtmlElement, size: int) -> str:
    try:
        found = trafilatura.bare_extraction(root, options=_options(size))
    except _FAILURES:
        return ""
    text = getattr(found, "text", None) or ""
    lines = [line for line in (squeeze(line) for line in clean(text).split("\n")) if line]
    while len(lines) > 1 and furniture.is_notice(lines[-1]):
        lines.pop()
    return "\n\n".join(lines)


def _paragraphs(html: str) -> str:
    """Every paragraph of the page that is a sentence or more; the last resort."""
    root = tree.parse(html)
    if root is None:
        return ""
    lines = (tree.line_of(node) for node in root.iter("p"))
    return "\n\n".join(line for line in lines if _weight(line) >= 60)
