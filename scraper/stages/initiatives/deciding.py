"""What people decided of initiatives, applied to what the names say: put together, renamed, confirmed, dismissed.

A decision names things by slugs and by the names that they had then. What it puts together is one set of identities (known
slugs, keys of names, abbreviations), whatever is in the data; so names that come later, or that the registry has learned since,
are covered by it. Decisions are read oldest first, and the latest holds:

- merge A into B: both are one, and it goes by what B goes by; so a chain ends where its last link leads, whatever order it was made
  in, and of a circle the latest merge says the name. A slug of the registry goes before one that it does not have.
- dismiss: nothing is concluded from names that the decision covers. Names that other evidence ties to them are not covered.
- confirm and rename: certain, and under this name; after a dismissal they bring it back.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from scraper.model.grouping import NameForm, Review, name_forms
from scraper.model.initiative import SeenName
from scraper.stages.initiatives.gathering import Group, arrival, display, distinct, loose, own_slug
from scraper.stages.initiatives.identities import Identities
from scraper.stages.initiatives.names import Key

ACTIONS = ("confirm", "rename", "merge", "dismiss")
WIDER = "wider"
"""The value of a confirmation that says: a wider body, in which the three take part."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a decision: the slug, what the registry has for it today (or ``""``), what else is one with it, and the ``label`` that it
    goes by: where the registry has given the slug to something else, another one."""

    slug: str
    known: str
    anchors: tuple[Hashable, ...]
    label: str


def side(identities: Identities, slug: str, lines: str, *, value: bool = False) -> Side:
    """Return a side of a decision by its slug and names; of the value of a merge that the registry knows the slug alone counts."""
    forms = name_forms(lines)
    known = identities.registered(slug, forms)
    if not forms or (known and value):
        return Side(slug, known, (known,) if known else (), known or slug)
    keys = tuple(_anchors(identities, forms, strict=bool(known)))
    free = (
        label
        for label in chain((slug, own_slug(forms[0].name)), (f"{slug}-{number}" for number in count(2)))
        if label not in identities.by_id
    )
    return Side(slug, known, (known, *keys) if known else keys, known or next(free))


def _anchors(identities: Identities, forms: Iterable[NameForm], *, strict: bool) -> Iterator[Hashable]:
    """The keys and abbreviations of names that the registry does not have; ``strict`` leaves out what says too little."""
    for form in forms:
        node = identities.node(form.name, form.abbreviation)
        if isinstance(node, Key) and not (strict and node.bare):
            yield node
            yield from identities.links(form.abbreviation)


def ordered(reviews: Iterable[Review]) -> list[Review]:
    """Return the decisions on initiatives, oldest first; those of one moment in the order given."""
    ours = (review for review in reviews if review.action in ACTIONS and review.of_initiatives)
    return sorted(ours, key=lambda review: review.at)


@dataclass(slots=True)
class Ruling:
    """What holds of one set of identities: the slug that it goes by, what was decided last (``at`` by number), what a person called it,
    and the ``base``, the part of what was merged that it goes by."""

    slug: str
    at: int = -1
    dismissed: bool = False
    name: str = ""
    scope: str = ""
    merged: bool = False
    anchors: set[Hashable] = field(default_factory=set)
    base: set[Hashable] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)


class Rulings:
    """Decisions read one after the other over the groups that the names make by themselves."""

    def __init__(self, identities: Identities, reviews: Iterable[Review], groups: Sequence[Group] | None = None) -> None:
        self._identities = identities
        self._everywhere = groups is None
        self._loose = sorted((group for group in groups or () if group.known is None), key=lambda group: arrival(group.seen[0])[:5])
        self._of: dict[Hashable, Ruling] = {}
        for number, review in enumerate(ordered(reviews)):
            self._read(number, review)

    def of(self, one: SeenName) -> Ruling | None:
        """Return what holds of a mention, by itself or by the abbreviation beside it."""
        node = self._identities.node(one.name, one.abbreviation, one.initiative_id)
        links = () if isinstance(node, str) else self._identities.links(one.abbreviation)
        return next((self._of[anchor] for anchor in (node, *links) if anchor in self._of), None)

    def at(self, anchor: Hashable) -> Ruling | None:
        """Return what holds of a slug of the registry, a key, or ``("slug", slug)`` of something that was decided on."""
        return self._of.get(anchor)

    def _read(self, number: int, review: Review) -> None:
        subject = self._side(review.subject, review.subject_names)
        if review.action == "merge":
            value = self._side(review.value, review.value_names, value=True)
            if subject.anchors and value.anchors:
                self._merge(number, subject, value)
            return
        if not subject.anchors:
            return
        ruling = self._ruling(subject)
        ruling.at, ruling.dismissed = number, review.action == "dismiss"
        if review.action == "rename":
            ruling.name = review.value or ruling.name
        if review.action == "confirm":
            ruling.scope = review.value

    def _merge(self, number: int, subject: Side, value: Side) -> None:
        """What B holds is held of both; of two that are one already the slug of B is taken."""
        self._ruling(value)
        other = self._ruling(subject)
        target = self._of[value.anchors[0]]
        if target is other:
            target.slug, target.base = value.label, set(value.anchors)
        target.base = target.base or set(target.anchors)
        target.anchors |= other.anchors
        target.slugs |= other.slugs
        if target.slug not in self._identities.by_id:
            target.slug = subject.known or (other.slug if other.slug in self._identities.by_id else target.slug)
        target.at, target.merged = number, True
        self._of.update(dict.fromkeys(target.anchors, target))

    def _ruling(self, one: Side) -> Ruling:
        """The ruling of a side: what was decided of any part of it is one with it now."""
        anchors = {*one.anchors, ("slug", one.slug)}
        held = list({id(self._of[anchor]): self._of[anchor] for anchor in one.anchors if anchor in self._of}.values())
        latest = max(held, key=lambda ruling: ruling.at, default=None)
        ruling = latest or Ruling(one.label)
        for other in held:
            anchors |= other.anchors
            ruling.slugs |= other.slugs
        ruling.anchors |= anchors
        ruling.slugs.add(one.slug)
        self._of.update(dict.fromkeys(ruling.anchors, ruling))
        return ruling

    def _side(self, slug: str, lines: str, *, value: bool = False) -> Side:
        """A side; one that has a slug alone is the group that goes, or might go, by it (where no groups are given, whatever goes by it)."""
        made = side(self._identities, slug, lines, value=value)
        if made.anchors:
            return made
        groups = chain((g for g in self._loose if g.slug == slug), (g for g in self._loose if slug in g.slugs))
        group = next(groups, None)
        if group is not None:
            return replace(made, anchors=tuple(self._held(group)))
        return replace(made, anchors=(("slug", slug),)) if self._everywhere else made

    def _held(self, group: Group) -> Iterator[Hashable]:
        for one in group.seen:
            yield self._identities.node(one.name, one.abbreviation, one.initiative_id)
            yield from self._identities.links(one.abbreviation)


def ruled(groups: list[Group], identities: Identities, reviews: Iterable[Review]) -> list[Group]:
    """Return the groups as people decided: each mention goes where a decision covers it, others stay with their group."""
    mine = ordered(reviews)
    if not mine:
        return groups
    rulings = Rulings(identities, mine, groups)
    taken: dict[int, tuple[Ruling, list[Group], list[SeenName]]] = {}
    rest = []
    for group in sorted(groups, key=lambda group: arrival(group.seen[0])):
        remaining = []
        for one, ruling in _parted(group, rulings):
            if ruling is None:
                remaining.append(one)
                continue
            _, sources, seen = taken.setdefault(id(ruling), (ruling, [], []))
            seen.append(one)
            sources.append(group)
        if remaining:
            rest.append(_remaining(group, tuple(remaining)))
    return distinct(
        [*rest, *(_decided(ruling, sources, seen, identities) for ruling, sources, seen in taken.values() if not ruling.dismissed)]
    )


def _parted(group: Group, rulings: Rulings) -> Iterator[tuple[SeenName, Ruling | None]]:
    """Each mention of a group with what holds of it; one that no decision covers follows the others of its group, unless they are dismissed."""
    own = [(one, rulings.of(one)) for one in group.seen]
    whole = rulings.at(group.known.id) if group.known is not None else None
    held = [ruling for _, ruling in own if ruling is not None and not ruling.dismissed]
    follows = whole if group.known is not None else max(held, key=lambda ruling: ruling.at, default=None)
    for one, ruling in own:
        yield one, ruling or follows


def _remaining(group: Group, seen: tuple[SeenName, ...]) -> Group:
    return replace(group, seen=seen) if group.known is not None or seen == group.seen else loose(seen)


def _decided(ruling: Ruling, sources: list[Group], seen: list[SeenName], identities: Identities) -> Group:
    """The group of what a decision covers."""
    known = identities.by_id.get(ruling.slug)
    based = [one for one in seen if identities.node(one.name, one.abbreviation, one.initiative_id) in ruling.base]
    name = ruling.name or ("" if known is not None or not based else display(tuple(sorted(based, key=arrival))))
    reason = "merged by a person" if ruling.merged else f"{sources[0].reason}, confirmed by a person"
    mentions = tuple(sorted(seen, key=arrival))
    return Group(ruling.slug, mentions, known, reason, name, ruling.scope, decided=True)
