"""A process of its own that writes to a database all the while: in each transaction a mark that counts, and one alert."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from scraper.storage import sources
from scraper.storage.alerts import Alert, raise_once
from scraper.storage.store import Store


def main(path: Path) -> None:
    """Write until it is ended; say so once the first row is written."""
    with Store(path, lambda: datetime(2026, 7, 1, tzinfo=UTC), busy_ms=60_000) as store:
        number = 0
        while True:
            number += 1
            with store.transaction():
                raise_once(store, Alert(f"disk:{number}", "disk", detail="x" * 2000))
                sources.mark(store, "written", str(number))
            if number == 1:
                print("writing", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
