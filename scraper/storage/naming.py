"""How initiatives stand to one another and what people called them: names for decisions, links, and the life of one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from scraper.model.grouping import NameForm
from scraper.model.initiative import Course, Link, Occasion
from scraper.storage.store import Row, Store

_STANDS = "gone_at IS NULL"


def forms(store: Store, slug: str) -> list[NameForm]:
    """Return the names of an initiative as it stands: in texts, with what stood beside them, and those of the registry."""
    rows = store.rows(
        "SELECT name, language, abbreviation FROM mentions WHERE initiative_id = ?1 AND revision_id IS NULL "
        "UNION SELECT name, language, '' FROM initiative_names WHERE initiative_id = ?1",
        (slug,),
    )
    return [NameForm(**row) for row in rows]


def row(store: Store, slug: str) -> Row | None:
    """Return the row of an initiative of this very slug, also of one that is gone."""
    return store.row("SELECT id, name, kind, known, trilateral, gone_at FROM initiatives WHERE id = ?", (slug,))


def of_mentions(store: Store, mention_ids: Sequence[int]) -> frozenset[str]:
    """Return the initiatives that these mentions name now."""
    rows = store.rows(
        "SELECT DISTINCT initiative_id AS id FROM mentions WHERE initiative_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(mention_ids)),),
    )
    return frozenset(found["id"] for found in rows)


def articles_of(store: Store, slugs: Collection[str], names: Collection[str]) -> tuple[int, ...]:
    """Return the ids of the articles that name one of these initiatives or hold one of these names, and of one that names what was
    dismissed (all such names are looked at together)."""
    both = (json.dumps(sorted(slugs)), json.dumps(sorted(names)))
    rows = store.rows(
        "SELECT article_id AS id FROM mentions WHERE revision_id IS NULL AND (initiative_id IN (SELECT value FROM json_each(?1)) "
        "OR registry_id IN (SELECT value FROM json_each(?1)) OR name IN (SELECT value FROM json_each(?2))) "
        "UNION SELECT min(article_id) FROM mentions WHERE revision_id IS NULL AND initiative_id IS NULL HAVING min(article_id) IS NOT NULL ORDER BY 1",
        both,
    )
    return tuple(found["id"] for found in rows)


def headings(store: Store) -> list[tuple[str, str]]:
    """Return the id of every initiative that stands, with what it is called."""
    return [(found["id"], found["name"]) for found in store.rows(f"SELECT id, name FROM initiatives WHERE {_STANDS} ORDER BY id")]


def names(store: Store) -> list[tuple[str, str]]:
    """Return the id of every initiative that stands, with each of its names."""
    rows = store.rows(
        f"SELECT n.initiative_id AS id, n.name FROM initiative_names n JOIN initiatives i ON i.id = n.initiative_id WHERE i.{_STANDS}"
    )
    return [(found["id"], found["name"]) for found in rows]


def loose(store: Store) -> frozenset[str]:
    """Return the initiatives that stand and are not in the registry."""
    return frozenset(found["id"] for found in store.rows(f"SELECT id FROM initiatives WHERE known = 0 AND {_STANDS}"))


def restore(store: Store, slug: str, names: Collection[str], heir: str) -> None:
    """Let mentions of these names point to an initiative again that is not in the registry, where they point to ``heir`` now, or to
    nothing: what is concluded next keeps the id by which it was known before a decision that was taken back."""
    store.write(
        "UPDATE mentions SET initiative_id = ?1 WHERE name IN (SELECT value FROM json_each(?2)) AND coalesce(initiative_id, ?3) = ?3 "
        "AND revision_id IS NULL AND EXISTS (SELECT 1 FROM initiatives WHERE id = ?1 AND known = 0)",
        (slug, json.dumps(sorted(names)), heir),
    )


def alias(store: Store, slug: str, heir: str) -> None:
    """Let an initiative that is gone lead to another by an alias row; part of the transaction in hand."""
    store.write(
        "INSERT OR REPLACE INTO aliases (kind, old_id, new_id, at) SELECT 'initiative', ?1, ?2, ?3 "
        "WHERE ?1 <> ?2 AND EXISTS (SELECT 1 FROM initiatives WHERE id = ?1 AND gone_at IS NOT NULL)",
        (slug, heir, store.now()),
    )


_OCCASIONS = """SELECT DISTINCT m.initiative_id AS slug, m.article_id, s.event_id, coalesce(s.date, '') AS date,
  coalesce(nullif(e.place, ''), s.place, '') AS place, coalesce(s.level, '') AS level, m.instance, m.rule NOT LIKE 'lowercase/%' AS proper
  FROM mentions m JOIN articles a ON a.id = m.article_id JOIN statements s ON s.id = a.statement_id JOIN events e ON e.id = s.event_id
  WHERE m.revision_id IS NULL AND m.initiative_id IN (SELECT value FROM json_each(?)) ORDER BY date, m.article_id, m.instance, proper"""


def courses(store: Store, slugs: Collection[str]) -> tuple[Course, ...]:
    """Return the initiatives of these slugs that stand, by slug, each with all its names and where it was named."""
    asked = (json.dumps(sorted(slugs)),)
    known = store.rows(f"SELECT id, known FROM initiatives WHERE {_STANDS} AND id IN (SELECT value FROM json_each(?)) ORDER BY id", asked)
    called: dict[str, list[str]] = defaultdict(list)
    for found in store.rows(
        "SELECT initiative_id AS id, name FROM initiative_names WHERE initiative_id IN (SELECT value FROM json_each(?))", asked
    ):
        called[found["id"]].append(found["name"])
    seen: dict[str, list[Row]] = defaultdict(list)
    for found in store.rows(_OCCASIONS, asked):
        seen[found.pop("slug")].append(found)
    return tuple(_course(found, called[found["id"]], seen[found["id"]]) for found in known)


def _course(found: Row, called: Iterable[str], seen: Sequence[Row]) -> Course:
    proper = [one.pop("proper") for one in seen]
    first = min((one["date"] for one in seen if one["date"]), default="")
    described = bool(seen) and not any(proper) and not found["known"]
    return Course(found["id"], bool(found["known"]), tuple(sorted(called)), described, first, tuple(Occasion(**one) for one in seen))


def write_links(store: Store, about: Collection[str], links: Iterable[Link]) -> None:
    """Write the links of these initiatives, as they are now, in the place of those that stood; part of the transaction in hand.

    One that stands already keeps its time; links of what is gone go with it.
    """
    wanted = {(link.initiative_id, link.other_id, link.kind): link for link in links}
    ids = json.dumps(sorted(about))
    stands = store.rows(
        "SELECT * FROM initiative_links WHERE initiative_id IN (SELECT value FROM json_each(?1)) OR other_id IN (SELECT value FROM json_each(?1)) "
        f"OR initiative_id NOT IN (SELECT id FROM initiatives WHERE {_STANDS}) OR other_id NOT IN (SELECT id FROM initiatives WHERE {_STANDS})",
        (ids,),
    )
    for found in stands:
        key = (found["initiative_id"], found["other_id"], found["kind"])
        if key in wanted and wanted[key].reason == found["reason"]:
            del wanted[key]
        elif key not in wanted:
            store.write("DELETE FROM initiative_links WHERE initiative_id = ? AND other_id = ? AND kind = ?", key)
    for key, link in wanted.items():
        store.write(
            "INSERT INTO initiative_links (initiative_id, other_id, kind, reason, at) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET reason = excluded.reason",
            (*key, link.reason, store.now()),
        )


def links(store: Store, slug: str = "") -> list[Row]:
    """Return the links of an initiative, or of all: initiative_id, name, other_id, other_name, kind, reason, at; by kind and id."""
    return store.rows(
        "SELECT l.initiative_id, i.name, l.other_id, o.name AS other_name, l.kind, l.reason, l.at FROM initiative_links l "
        f"JOIN initiatives i ON i.id = l.initiative_id AND i.{_STANDS} JOIN initiatives o ON o.id = l.other_id AND o.{_STANDS} "
        "WHERE ? IN ('', l.initiative_id, l.other_id) ORDER BY l.kind, l.initiative_id, l.other_id",
        (slug,),
    )


def give(store: Store, slug: str, given: str, name: str) -> None:
    """Call an initiative that is, or was, of the registry as a person does (``given``), or where that is empty by its ``name`` again."""
    store.write("UPDATE initiatives SET given_name = ?, name = ? WHERE id = ?", (given or None, given or name, slug))


def given(store: Store) -> dict[str, str]:
    """Return what people call initiatives of the registry, by slug."""
    return {found["id"]: found["given_name"] for found in store.rows("SELECT id, given_name FROM initiatives WHERE given_name IS NOT NULL")}


def timeline(store: Store, slug: str) -> list[Row]:
    """Return every dated observation of an initiative, oldest first: date, side, status, cue, instance, sentence, name (as it stands in
    the text), publisher, url, language, official, statement_id and statement (its title), taken_out_at (when an edit was seen that took
    the sentence out, UTC; None of what the text says now).

    One that rests on no mention (not_mentioned) has the address of its statement's lead article, and no sentence.
    """
    return store.rows(
        "SELECT o.date, o.side, o.status, o.cue, m.instance, m.sentence, m.name, coalesce(a.publisher, l.publisher) AS publisher, "
        "coalesce(a.url, l.url) AS url, coalesce(a.language, l.language) AS language, coalesce(a.official, l.official) AS official, "
        "s.id AS statement_id, s.title AS statement, r.seen_at AS taken_out_at FROM observations o JOIN statements s ON s.id = o.statement_id "
        "LEFT JOIN mentions m ON m.id = o.mention_id LEFT JOIN revisions r ON r.id = m.revision_id LEFT JOIN articles a ON a.id = m.article_id LEFT JOIN articles l ON l.id = s.lead_article_id "
        "WHERE o.initiative_id = ?1 OR (m.revision_id IS NOT NULL AND o.initiative_id IN "
        "(SELECT old_id FROM aliases WHERE kind = 'initiative' AND new_id = ?1)) "
        "ORDER BY o.date IS NULL, o.date, s.id, o.mention_id IS NULL, o.mention_id, o.status",
        (slug,),
    )


def instances(store: Store, slug: str) -> list[Row]:
    """Return the ordinals and years of a series, each with the date and statement that first named it."""
    return store.rows(
        "SELECT m.instance, min(s.date) AS date, s.id AS statement_id FROM mentions m JOIN articles a ON a.id = m.article_id "
        "JOIN statements s ON s.id = a.statement_id WHERE m.initiative_id = ? AND m.instance <> '' AND m.revision_id IS NULL "
        "GROUP BY m.instance ORDER BY date, CAST(m.instance AS INTEGER), m.instance",
        (slug,),
    )


def earliest(store: Store, slug: str) -> Row | None:
    """Return what the texts call an initiative: the name of its earliest mention by date, governments' own first, with its ``date``."""
    return store.row(
        "SELECT m.name, s.date FROM mentions m JOIN articles a ON a.id = m.article_id JOIN statements s ON s.id = a.statement_id "
        "WHERE m.initiative_id = ? AND m.revision_id IS NULL ORDER BY s.date IS NULL, s.date, NOT a.official, a.published_at, m.id LIMIT 1",
        (slug,),
    )
