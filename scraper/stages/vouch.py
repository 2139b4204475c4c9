"""Whether an answer that could be read vouches for its source: not when it is empty, stale against its own rhythm, or leaves a gap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from scraper.model.moment import parse_utc
from scraper.model.source import Entry, Source, SourceState

QUIET_DAYS = 14.0
"""A source without a limit of its own is never called stale sooner."""

QUIET_GAPS = 6.0
"""How many times its longest ordinary pause a source may be silent."""

FEWEST = 3
"""Dated entries from which a rhythm can be told."""


def vouch(now: datetime, source: Source, state: SourceState, entries: Sequence[Entry], *, searched: bool = False) -> tuple[str, str]:
    """Return ok, empty, stale or gap, and why as a sentence (empty for ok).

    ``state`` is as it was before this poll. ``searched``: the page answers a search, where no entries mean that there is nothing.
    Stale: the newest entry is older than ``source.stale_after`` days or, where that is 0, than the source's own rhythm allows
    (:func:`patience`). Gap: every entry is newer than the newest seen before, so that something between may be missed.
    """
    if not entries:
        return ("ok", "") if searched else ("empty", "the page holds no entries")
    times = sorted(entry.published.at for entry in entries if entry.published)
    if not times:
        return "ok", ""
    silent = _days(now, times[-1])
    allowed = source.stale_after or patience(times)
    if allowed and silent > allowed:
        return "stale", f"the newest entry is {silent:.0f} days old; {allowed:.0f} would be usual at most"
    if leaves_gap(state.newest_entry, entries):
        return "gap", f"the oldest entry ({times[0]}) is newer than the newest seen before ({state.newest_entry})"
    return "ok", ""


def patience(times: Sequence[str]) -> float:
    """Return how many days a source that published at ``times`` (sorted) may be silent before it is stale; 0 where no rhythm can be told."""
    if len(times) < FEWEST:
        return 0.0
    longest = max(_days(parse_utc(later), earlier) for earlier, later in pairwise(times))
    return max(QUIET_DAYS, QUIET_GAPS * longest)


def leaves_gap(newest_seen: str, entries: Sequence[Entry]) -> bool:
    """Tell whether all entries are dated and newer than ``newest_seen`` (by the day where one of the two has no time)."""
    times = sorted(entry.published.at for entry in entries if entry.published)
    if not newest_seen or not times or len(times) < len(entries):
        return False
    width = 10 if 10 in (len(times[0]), len(newest_seen)) else None
    return times[0][:width] > newest_seen[:width]


def _days(now: datetime, then: str) -> float:
    return (now - parse_utc(then)).total_seconds() / 86400
