"""What initiatives are to one another, by the links that follow from their names and by what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from scraper.errors import NotFound
from scraper.jobs.rooms import Rooms
from scraper.model.initiative import Course, Link
from scraper.stages.initiatives import PROPOSED, Ruling, Rulings, akin, kinship
from scraper.storage import naming, reading, reviews
from scraper.storage.store import Row, Store
from scraper.text import fold, squeeze

_NEAREST, _NEAR = 3, 0.8
"""So many ids are told to who mistypes one, if they are so like it (the ratio of difflib)."""
_LONGEST = 200
"""Characters of a name that are looked at."""


def follow(rooms: Rooms, mention_ids: Sequence[int]) -> None:
    """Write what the initiatives of these mentions are to others now; part of the transaction in hand."""
    link(rooms, naming.of_mentions(rooms.store, mention_ids))


def link(rooms: Rooms, slugs: Iterable[str]) -> None:
    """Write the links of these initiatives. What a person confirmed is no longer proposed to be something else."""
    store, resolver = rooms.store, rooms.desk.resolver
    about, loose = frozenset(slugs), naming.loose(store)
    if not loose:
        naming.write_links(store, about, ())
        return
    called = naming.names(store)
    near = akin(called, resolver.keys, about & loose) | (akin(called, resolver.keys, about - loose) & loose) | about
    held = rulings(rooms)
    courses = [_dated(rooms, one) for one in naming.courses(store, near) if not _gone(ruling_of(held, one.id), one.id)]
    naming.write_links(store, about, (one for one in kinship(courses, resolver.keys, about) if not _settled(held, one)))


def _gone(ruling: Ruling | None, slug: str) -> bool:
    """Whether it is dismissed, or goes by another slug."""
    return ruling is not None and (ruling.dismissed or ruling.slug != slug)


def _settled(held: Rulings, one: Link) -> bool:
    return one.kind in PROPOSED and ruling_of(held, one.initiative_id) is not None


def _dated(rooms: Rooms, one: Course) -> Course:
    """An initiative with the date from which the registry knows it."""
    known = rooms.desk.resolver.by_id.get(one.id)
    first = known.first_mentioned if known is not None else ""
    return replace(one, first=min(filter(None, (first, one.first)), default=""))


def rulings(rooms: Rooms) -> Rulings:
    """Return what holds by all decisions in force."""
    return Rulings(rooms.desk.resolver, reviews.in_force(rooms.store))


def ruling_of(held: Rulings, slug: str) -> Ruling | None:
    """Return what holds of a slug, of the registry or not."""
    return held.at(slug) or held.at(("slug", slug))


def current(rooms: Rooms, key: str, *, strict: bool = True) -> str:
    """Return the slug that ``key`` goes by now, after merges and the registry's renamings; ``key`` may also be a name that one alone has.

    Raises NotFound where there is none, unless told not to (``strict``).
    """
    return standing(rooms.store, rulings(rooms), key, strict=strict)


def standing(store: Store, held: Rulings, key: str, *, strict: bool = True) -> str:
    """Return what :func:`current` does, by rulings at hand."""
    for slug in (key, reading.surviving(store, "initiative", key)):
        ruling = ruling_of(held, slug)
        if ruling is not None and not ruling.dismissed and naming.row(store, ruling.slug) is not None:
            return ruling.slug
    if naming.row(store, slug) is None and strict:
        return called(store, key)
    return slug if naming.row(store, slug) is not None else key


def called(store: Store, name: str) -> str:
    """Return the slug of the one initiative that has this name, in whatever case and width; raises NotFound where none or several have it."""
    headings = naming.headings(store)
    names = [*naming.names(store), *headings, *((slug, slug) for slug, _ in headings)]
    owners = sorted({slug for slug, own in names if _bare(own) == _bare(name)})
    if len(owners) == 1:
        return owners[0]
    if owners:
        raise NotFound(f"{len(owners)} are called {squeeze(name)}: {', '.join(owners)}; give the id of one")
    by_name = {_bare(own): slug for slug, own in names}
    near = dict.fromkeys(by_name[one] for one in get_close_matches(_bare(name), by_name, n=_NEAREST, cutoff=_NEAR))
    perhaps = f"; perhaps {' or '.join(near)}" if near else ""
    raise NotFound(f"there is no initiative {squeeze(name) or '(an empty id)'}{perhaps}; see: trilateral initiatives list")


def is_id(store: Store, held: Rulings, key: str) -> bool:
    """Tell whether ``key`` is, or was, the id of an initiative, and no mere name."""
    return naming.row(store, key) is not None or reading.surviving(store, "initiative", key) != key or ruling_of(held, key) is not None


def _bare(name: str) -> str:
    """What tells a name from others when people type it: letters and figures alone."""
    return "".join(character for character in fold(name[:_LONGEST]) if character.isalnum())


def text_name(store: Store, row: Row) -> str:
    """Return the name that the texts give to something that a person calls otherwise, or ``""``."""
    found = naming.earliest(store, row["id"])
    return found["name"] if found is not None and found["name"] != row["name"] else ""
