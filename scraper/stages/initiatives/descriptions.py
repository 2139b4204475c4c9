"""A thing described in lower case where it is also named: "a trilateral working group" beside "Trilateral Working Group on Cyber Activities"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from scraper.model.initiative import SeenName
from scraper.stages.initiatives.names import Key, head_noun
from scraper.stages.initiatives.renamed import FORMERLY

DAYS = 3
"""Days between two statements of one event, at most."""


def described(members: Iterable[tuple[SeenName, Key]]) -> Iterator[tuple[Key, Key]]:
    """Yield pairs of keys that are one thing: a lower-case description and the only name near its date that holds all its words.

    Heads must be of one family; of several that hold them, one that the others hold too; a description
    that two different names answer to is left alone.
    """
    days: dict[Key, set[int]] = {}
    described_only: dict[Key, bool] = {}
    for seen, key in members:
        days.setdefault(key, set()).update(_day(seen.date))
        described_only[key] = described_only.get(key, True) and seen.rule.startswith("lowercase/")
    words = {key: frozenset(key.content) for key in days}
    families: dict[str, list[Key]] = {}
    for key in days:
        families.setdefault(key.family, []).append(key)
    for one in (key for key, only in described_only.items() if only and not key.bare):
        fitting = [other for other in families[one.family] if words[one] < words[other] and _near(days[other], days[one])]
        least = [key for key in fitting if all(key is other or holds(other, key) for other in fitting)]
        if len(least) == 1:
            yield one, least[0]


def formerly_described(members: Iterable[tuple[SeenName, Key]], key_of: Callable[[str], Key]) -> Iterator[tuple[Key, Key]]:
    """Yield pairs of keys that are one thing, whatever lies between: a lower-case description, and a name of which a text says that it
    was a description before which has all its words, if there is but one such description with its head noun ("X, formerly the exchange
    program for junior officers" and "a trilateral exchange program")."""
    everything = list(members)
    named = {key for seen, key in everything if not seen.rule.startswith("lowercase/")}
    told = {(key, head_noun(seen.name)) for seen, key in everything if key not in named and not key.bare}
    for seen, key in everything:
        old = seen.abbreviation.removeprefix(FORMERLY)
        if old == seen.abbreviation or old != old.lower():
            continue
        before = key_of(old)
        fitting = {one for one, head in told if head == head_noun(old) and holds(before, one)}
        if len(fitting) == 1:
            yield fitting.pop(), key


def holds(name: Key, description: Key) -> bool:
    """Tell whether a name has all the words of a description, and more, with a head of its family."""
    return name.family == description.family and set(description.content) < set(name.content)


def _near(some: set[int], others: set[int]) -> bool:
    return any(abs(a - b) <= DAYS for a in some for b in others)


def _day(text: str) -> tuple[int, ...]:
    try:
        return (date.fromisoformat(text[:10]).toordinal(),)
    except ValueError:
        return ()
