"""What is first seen in our data and is older all the same: a name that comes back shorter, and a series at its second time or later.

A name that a text takes for granted, and that has but words of one longer name before, is most likely that. It stays an initiative of its
own, for a person to merge or to confirm, and is less sure than what is flagged. A series is flagged, and hardly more than that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scraper.model.initiative import SeenName
from scraper.stages.initiatives.gathering import Group, ordinal, without_article
from scraper.stages.initiatives.identities import Identities
from scraper.stages.initiatives.lexicon import words
from scraper.stages.initiatives.names import Key, head_noun
from scraper.stages.initiatives.shortened import shortened, stubs
from scraper.stages.initiatives.translations import NEW

OLD_SERIES = 0.6
"""How sure it is at most that a series is new which has been held before: enough to be flagged (see firsts.FLAG_AT)."""
COMES_BACK = 0.5
"""How sure it is at most that a shorter form of a name before it is another thing: not enough to be flagged."""


_RANKS = words(
    "director general deputy vice assistant under undersecretary secretary minister official leader expert working senior head chief envoy representative "
    "ambassador counselor bureau division principal meeting talk consultation summit conference session"
)
"""Words (singular) that tell who meets, and make no name of a meeting."""


def doubted(groups: Sequence[Group], identities: Identities) -> list[Group]:
    """Return the groups, of those that nobody knows or decided on some with a lower ``cap`` and the reason for it."""
    longer = _Longer(groups, identities)
    return [group if group.known is not None or group.decided else _capped(group, longer) for group in groups]


def _capped(group: Group, longer: _Longer) -> Group:
    if _new(group.seen):
        return group
    if all(ordinal(one) != 1 and _RANKS.issuperset(longer.key(one).content) for one in group.seen):
        return replace(group, cap=COMES_BACK, reason=f"{group.reason}; it says of what rank those are who meet, and nothing else")
    name = longer.before(group)
    if name:
        return replace(group, cap=COMES_BACK, reason=f"{group.reason}; perhaps {name}, which was named before: a person merges or confirms")
    return replace(group, cap=OLD_SERIES) if ordinal(group.seen[0]) > 1 else group


def _new(seen: Sequence[SeenName]) -> bool:
    """Tell whether the texts of the first day bring it into being, or speak of it as of one of many ("a task force"); a government's own go
    before reports."""
    first = [one for one in seen if one.date == seen[0].date]
    own = [one for one in first if one.official] or first
    return any(one.status in NEW or one.name.lower().startswith(("a ", "an ")) for one in own)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that others may be short for: of which group, since when, and for descriptions in lower case the head noun."""

    slug: str
    name: str
    since: str
    head: str = ""


class _Longer:
    """The names that others may be short for."""

    def __init__(self, groups: Sequence[Group], identities: Identities) -> None:
        self._identities = identities
        self._by_short: dict[Key, set[_Name]] = defaultdict(set)
        for group in groups:
            if group.known is None and group.seen[0].date:
                self._add(group)

    def _add(self, group: Group) -> None:
        described = all(one.rule.startswith("lowercase/") for one in group.seen)
        for name in {one.name for one in group.seen}:
            key = self._identities.keys.of(name)
            for short in stubs(key) if described else shortened(key):
                head = head_noun(name) if short not in shortened(key) else ""
                self._by_short[short].add(_Name(group.slug, without_article(name), group.seen[0].date, head))

    def key(self, one: SeenName) -> Key:
        """Return the key of the name of a mention."""
        return self._identities.keys.of(one.name)

    def before(self, group: Group) -> str:
        """Return the one name before a group's that all of its own may be short for, or ``""``."""
        fitting = [name for one in dict.fromkeys(one.name for one in group.seen) for name in self._of(one, group)]
        return min(name.name for name in fitting) if len({name.slug for name in fitting}) == 1 else ""

    def _of(self, name: str, group: Group) -> Iterator[_Name]:
        first = group.seen[0].date
        key = self._identities.keys.of(name)
        if not first or key.bare:
            return
        for known in self._identities.known.longer(key):
            if known.trilateral and (not known.first_mentioned or known.first_mentioned <= first):
                yield _Name(known.id, known.name, known.first_mentioned)
        for other in self._by_short.get(key, ()):
            if other.slug != group.slug and other.since <= first and other.head in ("", head_noun(name)):
                yield other
