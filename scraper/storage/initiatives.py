"""Initiatives: the registry, what mentions were concluded to name, and the flags raised."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any

from scraper.model.initiative import Flag, Found, LooseName, Reach, Registry, SeenName, Translated
from scraper.storage.store import Store
from scraper.text import spaced


def sync(store: Store, registry: Registry) -> None:
    """Write the registry as configured: a row for each known initiative, with its names.

    One that left the registry stays, as if it had been found in the data.
    """
    with store.transaction():
        kept = json.dumps([known.id for known in registry.initiatives])
        store.write("UPDATE initiatives SET known = 0 WHERE known = 1 AND id NOT IN (SELECT value FROM json_each(?))", (kept,))
        store.write("DELETE FROM aliases WHERE kind = 'initiative' AND old_id IN (SELECT value FROM json_each(?))", (kept,))
        for known in registry.initiatives:
            store.write(
                "INSERT INTO initiatives (id, name, kind, scope, status, known, trilateral) VALUES (?, ?, ?, ?, 'known', 1, ?) ON CONFLICT(id) "
                "DO UPDATE SET name = excluded.name, kind = excluded.kind, scope = excluded.scope, known = 1, trilateral = excluded.trilateral, gone_at = NULL",
                (known.id, known.name, known.kind, known.scope, int(known.trilateral)),
            )
            names = [(known.name, "en"), *((name, language) for language, forms in known.names.items() for name in forms)]
            _name(store, known.id, known.name, names)


def _name(store: Store, slug: str, name: str, names: Iterable[tuple[str, str]]) -> None:
    for form, language in names:
        store.insert("initiative_names", {"initiative_id": slug, "name": form, "language": language}, or_="OR IGNORE")
    row = store.row("SELECT rowid FROM initiatives WHERE id = ?", (slug,))
    forms = store.rows("SELECT name FROM initiative_names WHERE initiative_id = ? ORDER BY name", (slug,))
    if row:
        store.write("DELETE FROM initiatives_fts WHERE rowid = ?", (row["rowid"],))
        values = (row["rowid"], spaced(name), spaced(" · ".join(form["name"] for form in forms)))
        store.write("INSERT INTO initiatives_fts (rowid, name, names) VALUES (?, ?, ?)", values)


_STANDING = """SELECT i.id FROM initiatives i WHERE i.known = 0 AND i.gone_at IS NULL
  AND EXISTS (SELECT 1 FROM mentions m WHERE m.initiative_id = i.id AND m.revision_id IS NULL)"""
_KNOWN = "SELECT id FROM initiatives WHERE known = 1"
_SEEN = """SELECT m.id AS mention_id, m.article_id, a.statement_id, a.canonical_url AS url, m.name, m.language, m.registry_id AS initiative_id,
  m.head, m.abbreviation, m.rule, m.confidence, m.status, coalesce(s.date, a.date, '') AS date, coalesce(a.published_at, '') AS published,
  a.official, coalesce(a.grade, '') AS grade, m.instance, coalesce(s.side, '') AS side, s.event_id, a.id = s.lead_article_id AS lead, s.placeholder
  FROM mentions m JOIN articles a ON a.id = m.article_id JOIN statements s ON s.id = a.statement_id"""


def named(store: Store, statement_ids: Sequence[int]) -> bool:
    """Tell whether any initiative is named in these statements; where none is, nothing of initiatives can have changed."""
    sql = "SELECT 1 FROM mentions m JOIN articles a ON a.id = m.article_id WHERE m.revision_id IS NULL AND a.statement_id IN (SELECT value FROM json_each(?)) LIMIT 1"
    return store.row(sql, (json.dumps(list(statement_ids)),)) is not None


def seen(store: Store, statement_ids: Sequence[int], slugs: Iterable[str] = ()) -> tuple[SeenName, ...]:
    """Return the mentions in reach of these statements: all names not in the registry, and every mention of each known
    initiative that is named in one of them or is among ``slugs``."""
    known = "SELECT DISTINCT x.registry_id FROM mentions x JOIN articles y ON y.id = x.article_id WHERE x.revision_id IS NULL AND y.statement_id IN (SELECT value FROM json_each(?))"
    return _seen(
        store,
        f"(m.registry_id NOT IN ({_KNOWN}) OR m.registry_id IN ({known}) OR m.registry_id IN (SELECT value FROM json_each(?)))",
        (json.dumps(list(statement_ids)), json.dumps(sorted(slugs))),
    )


def in_reach(store: Store, reach: Reach) -> tuple[SeenName, ...]:
    """Return the mentions of these names that are not in the registry, and those of the known initiatives of these slugs."""
    return _seen(
        store,
        f"(m.registry_id IN (SELECT value FROM json_each(?)) OR (m.registry_id NOT IN ({_KNOWN}) AND "
        "(m.name, m.abbreviation) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))))",
        (json.dumps(sorted(reach.slugs)), json.dumps(sorted(reach.names))),
    )


def _seen(store: Store, which: str, values: tuple[str, ...]) -> tuple[SeenName, ...]:
    rows = store.rows(f"{_SEEN} WHERE m.revision_id IS NULL AND {which} ORDER BY m.id", values)
    return tuple(SeenName(**{**row, **{name: bool(row[name]) for name in ("official", "lead", "placeholder")}}) for row in rows)


def loose(store: Store) -> tuple[LooseName, ...]:
    """Return every name that is not in the registry, once for each way in which it stands and each thing that it was concluded to be."""
    rows = store.rows(
        "SELECT DISTINCT name, abbreviation, rule LIKE 'lowercase/%' AS described, coalesce(initiative_id, '') AS slug FROM mentions "
        f"WHERE revision_id IS NULL AND registry_id NOT IN ({_KNOWN})"
    )
    return tuple(LooseName(**{**row, "described": bool(row["described"])}) for row in rows)


def translations(store: Store) -> tuple[Translated, ...]:
    """Return what is named in governments' texts of statements of which they released texts in several languages, and what is newly
    made by their texts of events of which there are such texts."""
    rows = store.rows(
        "SELECT DISTINCT a.statement_id, s.event_id, m.head, m.language, m.name, m.abbreviation, m.confidence, m.status, "
        f"CASE WHEN m.registry_id IN ({_KNOWN}) THEN m.registry_id ELSE '' END AS slug "
        "FROM mentions m JOIN articles a ON a.id = m.article_id JOIN statements s ON s.id = a.statement_id "
        "WHERE m.revision_id IS NULL AND m.head <> '' AND a.official AND (a.statement_id IN "
        "(SELECT statement_id FROM articles WHERE official GROUP BY statement_id HAVING count(DISTINCT language) > 1) "
        "OR (m.status IN ('proposed', 'announced', 'established') AND s.event_id IN (SELECT t.event_id FROM articles o "
        "JOIN statements t ON t.id = o.statement_id WHERE o.official GROUP BY t.event_id HAVING count(DISTINCT o.language) > 1)))"
    )
    return tuple(Translated(**row) for row in rows)


def touched(store: Store, statement_ids: Sequence[int], slugs: Iterable[str] = ()) -> Reach:
    """Return what is or was named in these statements, with ``slugs``: a name that an edit took out counts too."""
    rows = store.rows(
        f"SELECT DISTINCT m.name, m.abbreviation, CASE WHEN m.registry_id IN ({_KNOWN}) THEN m.registry_id ELSE '' END AS slug FROM articles a "
        "JOIN mentions m ON m.article_id = a.id WHERE a.statement_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(statement_ids)),),
    )
    names = frozenset((row["name"], row["abbreviation"]) for row in rows if not row["slug"])
    return Reach(names, frozenset(row["slug"] for row in rows if row["slug"]) | frozenset(slugs))


@dataclass(frozen=True, slots=True)
class Written:
    """What applying conclusions on initiatives changed: ids of the ``flags`` that are new; under which id each Found is stored (``slugs``);
    ids that nothing supports any longer (``gone``); and statements of which a mention was taken for another initiative before (``moved``)."""

    flags: tuple[int, ...] = ()
    slugs: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    moved: frozenset[int] = frozenset()


def apply(store: Store, found: Sequence[Found], flags: Sequence[Flag], names: Sequence[SeenName], *, lost: Iterable[str] = ()) -> Written:
    """Write what the mentions in reach name, their dated observations and the flags; part of the transaction in hand.

    ``lost`` are initiatives of which an edit took mentions out; where none is left, nothing rests on them any more.

    A new initiative keeps the id under which most of its mentions were stored before; one whose mentions all went to another
    leaves an alias row to it. A flag that no longer holds gets ``superseded_at``.
    """
    at = store.now()
    by_mention = {name.mention_id: name for name in names}
    before = _before(store, list(by_mention))
    slugs = _kept_slugs(store, found, before)
    moved = [number for one in found for number in _write_found(store, one, slugs[one.id], by_mention, at)]
    moved += _unname(store, found, by_mention)
    retired = _retire(store, slugs, at)
    _alias(store, retired, before, {number: slugs[one.id] for one in found for number in one.mention_ids}, at)
    gone = (*retired, *_bereft(store, lost, slugs))
    raised = _write_flags(store, flags, slugs, {*slugs.values(), *gone}, at)
    return Written(raised, slugs, gone, frozenset(by_mention[number].statement_id for number in moved))


def _bereft(store: Store, lost: Iterable[str], slugs: Mapping[str, str]) -> list[str]:
    """The known initiatives that no mention names any more: none of our statements is their first."""
    bereft = sorted(set(lost) - set(slugs.values()))
    store.write(
        "UPDATE initiatives SET first_statement_id = NULL, first_seen_at = NULL, status = 'known' WHERE known = 1 "
        "AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(bereft),),
    )
    return bereft


def holding(store: Store, flag_ids: Sequence[int]) -> tuple[int, ...]:
    """Return those of the flags that are in force."""
    rows = store.rows(
        "SELECT id FROM flags WHERE superseded_at IS NULL AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(flag_ids)),),
    )
    return tuple(row["id"] for row in rows)


def _before(store: Store, mention_ids: Sequence[int]) -> dict[int, str]:
    """The new initiative that each mention was concluded to name so far."""
    rows = store.rows(
        "SELECT m.id, m.initiative_id AS slug FROM mentions m JOIN initiatives i ON i.id = m.initiative_id "
        "WHERE i.known = 0 AND m.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(mention_ids)),),
    )
    return {row["id"]: row["slug"] for row in rows}


def _kept_slugs(store: Store, found: Sequence[Found], before: Mapping[int, str]) -> dict[str, str]:
    """The public id of each: a known one's own; of a new one the stored id that it shares most mentions with, else its own, numbered
    where another has that."""
    slugs = {one.id: one.id for one in found if one.known}
    taken = {row["id"] for row in store.rows(f"{_KNOWN} UNION ALL {_STANDING}")} - set(before.values())
    taken |= {row["id"] for row in store.rows(_KNOWN)}
    for one in found:
        if one.decided and not one.known and one.id not in taken:
            slugs[one.id] = one.id
            taken.add(one.id)
    shares = [
        (-shared, slug, one.id)
        for one in found
        if not one.known
        for slug, shared in Counter(before[number] for number in one.mention_ids if number in before).items()
    ]
    for _, slug, own in sorted(shares):
        if own not in slugs and slug not in taken:
            slugs[own] = slug
            taken.add(slug)
    for one in found:
        if one.id not in slugs:
            slugs[one.id] = _numbered(one.id, taken)
            taken.add(slugs[one.id])
    return slugs


def _numbered(slug: str, taken: set[str]) -> str:
    return next(name for number in count(1) if (name := slug if number == 1 else f"{slug}-{number}") not in taken)


def _write_found(store: Store, one: Found, slug: str, names: dict[int, SeenName], at: str) -> list[int]:
    """Write an initiative; return the mentions that were taken for another before, or for none."""
    first = names[one.first_mention_id]
    if not one.known:
        _write_new(store, one, slug)
    store.write(
        "UPDATE initiatives SET status = ?, first_statement_id = ?, first_seen_at = coalesce(first_seen_at, ?), reason = ?, confidence = ?, nearest = ? "
        "WHERE id = ?",
        (
            one.status,
            first.statement_id,
            at,
            one.reason,
            one.confidence,
            json.dumps([asdict(n) for n in one.nearest], ensure_ascii=False),
            slug,
        ),
    )
    moved = store.rows(
        "UPDATE mentions SET initiative_id = ?1 WHERE id IN (SELECT value FROM json_each(?2)) AND initiative_id IS NOT ?1 RETURNING id",
        (slug, json.dumps(list(one.mention_ids))),
    )
    _observe(store, one, slug, names)
    return [row["id"] for row in moved]


def _write_new(store: Store, one: Found, slug: str) -> None:
    """Write one that the registry does not know; its names, which are indexed, only where they changed."""
    stands = store.row("SELECT name, gone_at FROM initiatives WHERE id = ?", (slug,))
    forms = {
        (row["name"], row["language"]) for row in store.rows("SELECT name, language FROM initiative_names WHERE initiative_id = ?", (slug,))
    }
    store.write(
        "INSERT INTO initiatives (id, name, kind, scope, status, known, trilateral) VALUES (?, ?, ?, ?, ?, 0, 1) ON CONFLICT(id) "
        "DO UPDATE SET name = excluded.name, kind = excluded.kind, scope = excluded.scope, gone_at = NULL",
        (slug, one.name, one.kind, one.scope, one.status),
    )
    if forms != set(one.names) or stands != {"name": one.name, "gone_at": None}:
        store.write("DELETE FROM initiative_names WHERE initiative_id = ?", (slug,))
        _name(store, slug, one.name, one.names)


def _observe(store: Store, one: Found, slug: str, names: dict[int, SeenName]) -> None:
    """Make the dated observations what the mentions say; those that stand already are left alone."""
    mentions = (json.dumps(list(one.mention_ids)),)
    cues = {
        row["id"]: row["cue"] for row in store.rows("SELECT id, cue FROM mentions WHERE id IN (SELECT value FROM json_each(?))", mentions)
    }
    told: set[tuple[int, str]] = set()
    wanted: dict[int, dict[str, Any]] = {}
    for number in one.mention_ids:
        name = names[number]
        if name.status and (name.statement_id, name.status) not in told:
            told.add((name.statement_id, name.status))
            wanted[number] = {
                "initiative_id": slug, "statement_id": name.statement_id, "status": name.status, "cue": cues.get(number, ""),
                "date": name.date or None, "side": name.side or None, "mention_id": number,
            }  # fmt: skip
    for row in store.rows("SELECT * FROM observations WHERE mention_id IN (SELECT value FROM json_each(?))", mentions):
        if wanted.get(row["mention_id"]) == row:
            del wanted[row["mention_id"]]
        else:
            store.write("DELETE FROM observations WHERE mention_id = ?", (row["mention_id"],))
    for row in wanted.values():
        store.insert("observations", row)


def _unname(store: Store, found: Sequence[Found], names: dict[int, SeenName]) -> list[int]:
    """A mention in reach from which nothing was concluded points to no initiative; return those that did."""
    loose = sorted(set(names) - {number for one in found for number in one.mention_ids})
    moved = store.rows(
        "UPDATE mentions SET initiative_id = NULL WHERE id IN (SELECT value FROM json_each(?)) AND initiative_id IS NOT NULL RETURNING id",
        (json.dumps(loose),),
    )
    store.write("DELETE FROM observations WHERE mention_id IN (SELECT value FROM json_each(?))", (json.dumps(loose),))
    return [row["id"] for row in moved]


def _retire(store: Store, slugs: Mapping[str, str], at: str) -> list[str]:
    """A new initiative that no mention supports any longer is gone; its row stays because flags and alerts refer to it."""
    gone = store.rows(
        "SELECT id, rowid AS number FROM initiatives WHERE known = 0 AND gone_at IS NULL AND id NOT IN (SELECT value FROM json_each(?)) "
        f"AND id NOT IN ({_STANDING}) ORDER BY id",
        (json.dumps(sorted(slugs.values())),),
    )
    for row in gone:
        store.write("UPDATE initiatives SET gone_at = ? WHERE id = ?", (at, row["id"]))
        store.write("DELETE FROM initiatives_fts WHERE rowid = ?", (row["number"],))
    return [row["id"] for row in gone]


def _alias(store: Store, gone: Iterable[str], before: Mapping[int, str], after: Mapping[int, str], at: str) -> None:
    """Leave a row from each id that is gone to the one that took most of its mentions; an id in use is nobody's alias."""
    for slug in set(after.values()):
        store.write("DELETE FROM aliases WHERE kind = 'initiative' AND old_id = ?", (slug,))
    for slug in gone:
        heirs = Counter(after[number] for number, old in before.items() if old == slug and number in after)
        if heirs:
            heir = min(heirs, key=lambda name: (-heirs[name], name))
            store.write("UPDATE aliases SET new_id = ? WHERE kind = 'initiative' AND new_id = ?", (heir, slug))
            store.insert("aliases", {"kind": "initiative", "old_id": slug, "new_id": heir, "at": at}, or_="OR REPLACE")


def _write_flags(store: Store, flags: Sequence[Flag], slugs: dict[str, str], reach: set[str], at: str) -> tuple[int, ...]:
    holding = {
        (row["kind"], row["initiative_id"], row["mention_id"]): row["id"]
        for row in store.rows(
            "SELECT id, kind, initiative_id, mention_id FROM flags WHERE kind = 'new_initiative' AND superseded_at IS NULL "
            "AND initiative_id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(reach)),),
        )
    }
    wanted = {(flag.kind, slugs[flag.initiative_id], flag.mention_id): flag for flag in flags}
    for key, number in holding.items():
        if key not in wanted:
            store.write("UPDATE flags SET superseded_at = ? WHERE id = ?", (at, number))
    return tuple(_raise(store, flag, slugs, at) for key, flag in wanted.items() if key not in holding)


def _raise(store: Store, flag: Flag, slugs: dict[str, str], at: str) -> int:
    return store.insert(
        "flags",
        {"kind": flag.kind, "basis": flag.basis, "initiative_id": slugs[flag.initiative_id], "statement_id": flag.statement_id,
         "mention_id": flag.mention_id, "flagged_at": at, "reason": flag.reason, "confidence": flag.confidence},
    )  # fmt: skip
