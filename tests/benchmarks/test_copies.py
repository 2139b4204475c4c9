"""The benchmark of copies: its texts are what they are called, ours finds them, and the last line is JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.copies import corpus

ROOT = Path(__file__).resolve().parents[2]


def test_texts_are_the_same_in_every_process_and_differ_by_number() -> None:
    command = [sys.executable, "-c", "from benchmarks.copies.corpus import document; print(document(5))"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "7"})
    assert told.stdout.strip() == corpus.document(5)
    assert len({corpus.document(number) for number in range(60)}) == 60


@pytest.mark.parametrize("number", range(1, 20))
def test_pairs_have_two_words_in_five_to_one_in_two_in_common(number: int) -> None:
    one, other = (text.split() for text in corpus.pair(number))
    shared = sum(len(line.split()) for line in corpus.STOCK if line in " ".join(one) and line in " ".join(other))
    assert shared / max(len(one), len(other)) >= 0.36
    assert shared / min(len(one), len(other)) <= 0.5


def test_probes_ask_for_documents_that_are_stored_without_furniture() -> None:
    asked = list(corpus.probes(6000, 20))
    assert len({(kind, number) for kind, number, _ in asked}) == len(asked) == 20 * len(corpus.COPIES)
    for kind, number, wanted in asked:
        assert wanted < 6000
        expected = corpus.said(corpus.statement(number)) if kind == "statement" else corpus.original(number)
        assert corpus.document(wanted) == expected


def test_ours_finds_every_copy_and_takes_nothing_for_one() -> None:
    command = [sys.executable, "-m", "benchmarks.copies", "--alone", "--documents", "1200", "--probes", "20"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    figures = json.loads(told.stdout.splitlines()[-1])
    assert {kind: figures[kind] for kind in corpus.COPIES} == dict.fromkeys(corpus.COPIES, 1)
    assert (figures["hard_negatives"], figures["hard_negatives_cold"], figures["mb_at_1k"] < 150) == (0, 0, True)
    assert figures["add_per_s"] > 0
    assert figures["query_ms"] > 0
