"""Makes the database, serves it, asks while a daemon's writes go on, prints tables, and as the last line one JSON object.

Exits with 1 where a read found the database locked, or a canned query did not answer within its limit.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from datasette import __version__ as datasette_version

import scraper
from benchmarks.datasette import making
from benchmarks.datasette.acts import Size
from benchmarks.datasette.asking import Answer, Server, faults, statuses
from benchmarks.datasette.questions import Questions
from benchmarks.datasette.words import drawn
from benchmarks.polling.processes import Talking

CONNECTIONS = 4
_TIMES = 3
"""How often each canned query and each further page is asked for; the median counts."""


def main(arguments: list[str]) -> int:
    """Measure and print; see the module."""
    chosen = _arguments().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the other processes end with this one
    with tempfile.TemporaryDirectory(prefix="datasette-") as folder:
        kept = chosen.keep or Path(folder)
        place, spent = making.home(kept, chosen.scale, chosen.seed)
        print(
            f"made in {spent:.0f} s" if spent else "kept from an earlier run",
            f"{place.database.stat().st_size / 1e6:.0f} MB",
            sep=", ",
            flush=True,
        )
        told = {"made_s": round(spent, 1), "database_mb": round(place.database.stat().st_size / 1e6), **_measured(kept, chosen)}
    print(_tables(told, chosen))
    print(json.dumps(told))
    return 1 if told["locked"] or told["over_limit"] else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.datasette")
    parser.add_argument("--scale", type=float, default=1.0, help="share of a million entries, 100,000 articles and 20,000 statements")
    parser.add_argument("--keep", type=Path, help="a folder where the database stays, and is looked for first")
    parser.add_argument("--reads", type=int, default=10_000, help="reads over four connections, all pages mixed")
    parser.add_argument("--each", type=int, default=40, help="pages of each kind")
    parser.add_argument("--rate", type=float, default=5.0, help="transactions a second that are written meanwhile; 0 for none")
    parser.add_argument("--seed", type=int, default=1)
    return parser


def _measured(folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    asked = Questions(folder / "db" / "trilateral.db", folder / "db" / "metadata.json", Size(chosen.scale), chosen.each)
    if not chosen.rate:
        with Server(folder) as server:
            return _figures(server, asked, chosen) | {"writer": None}
    with Server(folder) as server, Talking.python("-m", "benchmarks.datasette.writing", folder, chosen.rate) as writer:
        writer.hear()
        told = _figures(server, asked, chosen)
        return {**told, "writer": writer.ask("report")}


def _figures(server: Server, asked: Questions, chosen: argparse.Namespace) -> dict[str, Any]:
    """Every figure that the server's answers give."""
    pages = {kind: (_kind(server, ours), _kind(server, theirs)) for kind, (ours, theirs) in asked.pages().items()}
    told: dict[str, Any] = {f"{kind}_ms": ours["ms"] for kind, (ours, _) in pages.items()}
    queries = {name: _each(server, path) for name, path in asked.queries().items()}
    others = {path: _each(server, path) for path in asked.others()}
    crowd = _crowd(server, asked, chosen.reads)
    now, peak = server.megabytes()
    return {
        **told, "locked": sum(answer.locked for answer in crowd), "reads": len(crowd), "statuses": statuses(crowd), "faults": faults(crowd),
        "read_ms": _median([answer.ms for answer in crowd]), "memory_mb": round(now), "peak_mb": round(peak),
        "ratio": {kind: round(ours["ms"] / theirs["ms"], 2) for kind, (ours, theirs) in pages.items()},
        "ours": {kind: ours for kind, (ours, _) in pages.items()}, "datasette": {kind: theirs for kind, (_, theirs) in pages.items()},
        "queries": queries, "over_limit": [name for name, one in queries.items() if one["status"] != 200], "others": others,
    }  # fmt: skip


def _kind(server: Server, paths: Sequence[str]) -> dict[str, Any]:
    """The figures of pages of one kind, asked for one after the other; the first is asked for once before."""
    server.ask(paths[:1])
    before = server.cpu()
    found = server.ask(paths)
    spent = (server.cpu() - before) / len(found)
    took = sorted(answer.ms for answer in found)
    slowest = max(found, key=lambda answer: answer.ms)
    return {
        "ms": _median(took), "ms_p95": round(took[int(len(took) * 0.95)], 1), "cpu_ms": round(spent, 1), "kb": round(_median([answer.size for answer in found]) / 1000),
        "slowest": slowest.path, "slowest_ms": round(slowest.ms), "statuses": statuses(found),
    }  # fmt: skip


def _each(server: Server, path: str) -> dict[str, Any]:
    """The figures of one address, asked for a few times."""
    before = server.cpu()
    found = server.ask([path] * _TIMES)
    cpu = (server.cpu() - before) / _TIMES
    return {"ms": _median([answer.ms for answer in found]), "cpu_ms": round(cpu), "status": max(answer.status for answer in found)}


def _crowd(server: Server, asked: Questions, reads: int) -> list[Answer]:
    """All of our pages, and Datasette's of single rows, mixed, over a few connections at once."""
    pages = asked.pages()
    paths = [path for ours, _ in pages.values() for path in ours]
    paths += [path for kind in ("statement", "initiative") for path in pages[kind][1]]
    chance = drawn("crowd")
    return server.crowd([chance.choice(paths) for _ in range(reads)], CONNECTIONS)


def _median(values: Sequence[float]) -> float:
    return round(statistics.median(values), 1) if values else 0.0


def _tables(told: Mapping[str, Any], chosen: argparse.Namespace) -> str:
    python = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"
    lines = [
        f"scale {chosen.scale:g}, {told['database_mb']} MB, trilateral {scraper.__version__}, Datasette {datasette_version}, {python}",
        "",
    ]
    lines += [f"{'':<14}{'ms':>9}{'95 %':>9}{'CPU ms':>9}{'kB':>7}   {'Datasette ms':>13}{'95 %':>9}{'CPU ms':>9}{'kB':>7}{'ratio':>8}"]
    for kind, ours in told["ours"].items():
        theirs = told["datasette"][kind]
        lines.append(
            f"{kind:<14}{_cells(ours)}   {_cells(theirs):>38}{told['ratio'][kind]:>8}   slowest {ours['slowest_ms']} ms: {ours['slowest']} {ours['statuses']}"
        )
    for title, some in (("canned query", told["queries"]), ("further page", told["others"])):
        lines += ["", f"{title:<60}{'ms':>9}{'CPU ms':>9}{'status':>8}"]
        lines += [f"{name[:58]:<60}{one['ms']:>9}{one['cpu_ms']:>9}{one['status']:>8}" for name, one in some.items()]
    lines += [
        "",
        f"{told['reads']} reads over {CONNECTIONS} connections: {told['read_ms']} ms, {told['locked']} locked, {told['statuses']} {told['faults'] or ''}",
    ]
    lines += [f"memory {told['memory_mb']} MB, at most {told['peak_mb']} MB; written meanwhile: {told['writer']}"]
    return "\n".join(lines)


def _cells(one: Mapping[str, Any]) -> str:
    return f"{one['ms']:>9}{one['ms_p95']:>9}{one['cpu_ms']:>9}{one['kb']:>7}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
