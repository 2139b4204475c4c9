"""What flags are decided from, read for what is in reach; and what is kept for that: pointers and silences."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields

from scraper.model.flag import Gone, Link, Pointed, Pointer, Silence, Voice
from scraper.storage.store import Row, Store

_COUNTED = "(a.id = s.lead_article_id OR (a.official AND a.grade IN ('official', 'official_translation')))"
"""A copy never flags: only a government's own texts, and the one whose words the statement has."""
_SURE = "(i.scope <> 'wider' AND ((i.known = 1 AND i.trilateral = 1) OR (i.known = 0 AND i.confidence >= :sure)))"
"""Initiatives of the watched parties; wider bodies and mere topics never flag."""
_ORDER = "printf('%012d ', 999999999999 - length(coalesce(a.statement_text, ''))) || a.canonical_url"


def _list(values: Iterable[int] | Iterable[str]) -> str:
    return json.dumps(sorted(values))


def events_of(store: Store, statement_ids: Iterable[int]) -> frozenset[int]:
    """Return the events of these statements."""
    rows = store.rows(
        "SELECT DISTINCT event_id AS id FROM statements WHERE id IN (SELECT value FROM json_each(?))", (_list(statement_ids),)
    )
    return frozenset(row["id"] for row in rows)


def chains_of(store: Store, statement_ids: Iterable[int]) -> frozenset[str]:
    """Return what these statements are comparable with."""
    sql = "SELECT DISTINCT chain FROM wordings WHERE chain <> '' AND statement_id IN (SELECT value FROM json_each(?))"
    return frozenset(row["chain"] for row in store.rows(sql, (_list(statement_ids),)))


def chains_at(store: Store, events: Iterable[int]) -> frozenset[str]:
    """Return what the statements of these events are comparable with."""
    sql = "SELECT w.chain FROM statements s JOIN wordings w ON w.statement_id = s.id WHERE w.chain <> '' AND s.event_id IN (SELECT value FROM json_each(?))"
    return frozenset(row["chain"] for row in store.rows(sql, (_list(events),)))


def omitting(store: Store, chains: Iterable[str], statement_ids: Iterable[int]) -> frozenset[int]:
    """Return the events of which a flag in force says that they leave something out: by a statement of these chains, or one of these."""
    held = "SELECT s.event_id AS id FROM flags f JOIN statements s ON s.id = f.statement_id WHERE f.kind = 'omitted' AND f.superseded_at IS NULL AND "
    rows = store.rows(
        f"{held} f.statement_id IN (SELECT statement_id FROM wordings WHERE chain <> '' AND chain IN (SELECT value FROM json_each(:chains))) "
        f"UNION {held} f.statement_id IN (SELECT value FROM json_each(:ids))",
        {"chains": _list(chains), "ids": _list(statement_ids)},
    )
    return frozenset(row["id"] for row in rows)


def links(store: Store, chains: Iterable[str], sure: float) -> dict[str, tuple[Link, ...]]:
    """Return the statements of each chain with what they name; ``sure`` is the confidence from which a name that is not known counts."""
    values = {"chains": _list(chains), "sure": sure}
    rows = store.rows(
        f"SELECT w.chain, s.id, s.event_id, coalesce(s.date, '') AS date, {_ORDER} AS place FROM wordings w JOIN statements s ON s.id = w.statement_id "
        "JOIN articles a ON a.id = s.lead_article_id WHERE w.chain IN (SELECT value FROM json_each(:chains)) ORDER BY s.id",
        values,
    )
    named = _named(store, "SELECT statement_id FROM wordings WHERE chain IN (SELECT value FROM json_each(:chains))", values)
    found: dict[str, list[Link]] = defaultdict(list)
    for row in rows:
        found[row["chain"]].append(Link(row["id"], row["event_id"], row["date"], row["place"], named.get(row["id"], {})))
    return {chain: tuple(inside) for chain, inside in found.items()}


