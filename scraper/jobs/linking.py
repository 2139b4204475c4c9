"""A person decides on an initiative by a link out of a digest: what the link is about, and the deed, once.

Looking changes nothing. The deed, what follows from it and the mark that the link acted are one transaction, without a lock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from scraper.config import Config
from scraper.errors import LinkRefused, NotFound
from scraper.jobs import naming
from scraper.jobs.kin import ruling_of, rulings, standing
from scraper.jobs.lives import decision, held_of
from scraper.jobs.naming import Author, Named
from scraper.jobs.rooms import Home, Rooms
from scraper.model.digest import Message, NewInitiative
from scraper.model.links import ReviewLink, sealed
from scraper.stages.initiatives import Rulings
from scraper.storage import material, review_links, reviews
from scraper.storage import naming as names
from scraper.storage.reviews import UNDO
from scraper.storage.store import Row, Store

NOTE = "by a signed link"
"""The note of such a decision."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a link is about, as it stands now: the initiative's ``name``, that of the one it is merged ``into``, the ``proof`` of its first
    mention where it is flagged, its ``decision`` in a word (empty: none yet) and the last ``review`` of it that is in force."""

    link: ReviewLink
    name: str
    into: str = ""
    proof: NewInitiative | None = None
    decision: str = ""
    review: Row | None = None


def secret(rooms: Rooms) -> str:
    """Return what signs the links of a digest: the secret of the configuration, else the key beside the database, which is made where there
    is none; ``""`` where no address of our pages is configured. Raises DatabaseFull where the key cannot be written."""
    alerts = rooms.config.alerts
    return (alerts.review_secret or review_links.made_key(rooms.home.database)) if alerts.pages_url else ""


def held_secret(config: Config, home: Home) -> str:
    """Return what signed the links that are out, ``""`` where none can be; nothing is made. Raises DatabaseFull for a key that cannot be
    read."""
    return config.alerts.review_secret or review_links.key(home.database)


def acting(rooms: Rooms, stored: Message) -> Message:
    """Return a stored message as it is sent: with the links that act in the place of those that do not."""
    known = held_secret(rooms.config, rooms.home)
    if not known:
        return stored
    parts = {name: sealed(getattr(stored, name), known) for name in ("text", "html", "short", "payload")}
    return replace(stored, **parts)


def case(config: Config, home: Home, clock: Callable[[], datetime], link: ReviewLink) -> Case:
    """Return what a link is about, read and nothing else; raises LinkRefused where it acted already or its initiative goes by another name,
    NotFound where no text names it any more."""
    with review_links.looking(home.database, clock) as store:
        return _case(config, store, link)


def _case(config: Config, store: Store, link: ReviewLink) -> Case:
    refuse_used(store, link)
    held = held_of(config, store)
    row = _standing(store, held, link.subject)
    into = names.row(store, standing(store, held, link.into, strict=False)) if link.into else None
    if link.into and into is None:
        raise NotFound(f"there is no initiative {link.into}")
    return Case(
        link=link,
        name=row["name"],
        into=into["name"] if into else "",
        proof=material.new_initiative(store, link.subject),
        decision=decision(ruling_of(held, link.subject)),
        review=_last(store, link.subject),
    )


def decide(rooms: Rooms, link: ReviewLink) -> Named:
    """Do what a link says, once; raises as :func:`case`, and as the functions of naming."""
    author = Author(link.who, NOTE)
    with rooms.store.transaction():
        refuse_used(rooms.store, link)
        _standing(rooms.store, rulings(rooms), link.subject)
        if link.action == "merge":
            made = naming.merge(rooms, link.subject, link.into, author)
        else:
            made = (naming.confirm if link.action == "confirm" else naming.dismiss)(rooms, link.subject, author)
        review_links.use(rooms.store, link.id, made.review)
        return made


def refuse_used(store: Store, link: ReviewLink) -> None:
    """Raise LinkRefused where a link acted already, with who did it, when, and the number of the review."""
    done = review_links.used(store, link.id)
    if done is not None:
        raise LinkRefused(f"this was done already: {done['who']} did it at {done['used_at']} (review {done['review_id']})", code="used")


def _standing(store: Store, held: Rulings, slug: str) -> Row:
    """The row of an initiative that goes by this very slug."""
    now = standing(store, held, slug, strict=False)
    row = names.row(store, now)
    if row is None or (row["gone_at"] and ruling_of(held, slug) is None):
        raise NotFound(f"no text that is known names {slug} any more")
    if now != slug:
        raise LinkRefused(f"{slug} goes by the name of {row['name']} ({now}) by now, so this link does nothing", code="moved")
    return row


def _last(store: Store, slug: str) -> Row | None:
    """The last decision on an initiative that nobody took back."""
    of_it = [row for row in reviews.rows(store) if row["subject"] == slug and row["in_force"] and not row["action"].startswith(UNDO)]
    return of_it[-1] if of_it else None
