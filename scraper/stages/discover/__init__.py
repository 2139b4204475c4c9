"""A source's page to its entries: one file a kind of source, one rule for what an entry is (``items``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover.feed import discover_feed
from scraper.stages.discover.listing import discover_listing

DISCOVERERS: Mapping[str, Callable[[Page, Source], Discovery]] = MappingProxyType({"feed": discover_feed, "listing": discover_listing})
"""How each kind of source (``Source.kind``) is read."""


def discover(page: Page, source: Source) -> Discovery:
    """Return the entries that ``page`` of ``source`` holds, in page order; none at all is an answer too, told in the notes.

    ``page.fetched_at`` is the only clock. Raises DiscoverError with code not_a_feed, wrong_channel, blocked or parse (also
    for a kind of source that is not known), and nothing else, whatever the bytes.
    """
    discoverer = DISCOVERERS.get(source.kind)
    if discoverer is None:
        raise DiscoverError(f"{source.id}: no way to read a source of kind {source.kind!r}", code="parse")
    return discoverer(page, source)
