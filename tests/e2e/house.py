"""What these tests share: a home, the command in a process of its own, and what a database says without its row numbers."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from scraper import app, archive
from scraper.config import defaults_folder
from scraper.jobs.demo import prepare
from scraper.jobs.rooms import Home
from scraper.model.source import Capture, Source
from scraper.storage import sources
from scraper.storage.store import Store

COMMAND = Path(sys.executable).with_name("trilateral")
PATIENCE = 60.0
"""Seconds after which something that takes one or two has failed."""


def home(folder: Path, polled: Sequence[Source]) -> Home:
    """Make the demo's home with these sources alone."""
    place = Home(folder, folder / "config", folder / "db" / "trilateral.db")
    prepare(place, defaults_folder(), tuple(polled))
    return place


def environment(**more: str) -> dict[str, str]:
    """The environment of a process: this one's without what would lead the command elsewhere."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("TRILATERAL", "NOTIFY_", "COV_", "COVERAGE"))}
    return kept | more


def command(*arguments: str | Path, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [COMMAND, *arguments], cwd=cwd, env=environment(**more), capture_output=True, text=True, timeout=PATIENCE, check=False
    )


class Daemon:
    """``trilateral run`` in a process of its own, ended when the block is left; its log lies in ``log``."""

    def __init__(self, place: Home, log: Path, *arguments: str, **more: str) -> None:
        self.log = log
        with log.open("ab") as stream:
            self.before = stream.tell()
            self.process = subprocess.Popen(
                [COMMAND, "--home", place.root, "run", "--tick", "0.2", *arguments],
                env=environment(PYTHONFAULTHANDLER="1", **more),
                stdout=stream,
                stderr=stream,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)

    def lives(self, seconds: float) -> bool:
        """Wait so long for the end of the process; tell whether it has not come."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return True
        return False

    def kill(self) -> None:
        """Cut the process off in the middle of whatever it does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def end(self, within: float) -> int:
        """Ask the process to end, and return its exit code; raises TimeoutExpired."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(within)

    def until(self, happened: Callable[[], bool], what: str) -> None:
        """Wait until ``happened`` while the process lives; fails when that ends or takes too long."""
        for _ in range(int(PATIENCE / 0.02)):
            if happened():
                return
            assert self.lives(0.02), f"the daemon ended ({self.process.returncode}) before {what}:\n{self.said()}"
        self.process.send_signal(signal.SIGABRT)  # with faulthandler on, its log ends with where every thread stood
        self.process.wait(PATIENCE)
        raise AssertionError(f"{what}: not within {PATIENCE} s\n{self.said()}")

    def said(self) -> str:
        """What it has logged so far."""
        return self.log.read_bytes()[self.before :].decode()

    def ready(self) -> bool:
        """Whether it has said that it is ready."""
        return '"event": "ready"' in self.said()


@contextmanager
def looking(place: Home) -> Iterator[sqlite3.Connection]:
    """Open the database for reading only, beside whoever writes."""
    with closing(sqlite3.connect(f"{place.database.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
        yield connection


def rows(place: Home, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query, sorted; none while the database is not there or not yet built."""
    if not place.database.exists():
        return []
    try:
        with looking(place) as connection:
            return sorted(connection.execute(sql).fetchall(), key=repr)
    except sqlite3.OperationalError as error:
        if "no such table" in str(error) or "unable to open" in str(error):
            return []
        raise


def wish(place: Home) -> None:
    """Ask the daemon to poll every source at its next tick, as ``trilateral poll`` does beside it."""
    with Store(place.database, app.now) as store:
        sources.wish(store, ())


LEAD = "(SELECT a.url FROM statements s JOIN articles a ON a.id = s.lead_article_id WHERE s.id = {})"
NAME = "(SELECT i.name FROM initiatives i WHERE i.id = {})"
CONTENT = {
    "entries": "SELECT source_id, url, title, guid, published_at, decision, reason, "
    "(SELECT a.url FROM articles a WHERE a.id = article_id), capture_id IS NOT NULL FROM entries",
    "articles": f"SELECT url, source_id, title, language, published_at, text, statement_text, kind, side, level, date, place, relation, grade, "
    f"capture_id IS NOT NULL, {LEAD.format('o.statement_id')} FROM articles o",
    "events": "SELECT name, date, place, level, (SELECT group_concat(person || office || party) FROM "
    "(SELECT * FROM participants WHERE event_id = e.id ORDER BY 1, 2, 3, 4)) FROM events e",
    "statements": f"SELECT {LEAD.format('o.id')}, title, kind, side, date, level, place, placeholder, (SELECT name FROM events WHERE id = event_id) FROM statements o",
    "mentions": f"SELECT (SELECT a.url FROM articles a WHERE a.id = article_id), field, name, start, end, sentence, {NAME.format('initiative_id')} FROM mentions",
    "initiatives": f"SELECT name, kind, status, known, {LEAD.format('o.first_statement_id')} FROM initiatives o WHERE gone_at IS NULL",
    "observations": f"SELECT {NAME.format('initiative_id')}, {LEAD.format('o.statement_id')}, status, cue, date, side FROM observations o",
    "flags": f"SELECT kind, basis, {NAME.format('initiative_id')}, {LEAD.format('o.statement_id')}, (SELECT m.sentence FROM mentions m WHERE m.id = mention_id) "
    "FROM flags o WHERE superseded_at IS NULL",
    "alerts": f"SELECT kind, {NAME.format('initiative_id')}, {LEAD.format('o.statement_id')} FROM alerts o",
    "searchable": "SELECT (SELECT a.url FROM articles a WHERE a.id = f.rowid) FROM articles_fts f",
}  # fmt: skip
"""What a database says, in words instead of row numbers: those depend on what came first."""


def content(place: Home, base: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the database concluded, each row as often as it is there, with the press room's address cut off."""
    return {name: [_plain(row, base) for row in rows(place, sql)] for name, sql in CONTENT.items()}


def _plain(row: Iterable[Any], base: str) -> tuple[Any, ...]:
    return tuple(value.replace(base, "") if isinstance(value, str) else value for value in row)


@dataclass(frozen=True)
class Archived:
    """What the captures hold: how many files and pages, and how many rows point to them."""

    files: int
    pages: int
    captures: int


def archived(place: Home) -> Archived:
    """Read every WARC file to its end and the page of every capture row; raises where one is torn, gone or another's."""
    files = sorted(place.captures.glob("*.warc.gz"))
    pages = sum(len(list(archive.pages(file))) for file in files)
    captures = [
        Capture(*row, kept=bool(kept))
        for *row, kept in rows(place, "SELECT file, offset, length, digest, url, fetched_at, status, content_type, kept FROM captures")
    ]
    for capture in captures:
        assert archive.read(place.captures, capture).url == capture.url
    return Archived(len(files), pages, len(captures))


def sound(place: Home) -> bool:
    """Tell whether SQLite finds nothing wrong with the file and its references."""
    return rows(place, "PRAGMA integrity_check") == [("ok",)] and not rows(place, "PRAGMA foreign_key_check")
