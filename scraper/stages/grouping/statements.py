"""The texts of one event as statements: rewordings and translations joined, reports attached."""

from __future__ import annotations

from typing import Final

from scraper.stages.grouping.overlap import Overlap
from scraper.stages.grouping.texts import Scene, Text, is_released, side_of, voted

REWORDED: Final = 0.18
"""Weighted containment from which an article of the same event is a rewording of a text and no report of its own."""
REWORDED_PLAIN: Final = 0.33
"""The same with all shingles alike: a back-translation keeps the formulae and loses the rest."""
REWORDED_FEWEST: Final = 8
SHARED_NAMES: Final = 2
"""Names (offices and countries left out) by which two articles of one event that claim to be the joint text are one."""
EVIDENCE: Final = 3
"""Shared numbers, and names counted twice, that make a translation where the place is not known."""
LONGER: Final = 5
"""How many times as many characters one of two languages may take for a text (English takes 2 to 3 times as many as Japanese)."""
CLEAR: Final = 1.5
"""How much better the best match of a translation must be than the next."""


def statements_of(scene: Scene, texts: list[Text]) -> list[Text]:
    """Return the statements of one event: the released texts, each with its rewordings, translations and reports.

    All reports share one statement: the joint one, else one of their own (the placeholder), whose members none is released.
    """
    official = [text for text in texts if any(_released(scene, text, official=True))]
    others = [text for text in texts if text not in official and any(_released(scene, text, official=False))]
    statements = _translated(scene, _with_others(scene, official, others))
    reports = [at for text in texts if text not in official and text not in others for at in text.members]
    return _with_reports(scene, statements, sorted(reports))


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
    """Return how well ``text`` fits as a rewording of ``home`` (0: not): one side, one language, evident overlap or the same people."""
    one, other = text.members[0], home.members[0]
    a, b = scene.sightings[one], scene.sightings[other]
    if a.language != b.language or side_of(a) != side_of(b) or scene.decisions.divides(text.everybody, home.everybody):
        return 0.0
    found, people = scene.overlap(one, other), len(set(a.names) & set(b.names))
    if evident(found) and (people or found.share > 2 * REWORDED):
        return 1 + found.share
    claimed = a.kind == b.kind == "joint_statement" and side_of(a) == "joint"
    return found.plain + people / 100 if claimed and people >= SHARED_NAMES else 0.0


def evident(found: Overlap) -> bool:
    """Tell whether what two articles of one event share shows that one was written from the other's text."""
    return found.own >= REWORDED_FEWEST and (found.share >= REWORDED or found.plain >= REWORDED_PLAIN)


def _translated(scene: Scene, statements: list[Text]) -> list[Text]:
    """Join texts of one side and kind in different languages where each is the other's clear best match."""
    pairs = [(fit, a, b) for b in range(len(statements)) for a in range(b) if (fit := _translation(scene, statements[a], statements[b]))]
    gone: set[int] = set()
    for fit, a, b in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        rivals = [other for other, x, y in pairs if (x, y) != (a, b) and _rivals(scene, statements, (a, b), (x, y))]
        clear = all(fit >= CLEAR * rival for rival in rivals) and _like_long(scene, statements[a], statements[b])
        if clear and a not in gone and b not in gone:
            statements[a].followers.extend(statements[b].everybody)
            gone.add(b)
    return [text for at, text in enumerate(statements) if at not in gone]


def _rivals(scene: Scene, statements: list[Text], pair: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether a second pair claims a text of the first for another one in the same language as the first's."""
    common = set(pair) & set(other)
    if len(common) != 1:
        return False
    mine, theirs = (set(pair) - common).pop(), (set(other) - common).pop()
    return scene.sightings[statements[mine].members[0]].language == scene.sightings[statements[theirs].members[0]].language


def _translation(scene: Scene, one: Text, other: Text) -> float:
    """Return how well two texts fit as one in two languages (0: not): one side, kind, day and level, and evidence."""
    a, b = scene.sightings[one.members[0]], scene.sightings[other.members[0]]
    languages = {scene.sightings[at].language for at in one.members} & {scene.sightings[at].language for at in other.members}
    if languages or side_of(a) != side_of(b) or a.kind != b.kind or scene.decisions.divides(one.everybody, other.everybody):
        return 0.0
    first, second = scene.occasions[one.members[0]], scene.occasions[other.members[0]]
    if abs(first.day - second.day) > 1 or (first.level and second.level and first.level != second.level):
        return 0.0
    shared = len(set(a.numbers) & set(b.numbers)) + 2 * len(first.names & second.names)
    placed = bool(first.place) and first.place == second.place
    return 1.0 + shared if placed or shared >= EVIDENCE else 0.0


def _like_long(scene: Scene, one: Text, other: Text) -> bool:
    lengths = [scene.sightings[text.members[0]].length for text in (one, other)]
    return max(lengths) <= LONGER * min(lengths)


def _with_reports(scene: Scene, statements: list[Text], reports: list[int]) -> list[Text]:
    """Attach each report to the text it was evidently written from, else to the joint one, else to the placeholder."""
    main = _main(scene, statements)
    waiting: list[int] = []
    for at in reports:
        home = _source(scene, at, statements) or main
        if home is None or scene.decisions.divides((at,), home.everybody):
            waiting.append(at)
        else:
            home.followers.append(at)
    return statements + ([Text(waiting)] if waiting else [])


def _source(scene: Scene, at: int, statements: list[Text]) -> Text | None:
    """Return the text a report reworks; one that only quotes what was said before the press is a report."""
    found = [(scene.overlap(at, text.members[0]), number) for number, text in enumerate(statements)]
    fits = [(shared.share, -number) for shared, number in found if evident(shared) and not _spoken(scene, statements[number])]
    return statements[-max(fits)[1]] if fits else None


def _spoken(scene: Scene, text: Text) -> bool:
    return voted(scene, text.members, "kind") == "press_statement"


def _main(scene: Scene, statements: list[Text]) -> Text | None:
    """Return the joint statement of an event: a government's page of one before a reprint, a statement before a fact sheet, the longest."""
    joint = [text for text in statements if voted(scene, text.members, "side") == "joint"]
    return min(
        joint, key=lambda text: (scene.sightings[text.members[0]].kind != "joint_statement", scene.rank(text.members[0])), default=None
    )
