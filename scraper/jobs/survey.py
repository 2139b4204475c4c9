"""Steps 1 and 2 of the walk as a thread does them: a source's page, its parts or the pages before it, as entries; failures are values."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from scraper.errors import DiscoverError, FetchError
from scraper.fetch import answers
from scraper.jobs.corridor import LARGE, LARGE_PAGES
from scraper.jobs.rooms import Rooms
from scraper.model.moment import utc
from scraper.model.source import OUTCOMES, Discovery, Entry, Page, Source, SourceState, Validators
from scraper.stages import discover
from scraper.stages.vouch import leaves_gap, vouch

MOST_PARTS = 5
"""Parts of an index, and pages before the first, that one poll asks for at most."""

_OUTCOME_OF = {"redirect": "http", "connect": "http", "unreachable": "http", "address": "http", "decode": "parse"}
_BLANK = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True, slots=True)
class Survey:
    """What a source answered: its entries, or why there are none; ``newest`` is the latest time of publication among them,
    ``ttl``, ``fresh`` and ``retry_after`` are what the publisher and its server ask of the next poll (see ``cadence.next_poll``)."""

    outcome: str
    entries: tuple[Entry, ...] = ()
    http_status: int | None = None
    error: str = ""
    etag: str = ""
    last_modified: str = ""
    newest: str = ""
    ttl: float | None = None
    retry_after: float | None = None
    fresh: float | None = None


def survey(rooms: Rooms, source: Source, state: SourceState) -> Survey:
    """Fetch a source's page and discover its entries; every expected failure is an outcome."""
    address = discover.address(source, utc(rooms.clock()))
    validators = Validators(state.etag, state.last_modified)
    try:
        page = rooms.fetcher.get(address, source=source, validators=validators, accept=discover.accept(source.kind))
    except FetchError as error:
        return Survey(outcome_of(error.code), http_status=error.status, error=str(error), retry_after=error.retry_after)
    if page.not_modified:
        return Survey("not_modified", http_status=304, etag=state.etag, last_modified=state.last_modified, fresh=_fresh(rooms, page))
    if not page.body.strip(_BLANK):
        return Survey("empty", http_status=page.status, error="the server sent an empty page")
    try:
        found = _whole(rooms, source, state, _discovered(page, source))
    except FetchError as error:
        return Survey(outcome_of(error.code), http_status=error.status, error=str(error), retry_after=error.retry_after)
    except DiscoverError as error:
        rooms.archive.keep(page, kept=False)
        return _undiscovered(page, error)
    return _surveyed(rooms, source, state, page, found)


def _discovered(page: Page, source: Source) -> Discovery:
    """Large pages one at a time: their trees together would take more memory than a small machine has."""
    with LARGE_PAGES if len(page.body) > LARGE else nullcontext():
        return discover.discover(page, source)


def _undiscovered(page: Page, error: DiscoverError) -> Survey:
    """An address that leads for good to a page of another kind has moved: old feeds are often sent to the new front page."""
    if page.permanent and error.code == "not_a_feed":
        return Survey("moved", http_status=page.status, error=f"the address moved permanently to {page.url}; {error}")
    return Survey(outcome_of(error.code), http_status=page.status, error=str(error))


def _whole(rooms: Rooms, source: Source, state: SourceState, found: Discovery) -> Discovery:
    """Follow what a page says of others: all parts of an index; the pages before it only while something between was missed."""
    index, asked, waiting = not found.entries, 0, list(found.more)
    seen = set(waiting)
    faults: list[FetchError | DiscoverError] = []
    while waiting and asked < MOST_PARTS and (index or leaves_gap(state.newest_entry, found.entries)):
        asked += 1
        part = _part(rooms, source, waiting.pop(0), faults)
        fresh = [url for url in part.more if url not in seen]
        seen.update(fresh)
        waiting += fresh
        notes = tuple(dict.fromkeys((*found.notes, *part.notes)))
        found = replace(found, entries=found.entries + part.entries, searched=found.searched and part.searched, notes=notes)
    if index and faults and len(faults) == asked:
        raise faults[0]  # an index of which no part could be had is no empty one
    return found


def _part(rooms: Rooms, source: Source, url: str, faults: list[FetchError | DiscoverError]) -> Discovery:
    """One further page; where it cannot be had, the poll goes on with what there is, and ``faults`` says why."""
    try:
        return _discovered(rooms.fetcher.get(url, source=source, accept=discover.accept(source.kind)), source)
    except (FetchError, DiscoverError) as error:
        faults.append(error)
        rooms.log.warning("part", source=source.id, url=url, error=str(error))
        return Discovery(())


def _surveyed(rooms: Rooms, source: Source, state: SourceState, page: Page, found: Discovery) -> Survey:
    newest = max((entry.published.at for entry in found.entries if entry.published), default="")
    outcome, error = vouch(rooms.clock(), source, state, found.entries, searched=found.searched)
    etag, modified = page.headers.get("etag", ""), page.headers.get("last-modified", "")
    if outcome == "ok" and page.permanent and _elsewhere(page):
        error = f"the address moved for good to {page.url}: write that into the source"
    if found.notes:
        error = error if found.entries else "; ".join((error, *found.notes))  # why a page is empty is what a reader of polls wants
        rooms.log.info("notes", source_id=source.id, url=page.url, notes=list(found.notes))
    return Survey(outcome, found.entries, page.status, error, etag, modified, newest, found.ttl, fresh=_fresh(rooms, page))


def _elsewhere(page: Page) -> bool:
    """Whether a redirect led further than to https, another spelling of the host, or a slash."""
    asked, given = urlsplit(page.requested), urlsplit(page.url)
    places = [(part.netloc.lower().removeprefix("www."), part.path.rstrip("/")) for part in (asked, given)]
    return places[0] != places[1]


def _fresh(rooms: Rooms, page: Page) -> float | None:
    return answers.fresh_for(page.headers, rooms.clock())


def outcome_of(code: str) -> str:
    """Return the outcome of a poll for the code of an error."""
    outcome = _OUTCOME_OF.get(code, code)
    return outcome if outcome in OUTCOMES else "http"
