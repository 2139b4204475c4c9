"""The well-formed feed read with lxml, where the result is surely the one that feedparser gives; else nothing.

feedparser knows the habits of twenty years of feeds and pays for it with every element. Most feeds use a small part of the
formats: RSS 2.0, RSS 1.0, Atom (RFC 4287) with a handful of modules. What stands here reads that part and gives the answer
up at the first thing outside of it (a second title, markup as elements, a base address, a name bound elsewhere than usual,
characters that feedparser would mend), so the two can never differ. ``tests`` hold them against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from lxml import etree

from scraper.stages.discover.document import Document

_Raw = dict[str, Any]
_Element = Any  # what lxml.etree calls _Element; the library brings no types
_Action = Callable[[_Element, _Raw], None]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
# The namespaces that feedparser acts upon, by the prefix it knows them under; "" is the vocabulary of RSS and Atom themselves.
# In lower case, because it compares them so.
_USUAL = {
    "http://www.w3.org/2005/atom": "", "http://purl.org/atom/ns#": "", "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "", "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/rss/1.0/modules/rss091#": "", "http://example.com/newformat#": "", "http://example.com/necho": "",
    "http://purl.org/echo/": "", "uri/of/echo/namespace#": "", "http://purl.org/pie/": "",
    _RDF: "rdf",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://search.yahoo.com/mrss": "media", "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes", "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.georss.org/georss": "georss", "http://www.opengis.net/gml": "gml", "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://webns.net/mvcb/": "admin", "http://podlove.org/simple-chapters": "psc", "http://www.w3.org/1999/xhtml": "xhtml",
    "http://creativecommons.org/ns#license": "cc", "http://web.resource.org/cc/": "cc",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativeCommons",
    "http://backend.userland.com/creativecommonsrssmodule": "creativeCommons",
}  # fmt: skip
_RESERVED = frozenset({*(prefix.lower() for prefix in _USUAL.values()), "xml", "xlink"})
_TYPES = frozenset({"text", "html", "text/plain", "text/html"})
_HTML = frozenset({"html", "text/html"})
_DATE = re.compile(
    r"(?:[A-Za-z]{3,9}(?:, ?| ))?\d{1,2} [A-Za-z]{3,9} \d{4} \d\d:\d\d(?::\d\d)?(?: (?:[A-Z]{1,4}|[+-]\d{4}))?"
    r"|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_BASE = re.compile(rb"base\s*=")
_BEYOND_LATIN = re.compile("[^\x00-\xff]")
# U+0080 to U+009F, as bytes and as references: feedparser takes them for Windows-1252.
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_C1_REFERENCE = re.compile(rb"&#(?:0*1[2-5]\d|x0*[89][0-9a-f]);")


class _Doubt(Exception):
    """Something stands in the feed that is left to feedparser."""


def parsed(document: Document) -> Mapping[str, Any] | None:
    """Return ``feed`` and ``entries`` of a well-formed document as ``feedparser.parse`` names them, or None where in doubt.

    ``feed`` holds ``title``, ``ttl``, ``sy_updateperiod`` and ``sy_updatefrequency``; an entry ``id``, ``title``, ``link``,
    ``links``, ``summary``, ``content``, ``published``, ``updated`` and ``created``; each only where the feed has it.
    Raises nothing. Entities, external or its own, are never resolved; nothing is fetched.
    """
    if not document.well_formed:
        return None
    try:
        return _read(document.markup.encode("utf-8"))
    except (_Doubt, etree.XMLSyntaxError):
        return None


def _read(raw: bytes) -> Mapping[str, Any]:
    low = raw.lower()
    # To look for the plain bytes first is many times faster, and mostly they are not there.
    if (b"base" in low and _BASE.search(low)) or (b"\xc2" in raw and _C1.search(raw)) or (b"&#" in raw and _C1_REFERENCE.search(low)):
        raise _Doubt
    # Made for each feed, because a parser that threads share makes them wait for each other.
    safe = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    root = etree.fromstring(raw, safe)
    _check_names(root, low.count(b"xmlns"))
    entries: list[_Raw] = []
    of_entry = _Actions(_OF_ENTRY)
    shape = _SHAPES.get(_name(root.tag), _none)
    return {"feed": shape(root, lambda element, _raw: entries.append(_entry(element, of_entry))), "entries": entries}


def _none(_root: _Element, _collect: _Action) -> _Raw:
    raise _Doubt


def _atom(root: _Element, collect: _Action) -> _Raw:
    return _Actions({**_OF_FEED, "entry": collect}).run(root, {"links": []})


def _rss(root: _Element, collect: _Action) -> _Raw:
    _require(len(root) == 1)
    return _Actions({**_OF_FEED, "item": collect}).run(_channel(root), {"links": []})


def _rdf(root: _Element, collect: _Action) -> _Raw:
    """RSS 1.0, whose items follow the channel; before it they would take its title."""
    feed = _Actions({**_OF_FEED, "items": _sequence}).run(_channel(root), {"links": []})
    _Actions({"item": collect, "image": _PICTURE}).run(root[1:], {})
    return feed


def _channel(root: _Element) -> _Element:
    _require(len(root) and _name(root[0].tag) == "channel" and _KNOWN.issuperset(root[0].keys()))
    return root[0]


def _entry(element: _Element, actions: _Actions) -> _Raw:
    raw: _Raw = {"links": []}
    if named := element.keys():
        _require(_KNOWN.issuperset(named))
        if about := element.get(_ABOUT):
            raw["id"] = about
    actions.run(element, raw)
    if "content" in raw:
        raw.setdefault("summary", raw["content"][0]["value"])
    return raw


def _check_names(root: _Element, declared: int) -> None:
    """Refuse namespaces that are declared below the root or bound otherwise than usual: feedparser half goes by the prefixes."""
    _require(declared == len(root.nsmap))
    for prefix, uri in root.nsmap.items():
        low = uri.lower()
        usual = _USUAL.get(low)
        if usual:
            _require(prefix == usual)
        else:  # the vocabulary itself, which needs no prefix, or a module without a meaning here, which needs one
            _require((prefix is None and usual == "") or (prefix is not None and prefix.lower() not in _RESERVED))
            _require("backend.userland.com/rss" not in low)


def _require(condition: object) -> None:
    if not condition:
        raise _Doubt


def _name(tag: str) -> str:
    """Return what feedparser calls an element: ``title``, ``dc:date``; ``?`` in a module that has no meaning for it."""
    uri, _, local = tag.rpartition("}")
    prefix = _USUAL.get(uri[1:].lower()) if uri else ""
    if prefix is None:
        return "?"
    return f"{prefix}:{local}".lower() if prefix else local.lower()


class _Actions(dict[str, _Action]):
    """What to do with an element by its tag as lxml gives it; each tag is looked into once a feed."""

    def __init__(self, named: Mapping[str, _Action]) -> None:
        super().__init__()
        self._named = named

    def __missing__(self, tag: str) -> _Action:
        action = self[tag] = self._named.get(_name(tag), _refuse)
        return action

    def run(self, elements: Iterable[_Element], raw: _Raw) -> _Raw:
        """Do with each of the elements what is to be done, and return ``raw``, into which it is written."""
        for element in elements:
            self[element.tag](element, raw)
        return raw


def _refuse(_element: _Element, _raw: _Raw) -> None:
    raise _Doubt


def _idle(element: _Element, _raw: _Raw) -> None:
    if len(element):
        raise _Doubt


def _among(names: frozenset[str], element: _Element, _raw: _Raw) -> None:
    """Pass over an element whose children are leaves of these names."""
    _require(all(len(child) == 0 and _name(child.tag) in names for child in element))


def _sequence(element: _Element, _raw: _Raw) -> None:
    """Pass over the table of contents of RSS 1.0."""
    for bag in element:
        _require(_name(bag.tag) in {"rdf:seq", "rdf:bag"} and all(item.tag == _ITEM and len(item) == 0 for item in bag))


def _text(element: _Element, attributes: frozenset[str] = frozenset()) -> str:
    """Return the text of a leaf; in doubt where it has other attributes, or is UTF-8 that was once read as Latin-1 (then it is mended)."""
    named = element.keys()
    if len(element) or (named and not attributes.issuperset(named)):
        raise _Doubt
    text: str = (element.text or "").strip()
    if not text.isascii() and _twice_encoded(text):
        raise _Doubt
    return text


def _twice_encoded(text: str) -> bool:
    if _BEYOND_LATIN.search(text):
        return False
    try:
        text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True


def _typed(element: _Element) -> str:
    _require(element.get("type", "text").lower() in _TYPES)
    return _text(element, _TYPE)


def _once(key: str, element: _Element, raw: _Raw) -> None:
    """A text that stands once: what feedparser makes of a second one depends on much."""
    if key in raw:
        raise _Doubt
    raw[key] = _typed(element) if element.keys() else _text(element)


def _plain(key: str, element: _Element, raw: _Raw) -> None:
    raw[key] = _text(element)


def _date(key: str, element: _Element, raw: _Raw) -> None:
    """A date in a usual form; of two that mean the same the later counts."""
    text = _text(element)
    if text and not _DATE.fullmatch(text):
        raise _Doubt
    raw[key] = text


def _content(element: _Element, raw: _Raw) -> None:
    raw.setdefault("content", []).append({"value": _typed(element)})


def _link(element: _Element, raw: _Raw) -> None:
    """A link as text (RSS) or as an attribute (Atom); only the page itself becomes ``link``."""
    if not element.keys():
        link = _address(_text(element))
        raw["link"] = link
        raw["links"].append({"rel": "alternate", "href": link} if link else {"rel": "alternate"})
        return
    _require(len(element) == 0 and _LINK.issuperset(element.keys()))
    link = _address(element.get("href", ""))
    _require(link)
    relation = element.get("rel", "alternate").lower()
    if relation == "alternate" and element.get("type", "text/html").lower() in _HTML:
        raw["link"] = link
    raw["links"].append({"rel": relation, "href": link})


def _guid(element: _Element, raw: _Raw) -> None:
    """A guid, which is the link too, unless it says that it is none or there is a link."""
    text = _address(_text(element, _PERMALINK))
    raw["id"] = text
    if element.get("isPermaLink", "true") == "true":
        raw.setdefault("link", text)


def _enclosure(element: _Element, raw: _Raw) -> None:
    _require(len(element) == 0 and element.get("url") and not {"uri", "href", "rel"} & set(element.keys()))
    raw["links"].append({"href": element.get("url")})


def _media(element: _Element, raw: _Raw) -> None:
    """Pass over a picture; its title is none of the item's once that has one."""
    _among(_PARTS | {"media:title"} if raw.get("title") else _PARTS, element, raw)


