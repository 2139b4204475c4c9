"""Official pages saved to a public archive, where the configuration names one: begun after everything is told, waited for by nobody.

A beat begins one request at most, in a thread of its own; a later beat writes what came of it. So a slow archive delays no poll and no
alert, and the database keeps its one writer.
"""

from __future__ import annotations

import re
from concurrent.futures import Future
from datetime import timedelta
from functools import partial
from typing import Final
from urllib.parse import urljoin

from scraper.errors import FetchError, scrub
from scraper.fetch.addresses import admit
from scraper.fetch.fetcher import Fetcher
from scraper.jobs.rooms import Rooms
from scraper.model.moment import parse_utc, utc
from scraper.model.source import Page, Source
from scraper.storage import archiving, sources
from scraper.storage.store import Row
from scraper.urls import host, registrable, web

PAUSE: Final = timedelta(seconds=30)
"""The least time between two requests to the archive, whatever its host allows."""

AGAIN_MINUTES: Final = (10, 60, 360, 1440, 4320)
"""How long a page waits after each failed attempt; after one more it is given up."""

DAYS: Final = 30
"""Only pages that were first seen in so many days are saved when the archive is switched on."""

_UNREAD: Final = frozenset({"robots", "too_large", "timeout", "decode"})
"""Why a page that is there may not have been read."""

_STAMP = re.compile(r"/web/([0-9]{14})(?:[a-z]{2}_)?/(https?:/.{1,4000})", re.IGNORECASE)
_MEMENTO = re.compile(r"<([^<>]{1,4000})>[^<]{0,400}?\brel=\"?[^\"<]{0,40}\bmemento\b")


def run(rooms: Rooms) -> None:
    """Write what the archive answered, and ask it for the next page whose turn it is; raises StorageError."""
    _settle(rooms)
    base = rooms.config.keeping.public_archive
    if not base or rooms.saves.busy or rooms.ending.is_set():
        return
    if archiving.news(rooms.store):
        with rooms.store.transaction():
            archiving.enlist(rooms.store, [row for row in archiving.unlisted(rooms.store) if _wanted(rooms, row)])
    row = archiving.due(rooms.store)
    if row is not None and rooms.store.now() >= sources.marked(rooms.store, archiving.AFTER):
        _begin(rooms, base, row)


def _wanted(rooms: Rooms, row: Row) -> bool:
    """Whether the public may know of an address: none on a network of our own, none with a secret in it; and not the whole past."""
    source = next((one for one in rooms.config.sources if one.id == row["source_id"]), None)
    ours = source is not None and source.allow_private
    lately = rooms.clock() - parse_utc(row["first_seen_at"]) <= timedelta(days=DAYS)
    return lately and not ours and web(row["url"]) == row["url"] == scrub(row["url"])


def _begin(rooms: Rooms, base: str, row: Row) -> None:
    with rooms.store.transaction():
        archiving.asked(rooms.store, row["article_id"], _next(rooms, row["attempts"]) or utc(rooms.clock() + timedelta(days=1)))
        sources.mark(rooms.store, archiving.AFTER, utc(rooms.clock() + PAUSE))
    rooms.saves.begin({**row, "base": base}, partial(_ask, rooms.fetcher, base, row["url"]))


def _ask(fetcher: Fetcher, base: str, url: str) -> Page:
    """Have the archive save a page; raises FetchError, ``address`` too for a page that is on no public host."""
    admit(url)
    own = Source("public-archive", "public archive", "feed", base, spacing=0.0, allow_private=admit(base, private=True).inside)
    return fetcher.get(f"{base}{'' if base.endswith(('/', '=')) else '/'}{url}", source=own)


def _next(rooms: Rooms, attempts: int, asked: float = 0.0) -> str | None:
    """When a page is tried again after so many failures before this one, not before the archive allows; None where it is given up."""
    if attempts >= len(AGAIN_MINUTES):
        return None
    return utc(rooms.clock() + max(timedelta(minutes=AGAIN_MINUTES[attempts]), timedelta(seconds=asked)))


def _settle(rooms: Rooms) -> None:
    done = rooms.saves.ended()
    if done is None:
        return
    row, answer = done
    try:
        where, at = _copy(answer, row)
    except FetchError as error:
        _failed(rooms, row, error)
        return
    with rooms.store.transaction():
        archiving.saved(rooms.store, row["article_id"], where, at)
    rooms.log.info("public_archive", state="saved", article=row["article_id"], url=where)


def _copy(answer: Future[Page], row: Row) -> tuple[str, str]:
    """Where the copy is and when it was made; one that the archive led to is there, whether or not we may or can read it. Raises FetchError."""
    try:
        return archived(answer.result(), row["base"], row["url"])
    except FetchError as error:
        found = _is_copy(error.led_to, row["base"], row["url"]) if error.code in _UNREAD else ""
        if not found:
            raise
        return error.led_to, _moment(found)


def _failed(rooms: Rooms, row: Row, error: FetchError) -> None:
    """A refusal by its rules, or an address that nobody may ask for, is for good; all else is tried again. What the archive asks for is heeded
    for every page."""
    wait = error.retry_after or 0.0
    final = error.code == "address" or (error.code == "robots" and error.retry_after is None)
    at = None if final else _next(rooms, row["attempts"], wait)
    with rooms.store.transaction():
        archiving.failed(rooms.store, row["article_id"], f"{error.code}: {error}", at)
        if wait:
            sources.mark(rooms.store, archiving.AFTER, utc(rooms.clock() + timedelta(seconds=wait)))
    state = "waiting" if at else "given_up"
    rooms.log.warning("public_archive", state=state, article=row["article_id"], reason=f"{error.code}: {error}", next_at=at or "")


def archived(page: Page, base: str, url: str) -> tuple[str, str]:
    """Return where the archive says that its copy is, and when that was made (UTC): its final address, one it led through, ``Content-Location``,
    or the memento of its ``Link`` header (RFC 7089). Raises FetchError ``http`` where none is an address of the archive for a page of that site.
    """
    said = [page.headers.get("content-location", ""), *_MEMENTO.findall(page.headers.get("link", "")[:20_000])]
    for where in (page.url, *reversed(page.hops), *(urljoin(page.url, one) for one in said if one)):
        found = _is_copy(where, base, url)
        if found:
            return where, _moment(found)
    raise FetchError(f"{base}: the archive answered without saying where its copy is", code="http", status=page.status)


def _is_copy(where: str, base: str, url: str) -> str:
    """The stamp of an address of the archive for a page of that site; empty for any other."""
    found = _STAMP.search(where)
    ours = found and host(where) == host(base) and registrable(found[2]) == registrable(url)
    return found[1] if found and ours and _is_time(found[1]) else ""


def _is_time(stamp: str) -> bool:
    """Whether there is such a moment: archives write ``99999999999999`` for the latest copy."""
    try:
        parse_utc(_moment(stamp))
    except ValueError:
        return False
    return True


def _moment(stamp: str) -> str:
    day, time = stamp[:8], stamp[8:]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{time[:2]}:{time[2:4]}:{time[4:]}Z"
