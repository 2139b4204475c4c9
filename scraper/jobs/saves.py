"""The one request to a public archive that may be under way beside the beat: a thread does the network, the beat alone writes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from scraper.model.source import Page
from scraper.storage.store import Row


class Saves:
    """At most one request; begun by a beat, asked after by a later one, waited for by none. One thread at a time may use it."""

    def __init__(self) -> None:
        self._under_way: tuple[Row, Future[Page]] | None = None

    @property
    def busy(self) -> bool:
        """Whether a request was begun and not yet taken by :meth:`ended`."""
        return self._under_way is not None

    def begin(self, row: Row, work: Callable[[], Page]) -> None:
        """Have a thread do ``work`` for a row; nothing may be under way."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="public-archive")
        self._under_way = (row, pool.submit(work))
        pool.shutdown(wait=False)

    def ended(self) -> tuple[Row, Future[Page]] | None:
        """Return the row and the answer of a request that has come to its end, once; None while there is none."""
        if self._under_way is None or not self._under_way[1].done():
            return None
        done, self._under_way = self._under_way, None
        return done

    def wait(self, seconds: float) -> bool:
        """Wait so long for the request under way; return whether none is under way any more that has not ended."""
        return self._under_way is None or not wait((self._under_way[1],), seconds).not_done
