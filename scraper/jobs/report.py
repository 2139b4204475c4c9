"""The report of a month: what the database knows of it, in words of the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from scraper.config import Config
from scraper.errors import InputError, NotFound
from scraper.jobs import citing
from scraper.jobs.tick import LAST_TICK
from scraper.model.report import Initiated, Month, Note, Reworded, Said, Watched
from scraper.model.watch import Words
from scraper.model.wording import ABSENT, Stand
from scraper.stages.citing import cited
from scraper.stages.citing.values import address
from scraper.stages.digest.terms import KINDS, LEVELS, term
from scraper.stages.report import monthly as written
from scraper.storage import formulae, monthly, sources
from scraper.storage.store import Row, Store

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def report(config: Config, store: Store, month: str, language: str) -> str:
    """Return the report of a month ``YYYY-MM`` in Markdown; raises InputError for one that is none or has not begun."""
    return written(told(config, store, month, language), language)


def last_month(store: Store) -> str:
    """Return the month that ended last (UTC)."""
    year, number = int(store.now()[:4]), int(store.now()[5:7])
    return f"{year - 1:04d}-12" if number == 1 else f"{year:04d}-{number - 1:02d}"


def told(config: Config, store: Store, month: str, language: str) -> Month:
    """Return what is known of a month; raises InputError for one that is none or has not begun."""
    if not _MONTH.fullmatch(month) or month.startswith("0000"):
        raise InputError(f"{month!r} is no month; write it as 2026-09")
    this = store.now()[:7]
    if month > this:
        raise InputError(f"{month} has not begun: it is {this} (UTC)")
    rows = monthly.statements(store, month)
    initiated = tuple(_initiated(config, row, language) for row in monthly.initiatives(store, month))
    reworded = tuple(_rewordings(config, store, month, language))
    spoken = (
        [row["id"] for row in rows],
        [one.statement for one in initiated],
        [n for one in reworded for n in (one.statement, one.comparator)],
    )
    return Month(
        month=month,
        said=tuple(_said(config, row, language) for row in rows),
        initiated=initiated,
        reworded=reworded,
        watched=tuple(_watched(config, row, language) for row in monthly.coverage(store, month)),
        events=len({row["event_id"] for row in rows}),
        until=sources.marked(store, LAST_TICK) or "" if month == this else "",
        notes=_notes(config, store, dict.fromkeys(number for numbers in spoken for number in numbers)),
    )


def _said(config: Config, row: Row, language: str) -> Said:
    level, kind = (term(table, row[name], language) if row[name] else "" for table, name in ((LEVELS, "level"), (KINDS, "kind")))
    place = _place(config, row["place"] or "", language)
    side = _side(config, row["side"] or "", language)
    return Said(row["id"], row["date"], row["title"], level, side, kind, place, reported=bool(row["placeholder"]))


def _initiated(config: Config, row: Row, language: str) -> Initiated:
    return Initiated(row["name"], row["sentence"], row["statement_id"], row["date"], _side(config, row["side"] or "", language))


def _rewordings(config: Config, store: Store, month: str, language: str) -> Iterable[Reworded]:
    for number in monthly.rewordings(store, month):
        row = formulae.change(store, number)
        if row is not None:
            yield _reworded(config, row, language)


def _reworded(config: Config, row: Row, language: str) -> Reworded:
    now, then = row["statement"], row["comparator"]
    return Reworded(
        formula=config.wording.title(row["formula"], language),
        statement=now.id,
        comparator=then.id,
        now=_variants(config, row["after"], language),
        then=_variants(config, row["before"], language),
        sentence=next((stand.sentence for stand in row["after"]), ""),
        sentence_then=next((stand.sentence for stand in row["before"]), ""),
        date=now.date,
        side=_side(config, now.side, language),
        date_then=then.date,
    )


def _variants(config: Config, stands: Sequence[Stand], language: str) -> str:
    named = (config.wording.named(one.formula, one.variant, language) for one in stands if one.variant != ABSENT)
    return ", ".join(named)


def _watched(config: Config, row: Row, language: str) -> Watched:
    return Watched(_side(config, row["party"], language), row["days"], row["whole"], row["blind_minutes"], row["longest_minutes"])


def _side(config: Config, side: str, language: str) -> str:
    """A side as the reader calls it: a party by its first plain name in the language; what is joint stays a word of the tables."""
    party = next((party for party in config.watch.parties if party.id == side), None)
    return side if party is None else party.name if language == "en" else _first(party.names, language, party.name)


def _place(config: Config, place: str, language: str) -> str:
    known = next((one for one in config.watch.places if one.id == place), None)
    return place if known is None or language == "en" else _first(known.words, language, place)


def _first(words: Words, language: str, otherwise: str) -> str:
    return next((word for word in words.get(language, ()) if not word.startswith("/")), otherwise)


def _notes(config: Config, store: Store, numbers: Iterable[int]) -> tuple[tuple[int, Note], ...]:
    """A footnote for every statement that has a page to cite."""
    found = []
    for number in numbers:
        try:
            one = citing.citation(config, store, str(number))
        except NotFound:
            continue
        addresses = tuple(filter(None, (address(one.url), address(one.archived_url))))
        found.append((number, Note(cited((one,), "chicago").rstrip("\n"), addresses)))
    return tuple(found)
