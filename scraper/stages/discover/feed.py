"""Feeds: RSS 2.0 and its forerunners, RSS 1.0 (RDF), Atom (RFC 4287), JSON Feed; whatever the media type says."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import feedparser

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover import fast
from scraper.stages.discover.charset import decode
from scraper.stages.discover.document import Document, read_document, refuse_deep
from scraper.stages.discover.guard import no_entries, refuse_mitigated
from scraper.stages.discover.items import Item, further, to_discovery
from scraper.stages.discover.jsonfeed import read_json_feed

# What a parser of foreign markup may raise on hostile input, whatever it promises.
_PARSER_FAULTS = (ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError, RecursionError)
_SLACK = 50
_MOST_DIGITS = 6
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}


def discover_feed(page: Page, source: Source) -> Discovery:
    """Return the entries of a feed in page order.

    Broken XML gives what can be read of it, with a note. Raises DiscoverError: not_a_feed (HTML, plain text, another XML or
    JSON), blocked (a challenge or decoy), parse (a feed of which nothing can be read, entities declared, nested too deep),
    wrong_channel.
    """
    refuse_mitigated(page, source)
    text = decode(page, source)
    if text.lstrip()[:1] in ("{", "["):
        return read_json_feed(text, page, source)
    document = read_document(text, source.max_entries + _SLACK)
    if not document.is_feed:
        raise no_entries(source, text)
    return _discovered(document, fast.parsed(document) or _parsed(document), page, source)


def _parsed(document: Document) -> Mapping[str, Any]:
    refuse_deep(document.markup)
    # A stream, never a string: feedparser would take one for an address or a file name and open it.
    stream = io.BytesIO(document.markup.encode("utf-8"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        parsed: Mapping[str, Any] = feedparser.parse(stream, response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    except _PARSER_FAULTS as error:
        raise DiscoverError(f"the feed cannot be parsed: {error}", code="parse") from error
    return parsed


def _discovered(document: Document, parsed: Mapping[str, Any], page: Page, source: Source) -> Discovery:
    feed: Mapping[str, Any] = parsed["feed"]
    items = [_item(raw, source) for raw in parsed["entries"]]
    if not items and not document.well_formed:
        raise DiscoverError(f"{source.id}: a broken feed of which no item can be read ({'; '.join(document.notes)})", code="parse")
    return to_discovery(items, page, source, channel=_text(feed, "title"), ttl=_ttl(feed), notes=document.notes, more=_next(feed, page))


def _item(raw: dict[str, Any], source: Source) -> Item:
    # dict.items, because feedparser's own access answers "updated" with "published", and warns.
    texts = {key: value for key, value in dict.items(raw) if isinstance(value, str)}
    have = texts.get
    guid, summary = have("id", ""), have("summary", "")
    full = max((str(content.get("value", "")) for content in raw["content"]), key=len, default="") if "content" in raw else ""
    origin: Mapping[str, Any] = raw.get("source") or {}  # RSS 2.0: the channel that an item came from
    return Item(
        link=_link(have("link", "") or _any_link(raw), guid),
        title=have("title", ""),
        guid=guid,
        summary=summary,
        html=full or (summary if source.full_text else ""),
        dates=(have("published", ""), have("updated", ""), have("created", "")),
        publisher=_text(origin, "title") if origin else "",
        publisher_url=_text(origin, "href") if origin else "",
    )


def _any_link(raw: dict[str, Any]) -> str:
    return next((str(other.get("href", "")) for other in raw.get("links", ())), "")


def _link(link: str, guid: str) -> str:
    # A guid is an address by default (RSS 2.0), yet often a bare number: then it is none.
    return "" if link == guid and not link.startswith(("http://", "https://", "/")) else link


def _text(raw: Mapping[str, Any], key: str) -> str:
    # dict.get, because feedparser's own get answers "updated" with "published", and warns.
    value = dict.get(raw, key) if isinstance(raw, dict) else None
    return value if isinstance(value, str) else ""


def _next(feed: Mapping[str, Any], page: Page) -> tuple[str, ...]:
    """The page before, where a feed is paged (RFC 5005 3)."""
    links = feed.get("links", ())
    return further(next((str(link.get("href", "")) for link in links if link.get("rel") == "next"), ""), page)


def _ttl(feed: Mapping[str, Any]) -> float | None:
    """Minutes the publisher asks to wait: the longer of ``ttl`` (RSS 2.0) and the period by frequency of the syndication module."""
    asked = [_number(_text(feed, "ttl"))]
    if _text(feed, "sy_updateperiod") or _text(feed, "sy_updatefrequency"):
        period = _PERIODS.get(_text(feed, "sy_updateperiod").strip().lower(), _PERIODS["daily"])
        asked.append(period / (_number(_text(feed, "sy_updatefrequency")) or 1))
    return max(asked) or None


def _number(text: str) -> float:
    plain = text.strip()
    return float(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= _MOST_DIGITS else 0.0
