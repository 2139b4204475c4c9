"""Runs both programs one after the other against one server, prints a table, and as the last line one JSON object.

Each program makes five passes in a process of its own: the backlog, three over feeds that have not changed (the median counts)
and one in which every feed is all new. Exits with 1 where an item is lost, 2 where nothing could be measured.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.polling.feeds import address
from benchmarks.polling.processes import Talking, installed

UNCHANGED = 3
GENERATIONS = 2
_REQUIREMENTS = ("reader", "sgmllib3k")  # the second is needed by the feed parser that reader brings along, and not named by it
_HERE = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Measure and print; see the module."""
    chosen = _arguments().parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(prefix="polling-") as folder,
        Talking.python("-m", "benchmarks.polling.server", chosen.feeds, chosen.items) as server,
    ):
        base = str(server.hear())
        home = Path(folder) / "home"
        ours = _passes(server, [sys.executable, "-m", "benchmarks.polling.ours", home, base, chosen.feeds])
        ours["lost"] = _lost(home / "db" / "trilateral.db", base, chosen.feeds, chosen.items)
        theirs = None if chosen.alone else _theirs(server, Path(folder), base, chosen)
    print(_table(ours, theirs, chosen.feeds, chosen.items))
    print(json.dumps(_summary(ours, theirs, chosen.feeds, chosen.items)))
    return 1 if ours["lost"] else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.polling")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--items", type=int, default=50)
    parser.add_argument("--alone", action="store_true", help="without reader")
    parser.add_argument("--venv", type=Path, default=_HERE.parents[1] / ".venv-bench", help="where reader is, or is to be, installed")
    return parser


def _theirs(server: Talking, folder: Path, base: str, chosen: argparse.Namespace) -> dict[str, Any] | None:
    python, fault = installed(chosen.venv, _REQUIREMENTS)
    if fault:
        print(f"reader could not be installed, so these are our own figures only: {fault}", file=sys.stderr)
        return None
    server.ask("restart")
    return _passes(server, [python, _HERE / "theirs.py", folder / "reader.db", base, chosen.feeds])


def _passes(server: Talking, command: list[object]) -> dict[str, Any]:
    """All passes of one program; what the server gave in each stands with it, so that an unchanged pass is known to be one."""
    with Talking(command) as program:
        version = program.hear()["version"]
        backlog = _pass(program, server)
        unchanged = [_pass(program, server) for _ in range(UNCHANGED)]
        server.ask("turn")
        changed = _pass(program, server)
    middle = sorted(unchanged, key=lambda one: one["cpu"])[UNCHANGED // 2]
    return {"version": version, "backlog": backlog, "unchanged": middle, "changed": changed, "peak_mb": changed["peak_mb"]}


def _pass(program: Talking, server: Talking) -> dict[str, Any]:
    figures: dict[str, Any] = program.ask("go")
    return {**figures, "answers": server.ask("report")}


def _lost(database: Path, base: str, feeds: int, items: int) -> int:
    """How many of the items that were served do not lie in our database, each told by its own address."""
    with closing(sqlite3.connect(database)) as opened:
        stored = {url for (url,) in opened.execute("SELECT url FROM entries WHERE decision = 'not_read'")}
    served = (address(base, feed, turn, item) for feed in range(feeds) for turn in range(GENERATIONS) for item in range(items))
    return sum(url not in stored for url in served)


def _table(ours: dict[str, Any], theirs: dict[str, Any] | None, feeds: int, items: int) -> str:
    python = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"
    lines = [f"{feeds} feeds of {items} items, {python}", "", f"{'':<30}{'CPU s':>9}{'ms/feed':>9}{'wall s':>9}{'items':>9}{'answers':>14}"]
    for name, told in (("trilateral", ours), ("reader", theirs)):
        if told is not None:
            lines += [_row(f"{name} {told['version']}, {kind}", told[kind], feeds) for kind in ("backlog", "unchanged", "changed")]
            lines.append(f"{'  peak memory':<30}{told['peak_mb']:>9.0f} MB")
    return "\n".join(lines)


def _row(name: str, told: dict[str, Any], feeds: int) -> str:
    answers = " ".join(f"{count}x{status}" for status, count in sorted(told["answers"].items()) if status != "404")
    return f"{name:<30}{told['cpu']:>9.2f}{told['cpu'] / feeds * 1000:>9.2f}{told['wall']:>9.2f}{told['items']:>9}{answers:>14}"


def _summary(ours: dict[str, Any], theirs: dict[str, Any] | None, feeds: int, items: int) -> dict[str, Any]:
    ratios = {kind: round(ours[kind]["cpu"] / theirs[kind]["cpu"], 3) if theirs else None for kind in ("unchanged", "changed")}
    return {
        "cpu_ratio_unchanged": ratios["unchanged"],
        "cpu_ratio_changed": ratios["changed"],
        "items_lost": ours["lost"],
        "peak_mb": round(ours["peak_mb"], 1),
        "feeds": feeds,
        "items_a_feed": items,
        "ours": ours,
        "reader": theirs,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
