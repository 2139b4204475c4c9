"""A page as a tree: one parse for everything that reads it, and text out of its nodes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup
from lxml import etree
from lxml.html import HtmlElement
from soupsieve import SelectorSyntaxError

from scraper.text import clean, squeeze

# One class for every element: the parser makes them without asking Python for each.
_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)
_CONTROL = bytes((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F))
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_SILENT = frozenset((
    "script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "button", "textarea",
))  # fmt: skip


def parse(html: str) -> HtmlElement | None:
    """Return the tree of a page's text, without comments; None where there is nothing to parse."""
    plain = html.encode("utf-8", "ignore").translate(None, _CONTROL)
    for mark in _NONCHARACTERS:
        plain = plain.replace(mark, b"")
    if not plain.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        root = etree.fromstring(plain, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return root if isinstance(root, HtmlElement) else None


def select(html: str, selector: str, drop: str = "") -> list[HtmlElement]:
    """Return the nodes that a CSS selector of the configuration names, without what ``drop`` names inside them.

    None where the selector is empty or cannot be read. The page is parsed again, as only sources with selectors need it.
    """
    if not selector.strip():
        return []
    soup = BeautifulSoup(html, "lxml")
    try:
        for node in soup.select(drop) if drop.strip() else ():
            node.decompose()
        found = [str(node) for node in soup.select(selector)]
    except (SelectorSyntaxError, NotImplementedError):
        return []
    return [tree for piece in found if (tree := parse(piece)) is not None]


def line_of(node: HtmlElement) -> str:
    """Return the text of a node as one line."""
    return squeeze(clean("".join(_pieces(node))))


def paragraphs_of(nodes: Iterable[HtmlElement]) -> str:
    """Return the text of nodes in page order, a paragraph for each block or line break, parted by blank lines."""
    text = "\n".join("".join(_pieces(node)) for node in nodes)
    lines = (squeeze(line) for line in clean(text).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _pieces(node: HtmlElement) -> Iterator[str]:
    """The text under a node, with a line end at the edges of blocks; white space of the source is a space."""
    silent = 0
    for event, element in etree.iterwalk(node, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        hidden = tag in _SILENT
        if event == "start":
            silent += hidden
            if tag in _BLOCKS:
                yield "\n"
            if not silent and element.text:
                yield _inline(element.text)
            continue
        silent -= hidden
        if tag in _BLOCKS:
            yield "\n"
        if not silent and element is not node and element.tail:
            yield _inline(element.tail)


def _inline(text: str) -> str:
    return re.sub(r"\s", " ", text)


def from_fragment(html: str) -> str:
    """Return the text of a piece of HTML (the full text of a feed entry, a script's payload), as :func:`paragraphs_of` does."""
    tree = parse(html)
    return paragraphs_of([tree]) if tree is not None else ""
