"""When a source is polled next, and which sources are due. Pure: the time is handed in, chance is a hash of the source's id.

Three rules stand over all others. A source is never given up: whatever happens, it is asked again within a day. An official
source that answers is never asked later than its interval says, since statements come out there first. And what a server asks
for (``Retry-After``, RFC 9110 10.2.3) is granted within that day.

While a government is expected to speak (:class:`scraper.model.window.Calendar`) its official sources that answer are asked every
3 to 5 minutes. The press alone is adapted to: asked sooner while it brings what could be of interest, more slowly the longer it has
been silent, and not before its server says that a copy has grown old.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from scraper.model.moment import parse_utc, utc
from scraper.model.source import Source, SourceState
from scraper.model.window import Calendar

WELL = frozenset({"ok", "not_modified", "stale", "gap"})
"""Outcomes in which the source answered and showed items. What is wrong with it (stale, gap) is not mended by waiting."""

SPREAD = 0.1
"""The part of the interval by which sources are moved apart."""

WINDOW_MINUTES = (3.0, 5.0)
"""The least and the most minutes between two polls inside a window; what the calendar says is brought between them."""

QUICKEST = 5.0
"""Minutes below which nothing of interest makes the press be asked more often."""

SLOWER, SLOWEST = 3.0, 120.0
"""How many intervals the press waits at most because it is silent, and how many minutes (or one interval, where that is longer)."""

SHARE = 0.1
"""The part of its silence after which the press is asked again: a tenth, as caches judge the age of a page (RFC 9111 4.2.2)."""

_LEAST = 1.0
_NOTHING_EXPECTED = Calendar()
_MOST = 24 * 60.0
_PRESS_BOUND = 6 * 60.0
_OFFICIAL_BOUND = 60.0
_MOST_ASKED = 60.0
_MOST_DOUBLINGS = 12
_DATE = 10


def next_poll(
    now: datetime,
    source: Source,
    state: SourceState,
    outcome: str,
    *,
    ttl: float | None = None,
    fresh: float | None = None,
    retry_after: float | None = None,
    newest: str = "",
    interest: bool = False,
    windows: Calendar = _NOTHING_EXPECTED,
) -> datetime:
    """Return when ``source`` is polled next, after a poll that ended ``now`` with ``outcome`` (out of OUTCOMES).

    ``state`` is as it was before this poll: its ``failures`` are the consecutive failures before this one. ``ttl`` is minutes
    the publisher asks for (``Discovery.ttl``), ``fresh`` seconds for which the answer may be kept (``answers.fresh_for``),
    ``retry_after`` seconds the server asks for (``FetchError.retry_after``); values that are no positive number count as none.
    ``newest`` is the latest time of publication in the answer (``""``: none), ``interest`` that it brought entries, unknown
    before, which could be of interest.

    - After an answer: the interval; after a gap (items were lost between two polls) half the interval.
    - The press besides: half the interval after ``interest``, but not below QUICKEST; otherwise SHARE of the time since its newest
      entry, from the interval up to SLOWER intervals, and SLOWEST minutes. At least ``ttl`` and ``fresh``, which count up to an hour,
      so that a server that errs puts no source to sleep. None of these holds for an official source.
    - After a failure (empty, blocked, and all errors): the interval doubled with each failure in a row, up to 6 hours for
      the press and 1 hour for official sources, never less than the interval.
    - The spread, up to a tenth of the interval and the same for a source every time, parts sources that would otherwise
      fall on the same minute: later for the press and after failures, earlier for an official source that answers.
    - An official source that answers, inside one of the ``windows`` of its party: after the window's minutes (3 to 5), where that
      is sooner; where a window begins before the next poll, at its beginning, but not within 3 minutes.
    - ``retry_after`` bounds the result from below, a day from above (or the interval, where that is longer).
    """
    interval = max(source.interval, _LEAST)
    shift = spread(source.id) * SPREAD * interval
    if outcome not in WELL:
        minutes = _backed_off(interval, state.failures + 1, official=source.official) + shift
    elif source.official:
        minutes = _watched(now, source, _pace(interval, outcome) - shift, windows)
    else:
        wanted = min(max(_positive(ttl), _positive(fresh) / 60), _MOST_ASKED)
        adapted = _adapted(interval, _silence(now, max(state.newest_entry, newest)), interest=interest)
        minutes = max(_pace(interval, outcome) if outcome == "gap" else adapted, wanted) + shift
    asked = _positive(retry_after) / 60
    return now + timedelta(minutes=min(max(minutes, asked), max(_MOST, interval * (1 + SPREAD))))


def due(now: datetime, sources: Iterable[Source], states: Mapping[str, SourceState]) -> tuple[Source, ...]:
    """Return the enabled sources whose time has come: official ones first, then those that have waited longest.

    ``states`` are by source id; a source without a state, or never polled, has waited for ever. A time further ahead than
    any that :func:`next_poll` gives was written by a clock that ran fast, and counts as due. Equal waits are ordered by rank
    within the publisher, then by id.
    """
    waiting = [(source, states.get(source.id, SourceState(source.id)).next_poll_at) for source in sources if source.enabled]
    ready = [(source, at) for source, at in waiting if _has_come(now, source, at)]
    return tuple(source for source, _ in sorted(ready, key=lambda pair: (not pair[0].official, pair[1], pair[0].rank, pair[0].id)))


def spread(source_id: str) -> float:
    """Return a number from 0 to 1 that is always the same for an id and even over many ids."""
    return int.from_bytes(hashlib.sha256(source_id.encode()).digest()[:4]) / 0xFFFFFFFF


def _pace(interval: float, outcome: str) -> float:
    return max(interval / 2, _LEAST) if outcome == "gap" else interval


def _adapted(interval: float, silence: float, *, interest: bool) -> float:
    """The press's minutes: what a page that is full of news loses between two polls is lost, and a silent one costs only requests."""
    if interest:
        return min(interval, max(interval / 2, QUICKEST))
    return min(max(SHARE * silence, interval), max(interval, min(SLOWER * interval, SLOWEST)))


def _silence(now: datetime, newest: str) -> float:
    """Minutes since the newest entry; since the end of its day where it has no time, and none where nothing is dated."""
    if not newest:
        return 0.0
    known_until = parse_utc(newest) + timedelta(days=len(newest) == _DATE)
    return max((now - known_until) / timedelta(minutes=1), 0.0)


def _watched(now: datetime, source: Source, minutes: float, windows: Calendar) -> float:
    """The minutes as the windows of the source's party shorten them, never below what a window may ask for."""
    least, most = WINDOW_MINUTES
    for window in windows.concerning(source.party, now, now + timedelta(minutes=minutes)):
        wanted = window.minutes - spread(source.id) * SPREAD * window.minutes
        begins = (window.start - now) / timedelta(minutes=1)
        minutes = min(minutes, max(begins, least) if begins > 0 else min(max(wanted, least), most))
    return minutes


def _backed_off(interval: float, failures: int, *, official: bool) -> float:
    bound = max(_OFFICIAL_BOUND if official else _PRESS_BOUND, interval)
    return min(interval * 2.0 ** min(failures, _MOST_DOUBLINGS), bound)


def _positive(value: float | None) -> float:
    return value if value is not None and math.isfinite(value) and value > 0 else 0.0


def _has_come(now: datetime, source: Source, at: str) -> bool:
    furthest = now + timedelta(minutes=max(_MOST, source.interval * (1 + SPREAD)) + _LEAST)
    return not at or at <= utc(now) or parse_utc(at) > furthest
