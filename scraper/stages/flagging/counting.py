"""Which mentions count, and in which order: a copy never does."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.model.flag import Life
from scraper.model.initiative import SeenName
from scraper.model.wording import FULL_GRADES

OWN_GRADES = ("official", "official_translation")
_BARE_DATE = len("2026-01-31")

UNSURE = 0.75
"""How sure a finding is that rests on a report, while the primary text was not seen."""
THIN = 0.4
"""How sure a first is of something that is older than our data."""


def counts(one: SeenName) -> bool:
    """Tell whether a mention counts: it stands in a government's own text, or in the text whose words the statement has."""
    return one.lead or (one.official and one.grade in OWN_GRADES)


def own_words(one: SeenName) -> bool:
    """Tell whether it counts and stands in the words of a government, whoever printed them."""
    return counts(one) and not one.placeholder and one.grade in FULL_GRADES


def order(one: SeenName) -> tuple[str, bool, str, str, str, int]:
    """The order in which mentions count: date of the statement, a government's own text first, then publication, address and name."""
    published = f"{one.published}T24" if len(one.published) == _BARE_DATE else one.published
    return one.date, not one.official, published or "9999", one.url, one.name, one.mention_id


def told(life: Life) -> list[SeenName]:
    """The mentions of an initiative that count and have a date, earliest first."""
    return sorted((one for one in life.names if one.date and counts(one)), key=order)


def sureness(one: SeenName) -> float:
    """How sure a finding is that rests on a mention, 0 to 1."""
    return round(one.confidence * (UNSURE if one.placeholder else 1.0), 2)


def from_before(life: Life, names: Sequence[SeenName]) -> bool:
    """Tell whether the registry knows the initiative from before our first mention of it; ``names`` are those that count, in their order."""
    known = life.known and bool(names)
    return known and (not life.first_mentioned or names[0].date[: len(life.first_mentioned)] > life.first_mentioned)
