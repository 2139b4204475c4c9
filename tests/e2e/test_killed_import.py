"""An import is killed while it places documents; the groups are those of an import that was not.

``python -m benchmarks.copies.placing`` does the same with as many documents as one likes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from benchmarks.copies import placing

DOCUMENTS = 450
KILLS = 4


def test_groups_after_kills_are_those_of_an_undisturbed_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = os.environ.get("TRILATERAL_SEED") or os.urandom(4).hex()
    with capsys.disabled():
        print(f" TRILATERAL_SEED={seed} ", end="", file=sys.stderr, flush=True)
    told = placing.run(tmp_path, DOCUMENTS, KILLS, seed)
    assert told["stored"] == DOCUMENTS
    assert told["kills_at_work"], told
    assert told["same"], told
    placed = placing.groups(tmp_path / "rough")
    assert len({row[10] for row in placed}) == DOCUMENTS // 5
    assert all(row[1] for row in placed)
