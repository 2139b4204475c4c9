"""Flags beside the first mention: looked up, decided and written for what is in reach of what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scraper.jobs.rooms import Rooms
from scraper.model.flag import Finding, Life
from scraper.model.grouping import Review
from scraper.model.initiative import Found, SeenName
from scraper.stages import flagging
from scraper.stages.initiatives import FLAG_AT, WIDER
from scraper.storage import flags, grounds
from scraper.storage.articles import Reading
from scraper.storage.flags import Scope
from scraper.storage.initiatives import Written


@dataclass(frozen=True, slots=True)
class Changed:
    """What an arrival, an edit or a decision changed: ``statements`` in reach, initiatives ``found`` in reach with all their mentions
    (``seen``) and as they were ``written``, and rows of comparable statements (``chains``) whose members changed."""

    statements: Sequence[int]
    found: tuple[Found, ...] = ()
    seen: tuple[SeenName, ...] = ()
    written: Written = field(default_factory=Written)
    chains: frozenset[str] = frozenset()


def note(rooms: Rooms, article_id: int, reading: Reading) -> None:
    """Store where an article speaks of new initiatives without naming them; part of the transaction in hand."""
    found = flagging.Pointers(rooms.desk.parties).of(reading.article, reading.mentions) if reading.relevance.relevant else ()
    grounds.point(rooms.store, article_id, found)


def follow(rooms: Rooms, changed: Changed, reviews: Iterable[Review]) -> tuple[int, ...]:
    """Let the flags follow what changed; part of the transaction in hand. Return the ids of those that are new.

    Read is what is in reach alone: the initiatives found with their mentions, the events of the statements, and the rows of statements
    that these are comparable with.
    """
    store, settings = rooms.store, rooms.config.alerts
    slugs = {*changed.written.slugs.values(), *changed.written.gone}
    lives = _lives(rooms, changed)
    grounds.hush(store, slugs, (one for life in lives for one in flagging.silences(life, settings.revived_after_months)))
    quiet = slugs | grounds.heard(store, settings.revived_statements)
    statements = frozenset(changed.statements) | changed.written.moved
    events = grounds.events_of(store, statements)
    omitted, silent = _of_chains(rooms, changed.chains | grounds.chains_of(store, statements), statements)
    findings = [
        *_of_lives(rooms, lives),
        *flagging.revived(grounds.silences(store, quiet), settings.revived_statements),
        *_of_edits(rooms, events, reviews),
        *omitted,
        *_of_events(rooms, events),
    ]
    return flags.apply(store, findings, Scope(frozenset(slugs), frozenset(quiet), events, silent))


def _lives(rooms: Rooms, changed: Changed) -> list[Life]:
    seen = {one.mention_id: one for one in changed.seen}
    return [_life(rooms, one, changed.written.slugs[one.id], seen) for one in changed.found]


def _life(rooms: Rooms, found: Found, slug: str, seen: Mapping[int, SeenName]) -> Life:
    """An initiative with its mentions; one that is not the parties' own, or is but a topic, has none that count."""
    known = rooms.desk.resolver.by_id.get(found.id) if found.known else None
    counted = known.trilateral if known is not None else found.confidence >= FLAG_AT
    if not counted or found.scope == WIDER:
        return Life(slug, ())
    names = tuple(seen[number] for number in found.mention_ids if number in seen)
    return Life(slug, names, found.known, known.first_mentioned if known is not None else "")


def _of_lives(rooms: Rooms, lives: Sequence[Life]) -> list[Finding]:
    parties = rooms.desk.parties.ids
    return [one for life in lives for one in (*flagging.new_instances(life), *flagging.first_by_party(life, parties))]


def _of_edits(rooms: Rooms, events: Iterable[int], reviews: Iterable[Review]) -> tuple[Finding, ...]:
    """What edits took out; what a person dismissed was never an initiative."""
    dismissed = {review.subject for review in reviews if review.action == "dismiss"}
    gone, named = grounds.taken_out(rooms.store, events, FLAG_AT)
    return flagging.withdrawn((one for one in gone if one.initiative_id not in dismissed), named)


def _of_chains(rooms: Rooms, chains: frozenset[str], statements: Iterable[int]) -> tuple[tuple[Finding, ...], frozenset[int]]:
    """What statements leave out, and the events of which that was decided anew.

    Several statements of one event may leave the same out, each compared with its own kind; that is one flag. So of an event of which
    something is, or was, left out every other statement is looked at too.
    """
    found = _omitted(rooms, chains)
    events = frozenset(one.event_id for one in found) | grounds.omitting(rooms.store, chains, statements)
    others = grounds.chains_at(rooms.store, events) - chains
    found += [one for one in _omitted(rooms, others) if one.event_id in events]
    told: dict[tuple[str, str, str, int], Finding] = {}
    for one in sorted(found, key=lambda one: (one.key, one.statement_id)):
        told.setdefault(one.key, one)
    return tuple(told.values()), events


def _omitted(rooms: Rooms, chains: Iterable[str]) -> list[Finding]:
    found = grounds.links(rooms.store, chains, FLAG_AT)
    return [one for chain in sorted(found) for one in flagging.omitted(found[chain], rooms.config.alerts.omitted_after)]


def _of_events(rooms: Rooms, events: Iterable[int]) -> tuple[Finding, ...]:
    store, parties = rooms.store, rooms.desk.parties.ids
    voices = grounds.voices(store, events, parties, FLAG_AT)
    known = grounds.languages(store, {slug for voice in voices for slug in voice.named})
    told = flagging.divergences(voices, parties, known, rooms.config.wording)
    return (*flagging.unnamed(grounds.pointed(store, events)), *told)
