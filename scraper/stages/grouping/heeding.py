"""Texts and events as a person put them together and apart, whatever the wording says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from scraper.stages.grouping.link import collected, root
from scraper.stages.grouping.texts import Scene, Text

_Pairs = Sequence[tuple[int, int]]
_Divides = Callable[[Iterable[int], Iterable[int]], bool]


def together(scene: Scene, texts: list[Text]) -> list[Text]:
    """Return the texts with those joined that a person put together, the most authoritative first; who came to one of them by wording
    alone and was put apart from another stays behind, as a text of its own."""
    decided = scene.decisions
    found = _freed(texts, decided.together, decided.divides)
    for part in _tied(found, decided.together):
        first, *others = sorted(part, key=lambda text: scene.rank(text.members[0]))
        first.followers.extend(at for text in others for at in text.everybody)
        found = [text for text in found if not any(text is other for other in others)]
    return _freed(found, decided.events_together, decided.divides_events)


def merged(scene: Scene, events: list[list[Text]]) -> list[list[Text]]:
    """Return the events with those joined that a person put together; what was put apart from what is tied is an event of its own."""
    for tied in _tied([text for texts in events for text in texts], scene.decisions.events_together):
        touched = [texts for texts in events if any(_among(text, tied) for text in texts)]
        if len(touched) > 1:
            events = [texts for texts in events if not any(texts is one for one in touched)] + _joined(scene, tied, touched)
    return events


def _joined(scene: Scene, tied: list[Text], touched: list[list[Text]]) -> list[list[Text]]:
    """The event of what is tied with all that may stand with it, and what was put apart from it as events of its own."""
    one, left = list(tied), []
    for texts in touched:
        apart: list[Text] = []
        for text in (text for text in texts if not _among(text, tied)):
            divided = scene.decisions.divides_events(text.everybody, (at for kept in one for at in kept.everybody))
            (apart if divided else one).append(text)
        left.append(apart)
    return [one, *filter(None, left)]


def _among(text: Text, texts: Iterable[Text]) -> bool:
    return any(text is other for other in texts)


def _tied(texts: Sequence[Text], pairs: _Pairs) -> list[list[Text]]:
    """The texts that pairs of positions connect, two at least."""
    where = {at: number for number, text in enumerate(texts) for at in text.everybody}
    return [[texts[number] for number in part] for part in _parts(len(texts), [(where[a], where[b]) for a, b in pairs]) if len(part) > 1]


def _parts(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    parent = list(range(count))
    for one, other in pairs:
        a, b = root(parent, one), root(parent, other)
        parent[max(a, b)] = min(a, b)
    return collected(parent)


def _freed(texts: list[Text], pairs: _Pairs, divides: _Divides) -> list[Text]:
    """Take out of texts that are tied what was put apart from others that are tied with them: it stands there by its wording alone.

    Whom a person put together goes together.
    """
    if not pairs:
        return texts
    found = list(texts)
    units = _parts(1 + max(at for text in texts for at in text.everybody), pairs)
    for tied in _tied(texts, pairs):
        here = {at for text in tied for at in text.everybody}
        kept: list[int] = []
        for unit in sorted((unit for unit in units if unit[0] in here), key=lambda unit: (len(unit) == 1, unit[0])):
            if not divides(unit, kept):
                kept.extend(unit)
                continue
            found.extend(Text(part) for text in tied if (part := _taken(text, unit)))
    return [text for text in found if text.members]


def _taken(text: Text, unit: Sequence[int]) -> list[int]:
    """Take positions out of a text and return those that stood in it; followers take the place of members that are gone."""
    part = [at for at in text.everybody if at in unit]
    rest = [at for at in text.members if at not in part], [at for at in text.followers if at not in part]
    text.members, text.followers = rest if rest[0] else (rest[1], [])
    return part
