"""A picture of everything that was concluded, by addresses and names, read for :mod:`scraper.model.replay`."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from scraper.model.replay import Group, Linked, Named, Picture, Placed, Raised, Said, Spoken
from scraper.storage.store import Row, Store

JUDGED: Final = ("kind", "side", "level", "date", "place", "party", "official")
"""Columns of an article that say what was judged of it and that people ask about."""

_ARTICLES: Final = f"SELECT canonical_url AS url, title, {', '.join(JUDGED)}, statement_id, relation, grade FROM articles ORDER BY id"
_STATEMENTS: Final = "SELECT id, event_id, title AS name, date, kind, side, level, place, placeholder FROM statements"
_EVENTS: Final = "SELECT id, name, date, level, place FROM events"
_MENTIONS: Final = """SELECT a.canonical_url AS url, m.field, m.name, m.sentence, m.rule,
  coalesce(m."start", -1) AS "start", coalesce(m."end", -1) AS "end", coalesce(m.initiative_id, '') AS initiative
  FROM mentions m JOIN articles a ON a.id = m.article_id WHERE m.revision_id IS NULL AND a.statement_id IS NOT NULL ORDER BY m.id"""
_INITIATIVES: Final = """SELECT i.id, i.name, i.kind, i.status, coalesce(s.date, '') AS first FROM initiatives i
  LEFT JOIN statements s ON s.id = i.first_statement_id WHERE i.gone_at IS NULL AND i.id IN
  (SELECT m.initiative_id FROM mentions m JOIN articles a ON a.id = m.article_id WHERE m.revision_id IS NULL AND a.statement_id IS NOT NULL)"""
_FLAGS: Final = """SELECT f.kind, f.basis, f.initiative_id, f.formula, coalesce(f.statement_id, 0) AS statement,
  coalesce((SELECT CAST(x.new_id AS INTEGER) FROM aliases x WHERE x.kind = 'statement' AND x.old_id = CAST(f.comparator_id AS TEXT)), f.comparator_id, 0)
  AS comparator, coalesce(f.party, '') AS party, coalesce(f.instance, '') AS instance FROM flags f WHERE f.superseded_at IS NULL ORDER BY f.id"""
_OBSERVATIONS: Final = """SELECT o.initiative_id AS about, o.status AS what, o.statement_id AS statement FROM observations o
  LEFT JOIN mentions m ON m.id = o.mention_id WHERE m.revision_id IS NULL ORDER BY o.rowid"""
_FORMULAE: Final = "SELECT formula AS about, variant AS what, statement_id AS statement FROM formulae ORDER BY rowid"

_LINKS: Final = """SELECT l.initiative_id AS about, l.other_id AS other, l.kind FROM initiative_links l
  JOIN initiatives i ON i.id = l.initiative_id AND i.gone_at IS NULL JOIN initiatives o ON o.id = l.other_id AND o.gone_at IS NULL
  ORDER BY l.initiative_id, l.other_id, l.kind"""


def read(store: Store) -> Picture:
    """Return what is concluded in a database now."""
    articles = store.rows(_ARTICLES)
    standing: dict[int, set[str]] = defaultdict(set)
    for row in articles:
        if row["statement_id"]:
            standing[row["statement_id"]].add(row["url"])
    statements = [row for row in store.rows(_STATEMENTS) if row["id"] in standing]
    acts: dict[int, set[str]] = defaultdict(set)
    for row in statements:
        acts[row["event_id"]] |= standing[row["id"]]
    return Picture(
        articles={row["url"]: _placed(row) for row in articles},
        statements={row["id"]: _group(row, standing[row["id"]], ("kind", "side", "level", "place", "placeholder")) for row in statements},
        events={row["id"]: _group(row, acts[row["id"]], ("level", "place")) for row in store.rows(_EVENTS) if row["id"] in acts},
        mentions=tuple(Spoken(**row) for row in store.rows(_MENTIONS)),
        initiatives={row.pop("id"): Named(**row) for row in store.rows(_INITIATIVES)},
        flags=tuple(_raised(row) for row in store.rows(_FLAGS)),
        observations=tuple(Said(**row) for row in store.rows(_OBSERVATIONS)),
        formulae=tuple(Said(**row) for row in store.rows(_FORMULAE)),
        links=tuple(Linked(**row) for row in store.rows(_LINKS)),
    )


def _placed(row: Row) -> Placed:
    judged = {name: _shown(row[name]) for name in JUDGED}
    return Placed(row["title"], judged, row["statement_id"] or 0, row["relation"] or "", row["grade"] or "")


def _group(row: Row, members: set[str], facts: tuple[str, ...]) -> Group:
    return Group(row["name"], row["date"] or "", {name: _shown(row[name]) for name in facts}, frozenset(members))


def _raised(row: Row) -> Raised:
    about = row["initiative_id"] or row["formula"] or ""
    return Raised(
        row["kind"],
        row["basis"],
        about,
        row["statement"],
        row["comparator"],
        row["party"],
        row["instance"],
        of_wording=not row["initiative_id"],
    )


def _shown(value: object) -> str:
    return "" if value is None else str(value)
