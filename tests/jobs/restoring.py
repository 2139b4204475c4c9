"""A process that restores, and is killed at the step it is told: what a power cut or a ``kill -9`` does."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from scraper.jobs import backing
from scraper.jobs.rooms import Home
from scraper.storage import backing as pages


def main(root: Path, file: Path, last: int) -> None:
    """Restore a home's database from a file; die at the step of that number."""
    left = last
    pages.PAGES = 40  # small steps, so that there are many moments to die at

    def tell() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    home = Home(root, root / "config", root / "db" / "trilateral.db")
    backing.restore(home, file, lambda: datetime(2026, 7, 1, tzinfo=UTC), tell=tell)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
