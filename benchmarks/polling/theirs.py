"""The other side in a process of its own, run by the Python of a virtual environment that has ``reader``; imports nothing of ours."""

from __future__ import annotations

import json
import resource
import sys
import time

import reader
from reader import Reader, make_reader


def measured(made: Reader, known: int) -> dict[str, object]:
    """Run one pass over every feed, due or not, with the program's own defaults (one worker)."""
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    made.update_feeds(scheduled=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    return {
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "wall": wall,
        "peak_mb": after.ru_maxrss / 1024,
        "outcomes": {"ok": made.get_feed_counts(broken=False).total, "failed": made.get_feed_counts(broken=True).total},
        "items": (made.get_entry_counts().total or 0) - known,
    }


def main(database: str, base: str, feeds: int) -> None:
    """Answer each line of standard input with the figures of a pass."""
    with make_reader(database) as made:
        for number in range(feeds):
            made.add_feed(f"{base}/feed/{number}")
        print(json.dumps({"version": reader.__version__}), flush=True)
        for _ in sys.stdin:
            print(json.dumps(measured(made, made.get_entry_counts().total or 0)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
