"""How much work a piece of code is, told beside a piece of work whose size is known: on a busy machine both take longer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


def _piece() -> float:
    """The processor time of this thread for one piece of work: some 20 ms of counting words."""
    began = time.thread_time()
    counts: dict[str, int] = {}
    for number in range(100_000):
        word = f"w{number % 977}"
        counts[word] = counts.get(word, 0) + 1
    return time.thread_time() - began


@contextmanager
def effort(most: float) -> Iterator[None]:
    """Refuse what takes more than ``most`` times as much processor time of this thread as a piece of work, done before and after it."""
    before = _piece()
    began = time.thread_time()
    yield
    taken = time.thread_time() - began
    assert taken <= most * max(before, _piece()), f"{taken / before:.0f} pieces of work, at most {most}"