def _named(store: Store, statements: str, values: Row) -> dict[int, dict[str, int]]:
    """The initiatives that count in the statements that a query gives, each with its first mention."""
    rows = store.rows(
        "SELECT a.statement_id, m.initiative_id AS slug, min(m.id) AS mention FROM articles a JOIN statements s ON s.id = a.statement_id "
        "JOIN mentions m ON m.article_id = a.id JOIN initiatives i ON i.id = m.initiative_id "
        f"WHERE a.statement_id IN ({statements}) AND m.revision_id IS NULL AND {_COUNTED} AND {_SURE} GROUP BY 1, 2",
        values,
    )
    named: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows:
        named[row["statement_id"]][row["slug"]] = row["mention"]
    return named


def voices(store: Store, events: Iterable[int], parties: Sequence[str], sure: float) -> tuple[Voice, ...]:
    """Return the sides' own official texts of these events that are whole, where more than one side has published."""
    values = {"events": _list(events), "parties": _list(parties), "sure": sure}
    rows = store.rows(
        f"SELECT s.id, s.event_id, s.side, s.kind, a.language, coalesce(s.date, '') AS date, {_ORDER} AS place FROM statements s "
        "JOIN wordings w ON w.statement_id = s.id AND w.chain <> '' JOIN articles a ON a.id = s.lead_article_id "
        "WHERE s.event_id IN (SELECT value FROM json_each(:events)) AND s.side IN (SELECT value FROM json_each(:parties)) "
        "AND a.official AND a.grade IN ('official', 'official_translation') ORDER BY s.id",
        values,
    )
    spoken = _several(rows)
    if not spoken:
        return ()
    ids = {"ids": _list(row["id"] for row in spoken), "sure": sure}
    named = _named(store, "SELECT value FROM json_each(:ids)", ids)
    stands, said = _stands(store, ids["ids"])
    return tuple(
        Voice(
            row["id"], row["event_id"], row["side"], row["kind"], row["language"], row["date"], row["place"], named.get(row["id"], {}),
            stands.get(row["id"], {}), said.get(row["id"], {}),
        )
        for row in spoken
    )  # fmt: skip


def _several(rows: Sequence[Row]) -> list[Row]:
    sides: dict[tuple[int, str], set[str]] = defaultdict(set)
    for row in rows:
        sides[row["event_id"], row["kind"]].add(row["side"])
    return [row for row in rows if len(sides[row["event_id"], row["kind"]]) > 1]


def _stands(store: Store, ids: object) -> tuple[dict[int, dict[str, frozenset[str]]], dict[int, dict[str, str]]]:
    """The variants of each formula in each statement, and the first sentence that holds one."""
    stands: dict[int, dict[str, frozenset[str]]] = defaultdict(dict)
    said: dict[int, dict[str, str]] = defaultdict(dict)
    sql = "SELECT statement_id, formula, variant, sentence FROM formulae WHERE statement_id IN (SELECT value FROM json_each(?)) ORDER BY rowid"
    for row in store.rows(sql, (ids,)):
        number, formula = row["statement_id"], row["formula"]
        stands[number][formula] = stands[number].get(formula, frozenset()) | {row["variant"]}
        said[number].setdefault(formula, row["sentence"])
    return stands, said


