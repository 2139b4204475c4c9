"""Text whose line ends count (``<pre>``, ``white-space: pre-wrap``): its paragraphs, which no element parts."""

from __future__ import annotations

import re
from itertools import pairwise

from lxml.html import Element, HtmlElement

_KEEPS = re.compile(r"white-space\s{0,3}:\s{0,3}(?:pre|break-spaces)", re.IGNORECASE)
_STYLED = "*[@style]"
_ITEM = re.compile(r"[-\u2013\u2022\u00b7*\u25cb\u25a1\u25cf]\s|\(?\w{1,3}[.)]\s")
_WRAPPED = 45
_MOST = 2_000


def part(root: HtmlElement) -> None:
    """Put line breaks into the preformatted text of a page: two where a blank line parts paragraphs, one where a line ends early or
    an item begins; other line ends only wrap a sentence. At most two thousand elements are looked at."""
    styled = [node for node in root.iterfind(f".//{_STYLED}") if _KEEPS.search(node.get("style", "")[:300])]
    for node in [*root.iter("pre"), *styled][:_MOST]:
        for inner in list(node.iter())[:_MOST]:
            if isinstance(inner.tag, str) and inner.text and "\n" in inner.text:
                inner.text = _broken(inner, 0, inner.text)
            if inner is not node and inner.tail and "\n" in inner.tail:
                above = inner.getparent()
                inner.tail = _broken(above, above.index(inner) + 1, inner.tail)


def _broken(parent: HtmlElement, place: int, text: str) -> str:
    """Put the breaks of ``text`` into ``parent`` at ``place``; return what stands before the first of them."""
    lines = [line.strip() for line in text.replace("\r", "").split("\n")]
    lines[0], lines[-1] = _edge(text, 0, lines[0]), _edge(text, -1, lines[-1])
    held, breaks = [lines[0]], []
    for number, (before, line) in enumerate(pairwise(lines)):
        follows = number == 0 and not before  # what stands before is in another element, of a length that is not known
        if (not before and not follows) or not line or (not follows and len(before) < _WRAPPED) or _ITEM.match(line):
            breaks.append(Element("br"))
            held.append(line)
        else:
            held[-1] += f" {line}"
    for made, tail in zip(breaks, held[1:], strict=True):
        made.tail = tail
    parent[place:place] = breaks
    return held[0]


def _edge(text: str, place: int, line: str) -> str:
    """A line at an edge, with the space that parts it from the word in the next element."""
    if not line or not text[place].isspace():
        return line
    return f" {line}" if place == 0 else f"{line} "
