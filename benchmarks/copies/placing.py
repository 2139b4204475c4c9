"""Documents imported as the command does it, undisturbed and killed again and again: what it costs, and whether the groups are the same.

    python -m benchmarks.copies.placing --documents 10000 --kills 10

Prints a line of JSON; exits with 1 where an import that was killed ends with other groups than one that was not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.copies import corpus, press

_COMMAND = "from scraper.cli import main; main()"
_GROUPS = """SELECT a.canonical_url, a.relation, a.grade, a.similarity, a.reason, s.title, s.kind, s.side, s.date, e.name,
  (SELECT min(b.canonical_url) FROM articles b WHERE b.statement_id = s.id), (SELECT canonical_url FROM articles WHERE id = s.lead_article_id)
  FROM articles a LEFT JOIN statements s ON s.id = a.statement_id LEFT JOIN events e ON e.id = s.event_id ORDER BY 1"""


def command(home: Path, *arguments: object) -> list[str]:
    """Return the command line of the product on a home."""
    return [sys.executable, "-c", _COMMAND, "--home", str(home), *map(str, arguments)]


def imported(home: Path, file: Path) -> float:
    """Import a file to its end; return the seconds of user and system time that took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command(home, "import", file), check=True, capture_output=True)  # noqa: S603  our own program
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def killed(home: Path, file: Path, *, at: int) -> bool:
    """Import a file and end the process (SIGKILL) when ``at`` articles or more are stored; tell whether it was still at work."""
    with subprocess.Popen(command(home, "import", file), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        while process.poll() is None and stored(home) < at:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    return process.returncode == -signal.SIGKILL


def stored(home: Path) -> int:
    """Return how many articles a home has."""
    path = home / "db" / "trilateral.db"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:  # there is no database, or no table, yet
        return 0


def groups(home: Path) -> list[tuple[object, ...]]:
    """Return how every article is placed, told without any id."""
    with closing(sqlite3.connect(home / "db" / "trilateral.db")) as connection:
        return connection.execute(_GROUPS).fetchall()


def digest(home: Path) -> str:
    """Return a digest of :func:`groups`."""
    return hashlib.sha256(repr(groups(home)).encode()).hexdigest()


def made(home: Path) -> Path:
    """Make a home."""
    subprocess.run([sys.executable, "-c", _COMMAND, "init", str(home)], check=True, capture_output=True)  # noqa: S603
    return home


def run(folder: Path, documents: int, kills: int, seed: str) -> dict[str, object]:
    """Import undisturbed and with so many kills at random moments; return what both came to."""
    file = press.write(folder / "press.jsonl", documents)
    calm, rough = made(folder / "calm"), made(folder / "rough")
    spent = imported(calm, file)
    chance = corpus.drawn(seed)
    moments = sorted(chance.randrange(1, documents) for _ in range(kills))
    at_work = sum([killed(rough, file, at=moment) for moment in moments])
    imported(rough, file)
    return {
        "documents": documents, "stored": stored(calm), "cpu_ms_per_document": round(spent / documents * 1000, 2), "kills_at_work": at_work,
        "moments": moments, "same": digest(calm) == digest(rough),
    }  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies.placing")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", default=os.urandom(4).hex())
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="placing-") as name:
        told = run(Path(name), given.documents, given.kills, given.seed)
    print(json.dumps(told | {"seed": given.seed}))
    sys.exit(0 if told["same"] else 1)
