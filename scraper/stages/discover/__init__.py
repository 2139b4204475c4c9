"""A source's page to its entries: one file a kind of source, one rule for what an entry is (``items``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover.asking import accept, address
from scraper.stages.discover.feed import discover_feed
from scraper.stages.discover.gdelt import discover_gdelt
from scraper.stages.discover.googlenews import discover_google_news
from scraper.stages.discover.guard import is_challenge, refuse_vast
from scraper.stages.discover.jsonlist import discover_json
from scraper.stages.discover.listing import discover_listing
from scraper.stages.discover.paging import UNPAGED, Behind, following, older, reached
from scraper.stages.discover.sitemap import discover_sitemap
from scraper.stages.discover.wordpress import discover_wordpress
from scraper.stages.discover.xmllist import discover_xml

__all__ = [
    "DISCOVERERS", "UNPAGED", "Behind", "accept", "address", "discover", "following", "is_challenge", "older", "reached",
]  # fmt: skip

DISCOVERERS: Mapping[str, Callable[[Page, Source], Discovery]] = MappingProxyType(
    {
        "feed": discover_feed,
        "listing": discover_listing,
        "sitemap": discover_sitemap,
        "wordpress": discover_wordpress,
        "json": discover_json,
        "xml": discover_xml,
        "gdelt": discover_gdelt,
        "google-news": discover_google_news,
    }
)
"""How each kind of source (``Source.kind``) is read."""


def discover(page: Page, source: Source) -> Discovery:
    """Return the entries that ``page`` of ``source`` holds, in page order; none at all is an answer too, told in the notes.

    ``page.fetched_at`` is the only clock. Raises DiscoverError with code not_a_feed, wrong_channel, blocked, too_large or
    parse (also for a kind of source that is not known), and nothing else, whatever the bytes.
    """
    discoverer = DISCOVERERS.get(source.kind)
    if discoverer is None:
        raise DiscoverError(f"{source.id}: no way to read a source of kind {source.kind!r}", code="parse")
    refuse_vast(page.body, source)
    return _with_losses(discoverer(page, source))


def _with_losses(found: Discovery) -> Discovery:
    """The same, with a note where entries hold characters that were replaced because no encoding read their bytes."""
    broken = sum("\ufffd" in entry.title or "\ufffd" in entry.summary or "\ufffd" in entry.html for entry in found.entries)
    note = f"entries that hold characters which could not be read: {broken}"
    return replace(found, notes=(*found.notes, note)) if broken else found
