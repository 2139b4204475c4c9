"""The state of an initiative by its dated mentions; a report never raises it above what a government's own text says."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.model.initiative import SeenName

STRENGTH = ("reaffirmed", "scheduled", "proposed", "resumed", "convened", "announced", "established", "renamed")
"""Of several states of one date the last of these is taken; what is not among them (not_mentioned) is derived and says nothing of the state."""


def state_of(seen: Sequence[SeenName]) -> str:
    """Return the state by the last date that says one, or ``""``.

    Of that date a government's own texts are believed before reports. Where there are only reports of it, their state counts as far as
    the strongest that governments' texts had given until then; where no such text names it, reports are all there is.
    """
    dated = [one for one in seen if one.status in STRENGTH]
    if not dated:
        return ""
    last = max(one.date for one in dated)
    official = [one for one in dated if one.official]
    final = [one for one in dated if one.date == last]
    primary = [one for one in final if one.official]
    if primary or not official:
        return _strongest(primary or final)
    return min(_strongest(final), _strongest(official), key=STRENGTH.index)


def _strongest(seen: Sequence[SeenName]) -> str:
    return max((one.status for one in seen), key=STRENGTH.index)
