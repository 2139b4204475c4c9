"""One look at an address of the past: its page, or a public archive's copy of it, through the corridor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from scraper.errors import FetchError
from scraper.jobs import furniture
from scraper.jobs.corridor import GATHERING, PAGE_TYPES, Read, followed, read_page
from scraper.jobs.rooms import Rooms
from scraper.model.source import Entry, Page, Selectors, Source
from scraper.storage.backfills import Looked
from scraper.urls import host, registrable

CERTAIN: Final = 3
"""Looks in a row after which it is believed that a page is gone, or says nothing of the watched parties."""

AGED: Final = timedelta(days=365)
"""An archive is no way round a refusal: of a page that its server refuses the copy is read only where the act is older."""

DOUBTED: Final = "doubted"
"""The outcome of a look that found nothing and will be believed if the next ones find nothing either."""

_GONE: Final = (404, 410)
_REFUSING: Final = (401, 403, 451)
_LOST: Final = frozenset({"dns", "address", "tls"})
_STRICT: Final = ("link", "excerpt", "full")


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the past: ``day`` (``YYYY-MM-DD``) is the last day of the earliest act it is given for; ``outcome`` what the last look
    came to (empty before the first), ``looks`` how many in a row came to that."""

    url: str
    day: str
    outcome: str = ""
    looks: int = 0

    @property
    def aged(self) -> date:
        """The day from which a copy may be read though the page's server refuses it."""
        return date.fromisoformat(self.day) + AGED


@dataclass(frozen=True, slots=True)
class Look:
    """What came of a look: ``read`` where there is something to store; whether a server ``answered`` at all; seconds one asked to wait;
    ``offhand`` tells that nobody was asked."""

    looked: Looked
    read: Read | None = None
    answered: bool = True
    retry_after: float | None = None
    offhand: bool = False


@dataclass(frozen=True, slots=True)
class _Sight:
    """What one fetch gave: the page as it was ``read``, or why there is none; ``missing`` tells that the server has it no longer,
    ``lost`` that there may be no such server any longer, ``barred`` that it refuses the page, ``forbidden`` that robots.txt does."""

    read: Read | None = None
    reason: str = ""
    missing: bool = False
    lost: bool = False
    barred: bool = False
    forbidden: bool = False
    answered: bool = True
    retry_after: float | None = None

    @property
    def relevant(self) -> bool:
        return self.read is not None and self.read.reading is not None

    @property
    def empty(self) -> bool:
        """Whether a server said that there is nothing to be had."""
        return self.missing or self.barred or self.forbidden or self.read is not None

    @property
    def told(self) -> str:
        return self.read.reason if self.read else self.reason


_NO_COPY: Final = _Sight(reason="no copy in the archive", missing=True, answered=False)


def look(rooms: Rooms, address: Address, known: furniture.Known) -> Look:
    """Read the page of an address, or its copy in the archive where it is gone, says nothing of the parties or failed twice.

    Nothing is stored but captures. The page's publisher, terms and zone are those of the source of its site, if there is one.
    """
    source = source_of(rooms, address.url)
    entry = Entry(source.id, address.url, "")
    if not followed(rooms, entry, source):
        return Look(Looked("refused", "its publisher's terms do not let pages be read"), offhand=True)
    own = _own(rooms, entry, source, known)
    if own.relevant:
        return _found(own, "")
    if own.forbidden:
        return Look(Looked("refused", own.reason), own.read, own.answered)
    copy = _copy(rooms, address, entry, source, known) if _wanted(rooms, address, own) else _NO_COPY
    if copy.relevant:
        return _found(copy, copy.reason)
    return _without(address, own, copy)


def _found(sight: _Sight, via: str) -> Look:
    return Look(Looked("relevant", sight.told, via), sight.read)


def _without(address: Address, own: _Sight, copy: _Sight) -> Look:
    """What it means that neither gave anything: nothing yet while one of them may still come, else what the looks before say too."""
    retry = own.retry_after or copy.retry_after
    answered = own.answered or copy.answered
    reason = own.told if copy is _NO_COPY else f"{own.told}; the archive: {copy.told}"
    # Names that do not resolve may be this machine's fault: a lost server is believed in only where the archive speaks.
    if not ((own.empty and copy.empty) or (own.lost and copy.empty and copy.answered)):
        return Look(Looked("failed", reason), own.read, answered, retry)
    certain = address.outcome == DOUBTED and address.looks >= CERTAIN - 1
    settled = "irrelevant" if own.read else "refused" if own.barred else "gone"
    return Look(Looked(settled if certain else DOUBTED, reason), own.read, answered, retry)


