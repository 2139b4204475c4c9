"""Steps 1, 2, 4, 5 and 6 of the walk as the threads do them: fetch, discover, fetch, extract, judge; failures become values."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.errors import DiscoverError, ExtractError, FetchError
from scraper.jobs.rooms import Rooms
from scraper.jobs.take import read
from scraper.model.article import Article
from scraper.model.moment import parse_utc, utc
from scraper.model.source import OUTCOMES, Capture, Entry, Page, Source, SourceState, Validators
from scraper.stages import discover, extract
from scraper.storage.articles import Reading

FEED_TYPES = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"

_OUTCOME_OF = {"redirect": "moved", "connect": "http", "address": "http", "decode": "parse"}


@dataclass(frozen=True, slots=True)
class Survey:
    """What a source answered: its entries, or why there are none; ``newest`` is the latest time of publication among them."""

    outcome: str
    entries: tuple[Entry, ...] = ()
    http_status: int | None = None
    error: str = ""
    etag: str = ""
    last_modified: str = ""
    newest: str = ""
    ttl: float | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one entry: a reading where its page gave an article, and where the page was captured."""

    entry: Entry
    decision: str
    reason: str
    reading: Reading | None = None
    capture: Capture | None = None


def survey(rooms: Rooms, source: Source, state: SourceState) -> Survey | Read:
    """Fetch a source's page and discover its entries; every expected failure is an outcome."""
    accept = FEED_TYPES if source.kind == "feed" else PAGE_TYPES
    try:
        page = rooms.fetcher.get(source.url, source=source, validators=Validators(state.etag, state.last_modified), accept=accept)
    except FetchError as error:
        return Survey(outcome_of(error.code), http_status=error.status, error=str(error), retry_after=error.retry_after)
    if page.not_modified:
        return Survey("not_modified", http_status=304, etag=state.etag, last_modified=state.last_modified)
    try:
        found = discover.discover(page, source)
    except DiscoverError as error:
        rooms.archive.keep(page, kept=False)
        return Survey(outcome_of(error.code), http_status=page.status, error=str(error))
    return _surveyed(rooms, source, state, page, found.entries, found.ttl)


def _surveyed(rooms: Rooms, source: Source, state: SourceState, page: Page, entries: tuple[Entry, ...], ttl: float | None) -> Survey:
    times = sorted(entry.published.at for entry in entries if entry.published)
    newest = times[-1] if times else ""
    outcome, error = _vouch(rooms, source, state, entries, times)
    return Survey(outcome, entries, page.status, error, page.headers.get("etag", ""), page.headers.get("last-modified", ""), newest, ttl)


def _vouch(rooms: Rooms, source: Source, state: SourceState, entries: tuple[Entry, ...], times: list[str]) -> tuple[str, str]:
    """Whether an answer that could be read vouches for its source: not when it is empty, stale or leaves a gap."""
    if not entries:
        return "empty", "the page holds no entries"
    if times and source.stale_after:
        days = (rooms.clock() - parse_utc(times[-1])).total_seconds() / 86400
        if days > source.stale_after:
            return "stale", f"the newest entry is {days:.0f} days old"
    if state.newest_entry and len(times) == len(entries) and times[0][:10] > state.newest_entry[:10]:
        return "gap", f"the oldest entry ({times[0]}) is newer than the newest seen before ({state.newest_entry})"
    return "ok", ""


def outcome_of(code: str) -> str:
    """Return the outcome of a poll for the code of an error."""
    outcome = _OUTCOME_OF.get(code, code)
    return outcome if outcome in OUTCOMES else "http"


def read_entry(rooms: Rooms, entry: Entry, source: Source) -> Survey | Read:
    """Fetch an entry's page (unless the source brings the text or may not be followed), extract and judge it."""
    if source.follow == "never" or (source.full_text and entry.html):
        try:
            article = extract.from_entry(entry, source, utc(rooms.clock()))
        except ExtractError as error:
            return Read(entry, "failed", f"{error.code}: {error}")
        return _judged(rooms, entry, article, None)
    try:
        page = rooms.fetcher.get(entry.url, source=source, accept=PAGE_TYPES)
    except FetchError as error:
        # A robots.txt that could not be read says when to ask again; one that forbids does not.
        gone = error.status in (404, 410) or error.code == "address" or (error.code == "robots" and error.retry_after is None)
        return Read(entry, "gave_up" if gone else "failed", f"{error.code}: {error}")
    return _extracted(rooms, entry, source, page)


def _extracted(rooms: Rooms, entry: Entry, source: Source, page: Page) -> Read:
    try:
        article = extract.extract(page, entry, source)
    except ExtractError as error:
        return Read(entry, "failed", f"{error.code}: {error}", capture=rooms.archive.keep(page, kept=False))
    return _judged(rooms, entry, article, page)


def _judged(rooms: Rooms, entry: Entry, article: Article, page: Page | None) -> Read:
    now = utc(rooms.clock())
    reading = read(rooms.desk, article, fetched_at=page.fetched_at if page else now, first_seen_at=now)
    relevant = reading.relevance.relevant
    capture = rooms.archive.keep(page, kept=relevant) if page else None
    reasons = "; ".join(reading.relevance.reasons) or "no evidence"
    return Read(entry, "relevant" if relevant else "irrelevant", reasons, reading if relevant else None, capture)
