"""The demo: a press room on loopback, a home of its own, and the main job run on it through the code of the daemon."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from threading import Event

from scraper.errors import InputError
from scraper.jobs import digest, home, naming, tick
from scraper.jobs.rooms import Home, Rooms
from scraper.model.source import Selectors, Source
from scraper.pressroom import PressRoom
from scraper.storage import reading, revisions, sources
from scraper.urls import canonical

CORRECTED = "jp-ministry/press/release/pressit_000217.html"
DECIDED = "trilateral-undersea-cable-resilience-initiative"
MARK = "demo.txt"
"""Lies in a home that the demo made and may therefore empty."""

ALERTS = """# The demo's channels: the digest is printed and written as a file.
digest_times = ["07:30"]
zone = "Asia/Seoul"
watch_report = ""

# What would be told at once waits here for the digest, so that one message shows it all.
[[rule]]
when = "digest"

[[channel]]
name = "file"
kind = "file"
path = "db/digest.html"

[[channel]]
name = "screen"
kind = "stdout"
"""

Say = Callable[[str], None]
Open = Callable[[Home], AbstractContextManager[Rooms]]


def run(root: Path, defaults: Path, clock: Callable[[], datetime], open_rooms: Open, say: Say, *, program: str = "trilateral") -> None:
    """Run the story: the backlog, the news with its digest, a poll that finds nothing new, and what follows; ``program`` is how a reader calls
    the commands named at the end. Raises InputError for a folder that is not the demo's."""
    place = Home(root, root / "config", root / "db" / "trilateral.db")
    with PressRoom(clock()) as room:
        prepare(place, defaults, room.sources())
        say(f"A press room of {len(room.sources())} sites is open on {room.url}; the demo's home is {root}.\n")
        with open_rooms(place) as rooms:
            _poll(rooms, say, "1. The backlog: what the sites published before. Older than 72 hours, so it is stored without alerts.")
            room.release()
            _poll(rooms, say, "2. A joint statement comes out in three languages, with a reprint and a report.")
            say("\n3. The digest:\n")
            digest.send(rooms)
            _poll(rooms, say, "\n4. Polled again: nothing new, nothing sent twice.")
            _aftermath(rooms, room, say)
            _close(rooms, say, program)


def _aftermath(rooms: Rooms, room: PressRoom, say: Say) -> None:
    """What a database holds after a while: pages that came to light late, an official text that was edited, a decision."""
    room.follow_up()
    with rooms.store.transaction():
        revisions.hasten(rooms.store, canonical(f"{room.url}/{CORRECTED}"))
    _poll(rooms, say, "\n5. What follows: older pages come to light, a ministry corrects its text, and somebody decides.")
    decided = naming.confirm(rooms, DECIDED, naming.Author("demo", "It stands in the texts of all three governments."))
    say(f"   Decision {decided.review}: {DECIDED} is confirmed.")


def prepare(place: Home, defaults: Path, polled: tuple[Source, ...]) -> None:
    """Make an empty home whose only sources are those of the press room; raises InputError where another home lies there."""
    if place.root.exists() and any(place.root.iterdir()):
        if not (place.root / MARK).exists():
            raise InputError(f"{place.root} is not a home that the demo made; it is left alone")
        shutil.rmtree(place.root)
    home.make(place.root, defaults)
    (place.root / MARK).write_text("Made by trilateral demo, which empties this folder when it runs again.\n", "utf-8")
    (place.config / "sources.toml").write_text("\n".join(_table(source) for source in polled), "utf-8")
    (place.config / "alerts.toml").write_text(ALERTS, "utf-8")
    (place.config / "history.toml").write_text("# The press room has no past beyond what its sites show.\n", "utf-8")


def _table(source: Source) -> str:
    """A source as a [[source]] table; values that are the defaults are left out."""
    plain = Source(id="", name="", kind="", url="")
    lines = [
        f"{f.name} = {_value(v)}"
        for f in fields(source)
        if f.name != "selectors" and (v := getattr(source, f.name)) != getattr(plain, f.name)
    ]
    chosen = [f"{f.name} = {_value(v)}" for f in fields(Selectors) if (v := getattr(source.selectors, f.name))]
    return "\n".join(["[[source]]", *lines, *(["[source.selectors]", *chosen] if chosen else []), ""])


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _poll(rooms: Rooms, say: Say, title: str) -> None:
    say(title)
    sources.wish(rooms.store, ())
    passed = tick.tick(rooms, Event())
    for poll in sorted(passed.polls, key=lambda poll: poll.source_id):
        say(f"   {poll.source_id:<16} {poll.outcome:<13} {poll.entries:>3} entries, {poll.new} new {poll.error}".rstrip())
    told = passed.concluded
    say(f"   {len(told.statements)} new statements, {len(told.flags)} new flags, {told.alerts} alerts, {told.held_back} too old to alert.")


def _close(rooms: Rooms, say: Say, program: str) -> None:
    counts = reading.counts(rooms.store)
    say(
        f"\nStored: {counts['articles']} articles as {counts['statements']} statements of {counts['events']} events, {counts['flags']} flags in force."
    )
    root = rooms.home.root
    say(f"The digest as a page: {rooms.home.folder / 'digest.html'}")
    say("Look next at:")
    for command in ("serve", "statements list", "initiatives list --new"):
        say(f"  {program} --home {root} {command}")