def _own(rooms: Rooms, entry: Entry, source: Source, known: furniture.Known) -> _Sight:
    try:
        page = rooms.fetcher.get(entry.url, source=source, accept=PAGE_TYPES)
    except FetchError as error:
        return _failed(error)
    if page.hops and _is_front(page.url) and not _is_front(entry.url):
        return _Sight(reason=f"it leads to the front page {page.url}", missing=True)
    return _read(rooms, entry, source, page, known)


def _failed(error: FetchError) -> _Sight:
    forbidden = error.code == "robots" and error.retry_after is None
    missing = error.status in _GONE or error.code == "redirect"
    barred = error.code == "blocked" or error.status in _REFUSING
    return _Sight(
        reason=f"{error.code}: {error}",
        missing=missing,
        lost=error.code in _LOST,
        barred=barred,
        forbidden=forbidden,
        answered=error.status is not None or forbidden or missing,
        retry_after=error.retry_after,
    )


def _read(rooms: Rooms, entry: Entry, source: Source, page: Page, known: furniture.Known) -> _Sight:
    read = read_page(rooms, entry, source, page, known)
    blocked = read.reason.startswith("blocked")
    return _Sight(None, read.reason, barred=True) if blocked else _Sight(read, page.via)


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.strip("/") in ("", "index.html") and not parts.query


def _wanted(rooms: Rooms, address: Address, own: _Sight) -> bool:
    """Whether the archive is asked: where there is nothing to be had (of a page that is refused only where it is old), or after two
    failures."""
    if not rooms.config.history.archive:
        return False
    if own.barred and rooms.clock().date() < address.aged:
        return False
    return own.empty or own.lost or address.looks >= CERTAIN - 1


def _copy(rooms: Rooms, address: Address, entry: Entry, source: Source, known: furniture.Known) -> _Sight:
    """The archive's copy read as the page itself: its address and site, and nothing of the archive's but where the bytes came from."""
    asked = rooms.config.history.archive.replace("{day}", address.day.replace("-", "")).replace("{url}", address.url)
    try:
        page = rooms.fetcher.get(asked, accept=PAGE_TYPES)
    except FetchError as error:
        return _failed(error)
    if not _is_of(page.url, address.url):
        return _Sight(reason=f"its copy is of another page: {page.url}", missing=True)
    kept = {name: value for name, value in page.headers.items() if name == "content-type"}
    own = replace(page, url=address.url, requested=address.url, headers=kept, hops=(), permanent=False, via=page.url)
    return _read(rooms, entry, source, own, known)


def _is_of(copy: str, url: str) -> bool:
    """Tell whether an archive's address is that of a copy of the page: of the same site, and not of its front page."""
    inner = copy[max(copy.rfind("http://"), copy.rfind("https://"), 0) :]
    if inner == copy:
        return True  # an archive whose addresses do not hold the page's
    return registrable(inner) == registrable(url) and (_is_front(url) or not _is_front(inner))


def source_of(rooms: Rooms, url: str) -> Source:
    """Return the source that a page belongs to by its host, else by its site, with the strictest terms of all sources of that site; one
    made for the occasion where there is none, whose texts are kept as history.toml says, or in full where a government publishes them."""
    config = rooms.config
    same = [one for one in config.sources if one.kind not in GATHERING and one.url and registrable(one.url) == registrable(url)]
    if not same:
        kept = "full" if rooms.desk.parties.party_of(host(url)) else config.history.store
        return Source("", "history", "history", url, language="", store=kept, spacing=config.fetch.spacing)
    best = max(same, key=lambda one: (host(one.url) == host(url), one.enabled, -one.rank))
    own = host(best.url) == host(url)
    follow = "never" if any(one.follow == "never" for one in same) else best.follow
    stored = min((one.store for one in same), key=_STRICT.index)
    selectors = best.selectors if own else Selectors()
    return replace(best, url=url, language="", full_text=False, follow=follow, store=stored, selectors=selectors, channel="")
