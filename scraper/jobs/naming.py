"""A person decides on initiatives: confirmed, renamed, put together, dismissed; and what follows from it.

A decision holds the slugs that the person saw and the names that stood under them, so that it covers the same names when they come
later, and whatever the registry calls them by then. It is made in one transaction, without a lock, and never alerts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scraper.errors import InputError
from scraper.jobs import kin, take
from scraper.jobs.kin import current, ruling_of, rulings
from scraper.jobs.rooms import Rooms
from scraper.model.grouping import NameForm, Review, name_forms, name_lines
from scraper.stages.initiatives import WIDER, Finder, Resolver, Rulings, learned, side
from scraper.storage import naming, reviews
from scraper.storage.reviews import UNDO
from scraper.storage.store import Store

LONGEST = 300
"""Characters of a name that a person gives: more than twice what the longest of the registry has."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who decides, and a note on why."""

    who: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A decision by its id, and the initiative as it stands after it: its slug and name, and whether it is ``dismissed``."""

    review: int
    id: str
    name: str
    dismissed: bool = False


def confirm(rooms: Rooms, key: str, author: Author, *, wider: bool = False) -> Named:
    """Say that an initiative is one; with ``wider`` a body of more than the three. Raises NotFound."""
    return _one(rooms, Review("confirm", key, WIDER if wider else "", who=author.who, note=author.note))


def rename(rooms: Rooms, key: str, name: str, author: Author) -> Named:
    """Call an initiative ``name``; its slug stays. Raises NotFound, and InputError for an empty name or one of more than LONGEST characters."""
    given = " ".join(name.split())
    if not given:
        raise InputError("a name must not be empty")
    if len(given) > LONGEST:
        raise InputError(f"a name may have at most {LONGEST} characters")
    return _one(rooms, Review("rename", key, given, who=author.who, note=author.note))


def dismiss(rooms: Rooms, key: str, author: Author) -> Named:
    """Say that this is none; its names are never taken for one again. Raises NotFound, and InputError where it is dismissed already."""
    with rooms.store.transaction():
        slug = current(rooms, key)
        ruling = ruling_of(rulings(rooms), slug)
        if ruling is not None and ruling.dismissed:
            raise InputError(f"{slug} is dismissed already")
        return _one(rooms, Review("dismiss", slug, who=author.who, note=author.note))


def merge(rooms: Rooms, one: str, other: str, author: Author) -> Named:
    """Say that ``one`` is ``other``: it goes by the slug of that. Raises NotFound for an unknown slug; InputError where they are one already,
    and for one of the registry that would go by a slug that the registry does not have."""
    with rooms.store.transaction():
        subject, value = current(rooms, one), current(rooms, other)
        if subject == value:
            raise InputError(f"{one} and {other} are one initiative already" if one != other else "give two initiatives, not one twice")
        first, second = (naming.row(rooms.store, slug) for slug in (subject, value))
        if first and second and first["known"] and not second["known"]:
            raise InputError(f"{subject} is in the registry and {value} is not: merge {value} into {subject}")
        return _one(rooms, Review("merge", subject, value, who=author.who, note=author.note))


def _one(rooms: Rooms, review: Review) -> Named:
    with rooms.store.transaction():
        subject = current(rooms, review.subject)
        value = review.value
        made = replace(review, subject=subject, subject_names=name_lines(_forms(rooms, subject)))
        if review.action == "merge":
            made = replace(made, value_names=name_lines(_forms(rooms, value)))
        number = decide(rooms, made)
        held = rulings(rooms)
        ruling = ruling_of(held, subject)
        slug = current(rooms, subject)
        row = naming.row(rooms.store, slug)
        return Named(number, slug, row["name"] if row else slug, dismissed=ruling is not None and ruling.dismissed)


def decide(rooms: Rooms, review: Review) -> int:
    """Append a decision on initiatives, or the taking back of one, and draw all conclusions that it changes; return its id."""
    if review.action.startswith(UNDO):
        names = {form.name for form in name_forms(review.subject_names)}
        naming.restore(rooms.store, review.subject, names, current(rooms, review.subject, strict=False))
    number = reviews.add(rooms.store, review)
    settle(rooms, (review,))
    return number


def settle(rooms: Rooms, decided: Iterable[Review]) -> None:
    """Conclude again whatever these decisions are about, whether they hold or were taken back; part of the transaction in hand."""
    about = list(decided)
    names = [form for review in about for lines in (review.subject_names, review.value_names) for form in name_forms(lines)]
    slugs = {slug for review in about for slug in (review.subject, review.value) if slug}
    slugs |= {
        found
        for review in about
        for slug, lines in ((review.subject, review.subject_names), (review.value, review.value_names))
        if (found := rooms.desk.resolver.registered(slug, name_forms(lines)))
    }
    ids = naming.articles_of(rooms.store, slugs, {form.name for form in names})
    take.conclude(rooms, ids, alert=False, lost=frozenset(slugs & set(rooms.desk.resolver.by_id)))
    call_as_decided(rooms.store, rooms.desk.resolver)
    _lead(rooms, slugs)
    kin.link(rooms, slugs | {current(rooms, slug, strict=False) for slug in slugs})


def _lead(rooms: Rooms, slugs: Iterable[str]) -> None:
    """Let the slugs of what is one by decisions lead to the one that it goes by."""
    held = rulings(rooms)
    for slug in slugs:
        ruling = ruling_of(held, slug)
        if ruling is not None and not ruling.dismissed:
            for old in sorted(ruling.slugs):
                naming.alias(rooms.store, old, ruling.slug)


def call_as_decided(store: Store, resolver: Resolver) -> None:
    """Call the initiatives of the registry what people call them now, where they are called otherwise; in a transaction of its own, or part
    of the one in hand."""
    held = Rulings(resolver, reviews.in_force(store))
    wanted = {slug: ruling.name for slug in resolver.by_id if (ruling := held.at(slug)) is not None and ruling.slug == slug and ruling.name}
    stands = naming.given(store)
    changed = sorted(slug for slug in {*stands, *wanted} if stands.get(slug) != wanted.get(slug))
    if changed:
        with store.transaction():
            for slug in changed:
                known = resolver.by_id.get(slug)
                naming.give(store, slug, wanted.get(slug, ""), known.name if known is not None else stands[slug])


def _forms(rooms: Rooms, slug: str) -> list[NameForm]:
    """The names that are an initiative's own, with those of former decisions on it: one that was dismissed has none in the data.

    Names that a merge in force brought are not its own, for that may be taken back; nor are those that others of the registry have too.
    """
    resolver, holding = rooms.desk.resolver, [review for review in reviews.in_force(rooms.store) if review.of_initiatives]
    past = [form for review in holding if review.subject == slug for form in name_forms(review.subject_names)]
    brought = {
        anchor
        for review in holding
        if review.action == "merge" and review.subject != slug
        for anchor in (review.subject, *side(resolver, review.subject, review.subject_names).anchors)
    }
    every = [*naming.forms(rooms.store, slug), *past]
    own = [form for form in every if resolver.node(form.name, form.abbreviation) not in brought and resolver.owners(form) <= {slug}]
    return own or every


def taught(rooms: Rooms) -> Rooms:
    """Return rooms whose desk finds the names that people decided on, in every text; the rooms given where nothing was decided since.

    What people call the initiatives of a registry that changed is written too.
    """
    decisions = tuple(review for review in reviews.in_force(rooms.store) if review.of_initiatives)
    if decisions == rooms.desk.taught:
        return rooms
    call_as_decided(rooms.store, rooms.desk.resolver)
    finder = Finder(learned(rooms.desk.resolver, decisions), rooms.config.watch)
    return replace(rooms, desk=replace(rooms.desk, finder=finder, taught=decisions))
