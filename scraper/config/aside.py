"""What stands in sources.toml beside the sources: ``[[dead]]`` addresses and ``[[key]]``; and the packaged records of what sources send."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from scraper.config import rules
from scraper.config.notes import Notes, Table, join
from scraper.config.shape import build, tables
from scraper.model.catalogue import ANY, STATES, Aside, Dead, Expected, Key, Records

RECORDS = Path("records") / "sources.json"
"""Where the records lie below ``config``; in a folder of their own, since a home gets no copy of them that would grow old."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
_DAY = re.compile(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?")


def read_aside(files: Iterable[tuple[Table, Notes]]) -> Aside:
    """Return what ``files`` hold together, each with the notes that take its faults; of one id or name the last counts."""
    dead: dict[str, Dead] = {}
    keys: dict[str, Key] = {}
    for table, notes in files:
        dead |= {one.id: one for one in _dead(table, notes)}
        keys |= {one.name: one for one in _keys(table, notes)}
    return Aside(tuple(dead.values()), tuple(keys.values()))


def _dead(table: Table, notes: Notes) -> Iterator[Dead]:
    for place, inner in tables(table, "dead", notes):
        made = build(Dead, inner, place, notes)
        if made is not None:
            _check(place, _dead_faults(made), notes)
            yield made


def _dead_faults(made: Dead) -> Iterator[tuple[str, str]]:
    yield "id", rules.identifier(made.id)
    yield "url", rules.address(made.url.replace(ANY, "x", 1)) or ("may hold one * only" if made.url.count(ANY) > 1 else "")
    yield "why", rules.filled(made.why)
    yield "state", rules.one_of(made.state, STATES)
    yield "since", day(made.since)
    yield "seen", day(made.seen)


def day(value: str) -> str:
    """What is wrong with a day that may be known to the month or year only (``2026-07``), or nothing; empty is right too."""
    return "" if _DAY.fullmatch(value) else "must be a year, a month or a day: 2026, 2026-07, 2026-07-01"


def _keys(table: Table, notes: Notes) -> Iterator[Key]:
    for place, inner in tables(table, "key", notes):
        made = build(Key, inner, place, notes)
        if made is not None:
            named = "" if _NAME.fullmatch(made.name) else "must be the name of an environment variable"
            _check(place, (("name", named), ("url", rules.address(made.url)), ("title", rules.filled(made.title))), notes)
            yield made


def _check(place: str, faults: Iterable[tuple[str, str]], notes: Notes) -> None:
    for name, fault in faults:
        notes.require(not fault, join(place, name), fault)


def read_records(folder: Path) -> Records:
    """Return the packaged records of the configuration folder ``folder``; none where they are not there or cannot be read."""
    try:
        told = json.loads((folder / RECORDS).read_bytes())
        return {name: _record(made) for name, made in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _record(made: dict[str, object]) -> Expected:
    return Expected(**{name: tuple(value) if isinstance(value, list) else value for name, value in made.items()})  # type: ignore[arg-type]
