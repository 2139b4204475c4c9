"""Flags for initiatives named for the first time, by the date of the statement and not of arrival."""

from __future__ import annotations

from scraper.model.initiative import Flag, Found, Initiative, Registry, SeenName
from scraper.stages.initiatives.deciding import WIDER
from scraper.stages.initiatives.resolve import arrival

FLAG_AT = 0.6
"""Confidence below which an unknown name is kept but raises no flag: topics and activities (0.5 to 0.59) are not announced to anybody."""


def firsts(found: tuple[Found, ...], seen: tuple[SeenName, ...], registry: Registry) -> tuple[Flag, ...]:
    """Return a new_initiative flag for each initiative whose first naming is among ``seen``, at its earliest mention.

    One that the registry does not know is flagged if its confidence reaches FLAG_AT (basis in_our_data). A known one of the watched
    parties is flagged only where the earliest mention is not later than the registry's ``first_mentioned`` (basis ever). A mention below
    FLAG_AT proves nothing by itself: the earliest that reaches it is the proof, at the date of the earliest of all. A wider body is none
    of their own, and never flagged.
    """
    by_id = {one.mention_id: one for one in seen}
    flags = (_flag(one, [by_id[key] for key in one.mention_ids if key in by_id], registry) for one in found)
    return tuple(flag for flag in flags if flag is not None)


def _flag(found: Found, seen: list[SeenName], registry: Registry) -> Flag | None:
    if not seen or found.scope == WIDER:
        return None
    ordered = sorted(seen, key=arrival)
    proof = _proof(ordered)
    if found.known:
        return _known_flag(found, proof, registry.get(found.id))
    if found.confidence < FLAG_AT:
        return None
    return Flag("new_initiative", "in_our_data", found.id, proof.mention_id, proof.statement_id, _reason(found), found.confidence)


def _proof(ordered: list[SeenName]) -> SeenName:
    """The earliest mention; of those of its date the first that is sure by itself."""
    same_day = [one for one in ordered if one.date == ordered[0].date]
    return next((one for one in same_day if one.confidence >= FLAG_AT), ordered[0])


def _known_flag(found: Found, proof: SeenName, known: Initiative | None) -> Flag | None:
    if known is None or not known.trilateral or not known.first_mentioned or not proof.date:
        return None
    if proof.date[: len(known.first_mentioned)] > known.first_mentioned:
        return None
    reason = f"the registry has no mention before {known.first_mentioned}, and this one is of {proof.date}"
    return Flag("new_initiative", "ever", found.id, proof.mention_id, proof.statement_id, reason, 1.0)


def _reason(found: Found) -> str:
    near = f"; nearest known: {found.nearest[0].name} ({found.nearest[0].why})" if found.nearest else ""
    return f"{found.reason}{near}"
