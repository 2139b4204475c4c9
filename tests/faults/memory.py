"""A program: two passes over the fault table, whose server runs elsewhere; prints what memory that took.

``python -m faults.memory FOLDER`` with the addresses of the sources by name as JSON on standard input.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import replace
from pathlib import Path

from scraper.jobs import poll
from scraper.model.settings import FetchSettings
from scraper.model.source import Source

from .house import FETCH, Clock, rooms, rows


def peak() -> int:
    """The most bytes of memory this process ever held.

    Linux hands a parent's peak on to its children in ``ru_maxrss``, so its own record is asked first.
    """
    status = Path("/proc/self/status")
    for line in status.read_text().splitlines() if status.exists() else ():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def main(folder: Path) -> None:
    """Do it."""
    urls: dict[str, str] = json.load(sys.stdin)
    plain = {"kind": "feed", "party": "US", "official": True, "spacing": 0.0, "allow_private": True}
    polled = [Source(id=row.name, name=row.name, url=urls[row.name], **{**plain, "publisher": row.name, **row.source}) for row in rows()]  # type: ignore[arg-type]
    delivered = FetchSettings()
    fetch = replace(FETCH, max_bytes=delivered.max_bytes, workers=delivered.workers, timeout=1.0, deadline=1.5)
    clock = Clock()
    with rooms(folder, clock, polled, fetch) as made:
        done = []
        for _ in range(2):
            done.append(poll.run(made, made.config.sources))
            clock.advance(minutes=45)
    told = {"peak": peak(), "polls": sum(len(each.polls) for each in done), "bugs": sum(len(each.bugs) for each in done)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
