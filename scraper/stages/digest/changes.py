"""How the watched formulae changed between two comparable statements, the strongest change first.

The order: a formula that moved to another variant; one that was dropped though its topic is spoken of; one taken up where its topic was
spoken of without it; one that is new with its topic. Of a kind a whole exchange stands before one that kept a variant, and then the order
of the configuration counts. A formula whose topic the later statement does not speak of has not changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from scraper.model.digest import CHANGES
from scraper.model.wording import ABSENT, FormulaRow


def strongest(rows: Sequence[FormulaRow], order: Sequence[str]) -> tuple[tuple[str, FormulaRow], ...]:
    """Return the kind of each change (out of CHANGES) with its row, strongest first; ``order`` are the ids of the formulae as configured."""
    places = {formula: place for place, formula in enumerate(order)}
    found = [(kind, row) for row in rows if (kind := _kind(row))]
    return tuple(sorted(found, key=lambda one: (CHANGES.index(one[0]), _kept(one[1]), places.get(one[1].formula, len(places)))))


def _kind(row: FormulaRow) -> str:
    before, after = ({stand.variant for stand in side} for side in (row.before, row.after))
    if not after or before == after or (not before and after == {ABSENT}):
        return ""
    if after == {ABSENT}:
        return "dropped"
    if before == {ABSENT}:
        return "taken_up"
    return "moved" if before else "new"


def _kept(row: FormulaRow) -> bool:
    """Whether a variant stands in both."""
    return bool({stand.variant for stand in row.before} & {stand.variant for stand in row.after})
