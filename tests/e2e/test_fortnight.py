"""A fortnight of polls under faults: nothing is lost, outages are told once, and nothing else is."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from scraper.jobs import poll
from scraper.jobs.rooms import Rooms
from tests.jobs.house import START, Clock, Item, Sheet, Site, one, rooms, rows, rss

DAYS, STEP, FAULTS = 14, timedelta(minutes=15), 0.3
SUBJECTS = (
    "harbour lights",
    "seed banks",
    "ferry times",
    "weather masts",
    "school exchanges",
    "river gauges",
    "museum loans",
    "tide tables",
)
OUTAGES = {
    "first": (timedelta(days=3), timedelta(hours=20)),
    "second": (timedelta(days=6), timedelta(hours=2)),
    "third": (timedelta(days=9), timedelta(hours=30)),
}
TOLD = ("first", "third")
"""The outages that last; the other one is shorter than anybody wants to hear of."""


@dataclass
class Chance(Site):
    """A site whose every third answer is a fault, and whose newsrooms go dark for a while."""

    clock: Clock = field(default_factory=Clock)
    luck: Random = field(default_factory=Random)
    calm: bool = False

    def answer(self, path: str, headers: object) -> Sheet:
        name = path.split("/")[1]
        since, lasting = OUTAGES[name]
        if START + since <= self.clock() < START + since + lasting:
            return Sheet(b"down for repairs", status=503)
        if not self.calm and self.luck.random() < FAULTS:
            return self.luck.choice(
                [
                    Sheet(b"oops", status=500), Sheet(b"", status=502), Sheet(b"<html><title>Just a moment...</title></html>", status=403),
                    Sheet(b"<html><body>This is no feed.</body></html>"), Sheet(b""), Sheet(b"<rss><channel><title>cut off", "application/rss+xml"),
                ]
            )  # fmt: skip
        return self.pages.get(path, Sheet(status=404))


def story(name: str, number: int, at: datetime) -> Item:
    subject = SUBJECTS[number % len(SUBJECTS)]
    title = f"Officials of the United States, Japan, and South Korea confer on {subject}, round {number} of the {name} talks"
    text = (
        f"Officials of the United States, Japan, and South Korea met in Busan on {at:%B} {at.day}, {at.year} and spoke of {subject}.\n\n"
        f"It was round {number} of the {name} talks between the three countries, and the delegations agreed to publish what they found.\n\n"
        f"They thanked the {name} hosts and will continue trilateral consultations on {subject} in the weeks after round {number}."
    )
    return Item(f"/{name}/{number}", title, text, at)


def publish(site: Chance, luck: Random, out: dict[str, list[Item]], now: datetime) -> None:
    """Now and then a newsroom puts out a page; its feed holds the last thirty."""
    for name, items in out.items():
        if luck.random() < 0.04:
            items.append(story(name, len(items), now))
            site.pages[items[-1].path] = Sheet(items[-1].page())
        site.pages[f"/{name}/feed"] = Sheet(rss(site.url, items[-30:]), "application/rss+xml; charset=utf-8")


def beat(made: Rooms, clock: Clock) -> None:
    poll.run(made, poll.due(made))
    clock.now += STEP


def test_a_fortnight(tmp_path: Path) -> None:
    seed = int(os.environ.get("TRILATERAL_SEED") or 20260709)
    print(f"seed {seed}")
    luck, clock = Random(seed), Clock()
    out: dict[str, list[Item]] = {name: [story(name, 0, START)] for name in OUTAGES}
    with Chance(clock=clock, luck=Random(seed + 1)) as site:
        for items in out.values():
            site.pages[items[0].path] = Sheet(items[0].page())
        polled = [site.source(name, f"/{name}/feed", interval=20.0) for name in OUTAGES]
        with rooms(tmp_path, clock, polled) as made:
            for _ in range(int(timedelta(days=DAYS) / STEP)):
                publish(site, luck, out, clock())
                beat(made, clock)
            site.calm = True
            for _ in range(int(timedelta(days=3) / STEP)):
                beat(made, clock)
            check(made, out)


def check(made: Rooms, out: dict[str, list[Item]]) -> None:
    """Every page once, as entry and as article; one alert an outage that lasted, one for its end, and no other of a source."""
    published = sorted(item.path for items in out.values() for item in items)
    stored = sorted("/" + url.split("/", 3)[3] for (url,) in rows(made, "SELECT url FROM entries"))
    assert stored == published
    assert sorted("/" + url.split("/", 3)[3] for (url,) in rows(made, "SELECT url FROM articles")) == published
    told = rows(made, "SELECT kind, source_id FROM alerts WHERE source_id IS NOT NULL ORDER BY id")
    assert told == [(kind, name) for name in TOLD for kind in ("source_failing", "source_recovered")]
    faults = one(made, "SELECT count(*) FROM polls WHERE outcome NOT IN ('ok', 'not_modified')")
    assert faults > 0.2 * one(made, "SELECT count(*) FROM polls")
