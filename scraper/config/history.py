"""history.toml: ``[[event]]`` (what happened before), whose history it is, and where a public archive's copies are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.config import rules
from scraper.config.notes import Notes, Table, join, repeated
from scraper.config.shape import build, tables, warn_unknown
from scraper.model.history import Act, History
from scraper.model.watch import Watch

_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BRACES = re.compile(r"\{[^{}]*\}")
_PLACES = frozenset({"{url}", "{day}"})
_STORE = ("full", "excerpt", "link")


def read_history(table: Table, watch: Watch | None, notes: Notes, *, strangers: bool = False) -> History:
    """Return what history.toml tells; an empty file tells nothing.

    Ids are unique, dates are days, months or years of the calendar, levels are those of ``watch``. A history of other parties than those
    watched is left out, which is warned of unless ``strangers`` says that it is the packaged one.
    """
    warn_unknown(table, {"parties", "archive", "store", "event"}, "", notes)
    if watch is not None and _foreign(table, watch, notes):
        if not strangers:
            watched = ", ".join(sorted(party.id for party in watch.parties))
            notes.warn("parties", f"is the history of others than those watched ({watched}), and is left out")
        return History()
    found = [(key, build(Act, given, key, notes)) for key, given in tables(table, "event", notes)]
    acts = [(key, act) for key, act in found if act is not None]
    for name in repeated(act.id for _, act in acts):
        notes.problem(join("event", name), "this id is used more than once")
    levels = tuple(term.id for term in watch.levels) if watch else None
    faulty = [join(key, name) for key, act in acts for name, fault in _faults(act, levels) if not _say(notes, join(key, name), fault)]
    archive, store = _archive(table, notes), _store(table, notes)
    return History() if faulty else History(tuple(act for _, act in acts), archive, store)


def _foreign(table: Table, watch: Watch, notes: Notes) -> bool:
    """Tell whether the file names parties that are not those watched."""
    parties = table.get("parties", [])
    if not isinstance(parties, list) or not all(isinstance(one, str) for one in parties):
        notes.problem("parties", "must be a list of ids of watch.toml")
        return False
    return bool(parties) and set(parties) != {party.id for party in watch.parties}


def _faults(act: Act, levels: tuple[str, ...] | None) -> Iterator[tuple[str, str]]:
    yield "id", rules.identifier(act.id)
    yield "name", rules.filled(act.name)
    yield "date", _date_fault(act)
    yield "until", _until_fault(act)
    if levels is not None and act.level:
        yield "level", rules.one_of(act.level, levels)
    for name in ("place", "document"):
        yield name, rules.filled(getattr(act, name)) if getattr(act, name) else ""
    for language, name in act.names.items():
        yield join("names", language), rules.language(language) or rules.filled(name)
    for address in act.addresses:
        yield "addresses", rules.address(address)
    yield "addresses", "holds an address twice" if repeated(act.addresses) else ""


def _date_fault(act: Act) -> str:
    return "" if _DATE.fullmatch(act.date) and _counts(act.date) else "must be a day, month or year: 2023-08-18, 2023-08 or 2023"


def _counts(written: str) -> bool:
    try:
        return bool(Act("", written, "").days)
    except ValueError:
        return False


def _until_fault(act: Act) -> str:
    if not act.until:
        return ""
    if not _DAY.fullmatch(act.until) or not _counts(act.until):
        return "must be a day: 2023-08-18"
    return "" if act.exact and act.until >= act.date else "must be a day after the date, which must be a day too"


def _archive(table: Table, notes: Notes) -> str:
    archive = table.get("archive", "")
    if not isinstance(archive, str):
        notes.problem("archive", "must be an address with {url} in it, or empty")
        return ""
    braces = set(_BRACES.findall(archive))
    if archive:
        notes.require("{url}" in braces and braces <= _PLACES, "archive", "must hold {url}, may hold {day}, and no other braces")
        _say(notes, "archive", rules.address(_BRACES.sub("x", archive)))
    return archive


def _store(table: Table, notes: Notes) -> str:
    store = table.get("store", "excerpt")
    _say(notes, "store", rules.one_of(store, _STORE) if isinstance(store, str) else f"must be one of {', '.join(_STORE)}")
    return str(store)


def _say(notes: Notes, key: str, fault: str) -> bool:
    notes.require(not fault, key, fault)
    return not fault
