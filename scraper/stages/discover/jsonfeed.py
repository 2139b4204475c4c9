"""JSON Feed (jsonfeed.org, versions 1 and 1.1)."""

from __future__ import annotations

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover.items import Item, further, to_discovery
from scraper.stages.discover.jsontext import read_json
from scraper.stages.discover.paths import text_at


def read_json_feed(text: str, page: Page, source: Source) -> Discovery:
    """Return the entries of a JSON Feed in page order; raises DiscoverError (parse for broken JSON, not_a_feed for another one)."""
    feed = read_json(text, source)
    if not isinstance(feed, dict) or "jsonfeed.org/version/" not in text_at(feed, "version") or not isinstance(feed.get("items"), list):
        raise DiscoverError(f"{source.id}: JSON that is no JSON Feed", code="not_a_feed")
    items = [_item(raw) for raw in feed["items"] if isinstance(raw, dict)]
    return to_discovery(items, page, source, channel=text_at(feed, "title"), more=further(text_at(feed, "next_url"), page))


def _item(raw: dict[str, object]) -> Item:
    return Item(
        link=text_at(raw, "url|external_url"),
        title=text_at(raw, "title"),
        guid=text_at(raw, "id"),
        summary=text_at(raw, "summary|content_text|content_html"),
        html=text_at(raw, "content_html"),
        dates=(text_at(raw, "date_published"), text_at(raw, "date_modified")),
    )
