"""The database: its schema by the product's own migrations, its rows in bulk, and kept for the next run where that is asked for."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.datasette import acts, press, watch
from benchmarks.datasette.acts import Size
from benchmarks.datasette.sink import Sink
from scraper import app
from scraper.config import Config, defaults_folder
from scraper.jobs.entering import CONFIGURED
from scraper.jobs.home import datasette_files, make
from scraper.jobs.rooms import Home
from scraper.storage import postings, sources
from scraper.storage.store import Store

_DONE = "made.json"


def home(folder: Path, scale: float, seed: int) -> tuple[Home, float]:
    """Return a home with a database of that scale in a folder, and the seconds that making it took: 0 where it stood there already.

    Datasette's files are those of the code as it is now; the database is brought to the latest migration.
    """
    place, wanted = app.home(str(folder), None, None, {}), {"scale": scale, "seed": seed}
    stamp = folder / _DONE
    stands = stamp.exists() and json.loads(stamp.read_text("ascii")) == wanted
    if not stands:
        shutil.rmtree(folder, ignore_errors=True)
    make(folder, defaults_folder())
    for file in datasette_files(defaults_folder() / "db"):
        shutil.copyfile(file, folder / "db" / file.relative_to(defaults_folder() / "db"))
    began = time.monotonic()
    if not stands:
        database(place, Size(scale), seed, datetime.now(UTC).date())  # noqa: TID251
    with app.store(place, app.configuration(place, {})):
        pass
    stamp.write_text(json.dumps(wanted), "ascii")
    return place, 0.0 if stands else time.monotonic() - began


def database(place: Home, size: Size, seed: int, today: date) -> None:
    """Make the database of a home: rows of the same seed and day are the same."""
    config = app.configuration(place, {})
    with (
        app.store(place, replace(config, sources=tuple(replace(one, enabled=True) for one in config.sources))) as store,
        store.transaction(),
    ):
        sources.mark(store, CONFIGURED, "made")
    with closing(sqlite3.connect(place.database, isolation_level=None)) as connection:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN")
        with _without_indexes(connection):
            _fill(Sink(connection), config, size, seed, today)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")
    with Store(place.database, app.now) as store:
        postings.catch_up(store)


@contextmanager
def _without_indexes(connection: sqlite3.Connection) -> Iterator[None]:
    """Indexes are made again at the end, sorted, which is faster than row by row."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    for name, _ in found:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    for _, sql in found:
        connection.execute(sql)


def _fill(sink: Sink, config: Config, size: Size, seed: int, today: date) -> None:
    named = acts.initiatives(config, size)
    made = press.Press(sink, config.sources, config.wording)
    for act in acts.acts(size, seed, today, [party.id for party in config.watch.parties], named):
        made.write(act)
    press.catalogue(sink, named, made.firsts)
    watch.polls(sink, config.sources, seed, today, config.keeping.polls_days, size.scale)
    watch.entries(sink, config.sources, seed, today, size.of(acts.ENTRIES), made.articles)
    watch.people(sink, made.pages, [one.slug for one in named], made.flags, size.scale)
    watch.aliases(sink, len(made.pages), size.scale)
    sink.finish()
