"""Backfill: the addresses of history.toml read once each, slowly, with a public archive's copy where a page is gone; nothing is alerted.

Every look is stored in a transaction of its own, so that a stop loses the look in hand at most. What an address could not give for the
time being is asked again in later rounds and by later calls.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest
from threading import Event
from typing import Final

from scraper.jobs import furniture
from scraper.jobs.corridor import Read
from scraper.jobs.looking import Address, Look, look
from scraper.jobs.rooms import Rooms
from scraper.jobs.take import Concluded, conclude, standing, store
from scraper.model.history import Act
from scraper.storage import articles, backfills, entries, history
from scraper.storage.articles import Reading
from scraper.storage.backfills import SETTLED, Looked
from scraper.urls import canonical, host

ROUNDS: Final = 3
"""How often one call goes over what could not be had."""

LONGEST_PAUSE: Final = 120.0
"""Seconds that a round waits at most, where every server left asks to be let alone."""

SILENT: Final = 15
"""Addresses in a row of which no server answered, after which a call ends: it is the network that is away."""

Tell = Callable[[int, int, str], object]
"""Called with how many are done, of how many (0: not known), and what is asked now."""


@dataclass(slots=True)
class Backfilled:
    """What a backfill did: ``asked`` addresses or entries, how many looks a server ``answered``, ``outcomes`` by their word; articles
    ``new``; how many ``failed`` and are to be asked again, or were ``left`` for another call, of these ``unasked`` so far; ``pages`` of a listing; whether it was
    ``stopped`` from outside, or ended early by an ``error``; what came of it."""

    asked: int = 0
    answered: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    new: int = 0
    failed: int = 0
    left: int = 0
    unasked: int = 0
    pages: int = 0
    stopped: bool = False
    error: str = ""
    concluded: Concluded = field(default_factory=Concluded)


def backfill(
    rooms: Rooms, *, since: str = "", limit: int = 0, rounds: int = ROUNDS, stop: Event | None = None, tell: Tell = lambda *_: None
) -> Backfilled:
    """Make every act of history.toml an event, and read the addresses of those since a day (``YYYY-MM-DD``, empty: all), ``limit`` at most
    (0: all), going over what could not be had ``rounds`` times. The caller holds the lock; ``stop``, asked before each address, or a KeyboardInterrupt ends it, and what was done is kept."""
    acts = rooms.config.history.events
    with rooms.store.transaction():
        history.enlist(rooms.store, acts)
    waiting = _waiting(rooms, [act for act in acts if act.days[1].isoformat() >= since])
    chosen = waiting[:limit] if limit else waiting
    done = _Work(rooms, chosen, stop or Event(), tell).run(rounds)
    done.unasked = done.left + sum(not one.outcome for one in waiting[len(chosen) :])
    done.left += len(waiting) - len(chosen)
    done.concluded = standing(rooms, done.concluded)
    return done


def _waiting(rooms: Rooms, acts: Iterable[Act]) -> list[Address]:
    """The addresses that are not settled, each once: those never asked first, those of the latest acts in front."""
    found: dict[str, Address] = {}
    for act in sorted(acts, key=lambda act: (act.days, act.id)):
        for url in act.addresses:
            found.setdefault(canonical(url), Address(url, act.days[1].isoformat()))
    before = backfills.looks(rooms.store, list(found))
    told = [replace(one, outcome=before[key][0], looks=before[key][1]) if key in before else one for key, one in found.items()]
    return sorted((address for address in reversed(told) if address.outcome not in SETTLED), key=lambda address: bool(address.outcome))


def spread(addresses: Sequence[Address]) -> list[Address]:
    """Return the addresses host by host in turn, so that the time between two requests to one host is used for others."""
    by_host: dict[str, list[Address]] = defaultdict(list)
    for address in addresses:
        by_host[host(address.url)].append(address)
    return [address for address in chain.from_iterable(zip_longest(*by_host.values())) if address is not None]


class _Work:
    """One call: rounds over the addresses, one after the other."""

    def __init__(self, rooms: Rooms, addresses: Sequence[Address], stop: Event, tell: Tell) -> None:
        self.rooms, self.stop, self.tell = rooms, stop, tell
        self.addresses = {address.url: address for address in addresses}
        self.done = Backfilled()
        self.known = furniture.known(rooms)
        self.asked: set[str] = set()
        self.silent = 0

    def run(self, rounds: int) -> Backfilled:
        """Go over the addresses until all are settled, or so many times."""
        waiting = list(self.addresses)
        try:
            for number in range(rounds):
                pauses = self._round(waiting)
                waiting = [url for url in waiting if self.addresses[url].outcome not in SETTLED]
                if not waiting or self.done.error or self.done.stopped or number == rounds - 1:
                    break
                self._pause(pauses)
        except KeyboardInterrupt:
            self.done.stopped = True
        self.done.asked = len(self.asked)
        self.done.failed = sum(bool(one.outcome) and one.outcome not in SETTLED for one in self.addresses.values())
        self.done.left = sum(not one.outcome for one in self.addresses.values())
        return self.done

    def _round(self, urls: Sequence[str]) -> list[float]:
        """Look at each address; return the seconds that the servers of those not settled asked to wait."""
        pauses = []
        for address in spread([self.addresses[url] for url in urls]):
            if self.stop.is_set():
                self.done.stopped = True
                break
            pauses.append(self._one(address.url))
            if self.silent >= SILENT:
                self.done.error = f"no server answered for {SILENT} addresses in a row; is the network there?"
                break
        return [pause for pause in pauses if pause is not None]

    def _pause(self, waits: Sequence[float]) -> None:
        """Wait as long as the most patient server asks, where all that is left are servers that ask; the program's end cuts it short."""
        if waits and all(waits):
            self.rooms.ending.wait(min(*waits, LONGEST_PAUSE))

    def _one(self, url: str) -> float | None:
        """Look at one address and store what came of it; return the seconds its server asked to wait (0: none), None where it is settled."""
        address = self.addresses[url]
        self.tell(sum(one.outcome in SETTLED for one in self.addresses.values()), len(self.addresses), url)
        row = articles.find(self.rooms.store, url)
        seen = Look(Looked("known", "read before", article_id=row["id"]), offhand=True) if row else look(self.rooms, address, self.known)
        if not seen.offhand:
            self.asked.add(url)
            self.silent = 0 if seen.answered else self.silent + 1
            self.done.answered += seen.answered
        with self.rooms.store.transaction():
            looked = self._stored(seen)
            backfills.record(self.rooms.store, url, looked)
        self.done.outcomes.update([looked.outcome] if looked.outcome in SETTLED else [])
        looks = address.looks + 1 if looked.outcome == address.outcome else 1
        self.addresses[url] = replace(address, outcome=looked.outcome, looks=looks)
        return None if looked.outcome in SETTLED else seen.retry_after or 0.0

    def _stored(self, seen: Look) -> Looked:
        if seen.read is None:
            return seen.looked
        kept = keep(self.rooms, seen.read, self.done)
        if seen.looked.outcome != "relevant":
            return seen.looked
        return replace(seen.looked, article_id=kept.article_id, outcome="relevant" if kept.new else "known")


@dataclass(frozen=True, slots=True)
class Kept:
    """What was stored of one page: its article's id (None where it is none), whether that is ``new``, and the id of its capture."""

    article_id: int | None
    new: bool
    capture_id: int | None


def keep(rooms: Rooms, read: Read, done: Backfilled) -> Kept:
    """Store what was read of one address, its captures, and what follows from it, without alerts; part of the transaction in hand.

    Adds to ``done``.
    """
    capture_id = entries.capture(rooms.store, read.capture) if read.capture else None
    for file in read.attached:
        entries.capture(rooms.store, file)
    number = store(rooms, read.reading, capture_id=capture_id) if read.reading else None
    done.concluded += conclude(rooms, (number,) if number else (), alert=False)
    done.new += number is not None
    if read.around is not None:
        furniture.learn(rooms, *read.around)
    standing_id = _standing(rooms, read.reading) if number is None and read.reading else number
    return Kept(standing_id, number is not None, capture_id)


def _standing(rooms: Rooms, reading: Reading) -> int | None:
    row = articles.find(rooms.store, reading.article.canonical_url or reading.article.url)
    return int(row["id"]) if row else None
