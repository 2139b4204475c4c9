"""What a digest is compiled from: the findings of the alerts that wait, each as the tables say it now and named in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from scraper.jobs import proving
from scraper.jobs.poll import INCIDENT_HOURS
from scraper.jobs.rooms import Rooms
from scraper.jobs.take import HELD_INITIATIVES, HELD_STATEMENTS
from scraper.model.digest import Edit, HeldBack, Material, NewInitiative, NewStatement, Notable, Rewording, SourceTrouble
from scraper.model.flag import STRENGTH
from scraper.model.revision import Piece
from scraper.model.settings import Channel
from scraper.model.wording import Stand, Watched
from scraper.storage import alerts, flags, formulae, material, revisions, sources
from scraper.storage.entries import older_than
from scraper.storage.store import Row

LATE_HOURS = 24.0
"""What came out longer ago is late, where it was found after a time in which nobody was awake."""


def told(rooms: Rooms, waiting: Sequence[Row], channel: Channel, *, report: bool, still: bool = False, whole: bool = True) -> Material:
    """Return what a channel is to be told of the alerts that wait for it, with the watch ``report`` or, where nothing happened since the
    first message, word that we ``still`` watch. What is not ``whole`` is told between digests, and leaves to them what goes on."""
    store = rooms.store
    known = alerts.told_already(store, channel.name, [row["id"] for row in waiting])
    waiting = [row for row in waiting if row["id"] not in known]
    statements = _statements(rooms, waiting, channel.language)
    new = frozenset(row["source_id"] for row in waiting if row["kind"] == "source_failing")
    return Material(
        made_at=store.now(), zone=channel.zone or rooms.config.alerts.zone, language=channel.language,
        sides=sides(rooms, channel.language), statements=statements,
        initiatives=_initiatives(rooms, waiting, channel), notable=_notable(rooms, waiting, channel.language), edits=_edits(rooms, waiting),
        wording=_wording(rooms, waiting, channel.language),
        known=material.known_initiatives(store, [one.id for one in statements]),
        troubles=(*_troubles(rooms, new, whole=whole), *_over(rooms, waiting)), recovered=_recovered(rooms, waiting),
        notices=tuple(row["detail"] for row in waiting if row["kind"] in ("disk", "channel_failing")),
        held_back=_held_back(rooms, channel) if whole else HeldBack(),
        watch=material.watch_report(store) if report or still else None, still=still,
        attendance=proving.attendance(rooms, channel.language), between=not whole,
    )  # fmt: skip


def _troubles(rooms: Rooms, new: frozenset[str], *, whole: bool) -> tuple[SourceTrouble, ...]:
    """The sources that fail; between digests those alone of which it is news."""
    found = material.troubles(rooms.store, new, hours=INCIDENT_HOURS)
    return tuple(one for one in found if whole or one.new)


def _over(rooms: Rooms, waiting: Sequence[Row]) -> tuple[SourceTrouble, ...]:
    """The troubles of which it is news although they are over: when the source last answered well says so."""
    states = sources.states(rooms.store)
    names = {source.id: source.name for source in rooms.config.sources}
    found = [(row, row["source_id"], alerts.since(row)) for row in waiting if row["kind"] == "source_failing"]
    return tuple(
        SourceTrouble(source, names[source], outcome, since, states[source].last_good_at, error)
        for row, source, since in found
        if source in names and source in states and states[source].failing_since != since
        for outcome, _, error in (row["detail"].partition(": "),)
    )


def sides(rooms: Rooms, language: str) -> tuple[tuple[str, str], ...]:
    """Return the id of each watched party with its name in a language."""
    return tuple((party.id, (party.names.get(language) or (party.name,))[0]) for party in rooms.config.watch.parties)


def _recovered(rooms: Rooms, waiting: Sequence[Row]) -> tuple[str, ...]:
    """The names of sources that answer again, of those whose trouble was told."""
    names = {source.id: source.name for source in rooms.config.sources}
    return tuple(str(names.get(row["source_id"]) or row["source_id"]) for row in waiting if row["kind"] == "source_recovered")


def _statements(rooms: Rooms, waiting: Sequence[Row], language: str) -> tuple[NewStatement, ...]:
    raised = {row["statement_id"]: row for row in waiting if row["kind"] == "new_statement"}
    hours = rooms.config.alerts.max_age_hours
    found = (material.new_statement(rooms.store, number, max_age_hours=hours) for number in raised if number is not None)
    told = (replace(one, late=one.late or _late(one, raised[one.id])) for one in found if one is not None)
    return tuple(proving.proven(rooms, one, language) for one in told)


def _late(one: NewStatement, alert: Row) -> bool:
    """Whether it came out while nobody was awake, a day or more before it was found."""
    return bool(alert["grace_hours"] and one.date) and older_than(one.date, LATE_HOURS, alert["raised_at"])


def _initiatives(rooms: Rooms, waiting: Sequence[Row], channel: Channel) -> tuple[NewInitiative, ...]:
    slugs = dict.fromkeys(row["initiative_id"] for row in waiting if row["kind"] == "new_initiative")
    found = (material.new_initiative(rooms.store, slug) for slug in slugs if slug is not None)
    return tuple(proving.linked(rooms, one, channel) for one in found if one is not None)


def _notable(rooms: Rooms, waiting: Sequence[Row], language: str) -> tuple[Notable, ...]:
    numbers = dict.fromkeys(row["flag_id"] for row in waiting if row["kind"] in STRENGTH[1:])
    found = (flags.told(rooms.store, number) for number in numbers if number is not None)
    return tuple(_flagged(rooms.config.wording, row, language) for row in found if row is not None)


def _flagged(watched: Watched, row: Row, language: str) -> Notable:
    """A flag with what it is about named in the reader's language."""
    before = row["comparator"] or {"title": "", "date": "", "url": ""}
    sentence = row["sentence"] or ""
    at = sentence.find(row["form"]) if row["form"] else -1
    return Notable(
        id=row["id"],
        kinds=tuple(row["kinds"] - {"wording"}),
        name=watched.title(row["formula"], language) if row["formula"] else row["name"],
        sentence=sentence,
        mark=(at, at + len(row["form"])) if at >= 0 else (0, 0),
        language=row["language"],
        from_comparator=row["kind"] == "omitted",
        parties=_split(row["party"]),
        others=_split(row["detail"]),
        instance=row["instance"] or "",
        side=row["side"],
        publisher=row["publisher"],
        url=row["url"],
        statement_title=row["statement_title"],
        statement_date=row["statement_date"],
        comparator_title=before["title"],
        comparator_date=before["date"],
        comparator_url=before["url"],
        confidence=row["confidence"],
    )


