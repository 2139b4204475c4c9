"""The main text of a page."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Extractor

from scraper.model.source import Selectors
from scraper.stages.extract import blocks, choice, dates, furniture, preformatted, structured, tree
from scraper.stages.extract.blocks import weigh
from scraper.stages.extract.closing import with_last_words
from scraper.stages.extract.render import render
from scraper.text import CJK, clean, fold, squeeze

# Its remarks on pages without text are answered by our own error; only this library's loggers are touched.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
_LITTLE = 250.0
_LEAST = 40.0
_SHORT = 500.0
_DOUBTFUL = 0.7
_LARGEST = 600_000
_MORE = 1.5
_AGREES = 0.5
_FAILURES = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, AssertionError, etree.LxmlError)
_WORD = re.compile(f"[{CJK}]{{2}}|[^\\W{CJK}]{{3,}}")


@dataclass(frozen=True, slots=True)
class Body:
    """The main text, paragraphs parted by blank lines, and the name of what found it; both empty where there is none.

    The names: ``selector`` (the source's own), ``blocks`` (our own choice of blocks), ``json-ld`` and ``payload`` (data the page
    carries), ``trafilatura`` (the second opinion on a doubtful page), ``paragraphs`` (all there are).
    """

    text: str
    extractor: str


def main_text(root: HtmlElement, html: str, selectors: Selectors | None = None) -> Body:
    """Return the main text of a page; ``root`` may be used up (the second opinion prunes it), so read everything else before.

    A source's own selector comes first; then the page's blocks, unless the page's data holds the same text and clearly more of it;
    where the choice of blocks is doubtful or little, the page's data if that is more, else the general extractor.
    """
    chosen = _selected(html, selectors)
    if len(chosen) >= _LEAST:
        return Body(chosen, "selector")
    preformatted.part(root)
    judged = choice.judge(blocks.read(root))
    own = render(with_last_words(choice.chosen(judged), judged.blocks))
    declared = structured.declared_body(structured.article_data(structured.linked_data(root)))
    if weigh(own) >= _LITTLE and judged.doubt <= _DOUBTFUL:
        return Body(declared, "json-ld") if _completes(declared, own) else Body(own, "blocks")
    return _doubtful(root, len(html), own, declared) or _last(judged.blocks, own)


def _selected(html: str, selectors: Selectors | None) -> str:
    if selectors is None or not selectors.body:
        return ""
    return tree.paragraphs_of(tree.select(html, selectors.body, selectors.drop))


def _completes(declared: str, own: str) -> bool:
    """Tell whether the page's data holds the text that is shown and goes on where the page stops."""
    return weigh(declared) > _MORE * weigh(own) and _agreement(own, declared) > 0.8


def _doubtful(root: HtmlElement, size: int, own: str, declared: str) -> Body | None:
    """A better text than the doubtful one of the blocks; None where there is none."""
    title = squeeze(root.findtext(".//title") or "")
    shown = weigh(own)
    for text, name in ((declared, "json-ld"), (structured.payload_body(root), "payload")):
        if weigh(text) > _MORE * shown and (shown < _LITTLE or _agreement(title, text) >= _AGREES):
            return Body(text, name)
    if size > _LARGEST:
        return None
    general = _general(root)
    # Of a short page our own choice holds more often, unless it found clearly less.
    if weigh(general) > _SHORT or shown < 0.7 * weigh(general):
        return Body(general, "trafilatura")
    return None


def _agreement(part: str, whole: str) -> float:
    """The share of the words of ``part`` (pairs of characters in East Asian text) that ``whole`` has too; 0 where it has no word."""
    words = set(_WORD.findall(fold(part[:2000])))
    return len(words & set(_WORD.findall(fold(whole[:20000])))) / len(words) if words else 0.0


def _last(found: list[blocks.Block], own: str) -> Body:
    """What the blocks gave, or every paragraph of a sentence or more where that is more."""
    if weigh(own) >= _LEAST:
        return Body(own, "blocks")
    rest = render(block for block in found if block.weight >= 60.0 and block.linked * 2 < block.weight)
    if weigh(rest) > weigh(own):
        return Body(rest, "paragraphs")
    return Body(own, "blocks" if own else "")


def _general(root: HtmlElement) -> str:
    # The date parameters are named only because the extractor would read the machine's clock to fill them; dates are not its task.
    options = Extractor(output_format="python", fast=True, comments=False, tables=True, date_params={"max_date": dates.FAR})
    try:
        found = trafilatura.bare_extraction(root, options=options)
    except _FAILURES:
        return ""
    text = getattr(found, "text", None) or ""
    lines = [line for line in (squeeze(line) for line in clean(text).split("\n")) if line]
    while len(lines) > 1 and furniture.is_notice(lines[-1]):
        lines.pop()
    return "\n\n".join(lines)
