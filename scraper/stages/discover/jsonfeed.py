"""JSON Feed (jsonfeed.org, versions 1 and 1.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover.items import Item, to_discovery


def read_json_feed(text: str, page: Page, source: Source) -> Discovery:
    """Return the entries of a JSON Feed in page order; raises DiscoverError (parse for broken JSON, not_a_feed for another one)."""
    feed = _loaded(text, source)
    if not isinstance(feed, dict) or "jsonfeed.org/version/" not in _text(feed, "version") or not isinstance(feed.get("items"), list):
        raise DiscoverError(f"{source.id}: JSON that is no JSON Feed", code="not_a_feed")
    items = [_item(raw) for raw in feed["items"] if isinstance(raw, dict)]
    return to_discovery(items, page, source, channel=_text(feed, "title"))


def _loaded(text: str, source: Source) -> object:
    try:
        # strict=False lets raw line ends and tabs inside strings pass, which careless writers leave there.
        found: object = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise DiscoverError(f"{source.id}: broken JSON: {error}", code="parse") from error
    return found


def _item(raw: Mapping[str, Any]) -> Item:
    full = _text(raw, "content_html")
    return Item(
        link=_text(raw, "url") or _text(raw, "external_url"),
        title=_text(raw, "title"),
        guid=_text(raw, "id"),
        summary=_text(raw, "summary") or _text(raw, "content_text") or full,
        html=full,
        dates=(_text(raw, "date_published"), _text(raw, "date_modified")),
    )


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    if isinstance(value, str):
        # An escape may name half a surrogate pair, which no UTF-8 can hold.
        return value.encode("utf-8", "replace").decode("utf-8")
    return str(value) if type(value) is int and abs(value) < 10**18 else ""
