"""Articles read again on a thinning schedule: edits and takedowns become revisions, official ones are alerted.

Threads fetch and read, this thread alone decides and writes. Nothing good is ever replaced by a challenge or an empty page, and
what would take away most of a text is believed at the second look only.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Event
from urllib.parse import urlsplit

from scraper.errors import ExtractError, FetchError, StorageError
from scraper.jobs import attachments, flagging, furniture
from scraper.jobs.corridor import PAGE_TYPES, alone, of_its_publisher
from scraper.jobs.rooms import Rooms
from scraper.jobs.take import RULES, conclude, read
from scraper.model.article import Article
from scraper.model.moment import parse_utc, utc
from scraper.model.revision import Change, Version
from scraper.model.source import Entry, Page, Source, Validators
from scraper.stages import discover, edits, extract, grouping
from scraper.storage import alerts, articles, entries, revisions
from scraper.storage.alerts import Alert
from scraper.storage.articles import Reading
from scraper.storage.store import Row
from scraper.urls import host

BATCH = 16
"""How many articles are read again in one beat of the daemon, so that polls need not wait."""

PER_HOST = 2
"""... and how many of them on one host."""

GONE = frozenset({404, 410})

_TOLD = {"substance": "official_edit", "gone": "official_takedown", "returned": "official_return"}

WHOLE_AFTER = timedelta(days=6)
"""The last looks ask for the whole page, because some servers answer 304 for ever."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at an article's page found: ``state`` is same, read, gone or failed, with a reason where it has one.

    ``change`` is how the page differs from what is stored, ``article`` what it says, ``reading`` what the stages say of that;
    ``asked`` seconds the server asked to wait.
    """

    state: str
    reason: str = ""
    page: Page | None = None
    article: Article | None = None
    change: Change | None = None
    reading: Reading | None = None
    asked: float = 0.0


@dataclass(frozen=True, slots=True)
class Reread:
    """What one round did: how many pages were looked at, ids of the revisions written, and bugs that pages brought to light."""

    looks: int = 0
    revisions: tuple[int, ...] = ()
    bugs: tuple[Exception, ...] = ()


def first_look(rooms: Rooms) -> str | None:
    """Return when an article stored now is read again (UTC)."""
    now = rooms.clock()
    at = edits.next_look(now, now)
    return utc(at) if at else None


def run(rooms: Rooms, stop: Event) -> Reread:
    """Read again what is due, a batch at most; each look is one transaction. Raises StorageError where the database cannot be used."""
    chosen = list(_chosen(rooms))
    if not chosen or stop.is_set():
        return Reread()
    done, known = Reread(), furniture.known(rooms)
    pool = ThreadPoolExecutor(rooms.config.fetch.workers, thread_name_prefix="reread")
    work = {pool.submit(look, rooms, row, source, known): row for row, source in chosen}
    try:
        for future in as_completed(work):
            if stop.is_set():
                break
            done = _settled(rooms, work[future], future, done)
    finally:
        pool.shutdown(wait=not stop.is_set(), cancel_futures=True)
    rooms.log.info("reread", looks=done.looks, revisions=len(done.revisions))
    return done


def _chosen(rooms: Rooms) -> Iterator[tuple[Row, Source]]:
    """What is due and may be read: a few of each host; what no source answers for any more is let go."""
    by_id = {source.id: source for source in rooms.config.sources}
    hosts: Counter[str] = Counter()
    for row in revisions.due(rooms.store, 4 * BATCH):
        source = by_id.get(row["source_id"] or "")
        if source is None or source.follow == "never":
            _let_go(rooms, row)
            continue
        hosts[host(row["url"])] += 1
        if hosts[host(row["url"])] <= PER_HOST and hosts.total() <= BATCH:
            yield row, source


def _let_go(rooms: Rooms, row: Row) -> None:
    with rooms.store.transaction():
        revisions.looked(rooms.store, row["id"], outcome="no source", next_at=None)


def _settled(rooms: Rooms, row: Row, future: Future[Look], done: Reread) -> Reread:
    """Take one look's result; a bug is recorded as this article's failure and handed back, as in a poll."""
    try:
        written = _take(rooms, row, future.result())
    except StorageError:
        raise
    except Exception as bug:  # noqa: BLE001  one page's; raised when the round is over
        rooms.log.error("bug", url=row["url"], error=f"{type(bug).__name__}: {bug}"[:300])  # noqa: TRY400  raised later
        _take(rooms, row, Look("failed", f"bug: {type(bug).__name__}"))
        return replace(done, looks=done.looks + 1, bugs=(*done.bugs, bug))
    return replace(done, looks=done.looks + 1, revisions=(*done.revisions, *written))


# --- in a thread


def look(rooms: Rooms, row: Row, source: Source, known: furniture.Known = furniture.NOTHING) -> Look:
    """Fetch an article's page once more and compare it with what is stored; failures are values. ``known`` is what recurs on the
    pages of each host."""
    settled = rooms.clock() - parse_utc(row["first_seen_at"]) > WHOLE_AFTER or row["doubt"] or row["failures"] or _awaits_baseline(row)
    validators = Validators() if settled else Validators(row["etag"], row["last_modified"])
    try:
        page = rooms.fetcher.get(row["url"], source=source, validators=validators, accept=PAGE_TYPES)
    except FetchError as error:
        return Look("gone" if error.status in GONE else "failed", f"{error.code}: {error}", asked=error.retry_after or 0.0)
    if page.not_modified:
        return Look("same", page=page)
    challenge = discover.is_challenge(page, source)
    if challenge:
        return Look("failed", f"blocked: {challenge}")
    if _leads_home(page):
        return Look("gone", "its address leads to the front page")
    return _compared(rooms, row, source, page, known)


def _leads_home(page: Page) -> bool:
    asked, given = urlsplit(page.requested), urlsplit(page.url)
    return asked.path.strip("/") != "" and given.path.strip("/") == "" and not given.query


def _compared(rooms: Rooms, row: Row, source: Source, page: Page, known: furniture.Known) -> Look:
    entry = Entry(source.id, row["url"], row["title"], published=revisions.published(row), language=row["language"])
    try:
        article, change = _least_changed(rooms, row, source, page, entry, furniture.of(known, page.url))
    except ExtractError as error:
        return Look("failed", f"{error.code}: {error}")
    reading = None
    if change.kind == "substance":
        reading = read(rooms.desk, article, fetched_at=page.fetched_at, first_seen_at=row["first_seen_at"])
    return Look("read", page=page, article=article, change=change, reading=reading)


def _least_changed(rooms: Rooms, row: Row, source: Source, page: Page, entry: Entry, learnt: frozenset[str]) -> tuple[Article, Change]:
    """What a page says and how that differs from what is stored; furniture learnt since, or before, is no edit."""
    whole = attachments.read(rooms, page, entry, source, alone=alone)
    if whole.missing:
        raise ExtractError("; ".join(whole.notes))
    for known in dict.fromkeys((frozenset[str](), learnt)):
        told = extract.extract(page, entry, source, known=known) if known and whole.own is whole.article else whole.article
        article = of_its_publisher(rooms, entry, source, told)
        change = edits.compare(_stored(row), _version(article))
        if change.kind != "substance":
            break
    return article, change


def _version(article: Article) -> Version:
    text = edits.watched(article.text, article.statement, official=article.official)
    return Version(article.title, text, article.published.day if article.published else "")


def _awaits_baseline(row: Row) -> bool:
    """Whether the stored text is none that today's rules took from the page, so that a difference need not be an edit."""
    return bool(row["baseline_due"]) or (row["rules"] != RULES and row["baseline"] is None)


