"""Runs our index and the libraries one after the other, prints a table, and as the last line one JSON object.

Each is measured in a process of its own that makes the texts itself. Exits with 1 where one of our recalls or hard negatives misses.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

from benchmarks.copies.corpus import COPIES
from benchmarks.polling.processes import Talking, installed

PEERS = ("datasketch", "rensa", "gaoya")
LEAST = dict.fromkeys(COPIES, 0.99) | {"swapped_30": 0.98}
"""The recall that each class of copies must have."""

COLD = 10
"""Documents beside the pairs where the index is all but empty at the start."""

LONG = 3 * 3600.0
"""Seconds that a million documents may take on a busy machine."""

_ROOT = Path(__file__).resolve().parents[2]
_FIGURES = ("add_per_s", "mb", "query_ms", "query_ms_p95", *COPIES, "hard_negatives", "unrelated", "wrong")


def main(arguments: list[str]) -> int:
    """Measure and print; see the module."""
    chosen = _arguments().parse_args(arguments)
    measured, cold, large = _ours(chosen)
    if not chosen.alone:
        measured |= _theirs(chosen)
    print(_table(measured, chosen))
    print(json.dumps(_summary(measured, cold, large, chosen)))
    ours = measured["trilateral"]
    missed = [kind for kind, least in LEAST.items() if ours[kind] < least]
    return 1 if missed or ours["hard_negatives"] or cold["hard_negatives"] else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--probes", type=int, default=300, help="copies of each class that are asked for")
    parser.add_argument(
        "--large", type=int, default=0, help="measure ours with so many documents, too (a million: half an hour, 8 GB of disk)"
    )
    parser.add_argument("--alone", action="store_true", help="without the libraries")
    parser.add_argument("--venv", type=Path, default=_ROOT / ".venv-bench", help="where the libraries are, or are to be, installed")
    return parser


def _ours(chosen: argparse.Namespace) -> tuple[dict[str, dict[str, Any]], dict[str, Any], dict[str, Any] | None]:
    """Our figures; those of an index with the pairs alone; and those of the large one, where it is asked for."""
    with Talking.python("-m", "benchmarks.copies.ours") as program:
        told = program.hear()
        told |= program.ask(f"{chosen.documents} {chosen.probes}")
        cold = program.ask(f"{COLD} {chosen.probes}")
    large = None
    if chosen.large:
        with Talking.python("-m", "benchmarks.copies.ours") as program:
            large = program.hear() | program.ask(f"{chosen.large} {chosen.probes}", patience=LONG)
    return {"trilateral": told}, cold, large


def _theirs(chosen: argparse.Namespace) -> dict[str, dict[str, Any]]:
    python, fault = installed(chosen.venv, PEERS, PEERS)
    if fault:
        print(f"the libraries could not be installed, so these are our own figures only: {fault}", file=sys.stderr)
        return {}
    found = {}
    for name in PEERS:
        with Talking([python, "-m", "benchmarks.copies.theirs", name]) as program:
            found[name] = program.hear() | program.ask(f"{chosen.documents} {chosen.probes}")
    return found


def _table(measured: dict[str, dict[str, Any]], chosen: argparse.Namespace) -> str:
    python = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"
    names = [f"{name} {told['version']}" for name, told in measured.items()]
    lines = [
        f"{chosen.documents} documents, {chosen.probes} copies of each class, {python}",
        "",
        f"{'':<18}{''.join(f'{name:>20}' for name in names)}",
    ]
    lines += [f"{figure:<18}" + "".join(f"{told[figure]:>20}" for told in measured.values()) for figure in _FIGURES]
    return "\n".join(lines)


def _summary(
    measured: dict[str, dict[str, Any]], cold: dict[str, Any], large: dict[str, Any] | None, chosen: argparse.Namespace
) -> dict[str, Any]:
    ours = measured["trilateral"]
    return {
        "add_per_s": ours["add_per_s"], f"mb_at_{chosen.documents // 1000}k": ours["mb"], "query_ms": ours["query_ms"],
        "hard_negatives": ours["hard_negatives"], "hard_negatives_cold": cold["hard_negatives"], **{kind: ours[kind] for kind in COPIES},
        "documents": chosen.documents, "probes": chosen.probes, "large": large, "ours": ours, **{name: measured.get(name) for name in PEERS},
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
