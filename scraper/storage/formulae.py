"""The wording of statements: their lead's words, the formulae that stand in them, and the flags of a change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from scraper.errors import NotFound
from scraper.model.wording import Shift, Stand, Standing, Worded
from scraper.storage.reading import surviving
from scraper.storage.store import Row, Store

_WORDED = """SELECT s.id, s.kind, coalesce(s.side, '') AS side, coalesce(s.level, '') AS level, coalesce(s.date, '') AS date, s.title, s.placeholder,
  coalesce(a.statement_text, '') AS text, coalesce(a.language, '') AS language, coalesce(a.grade, '') AS grade, coalesce(a.url, '') AS url,
  coalesce(a.publisher, '') AS publisher, coalesce(substr(a.text, a.statement_end + 1, 1000), '') AS rest, a.statement_text IS NULL AND a.text IS NOT NULL AS excerpt
  FROM statements s LEFT JOIN articles a ON a.id = s.lead_article_id"""
_STATEMENT = " WHERE s.id IN (SELECT value FROM json_each(?)) ORDER BY s.id"
_LIKE = " WHERE s.level = ? AND s.kind = ? AND s.side = ? AND a.language = ? AND NOT s.placeholder"


def worded(store: Store, statement_ids: Iterable[int]) -> tuple[Worded, ...]:
    """Return these statements with the words of their leads, by id; those that are gone are left out."""
    rows = store.rows(_WORDED + _STATEMENT, (json.dumps(sorted(set(statement_ids))),))
    return tuple(_worded(row) for row in rows)


def one(store: Store, key: str) -> Worded:
    """Return the statement of this id, or of the one it has become; raises NotFound."""
    number = surviving(store, "statement", key)
    found = worded(store, (int(number),)) if number.isascii() and number.isdigit() and len(number) < 19 else ()
    if not found:
        raise NotFound(f"there is no statement {key}")
    return found[0]


def before(store: Store, statement: Worded, limit: int = 50) -> tuple[Worded, ...]:
    """Return the statements of earlier dates that are of its level, kind, side and language, the latest first, of one date the longest."""
    rows = store.rows(
        f"{_WORDED}{_LIKE} AND s.date < ? ORDER BY s.date DESC, length(a.statement_text) DESC, a.canonical_url LIMIT ?",
        (*statement.chain, statement.date, limit),
    )
    return tuple(_worded(row) for row in rows)


def like(store: Store, chain: Sequence[str]) -> tuple[int, ...]:
    """Return the ids of all statements of a level, kind, side and language."""
    sql = f"SELECT s.id FROM statements s JOIN articles a ON a.id = s.lead_article_id{_LIKE} ORDER BY s.id"
    return tuple(row["id"] for row in store.rows(sql, tuple(chain)))


def _worded(row: Row) -> Worded:
    cut = "only an excerpt of its text is kept" if row.pop("excerpt") else ""
    return Worded(**{**row, "placeholder": bool(row["placeholder"])}, cut=cut)


def read(store: Store, statement_ids: Iterable[int]) -> Mapping[int, tuple[str, str]]:
    """Return for each of these statements whose formulae were stored what it is comparable with, and the digest of what they were read from."""
    rows = store.rows("SELECT * FROM wordings WHERE statement_id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(statement_ids)),))
    return {row["statement_id"]: (row["chain"], row["digest"]) for row in rows}


def forget(store: Store) -> tuple[str, ...]:
    """Take out what is known of statements that have become one with others; return what those were comparable with."""
    rows = store.rows("SELECT statement_id, chain FROM wordings WHERE statement_id NOT IN (SELECT id FROM statements)")
    store.write(
        "DELETE FROM wordings WHERE statement_id IN (SELECT value FROM json_each(?))", (json.dumps([r["statement_id"] for r in rows]),)
    )
    return tuple(row["chain"] for row in rows)


def write(store: Store, statement_id: int, stands: Sequence[Stand], chain: str, digest: str) -> None:
    """Replace the formulae of a statement; part of the transaction in hand."""
    store.write("DELETE FROM formulae WHERE statement_id = ?", (statement_id,))
    rows = [{"formula": s.formula, "variant": s.variant, "statement_id": statement_id, "sentence": s.sentence} for s in stands]
    store.insert_all("formulae", rows)
    store.insert("wordings", {"statement_id": statement_id, "chain": chain, "digest": digest}, or_="OR REPLACE")


def keep(store: Store, formulas: Iterable[str]) -> None:
    """Take out the rows of all other formulae and supersede the flags about them; part of the transaction in hand.

    What each statement's rows were read from is forgotten, so that a formula that is watched again is read again.
    """
    kept = json.dumps(sorted(formulas))
    store.write("DELETE FROM formulae WHERE formula NOT IN (SELECT value FROM json_each(?))", (kept,))
    store.write(
        "UPDATE flags SET superseded_at = ? WHERE kind IN ('wording', 'divergence') AND superseded_at IS NULL AND formula NOT IN (SELECT value FROM json_each(?))",
        (store.now(), kept),
    )
    store.write("UPDATE wordings SET digest = ''")


def standings(store: Store, chain: str) -> tuple[Standing, ...]:
    """Return the formulae of every statement of a chain; of one date the longest text stands first."""
    rows = store.rows(
        "SELECT w.statement_id AS id, coalesce(s.date, '') AS date, printf('%012d ', 999999999999 - length(a.statement_text)) || a.canonical_url AS place, "
        "f.formula, f.variant, f.sentence FROM wordings w JOIN statements s ON s.id = w.statement_id JOIN articles a ON a.id = s.lead_article_id "
        "JOIN formulae f ON f.statement_id = s.id WHERE w.chain = ? ORDER BY w.statement_id, f.rowid",
        (chain,),
    )
    return tuple(
        Standing(number, date, place, tuple(Stand(r["formula"], r["variant"], r["sentence"]) for r in inside))
        for (number, date, place), inside in groupby(rows, lambda r: (r["id"], r["date"], r["place"]))
    )


def apply(store: Store, shifts: Sequence[tuple[Shift, str]], chains: Iterable[str], statement_ids: Iterable[int]) -> tuple[int, ...]:
    """Write the flags of the changes, each with its reason, found in these chains; part of the transaction in hand.

    A flag of one of their statements, or of ``statement_ids``, that no longer holds gets ``superseded_at``; one that is told against
    another statement now stays the same flag. Return the ids of the flags that are new, by the date of their statement.
    """
    holding, twice = _holding(store, chains, statement_ids)
    wanted = {(shift.formula, shift.statement_id): (shift, reason) for shift, reason in shifts}
    for number in [*twice, *(row["id"] for key, row in holding.items() if key not in wanted)]:
        store.write("UPDATE flags SET superseded_at = ? WHERE id = ?", (store.now(), number))
    for key, row in holding.items():
        told = (wanted[key][0].before_id, wanted[key][1], _proof(wanted[key][0])) if key in wanted else None
        if told and told != (row["comparator_id"], row["reason"], row["sentence"]):
            store.write("UPDATE flags SET comparator_id = ?, reason = ?, sentence = ? WHERE id = ?", (*told, row["id"]))
    return tuple(_raise(store, shift, reason) for key, (shift, reason) in wanted.items() if key not in holding)


def _holding(store: Store, chains: Iterable[str], statement_ids: Iterable[int]) -> tuple[dict[tuple[str, int], Row], list[int]]:
    """The flags in force by formula and statement, and those that two statements which became one have left twice.

    A statement of ``statement_ids`` that is compared in another chain was not looked at: its flags stay as they are.
    """
    rows = store.rows(
        "SELECT id, formula, statement_id, comparator_id, reason, sentence FROM flags WHERE kind = 'wording' AND formula IS NOT NULL AND superseded_at IS NULL AND "
        "(statement_id IN (SELECT statement_id FROM wordings WHERE chain <> '' AND chain IN (SELECT value FROM json_each(?))) "
        "OR statement_id IN (SELECT value FROM json_each(?) WHERE value NOT IN (SELECT statement_id FROM wordings WHERE chain <> ''))) ORDER BY id",
        (json.dumps(sorted(chains)), json.dumps(sorted(statement_ids))),
    )
    holding: dict[tuple[str, int], Row] = {}
    twice = [row["id"] for row in rows if holding.setdefault((row["formula"], row["statement_id"]), row)["id"] != row["id"]]
    return holding, twice


def _raise(store: Store, shift: Shift, reason: str) -> int:
    return store.insert(
        "flags",
        {"kind": "wording", "basis": "in_our_data", "initiative_id": None, "statement_id": shift.statement_id, "mention_id": None,
         "flagged_at": store.now(), "reason": reason, "confidence": 1.0, "formula": shift.formula, "comparator_id": shift.before_id,
         "sentence": _proof(shift)},
    )  # fmt: skip


def _proof(shift: Shift) -> str:
    """The sentence in which the formula stands now; of one that is absent that on its topic."""
    return next((stand.sentence for stand in shift.after if stand.sentence), "")


def change(store: Store, flag_id: int) -> Row | None:
    """Return a flag of wording that is in force as a digest tells it, or None: ``formula``, ``after`` and ``before`` (rows of formulae),
    ``statement`` and ``comparator`` (:class:`Worded`)."""
    row = store.row("SELECT * FROM flags WHERE id = ? AND kind = 'wording' AND superseded_at IS NULL", (flag_id,))
    if row is None:
        return None
    ids = (row["statement_id"], int(surviving(store, "statement", str(row["comparator_id"]))))
    found = {statement.id: statement for statement in worded(store, ids)}
    if len(found) < len(ids):
        return None
    after, before_ = (_stands(store, number, row["formula"]) for number in ids)
    return {
        "id": flag_id,
        "formula": row["formula"],
        "statement": found[ids[0]],
        "comparator": found[ids[1]],
        "after": after,
        "before": before_,
    }


def _stands(store: Store, statement_id: int, formula: str) -> tuple[Stand, ...]:
    rows = store.rows(
        "SELECT formula, variant, sentence FROM formulae WHERE statement_id = ? AND formula = ? ORDER BY rowid", (statement_id, formula)
    )
    return tuple(Stand(**row) for row in rows)
