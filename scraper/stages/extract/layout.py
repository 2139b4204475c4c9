"""Where something stands on a page: in the article's own column, or in a box beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from scraper.stages.extract import tree
from scraper.text import fold

# Classes of boxes beside an article; of elements around its headline they say nothing (pages with a sidebar are called so too).
_BOX = re.compile(
    r"comment|related|recommend|sidebar|widget|respond|popular|most-|trending|ranking|calendar|newsletter|cookie|consent"
    r"|(?:^|[\s_-])(?:bio|biography|copyright|ad|ads|banner)(?:$|[\s_-])|(?:^|\s)(?:main-?|site-?|top-?)?(?:menu|nav)(?:$|\s)|(?:^|\s)(?:site-|page-)?footer(?:$|\s)"
)
_DEEP = 12


def spine_of(root: HtmlElement, title: str) -> frozenset[HtmlElement]:
    """Return the elements around the article's headline: what they are called, they hold the article and are no box beside it."""
    heading = headline(root, title)
    return frozenset(heading.iterancestors()) if heading is not None else frozenset()


def headline(root: HtmlElement, title: str) -> HtmlElement | None:
    """Return the heading that says ``title``, else one that is part of it, else the first; None where the page has none."""
    wanted = fold(title)
    found = [node for level in ("h1", "h2", "h3") for node in islice(root.iter(level), 30)]
    lines = [fold(tree.line_of(node)) for node in found]
    exact = next((node for node, line in zip(found, lines, strict=True) if line and line == wanted), None)
    part = next((node for node, line in zip(found, lines, strict=True) if len(line) >= 6 and line in wanted), None)
    return exact if exact is not None else part if part is not None else next(iter(found), None)


def is_beside(node: HtmlElement, spine: frozenset[HtmlElement]) -> bool:
    """Tell whether an element is, or stands in, a box beside the article (comments, related articles, navigation)."""
    for one in (node, *islice(node.iterancestors(), _DEEP)):
        if one in spine or one.tag in ("body", "html"):
            return False
        if one.tag == "nav" or _is_box(f"{one.get('class') or ''} {one.get('id') or ''}"[:300]):
            return True
    return False


@lru_cache(maxsize=8192)
def _is_box(words: str) -> bool:
    return _BOX.search(words.lower()) is not None
