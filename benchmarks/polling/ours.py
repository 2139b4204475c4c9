"""Our side in a process of its own: the daemon's rooms on a real home, one whole pass for each line of standard input."""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections import Counter
from pathlib import Path

import scraper
from benchmarks.polling.feeds import language
from scraper import app
from scraper.config import defaults_folder
from scraper.jobs import home, poll
from scraper.jobs.rooms import Rooms

_FETCH = "[fetch]\nspacing = 0\n"
_SOURCE = """
[[source]]
id = "press-{number}"
name = "Press {number}"
publisher = "press-{number}"
kind = "feed"
language = "{language}"
url = "{base}/feed/{number}"
spacing = 0.0
allow_private = true
"""


def make(root: Path, base: str, feeds: int) -> None:
    """Make a home as ``trilateral init`` does, whose sources are the feeds of the server, all of them press."""
    home.make(root, defaults_folder())
    tables = (_SOURCE.format(number=number, language=language(number), base=base) for number in range(feeds))
    (root / "config" / "sources.toml").write_text(_FETCH + "".join(tables), "utf-8")


def measured(rooms: Rooms) -> dict[str, object]:
    """Run one pass over every source; CPU is that of this process alone, with all its threads."""
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    passed = poll.run(rooms, rooms.config.sources)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    return {
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "wall": wall,
        "peak_mb": after.ru_maxrss / 1024,
        "outcomes": Counter(done.outcome for done in passed.polls),
        "items": sum(done.new for done in passed.polls),
        "bugs": [repr(bug) for bug in passed.bugs],
    }


def main(root: Path, base: str, feeds: int) -> None:
    """Answer each line of standard input with the figures of a pass; the first line of all tells the version."""
    make(root, base, feeds)
    with app.rooms(app.home(str(root), None, None, {}), {}, log=app.logger(io.StringIO())) as rooms:
        print(json.dumps({"version": scraper.__version__}), flush=True)
        for _ in sys.stdin:
            print(json.dumps(measured(rooms)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
