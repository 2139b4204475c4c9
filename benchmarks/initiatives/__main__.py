"""Finds names in statements with ours, flashtext2 and a plain regular expression in turns, prints a table, and as the last line one JSON object.

Exits with 1 where a name that was put into a text was not found.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.initiatives.ours import Ours, Pass, capitalised
from benchmarks.initiatives.peer import installed
from benchmarks.initiatives.registry import registry
from benchmarks.initiatives.texts import LANGUAGES, Document, documents
from benchmarks.polling.processes import Talking
from scraper.config import defaults_folder, load
from scraper.model.initiative import Registry

_HERE = Path(__file__).resolve().parent
_MEGA = 1e6


def main(arguments: list[str]) -> int:
    """Measure and print; see the module."""
    chosen = _arguments().parse_args(arguments)
    made = registry(chosen.names)
    texts = documents(chosen.documents, _own_names(made))
    ours = Ours(made, load(defaults_folder() / "config", {}).watch)
    passes: dict[str, Callable[[Sequence[Document]], Pass]] = {"known": ours.known, "detect": ours.detect, "capitalised": capitalised}
    with tempfile.TemporaryDirectory(prefix="initiatives-") as folder, ExitStack() as stack:
        peer, version = (None, "") if chosen.alone else _peer(stack, chosen.venv, Path(folder) / "given.json", made, texts)
        if peer is not None:
            passes["flashtext2"] = lambda _: Pass(**peer.ask("go"))
        best = _best(passes, texts, chosen.rounds)
    alike = {
        kind: {language: _best({kind: passes[kind]}, _in(texts, language), 2)[kind] for language in LANGUAGES}
        for kind in ("known", "detect")
    }
    summary = _summary(best, alike, texts, chosen.names)
    print(_table(best, alike, texts, chosen.names, version))
    print(json.dumps(summary))
    return 0 if summary["missed"] == 0 else 1


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.initiatives")
    parser.add_argument("--names", type=int, default=2000)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=7, help="of which the one with the least CPU counts, for all alike")
    parser.add_argument("--alone", action="store_true", help="without flashtext2")
    parser.add_argument("--venv", type=Path, default=_HERE.parents[1] / ".venv-bench", help="where flashtext2 is, or is to be, installed")
    return parser


def _own_names(made: Registry) -> dict[str, list[str]]:
    """The names of the watched parties' own initiatives by language; the others are in the registry to be left alone."""
    return {
        language: [name for one in made.initiatives if one.trilateral for name in one.names.get(language, ())] for language in LANGUAGES
    }


def _peer(stack: ExitStack, venv: Path, file: Path, made: Registry, texts: Sequence[Document]) -> tuple[Talking | None, str]:
    python, fault = installed(venv)
    if fault:
        print(f"flashtext2 could not be installed, so these are our own figures only: {fault}", file=sys.stderr)
        return None, ""
    names = [name for one in made.initiatives for forms in one.names.values() for name in forms]
    file.write_text(json.dumps({"names": names, "texts": [one.text for one in texts]}), "utf-8")
    peer = stack.enter_context(Talking([python, _HERE / "theirs.py", file]))
    return peer, str(peer.hear()["version"])


def _best(passes: dict[str, Callable[[Sequence[Document]], Pass]], texts: Sequence[Document], rounds: int) -> dict[str, Pass]:
    """All kinds of pass in turns, so that whatever else the machine does disturbs them alike; of each the least disturbed counts."""
    told = [{kind: one(texts) for kind, one in passes.items()} for _ in range(rounds)]
    return {kind: min((one[kind] for one in told), key=lambda one: one.cpu) for kind in passes}


def _in(texts: Sequence[Document], language: str) -> list[Document]:
    return [one for one in texts if one.language == language]


def _size(texts: Sequence[Document]) -> int:
    """Bytes of UTF-8."""
    return sum(len(one.text.encode()) for one in texts)


def _speed(one: Pass, texts: Sequence[Document]) -> dict[str, float]:
    return {"mb_per_s": round(_size(texts) / one.cpu / _MEGA, 1), "docs_per_s": round(len(texts) / one.cpu)}


def _table(best: dict[str, Pass], alike: dict[str, dict[str, Pass]], texts: Sequence[Document], names: int, version: str) -> str:
    python = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, one used"
    planted = sum(len(one.known) for one in texts), sum(len(one.unknown) for one in texts)
    sizes = [_size([one]) for one in texts]
    given = f"{len(texts)} documents of {min(sizes)} to {max(sizes)} bytes, {_size(texts) / _MEGA:.2f} MB, {names} names in the registry"
    lines = [
        f"{given}, {python}",
        f"put in: known names {planted[0]} times, unknown ones {planted[1]} times",
        "",
        f"{'':<42}{'CPU s':>9}{'MB/s':>9}{'docs/s':>9}{'found':>9}",
    ]
    titles = {
        "known": "trilateral, known names",
        "detect": "trilateral, all of detection",
        "flashtext2": f"flashtext2 {version}",
        "capitalised": "regex of capitalised runs",
    }
    for kind, one in best.items():
        lines.append(_row(titles[kind], one, texts))
        lines += [_row(f"  {language}", told, _in(texts, language)) for language, told in alike.get(kind, {}).items()]
    return "\n".join(lines)


def _row(title: str, one: Pass, texts: Sequence[Document]) -> str:
    speed = _speed(one, texts)
    return f"{title:<42}{one.cpu:>9.4f}{speed['mb_per_s']:>9.1f}{speed['docs_per_s']:>9.0f}{one.found:>9}"


def _summary(best: dict[str, Pass], alike: dict[str, dict[str, Pass]], texts: Sequence[Document], names: int) -> dict[str, Any]:
    peer = best.get("flashtext2")
    known = sum(len(set(one.known)) for one in texts)
    both = sum(len({*one.known, *one.unknown}) for one in texts)
    return {
        "known_mb_per_s": _speed(best["known"], texts)["mb_per_s"],
        "detect_docs_per_s": _speed(best["detect"], texts)["docs_per_s"],
        "flashtext2_mb_per_s": _speed(peer, texts)["mb_per_s"] if peer else None,
        "capitalised_mb_per_s": _speed(best["capitalised"], texts)["mb_per_s"],
        "names": names,
        "documents": len(texts),
        "megabytes": round(_size(texts) / _MEGA, 3),
        "planted_known": known,
        "planted": both,
        "missed": known - best["known"].planted,
        "missed_in_detection": both - best["detect"].planted,
        "by_language": {
            kind: {language: _speed(one, _in(texts, language)) for language, one in told.items()} for kind, told in alike.items()
        },
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
