"""Texts of one event that are one text in two languages, told without translating: by who speaks, and by what they speak of in order."""

from __future__ import annotations

from typing import Final

from scraper.model.grouping import Sighting
from scraper.stages.grouping.occasion import Occasion
from scraper.stages.grouping.texts import Scene, Text, day_text, side_of

EVIDENCE: Final = 3
"""Shared numbers, and names counted twice, that make a translation where nothing else tells and the place is not known."""
FOLLOWED: Final = 0.5
"""Share of the shorter text's subjects that the longer one names in the same order. Measured: translations .67 to 1, others of one day .4 and less."""
DENSE: Final = 0.3
"""How dense they stand in the longer one, at the least."""
LONGER: Final = 5
"""How many times as many characters one of two languages may take for a text (English takes 2 to 3 times as many as Japanese)."""
CLEAR: Final = 1.5
"""How much better the best match of a translation must be than the next."""


def translated(scene: Scene, statements: list[Text]) -> list[Text]:
    """Return the statements with those joined that are one text in different languages, each the other's clear best match."""
    pairs = {(a, b): fit for b in range(len(statements)) for a in range(b) if (fit := _fit(scene, statements[a], statements[b]))}
    home = list(range(len(statements)))
    for (a, b), _ in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        if _clear(scene, statements, pairs, (a, b)):
            _join(scene, statements, home, a, b)
    return [text for at, text in enumerate(statements) if home[at] == at]


def _join(scene: Scene, statements: list[Text], home: list[int], a: int, b: int) -> None:
    """Put two texts together with all that were put to either, unless two of one language or put apart by a person would meet."""
    kept, gone = sorted((home[a], home[b]))
    one, other = statements[kept], statements[gone]
    first, second = ([text for at, text in enumerate(statements) if home[at] == which] for which in (kept, gone))
    if kept == gone or _languages(scene, first) & _languages(scene, second) or scene.decisions.divides(one.everybody, other.everybody):
        return
    one.followers.extend(other.everybody)
    home[:] = [kept if which == gone else which for which in home]


def _languages(scene: Scene, texts: list[Text]) -> set[str]:
    return {scene.sightings[at].language for text in texts for at in text.members}


def _clear(scene: Scene, statements: list[Text], pairs: dict[tuple[int, int], float], pair: tuple[int, int]) -> bool:
    """Tell whether the two may be as long as they are, and no other text in the same language as one of them fits the other nearly as well."""
    if not _like_long(scene, statements[pair[0]], statements[pair[1]]):
        return False
    rivals = [fit for other, fit in pairs.items() if other != pair and _rivals(scene, statements, pair, other)]
    return all(pairs[pair] >= CLEAR * rival for rival in rivals)


def _rivals(scene: Scene, statements: list[Text], pair: tuple[int, int], other: tuple[int, int]) -> bool:
    common = set(pair) & set(other)
    if len(common) != 1:
        return False
    mine, theirs = (set(pair) - common).pop(), (set(other) - common).pop()
    return bool(_languages(scene, [statements[mine]]) & _languages(scene, [statements[theirs]]))


def _fit(scene: Scene, one: Text, other: Text) -> float:
    """Return how well two texts fit as one in two languages (0: not): one side, kind, day and level, and what they speak of."""
    a, b = scene.sightings[one.members[0]], scene.sightings[other.members[0]]
    if _languages(scene, [one]) & _languages(scene, [other]) or scene.decisions.divides(one.everybody, other.everybody):
        return 0.0
    first, second = scene.occasions[one.members[0]], scene.occasions[other.members[0]]
    if side_of(a) != side_of(b) or a.kind != b.kind or not _one_act(first, second):
        return 0.0
    shared = len(_told(a, first) & _told(b, second)) + 2 * len(first.names & second.names)
    found = scene.alongside(one.members[0], other.members[0])
    if found.known:
        return found.order * found.followed + shared if found.followed >= FOLLOWED and found.dense >= DENSE else 0.0
    placed = bool(first.place) and first.place == second.place
    near = abs(first.day - second.day) <= 1
    return 1.0 + shared if near and (placed or shared >= EVIDENCE) else 0.0


def _one_act(one: Occasion, other: Occasion) -> bool:
    return not one.contradicts(other) and not (one.level and other.level and one.level != other.level)


def _told(sighting: Sighting, occasion: Occasion) -> set[str]:
    """The numbers of a text but for its own day, which every text of the event has."""
    day = day_text(occasion.day)
    return set(sighting.numbers) - {day, day[5:]}


def _like_long(scene: Scene, one: Text, other: Text) -> bool:
    """Tell whether two texts are of like length, or speak of so much that one may be cut short."""
    lengths = [scene.sightings[text.members[0]].length for text in (one, other)]
    return scene.alongside(one.members[0], other.members[0]).known or max(lengths) <= LONGER * min(lengths)
