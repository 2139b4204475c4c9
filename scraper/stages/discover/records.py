"""Lists of records, in JSON or XML, read by the paths of ``Source.selectors``: what the kinds json and xml have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Selectors, Source
from scraper.stages.discover.items import Item, filled, resolved, to_discovery
from scraper.stages.discover.paths import reach, text_at
from scraper.urls import host

_LONGEST = 2000


def read_records(root: object, page: Page, source: Source, notes: tuple[str, ...] = ()) -> Discovery:
    """Return the entries that the records at ``selectors.item`` hold, in their order; none is an answer, told in the notes.

    Raises DiscoverError: wrong_channel, parse (a ``link_pattern`` that cannot be used).
    """
    chosen = source.selectors
    records = [record for record in reach(root, chosen.item) if isinstance(record, dict | list)]
    items = [_item(record, chosen, page, source) for record in records]
    told = (*notes, *_oddities(items, chosen))
    return to_discovery(items, page, source, channel=text_at(root, chosen.channel) or site_of(items, page), notes=told)


def site_of(items: Sequence[Item], page: Page) -> str:
    """Return the host that most items are on, or the page's own: what stands for the channel's title where there is none."""
    hosts = Counter(filter(None, (host(resolved(item.link, page.url)) for item in items)))
    return hosts.most_common(1)[0][0] if hosts else host(page.url)


def _item(record: object, chosen: Selectors, page: Page, source: Source) -> Item:
    return Item(
        link=resolved(_link(text_at(record, chosen.link), chosen, source), chosen.base or page.url),
        title=text_at(record, chosen.title),
        guid=text_at(record, chosen.id),
        summary=text_at(record, chosen.summary),
        html=text_at(record, chosen.html),
        dates=(text_at(record, chosen.date),),
    )


def _link(stated: str, chosen: Selectors, source: Source) -> str:
    if not chosen.link_pattern:
        return stated
    try:
        found = re.search(chosen.link_pattern, stated[:_LONGEST])
    except re.error as error:
        raise DiscoverError(f"{source.id}: link_pattern cannot be used: {error}", code="parse") from error
    return filled(chosen.link_template or "{0}", found) if found else stated


def _oddities(items: Sequence[Item], chosen: Selectors) -> tuple[str, ...]:
    if not items:
        return (f"nothing stands at {chosen.item!r}",)
    named = {"title": [item.title for item in items], "link": [item.link for item in items], "date": [item.dates[0] for item in items]}
    paths = {"title": chosen.title, "link": chosen.link, "date": chosen.date}
    return tuple(f"no item has a {name} at {paths[name]!r}" for name, found in named.items() if paths[name] and not any(found))
