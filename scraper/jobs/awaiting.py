"""What waits for a person's decision: initiatives flagged as new or perhaps the same as another, of which nobody decided yet; and the link
that asks somebody who is signed in for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from scraper.config import Config
from scraper.errors import InputError, NotFound
from scraper.jobs import lives
from scraper.jobs.kin import ruling_of
from scraper.jobs.linking import held_secret
from scraper.jobs.rooms import Desk, Home
from scraper.model.digest import NewInitiative
from scraper.model.links import ACTIONS, LONGEST_WHO, ReviewLink, signed
from scraper.model.moment import utc
from scraper.stages.initiatives import PROPOSED, Rulings
from scraper.storage import awaiting, material, naming, review_links, reviews
from scraper.storage.store import Row, Store

HOURS = 1
"""How long a link that is asked for on the page itself holds."""


@dataclass(frozen=True, slots=True)
class Awaiting:
    """An initiative by its ``slug`` and ``name``, since when it is ``flagged`` (UTC, empty: only proposed), the ``proof`` of its first mention
    where it is flagged, and what it is perhaps the same as: rows of ``id``, ``name`` and ``why``, the nearest first."""

    slug: str
    name: str
    flagged: str = ""
    proof: NewInitiative | None = None
    near: tuple[Row, ...] = field(default=())


def held(desk: Desk, store: Store) -> Rulings:
    """Return what holds by all decisions, by a registry that is prepared already."""
    return Rulings(desk.resolver, [review for review in reviews.in_force(store) if review.of_initiatives])


def waiting(desk: Desk, store: Store, *, limit: int, after: int = 0) -> tuple[list[Awaiting], int]:
    """Return what waits, the latest first, ``limit`` of it after the first ``after``, and how many there are."""
    rulings = held(desk, store)
    named = {row["initiative_id"]: row["name"] for row in lives.proposed(store)}
    rows = [(row["id"], row["name"], row["flagged_at"]) for row in awaiting.flagged(store)]
    rows += [(slug, name, "") for slug, name in sorted(named.items()) if slug not in {row[0] for row in rows}]
    open_ = [row for row in rows if ruling_of(rulings, row[0]) is None]
    return [_told(store, *row) for row in open_[after : after + limit]], len(open_)


def _told(store: Store, slug: str, name: str, flagged: str) -> Awaiting:
    proof = material.new_initiative(store, slug) if flagged else None
    return Awaiting(slug, name, flagged, proof, near(store, slug, proof))


def near(store: Store, slug: str, proof: NewInitiative | None) -> tuple[Row, ...]:
    """Return what an initiative is perhaps the same as: what is proposed, then what was near when it was found."""
    links = [row for row in naming.links(store, slug) if row["kind"] in PROPOSED]
    found = [
        {"id": row["other_id"], "name": row["other_name"], "why": row["reason"]}
        if row["initiative_id"] == slug
        else {"id": row["initiative_id"], "name": row["name"], "why": row["reason"]}
        for row in links
    ]
    found += [{"id": one.id, "name": one.name, "why": one.why} for one in (proof.nearest if proof else ()) if one.id]
    return tuple({row["id"]: row for row in reversed(found) if row["id"] != slug}.values())[::-1]


def token(config: Config, home: Home, store: Store, action: str, slug: str, into: str, who: str) -> str:
    """Return the token of a link that does an action to an initiative, to hold for HOURS; the key that signs it is made where there is none.

    Nothing is decided by it before somebody presses the button behind it. Raises InputError for an unknown action or a merge into nothing,
    NotFound for an unknown initiative, DatabaseFull where a key cannot be written.
    """
    if action not in ACTIONS or bool(into) != (action == "merge") or into == slug:
        raise InputError("there is no such decision")
    for key in filter(None, (slug, into)):
        if naming.row(store, key) is None:
            raise NotFound("there is no such initiative")
    person = " ".join(who.split())[:LONGEST_WHO]
    until = utc(store.clock() + timedelta(hours=HOURS))
    secret = held_secret(config, home) or review_links.made_key(home.database)
    return signed(ReviewLink(action, slug, person, until, into), secret)
