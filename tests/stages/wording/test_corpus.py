"""Real statements: the dated rows of the shared facts whose full texts are there, and what of them is comparable."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scraper.model.wording import ABSENT, Worded
from scraper.stages.wording import Formulary, compare, render_text

LEADERS = "Leaders"
JOINT = ("official-joint", "syndicated-copy")
# What a row of the facts says, and how it is called here: (group of the facts, words in its note, formula, variant).
SAYINGS = (
    ("denuclearization_object", "DPRK", "denuclearization-object", "dprk"),
    ("denuclearization_object", "Korean Peninsula", "denuclearization-object", "peninsula"),
    ("denuclearization_object", "한반도 비핵화", "denuclearization-object", "peninsula"),
    ("taiwan", "indispensable element", "taiwan-strait", "international-community"),
    ("taiwan", "no change in our basic positions", "taiwan-position", "unchanged"),
    ("taiwan", "peaceful resolution", "cross-strait", "peaceful-resolution"),
    ("status_quo", "South China Sea", "naming-china", "target"),
    ("prc_naming", "South China Sea", "naming-china", "target"),
    ("abductees", "unrepatriated POWs", "abductions", "with-prisoners"),
    ("ukraine_russia", "war of aggression", "ukraine", "aggression"),
    ("topics_in_out", "rules-based", "order", "rules-based"),
)


@pytest.fixture(scope="session")
def corpus(shared: Path) -> list[dict[str, Any]]:
    lines = (shared / "eval" / "statements" / "corpus.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def facts(shared: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((shared / "facts" / "wording-shifts.json").read_text("utf-8"))["formulae"]
    return made


def whole(rows: list[dict[str, Any]], date: str, kind: str, title: str) -> dict[str, Any]:
    """The one full official text of a date whose title holds a word."""
    found = [
        row
        for row in rows
        if row["date"] == date and row["kind"] == kind and title in row["title"] and not row["truncated"] and not row["text_has_gaps"]
    ]
    assert len(found) == 1
    return found[0]


def worded(row: dict[str, Any], number: int = 1, **more: Any) -> Worded:
    return Worded(number, row["text"], row["language"], date=row["date"], title=row["title"], **{"level": "leaders", **more})


def stood(formulary: Formulary, row: dict[str, Any]) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for stand in formulary.stands(row["text"], row["language"]):
        told.setdefault(stand.formula, set()).add(stand.variant)
    return told


def wanted(facts: dict[str, Any], date: str, *words: str) -> list[tuple[str, str]]:
    """What the rows of a date and a meeting say, as formulae and variants."""
    rows = [
        (group, note)
        for group, told in facts.items()
        for day, where, note, _ in told["rows"]
        if date in day and any(w in where for w in words)
    ]
    return [(formula, variant) for group, note in rows for name, said, formula, variant in SAYINGS if name == group and said in note]


def test_the_rows_of_the_leaders_summit_come_out_right(formulary: Formulary, corpus: list[dict[str, Any]], facts: dict[str, Any]) -> None:
    row = whole(corpus, "2023-08-18", "official-joint", "Spirit")
    expected = wanted(facts, "2023-08-18", LEADERS, "all")
    assert len(expected) >= 9
    told = stood(formulary, row)
    assert [(formula, variant) for formula, variant in expected if variant not in told.get(formula, set())] == []
    assert told["denuclearization-object"] == {"dprk"}
    assert told["taiwan-participation"] == {ABSENT}


def test_the_row_of_a_korean_readout_comes_out_right(formulary: Formulary, corpus: list[dict[str, Any]], facts: dict[str, Any]) -> None:
    row = whole(corpus, "2025-10-29", "official-readout", "외교장관")
    expected = [("denuclearization-object", "peninsula")]
    assert [pair for pair in wanted(facts, "2025-10-29", "FM Gyeongju") if pair in expected] == expected
    assert stood(formulary, row)["denuclearization-object"] == {"peninsula"}


def test_comparable_full_texts_read_well(formulary: Formulary, corpus: list[dict[str, Any]]) -> None:
    principles = worded(whole(corpus, "2023-08-18", "official-joint", "Principles"), 1)
    spirit = worded(whole(corpus, "2023-08-18", "official-joint", "Spirit"), 2)
    made = compare(principles, spirit, formulary)
    assert made.refused == ()
    ops = [row.op for row in made.rows]
    assert ops.count("reworded") >= 5
    assert ops.count("moved") >= 2
    moved = next(row for row in made.rows if row.op == "moved" and "Taiwan Strait" in row.after)
    assert moved.before == moved.after
    assert {row.formula for row in made.formulae if row.changed} >= {"status-quo", "naming-china"}
    assert "[-abductions,-] {+abductees,+}" in " ".join(render_text(made, formulary.watched).split())


def test_cut_texts_are_refused(formulary: Formulary, corpus: list[dict[str, Any]]) -> None:
    spirit = worded(whole(corpus, "2023-08-18", "official-joint", "Spirit"), 2)
    cut = [row for row in corpus if row["truncated"] and not row["text"].rstrip().endswith((".", "。", "”", "###", "!", "?"))]
    official = [row for row in cut if row["language"] == "en" and row["kind"] in ("official-joint", "syndicated-copy") and row["date"]]
    refused = [row for row in official if compare(worded(row, 3), spirit, formulary).refused]
    assert len(refused) >= 0.9 * len(official) > 10


def test_full_official_texts_are_not_taken_for_cut(formulary: Formulary, corpus: list[dict[str, Any]]) -> None:
    full = [row for row in corpus if not row["truncated"] and not row["text_has_gaps"] and row["kind"].startswith("official")]
    assert len(full) > 15
    for row in full:
        one = worded(row, kind="readout", side="US")
        assert compare(one, one, formulary).refused == ()


def test_a_statement_is_not_compared_with_a_readout(formulary: Formulary, corpus: list[dict[str, Any]]) -> None:
    spirit = worded(whole(corpus, "2023-08-18", "official-joint", "Spirit"), 2)
    sheet = worded(whole(corpus, "2023-08-18", "official-readout", "FACT SHEET"), 3, kind="fact_sheet", side="US")
    refused = compare(spirit, sheet, formulary).refused
    assert [why.split(":")[0] for why in refused] == ["They differ in kind", "They differ in side"]


def test_what_stands_in_cut_texts_agrees_with_the_rows(formulary: Formulary, corpus: list[dict[str, Any]], facts: dict[str, Any]) -> None:
    """A text that is cut tells nothing of what is missing, but what stands there is what the rows say (of joint texts: sides differ)."""
    checked = 0
    for date in sorted({row[0] for row in facts["denuclearization_object"]["rows"]}):
        expected = {variant for formula, variant in wanted(facts, date, "") if formula == "denuclearization-object"}
        for row in corpus:
            if str(row["event"]).startswith(date) and row["kind"] in JOINT and row["language"] == "en" and expected:
                stands = formulary.stands(row["text"], row["language"], whole=False)
                told = {stand.variant for stand in stands if stand.formula == "denuclearization-object"}
                assert told <= expected, (row["id"], told, expected)
                checked += bool(told)
    assert checked >= 4
