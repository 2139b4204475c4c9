"""The first time that a watched party speaks of what others have named before."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.model.flag import JOINT, Finding, Life
from scraper.model.initiative import SeenName
from scraper.stages.flagging.counting import THIN, from_before, own_words, sureness, told


def first_by_party(life: Life, parties: Sequence[str]) -> tuple[Finding, ...]:
    """Return a finding for each event at which parties first name an initiative that somebody else named at an earlier one.

    A party names it in the words of its own side, or in a joint text, which all sign. Several parties at one event are one finding.
    Of one that the registry knows from before our data that is hardly sure.
    """
    names = told(life)
    firsts: dict[int, list[tuple[str, SeenName]]] = {}
    for party in parties:
        first = next((one for one in names if own_words(one) and one.side in (party, JOINT)), None)
        if first is not None and first.event_id:
            firsts.setdefault(first.event_id, []).append((party, first))
    made = (_finding(life, names, said) for said in firsts.values())
    return tuple(finding for finding in made if finding is not None)


def _finding(life: Life, names: Sequence[SeenName], said: Sequence[tuple[str, SeenName]]) -> Finding | None:
    one = next(name for name in names if any(name is first for _, first in said))
    before = [name for name in names if name.date < one.date and name.event_id != one.event_id]
    if not before:
        return None
    party = ",".join(party for party, _ in said)
    reason = f"first named in a text of {party}; before that by {before[0].side or 'the press'} on {before[0].date}"
    if from_before(life, names):
        reason += ", but it is older than our data"
    return Finding(
        "first_by_party", one.statement_id, one.event_id, life.initiative_id, one.mention_id, comparator_id=before[-1].statement_id,
        party=party, reason=reason, confidence=THIN if from_before(life, names) else sureness(one),
    )  # fmt: skip
