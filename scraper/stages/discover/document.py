"""An XML document made safe and cheap to parse: no entities of its own, not too deep, no more items than wanted.

Entity expansion ("billion laughs") and external entities need a DOCTYPE with an internal subset, which no feed has a use for;
such a document is refused whole. What stands before the root element is dropped, so no parser ever sees a DTD.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from html import escape, unescape
from html.entities import html5
from xml.parsers import expat

from scraper.errors import DiscoverError

MOST_CHARACTERS = 12_000_000
MOST_BROKEN = 2_000_000
DEEPEST = 250

_START = re.compile(r"(?i)<(?:\?xml|!doctype|!--|(?:\w{1,20}:)?(?:rss|rdf|feed|channel|urlset|sitemapindex)\b)")
ROOT = re.compile(r"<((?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,60}))(?=[\s/>])")
_ENTITY = re.compile(r"(?i)<!entity")
_SPACE = re.compile(r"\s*")
_ITEM_START = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]")
_AMPERSAND = re.compile(r"&(?:(#\w{1,9}|\w{1,32});)?")
_NUMBER = re.compile(r"#(?:\d{1,8}|[xX][0-9a-fA-F]{1,7})")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ITEM_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s{0,8}>")
_FEEDS = {"rss": "</channel></rss>", "rdf": "", "feed": "", "channel": ""}


@dataclass(frozen=True, slots=True)
class Document:
    """Markup from its root element on.

    ``root`` is the element's name without prefix, lower-case, ``""`` where there is none; ``well_formed`` that it is XML by
    the letter; ``notes`` what was cut.
    """

    markup: str
    root: str
    well_formed: bool
    notes: tuple[str, ...] = ()

    @property
    def is_feed(self) -> bool:
        """Whether the root element is one of RSS, RDF or Atom."""
        return self.root in _FEEDS


def read_document(text: str, most_items: int) -> Document:
    """Return the document in ``text`` with at most ``most_items`` items and no half item at a cut-off end.

    Raises DiscoverError (parse) for a DOCTYPE that declares entities and for more than :data:`MOST_CHARACTERS`. How deep it is
    nested is another question (:func:`refuse_deep`), to be asked before a parser gets it that minds.
    """
    if len(text) > MOST_CHARACTERS:
        raise DiscoverError(f"a document of {len(text)} characters is too large to parse", code="parse")
    markup = from_root(text)
    found = ROOT.match(markup)
    root = found.group(2).lower() if found else ""
    if found is None or root not in _FEEDS:
        return Document(markup, root, well_formed=False)
    whole, cut = _closed(markup, found.group(1), root)
    short, many = _shortened(whole, most_items)
    return _judged(short, root, (*cut, *many))


def from_root(text: str) -> str:
    """Return ``text`` from its root element on, without declaration, comments and DOCTYPE; raises DiscoverError for entities in it."""
    # Servers print warnings before the declaration; what begins as HTML is left to the caller.
    start = _START.search(text[:4000])
    position = start.start() if start else 0
    while True:
        position = _after_space(text, position)
        end = _past_declaration(text, position)
        if end == position:
            return text[position:]
        position = end


def _past_declaration(text: str, position: int) -> int:
    if text.startswith("<!--", position):
        return _after(text, "-->", position + 4)
    if text.startswith("<?", position):
        return _after(text, "?>", position + 2)
    if text[position : position + 9].lower() == "<!doctype":
        return _past_doctype(text, position)
    return position


def _past_doctype(text: str, position: int) -> int:
    close, subset = text.find(">", position), text.find("[", position)
    if close < 0 or not 0 <= subset < close:
        return close + 1 if close >= 0 else len(text)
    end = _after(text, "]", subset)
    root = ROOT.search(text, subset)
    if _ENTITY.search(text, subset, max(end, root.start() if root else len(text))):
        raise DiscoverError("the document declares entities of its own, which is refused", code="parse")
    return _after(text, ">", end)


def _after_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _after(text: str, mark: str, position: int) -> int:
    found = text.find(mark, position)
    return found + len(mark) if found >= 0 else len(text)


def _closed(markup: str, name: str, root: str) -> tuple[str, tuple[str, ...]]:
    if markup.rfind(f"</{name}") >= 0 or "/>" in markup[: markup.find(">") + 1]:
        return markup, ()
    ends = [found.end() for found in _ITEM_END.finditer(markup)]
    if not ends:
        start = _ITEM_START.search(markup)
        return markup[: start.start()] if start else markup, ("the document is cut off before its first item ends",)
    return markup[: ends[-1]] + (_FEEDS[root] or f"</{name}>"), ("the document is cut off: its last item may be missing",)


def _shortened(markup: str, most: int) -> tuple[str, tuple[str, ...]]:
    if markup.count("item") + markup.count("entry") <= most:  # a bound that is quickly had
        return markup, ()
    ends = [found.end() for found in _ITEM_END.finditer(markup)]
    if len(ends) <= most:
        return markup, ()
    return markup[: ends[most - 1]] + markup[ends[-1] :], (f"{len(ends)} items: those after the first {most} were not read",)


def _judged(markup: str, root: str, notes: tuple[str, ...]) -> Document:
    fault = _fault(markup)
    if not fault:
        return Document(markup, root, well_formed=True, notes=notes)
    better = mended(markup)
    told = (*notes, f"broken XML: {fault}")
    if not _fault(better):
        return Document(better, root, well_formed=True, notes=told)
    if len(markup) > MOST_BROKEN:
        raise DiscoverError(f"a broken document of {len(markup)} characters is too large to mend ({fault})", code="parse")
    return Document(better, root, well_formed=False, notes=told)


def mended(markup: str) -> str:
    """Return ``markup`` with bare ampersands escaped and HTML's named characters written out, outside of CDATA."""
    first, *sections = markup.split("<![CDATA[")
    return "<![CDATA[".join((_AMPERSAND.sub(_reference, first), *map(_mended_after_cdata, sections)))


def _mended_after_cdata(section: str) -> str:
    inside, end, after = section.partition("]]>")
    return inside + end + _AMPERSAND.sub(_reference, after)


def _reference(found: re.Match[str]) -> str:
    name = found.group(1) or ""
    if name in _XML_NAMES:
        return found.group()
    if f"{name};" not in html5 and not _NUMBER.fullmatch(name):
        return "&amp;" + found.group()[1:]
    # A number beyond Unicode, or of a control character, becomes what a browser makes of it (HTML 13.2.5.80).
    return escape(_CONTROLS.sub("", unescape(found.group())))


def _fault(markup: str) -> str:
    """What makes it no XML. Nothing is called back, which would cost as much again; hence :func:`refuse_deep` apart."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(markup.encode("utf-8"), True)
    except expat.ExpatError as error:
        return expat.ErrorString(error.code)
    return ""


def refuse_deep(markup: str) -> None:
    """Raise DiscoverError (parse) where elements are nested deeper than :data:`DEEPEST`, as far as the markup is XML."""
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def opened(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise DiscoverError(f"elements nested deeper than {DEEPEST}", code="parse")

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    with suppress(expat.ExpatError):
        parser.Parse(markup.encode("utf-8"), True)
