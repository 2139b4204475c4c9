"""A stray byte in text that is written in pairs of bytes: without care it shifts every character after it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from scraper.charsets.frequency import bits

_LANGUAGE = {"euc_jp": "ja", "cp949": "ko"}
# Runs of high bytes that cannot be pairs: odd ones, but for CP949's syllables that end in a letter.
_ODD = {
    "euc_jp": re.compile(rb"(?<![\x80-\xff])(?:[\x8e\xa1-\xfe]{2})++[\x8e\xa1-\xfe](?![\x80-\xff])(?=.)", re.DOTALL),
    "cp949": re.compile(rb"(?<![\x80-\xff])(?:[\x81-\xfe]{2})++[\x81-\xfe](?![\x80-\xffA-Za-z])(?=.)", re.DOTALL),
}
_LONGEST, _MOST = 6_000, 20_000
_NO_PAIR = 30.0
_NOTHING = b"\xff"


def without_stray(body: bytes, name: str) -> bytes:
    """Return ``body`` with 0xFF, which no codec reads, for the byte of each odd run without which the run is the likeliest text.

    Only of EUC's two (``euc_jp``, ``cp949``); of more than 20,000 bytes in such runs the rest is left.
    """
    if name not in _ODD:
        return body
    pieces, done, left = [], 0, _MOST
    for found in _ODD[name].finditer(body):
        run = found.group()
        left -= len(run)
        if left < 0:
            break
        if len(run) <= _LONGEST:
            at = found.start() + _stray(run, name)
            pieces += [body[done:at], _NOTHING]
            done = at + 1
    return b"".join((*pieces, body[done:])) if pieces else body


def _stray(run: bytes, name: str) -> int:
    """Where the byte stands without which the rest, in pairs before it and in pairs behind it, takes the fewest bits."""
    ahead = [*accumulate((_cost(run[i : i + 2], name) for i in range(0, len(run) - 1, 2)), initial=0.0)]
    behind = [*accumulate((_cost(run[i - 2 : i], name) for i in range(len(run), 1, -2)), initial=0.0)]
    behind.reverse()
    return 2 * min(range(len(ahead)), key=lambda pair: ahead[pair] + behind[pair])


@lru_cache(maxsize=16_384)
def _cost(pair: bytes, name: str) -> float:
    try:
        char = pair.decode(name)
    except UnicodeDecodeError:
        return _NO_PAIR
    return sum(bits(one, _LANGUAGE[name]) for one in char)
