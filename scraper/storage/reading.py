"""Reads for listings and pages: what people ask the database through commands."""

from __future__ import annotations

import json
from collections.abc import Sequence

from scraper.errors import NotFound
from scraper.model.grouping import GRADES
from scraper.storage import history, reviews
from scraper.storage.store import Row, Store

_OF_EVENT, _OF_STATEMENT = "event_id", "statement_id"
_CARRYING = "AND grade IN ('official', 'official_translation')"
_SOUGHT = "EXISTS (SELECT 1 FROM statements WHERE id = :number AND (side = 'joint' OR placeholder))"
_SIDES = """WITH
  seen AS MATERIALIZED (SELECT * FROM brackets WHERE {own} = :number),
  said AS (SELECT party, count(*) AS pages, CASE WHEN count(not_before) = count(*) THEN min(not_before) END AS not_before, min(not_after) AS not_after
    FROM seen WHERE official AND party <> '' {grades} GROUP BY party),
  ranked AS MATERIALIZED (
    SELECT *, row_number() OVER in_order AS place, first_value(party) OVER in_order AS first_party,
      first_value(not_before) OVER in_order AS first_not_before, first_value(not_after) OVER in_order AS first_not_after FROM said
    WINDOW in_order AS (ORDER BY not_after, not_before IS NULL, not_before, party))
  SELECT * FROM (SELECT place, party, pages, not_before, not_after, first_party,
    CASE WHEN place > 1 THEN CAST(round((julianday(not_before) - julianday(first_not_after)) * 1440) AS INTEGER) END AS lag_low_minutes,
    CASE WHEN place > 1 THEN CAST(round((julianday(not_after) - julianday(first_not_before)) * 1440) AS INTEGER) END AS lag_high_minutes,
    NULL AS missing_since, NULL AS looked_at FROM ranked
  UNION ALL
  SELECT NULL, p.id, 0, NULL, NULL, (SELECT party FROM ranked WHERE place = 1), NULL, NULL,
    coalesce((SELECT not_after FROM ranked WHERE place = 1), (SELECT min(not_after) FROM seen)),
    (SELECT max(t.last_good_at) FROM sources o JOIN source_states t ON t.source_id = o.id
      WHERE o.party = p.id AND o.official AND o.enabled AND t.last_good_at <> '')
  FROM parties p WHERE p.until IS NULL AND EXISTS (SELECT 1 FROM seen) AND {sought} AND p.id NOT IN (SELECT party FROM ranked))
  ORDER BY place IS NULL, place, party"""
"""What the view ``side_lags`` says of one statement or event, without looking at any other."""


def statements(store: Store, *, since: str = "", limit: int = 50) -> list[Row]:
    """Return statements, newest first: id, date, title, kind, side, level, place, event, sightings, sides, url of the lead."""
    return store.rows(
        "SELECT s.id, s.date, s.title, s.kind, s.side, s.level, s.place, s.placeholder, e.id AS event_id, e.name AS event, s.first_seen_at, "
        "(SELECT count(*) FROM articles x WHERE x.statement_id = s.id) AS sightings, a.publisher, a.url "
        "FROM statements s JOIN events e ON e.id = s.event_id LEFT JOIN articles a ON a.id = s.lead_article_id "
        "WHERE coalesce(s.date, '') >= ? ORDER BY s.date DESC, s.id DESC LIMIT ?",
        (since, limit),
    )


def surviving(store: Store, kind: str, key: str) -> str:
    """Return the id that ``key`` has become, following alias rows."""
    row = store.row("SELECT new_id FROM aliases WHERE kind = ? AND old_id = ?", (kind, key))
    return str(row["new_id"]) if row else key


def exists(store: Store, kind: str, number: int) -> bool:
    """Tell whether there is a statement or event of this id."""
    return 0 < number < 1 << 63 and store.row(f"SELECT 1 FROM {kind}s WHERE id = ?", (number,)) is not None


def standing(store: Store, article_ids: Sequence[int]) -> list[Row]:
    """Return for each of the articles its ``id`` and the ``statement_id`` and ``event_id`` it stands in."""
    return store.rows(
        "SELECT a.id, a.statement_id, s.event_id FROM articles a JOIN statements s ON s.id = a.statement_id "
        "WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY a.id",
        (json.dumps(list(article_ids)),),
    )


