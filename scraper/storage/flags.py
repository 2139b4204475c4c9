"""Flags beside the first mention and changed wording: the difference written, and a flag as people are told of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from scraper.model.flag import Finding
from scraper.storage.reading import surviving
from scraper.storage.store import Row, Store


@dataclass(frozen=True, slots=True)
class Scope:
    """What was decided anew, so that of it no other flags are in force: initiatives by slug, those of which silences changed besides
    (``quiet``), events, and those of which it was looked up what they leave out (``silent``)."""

    initiatives: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()
    events: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()


def _list(values: Iterable[int] | Iterable[str]) -> str:
    return json.dumps(sorted(values))


_HELD = """SELECT f.*, s.event_id FROM flags f LEFT JOIN statements s ON s.id = f.statement_id WHERE f.superseded_at IS NULL AND """
_AT = "f.statement_id IN (SELECT id FROM statements WHERE event_id IN (SELECT value FROM json_each(:{})))"
_SCOPES = (
    "f.kind IN ('new_instance', 'first_by_party') AND f.initiative_id IN (SELECT value FROM json_each(:initiatives))",
    "f.kind = 'revived' AND f.initiative_id IN (SELECT value FROM json_each(:quiet))",
    f"f.kind IN ('withdrawn', 'unnamed', 'divergence') AND {_AT.format('events')}",
    f"f.kind = 'omitted' AND {_AT.format('silent')}",
)
_OF_THE_FINDING = (
    "basis",
    "statement_id",
    "mention_id",
    "comparator_id",
    "revision_id",
    "party",
    "instance",
    "detail",
    "sentence",
    "reason",
    "confidence",
)


def apply(store: Store, findings: Sequence[Finding], scope: Scope) -> tuple[int, ...]:
    """Write the flags that are to be in force in a scope; part of the transaction in hand. Return the ids of those that are new.

    There is one flag of a kind for an initiative (or formula) and event: what it rests on may change, and it stays the same flag. One
    that no longer holds gets ``superseded_at``, and what was not mentioned is no longer observed.
    """
    holding, twice = _holding(store, scope)
    wanted = {finding.key: row for finding, row in zip(findings, _rows(store, findings), strict=True)}
    for row in (*twice, *(row for key, row in holding.items() if key not in wanted)):
        store.write("UPDATE flags SET superseded_at = ? WHERE id = ?", (store.now(), row["id"]))
        _forget(store, row)
    new = []
    for key, row in wanted.items():
        held = holding.get(key)
        if held is None:
            new.append(store.insert("flags", {**row, "flagged_at": store.now()}))
        elif any(held[name] != row[name] for name in _OF_THE_FINDING):
            _forget(store, held)
            store.write(
                f"UPDATE flags SET {', '.join(f'{name} = ?' for name in _OF_THE_FINDING)} WHERE id = ?",
                (*(row[n] for n in _OF_THE_FINDING), held["id"]),
            )
        _observe(store, row)
    return tuple(new)


def _holding(store: Store, scope: Scope) -> tuple[dict[tuple[str, str, str, int], Row], list[Row]]:
    """The flags in force in a scope, and those that events or initiatives which became one have left twice."""
    values = {item.name: _list(getattr(scope, item.name)) for item in fields(Scope)}
    rows = {row["id"]: row for where in _SCOPES for row in store.rows(_HELD + where, values)}
    holding: dict[tuple[str, str, str, int], Row] = {}
    twice = []
    for _, row in sorted(rows.items()):
        key = (row["kind"], row["initiative_id"] or "", row["formula"] or "", row["event_id"])
        if holding.setdefault(key, row) is not row:
            twice.append(row)
    return holding, twice


def _rows(store: Store, findings: Sequence[Finding]) -> Iterator[Row]:
    """The findings as rows, each with the sentence that proves it."""
    sql = "SELECT id, sentence FROM mentions WHERE id IN (SELECT value FROM json_each(?))"
    said = {row["id"]: row["sentence"] for row in store.rows(sql, (_list({one.mention_id for one in findings}),))}
    for one in findings:
        yield {
            "kind": one.kind, "basis": one.basis, "initiative_id": one.initiative_id or None, "formula": one.formula or None,
            "statement_id": one.statement_id, "mention_id": (one.mention_id or None) if one.kind != "omitted" else None,
            "comparator_id": one.comparator_id or None, "revision_id": one.revision_id or None, "party": one.party or None,
            "instance": one.instance or None, "detail": one.detail or None, "sentence": one.sentence or said.get(one.mention_id, ""),
            "reason": one.reason, "confidence": one.confidence,
        }  # fmt: skip


_NOT_MENTIONED = "initiative_id = ? AND statement_id = ? AND status = 'not_mentioned'"


def _observe(store: Store, row: Row) -> None:
    """What is left out is observed, dated as the statement is; it says nothing of what became of the initiative."""
    if row["kind"] != "omitted":
        return
    about = (row["initiative_id"], row["statement_id"])
    dated = "(SELECT date, side FROM statements WHERE id = statement_id)"
    if store.row(f"SELECT 1 FROM observations WHERE {_NOT_MENTIONED}", about):
        store.write(f"UPDATE observations SET (date, side) = {dated} WHERE {_NOT_MENTIONED} AND (date, side) IS NOT {dated}", about)
    else:
        store.write(
            "INSERT INTO observations (initiative_id, statement_id, status, cue, date, side) "
            "SELECT ?, id, 'not_mentioned', '', date, side FROM statements WHERE id = ?",
            about,
        )


def _forget(store: Store, row: Row) -> None:
    if row["kind"] == "omitted":
        store.write(f"DELETE FROM observations WHERE {_NOT_MENTIONED}", (row["initiative_id"], row["statement_id"]))


# --- for people


_TOLD = """SELECT f.*, s.event_id, coalesce(i.name, '') AS name, s.title AS statement_title, coalesce(s.date, '') AS statement_date,
  coalesce(s.side, '') AS side, coalesce(a.url, '') AS url, coalesce(a.publisher, '') AS publisher, coalesce(m.language, a.language, '') AS language,
  coalesce(m.name, '') AS form FROM flags f JOIN statements s ON s.id = f.statement_id LEFT JOIN initiatives i ON i.id = f.initiative_id
  LEFT JOIN articles a ON a.id = s.lead_article_id LEFT JOIN mentions m ON m.id = f.mention_id WHERE f.id = ? AND f.superseded_at IS NULL"""
_COMPARED = "SELECT s.title, coalesce(s.date, '') AS date, coalesce(a.url, '') AS url FROM statements s LEFT JOIN articles a ON a.id = s.lead_article_id WHERE s.id = ?"
_BESIDE = """SELECT f.kind FROM flags f JOIN statements s ON s.id = f.statement_id WHERE f.initiative_id = ? AND s.event_id = ? AND f.superseded_at IS NULL"""


def told(store: Store, flag_id: int) -> Row | None:
    """Return a flag in force as a digest tells it, or None: its row with name, statement and language, the ``kinds`` that hold of the same
    initiative and event besides, and ``comparator`` (title, date, url; None where there is none)."""
    row = store.row(_TOLD, (flag_id,))
    if row is None:
        return None
    kinds = {row["kind"], *(beside["kind"] for beside in store.rows(_BESIDE, (row["initiative_id"], row["event_id"])))}
    before = surviving(store, "statement", str(row["comparator_id"])) if row["comparator_id"] else ""
    return {**row, "kinds": kinds, "comparator": store.row(_COMPARED, (int(before),)) if before else None}