def _stored(row: Row) -> Version:
    """What an article is compared with: its own text, or what its page said at the first look where the text came from elsewhere."""
    if row["baseline"] is not None:
        title, _, text = row["baseline"].partition("\n\n")
        return Version(title, text)
    span = (row["statement_start"] or 0, row["statement_end"] or 0)
    return Version(row["title"], edits.watched(row["text"] or "", span, official=bool(row["official"])), row["published_day"] or "")


# --- in the one thread that writes


def _take(rooms: Rooms, row: Row, seen: Look) -> tuple[int, ...]:
    """Write what a look found, in one transaction; return the revisions that came of it."""
    with rooms.store.transaction():
        if seen.state == "failed":
            return _failed(rooms, row, seen)
        if seen.state == "gone":
            return _gone(rooms, row, seen)
        back = (_revise(rooms, row, "returned"),) if row["gone_at"] else ()
        if _awaits_baseline(row) and seen.article is not None and seen.change is not None and seen.change.kind == "substance":
            return _based(rooms, row, seen, back)
        if seen.change is None or seen.change.kind != "substance":
            _looked(rooms, row, seen, seen.change.kind if seen.change else "same")
            return back
        return back + _edited(rooms, row, seen)


def _failed(rooms: Rooms, row: Row, seen: Look) -> tuple[int, ...]:
    failures = row["failures"] + 1
    at = edits.next_look(rooms.clock(), parse_utc(row["first_seen_at"]), failures=failures, asked=seen.asked)
    revisions.looked(rooms.store, row["id"], outcome=seen.reason[:300], failures=failures, next_at=utc(at) if at else None)
    return ()


