"""Feeds out of a reader's OPML file as new sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scraper.config.rules import address
from scraper.errors import DiscoverError, InputError
from scraper.jobs.catalogue import free, printable, slug
from scraper.model.catalogue import Dead, buried
from scraper.model.source import Source
from scraper.stages.discover.outlines import Outline, read_outlines
from scraper.text import language_code
from scraper.urls import host

LARGEST = 5_000_000
MOST = 5_000


def read(data: bytes, known: Iterable[Source], dead: Sequence[Dead] = ()) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """Return the feeds of an OPML document that are neither among the ``known`` sources nor ``dead``, and sentences on the others.

    Raises InputError for what is no OPML, for entities of the document's own, for elements nested too deep and for more than
    5,000,000 bytes.
    """
    kept = tuple(known)
    have, ids = {source.url for source in kept}, {source.id for source in kept}
    found: list[Source] = []
    odd: list[str] = []
    for outline in _outlines(data):
        grave = buried(dead, outline.url)
        fault = grave.sentence if grave else _fault(outline.url, have, len(found))
        if fault:
            odd.append(f"{printable(outline.url)[:200]}: {fault}")
            continue
        found.append(_source(outline, ids))
        have.add(outline.url)
        ids.add(found[-1].id)
    return tuple(found), tuple(odd)


def _outlines(data: bytes) -> tuple[Outline, ...]:
    if len(data) > LARGEST:
        raise InputError(f"the file is larger than {LARGEST} bytes")
    try:
        return read_outlines(data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"))
    except (DiscoverError, UnicodeError) as error:
        raise InputError(f"the file cannot be taken: {error}") from error


def _fault(url: str, have: set[str], count: int) -> str:
    if count >= MOST:
        return f"more than {MOST} feeds"
    if "${" in url:
        return "holds ${, which would stand for a secret"
    return "is there already" if url in have else address(url)


def _source(outline: Outline, taken: set[str]) -> Source:
    site, language = host(outline.url), language_code(outline.language)
    name = printable(outline.title)[:120] or site
    spoken = language or "en"
    return Source(free(slug(site.removeprefix("www.")), taken), name, "feed", outline.url, publisher=site, language=spoken)
