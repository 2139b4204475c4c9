"""One pass over sources: threads fetch and read, this thread alone looks up and writes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any

from scraper.errors import StorageError
from scraper.jobs import corridor, furniture
from scraper.jobs.corridor import Read
from scraper.jobs.rereading import first_look
from scraper.jobs.rooms import Rooms
from scraper.jobs.survey import Survey, survey
from scraper.jobs.take import Concluded, conclude, standing, store
from scraper.model.moment import parse_utc, utc
from scraper.model.source import VOUCHING, Entry, Poll, Source, SourceState
from scraper.stages import cadence
from scraper.stages.duty import on_duty
from scraper.stages.relevance.interest import of_interest
from scraper.stages.unseen import unseen
from scraper.storage import alerts, articles, entries, revisions, sources
from scraper.storage.alerts import Alert
from scraper.storage.articles import Reading
from scraper.storage.entries import Fate

INCIDENT_HOURS = 6.0
"""A source that fails for longer is told of, once, and its recovery once."""

AHEAD = 4
"""How many fetches are handed out for each thread."""

INCIDENT_FAILURES = 8
"""... and only after so many failed polls in a row: single failures on a bad line are no outage."""

MASS = 10
MASS_SHARE = 0.8
"""Entries, and the share of a page, that are new at once under titles known already: ids that changed, and no news."""

TOGETHER = 16
"""How many polls that found nothing are recorded together; a source that is slow to answer makes them wait half a second at most."""

FULL_EVERY = 12
"""Every so many polls the validators are left out, because some servers answer 304 for ever."""


@dataclass(slots=True)
class Visit:
    """A source's poll in hand: what was surveyed, and how many of its new entries are still being read; ``interest`` tells that new ones
    of a source answering before could be of interest."""

    source: Source
    state: SourceState
    started_at: str
    survey: Survey | None = None
    waiting: int = 0
    new: int = 0
    held: bool = False
    interest: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """What one pass did: the polls recorded, what came of new articles, whether it was stopped before its end, and ``bugs`` that
    pages brought to light, to be raised by whoever asked for the pass when its other work is done."""

    polls: tuple[Poll, ...] = ()
    concluded: Concluded = field(default_factory=Concluded)
    stopped: bool = False
    bugs: tuple[Exception, ...] = ()

    @property
    def failed(self) -> tuple[Poll, ...]:
        """The polls whose outcome does not vouch for their source."""
        return tuple(poll for poll in self.polls if poll.outcome not in VOUCHING)


def due(rooms: Rooms) -> tuple[Source, ...]:
    """Return the sources on duty whose time has come, the official ones first."""
    states = sources.states(rooms.store)
    return cadence.due(rooms.clock(), on_duty(rooms.config.sources, states), states)


def run(rooms: Rooms, chosen: Iterable[Source], *, stop: Event | None = None, tell: Callable[[Poll], None] = lambda _: None) -> Passed:
    """Poll the chosen sources once; every source ends in one recorded poll, whatever it does.

    When ``stop`` is set the pass ends at the next result: what is stored stays, the poll in hand is not recorded. Raises
    StorageError at once. A bug that one page brings to light is recorded as that page's failure, so that it waits for its next
    attempt like any other, and handed back: it must not keep the other sources from being stored.
    """
    return _Pass(rooms, stop or rooms.ending, tell).run(tuple(chosen))


class _Pass:
    """The bookkeeping of one pass."""

    def __init__(self, rooms: Rooms, stop: Event, tell: Callable[[Poll], None]) -> None:
        self.rooms = rooms
        self.stop = stop
        self.tell = tell
        self.pool = ThreadPoolExecutor(rooms.config.fetch.workers, thread_name_prefix="fetch")
        self.work: dict[Future[Any], tuple[Visit, Entry | None]] = {}
        self.retrying = entries.sources_to_retry(rooms.store)
        self.done: SimpleQueue[Future[Any]] = SimpleQueue()
        self.sources: deque[tuple[Source, SourceState]] = deque()
        self.reads: deque[tuple[Visit, Entry]] = deque()
        self.finished: list[tuple[Visit, Poll]] = []
        self.polls: list[Poll] = []
        self.concluded = Concluded()
        self.bugs: list[Exception] = []

    @cached_property
    def known(self) -> furniture.Known:
        """What recurs on the pages of each host, as it stood when the first entry was handed out."""
        return furniture.known(self.rooms)

    def run(self, chosen: Sequence[Source]) -> Passed:
        states = sources.states(self.rooms.store)
        self.sources.extend((source, states.get(source.id, SourceState(source.id))) for source in chosen)
        try:
            while not self.stop.is_set() and self._hand_out():
                try:
                    future = self.done.get(timeout=0.5)
                except Empty:
                    self._settle()
                    continue
                if self.stop.is_set():
                    break  # what fails now fails because we end
                self._advance(future)
            self._settle()
        finally:
            self.pool.shutdown(wait=not self.stop.is_set(), cancel_futures=True)
        return Passed(tuple(self.polls), standing(self.rooms, self.concluded), len(self.polls) < len(chosen), tuple(self.bugs))

    def _hand_out(self) -> bool:
        """Keep the threads busy, every source before the first entry; tell whether anything is under way.

        Only so much at a time, because results that wait for this thread take memory.
        """
        while len(self.work) < AHEAD * self.rooms.config.fetch.workers and (self.sources or self.reads):
            if self.sources:
                self._begin(*self.sources.popleft())
                continue
            visit, entry = self.reads.popleft()
            self._submit(self.pool.submit(corridor.read_entry, self.rooms, entry, visit.source, self.known), visit, entry)
        return bool(self.work)

    def _begin(self, source: Source, state: SourceState) -> None:
        visit = Visit(source, state, utc(self.rooms.clock()))
        fresh = state.polls % FULL_EVERY == FULL_EVERY - 1
        asked = replace(state, etag="", last_modified="") if fresh else state
        self._submit(self.pool.submit(survey, self.rooms, source, asked), visit, None)

    def _submit(self, future: Future[Any], visit: Visit, entry: Entry | None) -> None:
        self.work[future] = (visit, entry)
        future.add_done_callback(self.done.put)

    def _advance(self, future: Future[Any]) -> None:
        visit, entry = self.work.pop(future)
        visit.waiting -= entry is not None
        try:
            self._take(visit, future.result())
        except StorageError:
            raise
        except Exception as bug:  # noqa: BLE001  one page's; raised when the pass is over
            self._note(visit, entry, bug)
        if visit.waiting == 0:
            self.finished.append((visit, _poll(self.rooms, visit, visit.survey or Survey("http"))))
        quiet = visit.survey is not None and visit.survey.outcome == "not_modified"
        if not quiet or len(self.finished) >= TOGETHER:
            self._settle()

    def _take(self, visit: Visit, result: Survey | Read) -> None:
        if isinstance(result, Read):
            self._store(visit, result)
            return
        visit.survey = result
        for entry in self._to_read(visit, result):
            visit.waiting += 1
            self.reads.append((visit, entry))

    def _note(self, visit: Visit, entry: Entry | None, bug: Exception) -> None:
        """Record a bug where it came to light: the next pass must not run into it again at once."""
        self.bugs.append(bug)
        told = f"bug: {type(bug).__name__}: {bug}"[:300]
        if entry is None:
            visit.survey = Survey("parse", error=told)
            return
        self.rooms.log.error("bug", source_id=visit.source.id, url=entry.url, error=told)
        with self.rooms.store.transaction():
            entries.record(self.rooms.store, entry, Fate("failed", told), not_seen_before_at=visit.state.last_good_at)

    def _to_read(self, visit: Visit, survey: Survey) -> list[Entry]:
        """The entries to fetch: unseen ones of interest, and those whose retry is due; the uninteresting are recorded."""
        rooms, source = self.rooms, visit.source
        new = unseen(survey.entries, entries.identities(rooms.store, source, survey.entries), rooms.store.now()) if survey.entries else ()
        visit.new = len(new)
        visit.survey = self._weighed(visit, survey, new)
        wanted: list[Entry] = []
        passed_over: list[Entry] = []
        for entry in new:
            interesting = source.official or of_interest(entry.title, entry.summary, rooms.desk.parties)
            (wanted if interesting else passed_over).append(entry)
        fate = Fate("not_read", "title and summary name none of what is watched")
        visit.interest = bool(wanted) and bool(visit.state.last_good_at)
        if passed_over:
            with rooms.store.transaction():
                entries.append(rooms.store, passed_over, fate, not_seen_before_at=visit.state.last_good_at)
        return wanted + (list(entries.to_retry(rooms.store, source.id)) if source.id in self.retrying else [])

    def _weighed(self, visit: Visit, survey: Survey, new: Sequence[Entry]) -> Survey:
        """What only the known entries tell of an answer: no gap where one of them is known, and whether all ids changed at once."""
        if survey.outcome == "gap" and len(new) < len(survey.entries):
            survey = replace(survey, outcome="ok", error="")
        if visit.state.last_good_at and len(new) >= MASS and len(new) >= MASS_SHARE * len(survey.entries):
            visit.held = entries.titles_known(self.rooms.store, visit.source.id, new) >= len(new) / 2
        return replace(survey, error=f"{len(new)} known items came under new addresses at once: no alerts") if visit.held else survey

    def _store(self, visit: Visit, read: Read) -> None:
        rooms = self.rooms
        with rooms.store.transaction():
            capture_id = entries.capture(rooms.store, read.capture) if read.capture else None
            for file in read.attached:
                entries.capture(rooms.store, file)
            fate = Fate(read.decision, read.reason, None, capture_id)
            if read.reading is not None:
                seen = replace(
                    read.reading, first_seen_at=entries.first_seen(rooms.store, read.entry), not_seen_before_at=visit.state.last_good_at
                )
                number = store(rooms, seen, capture_id=capture_id)
                fate = replace(fate, article_id=number) if number else self._known(read.reading, fate)
                self.concluded += conclude(rooms, (number,) if number else (), alert=not visit.held)
                if number and read.reading.article.store == "full" and visit.source.follow != "never":
                    wanting = {"baseline_due": read.capture is None, "partial": read.partial}
                    revisions.schedule(rooms.store, number, read.validators, first_look(rooms), **wanting)
            entries.record(rooms.store, read.entry, fate, not_seen_before_at=visit.state.last_good_at)
            if read.around is not None:
                furniture.learn(rooms, *read.around)

    def _known(self, reading: Reading, fate: Fate) -> Fate:
        """What an entry is whose article another brought: a second source, or a second address of it."""
        row = articles.find(self.rooms.store, reading.article.canonical_url or reading.article.url)
        return replace(fate, decision="known", article_id=row["id"] if row else None)

    def _settle(self) -> None:
        """Record the polls that have ended; those that found nothing share a transaction, which costs more than what is in it."""
        if not self.finished:
            return
        finished, self.finished = self.finished, []
        with self.rooms.store.transaction():
            for visit, poll in finished:
                sources.record(self.rooms.store, poll)
                _tell_incident(self.rooms, visit, poll)
        for _, poll in finished:
            self._say(poll)

    def _say(self, poll: Poll) -> None:
        self.polls.append(poll)
        self.rooms.log.info(
            "poll", source_id=poll.source_id, outcome=poll.outcome, http_status=poll.http_status, entries=poll.entries, new=poll.new,
            started_at=poll.started_at, finished_at=poll.finished_at, error=poll.error or None,
        )  # fmt: skip
        self.tell(poll)


def _poll(rooms: Rooms, visit: Visit, survey: Survey) -> Poll:
    now = rooms.clock()
    at = cadence.next_poll(
        now, visit.source, visit.state, survey.outcome, ttl=survey.ttl, fresh=survey.fresh, retry_after=survey.retry_after,
        newest=survey.newest, interest=visit.interest, windows=rooms.config.windows,
    )  # fmt: skip
    return Poll(
        visit.source.id, visit.started_at, utc(now), survey.outcome, survey.http_status, len(survey.entries), visit.new, survey.error,
        utc(at), survey.etag, survey.last_modified, survey.newest,
    )  # fmt: skip


def _tell_incident(rooms: Rooms, visit: Visit, poll: Poll) -> None:
    """Raise one alert for a source that has failed for hours, and one when such a source answers again.

    While no source at all answers it is our own network that fails, and not thirty sources at once.
    """
    since = visit.state.failing_since
    if not since:
        return
    key = f"source_failing:{poll.source_id}:{since}"
    if poll.outcome not in VOUCHING:
        if sources.marked(rooms.store, sources.OFFLINE):
            return
        lasting = parse_utc(poll.finished_at) - parse_utc(since) >= timedelta(hours=INCIDENT_HOURS)
        if lasting and visit.state.failures + 1 >= INCIDENT_FAILURES:
            alerts.raise_once(rooms.store, Alert(key, "source_failing", source_id=poll.source_id, detail=f"{poll.outcome}: {poll.error}"))
    elif rooms.store.row("SELECT 1 FROM alerts WHERE key = ?", (key,)):
        alerts.raise_once(rooms.store, Alert(f"source_recovered:{poll.source_id}:{since}", "source_recovered", source_id=poll.source_id))
