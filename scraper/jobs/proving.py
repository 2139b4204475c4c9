"""What a digest says beside a new statement and a first mention: against what it stands, where the sides differ, and where our pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scraper.jobs.linking import secret
from scraper.jobs.rooms import Rooms
from scraper.model.digest import Addresses, Attendance, Change, Comparable, Deciding, Difference, NewInitiative, NewStatement
from scraper.model.links import review_links
from scraper.model.settings import Channel
from scraper.model.source import Source, SourceState
from scraper.model.watch import Party, Watch
from scraper.model.wording import ABSENT, FormulaRow, Stand, Watched
from scraper.stages import wording
from scraper.stages.coverage import answering
from scraper.stages.digest import strongest
from scraper.storage import precedents, sources

MOST_CHANGES = 3
"""So many changes are told of a statement on the first screen."""


def proven(rooms: Rooms, one: NewStatement, language: str) -> NewStatement:
    """Return a statement with its place in a language, what changed since the last comparable one, where the sides differ, and its addresses."""
    compared = _compared(rooms, one.id, language)
    return replace(
        one,
        place=place_in(rooms.config.watch, one.place, language),
        comparable=compared,
        differences=_differences(rooms, one.event_id, language),
        addresses=addresses(rooms.config.alerts.pages_url, one.id, one.capture_id, compared.id if compared else 0),
    )


def linked(rooms: Rooms, one: NewInitiative, channel: Channel) -> NewInitiative:
    """Return an initiative with the addresses of its page, of its statement's citation, of the capture of the page that proves it, and of
    what the channel's reader may decide; a feed that anybody may read gives nothing to decide."""
    base = rooms.config.alerts.pages_url
    found = addresses(base, one.statement_id, one.capture_id, 0)
    shown = replace(found, page=f"{base}initiative/{one.id}" if base else "", statement=found.page)
    return replace(one, addresses=shown, deciding=_deciding(rooms, one, channel))


def _deciding(rooms: Rooms, one: NewInitiative, channel: Channel) -> Deciding:
    settings = rooms.config.alerts
    if channel.kind == "atom" or not settings.pages_url:
        return Deciding()
    known = secret(rooms)
    asked = (one.id, one.nearest, channel.decides, rooms.clock(), settings.review_days)
    made = review_links(settings.pages_url, known, *asked, language=channel.language)
    return Deciding(**dict(made))


def addresses(base: str, statement_id: int, capture_id: int, before_id: int) -> Addresses:
    """Return the addresses of our pages under ``base``, which ends in a slash; none where it is empty."""
    if not base:
        return Addresses()
    return Addresses(
        page=f"{base}statement/{statement_id}" if statement_id else "",
        capture=f"{base}capture/{capture_id}" if capture_id else "",
        cite=f"{base}statement/{statement_id}/cite" if statement_id else "",
        compare=f"{base}compare/{before_id}/{statement_id}" if before_id else "",
    )


def place_in(watch: Watch, place: str, language: str) -> str:
    """Return what a place is called in a language, as the watch knows it; its English name where it knows none."""
    known = next((term for term in watch.places if term.id == place), None)
    words = known.words.get(language, ()) if known is not None and language != "en" else ()
    return next((word for word in words if not word.startswith("/")), place)


def attendance(rooms: Rooms, language: str) -> tuple[Attendance, ...]:
    """Return how each watched government is seen at this moment; nothing where no official source was ever asked: nobody watches there."""
    states = sources.states(rooms.store)
    asked = any(source.id in states and states[source.id].polls for source in rooms.config.sources if source.official and source.enabled)
    return tuple(_attendance(rooms, party, states, language) for party in rooms.config.watch.parties) if asked else ()


def _attendance(rooms: Rooms, party: Party, states: dict[str, SourceState], language: str) -> Attendance:
    own = [source for source in rooms.config.sources if source.party == party.id]
    found = answering(rooms.clock(), own, states)
    names = {source.id: source.name for source in own}
    looked = max((_good_at(source, states) for source in own if source.official and source.enabled), default="")
    return Attendance(party.id, capital(party, language), found.answered, found.total, tuple(names[key] for key in found.silent), looked)


def _good_at(source: Source, states: dict[str, SourceState]) -> str:
    state = states.get(source.id)
    return state.last_good_at if state is not None else ""


def capital(party: Party, language: str) -> str:
    """Return what stands for a government in a language: its capital, else its name there, else its name."""
    for words in (party.capitals, party.names):
        if words.get(language):
            return words[language][0]
    return party.name


def _compared(rooms: Rooms, number: int, language: str) -> Comparable | None:
    watched = rooms.config.wording
    found = precedents.comparable(rooms.store, number, wording.unfit)
    if found is None:
        return None
    before, _ = found
    rows = wording.beside(precedents.stands(rooms.store, before.id), precedents.stands(rooms.store, number))
    changes = strongest(rows, [formula.id for formula in watched.formulas])
    told = tuple(_change(watched, kind, row, language) for kind, row in changes[:MOST_CHANGES])
    return Comparable(before.id, before.title, before.date, before.url, told, len(changes))


def _change(watched: Watched, kind: str, row: FormulaRow, language: str) -> Change:
    sentence = next((stand.sentence for stand in row.after), "")
    return Change(
        kind, watched.title(row.formula, language), named(watched, row.before, language), named(watched, row.after, language), sentence
    )


def named(watched: Watched, stands: Sequence[Stand], language: str) -> tuple[str, ...]:
    """Return what the variants are called in a language; an empty string for one that is absent."""
    return tuple("" if stand.variant == ABSENT else watched.named(stand.formula, stand.variant, language) for stand in stands)


def _differences(rooms: Rooms, event_id: int, language: str) -> tuple[Difference, ...]:
    watched = rooms.config.wording
    return tuple(
        Difference(
            watched.title(row["formula"], language) if row["formula"] else row["name"],
            tuple(filter(None, row["party"].split(","))), tuple(filter(None, row["detail"].split(","))),
            _variants(rooms, row["statement_id"], row["formula"], language), _variants(rooms, row["comparator_id"], row["formula"], language),
        )
        for row in precedents.diverging(rooms.store, event_id)
    )  # fmt: skip


def _variants(rooms: Rooms, statement_id: int | None, formula: str, language: str) -> tuple[str, ...]:
    if not formula or statement_id is None:
        return ()
    stands = [stand for stand in precedents.stands(rooms.store, statement_id) if stand.formula == formula]
    return named(rooms.config.wording, stands, language)
