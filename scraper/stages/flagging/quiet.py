"""Silences: times in which an initiative was not named, and its return."""

from __future__ import annotations

from collections.abc import Iterable

from scraper.model.flag import Finding, Life, Silence
from scraper.stages.flagging.counting import told

_MONTHS = 12


def silences(life: Life, months: int) -> tuple[Silence, ...]:
    """Return the times of at least so many months in which an initiative was not named."""
    names = told(life)
    last: dict[str, int] = {}
    found: list[Silence] = []
    previous = ""
    for one in names:
        if previous and one.date != previous and _later(previous, months) <= one.date:
            found.append(Silence(life.initiative_id, previous, one.date, last[previous], one.statement_id, one.mention_id, one.event_id))
        last.setdefault(one.date, one.statement_id)
        previous = one.date
    return tuple(found)


def revived(quiet: Iterable[Silence], least: int) -> tuple[Finding, ...]:
    """Return a finding for each silence in which at least so many official statements were made; in fewer our data is merely thin."""
    return tuple(
        Finding(
            "revived", one.statement_id, one.event_id, one.initiative_id, one.mention_id, comparator_id=one.before_id,
            reason=f"not named between {one.since} and {one.until}, while at least {least} official statements were made", confidence=0.9,
        )
        for one in quiet
        if one.event_id and one.spoken >= least
    )  # fmt: skip


def _later(date: str, months: int) -> str:
    """The date so many months later; a day that month does not have is taken for its last (dates compare as strings)."""
    year, month = divmod(int(date[:4]) * _MONTHS + int(date[5:7]) - 1 + months, _MONTHS)
    return f"{year:04d}-{month + 1:02d}{date[7:]}"
