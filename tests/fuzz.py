"""A fuzz run over the extraction: real pages, mutated, none of which may raise, hang or take over two seconds.

``python -m tests.fuzz --pages FOLDER --count 10000``; the folder holds HTML files. Prints the slowest pages and exits with 1 where one broke
a rule; the mutation that did is printed by its seed, so that it can be made again.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

from scraper.errors import ExtractError
from scraper.model.source import Page
from scraper.stages.extract import body_text, extract, page_record
from tests.mutations import mutated

LIMIT = 2.0
_pages: list[bytes] = []


def _load(folder: str) -> None:
    _pages.extend(path.read_bytes() for path in sorted(Path(folder).rglob("*.html")))


def _one(seed: int) -> tuple[int, float, str]:
    luck = Random(seed)
    page = mutated(luck.choice(_pages), luck, _pages)
    started = time.process_time()
    try:
        body_text(page, "https://news.example/a")
        page_record(page, "https://news.example/a")
        extract(Page("https://news.example/a", "https://news.example/a", 200, {"content-type": "text/html"}, page, "2026-07-09T12:00:00Z"))
    except ExtractError:
        pass
    except Exception as error:  # noqa: BLE001  that is what is looked for
        return seed, time.process_time() - started, f"{type(error).__name__}: {error}"[:200]
    # Three calls were made, each of which has the limit to itself.
    return seed, (time.process_time() - started) / 3, ""


def main() -> int:
    """Run, and tell what broke and what was slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", required=True)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with ProcessPoolExecutor(2, initializer=_load, initargs=(given.pages,)) as pool:
        done = list(pool.map(_one, range(given.seed, given.seed + given.count), chunksize=50))
    broken = [(seed, why) for seed, _, why in done if why]
    slow = sorted(((seconds, seed) for seed, seconds, _ in done), reverse=True)[:5]
    for seed, why in broken[:20]:
        print(f"seed {seed}: {why}")
    print("slowest: " + ", ".join(f"{seconds:.2f} s (seed {seed})" for seconds, seed in slow))
    late = sum(seconds > LIMIT for _, seconds, _ in done)
    print(f"{len(done)} pages, {len(broken)} raised, {late} over {LIMIT:.0f} s")
    return 1 if broken or late else 0


if __name__ == "__main__":
    sys.exit(main())
