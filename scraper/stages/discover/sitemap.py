"""Sitemaps (sitemaps.org 0.9), those for news (Google's sitemap-news 0.9) and indexes of sitemaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover.charset import decode
from scraper.stages.discover.elements import Tree, read_elements
from scraper.stages.discover.feed import discover_feed
from scraper.stages.discover.guard import no_entries, refuse_mitigated
from scraper.stages.discover.inflate import inflated
from scraper.stages.discover.items import Item, resolved, to_discovery
from scraper.stages.discover.paths import reach, text_at
from scraper.stages.discover.records import site_of
from scraper.urls import canonical, registrable

MOST_PARTS = 5
"""How many sitemaps of an index are named to be read, those changed last first."""

_MOST_CONSIDERED = 300
_MOST_BACK = 2000
_LONGEST = 2000
_SKIP = frozenset({"image", "video", "link", "changefreq", "priority", "stock_tickers"})
_FEEDS = frozenset({"rss", "rdf", "feed", "channel"})
_MONTH = re.compile(r"((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])(?!\d{3})")


def discover_sitemap(page: Page, source: Source) -> Discovery:
    """Return the entries of a sitemap in page order, or for an index the addresses of its parts (``Discovery.more``).

    A news sitemap gives title, time of publication and language; of a plain one there are only addresses and the time each was
    last changed, which stands as an inferred date. Of more addresses than ``source.max_entries`` the latest are kept. A gzip
    body is unpacked, a feed in the sitemap's place (sitemaps.org allows it) read as one. Raises DiscoverError: not_a_feed,
    blocked, parse, wrong_channel.
    """
    refuse_mitigated(page, source)
    plain, notes = inflated(page, source)
    text = decode(plain, source)
    tree = read_elements(text, _SKIP)
    if tree.root in _FEEDS:
        return discover_feed(plain, source)
    if tree.root == "sitemapindex":
        return _index(tree, plain, source, notes)
    if tree.root != "urlset":
        raise no_entries(source, text)
    return _urlset(tree, plain, source, notes)


def _urlset(tree: Tree, page: Page, source: Source, notes: tuple[str, ...]) -> Discovery:
    urls = reach(tree.value, "url[]")
    items = [_item(url) for url in urls]
    kept, cut = _latest(items, source.max_entries)
    names = Counter(filter(None, (text_at(url, "news.publication.name") for url in urls)))
    channel = names.most_common(1)[0][0] if names else site_of(kept, page)
    untitled = sum(not item.title for item in kept)
    bare = (f"{untitled} addresses without a title",) if untitled else ()
    return to_discovery(kept, page, source, channel=channel, notes=(*notes, *tree.notes, *cut, *bare))


def _item(url: object) -> Item:
    published = text_at(url, "news.publication_date")
    return Item(
        link=text_at(url, "loc"),
        title=text_at(url, "news.title"),
        dates=(published or text_at(url, "lastmod"),),
        inferred=not published,
        language=text_at(url, "news.publication.language"),
    )


def _latest(items: Sequence[Item], most: int) -> tuple[list[Item], tuple[str, ...]]:
    """Return the ``most`` items with the latest dates, in page order: an archive's sitemap may begin with the oldest."""
    if len(items) <= most:
        return list(items), ()
    by_date = sorted(range(len(items)), key=lambda at: items[at].dates[0], reverse=True)
    kept = [items[at] for at in sorted(by_date[:most])]
    return kept, (f"{len(items)} addresses: only the latest {most} were read",)


def parts_since(page: Page, source: Source, until: str) -> tuple[str, ...]:
    """Return the addresses of the parts that an index lists, those changed last first, without those that were changed last, or are named for
    a month, before the day ``until``. Raises DiscoverError, as :func:`discover_sitemap`."""
    plain, _ = inflated(page, source)
    tree = read_elements(decode(plain, source), _SKIP)
    parts = [part for part in _parts(tree) if not _before(part, until)]
    urls = [resolved(url, plain.url) for url, _ in sorted(parts, key=_recency, reverse=True)[:_MOST_BACK]]
    return tuple(
        dict.fromkeys(url for url in urls if registrable(url) == registrable(plain.url) and canonical(url) != canonical(plain.url))
    )


def _before(part: tuple[str, str], until: str) -> bool:
    changed, month = _recency(part)
    return changed[:10] < until[: len(changed[:10])] if changed else bool(month) and month < until[:7].replace("-", "")


def _parts(tree: Tree) -> list[tuple[str, str]]:
    return [(text_at(part, "loc")[:_LONGEST], text_at(part, "lastmod")) for part in reach(tree.value, "sitemap[]")]


def _index(tree: Tree, page: Page, source: Source, notes: tuple[str, ...]) -> Discovery:
    parts = _parts(tree)
    latest = [resolved(url, page.url) for url, _ in sorted(parts, key=_recency, reverse=True)[:_MOST_CONSIDERED]]
    own = [url for url in latest if registrable(url) == registrable(page.url) and canonical(url) != canonical(page.url)]
    ordered = tuple(dict.fromkeys(own))
    told = [*notes, *tree.notes, f"an index of {len(parts)} sitemaps"]
    if len(own) < len(latest):
        told.append(f"{len(latest) - len(own)} sitemaps of the index without address, of another site or itself were left out")
    if len(ordered) > MOST_PARTS:
        told.append(f"only the {MOST_PARTS} sitemaps changed last are read")
    return Discovery((), source.channel, None, tuple(told), more=ordered[:MOST_PARTS])


def _recency(part: tuple[str, str]) -> tuple[str, str]:
    # Where no time of change is given, archives are mostly named for their month.
    url, changed = part
    found = _MONTH.search(url)
    return changed, "".join(found.groups()) if found else ""
