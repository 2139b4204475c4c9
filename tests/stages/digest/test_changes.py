"""Which change of a formula is the strongest."""

from __future__ import annotations

import pytest

from scraper.model.wording import ABSENT, FormulaRow, Stand
from scraper.stages.digest import strongest


def row(formula: str, before: str, after: str) -> FormulaRow:
    """A formula with its variants in both statements; ``-`` for one that is absent, nothing for a topic not spoken of."""
    sides = (tuple(Stand(formula, ABSENT if word == "-" else word, "S.") for word in side.split()) for side in (before, after))
    return FormulaRow(formula, *sides)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("a", "b", "moved"), ("a", "a b", "moved"), ("a b", "b a", ""), ("a", "-", "dropped"), ("-", "a", "taken_up"), ("", "a", "new"),
        ("", "-", ""), ("a", "", ""), ("-", "", ""), ("-", "-", ""), ("a", "a", ""),
    ],
)  # fmt: skip
def test_kinds(before: str, after: str, kind: str) -> None:
    assert [found for found, _ in strongest([row("f", before, after)], ["f"])] == ([kind] if kind else [])


def test_order() -> None:
    rows = [
        row("new", "", "a"), row("taken", "-", "a"), row("dropped", "a", "-"), row("partly", "a", "a b"), row("later", "a", "b"), row("first", "a", "b"),
        row("unknown", "a", "b"), row("same", "a", "a"),
    ]  # fmt: skip
    order = ["new", "taken", "dropped", "partly", "first", "later", "same"]
    assert [found.formula for _, found in strongest(rows, order)] == ["first", "later", "unknown", "partly", "dropped", "taken", "new"]
    assert strongest(tuple(reversed(rows)), order) == strongest(rows, order)
