"""Two pictures of what was concluded held side by side: what became of articles, groups, names, flags and formulae. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from scraper.model.replay import SECTIONS, Change, Group, Linked, Picture, Placed, Raised, Said, Spoken

Key: TypeAlias = int | str
Keyed: TypeAlias = tuple[tuple[Key, ...], Change]
"""A row of one picture: what tells it from the others, in the terms of the second picture, and how it is told where it stands alone."""

Couple: TypeAlias = tuple[Spoken | None, Spoken | None]
"""A mention as it stands in each picture."""


def difference(before: Picture, after: Picture, *, since: str = "") -> tuple[Change, ...]:
    """Return what differs, section by section and by date; with ``since`` (``YYYY-MM-DD``) only what is of statements from that date on.

    Statements, events and initiatives are recognised by what stands in them, not by their ids.
    """
    pair = _Pair(before, after)
    found = chain(
        pair.articles(), pair.mentions(), pair.groups(), pair.placements(), pair.links(), pair.flags(), pair.observations(), pair.formulae()
    )  # fmt: skip
    kept = (change for change in found if change.date >= since)
    return tuple(sorted(kept, key=lambda one: (SECTIONS.index(one.section), one.date, one.subject, one.url, one.action, one.before)))


def counts(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """Return how many rows of each action each section has; sections without any are left out."""
    told: dict[str, dict[str, int]] = {}
    for change in changes:
        section = told.setdefault(change.section, {})
        section[change.action] = section.get(change.action, 0) + 1
    return told


@dataclass(frozen=True, slots=True)
class _Matched:
    """Groups of one kind in both pictures; ``heirs`` are those of the second that have most members of each of the first."""

    before: Mapping[Key, Group]
    after: Mapping[Key, Group]
    heirs: Mapping[Key, Key]

    def changes(self, section: str) -> Iterator[Change]:
        """Tell what is new, gone, became one, came apart, or says something else of itself."""
        homes, origins = _homes(self.before), _homes(self.after)
        for key, group in self.before.items():
            parts = _spread(group, origins)
            if not parts:
                yield Change(section, "gone", group.name, group.date, _facts(group))
            elif len(parts) > 1:
                yield Change(section, "came apart", group.name, group.date, (group.name,), _names(self.after, parts))
            elif _spread(self.after[parts[0]], homes) == [key]:
                yield from _changed(section, group, self.after[parts[0]])
        for group in self.after.values():
            parts = _spread(group, homes)
            if not parts:
                yield Change(section, "new", group.name, group.date, (), _facts(group))
            elif len(parts) > 1:
                yield Change(section, "became one", group.name, group.date, _names(self.before, parts), (group.name,))


def _matched(before: Mapping[Key, Group], after: Mapping[Key, Group]) -> _Matched:
    origins = _homes(after)
    heirs: dict[Key, Key] = {}
    for key, group in before.items():
        shares = Counter(origins[member] for member in group.members if member in origins)
        if shares:
            heirs[key] = min(shares, key=lambda one: (-shares[one], str(one)))
    return _Matched(before, after, heirs)


def _homes(groups: Mapping[Key, Group]) -> dict[str, Key]:
    return {member: key for key, group in groups.items() for member in group.members}


def _spread(group: Group, homes: Mapping[str, Key]) -> list[Key]:
    return sorted({homes[member] for member in group.members if member in homes}, key=lambda key: (isinstance(key, str), key))


def _names(groups: Mapping[Key, Group], keys: Iterable[Key]) -> tuple[str, ...]:
    return tuple(groups[key].name for key in keys)


def _facts(group: Group) -> tuple[str, ...]:
    told = {"date": group.date, **group.facts}
    return tuple(f"{name} {value}" for name, value in told.items() if value not in {"", "0"})


def _changed(section: str, old: Group, new: Group) -> Iterator[Change]:
    """One row where the name, the date or a fact is another."""
    was, now = ({"name": group.name, "date": group.date, **group.facts} for group in (old, new))
    other = [name for name in was if was[name] != now[name]]
    if other:
        yield Change(section, "changed", old.name, max(old.date, new.date), _pick(was, other), _pick(now, other))


def _pick(values: Mapping[str, str], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{name} {values[name] or '-'}" for name in names)


def _coupled(olds: Sequence[Spoken], news: Sequence[Spoken]) -> list[Couple]:
    """Put the mentions of both pictures together: those of the same words, then those whose places overlap."""
    there: dict[tuple[str, str], list[Spoken]] = defaultdict(list)
    for one in news:
        there[one.url, one.field].append(one)
    couples: dict[int, Couple] = {}
    for alike in (_same, _overlapping):
        for at, old in enumerate(olds):
            candidates = there[old.url, old.field]
            twin = next((new for new in candidates if alike(old, new)), None) if at not in couples else None
            if twin is not None:
                couples[at] = (old, twin)
                candidates.remove(twin)
    alone: list[Couple] = [(None, new) for left in there.values() for new in left]
    return [couples.get(at, (old, None)) for at, old in enumerate(olds)] + alone


def _same(old: Spoken, new: Spoken) -> bool:
    return (old.name, old.sentence, old.start) == (new.name, new.sentence, new.start)


def _overlapping(old: Spoken, new: Spoken) -> bool:
    return old.start < new.end and new.start < old.end


def _initiatives(picture: Picture, couples: Sequence[Couple], side: int) -> dict[Key, Group]:
    """The initiatives of one picture as groups of the mentions of both."""
    members: dict[str, set[str]] = defaultdict(set)
    for number, couple in enumerate(couples):
        mention = couple[side]
        if mention is not None and mention.initiative:
            members[mention.initiative].add(str(number))
    return {
        slug: Group(one.name, one.first, {"kind": one.kind, "status": one.status}, frozenset(members[slug]))
        for slug, one in picture.initiatives.items()
    }


def _one_sided(olds: Iterable[Keyed], news: Iterable[Keyed]) -> Iterator[Change]:
    """The rows that the other picture does not have as often."""
    left, right = list(olds), list(news)
    for some, others in ((left, right), (right, left)):
        there = Counter(key for key, _ in others)
        for key, change in some:
            there[key] -= 1
            if there[key] < 0:
                yield change


class _Pair:
    """Two pictures, with their groups and mentions matched once."""

    def __init__(self, before: Picture, after: Picture) -> None:
        self.before, self.after = before, after
        self.couples = _coupled(before.mentions, after.mentions)
        self.statements = _matched(before.statements, after.statements)
        self.events = _matched(before.events, after.events)
        self.initiatives = _matched(_initiatives(before, self.couples, 0), _initiatives(after, self.couples, 1))

    def articles(self) -> Iterator[Change]:
        """What is judged otherwise, or no longer (newly) taken for a statement of the parties."""
        for url, old, new in self._both():
            if bool(old.statement) != bool(new.statement):
                yield Change("articles", "gone" if old.statement else "new", old.title, self._date(url), url=url)
                continue
            other = [name for name, value in old.judged.items() if value != new.judged[name]]
            if other and old.statement:
                yield Change("articles", "changed", old.title, self._date(url), _pick(old.judged, other), _pick(new.judged, other), url)

    def placements(self) -> Iterator[Change]:
        """What is a copy, a report or a translation of its statement in one picture and something else in the other."""
        for url, old, new in self._both():
            was, now = (old.relation, old.grade), (new.relation, new.grade)
            if was != now and old.statement and new.statement:
                yield Change("placements", "changed", old.title, self._date(url), was, now, url)

    def mentions(self) -> Iterator[Change]:
        """What is newly read as a name, no longer, with other bounds, or as the name of another initiative."""
        for old, new in self.couples:
            was, now = self._told(self.before, old), self._told(self.after, new)
            if old is None or new is None:
                one = old or new
                if one is not None:
                    yield Change("mentions", "gone" if old else "new", one.name, self._date(one.url), was, now, one.url)
            elif old.name != new.name or self._heir(old.initiative) != new.initiative:
                yield Change("mentions", "changed", old.name, self._date(old.url), was, now, old.url)

    def groups(self) -> Iterator[Change]:
        """What became of events, statements and initiatives."""
        for section in ("events", "statements", "initiatives"):
            matched: _Matched = getattr(self, section)
            yield from matched.changes(section)

    def links(self) -> Iterator[Change]:
        """What is taken for a precursor of another, or proposed as the same, in one picture alone."""
        olds = [((self._heir(one.about), one.kind, self._heir(one.other)), _link(self.before, one, old=True)) for one in self.before.links]
        news = [((one.about, one.kind, one.other), _link(self.after, one, old=False)) for one in self.after.links]
        yield from _one_sided(olds, news)

    def flags(self) -> Iterator[Change]:
        """What is flagged and would not be, and the other way."""
        before, after = self.before.flags, self.after.flags
        olds = [((*_kind(f), self._about(f), self._stands(f.statement)), _flag(self.before, f, old=True)) for f in before]
        news = [((*_kind(f), f.about, f.statement), _flag(self.after, f, old=False)) for f in after]
        yield from _one_sided(olds, news)

    def observations(self) -> Iterator[Change]:
        """Which dated statuses stand in one picture alone."""
        olds = [
            ((self._heir(o.about), o.what, self._stands(o.statement)), _said(self.before, o, "observations", old=True))
            for o in self.before.observations
        ]
        news = [((o.about, o.what, o.statement), _said(self.after, o, "observations", old=False)) for o in self.after.observations]
        yield from _one_sided(olds, news)

    def formulae(self) -> Iterator[Change]:
        """Which watched formulae stand in one picture alone."""
        olds = [((f.about, f.what, self._stands(f.statement)), _said(self.before, f, "formulae", old=True)) for f in self.before.formulae]
        news = [((f.about, f.what, f.statement), _said(self.after, f, "formulae", old=False)) for f in self.after.formulae]
        yield from _one_sided(olds, news)

    def _both(self) -> Iterator[tuple[str, Placed, Placed]]:
        return ((url, old, self.after.articles[url]) for url, old in self.before.articles.items())

    def _date(self, url: str) -> str:
        """The later of the dates of the statements that an article stands in."""
        return max(_date_in(self.before, url), _date_in(self.after, url))

    def _told(self, picture: Picture, mention: Spoken | None) -> tuple[str, ...]:
        if mention is None:
            return ()
        return (mention.name, f"rule {mention.rule}", _named(picture, mention.initiative) or "no initiative")

    def _about(self, flag: Raised) -> Key:
        return flag.about if flag.of_wording else self._heir(flag.about)

    def _heir(self, slug: str) -> Key:
        """The slug that an initiative of the first picture has in the second; what neither names any longer keeps its own (a flag tells of it)."""
        named = slug in self.before.initiatives or slug in self.after.initiatives
        return self.initiatives.heirs.get(slug, f"gone {slug}" if named else slug)

    def _stands(self, statement: int) -> Key:
        """The id that a statement of the first picture has in the second."""
        return self.statements.heirs.get(statement, f"gone {statement}") if statement else statement


def _date_in(picture: Picture, url: str) -> str:
    group = picture.statements.get(picture.articles[url].statement)
    return group.date if group else ""


def _named(picture: Picture, slug: str) -> str:
    return picture.initiatives[slug].name if slug in picture.initiatives else slug


def _kind(flag: Raised) -> tuple[Key, ...]:
    return (flag.kind, flag.basis, flag.party, flag.instance)


def _flag(picture: Picture, flag: Raised, *, old: bool) -> Change:
    about = flag.about if flag.of_wording else _named(picture, flag.about)
    return _row(picture, "flags", f"{flag.kind}: {about}" if about else flag.kind, flag.basis, flag.statement, old=old)


def _link(picture: Picture, link: Linked, *, old: bool) -> Change:
    told = (f"{link.kind}: {_named(picture, link.other)}",)
    date = max((picture.initiatives[slug].first for slug in (link.about, link.other) if slug in picture.initiatives), default="")
    return Change("links", "gone" if old else "new", _named(picture, link.about), date, told if old else (), () if old else told)


def _said(picture: Picture, said: Said, section: str, *, old: bool) -> Change:
    return _row(picture, section, _named(picture, said.about), said.what, said.statement, old=old)


def _row(picture: Picture, section: str, subject: str, what: str, statement: int, *, old: bool) -> Change:
    group = picture.statements.get(statement)
    told = (what, group.name) if group else (what,)
    gone = "superseded" if section == "flags" else "gone"
    return Change(section, gone if old else "new", subject, group.date if group else "", told if old else (), () if old else told)
