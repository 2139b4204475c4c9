"""What a page and its site say of their machine-readable sources: feeds, WordPress, sitemaps. Pure."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from scraper.model.source import Page
from scraper.text import language_code, squeeze

MOST = 12
"""Addresses that are tried for one site."""

_MOST_CHARACTERS = 1_000_000
_LONGEST = 2000
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json"})
_API = "https://api.w.org/"
_LINK_HEADER = re.compile(r"<([^<>]{1,2000})>\s{0,9};\s{0,9}rel=\"?https://api\.w\.org/")
_SITEMAP = re.compile(r"(?im)^[ \t]{0,9}sitemap[ \t]{0,9}:[ \t]{0,9}(\S{1,2000})")
_COMMENTS = re.compile(r"(?i)/comments/feed|[?&]feed=comments|/wp-json/oembed/|/wp-json/wp/v2/pages/")
_POSTS = "wp/v2/posts?per_page=25&orderby=date&order=desc&_fields=id,date,date_gmt,link,title,content,excerpt"
_USUAL_SITEMAPS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")


@dataclass(frozen=True, slots=True)
class Lead:
    """An address worth trying: its ``kind`` of source and what the page calls it (empty where it says nothing)."""

    kind: str
    url: str
    title: str = ""


@dataclass(slots=True)
class Front:
    """What the head of an HTML page says: its own title and language, and its leads, best first."""

    title: str = ""
    language: str = ""
    leads: list[Lead] = field(default_factory=list)


def front(page: Page, text: str) -> Front:
    """Return what a page (its decoded ``text``) says of its feeds (HTML 4.6.7.1, rel=alternate) and of WordPress's REST interface.

    The latter is named in a link element or in the Link header (RFC 8288); its posts come first, since they hold the whole text.
    """
    reader = _Reader(page.url)
    with suppress(AssertionError):  # the parser's own word for markup it gives up on; what stood before it counts
        reader.feed(text[:_MOST_CHARACTERS])
    named = _LINK_HEADER.search(page.headers.get("link", "")[:10_000])
    root = reader.api or (urljoin(page.url, named[1]) if named else "")
    posts = [Lead("wordpress", _posts(root))] if _usable(root) else []
    leads = [lead for lead in (*posts, *reader.found) if not _COMMENTS.search(lead.url)]
    return Front(
        squeeze(reader.title)[:200], language_code(reader.language), list({lead.url: lead for lead in reversed(leads)}.values())[::-1]
    )


def sitemaps(robots: str, origin: str) -> tuple[Lead, ...]:
    """Return the sitemaps that a robots.txt names, those for news first, and after them the usual addresses at ``origin``."""
    named = [urljoin(origin, address) for address in _SITEMAP.findall(robots[:_MOST_CHARACTERS])]
    named.sort(key=lambda url: "news" not in url.lower())
    usual = [] if named else [origin + path for path in _USUAL_SITEMAPS]
    return tuple(Lead("sitemap", url) for url in dict.fromkeys((*named, *usual)) if _usable(url))[:5]


class _Reader(HTMLParser):
    """Collects links out of the start tags; a ``base`` holds for what stands after it."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base = url
        self.title = self.language = self.api = ""
        self.found: list[Lead] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take notice of html, base, title and link."""
        given = {name: (value or "")[:_LONGEST].strip() for name, value in attrs}
        self._in_title = tag == "title" and not self.title
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "base" and given.get("href"):
            self.base = _joined(self.base, given["href"])
        elif tag == "link" and given.get("href"):
            self._link(given)

    def handle_data(self, data: str) -> None:
        """Take the page's title."""
        if self._in_title:
            self.title += data[:_LONGEST]
            self._in_title = False

    def _link(self, given: dict[str, str]) -> None:
        rels = given.get("rel", "").lower().split()
        address = _joined(self.base, given["href"])
        media = given.get("type", "").split(";")[0].strip().lower()
        if _API in rels:
            self.api = address
        elif "alternate" in rels and media in _FEED_TYPES and _usable(address) and len(self.found) < MOST and "/wp-json/" not in address:
            self.found.append(Lead("feed", address, squeeze(given.get("title", ""))))


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def _posts(root: str) -> str:
    """Where a site has no pretty addresses the interface is ``/?rest_route=/``."""
    if "rest_route=" in root:
        return root.rstrip("/") + "/" + _POSTS.replace("?", "&", 1)
    return root.rstrip("/") + "/" + _POSTS


def _usable(url: str) -> bool:
    """In sources.toml ``${NAME}`` would be a secret of ours; no page may ask for one."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "${" not in url
    except ValueError:
        return False