def statement(store: Store, key: str) -> Row:
    """Return one statement with its text, sightings (lead first, then by grade), sides, initiatives, what was decided on it and the other
    statements of its event; raises NotFound."""
    number = surviving(store, "statement", key)
    row = store.row(
        "SELECT s.*, e.name AS event, a.url AS lead_url, a.publisher AS lead_publisher, coalesce(a.statement_text, a.text) AS text FROM statements s "
        "JOIN events e ON e.id = s.event_id LEFT JOIN articles a ON a.id = s.lead_article_id WHERE s.id = ?",
        (number,),
    )
    if row is None:
        raise NotFound(f"there is no statement {key}")
    row["sightings"] = _sightings(store, number)
    row["sides"] = sides(store, "statement", row["id"])
    row["event_sides"] = sides(store, "event", row["event_id"])
    row["reviews"] = reviews.touching(store, [seen["article_id"] for seen in row["sightings"]])
    row["initiatives"] = store.rows(
        "SELECT DISTINCT i.id, i.name, o.status FROM observations o JOIN mentions m ON m.id = o.mention_id AND m.revision_id IS NULL "
        "JOIN initiatives i ON i.id = o.initiative_id WHERE o.statement_id = ? ORDER BY i.name",
        (number,),
    )
    row["beside"] = store.rows(
        "SELECT id, title, kind, side FROM statements WHERE event_id = ? AND id <> ? ORDER BY id", (row["event_id"], number)
    )
    row["revisions"] = store.rows(
        "SELECT r.id, r.seen_at, r.kind, a.publisher, a.url, r.title, r.diff FROM revisions r JOIN articles a ON a.id = r.article_id "
        "WHERE a.statement_id = ? AND r.kind <> 'rules' ORDER BY r.id",
        (number,),
    )
    row["participants"] = _participants(store, row["event_id"])
    return row


def _sightings(store: Store, number: str) -> list[Row]:
    """The articles of a statement, lead first, then by grade and time."""
    return store.rows(
        "SELECT s.*, a.official, a.party, b.not_before, b.not_after FROM statement_sightings s JOIN articles a ON a.id = s.article_id "
        "JOIN brackets b ON b.article_id = s.article_id JOIN statements t ON t.id = s.statement_id WHERE s.statement_id = ? "
        "ORDER BY s.article_id <> t.lead_article_id, (SELECT j.key FROM json_each(?) j WHERE j.value = s.grade), b.not_after, a.canonical_url",
        (number, json.dumps(GRADES)),
    )


def _participants(store: Store, event_id: int) -> list[Row]:
    return store.rows("SELECT person, office, party FROM participants WHERE event_id = ?", (event_id,))


def sides(store: Store, scope: str, number: int) -> list[Row]:
    """Return when each side published a statement or event (``scope``), first side first, then those that have not.

    Each has ``party``; ``not_before`` and ``not_after``, between which it came out, and ``lag_low_minutes`` and ``lag_high_minutes``
    behind ``first_party`` (None where nothing says so); or, where it was not seen, ``missing_since``, when the first side had, and
    ``looked_at``, the last good poll of its sources. Times are UTC.
    """
    own, grades = (_OF_EVENT, "") if scope == "event" else (_OF_STATEMENT, _CARRYING)
    return store.rows(_SIDES.format(own=own, grades=grades, sought="1" if scope == "event" else _SOUGHT), {"number": number})


def carriers(store: Store, number: int) -> list[Row]:
    """Return what the articles of a statement carry: ``id``, ``language``, ``grade``, ``sketch`` (packed) and ``text`` (the released
    text, None where it may not be kept), lead first."""
    return store.rows(
        "SELECT a.id, a.language, a.grade, a.sketch, coalesce(a.statement_text, a.text) AS text FROM articles a JOIN statements s "
        "ON s.id = a.statement_id WHERE s.id = ? ORDER BY a.id <> s.lead_article_id, a.id",
        (number,),
    )


def events(store: Store, *, since: str = "", limit: int = 50) -> list[Row]:
    """Return events, newest first: id, date, name, level, place, how many statements and pages, ``missing`` (a list of the sides of
    whose governments no page is known)."""
    rows = store.rows(
        "SELECT e.id, e.date, e.name, e.level, e.place, e.first_seen_at, (SELECT count(*) FROM statements s WHERE s.event_id = e.id) AS statements, "
        "(SELECT count(*) FROM articles a JOIN statements s ON s.id = a.statement_id WHERE s.event_id = e.id) AS pages, "
        "(SELECT json_group_array(p.id) FROM parties p WHERE p.until IS NULL AND NOT EXISTS (SELECT 1 FROM articles a "
        "JOIN statements s ON s.id = a.statement_id WHERE s.event_id = e.id AND a.official AND a.party = p.id)) AS missing "
        "FROM events e WHERE coalesce(e.date, '') >= ? ORDER BY e.date DESC, e.id DESC LIMIT ?",
        (since, limit),
    )
    return [{**row, "missing": sorted(json.loads(row["missing"]))} for row in rows]