def _split(ids: str | None) -> tuple[str, ...]:
    return tuple((ids or "").split(",")) if ids else ()


def _edits(rooms: Rooms, waiting: Sequence[Row]) -> tuple[Edit, ...]:
    found = (
        revisions.edit(rooms.store, row["revision_id"]) for row in waiting if row["kind"] in alerts.EDITS and row["revision_id"] is not None
    )
    return tuple(
        Edit(
            row["id"], row["kind"], row["title"], row["url"], row["publisher"], row["party"], row["seen_at"], row["language"],
            tuple(Piece(op, text) for op, text in json.loads(row["diff"] or "[]")), tuple(row["withdrawn"]),
        )
        for row in found
        if row is not None
    )  # fmt: skip


def _wording(rooms: Rooms, waiting: Sequence[Row], language: str) -> tuple[Rewording, ...]:
    numbers = dict.fromkeys(row["flag_id"] for row in waiting if row["kind"] == "wording")
    found = (formulae.change(rooms.store, number) for number in numbers if number is not None)
    return tuple(_rewording(rooms.config.wording, row, language) for row in found if row is not None)


def _rewording(watched: Watched, row: Row, language: str) -> Rewording:
    """A change of wording, its formula and variants named in the reader's language."""
    now, then = row["statement"], row["comparator"]
    return Rewording(
        id=row["id"],
        formula=watched.title(row["formula"], language),
        before=proving.named(watched, row["before"], language),
        after=proving.named(watched, row["after"], language),
        sentence=_sentence(row["after"]),
        before_sentence=_sentence(row["before"]),
        language=now.language,
        side=now.side,
        publisher=now.publisher,
        url=now.url,
        statement_title=now.title,
        statement_date=now.date,
        before_title=then.title,
        before_date=then.date,
        before_url=then.url,
    )


def _sentence(stands: Sequence[Stand]) -> str:
    return next((stand.sentence for stand in stands), "")


def _held_back(rooms: Rooms, channel: Channel) -> HeldBack:
    """How many old findings were stored since this channel's last digest."""
    counts = [
        int(sources.marked(rooms.store, name) or 0) - int(sources.marked(rooms.store, f"told:{channel.name}:{name}") or 0)
        for name in (HELD_STATEMENTS, HELD_INITIATIVES)
    ]
    return HeldBack(*counts)
