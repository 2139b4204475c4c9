"""The life of initiatives as people ask for it: listed by section, or one in full, with what was decided and proposed."""

from __future__ import annotations

from scraper.config import Config
from scraper.jobs.kin import is_id, ruling_of, standing, text_name
from scraper.model.grouping import Review, name_forms
from scraper.model.initiative import Initiative
from scraper.stages.initiatives import PROPOSED, WIDER, Resolver, Ruling, Rulings
from scraper.storage import naming, reading, reviews
from scraper.storage.store import Row, Store

SECTIONS = ("ours", "wider", "other")
"""Where a listing shows an initiative: of the watched parties, of more than them, or somebody else's (kept so that it is not taken for one)."""
MOST = 100_000


def listed(config: Config, store: Store, *, new: bool = False, seen: bool = False) -> list[Row]:
    """Return the initiatives that stand as reading.initiatives does, each with ``section``, ``decision`` (confirmed, renamed, merged into
    it, or empty), and ``text_name`` where a person calls it otherwise than the texts; those dismissed or merged into others are left out."""
    held = held_of(config, store)
    rows = []
    for row in reading.initiatives(store, new=new, seen=seen, limit=MOST):
        ruling = ruling_of(held, row["id"])
        if ruling is not None and (ruling.dismissed or ruling.slug != row["id"]):
            continue
        called = _registry_name(config, row) or (text_name(store, row) if ruling is not None and ruling.name else "")
        rows.append({**row, "section": _section(row), "decision": decision(ruling), "text_name": called})
    return rows


def proposed(store: Store) -> list[Row]:
    """Return the proposals that wait for a person: the initiative, what it perhaps is the same as, and why."""
    return [row for row in naming.links(store) if row["kind"] in PROPOSED]


def dismissed(config: Config, store: Store) -> list[Row]:
    """Return the dismissals in force, oldest first: ``id``, ``names``, ``at``, ``who``, ``note`` and the number of the ``review``."""
    held = held_of(config, store)
    rows = []
    for row in reviews.rows(store):
        ruling = ruling_of(held, row["subject"])
        if row["action"] == "dismiss" and row["in_force"] and ruling is not None and ruling.dismissed:
            names = sorted({form.name for form in name_forms(row["subject_names"])})
            rows.append({"id": row["subject"], "names": names, **{key: row[key] for key in ("at", "who", "note")}, "review": row["id"]})
    return rows


def life(config: Config, store: Store, key: str, held: Rulings | None = None, *, mentioned: bool = True) -> Row:
    """Return one initiative as reading.initiative does, with more; raises NotFound. ``held`` is what holds by all decisions, where it is at hand;
    without ``mentioned`` its ``mentions`` are left out.

    ``asked`` is the key where it is known by another slug now; ``registry`` the entry's parent, children, related and first_mentioned;
    ``text_name`` what the texts (or the registry) call it where a person calls it otherwise; ``decision`` what holds of it and
    ``reviews`` all that was decided on it; ``timeline`` every observation with its sentence and source; ``instances`` of a series;
    ``precursors`` and ``successors``; ``proposals``, each with the other initiative, and which of them is the ``later``.
    """
    held = held_of(config, store) if held is None else held
    slug = standing(store, held, key)
    row = reading.initiative(store, slug, mentioned=mentioned)
    ruling = ruling_of(held, slug)
    row["asked"] = key if key != slug and is_id(store, held, key) else ""
    row["section"], row["decision"] = _section(row), decision(ruling)
    row["text_name"] = _registry_name(config, row) or (text_name(store, row) if ruling is not None and ruling.name else "")
    row["registry"] = _entry(config, slug)
    row["timeline"] = naming.timeline(store, slug)
    row["instances"] = naming.instances(store, slug)
    row["reviews"] = _reviews(store, slug, ruling)
    return row | _links(store, slug)


def decision(ruling: Ruling | None) -> str:
    """Return in a word what was decided of an initiative."""
    if ruling is None:
        return ""
    states = (("dismissed", ruling.dismissed), ("renamed", bool(ruling.name)), ("merged", ruling.merged))
    return next((word for word, holds in states if holds), "confirmed")


def held_of(config: Config, store: Store) -> Rulings:
    """Return what holds by all decisions; the registry is prepared only where there are any."""
    decisions = [review for review in reviews.in_force(store) if review.of_initiatives]
    registry = config.registry if decisions else type(config.registry)()
    return Rulings(Resolver(registry, config.watch), decisions)


def _section(row: Row) -> str:
    if row["scope"] == WIDER:
        return "wider"
    return "ours" if row["trilateral"] else "other"


def _registry_name(config: Config, row: Row) -> str:
    entry = config.registry.get(row["id"])
    return entry.name if entry is not None and entry.name != row["name"] else ""


def _entry(config: Config, slug: str) -> Row | None:
    entry = config.registry.get(slug)
    if entry is None:
        return None
    children = [one for one in config.registry.initiatives if one.parent == slug]
    around: dict[str, list[Initiative]] = {
        "parent": [one for one in config.registry.initiatives if one.id == entry.parent],
        "children": children,
        "related": [one for one in config.registry.initiatives if one.id in entry.related],
    }
    told = {name: [{"id": one.id, "name": one.name} for one in some] for name, some in around.items()}
    return {
        **told,
        "first_mentioned": entry.first_mentioned,
        "series": entry.series,
        "abbreviations": list(entry.abbreviations),
        "url": entry.url,
    }


def _reviews(store: Store, slug: str, ruling: Ruling | None) -> list[Row]:
    slugs = {slug, *(ruling.slugs if ruling is not None else ())}
    return [row for row in reviews.rows(store) if _is_of(row, slugs)]


def _is_of(row: Row, slugs: set[str]) -> bool:
    named = {row["subject"]} | ({row["value"]} if "merge" in row["action"] else set())
    return Review(row["action"], row["subject"]).of_initiatives and not named.isdisjoint(slugs)


def _links(store: Store, slug: str) -> Row:
    rows = naming.links(store, slug)
    return {
        "precursors": [_end(row, "initiative_id", "name") for row in rows if row["kind"] == "precursor" and row["other_id"] == slug],
        "successors": [_end(row, "other_id", "other_name") for row in rows if row["kind"] == "precursor" and row["initiative_id"] == slug],
        "proposals": [
            _end(row, *(("other_id", "other_name") if row["initiative_id"] == slug else ("initiative_id", "name")))
            for row in rows
            if row["kind"] in PROPOSED
        ],
    }


def _end(row: Row, key: str, name: str) -> Row:
    return {
        "id": row[key],
        "name": row[name],
        "kind": row["kind"],
        "reason": row["reason"],
        "later": row["initiative_id"],
        "earlier": row["other_id"],
    }
