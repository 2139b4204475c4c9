"""Reads for the pages of a browser: what a page shows besides what listings have (:mod:`scraper.storage.reading`)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from scraper.errors import NotFound
from scraper.model.flag import STRENGTH
from scraper.model.source import Capture
from scraper.storage.store import Row, Store

_PROVEN = """SELECT f.id AS flag_id, f.flagged_at, f.basis, f.confidence, f.reason, f.statement_id, i.id, i.name, i.kind, m.id AS mention_id, m.name AS form,
  m.sentence, m.language, s.date, s.title AS statement, a.publisher, a.party, a.url, a.id AS article_id
  FROM flags f JOIN initiatives i ON i.id = f.initiative_id LEFT JOIN mentions m ON m.id = f.mention_id
  LEFT JOIN articles a ON a.id = m.article_id LEFT JOIN statements s ON s.id = f.statement_id
  WHERE f.kind = 'new_initiative' AND f.superseded_at IS NULL"""
_FLAGS = """SELECT f.*, i.name AS initiative, coalesce(f.sentence, m.sentence) AS proof, m.language AS proof_language, m.article_id AS proof_article_id,
  c.id AS before_id, c.title AS before_title, c.date AS before_date
  FROM flags f LEFT JOIN initiatives i ON i.id = f.initiative_id LEFT JOIN mentions m ON m.id = f.mention_id
  LEFT JOIN aliases x ON x.kind = 'statement' AND x.old_id = CAST(f.comparator_id AS TEXT)
  LEFT JOIN statements c ON c.id = coalesce(CAST(x.new_id AS INTEGER), f.comparator_id)
  WHERE f.superseded_at IS NULL AND f.statement_id IN (SELECT value FROM json_each(?)) ORDER BY f.id"""


def totals(store: Store) -> Row:
    """Return how many statements and events there are."""
    return store.row("SELECT (SELECT count(*) FROM statements) AS statements, (SELECT count(*) FROM events) AS events") or {}


def latest(store: Store, limit: int) -> list[Row]:
    """Return the statements of the latest dates: what each is, ``pages`` (how many carry it), ``parties`` (a list of those with official
    pages), ``named`` (a list of ``id`` and ``name`` of the initiatives that it named first), and the lead's ``language``."""
    rows = store.rows(
        "SELECT s.id, s.date, s.title, s.kind, s.side, s.level, s.place, s.placeholder, s.event_id, s.first_seen_at, a.language, "
        "(SELECT count(*) FROM articles x WHERE x.statement_id = s.id) AS pages, "
        "(SELECT json_group_array(DISTINCT x.party) FROM articles x WHERE x.statement_id = s.id AND x.official AND x.party <> '') AS parties, "
        "(SELECT json_group_array(json_object('id', i.id, 'name', i.name)) FROM flags f JOIN initiatives i ON i.id = f.initiative_id "
        "WHERE f.statement_id = s.id AND f.kind = 'new_initiative' AND f.superseded_at IS NULL) AS named "
        "FROM statements s LEFT JOIN articles a ON a.id = s.lead_article_id ORDER BY s.date DESC, s.id DESC LIMIT ?",
        (limit,),
    )
    return [{**row, "parties": sorted(json.loads(row["parties"])), "named": json.loads(row["named"])} for row in rows]


def fresh(store: Store, limit: int) -> list[Row]:
    """Return the initiatives that count as new, those of the latest acts first (a past that is read later does not come before them), each
    with its proof: the ``sentence`` and where it stands."""
    return store.rows(f"{_PROVEN} ORDER BY s.date DESC, f.id DESC LIMIT ?", (limit,))


def flags(store: Store, statement_ids: Iterable[int]) -> list[Row]:
    """Return the flags in force of these statements, the strongest kind first: the columns of ``flags``, the name of its ``initiative``,
    its ``proof`` (a sentence), and the statement it is told against as it stands now (``before_id``, ``before_title``, ``before_date``)."""
    found = store.rows(_FLAGS, (_list(statement_ids),))
    return sorted(found, key=lambda row: (STRENGTH.index(row["kind"]) if row["kind"] in STRENGTH else len(STRENGTH), row["id"]))


def mentions(store: Store, article_id: int) -> list[Row]:
    """Return where an article's present text and title name initiatives: ``start`` and ``end`` in the text (None where it is not kept),
    ``initiative_id`` and ``known_as`` (None for a name that is no initiative's), by place."""
    return store.rows(
        'SELECT m.id, m.field, m.name, m."start", m."end", m.sentence, m.status, m.language, m.initiative_id, i.name AS known_as FROM mentions m '
        'LEFT JOIN initiatives i ON i.id = m.initiative_id WHERE m.article_id = ? AND m.revision_id IS NULL ORDER BY m.field, m."start", m.id',
        (article_id,),
    )


