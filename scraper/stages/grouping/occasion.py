"""The act a sighting tells of, as far as it says: day, level, place, who; and whether two tell of one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from scraper.model.grouping import Sighting
from scraper.stages.grouping.subjects import MARK

WINDOW: Final = 3
"""Days between two sightings of one act where a day is only inferred from the publication, or where level and place agree."""
LATE: Final = 7
"""The same where a day is only inferred and level and place agree: reports come out for a week."""
STATED_WINDOW: Final = 1
"""The same where both state the day: it may differ by the zone the writer lives in."""
_LAST: Final = date.max.toordinal() - LATE


@dataclass(frozen=True, slots=True)
class Occasion:
    """An act: ``day`` as a proleptic Gregorian ordinal (0: unknown), ``level``, ``place`` (empty: unknown), ``names`` and initiatives.

    ``firm`` tells that it is said by a text of a government or of all of them, not by a report, whose dateline may be taken for the place.
    """

    day: int
    stated: bool
    level: str
    place: str
    names: frozenset[str] = frozenset()
    firm: bool = False

    @property
    def said(self) -> tuple[int, bool, str, str, bool]:
        """All of it on which hangs whether two occasions agree; names only say how well."""
        return self.day, self.stated, self.level, self.place, self.firm

    def contradicts(self, other: Occasion) -> bool:
        """Tell whether both state a day and the days lie further apart than one act's."""
        return self.stated and other.stated and abs(self.day - other.day) > WINDOW

    def apart(self, other: Occasion) -> int:
        """Return how many days two acts lie apart, 0 where one day is not known."""
        return abs(self.day - other.day) if self.day and other.day else 0

    def likeness(self, other: Occasion) -> str:
        """Return in words what two acts have in common: ``same date, level and place``, ``dates 2 days apart, same level``."""
        gap = abs(self.day - other.day)
        same = ["date"] * (gap == 0) + [
            word for word in ("level", "place") if getattr(self, word) and getattr(self, word) == getattr(other, word)
        ]
        parts = [f"dates {gap} days apart" if gap > 1 else "dates a day apart"] * (gap > 0)
        listed = " and ".join(filter(None, (", ".join(same[:-1]), *same[-1:])))
        return ", ".join(parts + [f"same {listed}"] * bool(listed))


def occasion_of(sighting: Sighting) -> Occasion:
    """Return the act a sighting tells of; without a date of its own the day it was published on stands in."""
    day = ordinal(sighting.date) or ordinal(sighting.published)
    stated = sighting.date_stated and bool(ordinal(sighting.date))
    return Occasion(
        day,
        stated,
        sighting.level,
        sighting.place,
        frozenset(name for name in sighting.names + sighting.initiatives if not name.startswith(MARK)),
        sighting.official or bool(sighting.side),
    )


@lru_cache(maxsize=4096)
def ordinal(text: str) -> int:
    """Return the ordinal of a string that begins with ``YYYY-MM-DD``, or 0 where it does not or lies at the end of the calendar."""
    try:
        day = date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return 0
    return day if day <= _LAST else 0


def agreement(one: Occasion, other: Occasion) -> float:
    """Return how well two occasions agree to be one act, 0 where they do not.

    Days must lie within the tolerance, and no two known levels may differ. Two known places may differ only where one is a
    report's and day and level agree. Further apart than a day, level or place must be known and the same.
    """
    gap = abs(one.day - other.day)
    if not one.day or not other.day or gap > LATE:
        return 0.0
    level, place = _match(one.level, other.level), _match(one.place, other.place)
    if gap > _tolerance(one, other, level + place) or level < 0 or (place < 0 and not _dateline(one, other, level)):
        return 0.0
    return 1.0 + 2 * level + 2 * place + (LATE - gap) / LATE + min(1.0, len(one.names & other.names) / 4)


def _tolerance(one: Occasion, other: Occasion, matches: int) -> int:
    stated = one.stated and other.stated
    if matches == 2:
        return WINDOW if stated else LATE
    return STATED_WINDOW if stated or matches < 1 else WINDOW


def _dateline(one: Occasion, other: Occasion, level: int) -> bool:
    """Tell whether two places may differ: the one is where a reporter sat, and all else agrees."""
    return level > 0 and abs(one.day - other.day) <= STATED_WINDOW and not (one.firm and other.firm)


def _match(one: str, other: str) -> int:
    if not one or not other:
        return 0
    return 1 if one == other else -1
