"""What is known to have happened before this house watched: acts by date, place and level, and which event of ours each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812  a field of Act has its name
from datetime import timedelta
from functools import lru_cache
from typing import Final

LATE: Final = 7
"""Days between an act and an event of ours that holds one of the act's own pages: the date of a report may be taken for the act's."""
NEAR: Final = 3
"""The same where level and place are the same."""
STATED: Final = 1
"""The same otherwise: the day may differ by the zone that a writer lives in."""
SHARED: Final = frozenset({"", "officials", "ministers_other", "envoys", "forces"})
"""Levels on which several acts may take place on a day. The offices of all others are held by one person each, who is in one place."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act of history.toml.

    ``date`` is ``YYYY-MM-DD`` at the place of the act, or ``YYYY-MM`` or ``YYYY`` where no more is known; ``until`` the last day of one
    of several days, or empty. ``level`` and ``place`` are ids of watch.toml, empty where unknown; ``names`` what it is called in other
    languages, ``document`` what came out of it, ``addresses`` where a text or a report of it was found.
    """

    id: str
    date: str
    name: str
    level: str = ""
    place: str = ""
    until: str = ""
    document: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    addresses: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[Day, Day]:
        """The first and the last day that the act may have been on; raises ValueError for a date that is none."""
        return _days(self.date, self.until)

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return len(self.date) == len("2026-11-21")


@lru_cache(maxsize=1024)
def _days(written: str, until: str) -> tuple[Day, Day]:
    parts = [int(part) for part in written.split("-")]
    first = Day(parts[0], *(parts[1:2] or [1]), *(parts[2:3] or [1]))
    if until:
        return first, Day.fromisoformat(until)
    if len(parts) == 3:
        return first, first
    following = Day(first.year + 1, 1, 1) if len(parts) == 1 or first.month == 12 else Day(first.year, first.month + 1, 1)
    return first, following - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class History:
    """The whole of history.toml: ``events`` in the file's order; ``archive`` is the address of a public archive's copy with ``{url}`` and
    ``{day}`` (YYYYMMDD) in it, empty for none; ``store`` how much may be kept of pages whose site is no source (full, excerpt, link)."""

    events: tuple[Act, ...] = ()
    archive: str = ""
    store: str = "excerpt"


@dataclass(frozen=True, slots=True)
class Told:
    """An event that texts of ours tell of: its ``date`` (``YYYY-MM-DD`` or empty), and the canonical ``urls`` of its articles."""

    id: int
    date: str
    level: str = ""
    place: str = ""
    urls: frozenset[str] = frozenset()


def shifted(day: Day, days: int) -> str:
    """Return the day (``YYYY-MM-DD``) so many days after another, or the calendar's end on that side."""
    return Day.fromordinal(min(max(day.toordinal() + days, 1), Day.max.toordinal())).isoformat()


Fit = tuple[int, int, int, int]
"""How well an act and an event agree: a page in common, the place, the level, and days apart below zero."""


def fit(act: Act, pages: frozenset[str], told: Told) -> Fit | None:
    """Return how well an event of ours agrees to be ``act``, whose canonical addresses are ``pages``; None where it does not.

    Two known levels never differ. One of the act's own pages in it is evidence enough within LATE days. Else the places are the same, or one
    is unknown and the level the same, or the level is one whose offices are held by one person each: within STATED days, within NEAR where level and
    place are the same. An act of which only the month or year is known needs such a level, and the place.
    """
    gap = _apart(act, told)
    shared = bool(pages & told.urls)
    level, place = _match(act.level, told.level), _match(act.place, told.place)
    if gap > LATE or level < 0 or not (shared or gap <= _tolerance(act, level, place)):
        return None
    return int(shared), place, level, -gap


def _apart(act: Act, told: Told) -> int:
    """Days between an event and the days of an act, more than any tolerance where one is unknown."""
    try:
        day = Day.fromisoformat(told.date)
    except ValueError:
        return LATE + 1
    first, last = act.days
    return max((first - day).days, (day - last).days, 0)


def _match(one: str, other: str) -> int:
    if not one or not other:
        return 0
    return 1 if one == other else -1


def _tolerance(act: Act, level: int, place: int) -> int:
    """Days that may lie between the two, below zero where even one day would not do."""
    single = level > 0 and act.level not in SHARED
    if not act.exact:
        return 0 if single and place > 0 else -1
    if single and place > 0:
        return NEAR
    return STATED if place > 0 or single or (level > 0 and place == 0) else -1


def assigned(acts: Sequence[tuple[Act, frozenset[str]]], told: Sequence[Told]) -> dict[str, int]:
    """Return by id of act the id of the event that it is: each act one event and each event one act, those that agree best first.

    The answer depends neither on the order of ``acts`` nor on that of ``told``; where all else is equal the earlier date, then the
    smaller id goes first. Acts that are no event of ours are left out.
    """
    pairs = [(how, act, one) for act, pages in acts for one in told if (how := fit(act, pages, one)) is not None]
    pairs.sort(key=lambda pair: (tuple(-part for part in pair[0]), pair[1].date, pair[1].id, pair[2].date, pair[2].place, pair[2].id))
    found: dict[str, int] = {}
    taken: set[int] = set()
    for _, act, one in pairs:
        if act.id not in found and one.id not in taken:
            found[act.id] = one.id
            taken.add(one.id)
    return found


def clusters(acts: Iterable[Act]) -> tuple[tuple[Act, ...], ...]:
    """Return the acts in parts by date: no event can be that of an act of one part and of another, so each can be assigned alone."""
    parts: list[list[Act]] = []
    end = Day.min
    for act in sorted(acts, key=lambda act: (act.days, act.id)):
        first, last = act.days
        if parts and (first - end).days <= 2 * LATE:
            parts[-1].append(act)
        else:
            parts.append([act])
        end = max(end, last)
    return tuple(tuple(part) for part in parts)
