"""Where a statement came from, in full: how much of it each copy carries, what copies get wrong, who published first and who has not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Final

from scraper.config import Config
from scraper.model.moment import parse_utc
from scraper.model.watch import Watch
from scraper.stages.grouping import Glossary, carried, contradictions, glossary_of
from scraper.storage import reading
from scraper.storage.articles import unpack
from scraper.storage.store import Row, Store
from scraper.urls import registrable

HOURS: Final = 72
"""Up to so many hours a time without a side's text is told in hours, then in days."""
STALE: Final = 3
"""Hours since the last look at a side's sources from which it is said."""


def statement(config: Config, store: Store, key: str) -> Row:
    """Return a statement as :func:`scraper.storage.reading.statement` does, with more; raises NotFound.

    Each sighting has ``domain`` (registrable), ``share`` (of the lead's text it carries, 0 to 1, None in another language) and
    ``contradictions``; each side, of the statement and of its event, ``said``, a sentence; ``languages`` counts the sightings by language.
    """
    row = reading.statement(store, key)
    carriers = {one["id"]: one for one in reading.carriers(store, row["id"])}
    lead = carriers.get(row["lead_article_id"])
    for seen in row["sightings"]:
        seen["domain"] = registrable(seen["url"])
        seen["share"] = _share(carriers[seen["article_id"]], lead)
    _contradict(row["sightings"], carriers, lead, glossary(config))
    row["languages"] = _counted([seen["language"] for seen in row["sightings"]])
    _say(row["sides"] + row["event_sides"], config.watch, store.clock())
    return row


def event(config: Config, store: Store, key: str) -> Row:
    """Return an event as :func:`scraper.storage.reading.event` does, each side with ``said``, a sentence; raises NotFound."""
    row = reading.event(store, key)
    _say(row["sides"], config.watch, store.clock())
    return row


def _share(here: Row, lead: Row | None) -> float | None:
    if lead is None or here["language"] != lead["language"]:
        return None
    share = carried(unpack(here["sketch"]), unpack(lead["sketch"]))
    return None if share is None else round(share, 3)


COPIES: Final = ("verbatim", "rewrite")
"""Grades whose texts are laid beside the lead's; a report tells in its own words."""


def glossary(config: Config) -> Glossary:
    """Return what facts of two texts are compared by, from the configuration."""
    watch = config.watch
    named = [words for party in (*watch.parties, *watch.others) for words in (party.names, party.adjectives, party.short, party.capitals)]
    places = {term.id: [word for words in term.words.values() for word in words] for term in watch.places}
    titles = [word for words in watch.titles.values() for word in words]
    countries = [word for words in named for listed in words.values() for word in listed]
    parts = [part for word in countries for part in word.replace("-", " ").split()]
    return glossary_of(places, titles, (*config.stock.words, *parts), countries)


def _contradict(sightings: list[Row], carriers: Mapping[int, Row], lead: Row | None, words: Glossary) -> None:
    """Add to each sighting what it says otherwise than the lead, as far as both texts are kept."""
    for seen in sightings:
        here = carriers[seen["article_id"]]
        alike = lead is not None and here["language"] == lead["language"] and seen["grade"] in COPIES and here is not lead
        found = contradictions(lead["text"] or "", here["text"] or "", words) if alike and lead is not None else ()
        seen["contradictions"] = [asdict(one) for one in found]


def _counted(values: list[str]) -> Mapping[str, int]:
    return {value: values.count(value) for value in sorted(set(values), key=lambda value: (-values.count(value), value))}


def capitals(watch: Watch) -> Mapping[str, str]:
    """Return by id of party how its government is called for short: its capital, else its name."""
    return {party.id: next(iter(party.capitals.get("en", ())), party.name) for party in watch.parties}


def _say(sides: list[Row], watch: Watch, now: datetime) -> None:
    names = capitals(watch)
    for side in sides:
        side["said"] = said(side, names, now)


def said(side: Row, names: Mapping[str, str], now: datetime) -> str:
    """Return in a sentence when a side published: ``Tokyo: between 5 min and 20 min after Seoul``, ``Tokyo: not seen after 31 h``."""
    name, first = names.get(side["party"], side["party"]), names.get(side["first_party"], side["first_party"])
    if side["place"] is None:
        return f"{name}: {_missing(side, now)}"
    if side["place"] == 1:
        return f"{name}: first, {bracket(side['not_before'], side['not_after'])}"
    return f"{name}: {_lag(side['lag_low_minutes'], side['lag_high_minutes'], str(first))}"


def _missing(side: Row, now: datetime) -> str:
    since = parse_utc(side["missing_since"])
    told = f"not seen after {_hours((now - since).total_seconds() / 3600)}"
    if not side["looked_at"] or parse_utc(side["looked_at"]) < since:
        return f"{told}; no source of it answered since"
    ago = (now - parse_utc(side["looked_at"])).total_seconds() / 3600
    return told + (f"; its sources last answered {_hours(ago)} ago" if ago >= STALE else "")


def _hours(hours: float) -> str:
    return f"{hours:.0f} h" if hours <= HOURS else f"{hours / 24:.0f} days"


def _lag(low: int | None, high: int | None, first: str) -> str:
    """A lag as a bracket; below zero it may have been before the first."""
    if low is None and high is None:
        return f"it is not known how long after {first}"
    if low is None:
        return f"at most {_span(high or 0)} after {first}"
    if high is None:
        return f"at least {_span(low)} after {first}" if low > 0 else f"about when {first} did, or later"
    if low == high:
        return f"{_span(low)} after {first}"
    if low < 0:
        return f"between {_span(-low)} before and {_span(high)} after {first}"
    return f"between {_span(low)} and {_span(high)} after {first}"


def _span(minutes: int) -> str:
    if minutes < 120:
        return f"{minutes} min"
    return _hours(minutes / 60)


def bracket(not_before: str | None, not_after: str) -> str:
    """Return a bracket of UTC times in words: ``at 2026-07-09 12:00``, ``between 11:40 and 12:00 on 2026-07-09``."""
    last = f"{not_after[:10]} {not_after[11:16]}"
    if not not_before:
        return f"by {last}"
    if not_before == not_after:
        return f"at {last}"
    start = not_before[11:16] if not_before[:10] == not_after[:10] else f"{not_before[:10]} {not_before[11:16]}"
    return f"between {start} and {last}"
