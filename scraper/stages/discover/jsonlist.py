"""JSON lists of any shape (the kind json), read by paths."""

from __future__ import annotations

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover.charset import decode
from scraper.stages.discover.guard import refuse_mitigated
from scraper.stages.discover.jsontext import read_json
from scraper.stages.discover.paths import reach
from scraper.stages.discover.records import read_records


def discover_json(page: Page, source: Source) -> Discovery:
    """Return the entries of a JSON list in page order; an empty list is an answer.

    Raises DiscoverError: not_a_feed (HTML, plain text, or JSON that has nothing at all where the list should be), blocked,
    parse, wrong_channel.
    """
    refuse_mitigated(page, source)
    root = read_json(decode(page, source), source)
    if not reach(root, source.selectors.item.removesuffix("[]")):
        raise DiscoverError(f"{source.id}: JSON without anything at {source.selectors.item!r}", code="not_a_feed")
    return read_records(root, page, source)
