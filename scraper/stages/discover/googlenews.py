"""Google News searches: RSS whose addresses are opaque and are left so; a title and a publisher's name is all that is taken."""

from __future__ import annotations

from dataclasses import replace

from scraper.model.source import Discovery, Entry, Page, Source
from scraper.stages.discover.feed import discover_feed

_BETWEEN = " - "


def discover_google_news(page: Page, source: Source) -> Discovery:
    """Return the items found, in page order: titles without the publisher's name at their end, which is ``Entry.publisher``.

    Summaries (the title once more, as markup) are dropped, links kept as they are. No items is an answer. Raises DiscoverError
    as :func:`discover_feed` does.
    """
    found = discover_feed(page, source)
    return replace(found, entries=tuple(_named(entry) for entry in found.entries), searched=True)


def _named(entry: Entry) -> Entry:
    title, publisher = entry.title, entry.publisher
    if not publisher:
        head, _, tail = title.rpartition(_BETWEEN)
        title, publisher = (head, tail) if head and len(tail) <= 80 else (title, "")
    elif title.endswith(_BETWEEN + publisher):
        title = title.removesuffix(_BETWEEN + publisher)
    return replace(entry, title=title.strip(), publisher=publisher, summary="", html="")
