"""What initiatives are to one another, by the links that follow from their names and by what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scraper.errors import NotFound
from scraper.jobs.rooms import Rooms
from scraper.model.initiative import Course, Link
from scraper.stages.initiatives import PROPOSED, Ruling, Rulings, akin, kinship
from scraper.storage import naming, reading, reviews
from scraper.storage.store import Row, Store


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
    """Return the slug that ``key`` goes by now, after merges and the registry's renamings; raises NotFound where there is none."""
    return standing(rooms.store, rulings(rooms), key, strict=strict)


def standing(store: Store, held: Rulings, key: str, *, strict: bool = True) -> str:
    """Return what :func:`current` does, by rulings at hand."""
    for slug in (key, reading.surviving(store, "initiative", key)):
        ruling = ruling_of(held, slug)
        if ruling is not None and not ruling.dismissed and naming.row(store, ruling.slug) is not None:
            return ruling.slug
    if naming.row(store, slug) is None and strict:
        raise NotFound(f"there is no initiative {key}")
    return slug if naming.row(store, slug) is not None else key


def text_name(store: Store, row: Row) -> str:
    """Return the name that the texts give to something that a person calls otherwise, or ``""``."""
    found = naming.earliest(store, row["id"])
    return found["name"] if found is not None and found["name"] != row["name"] else ""
