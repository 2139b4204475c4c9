"""Steps 4, 5 and 6 of the walk as a thread does them: an entry's page is fetched, extracted and judged; failures are values."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from threading import Lock

from scraper.errors import ExtractError, FetchError
from scraper.jobs import attachments, furniture
from scraper.jobs.intake import owned
from scraper.jobs.rooms import Rooms
from scraper.jobs.take import read
from scraper.model.article import Article
from scraper.model.moment import utc
from scraper.model.source import Capture, Entry, Page, Source, Validators
from scraper.stages import discover, extract
from scraper.storage.articles import Reading
from scraper.urls import registrable

PAGE_TYPES = discover.accept("listing")

LARGE = 300_000
"""Bytes above which pages are taken apart one at a time, under LARGE_PAGES: several trees at once would take more memory than a small
machine has, and save no time in one process."""

LARGE_PAGES = Lock()

MOST_BYTES, MOST_TAGS = 3_000_000, 60_000
"""Of an article's HTML, ten times what long ones have: reading takes memory and time by its tags, a hundred times their bytes."""

GATHERING = frozenset({"gdelt", "google-news", "history"})
"""Kinds that only gather what others publish: an article's publisher is that of its address. "history" is what history.toml names."""


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one entry: a reading where its page gave an article, where the page was captured, what a conditional
    request for it sends back, what stood ``around`` the statement on it (with the page's address), the files ``attached`` to it
    that were fetched, and whether it is ``partial``: one of them could not be had this time."""

    entry: Entry
    decision: str
    reason: str
    reading: Reading | None = None
    capture: Capture | None = None
    validators: Validators = field(default_factory=Validators)
    around: tuple[str, extract.Surround] | None = None
    attached: tuple[Capture, ...] = ()
    partial: bool = False


def read_entry(rooms: Rooms, entry: Entry, source: Source, known: furniture.Known = furniture.NOTHING) -> Read:
    """Fetch an entry's page (unless the source brings the text or may not be followed), extract and judge it; ``known`` is what
    recurs on the pages of each host."""
    if not followed(rooms, entry, source) or (source.full_text and entry.html):
        return _of_entry(rooms, entry, source)
    try:
        page = rooms.fetcher.get(entry.url, source=source, accept=PAGE_TYPES)
    except FetchError as error:
        # A robots.txt that could not be read says when to ask again; one that forbids does not.
        gone = error.status in (404, 410) or error.code == "address" or (error.code == "robots" and error.retry_after is None)
        return Read(entry, "gave_up" if gone else "failed", f"{error.code}: {error}")
    return read_page(rooms, entry, source, page, known)


def read_page(rooms: Rooms, entry: Entry, source: Source, page: Page, known: furniture.Known = furniture.NOTHING) -> Read:
    """Extract and judge the page of an entry, however it was come by; it is captured."""
    if _vast(page):
        return Read(entry, "gave_up", f"too_large: {len(page.body)} bytes and {page.body.count(b'<')} tags are too much for an article")
    challenge = discover.is_challenge(page, source)
    if challenge:
        return Read(entry, "failed", f"blocked: {challenge}", capture=rooms.archive.keep(page, kept=False))
    return _extracted(rooms, entry, source, page, known)


def alone(body: bytes) -> AbstractContextManager[object]:
    """Return what to hold while a body is taken apart: LARGE_PAGES for a large one."""
    return LARGE_PAGES if len(body) > LARGE else nullcontext()


def _vast(page: Page) -> bool:
    size = len(page.body)
    return size > LARGE and not extract.kind_of(page.body, page.content_type) and (size > MOST_BYTES or page.body.count(b"<") > MOST_TAGS)


def followed(rooms: Rooms, entry: Entry, source: Source) -> bool:
    """Tell whether an entry's page may be fetched: by its source's terms and, where that gathers, by those of the site it leads to."""
    if source.follow == "never":
        return False
    closed = {registrable(other.url) for other in rooms.config.sources if other.follow == "never" and other.kind not in GATHERING}
    return source.kind not in GATHERING or registrable(entry.url) not in closed


def _of_entry(rooms: Rooms, entry: Entry, source: Source) -> Read:
    try:
        article = extract.from_entry(entry, source, utc(rooms.clock()))
    except ExtractError as error:
        return Read(entry, "failed", f"{error.code}: {error}")
    return _judged(rooms, entry, of_its_publisher(rooms, entry, source, article), None)


def _extracted(rooms: Rooms, entry: Entry, source: Source, page: Page, known: furniture.Known) -> Read:
    try:
        whole = attachments.read(rooms, page, entry, source, known=furniture.of(known, page.url), alone=alone)
    except ExtractError as error:
        return Read(entry, "failed", f"{error.code}: {error}", capture=rooms.archive.keep(page, kept=False))
    judged = _judged(rooms, entry, of_its_publisher(rooms, entry, source, whole.article), page)
    return replace(
        judged,
        reason="; ".join((judged.reason, *whole.notes)),
        around=(page.url, furniture.around(whole.own)) if whole.own else None,
        partial=whole.missing,
        attached=tuple(rooms.archive.keep(file, kept=judged.reading is not None) for file in whole.files),
    )


def of_its_publisher(rooms: Rooms, entry: Entry, source: Source, article: Article) -> Article:
    """An article found through a source that only gathers belongs to whoever published it."""
    if source.kind not in GATHERING:
        return article
    return owned(rooms.desk, replace(article, publisher=entry.publisher or registrable(entry.publisher_url), party="", official=False))


def _judged(rooms: Rooms, entry: Entry, article: Article, page: Page | None) -> Read:
    now = utc(rooms.clock())
    reading = read(rooms.desk, article, fetched_at=page.fetched_at if page else now, first_seen_at=now)
    relevant = reading.relevance.relevant
    capture = rooms.archive.keep(page, kept=relevant) if page else None
    reasons = "; ".join(reading.relevance.reasons) or "no evidence"
    validators = Validators(page.headers.get("etag", ""), page.headers.get("last-modified", "")) if page else Validators()
    return Read(entry, "relevant" if relevant else "irrelevant", reasons, reading if relevant else None, capture, validators)
