"""What one initiative is to another: its precursor in lower case, or perhaps the same under a new name, which a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scraper.model.initiative import Course, Link
from scraper.stages.initiatives.lexicon import FAMILIES
from scraper.stages.initiatives.names import Key, Keys
from scraper.stages.initiatives.shortened import GENERAL, shortened
from scraper.text import has_cjk

PROPOSED = ("renaming", "variant")
"""Kinds of links that a person may confirm by a merge."""

YEAR, SEASON = 366, 120
"""Days from a description to its name, and between two occasions with one ordinal, at most."""
_STEM = 5
_DOCUMENTS = frozenset(FAMILIES["document"])
_CHAINS = (
    frozenset({"foreign_ministers", "vice_ministers", "envoys", "leaders", "officials", "security_advisers"}),
    frozenset({"defence_ministers", "chiefs_of_defence", "forces", "leaders", "officials", "security_advisers"}),
    frozenset({"ministers_other", "leaders", "officials", "security_advisers"}),
)
"""Levels whose meetings prepare and follow up one another."""


@dataclass(frozen=True)
class _Read:
    """An initiative with what its names say: a key each, none that is bare."""

    course: Course
    keys: tuple[Key, ...]

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for key in self.keys for stem in stems(key))

    @cached_property
    def families(self) -> frozenset[str]:
        return frozenset(key.family for key in self.keys if key.family)

    @cached_property
    def articles(self) -> frozenset[int]:
        return frozenset(one.article_id for one in self.course.occasions)

    @cached_property
    def ordinals(self) -> list[tuple[int, str, str]]:
        """From the second on: number, date and place, each once."""
        return sorted({(number, one.date, one.place) for one in self.course.occasions if (number := _ordinal(one.instance)) > 1})

    @cached_property
    def levels(self) -> frozenset[str]:
        return frozenset(one.level for one in self.course.occasions if one.level)


def stems(key: Key) -> frozenset[str]:
    """Return what tells the function of a name: its content words cut to their stems, in Korean and Japanese pairs of characters."""
    if any(has_cjk(word) for word in key.content):
        text = "".join(key.content)
        return frozenset(text[at : at + 2] for at in range(max(1, len(text) - 1)))
    return frozenset(word[:_STEM] for word in key.content)


_GENERAL_STEMS = frozenset(word[:_STEM] for word in GENERAL)


def kinship(courses: Iterable[Course], keys: Keys, about: frozenset[str]) -> tuple[Link, ...]:
    """Return the links between initiatives of which at least one is among ``about``, and at least one is not in the registry, in order.

    A *precursor* has no name: a description, with a head of the other's family and words of its function, at most a year before
    the other was first named, in the same chain of meetings. A *renaming* is two names that no text has together, with heads of one
    family and words of one function: at one event, or with the same ordinal (from the second on) at about one date (statements made
    elsewhere speak of it too, so that places tell nothing). A *variant* has the same words and another head, or a few words more or less.
    """
    read = [
        _Read(course, tuple(key for name in course.names if not (key := keys.of(name)).bare))
        for course in sorted(courses, key=lambda course: course.id)
    ]
    mine = [one for one in read if one.course.id in about]
    links = {link for one in mine for other in read if one is not other for link in _links(one, other)}
    return tuple(sorted(links, key=lambda link: (link.initiative_id, link.other_id, link.kind)))


def _links(one: _Read, other: _Read) -> Iterator[Link]:
    if (one.course.known and other.course.known) or not one.stems & other.stems:
        return
    for before, after in ((one, other), (other, one)):
        reason = _precursor(before, after)
        if reason:
            yield Link(before.course.id, after.course.id, "precursor", reason)
    if one.course.described or other.course.described or one.articles & other.articles:
        return
    new, old = sorted((one, other), key=lambda read: (not read.course.known, read.course.first or "9999", read.course.id), reverse=True)
    kind, reason = next(((kind, why) for kind, test in _TESTS if (why := test(new, old))), ("", ""))
    if reason:
        yield Link(new.course.id, old.course.id, kind, reason)


def _function(one: _Read, other: _Read) -> str:
    """The words of one function that both have, or ``""``: not only such as half of all names have."""
    if not one.families & other.families:
        return ""
    telling = sorted((one.stems & other.stems) - _GENERAL_STEMS)
    eastern = any(has_cjk(stem) for stem in telling)
    if eastern and not any(_alike(a, b) for a in one.keys for b in other.keys):
        telling = [stem for stem in telling if not has_cjk(stem)]
    return ", ".join(f"{stem}-" if len(stem) == _STEM else stem for stem in telling)


def _alike(one: Key, other: Key) -> bool:
    """Half of the pairs of characters of the shorter of two Korean or Japanese names is in the other."""
    a, b = stems(one), stems(other)
    return one.family == other.family and len(a & b) * 2 >= min(len(a), len(b))


def _precursor(before: _Read, after: _Read) -> str:
    if not before.course.described or before.course.known:
        return ""
    days = _days(before.course.first, after.course.first)
    if days is None or not 0 < days <= YEAR or not _one_chain(before, after):
        return ""
    said = _function(before, after)
    return f"a description with the same function ({said}), {days} days before the first naming" if said else ""


def _one_chain(one: _Read, other: _Read) -> bool:
    if not one.levels or not other.levels:
        return True
    return any(chain & one.levels and chain & other.levels for chain in _CHAINS)


def _same_ordinal(new: _Read, old: _Read) -> str:
    said = _function(new, old)
    for number, day, place in new.ordinals if said else ():
        for other, there, elsewhere in old.ordinals:
            apart = _days(min(day, there), max(day, there)) if number == other else None
            if apart is not None and apart <= SEASON:
                where = f" in {place}" if place and place == elsewhere else ""
                return f"both are number {number} of their series, {apart} days apart{where}, with one function ({said})"
    return ""


def _same_event(new: _Read, old: _Read) -> str:
    said = _function(new, old)
    events = {one.event_id: one for one in old.course.occasions}
    shared = [one for one in new.course.occasions if one.event_id in events] if said else []
    if not shared:
        return ""
    first = min(shared, key=lambda one: (one.date, one.event_id))
    where = f" in {first.place}" if first.place else ""
    return f"named at one event{where} on {first.date or 'an unknown date'}, by other texts than those that name the other, with one function ({said})"


def _same_words(new: _Read, old: _Read) -> str:
    for here in new.keys:
        for there in old.keys:
            why = _variant(here, there)
            if why:
                return why
    return ""


def _variant(here: Key, there: Key) -> str:
    mine, theirs = frozenset(here.content), frozenset(there.content)
    if {here.family, there.family} & _DOCUMENTS:
        return ""
    if any(has_cjk(word) for word in mine | theirs):
        longer, shorter = sorted(("".join(here.content), "".join(there.content)), key=len, reverse=True)
        return f"the same but for {longer.replace(shorter, '', 1)}" if _nested(here, there) else _other_head(here, there)
    if not {word[:_STEM] for word in mine & theirs} - _GENERAL_STEMS:
        return ""
    if mine == theirs:
        return _other_head(here, there)
    return f"the same words but for {', '.join(sorted(mine ^ theirs))}" if _nested(here, there) else ""


def _other_head(here: Key, there: Key) -> str:
    differ = here.content == there.content and here.family != there.family
    return f"the same words ({', '.join(sorted(here.content))}) with another head noun" if differ else ""


def _nested(here: Key, there: Key) -> bool:
    """Tell whether one may be a shorter form of the other."""
    return here in shortened(there) or there in shortened(here)


_TESTS = (("renaming", _same_ordinal), ("renaming", _same_event), ("variant", _same_words))


def _ordinal(instance: str) -> int:
    """The number of an ordinal; 0 for a year and for nothing."""
    return int(instance) if instance.isascii() and instance.isdigit() and len(instance) < 3 else 0


def _days(early: str, late: str) -> int | None:
    """Days between two dates; a month or year counts from its first day."""
    try:
        first, last = (date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10]) for text in (early, late))
    except ValueError:
        return None
    return (last - first).days


def akin(names: Sequence[tuple[str, str]], keys: Keys, about: frozenset[str]) -> frozenset[str]:
    """Return the ids of those, of ``(id, name)``, that share a word or pair of characters with one of ``about``: all others are no kin."""
    of: dict[str, set[str]] = {}
    for slug, name in names:
        key = keys.of(name)
        if not key.bare:
            of.setdefault(slug, set()).update(stems(key))
    mine = frozenset(stem for slug in about for stem in of.get(slug, ())) - _GENERAL_STEMS
    return frozenset(slug for slug, said in of.items() if said & mine)
