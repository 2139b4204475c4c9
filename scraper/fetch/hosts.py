"""Good manners toward hosts: one request at a time, a least time between two, and the waits that servers ask for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from scraper.errors import FetchError

LONGEST_SLEEP = 120.0
"""Seconds that a thread waits for its turn at most; a longer wait is refused, so that one slow site binds no worker."""

LONGEST_WINDOW = 86_400.0
"""Seconds for which a server's Retry-After is believed at most."""

_MANY = 2_000


@dataclass(slots=True)
class _Slot:
    lock: threading.Lock = field(default_factory=threading.Lock)
    users: int = 0
    last: float = float("-inf")
    free: float = float("-inf")


class Hosts:
    """Whose turn it is at which host, for all threads. Times are seconds of ``monotonic``; ``sleep`` waits that long."""

    def __init__(self, monotonic: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._slots: dict[str, _Slot] = {}
        self._windows: dict[str, float] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()

    def close(self) -> None:
        """Refuse every turn from now on, also to those that wait for one."""
        self._closed.set()

    def check_open(self) -> None:
        """Raise FetchError ``connect`` once closed."""
        if self._closed.is_set():
            raise FetchError("the fetcher was closed", code="connect")

    def asked_to_wait(self, site: str, seconds: float) -> None:
        """Remember that a site asked for no request within ``seconds`` (Retry-After, RFC 9110 10.2.3)."""
        until = self._monotonic() + min(seconds, LONGEST_WINDOW)
        with self._lock:
            self._windows[site] = max(until, self._windows.get(site, until))
            if len(self._windows) > _MANY:
                self._windows = {key: end for key, end in self._windows.items() if end > self._monotonic()}

    def check_window(self, site: str) -> None:
        """Raise FetchError ``http`` with status 429 and the seconds left where the site asked to be left alone."""
        with self._lock:
            left = self._windows.get(site, float("-inf")) - self._monotonic()
        if left > 0:
            raise FetchError(f"{site} asked to wait {left:.0f} s more", code="http", status=429, retry_after=left)

    @contextmanager
    def turn(self, host: str, delay: float, *, counts: bool = True) -> Iterator[None]:
        """Wait for the host's turn and hold it: no other request to it begins meanwhile, nor ``delay`` seconds after this start.

        A request that does not count (robots.txt) is spaced itself, but a longer delay is not measured from it. Raises
        FetchError ``robots`` where the wait would be longer than LONGEST_SLEEP.
        """
        slot = self._entered(host)
        try:
            with slot.lock:
                self._await(host, slot, delay)
                started = self._monotonic()
                slot.free = started + delay
                if counts:
                    slot.last = started
                yield
        finally:
            self._left(slot)

    def _await(self, host: str, slot: _Slot, delay: float) -> None:
        self.check_open()
        wait = max(slot.free, slot.last + delay) - self._monotonic()
        if wait > LONGEST_SLEEP:
            raise FetchError(f"{host} may be asked again in {wait:.0f} s", code="robots", retry_after=wait)
        if wait > 0:
            self._sleep(wait)
            self.check_open()

    def _entered(self, host: str) -> _Slot:
        with self._lock:
            if len(self._slots) > _MANY:
                self._forget()
            slot = self._slots.setdefault(host, _Slot())
            slot.users += 1
            return slot

    def _left(self, slot: _Slot) -> None:
        with self._lock:
            slot.users -= 1

    def _forget(self) -> None:
        # A host that has been silent for an hour needs no memory of its last request.
        past = self._monotonic() - 3_600.0
        self._slots = {host: slot for host, slot in self._slots.items() if slot.users or slot.free > past}
