"""What recurs around the texts of a host: remembered with each page read, and handed to whoever extracts the next one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scraper.jobs.rooms import Rooms
from scraper.model.article import Article
from scraper.stages import extract
from scraper.storage import furniture
from scraper.urls import host

Known = Mapping[str, frozenset[str]]
"""By host: digests of the paragraphs that are its furniture. A value that threads may read; nobody changes it."""

NOTHING: Known = MappingProxyType({})


def known(rooms: Rooms) -> Known:
    """Return what was learnt so far; for the one thread that may use the database."""
    return MappingProxyType(furniture.known(rooms.store))


def of(known: Known, url: str) -> frozenset[str]:
    """Return the digests that hold for a page's address."""
    return known.get(host(url), frozenset())


def around(article: Article) -> extract.Surround:
    """Return what stood around an article's statement, for a thread."""
    return extract.surround(article.title, article.text, article.statement)


def learn(rooms: Rooms, url: str, seen: extract.Surround) -> None:
    """Remember what stood around one page's statement and conclude anew what recurs on its host; part of the transaction in hand."""
    site = host(url)
    if not site or not furniture.add_page(rooms.store, site, seen.title, seen.body, seen.paragraphs):
        return
    pages = [extract.Surround(*page) for page in furniture.pages(rooms.store, site)]
    furniture.conclude(rooms.store, site, extract.recurring(pages))
