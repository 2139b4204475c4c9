"""Runs both programs in turns against one server, prints a table, and as the last line one JSON object.

Each program lives in one process of its own, as a daemon does, and makes seven passes there: the backlog, five over feeds that
have not changed, and one in which every feed is all new. Exits with 1 where an item was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from benchmarks.polling.feeds import address
from benchmarks.polling.processes import Talking, installed

PASSES = (("backlog", 1), ("unchanged", 5), ("changed", 1))
"""The kinds of pass, and how often each is made; the one with the least CPU counts, being the least disturbed."""

GENERATIONS = 2
_REQUIREMENTS = ("reader", "sgmllib3k")  # the second is needed by the feed parser that reader brings along, and not named by it
_HERE = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Measure and print; see the module."""
    chosen = _arguments().parse_args(arguments)
    shape = (chosen.feeds, chosen.items)
    with tempfile.TemporaryDirectory(prefix="polling-") as name, Talking.python("-m", "benchmarks.polling.server", *shape) as server:
        folder, base = Path(name), str(server.hear())
        commands = {"trilateral": [sys.executable, "-m", "benchmarks.polling.ours", folder / "home", base, chosen.feeds]}
        if not chosen.alone:
            commands |= _reader(chosen.venv, folder, base, chosen.feeds)
        measured = _measured(server, commands)
        lost = _lost(folder / "home" / "db" / "trilateral.db", base, *shape)
    print(_table(measured, *shape))
    print(json.dumps(_summary(measured, lost, *shape)))
    return 1 if lost else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.polling")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--items", type=int, default=50)
    parser.add_argument("--alone", action="store_true", help="without reader")
    parser.add_argument("--venv", type=Path, default=_HERE.parents[1] / ".venv-bench", help="where reader is, or is to be, installed")
    return parser


def _reader(venv: Path, folder: Path, base: str, feeds: int) -> dict[str, list[object]]:
    python, fault = installed(venv, _REQUIREMENTS)
    if fault:
        print(f"reader could not be installed, so these are our own figures only: {fault}", file=sys.stderr)
        return {}
    return {"reader": [python, _HERE / "theirs.py", folder / "reader.db", base, feeds]}


def _measured(server: Talking, commands: dict[str, list[object]]) -> dict[str, dict[str, Any]]:
    """All passes of all programs, taking turns, so that whatever else the machine does disturbs them alike."""
    with ExitStack() as stack:
        programs = {name: stack.enter_context(Talking(command)) for name, command in commands.items()}
        found: dict[str, dict[str, Any]] = {name: {"version": program.hear()["version"]} for name, program in programs.items()}
        for kind, times in PASSES:
            if kind == "changed":
                server.ask("turn")
            rounds = [{name: _pass(program, server) for name, program in programs.items()} for _ in range(times)]
            for name in programs:
                found[name][kind] = min((one[name] for one in rounds), key=lambda one: one["cpu"])
                found[name]["peak_mb"] = rounds[-1][name]["peak_mb"]
    return found


def _pass(program: Talking, server: Talking) -> dict[str, Any]:
    """One pass, with what the server gave in it, so that an unchanged pass is known to be one."""
    figures: dict[str, Any] = program.ask("go")
    return {**figures, "answers": server.ask("report")}


def _lost(database: Path, base: str, feeds: int, items: int) -> int:
    """How many of the items that were served do not lie in our database, each told by its own address."""
    with closing(sqlite3.connect(database)) as opened:
        stored = {url for (url,) in opened.execute("SELECT url FROM entries WHERE decision = 'not_read'")}
    served = (address(base, feed, turn, item) for feed in range(feeds) for turn in range(GENERATIONS) for item in range(items))
    return sum(url not in stored for url in served)


def _table(measured: dict[str, dict[str, Any]], feeds: int, items: int) -> str:
    python = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"
    lines = [f"{feeds} feeds of {items} items, {python}", "", f"{'':<30}{'CPU s':>9}{'ms/feed':>9}{'wall s':>9}{'items':>9}{'answers':>14}"]
    for name, told in measured.items():
        lines += [_row(f"{name} {told['version']}, {kind}", told[kind], feeds) for kind, _ in PASSES]
        lines.append(f"{'  peak memory':<30}{told['peak_mb']:>9.0f} MB")
    return "\n".join(lines)


def _row(name: str, told: dict[str, Any], feeds: int) -> str:
    answers = " ".join(f"{count}x{status}" for status, count in sorted(told["answers"].items()) if status != "404")
    return f"{name:<30}{told['cpu']:>9.2f}{told['cpu'] / feeds * 1000:>9.2f}{told['wall']:>9.2f}{told['items']:>9}{answers:>14}"


def _summary(measured: dict[str, dict[str, Any]], lost: int, feeds: int, items: int) -> dict[str, Any]:
    ours, theirs = measured["trilateral"], measured.get("reader")
    return {
        **{f"cpu_ratio_{kind}": round(ours[kind]["cpu"] / theirs[kind]["cpu"], 3) if theirs else None for kind in ("unchanged", "changed")},
        "items_lost": lost,
        "peak_mb": round(ours["peak_mb"], 1),
        "feeds": feeds,
        "items_a_feed": items,
        "ours": ours,
        "reader": theirs,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
