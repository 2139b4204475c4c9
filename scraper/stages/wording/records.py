"""A comparison as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.model.wording import Comparison, FormulaRow, Row, Stand, Watched, Worded


def as_json(made: Comparison, watched: Watched) -> dict[str, object]:
    """Return a comparison as plain values: ``comparable`` with ``refused`` and ``passed`` (sentences), ``before`` and ``after`` (what they are),
    ``sentences`` and ``formulae``; a word diff is a list of ``[op, text]``."""
    return {
        "comparable": not made.refused,
        "refused": list(made.refused),
        "passed": list(made.passed),
        "before": _statement(made.before) if made.before else None,
        "after": _statement(made.after),
        "counts": counts(made.rows),
        "sentences": [_sentence(row) for row in made.rows],
        "formulae": [_formula(row, watched) for row in made.formulae],
    }


def counts(rows: Sequence[Row]) -> dict[str, int]:
    """Return how many sentences became what."""
    return {op: sum(row.op == op for row in rows) for op in ("kept", "reworded", "moved", "dropped", "new")}


def _statement(one: Worded) -> dict[str, object]:
    names = ("id", "title", "date", "kind", "side", "level", "language", "grade", "publisher", "url")
    return {name: getattr(one, name) for name in names}


def _sentence(row: Row) -> dict[str, object]:
    return {
        "op": row.op,
        "before": row.before,
        "after": row.after,
        "before_at": row.before_at,
        "after_at": row.after_at,
        "diff": [[piece.op, piece.text] for piece in row.pieces],
    }


def _formula(row: FormulaRow, watched: Watched) -> dict[str, object]:
    return {
        "formula": row.formula,
        "name": watched.title(row.formula, "en"),
        "changed": row.changed,
        "before": [_stand(stand) for stand in row.before],
        "after": [_stand(stand) for stand in row.after],
    }


def _stand(stand: Stand) -> dict[str, str]:
    return {"variant": stand.variant, "sentence": stand.sentence}