def event(store: Store, key: str) -> Row:
    """Return one event with participants, statements, sides, what was decided on it, and what history says of it (None: nothing); raises
    NotFound."""
    number = surviving(store, "event", key)
    row = store.row("SELECT * FROM events WHERE id = ?", (number,))
    if row is None:
        raise NotFound(f"there is no event {key}")
    row["participants"] = _participants(store, row["id"])
    row["statements"] = store.rows(
        "SELECT s.id, s.title, s.kind, s.side, s.placeholder, a.publisher, a.url, (SELECT count(*) FROM articles x WHERE x.statement_id = s.id) AS sightings "
        "FROM statements s LEFT JOIN articles a ON a.id = s.lead_article_id WHERE s.event_id = ? ORDER BY s.placeholder, s.side <> 'joint', s.side, s.id",
        (row["id"],),
    )
    row["sides"] = sides(store, "event", row["id"])
    row["reviews"] = reviews.touching(store, [seen["id"] for seen in reviews.event_urls(store, row["id"])])
    row["history"] = history.of_event(store, row["id"])
    return row


def initiatives(store: Store, *, new: bool = False, seen: bool = False, limit: int = 500) -> list[Row]:
    """Return initiatives by name: all, those flagged as new (``new``), or those mentioned in our data (``seen``)."""
    where = ["i.gone_at IS NULL"]
    if new:
        where.append(
            "EXISTS (SELECT 1 FROM flags f WHERE f.initiative_id = i.id AND f.kind = 'new_initiative' AND f.superseded_at IS NULL)"
        )
    if seen:
        where.append("EXISTS (SELECT 1 FROM mentions m WHERE m.initiative_id = i.id AND m.revision_id IS NULL)")
    return store.rows(
        "SELECT i.id, i.name, i.kind, i.scope, i.status, i.known, i.trilateral, i.confidence, s.date AS first_date, "
        "(SELECT count(*) FROM mentions m WHERE m.initiative_id = i.id AND m.revision_id IS NULL) AS mentions FROM initiatives i "
        f"LEFT JOIN statements s ON s.id = i.first_statement_id WHERE {' AND '.join(where)} ORDER BY i.name LIMIT ?",
        (limit,),
    )


def initiative(store: Store, key: str, *, mentioned: bool = True) -> Row:
    """Return one initiative with its names, mentions with their sentences (none unless ``mentioned``: there may be very many), dated
    observations and flags; raises NotFound."""
    slug = surviving(store, "initiative", key)
    row = store.row("SELECT * FROM initiatives WHERE id = ?", (slug,))
    if row is None:
        raise NotFound(f"there is no initiative {key}")
    row["nearest"] = json.loads(row["nearest"])
    row["names"] = store.rows("SELECT name, language FROM initiative_names WHERE initiative_id = ? ORDER BY language, name", (slug,))
    row["mentions"] = _mentions(store, slug) if mentioned else []
    row["observations"] = store.rows(
        "SELECT o.date, o.side, o.status, o.cue, o.statement_id FROM observations o LEFT JOIN mentions m ON m.id = o.mention_id "
        "WHERE o.initiative_id = ? AND m.revision_id IS NULL ORDER BY o.date",
        (slug,),
    )
    row["flags"] = store.rows(
        "SELECT kind, basis, flagged_at, superseded_at, reason FROM flags WHERE initiative_id = ? ORDER BY id", (slug,)
    )
    return row


def _mentions(store: Store, slug: str) -> list[Row]:
    return store.rows(
        "SELECT m.name, m.sentence, m.cue, m.status, m.confidence, m.why, a.publisher, a.url, a.language, s.date, s.id AS statement_id FROM mentions m "
        "JOIN articles a ON a.id = m.article_id LEFT JOIN statements s ON s.id = a.statement_id WHERE m.initiative_id = ? AND m.revision_id IS NULL ORDER BY s.date, a.id, m.id",
        (slug,),
    )


def sources(store: Store) -> list[Row]:
    """Return the health of every enabled source, official ones first."""
    return store.rows("SELECT * FROM source_health")


def counts(store: Store) -> Row:
    """Return how many articles, statements, events, initiatives seen, and flags in force there are."""
    row = store.row(
        "SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM statements) AS statements, (SELECT count(*) FROM events) AS events, "
        "(SELECT count(DISTINCT initiative_id) FROM mentions WHERE initiative_id IS NOT NULL AND revision_id IS NULL) AS initiatives, "
        "(SELECT count(*) FROM flags WHERE superseded_at IS NULL) AS flags"
    )
    return row or {}
