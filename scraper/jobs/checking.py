"""A dry poll: what a source would bring, and its first article as it would be read; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from scraper.errors import DiscoverError, ExtractError, FetchError
from scraper.fetch import Fetcher
from scraper.jobs.corridor import PAGE_TYPES
from scraper.jobs.rooms import Desk
from scraper.jobs.survey import outcome_of
from scraper.model.article import Article
from scraper.model.moment import utc
from scraper.model.source import Discovery, Entry, Source
from scraper.stages import discover, extract


def run(desk: Desk, fetcher: Fetcher, chosen: Iterable[Source], clock: Callable[[], datetime]) -> list[dict[str, Any]]:
    """Return for each source its outcome, entries, newest entry and first article; a failure is an outcome with a sentence."""
    return [_check(desk, fetcher, source, clock) for source in chosen]


def _check(desk: Desk, fetcher: Fetcher, source: Source, clock: Callable[[], datetime]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "source": source.id,
        "outcome": "ok",
        "entries": 0,
        "error": "",
        "newest": "",
        "first_title": "",
        "first_url": "",
    }
    try:
        page = fetcher.get(discover.address(source, utc(clock())), source=source, accept=discover.accept(source.kind))
        found = discover.discover(page, source)
    except (FetchError, DiscoverError) as error:
        return {**row, "outcome": outcome_of(error.code), "error": str(error)}
    if not found.entries:
        return {**row, "outcome": "empty", "error": "the page holds no entries"}
    first = found.entries[0]
    row |= {"entries": len(found.entries), "newest": _newest(found), "first_title": first.title, "first_url": first.url}
    return row | _first(desk, fetcher, source, first, clock)


def _newest(found: Discovery) -> str:
    return max((entry.published.at for entry in found.entries if entry.published), default="")


def _first(desk: Desk, fetcher: Fetcher, source: Source, entry: Entry, clock: Callable[[], datetime]) -> dict[str, Any]:
    try:
        article = _article(fetcher, source, entry, clock)
    except (FetchError, ExtractError) as error:
        return {"article": f"cannot be read: {error.code}: {error}"}
    relevance = desk.judge.judge(article)
    return {
        "article": f"{len(article.text)} characters by {article.extractor}",
        "relevant": f"{relevance.relevant} ({relevance.score:.2f})",
    }


def _article(fetcher: Fetcher, source: Source, entry: Entry, clock: Callable[[], datetime]) -> Article:
    if source.follow == "never" or (source.full_text and entry.html):
        return extract.from_entry(entry, source, utc(clock()))
    return extract.extract(fetcher.get(entry.url, source=source, accept=PAGE_TYPES), entry, source)
