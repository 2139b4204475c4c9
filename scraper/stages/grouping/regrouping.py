"""Events, statements and placements of the sightings in reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from scraper.model.grouping import GRADES, EventGroup, Review, Sighting, StatementGroup
from scraper.stages.grouping.decisions import Decisions, decisions_of
from scraper.stages.grouping.heeding import merged, together
from scraper.stages.grouping.link import collected, connected, root
from scraper.stages.grouping.occasion import Occasion, agreement
from scraper.stages.grouping.placing import lead_of, placement
from scraper.stages.grouping.statements import is_placeholder, statements_of
from scraper.stages.grouping.texts import Scene, Text, day_text, occasion_by_vote, order, side_of, texts_of, voted, witness

LEVEL_NAMES: Final = {"": "Meeting", "ministers_other": "Ministers", "officials": "Officials", "forces": "Forces"}


def regroup(sightings: tuple[Sighting, ...], reviews: tuple[Review, ...] = ()) -> tuple[EventGroup, ...]:
    """Return the events that ``sightings`` tell of, with their statements, every sighting placed exactly once.

    Two sightings are *linked* where :func:`linked` says so from the two alone: they tell of one act (their days within the tolerance, no
    level known to differ, places the same or one a report's dateline) or carry one text (:func:`same_text`, and a common key). Two are
    *tied* where a ``merge`` among ``reviews`` names both. *In reach* of a sighting is everything that links and ties lead to from it,
    step by step, itself included: its connected component. Within a component everything may bear on everything (votes on the day,
    which text is whose translation); between components nothing does: the answer is the union of the answers for each component
    alone, so what is out of reach could not have changed it, whatever was stored before. Whoever hands in whole components, as
    storage does, gets for them what the whole database would give.

    The answer does not depend on the order of ``sightings``, nor on their ids or when they were first seen (but for the order of
    what is equal in all else). Events are sorted by date and name, statements by side and date, placements lead first.
    """
    ordered = sorted(sightings, key=order)
    decisions = decisions_of(ordered, reviews)
    found = [event for part in _reaches(ordered, decisions) for event in _component([ordered[at] for at in part], reviews)]
    return tuple(sorted(found, key=lambda event: (event.date, event.name, event.statements[0].title, event.statements[0].lead_article_id)))


def _reaches(ordered: Sequence[Sighting], decisions: Decisions) -> list[list[int]]:
    parent = list(range(len(ordered)))
    for part in connected(ordered):
        for at in part:
            parent[at] = part[0]
    for one, other in decisions.together + decisions.events_together:
        a, b = root(parent, one), root(parent, other)
        parent[max(a, b)] = min(a, b)
    return collected(parent)


def _component(sightings: Sequence[Sighting], reviews: tuple[Review, ...]) -> list[EventGroup]:
    scene = Scene(sightings, decisions_of(sightings, reviews))
    return [_event(scene, texts) for texts in merged(scene, _events(scene, together(scene, texts_of(scene))))]


def _events(scene: Scene, texts: list[Text]) -> list[list[Text]]:
    """Give every text to the event it agrees with best, best witnessed first; what fits none begins its own."""
    events: list[tuple[list[Text], Occasion]] = []
    occasions = {text.members[0]: occasion_by_vote(scene, text.everybody) for text in texts}
    votes = _witnessed(scene, texts, occasions)
    for text in sorted(texts, key=lambda text: _precedence(scene, text, occasions[text.members[0]], votes)):
        occasion = occasions[text.members[0]]
        best = max(((fit, -at) for at, event in enumerate(events) if (fit := _fits(scene, text, occasion, event))), default=None)
        if best is None:
            events.append(([text], occasion))
        else:
            mates, known = events[-best[1]]
            events[-best[1]] = ([*mates, text], _filled(known, occasion))
    return [mates for mates, _ in events]


def _witnessed(scene: Scene, texts: list[Text], occasions: dict[int, Occasion]) -> Counter[tuple[int, str]]:
    votes: Counter[tuple[int, str]] = Counter()
    for text in texts:
        said = occasions[text.members[0]]
        votes[said.day, said.level] += sum(witness(scene, at) for at in text.everybody)
    return votes


def _precedence(scene: Scene, text: Text, occasion: Occasion, votes: Counter[tuple[int, str]]) -> tuple[object, ...]:
    lead = scene.rank(text.members[0])
    return (
        not occasion.day,
        -votes[occasion.day, occasion.level],
        not occasion.firm,
        not occasion.stated,
        not occasion.place,
        occasion.day,
        lead,
    )


def _fits(scene: Scene, text: Text, occasion: Occasion, event: tuple[list[Text], Occasion]) -> float:
    texts, known = event
    if scene.decisions.divides_events(text.everybody, (at for mate in texts for at in mate.everybody)):
        return 0.0
    return agreement(occasion, known)


def _filled(known: Occasion, more: Occasion) -> Occasion:
    """Add what an event's new text knows and the event did not; a report's dateline is no place of a meeting that texts tell of."""
    if known.firm and not more.firm:
        return known
    level, place = known.level or more.level, known.place or more.place
    return Occasion(known.day, known.stated, level, place, known.names | more.names, known.firm or more.firm)


def _event(scene: Scene, texts: list[Text]) -> EventGroup:
    occasion = occasion_by_vote(scene, [at for text in texts for at in text.everybody])
    groups = [_statement(scene, text, occasion) for text in statements_of(scene, texts)]
    groups.sort(key=lambda group: (group.placeholder, group.side != "joint", group.side, group.date, group.title, group.lead_article_id))
    day = day_text(occasion.day)
    return EventGroup(event_name(occasion.level, occasion.place, day), day, occasion.place, occasion.level, tuple(groups))


def event_name(level: str, place: str, day: str) -> str:
    """Return the name of an event from what is known of it: ``Foreign ministers, Brussels, 2025-04-03``."""
    words = LEVEL_NAMES.get(level) or level.replace("_", " ").capitalize()
    return ", ".join(part for part in (words, place, day) if part)


def _statement(scene: Scene, text: Text, occasion: Occasion) -> StatementGroup:
    lead = lead_of(scene, text)
    placeholder = is_placeholder(scene, text)
    own = occasion_by_vote(scene, text.members)
    day = own.day if own.stated or not occasion.day else occasion.day
    kind = "report" if placeholder else voted(scene, text.members, "kind")
    side = "" if placeholder else voted(scene, text.members, "side") or side_of(scene.sightings[lead])
    placed = {at: placement(scene, text, at, lead) for at in text.everybody}
    rest = sorted((at for at in placed if at != lead), key=lambda at: (GRADES.index(placed[at].grade), order(scene.sightings[at])))
    placements = tuple(placed[at] for at in (lead, *rest))
    here = scene.sightings[lead]
    return StatementGroup(
        here.title, kind, side, day_text(day), own.level or occasion.level, own.place or occasion.place,
        here.article_id, placeholder, placements,
    )  # fmt: skip