def _gone(rooms: Rooms, row: Row, seen: Look) -> tuple[int, ...]:
    """A page that is not there: believed at the second look, told once."""
    told = bool(row["gone_at"])
    certain = told or row["doubt"] == "gone"
    written = (_revise(rooms, row, "gone"),) if certain and not told else ()
    _looked(
        rooms,
        row,
        seen,
        f"gone: {seen.reason}"[:300],
        doubt="" if certain else "gone",
        gone_at=row["gone_at"] or (rooms.store.now() if certain else None),
    )
    return written


def _based(rooms: Rooms, row: Row, seen: Look, back: tuple[int, ...]) -> tuple[int, ...]:
    """The first look at the page of a text that came from elsewhere: what it says is what later looks are compared with."""
    if seen.article is not None:
        _looked(rooms, row, seen, "baseline", baseline_due=0, baseline=_baseline(seen.article))
    return back


def _baseline(article: Article) -> str:
    version = _version(article)
    return f"{version.title}\n\n{version.text}"


def _edited(rooms: Rooms, row: Row, seen: Look) -> tuple[int, ...]:
    if seen.article is None or seen.change is None or seen.reading is None:
        return ()
    if row["doubt"] == revisions.PARTIAL:
        number = _rewritten(rooms, row, seen, seen.reading, seen.change, kind="completed")
        _looked(rooms, row, seen, "completed")
        return (number,)
    digest = hashlib.sha256(edits.folded(_version(seen.article)).encode()).hexdigest()
    if edits.doubtful(seen.change) and row["doubt"] != digest:
        _looked(rooms, row, seen, "doubtful", doubt=digest)
        return ()
    if revisions.unsteady(rooms.store, row["id"], digest):
        _looked(rooms, row, seen, "unsteady")
        return ()
    number = _rewritten(rooms, row, seen, seen.reading, seen.change)
    _looked(
        rooms,
        row,
        seen,
        "substance",
        edited=revisions.count(rooms.store, row["id"]) <= len(edits.STEPS) // 2,
        baseline=None,
        baseline_due=0,
    )
    return (number,)


def _rewritten(rooms: Rooms, row: Row, seen: Look, reading: Reading, change: Change, *, kind: str = "substance") -> int:
    """Let the article say what its page says now, and draw the conclusions."""
    before = hashlib.sha256(edits.folded(_stored(row)).encode()).hexdigest()
    capture = entries.capture(rooms.store, rooms.archive.keep(seen.page, kept=True)) if seen.page else None
    number = _revise(rooms, row, kind, change=change, digest=before, capture_id=capture)
    lost = revisions.rewrite(rooms.store, row["id"], reading, number)
    flagging.note(rooms, row["id"], reading)
    stored = articles.find(rooms.store, row["url"])
    if stored is not None and reading.relevance.relevant:
        revisions.rekey(rooms.store, row["id"], grouping.keys(articles.sighting(stored, ())))
    if reading.relevance.relevant or row["statement_id"] is not None:  # what a replay took out comes back only as an act of the parties
        conclude(rooms, (row["id"],), alert=True, lost=lost)
    return number


def _revise(rooms: Rooms, row: Row, kind: str, *, change: Change | None = None, digest: str = "", capture_id: int | None = None) -> int:
    """Append a revision and, for an official article, its alert."""
    number = revisions.add(rooms.store, row, kind, change=change, digest=digest, capture_id=capture_id)
    told = _TOLD.get(kind)
    if row["official"] and told:
        alerts.raise_once(rooms.store, Alert(f"{told}:{number}", told, revision_id=number, detail=row["title"]))
    return number


def _looked(rooms: Rooms, row: Row, seen: Look, outcome: str, *, edited: bool = False, doubt: str = "", **columns: object) -> None:
    """Write a look that got an answer, and when the next one is due."""
    at = edits.next_look(rooms.clock(), parse_utc(row["first_seen_at"]), edited=edited, doubt=bool(doubt))
    kept = {"gone_at": None, **columns}
    if seen.page is not None and not seen.page.not_modified:
        kept |= {"etag": seen.page.headers.get("etag", ""), "last_modified": seen.page.headers.get("last-modified", "")}
    revisions.looked(rooms.store, row["id"], outcome=outcome, failures=0, doubt=doubt, next_at=utc(at) if at else None, **kept)
