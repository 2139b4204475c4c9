"""The texts of one event as statements: rewordings and translations joined, reports attached."""

from __future__ import annotations

from typing import Final

from scraper.stages.grouping.link import FEWEST
from scraper.stages.grouping.overlap import Overlap
from scraper.stages.grouping.texts import Scene, Text, is_released, side_of, voted
from scraper.stages.grouping.translations import FOLLOWED, translated

REWORDED: Final = 0.18
"""Weighted containment from which an article of the same event is a rewording of a text and no report of its own."""
REWORDED_PLAIN: Final = 0.33
"""The same with all shingles alike: a back-translation keeps the formulae and loses the rest."""
REWORDED_FEWEST: Final = 8
TOLD: Final = 5
"""Subjects told in the order of a text by which an article that shares wording with it retells it, and does not only quote from it."""
TOLD_LIKE: Final = 0.33
"""How alike the two trails of subjects are then, at the least."""
RETOLD: Final = 6
"""The same where hardly a word was kept. Measured: spun copies 6 to 10 subjects at .38 and more, reports 2 to 5."""
RETOLD_LIKE: Final = 0.38
SHARED_NAMES: Final = 2
"""Names (offices and countries left out) by which two articles of one event that claim to be the joint text are one."""


def statements_of(scene: Scene, texts: list[Text]) -> list[Text]:
    """Return the statements of one event: the released texts, each with its rewordings, translations and reports.

    All reports share one statement: the joint one, else one of their own (the placeholder), whose members none is released.
    """
    official = [text for text in texts if any(_released(scene, text, official=True))]
    others = [text for text in texts if text not in official and any(_released(scene, text, official=False))]
    statements = translated(scene, _with_others(scene, official, others))
    waiting = [text for text in texts if text not in official and text not in others]
    return _with_reports(scene, statements, sorted(group for text in waiting for group in _reports(text)))


def is_placeholder(scene: Scene, text: Text) -> bool:
    """Tell whether only reports of a statement are known."""
    return not any(is_released(scene.sightings[at]) for at in text.everybody)


def _released(scene: Scene, text: Text, *, official: bool) -> list[bool]:
    return [is_released(scene.sightings[at]) and scene.sightings[at].official >= official for at in text.members]


def _with_others(scene: Scene, official: list[Text], others: list[Text]) -> list[Text]:
    """Join the texts that no government's page carries to the one they reword, the fullest first."""
    statements = list(official)
    for text in sorted(others, key=lambda text: scene.rank(text.members[0])):
        home = max(((fit, -at) for at, other in enumerate(statements) if (fit := _reworded(scene, text, other))), default=None)
        if home is None:
            statements.append(text)
        else:
            statements[-home[1]].followers.extend(text.everybody)
    return statements


def _reworded(scene: Scene, text: Text, home: Text) -> float:
    """Return how well ``text`` fits as a rewording of ``home`` (0: not): one side, one language, evident overlap or the same people.

    Two texts of one day share people and formulae; their kinds, and what they speak of in which order, part them.
    """
    one, other = text.members[0], home.members[0]
    a, b = scene.sightings[one], scene.sightings[other]
    if a.language != b.language or side_of(a) != side_of(b) or scene.decisions.divides(text.everybody, home.everybody):
        return 0.0
    found, people, beside = scene.overlap(one, other), len(scene.people(one) & scene.people(other)), scene.alongside(one, other)
    unlike = beside.known and (beside.followed < FOLLOWED or beside.likeness < RETOLD_LIKE)
    if found.share <= 2 * REWORDED and (unlike or a.kind != b.kind):
        return 0.0
    if evident(found) and (people or found.share > 2 * REWORDED):
        return 1 + found.share
    claimed = a.kind == b.kind == "joint_statement" and side_of(a) == "joint"
    return found.plain + people / 100 if claimed and people >= SHARED_NAMES else 0.0


def evident(found: Overlap) -> bool:
    """Tell whether what two articles of one event share shows that one was written from the other's text."""
    return found.own >= REWORDED_FEWEST and (found.share >= REWORDED or found.plain >= REWORDED_PLAIN)


def _reports(text: Text) -> list[list[int]]:
    """The reports of one wording, each by itself, or all together where a person put others to it."""
    return [sorted(text.everybody)] if text.followers else [[at] for at in text.members]


def _with_reports(scene: Scene, statements: list[Text], reports: list[list[int]]) -> list[Text]:
    """Attach each report to the text it was evidently written from, else to the joint one, else to the placeholder.

    Beside other texts of the event the joint one needs a sign that the report tells of it: the report may be the reprint of another.
    """
    main = _main(scene, statements)
    waiting: list[Text] = []
    for group in reports:
        told = main if main and (len(statements) == 1 or any(_tells(scene, at, main) for at in group)) else None
        homes = (*(_source(scene, at, statements) for at in group), told, *waiting)
        home = next((home for home in homes if home and not scene.decisions.divides(group, home.everybody)), None)
        if home is None:
            waiting.append(Text(group))
        elif home in waiting:
            home.members.extend(group)
        else:
            home.followers.extend(group)
    return statements + waiting


def _tells(scene: Scene, at: int, text: Text) -> bool:
    """Tell whether a report shares people, wording or subjects with a text; over languages, names, initiatives or subjects."""
    lead = text.members[0]
    beside = scene.alongside(at, lead)
    if beside.known and beside.likeness >= TOLD_LIKE:
        return True
    if scene.sightings[at].language != scene.sightings[lead].language:
        return bool(scene.occasions[at].names & scene.occasions[lead].names)
    return len(scene.people(at) & scene.people(lead)) >= SHARED_NAMES or scene.overlap(at, lead).own >= FEWEST


def retells(scene: Scene, at: int, of: int) -> bool:
    """Tell whether an article is a text of its event in other words: it goes through the same subjects in the same order.

    Where the text names too few subjects to tell, what they share of wording decides alone (:func:`evident`).
    """
    beside, shared = scene.alongside(at, of), evident(scene.overlap(at, of))
    if len(scene.trails[of]) < RETOLD:
        return shared
    if shared and beside.order >= TOLD and beside.likeness >= TOLD_LIKE:
        return True
    return beside.order >= RETOLD and beside.likeness >= RETOLD_LIKE


def _source(scene: Scene, at: int, statements: list[Text]) -> Text | None:
    """Return the text a report reworks; one that only quotes what was said before the press is a report."""
    fits = [(fit, -number) for number, text in enumerate(statements) if (fit := _written(scene, at, text))]
    return statements[-max(fits)[1]] if fits else None


def _written(scene: Scene, at: int, text: Text) -> float:
    """Return how much speaks for a text as what a report was written from, 0 where nothing does."""
    lead = text.members[0]
    if _spoken(scene, text) or scene.sightings[lead].language != scene.sightings[at].language:
        return 0.0
    found = scene.overlap(at, lead)
    return found.share if evident(found) else scene.alongside(at, lead).likeness / 10 if retells(scene, at, lead) else 0.0


def _spoken(scene: Scene, text: Text) -> bool:
    return voted(scene, text.members, "kind") in ("press_statement", "remarks")


def _main(scene: Scene, statements: list[Text]) -> Text | None:
    """Return the joint statement of an event: a government's page of one before a reprint, a statement before a fact sheet, the longest."""
    joint = [text for text in statements if voted(scene, text.members, "side") == "joint"]
    return min(
        joint, key=lambda text: (scene.sightings[text.members[0]].kind != "joint_statement", scene.rank(text.members[0])), default=None
    )
