"""Housekeeping, once a day: coverage is written, what has had its time is let go, a disk that fills or a damaged database is told of."""

from __future__ import annotations

from datetime import timedelta

from scraper.archive import prune
from scraper.errors import DatabaseFull, NotOurDatabase
from scraper.jobs.rooms import Rooms
from scraper.jobs.signs import CHECKED, DAMAGE
from scraper.model.moment import utc
from scraper.storage import alerts, soundness, sources, sparing, watching
from scraper.storage.alerts import Alert

LAST_KEEPING = "last_keeping"
DISK_WARNED = "disk_warned"
"""The mark of the moment since which the disk budget is nearly used up; empty while it is not."""

WARN_SHARE = 0.8
"""The share of the disk budget from which it is told of."""

MEGABYTE = 1_000_000


def keep(rooms: Rooms) -> bool:
    """Do the day's housekeeping unless it was done (UTC); tell whether it was to be done. Raises StorageError where the database
    cannot be used; captures that cannot be deleted are logged and wait for the next day."""
    today = rooms.store.now()[:10]
    if sources.marked(rooms.store, LAST_KEEPING) == today:
        return False
    settings = rooms.config.keeping
    with rooms.store.transaction():
        needed = watching.freeze(rooms.store)
        polls = sparing.fold_polls(rooms.store, min(_before(rooms, settings.polls_days), needed))
        entries = sparing.fold_entries(rooms.store, settings.entries_days)
    files = _prune(rooms)
    captures = _forget(rooms)
    found = _faults(rooms)
    with rooms.store.transaction():
        _watch_disk(rooms)
        _watch_damage(rooms, found)
        sources.mark(rooms.store, LAST_KEEPING, today)
    rooms.log.info("keeping", polls=polls, entries=entries, files=files, captures=captures)
    return True


def used(rooms: Rooms) -> int:
    """Return the bytes that captures and database take."""
    return sparing.occupied(rooms.store) + sum(path.stat().st_size for path in rooms.home.captures.glob("*.warc.gz"))


def _before(rooms: Rooms, days: int) -> str:
    return utc(rooms.clock() - timedelta(days=days))[:10]


def _prune(rooms: Rooms) -> int:
    """Delete old capture files and return how many; the budget left by the database is theirs, kept pages go over it."""
    settings = rooms.config.keeping
    budget = max(settings.budget_mb * MEGABYTE - sparing.occupied(rooms.store), 1) if settings.budget_mb else 0
    older = rooms.clock() - timedelta(days=settings.rest_days)
    try:
        return len(prune(rooms.home.captures, older_than=older, budget_bytes=budget, spare=rooms.archive.writing))
    except DatabaseFull as error:
        rooms.log.warning("keeping", error=str(error))
        return 0


def _forget(rooms: Rooms) -> int:
    """Drop the rows of files that are gone, also of those that a crash left behind in an earlier run."""
    gone = [name for name in sparing.passing_files(rooms.store) if not (rooms.home.captures / name).exists()]
    with rooms.store.transaction():
        return sparing.forget_captures(rooms.store, gone)


def _faults(rooms: Rooms) -> str:
    try:
        return soundness.faults(rooms.store)
    except NotOurDatabase as error:
        return str(error)


def _watch_damage(rooms: Rooms, found: str) -> None:
    """Tell once that the database is damaged, and once that it is whole again."""
    before = sources.marked(rooms.store, DAMAGE)
    if found:
        rooms.log.error("damaged", found=found)
    if bool(found) != bool(before):
        told = f"the database is damaged ({found}): put back a copy with trilateral restore" if found else "the database is whole again"
        alerts.raise_once(rooms.store, Alert(f"damage:{bool(found)}:{rooms.store.now()}", "disk", detail=told))
    sources.mark(rooms.store, DAMAGE, found)
    sources.mark(rooms.store, CHECKED, rooms.store.now())


def _watch_disk(rooms: Rooms) -> None:
    """Tell once when the share of the budget that warns is reached, and once when it is no longer."""
    budget = rooms.config.keeping.budget_mb * MEGABYTE
    taken, warned = used(rooms), sources.marked(rooms.store, DISK_WARNED)
    full = bool(budget) and taken >= WARN_SHARE * budget
    if full == bool(warned):
        return
    since = warned or rooms.store.now()
    told = f"captures and database take {taken / MEGABYTE:.0f} of {budget / MEGABYTE:.0f} MB"
    if full:
        rooms.log.warning("disk", taken=taken, budget=budget)
        alerts.raise_once(rooms.store, Alert(f"disk:{since}", "disk", detail=told))
    else:
        rooms.log.info("disk_relieved", taken=taken, budget=budget)
        detail = f"the disk warning is over: {told}" if budget else "the disk warning is over: there is no budget"
        alerts.raise_once(rooms.store, Alert(f"disk_over:{since}", "disk", detail=detail))
    sources.mark(rooms.store, DISK_WARNED, since if full else "")
