"""Where a source's older entries are: the address of the page before, by kind of source. Pure; what was read so far is handed in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from scraper.errors import DiscoverError
from scraper.model.moment import parse_utc
from scraper.model.source import Discovery, Entry, Page, Source
from scraper.stages.discover.sitemap import parts_since
from scraper.urls import canonical

UNPAGED: Final = frozenset({"gdelt", "google-news"})
"""Kinds that answer a search, of which there are no older pages."""

_PLACE: Final = re.compile(r"\{(page|offset|month)\}")


@dataclass(frozen=True, slots=True)
class Behind:
    """What was read before: ``pages`` with the one in hand, and the ``entries`` on all of them."""

    pages: int
    entries: int


def following(page: Page, source: Source, found: Discovery, behind: Behind, until: str) -> tuple[str, ...]:
    """Return the addresses of older entries than those of ``page``, those to be asked first in front; none where it is the last.

    An index of sitemaps names its parts, without those changed last before the day ``until`` (``YYYY-MM-DD``). Else a page that holds
    entries is followed by the one it names itself (a link or member ``next``, RFC 8288; WordPress's count of pages), or by the one that
    ``source.paging`` makes; a WordPress that counts no pages by the next number. An empty page is the last, but for a month of which
    there is nothing. Raises DiscoverError for an index that cannot be read again.
    """
    if source.kind == "sitemap" and not found.entries and found.more:
        return parts_since(page, source, until)
    if not found.entries and "{month}" not in source.paging:
        return ()
    if source.paging:
        made = _made(page, source, behind)
        return (made,) if canonical(made) != canonical(page.url) else ()
    return found.more or _counted(page, source)


def _made(page: Page, source: Source, behind: Behind) -> str:
    """The address that the source's pattern makes for the page after as many as were read."""
    first = parse_utc(page.fetched_at).date()
    values = {"page": str(behind.pages + 1), "offset": str(behind.entries), "month": _month(first, behind.pages)}
    made = _PLACE.sub(lambda place: values[place[1]], source.paging)
    if made.startswith(("?", "&")) and urlsplit(source.url).query:
        return f"{source.url.split('#')[0]}&{made[1:]}"
    return urljoin(source.url, made)


def _month(day: date, back: int) -> str:
    months = day.year * 12 + day.month - 1 - back
    return f"{months // 12:04}{months % 12 + 1:02}"


def _counted(page: Page, source: Source) -> tuple[str, ...]:
    """The next page of a WordPress that does not say how many there are; one past the last answers with an error of its own."""
    if source.kind != "wordpress" or "x-wp-totalpages" in page.headers:
        return ()
    parts = urlsplit(page.url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    now = dict(query).get("page", "1")
    if not (now.isascii() and now.isdecimal() and len(now) < 7):
        raise DiscoverError(f"{source.id}: {now[:20]!r} is no number of a page", code="parse")
    kept = [pair for pair in query if pair[0] != "page"]
    return (urlunsplit(parts._replace(query=urlencode([*kept, ("page", str(int(now) + 1))], safe=","), fragment="")),)


def older(entry: Entry, until: str) -> bool:
    """Tell whether an entry is known to be from before the day ``until``; one without a date is not."""
    return entry.published is not None and entry.published.day < until


def reached(entries: tuple[Entry, ...], until: str) -> bool:
    """Tell whether the entries of a page, those not seen on pages before, lie wholly before the day ``until``; some of them must be dated.

    A pinned entry that stands on every page keeps nobody from reaching the end, as it is seen on the first.
    """
    dated = [entry for entry in entries if entry.published is not None]
    return bool(dated) and all(older(entry, until) for entry in dated)
