"""Paging back through a source's older pages, bounded and resumed where it was stopped; nothing is alerted."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from scraper.errors import DiscoverError, FetchError, InputError
from scraper.jobs import furniture
from scraper.jobs.backfill import Backfilled, Tell, keep
from scraper.jobs.corridor import read_entry
from scraper.jobs.rooms import Rooms
from scraper.jobs.take import standing
from scraper.model.moment import utc
from scraper.model.source import Discovery, Entry, Page, Source
from scraper.stages import discover
from scraper.stages.discover import Behind
from scraper.stages.relevance.interest import of_interest
from scraper.stages.unseen import unseen
from scraper.storage import backfills, entries
from scraper.storage.backfills import Leaf
from scraper.storage.entries import Fate
from scraper.urls import canonical

MOST_PAGES: Final = 2_000
"""Pages that one call asks for at most."""

LOOKS: Final = 3
"""How often a page is asked for that cannot be had, before the call ends."""

DEEP: Final = 50_000
"""Entries of one page that are read, where a poll takes the latest ``max_entries``."""

_PAST_THE_END: Final = (400, 404, 410)


def leaf(rooms: Rooms, source: Source, until: str, *, limit: int = 0, tell: Tell = lambda *_: None) -> Backfilled:
    """Read the entries of a source back to the day ``until`` (``YYYY-MM-DD``), ``limit`` at most (0: all), page by page, newest first.

    A call that was stopped goes on with the page it was at. The caller holds the lock; a KeyboardInterrupt ends it, and what was done is kept.
    Raises InputError for a kind of source that has no older pages.
    """
    if source.kind in discover.UNPAGED:
        raise InputError(f"{source.id}: a source of kind {source.kind} answers a search, of which there are no older pages")
    work = _Leafing(rooms, replace(source, max_entries=DEEP), until, limit, tell)
    work.run()
    work.done.concluded = standing(rooms, work.done.concluded)
    return work.done


class _Leafing:
    """One call: pages one after the other, of each the entries that are not known yet."""

    def __init__(self, rooms: Rooms, source: Source, until: str, limit: int, tell: Tell) -> None:
        self.rooms, self.source, self.until, self.limit, self.tell = rooms, source, until, limit, tell
        self.done = Backfilled()
        self.known = furniture.known(rooms)
        first = (discover.address(source, utc(rooms.clock())),)
        self.at = backfills.leaf(rooms.store, source.id) or Leaf(first)
        self.seen: set[str] = set()

    def run(self) -> None:
        """Turn page after page, until there is none, the day is reached, or something ends it."""
        try:
            while self.at.waiting and self.done.pages < MOST_PAGES and not self.done.error and not self._full():
                self._page(self.at.waiting[0])
        except KeyboardInterrupt:
            self.done.stopped = True
        if self.done.pages >= MOST_PAGES:
            self.done.left += len(self.at.waiting)

    def _full(self) -> bool:
        return bool(self.limit) and self.done.asked >= self.limit

    def _page(self, url: str) -> None:
        self.tell(self.done.pages, 0, url)
        answer = self._discovered(url)
        if answer is None:
            return
        page, found = answer
        self.done.pages += 1
        fresh = tuple(entry for entry in found.entries if self._unseen(entry))
        now = Leaf(self.at.waiting, self.at.pages + 1, self.at.entries + len(found.entries))
        if self._read(fresh):
            self._turn(replace(now, waiting=self._next(page, found, fresh, now)))

    def _unseen(self, entry: Entry) -> bool:
        key = canonical(entry.url) or entry.guid
        fresh = key not in self.seen
        self.seen.add(key)
        return fresh

    def _next(self, page: Page, found: Discovery, fresh: tuple[Entry, ...], now: Leaf) -> tuple[str, ...]:
        """The addresses still to be asked: a page that shows nothing but what earlier ones showed, or what is too old, has none after it."""
        behind = self.at.waiting[1:]
        if discover.reached(fresh, self.until) or (found.entries and not fresh):
            return behind
        after = discover.following(page, self.source, found, Behind(now.pages, now.entries), self.until)
        if "{month}" in self.source.paging and self._long_ago(now.pages):
            after = ()
        return tuple(dict.fromkeys((*after, *behind)))

    def _long_ago(self, pages: int) -> bool:
        """Whether so many months back is before the day to be reached."""
        today = self.rooms.clock().date()
        months = today.year * 12 + today.month - 1 - pages
        return f"{months // 12:04}-{months % 12 + 1:02}" < self.until[:7]

    def _turn(self, now: Leaf) -> None:
        self.at = now
        with self.rooms.store.transaction():
            backfills.turn(self.rooms.store, self.source.id, now if now.waiting else None)

    def _discovered(self, url: str) -> tuple[Page, Discovery] | None:
        """A page and its entries; none where it is past the last, or could not be had, which ends the call."""
        for _ in range(LOOKS):
            try:
                page = self.rooms.fetcher.get(url, source=self.source, accept=discover.accept(self.source.kind))
                self.done.answered += 1
                return page, discover.discover(page, self.source)
            except FetchError as error:
                self.done.answered += error.status is not None
                if self.at.pages and error.status in _PAST_THE_END:
                    self._turn(replace(self.at, waiting=self.at.waiting[1:]))
                    return None
                self.done.error = f"{url}: {error}"
            except DiscoverError as error:
                self.done.error = f"{url}: {error}"
        self.done.failed += 1
        return None

    def _read(self, found: tuple[Entry, ...]) -> bool:
        """Read and store what is not known and not too old; tell whether all of the page was gone through."""
        wanted = self._wanted([entry for entry in found if not discover.older(entry, self.until)])
        for at, entry in enumerate(wanted):
            if self._full():
                self.done.left += len(wanted) - at
                return False
            self.tell(self.done.asked, 0, entry.url)
            self._entry(entry)
        return True

    def _wanted(self, found: list[Entry]) -> list[Entry]:
        """The entries to be read: by identity, not by title, which ministries repeat; those of no interest are recorded."""
        identities = replace(entries.identities(self.rooms.store, self.source, found), titles=())
        new = unseen(found, identities, self.rooms.store.now())
        interesting = [entry for entry in new if self._interesting(entry)]
        passed_over = [entry for entry in new if not self._interesting(entry)]
        with self.rooms.store.transaction():
            fate = Fate("not_read", "title and summary name none of what is watched")
            entries.append(self.rooms.store, passed_over, fate, not_seen_before_at="")
        return interesting

    def _interesting(self, entry: Entry) -> bool:
        return self.source.official or of_interest(entry.title, entry.summary, self.rooms.desk.parties)

    def _entry(self, entry: Entry) -> None:
        read = read_entry(self.rooms, entry, self.source, self.known)
        self.done.asked += 1
        with self.rooms.store.transaction():
            kept = keep(self.rooms, read, self.done)
            decision = "known" if read.reading is not None and not kept.new else read.decision
            fate = Fate(decision, read.reason, kept.article_id, kept.capture_id)
            entries.record(self.rooms.store, entry, fate, not_seen_before_at="")
        self.done.outcomes[decision] += 1
        self.done.failed += decision == "failed"