def _origin(element: _Element, raw: _Raw) -> None:
    """The channel that an item came from (RSS 2.0)."""
    title, href = _text(element, _URL), element.get("url")
    raw["source"] = {**({"href": href} if href is not None else {}), **({"title": title} if title else {})}


def _address(link: str) -> str:
    """Return a link as it stands; in doubt where feedparser would mend it."""
    if ":///" in link or ("&" in link and ";" in link):
        raise _Doubt
    return link


def _when(element: _Element, _raw: _Raw) -> None:
    """A date of the feed itself, which nobody asks for; feedparser does not survive every date."""
    _date("", element, {})


_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT, _ITEM = f"{{{_RDF}}}about", f"{{{_RDF}}}li"
_KNOWN = frozenset({_ABOUT, _LANGUAGE})
_TYPE, _URL, _PERMALINK = frozenset({"type", _LANGUAGE}), frozenset({"url"}), frozenset({"isPermaLink"})
_LINK = frozenset({"href", "rel", "type", "title", "hreflang", "length"})
_PARTS = frozenset({"media:thumbnail", "media:credit", "media:copyright", "media:keywords", "media:category", "media:text"})
_PERSON = partial(_among, frozenset({"name", "email", "uri"}))
_PICTURE = partial(_among, frozenset({"title", "link", "url", "width", "height", "description"}))
_SUMMARY, _CREATED = partial(_once, "summary"), partial(_date, "created")
_PUBLISHED, _UPDATED = partial(_date, "published"), partial(_date, "updated")
_PASSED_OVER = (
    "?", "category", "rights", "dc:creator", "dc:subject", "dc:publisher", "dc:rights", "dc:language", "dc:type", "dc:format",
    "dc:identifier", "dc:source", "media:thumbnail", "media:credit", "media:copyright", "media:keywords", "media:category",
    "itunes:author", "itunes:subtitle", "itunes:image", "itunes:explicit", "itunes:keywords", "itunes:duration", "itunes:block",
    "feedburner:origlink",
)  # fmt: skip
_PASSED_OVER_IN_FEEDS = (
    "id", "description", "subtitle", "tagline", "language", "copyright", "managingeditor", "webmaster", "generator", "docs", "rating",
    "cloud", "logo", "icon", "sy:updatebase", "feedburner:info", "feedburner:emailserviceid", "feedburner:feedburnerhostname",
    "admin:generatoragent", "admin:errorreportsto",
)  # fmt: skip
_COMMON: Mapping[str, _Action] = {
    **dict.fromkeys(_PASSED_OVER, _idle), "title": partial(_once, "title"), "link": _link, "author": _PERSON, "contributor": _PERSON,
}  # fmt: skip
_OF_ENTRY: Mapping[str, _Action] = {
    **_COMMON, "guid": _guid, "id": _guid, "description": _SUMMARY, "summary": _SUMMARY, "content": _content,
    "content:encoded": _content, "enclosure": _enclosure, "comments": _idle, "source": _origin, "media:content": _media,
    "pubdate": _PUBLISHED, "published": _PUBLISHED, "issued": _PUBLISHED, "dcterms:issued": _PUBLISHED,
    "updated": _UPDATED, "modified": _UPDATED, "dc:date": _UPDATED, "dcterms:modified": _UPDATED,
    "created": _CREATED, "dcterms:created": _CREATED,
}  # fmt: skip
_OF_FEED: Mapping[str, _Action] = {
    **_COMMON, **dict.fromkeys(_PASSED_OVER_IN_FEEDS, _idle), "ttl": partial(_plain, "ttl"), "image": _PICTURE,
    "sy:updateperiod": partial(_plain, "sy_updateperiod"), "sy:updatefrequency": partial(_plain, "sy_updatefrequency"),
    "skiphours": partial(_among, frozenset({"hour"})), "skipdays": partial(_among, frozenset({"day"})),
    **dict.fromkeys(("pubdate", "published", "updated", "modified", "lastbuilddate", "dc:date", "dcterms:modified"), _when),
}  # fmt: skip
_SHAPES: Mapping[str, Callable[[_Element, _Action], _Raw]] = {"feed": _atom, "rss": _rss, "rdf:rdf": _rdf}
