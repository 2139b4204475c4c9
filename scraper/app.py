"""Assembly only: builds the rooms from the configuration, and owns the clock.

What reads pages is imported by the functions that need it: it takes a second, and ``health`` and ``backup`` do without.
"""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TextIO

from scraper.config import Config, defaults_folder, load
from scraper.errors import Problem
from scraper.jobs.entering import enter
from scraper.jobs.places import Home
from scraper.ports import Log
from scraper.storage.store import Store

if TYPE_CHECKING:
    from scraper.fetch import Fetcher
    from scraper.jobs.rooms import Desk, Rooms

_ARENA_MAX = -8
"""``M_ARENA_MAX`` of glibc's ``mallopt``."""


def now() -> datetime:
    """Return the time with zone UTC; the only place that asks the machine."""
    return datetime.now(UTC)  # noqa: TID251  the one place


def share_memory() -> None:
    """Have glibc keep one heap for all threads: a heap for each holds on to what large pages once took. Elsewhere nothing is done."""
    tune = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if tune is not None:
        tune(_ARENA_MAX, 1)


def home(root: str | None, config: str | None, database: str | None, environ: Mapping[str, str]) -> Home:
    """Return where things lie: what the command line says, else ``TRILATERAL_HOME``, else the current folder.

    A current folder without ``config`` works with the packaged configuration; a home that is named must have its own.
    """
    named = root or environ.get("TRILATERAL_HOME") or ""
    base = Path(named or ".")
    own = base / "config" if named or (base / "config").is_dir() else defaults_folder() / "config"
    return Home(base, Path(config) if config else own, Path(database) if database else base / "db" / "trilateral.db")


def configuration(place: Home, environ: Mapping[str, str], *, strict: bool = False) -> Config:
    """Return the configuration of a home; raises ConfigError with every problem."""
    return load(place.config, environ, builtin=defaults_folder() / "config", strict=strict)


def desk(config: Config) -> Desk:
    """Return the pure part of the house."""
    from scraper.jobs.rooms import furnished  # noqa: PLC0415  see above

    return furnished(config)


def logger(stream: TextIO | None = None, level: int = logging.INFO) -> Log:
    """Return a log that writes text on a terminal and one JSON object a line elsewhere; nothing is set for the whole process."""
    import structlog  # noqa: PLC0415  see above

    out = stream or sys.stderr
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    text = out.isatty()
    render = structlog.dev.ConsoleRenderer() if text else structlog.processors.JSONRenderer(ensure_ascii=False)
    chain = [structlog.processors.add_log_level, stamp, *(() if text else (structlog.processors.format_exc_info,)), render]
    bound: Log = structlog.wrap_logger(
        structlog.PrintLogger(out), processors=chain, wrapper_class=structlog.make_filtering_bound_logger(level)
    )
    return bound


def warn(log: Log, problems: tuple[Problem, ...]) -> None:
    """Log what is odd in the configuration but stops nothing."""
    for problem in problems:
        log.warning("config", problem=str(problem))


def fetcher(config: Config, ending: Event | None = None) -> Fetcher:
    """Return the client for pages, to be closed; its waits end when ``ending`` is set."""
    from scraper.fetch import Fetcher  # noqa: PLC0415  see above

    return Fetcher(config.fetch, now, sleep=(ending or Event()).wait)


@contextmanager
def store(place: Home, config: Config) -> Iterator[Store]:
    """Open the database of a home with its catalogue and registry written into it; reading alone waits for no writer."""
    with Store(place.database, now, backups=place.backups) as opened:
        enter(opened, config)
        yield opened


def reloaded(rooms: Rooms, environ: Mapping[str, str]) -> Rooms:
    """Return the rooms with the configuration as its files are now; database, archive and client stay the ones that are open.

    Raises ConfigError with every problem, and StorageError where the catalogue cannot be written: the rooms given are untouched
    and stay usable. What the client was opened with (``[fetch]``) holds until the next start, which is logged.
    """
    config = configuration(rooms.home, environ)
    warn(rooms.log, config.warnings)
    if config.fetch != rooms.config.fetch:
        rooms.log.warning("config", problem="sources.toml: fetch: what changed here takes effect at the next start")
    made = replace(rooms, desk=desk(replace(config, fetch=rooms.config.fetch)))
    enter(rooms.store, config)
    return made


@contextmanager
def rooms(
    place: Home,
    environ: Mapping[str, str],
    *,
    config: Config | None = None,
    log: Log | None = None,
    alone: bool = True,
) -> Iterator[Rooms]:
    """Assemble everything for a job, and close it in order; captures are mended only where no other process may be writing them."""
    from scraper.archive import Archive, mend  # noqa: PLC0415  see above
    from scraper.jobs import naming  # noqa: PLC0415  see above
    from scraper.jobs.rooms import Rooms  # noqa: PLC0415  see above

    chosen = config or configuration(place, environ)
    told = log or logger()
    warn(told, chosen.warnings)
    if alone:
        mend(place.captures)
    ending = Event()
    with (
        store(place, chosen) as opened,
        Archive(place.captures, now, run_id=str(os.getpid())) as kept,
        fetcher(chosen, ending) as client,
    ):
        yield naming.taught(Rooms(place, desk(chosen), opened, client, kept, now, told, ending))
