"""What a page calls its own site: the names by which a site's part of a title, or a site posing as an author, is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from scraper.stages.extract import tree
from scraper.text import fold, squeeze
from scraper.urls import belongs, host, registrable

_NAMED = ("og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name", "dc.publisher")
_PUBLISHERS = frozenset({"WebSite", "Organization", "NewsMediaOrganization", "Corporation", "GovernmentOrganization"})
_FEED = re.compile(r"(?i)\s*(?:»|›|-|\||:)\s*(?:feed|rss|atom|comments?|kommentar).*$|\s+(?:feed|rss(?: 2\.0)?|atom)$")
_FEED_TYPE = re.compile(r"(?i)rss|atom")
_NO_LETTER = re.compile(r"[\W_]")
_MASTHEAD = re.compile(r"(?:^|[\s_-])(?:site|blog)[_-]?(?:title|name|logo)|(?:^|[\s_-])(?:logo|masthead|navbar-brand)(?:$|[\s_-])")
_LONGEST = 80
# The last word of an outlet's or an office's name: what stands behind a separator and ends so is the site, whoever says it.
_OUTLET = re.compile(
    r"(?i)(?:뉴스|뉴스룸|신문|일보|방송|통신|닷컴|타임스|타임즈|데일리|투데이|경제|미디어|매체|저널|포털|외교부|국방부|통일부|대통령실|대사관|총영사관|新聞|新聞社|通信|通信社|"
    r"ニュース|news|デジタル|テレビ|放送|オンライン|オンライン版|ドットコム|電子版|タイムズ|ジャーナル|省|庁|大使館|総領事館|首相官邸|内閣官房|"
    r"\b(?:news|newswire|times|post|herald|journal|tribune|online|press|magazine|daily|today|tv|radio|blog|wire|review|gazette|ministry of [\w ]{3,30}|department of [\w ]{3,30}"
    r"|embassy[\w &.]{0,40}|house|\.com|\.org|\.net|[\w-]{2,30}\.(?:com|org|net|de|fr|it|es|co|kr|jp|tv|io)))$"
)


def plain(text: str) -> str:
    """Return the letters and digits of ``text``, folded: the form by which names are compared."""
    return _NO_LETTER.sub("", fold(text))


@dataclass(frozen=True, slots=True)
class Site:
    """A site's names in plain form (see :func:`plain`), as the page and its address say them; ``url`` may be empty."""

    names: frozenset[str] = frozenset()
    url: str = ""

    def is_own(self, text: str) -> bool:
        """Tell whether ``text`` is the site's name, part of it, or it with a little more (``NHK NEWS`` beside ``NHK``)."""
        word = plain(text)
        if not word or len(text) > _LONGEST:
            return False
        if any(word == name or (len(word) > 3 and word in name) or (_telling(name) and name in word) for name in self.names):
            return True
        stem = plain(registrable(self.url).split(".")[0]) if self.url else ""
        return len(stem) > 2 and (
            word in (stem, plain(host(self.url))) or (len(word) > 3 and (stem.startswith(word) or stem.endswith(word)))
        )

    def is_exactly(self, text: str) -> bool:
        """Tell whether ``text`` is one of the site's names and nothing else."""
        word = plain(text)
        return bool(word) and (
            word in self.names or (bool(self.url) and word in {plain(registrable(self.url).split(".")[0]), plain(host(self.url))})
        )


def _telling(name: str) -> bool:
    return len(name) > 4 or (len(name) > 1 and not name.isascii())


def is_outlet(text: str) -> bool:
    """Tell whether ``text`` ends as the names of outlets and offices do (``... Times``, ``...일보``, ``...新聞``), in at most six words."""
    part = text.strip()
    return len(part) <= _LONGEST and len(part.split()) <= 6 and _OUTLET.search(part) is not None


def site_of(root: HtmlElement, values: Mapping[str, str], objects: tuple[Mapping[str, Any], ...], url: str = "") -> Site:
    """Return the names a page gives its site: in its meta elements, structured data, feeds, masthead and links to the front page."""
    said = (*(values.get(key, "") for key in _NAMED), *_structured(objects), *_feeds(root), *_masthead(root, url))
    names = frozenset(word for name in said if len(name) <= _LONGEST and len(word := plain(name)) > 1)
    return Site(names, url)


def _structured(objects: tuple[Mapping[str, Any], ...]) -> Iterator[str]:
    for node in objects:
        name, kind, publisher = node.get("name"), node.get("@type"), node.get("publisher")
        if isinstance(kind, str) and kind in _PUBLISHERS and isinstance(name, str):
            yield name
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            yield publisher["name"]


def _feeds(root: HtmlElement) -> Iterator[str]:
    """The title of the first feed, which is the site's; later ones may be those of the article's comments."""
    for node in islice(root.iter("link"), 200):
        if "alternate" in (node.get("rel") or "").lower() and _FEED_TYPE.search(node.get("type") or "") and node.get("title"):
            yield _FEED.sub("", squeeze(node.get("title")[:200]))
            return


def _masthead(root: HtmlElement, url: str) -> Iterator[str]:
    """What links to the front page says, and what is marked as the site's title, in the head of the page."""
    seen = 0
    for node in root.iter("a", "h1", "p", "div", "span"):
        seen += 1
        if seen > 250:
            return
        marked = _MASTHEAD.search((node.get("class") or node.get("id") or "").lower())
        if not marked and not (node.tag == "a" and is_front(node, url)):
            continue
        for image in islice(node.iter("img"), 2):
            yield squeeze((image.get("alt") or "")[:200])
        if len(node) < 6:
            yield tree.line_of(node)[:200]


def is_front(link: HtmlElement, url: str = "") -> bool:
    """Tell whether a link leads to the front page: ``rel=home``, or an address without a path on the page's own site."""
    if "home" in (link.get("rel") or "").lower().split():
        return True
    address = (link.get("href") or "").strip()
    if address == "/":
        return True
    if not address.startswith(("http:", "https:", "//")) or len(address) > 200 or address.rstrip("/").count("/") != 2:
        return False
    return not url or belongs(host(address if address.startswith("http") else f"https:{address}"), registrable(url))