def languages(store: Store, slugs: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the languages in which a name of each initiative is known."""
    sql = "SELECT DISTINCT initiative_id, language FROM initiative_names WHERE initiative_id IN (SELECT value FROM json_each(?))"
    known: dict[str, set[str]] = defaultdict(set)
    for row in store.rows(sql, (_list(slugs),)):
        known[row["initiative_id"]].add(row["language"])
    return {slug: frozenset(inside) for slug, inside in known.items()}


_GONE = f"""SELECT coalesce(l.new_id, m.initiative_id) AS initiative_id, m.id AS mention_id, a.statement_id, s.event_id, m.revision_id, r.seen_at
  FROM articles a JOIN statements s ON s.id = a.statement_id JOIN mentions m ON m.article_id = a.id JOIN revisions r ON r.id = m.revision_id
  LEFT JOIN aliases l ON l.kind = 'initiative' AND l.old_id = m.initiative_id JOIN initiatives i ON i.id = coalesce(l.new_id, m.initiative_id)
  WHERE s.event_id IN (SELECT value FROM json_each(:events)) AND r.kind = 'substance' AND a.official AND {_COUNTED} AND {_SURE} ORDER BY m.id"""


def taken_out(store: Store, events: Iterable[int], sure: float) -> tuple[tuple[Gone, ...], frozenset[tuple[int, str]]]:
    """Return what official edits took out of the statements of these events, and which initiatives their official texts name now."""
    values = {"events": _list(events), "sure": sure}
    gone = tuple(Gone(**row) for row in store.rows(_GONE, values))
    if not gone:
        return (), frozenset()
    rows = store.rows(
        "SELECT DISTINCT a.statement_id, m.initiative_id AS slug FROM articles a JOIN statements s ON s.id = a.statement_id "
        "JOIN mentions m ON m.article_id = a.id AND m.revision_id IS NULL "
        f"WHERE a.statement_id IN (SELECT value FROM json_each(?)) AND a.official AND m.initiative_id IS NOT NULL AND {_COUNTED}",
        (_list({one.statement_id for one in gone}),),
    )
    return gone, frozenset((row["statement_id"], row["slug"]) for row in rows)


def point(store: Store, article_id: int, pointers: Iterable[Pointer]) -> None:
    """Replace the pointers of an article; part of the transaction in hand."""
    store.write("DELETE FROM pointers WHERE article_id = ?", (article_id,))
    store.insert_all(
        "pointers",
        [{"article_id": article_id, "sentence": one.sentence, "phrase": one.phrase, "confidence": one.confidence} for one in pointers],
    )


def pointed(store: Store, events: Iterable[int]) -> tuple[Pointed, ...]:
    """Return the pointers that count in the statements of these events; of reports only while the event has no primary text."""
    rows = store.rows(
        "SELECT p.sentence, p.phrase, p.confidence, s.id, s.event_id, coalesce(s.date, '9999') || ' ' || a.canonical_url AS place, s.placeholder "
        "FROM statements s JOIN articles a ON a.statement_id = s.id JOIN pointers p ON p.article_id = a.id "
        f"WHERE s.event_id IN (SELECT value FROM json_each(?)) AND {_COUNTED} AND (NOT s.placeholder OR NOT EXISTS "
        "(SELECT 1 FROM statements o WHERE o.event_id = s.event_id AND NOT o.placeholder)) ORDER BY p.rowid",
        (_list(events),),
    )
    return tuple(
        Pointed(
            Pointer(row["sentence"], row["phrase"], row["confidence"]), row["id"], row["event_id"], row["place"], bool(row["placeholder"])
        )
        for row in rows
    )


_SPOKEN = """(SELECT count(*) FROM (SELECT 1 FROM statements s JOIN articles a ON a.id = s.lead_article_id WHERE s.date > x.since AND s.date < x.until
  AND NOT s.placeholder AND a.official AND a.grade IN ('official', 'official_translation') LIMIT :most))"""


def hush(store: Store, slugs: Iterable[str], silences: Iterable[Silence]) -> None:
    """Replace the silences of these initiatives; part of the transaction in hand."""
    store.write("DELETE FROM silences WHERE initiative_id IN (SELECT value FROM json_each(?))", (_list(slugs),))
    names = [item.name for item in fields(Silence) if item.name != "event_id"]
    store.insert_all("silences", [{name: getattr(one, name) for name in names} for one in silences])


def heard(store: Store, most: int) -> frozenset[str]:
    """Count what was said in each silence, up to ``most``; return the initiatives of which the count is another than before."""
    rows = store.rows(
        f"SELECT * FROM (SELECT x.initiative_id AS slug, x.until, x.spoken, {_SPOKEN} AS now FROM silences x) WHERE now <> spoken",
        {"most": most},
    )
    for row in rows:
        store.write("UPDATE silences SET spoken = ? WHERE initiative_id = ? AND until = ?", (row["now"], row["slug"], row["until"]))
    return frozenset(row["slug"] for row in rows)


def silences(store: Store, slugs: Iterable[str]) -> tuple[Silence, ...]:
    """Return the silences of these initiatives."""
    rows = store.rows(
        "SELECT x.*, s.event_id FROM silences x JOIN statements s ON s.id = x.statement_id WHERE x.initiative_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY x.initiative_id, x.until",
        (_list(slugs),),
    )
    return tuple(Silence(**row) for row in rows)
