"""Where an article stands to its statement: relation, grade, how much of the text it carries, and why, in words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from scraper.model.grouping import GRADES, Placement, Sighting
from scraper.stages.grouping.overlap import Overlap
from scraper.stages.grouping.statements import TOLD, retells
from scraper.stages.grouping.texts import COMPARED, Scene, Text, is_released, order

COPY: Final = 0.5
"""Share of the shorter text, stock language weighing little, from which a reprint is a copy."""
FULL: Final = 0.66
"""The same for an article that reads as a report and does not go through what the text speaks of: reports quote at length."""
_TRANSLATED: Final = re.compile(
    r"仮訳|가번역|비공식\s?번역|번역본|국문\s?번역|(?:unofficial|provisional|courtesy)\s+translation", re.IGNORECASE
)


def lead_of(scene: Scene, text: Text) -> int:
    """Return the position of the lead article: the best grade, then the earliest.

    Among the governments' pages one that calls itself a translation comes last, and the language that most carriers are in is
    taken for the original's; among reprints one whose page marks the text comes first.
    """
    released = [at for at in text.everybody if is_released(scene.sightings[at])]
    spoken = Counter(scene.sightings[at].language for at in released)
    return min(released or text.everybody, key=lambda at: _leading(scene, text, at, spoken))


def _leading(scene: Scene, text: Text, at: int, spoken: Counter[str]) -> tuple[object, ...]:
    here = scene.sightings[at]
    translated = bool(_TRANSLATED.search(here.title))
    reworded = at not in text.members and here.language in {scene.sightings[member].language for member in text.members[:COMPARED]}
    return (not here.official, translated, -spoken[here.language], reworded, not here.marked, order(here))


def placement(scene: Scene, text: Text, at: int, lead: int) -> Placement:
    """Return the place of one article in its statement, measured against the lead."""
    here, found = scene.sightings[at], scene.overlap(at, lead)
    relation, why = _lead_relation(scene, lead) if at == lead else _relation(scene, text, at, lead)
    similarity = 1.0 if at == lead else round(_similarity(scene, at, lead), 3)
    reason = why if at == lead else _reason(scene, (at, lead), why, found)
    if scene.decisions.ties(at, text.everybody):
        reason += "; put together with others here by a person" if at == lead else "; put here by a person"
    return Placement(here.article_id, relation, _grade(relation, here.official), similarity, reason)


def _similarity(scene: Scene, at: int, lead: int) -> float:
    """The share of the shorter text that stands in the other; across languages of its subjects, which the other names in their order."""
    if scene.sightings[at].language == scene.sightings[lead].language:
        return scene.overlap(at, lead).plain
    beside = scene.alongside(at, lead)
    return beside.followed if beside.known else 0.0


def _lead_relation(scene: Scene, lead: int) -> tuple[str, str]:
    here = scene.sightings[lead]
    if not is_released(here):
        return "report", "primary text not yet seen; the earliest report of it"
    if here.official:
        return "original", "published by a government of those who speak"
    return "copy", "a released text reprinted; the original is not in our data"


def _relation(scene: Scene, text: Text, at: int, lead: int) -> tuple[str, str]:
    here, first, found = scene.sightings[at], scene.sightings[lead], scene.overlap(at, lead)
    if here.language != first.language:
        return _foreign(here)
    whole = here.kind not in ("report", "preview") or retells(scene, at, lead)
    if found.share >= (COPY if whole else FULL):
        return "copy", "a reprint"
    if here.official and is_released(here):
        return "copy", "another edition"
    if is_released(first) and _nearest(scene, text, at) >= (COPY if whole else FULL):
        return "copy", "a reprint of another copy"
    if is_released(here) or (is_released(first) and retells(scene, at, lead)):
        return "rewrite", "reworded"
    return "report", "tells of it in its own words"


def _nearest(scene: Scene, text: Text, at: int) -> float:
    """Return what an article shares with the nearest of the text's most authoritative carriers."""
    return max((scene.overlap(at, member).share for member in text.members[:COMPARED] if member != at), default=0.0)


def _foreign(here: Sighting) -> tuple[str, str]:
    """A government translates; a site that prints a full text in another language reprints such a translation."""
    if not is_released(here):
        return "report", "tells of it in another language"
    return ("translation", "the same text in another language") if here.official else ("copy", "a reprint of the text in another language")


def _grade(relation: str, official: bool) -> str:
    if relation == "report":
        return GRADES[4]
    if official:
        return GRADES[1] if relation == "translation" else GRADES[0]
    return GRADES[2] if relation == "copy" else GRADES[3]


def _reason(scene: Scene, pair: tuple[int, int], why: str, found: Overlap) -> str:
    """Say how much of the lead's text the article carries, in words or in what it speaks of, and what the two have in common."""
    here, first = (scene.sightings[at] for at in pair)
    parts = [why]
    if found.plain:
        longer = len(here.sketch) >= len(first.sketch)
        parts.append(
            f"contains {_percent(found.plain)} of the lead text" if longer else f"{_percent(found.plain)} of it stands in the lead text"
        )
    beside = scene.alongside(*pair)
    if found.share < COPY and beside.order >= TOLD:
        parts.append(f"{beside.order} of {beside.shorter} subjects named in the same order")
    one, other = (scene.occasions[at] for at in pair)
    if one.day and other.day:
        parts.append(one.likeness(other))
    return "; ".join(parts)


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