def named(store: Store, statement_ids: Iterable[int]) -> list[Row]:
    """Return which initiatives these statements name: ``statement_id``, ``id``, ``name`` and ``mention_id`` (the first), by name."""
    return store.rows(
        "SELECT a.statement_id, i.id, i.name, min(m.id) AS mention_id FROM articles a JOIN mentions m ON m.article_id = a.id AND m.revision_id IS NULL "
        "JOIN initiatives i ON i.id = m.initiative_id WHERE a.statement_id IN (SELECT value FROM json_each(?)) "
        "GROUP BY a.statement_id, i.id ORDER BY i.name, a.statement_id",
        (_list(statement_ids),),
    )


def stands(store: Store, statement_ids: Iterable[int]) -> list[Row]:
    """Return the formulae that stand in these statements: ``formula``, ``variant``, ``statement_id``, ``sentence``."""
    return store.rows(
        "SELECT formula, variant, statement_id, sentence FROM formulae WHERE statement_id IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (_list(statement_ids),),
    )


def lead(store: Store, statement_id: int) -> Row | None:
    """Return the article whose words a statement has, or None: the columns of ``articles`` and how its source is kept (``store``)."""
    return store.row(
        "SELECT a.*, o.store FROM statements s JOIN articles a ON a.id = s.lead_article_id LEFT JOIN sources o ON o.id = a.source_id WHERE s.id = ?",
        (statement_id,),
    )


def versions(store: Store, statement_ids: Iterable[int]) -> list[Row]:
    """Return the governments' own pages that carry these statements beside their leads, one for each statement, party and language:
    ``id``, ``statement_id``, ``party``, ``language``, ``title``, ``publisher``, ``url`` and the released ``text``."""
    return store.rows(
        "SELECT min(a.id) AS id, a.statement_id, a.party, a.language, a.title, a.publisher, a.url, coalesce(nullif(a.statement_text, ''), a.text, '') AS text "
        "FROM articles a JOIN statements s ON s.id = a.statement_id LEFT JOIN articles l ON l.id = s.lead_article_id "
        "WHERE a.statement_id IN (SELECT value FROM json_each(?)) AND a.official AND a.grade IN ('official', 'official_translation') "
        "AND a.id IS NOT s.lead_article_id AND NOT (a.party IS l.party AND a.language IS l.language) "
        "GROUP BY a.statement_id, a.party, a.language ORDER BY a.statement_id, a.party, a.language",
        (_list(statement_ids),),
    )


def article(store: Store, number: int) -> Row:
    """Return an article with its statement, its source, its bracket and its capture, as far as there are any; raises NotFound."""
    row = store.row(
        "SELECT a.*, o.store, o.name AS source, s.title AS statement, s.lead_article_id, c.fetched_at AS captured_at "
        "FROM articles a LEFT JOIN sources o ON o.id = a.source_id LEFT JOIN statements s ON s.id = a.statement_id "
        "LEFT JOIN captures c ON c.id = a.capture_id WHERE a.id = ?",
        (number,),
    )
    if row is None:
        raise NotFound(f"there is no article {number}")
    bracket = store.row("SELECT not_before, not_after FROM brackets WHERE article_id = ?", (number,))
    return {**row, **(bracket or {"not_before": None, "not_after": None})}


def revisions(store: Store, article_ids: Iterable[int]) -> list[Row]:
    """Return how these articles changed, the latest first: the columns of ``revisions`` without the text, with ``diff`` as a list of
    ``[op, text]``, and the article's ``publisher``, ``url`` and ``language``."""
    rows = store.rows(
        "SELECT r.id, r.article_id, r.seen_at, r.kind, r.title, r.diff, r.kept_share, a.publisher, a.url, a.language, a.title AS new_title "
        "FROM revisions r JOIN articles a ON a.id = r.article_id WHERE r.kind <> 'rules' AND r.article_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY r.id DESC",
        (_list(article_ids),),
    )
    return [{**row, "diff": json.loads(row["diff"] or "[]")} for row in rows]


def capture(store: Store, article_id: int) -> tuple[Row, Capture]:
    """Return an article (``id``, ``title``, ``url``, ``publisher``, ``statement_id``) and where its page lies; raises NotFound."""
    row = store.row("SELECT id, title, url, publisher, language, statement_id, capture_id FROM articles WHERE id = ?", (article_id,))
    if row is None:
        raise NotFound(f"there is no article {article_id}")
    found = store.row("SELECT * FROM captures WHERE id = ?", (row["capture_id"],))
    if found is None:
        raise NotFound(f"no page of article {article_id} is kept")
    found.pop("id")
    return row, Capture(**{**found, "kept": bool(found["kept"])})


def _list(numbers: Iterable[int]) -> str:
    return json.dumps(sorted(set(numbers)))
