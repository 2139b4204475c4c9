"""The benchmark of initiatives, small: it says what it is to say, its texts hold what is counted, and no known name is missed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.initiatives.peer import installed
from benchmarks.initiatives.registry import registry, unknown
from benchmarks.initiatives.texts import LANGUAGES, LARGEST, SMALLEST, documents

ROOT = Path(__file__).resolve().parents[2]
NAMES = {"en": ("Trilateral Reef Forum",), "ko": ("한미일 산호 포럼",), "ja": ("日米韓珊瑚フォーラム",)}


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.initiatives", "--names", "60", "--documents", "9", "--rounds", "2", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def alone() -> subprocess.CompletedProcess[str]:
    return bench("--alone")


def last(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_our_own_figures(alone: subprocess.CompletedProcess[str]) -> None:
    assert (alone.returncode, alone.stderr) == (0, "")
    told = last(alone)
    assert told["known_mb_per_s"] > 0
    assert told["detect_docs_per_s"] > 0
    assert (told["names"], told["documents"], told["missed"], told["flashtext2_mb_per_s"]) == (60, 9, 0, None)
    assert told["planted_known"] > 30


def test_the_table_comes_first(alone: subprocess.CompletedProcess[str]) -> None:
    lines = alone.stdout.splitlines()
    assert lines[0].startswith("9 documents of ")
    assert lines[1].startswith("put in: known names ")
    assert sum(line.startswith("trilateral") for line in lines) == 2


def test_without_the_peer_ours_is_told_alone(tmp_path: Path) -> None:
    broken = tmp_path / "venv"
    (broken / "bin").mkdir(parents=True)
    (broken / "bin" / "python").write_text("no program\n", "utf-8")
    done = bench("--venv", str(broken))
    assert done.returncode == 0
    assert "flashtext2 could not be installed" in done.stderr
    assert (last(done)["flashtext2_mb_per_s"], last(done)["missed"]) == (None, 0)
    assert installed(broken)[1]


@pytest.mark.parametrize("names", [0, 1, 2, 3, 60, 2000])
def test_a_registry_of_as_many_names_as_asked_for(names: int) -> None:
    made = registry(names)
    forms = [form for one in made.initiatives for known in one.names.values() for form in known]
    assert len(forms) == len(set(forms)) == names
    assert len({one.id for one in made.initiatives}) == len(made.initiatives)
    if names == 2000:
        assert not {unknown(language, number) for language in LANGUAGES for number in range(900)} & set(forms)


def test_more_names_than_there_are_words_for() -> None:
    with pytest.raises(ValueError, match="there are words for 2112 names only"):
        registry(100_000)


def test_documents_hold_what_was_put_in() -> None:
    made = documents(12, NAMES)
    assert made == documents(12, NAMES)
    assert [one.language for one in made[:3]] == list(LANGUAGES)
    for one in made:
        assert SMALLEST <= len(one.text.encode()) <= LARGEST
        assert all(name in one.text for name in (*one.known, *one.unknown))
        assert one.text.count(NAMES[one.language][0]) == len(one.known)
