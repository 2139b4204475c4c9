"""A week of a house under faults, polled and kept by its own ticks: what the views, the digest's report and health say of the watch is
one story, on the day and when the polls are long gone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event

from scraper.jobs import health, tick
from scraper.jobs.rooms import Rooms
from scraper.model.settings import KeepingSettings
from scraper.model.source import Source
from scraper.storage import material, watching
from tests.jobs.house import Clock, Sheet, Site, one, rooms, rows, unrelated

BEGAN = datetime(2140, 10, 29, 9, 30, tzinfo=UTC)
"""A morning before the clocks go back in Europe and America; far ahead, so that the views take the time from the last tick."""

STEP, FAULTS = timedelta(minutes=10), 0.1
SEED = 20261122
PARTIES = ("KR", "US", "JP")


@dataclass
class Weather(Site):
    """A site whose every tenth answer is a fault, and that is dark at paths under ``down``."""

    counts: Counter[str] = field(default_factory=Counter)
    down: set[str] = field(default_factory=set)

    def answer(self, path: str, headers: object) -> Sheet:
        if path in self.down:
            return Sheet(b"down for repairs", status=503)
        self.counts[path] += 1
        luck = Random(f"{SEED} {path} {self.counts[path]}")  # whichever thread asks first
        if path.startswith("/feed") and luck.random() < FAULTS:
            return luck.choice([Sheet(b"oops", status=500), Sheet(b""), Sheet(b"<rss><channel><title>cut", "application/rss+xml")])
        return self.pages.get(path, Sheet(status=404))


def catalogue(site: Weather) -> list[Source]:
    """A source for each party, and for one of them a second that stands in."""
    made = [site.source(party.lower(), f"/feed-{party.lower()}", party=party, interval=15.0) for party in PARTIES]
    return [*made, site.source("us-embassy", "/feed-embassy", publisher="us", party="US", rank=1, interval=15.0)]


def live(made: Rooms, clock: Clock, until: datetime) -> None:
    """Ticks until then; no line of the story may contradict another at any of them."""
    while clock() < until:
        tick.tick(made, Event())
        clock.now += STEP
    clock.now -= STEP
    one_story(made)
    clock.now += STEP


def one_story(made: Rooms) -> None:
    told = health.report(made.config, made.store)
    days = {row["day"]: row["verdict"] for row in made.store.rows("SELECT day, verdict FROM watch_days")}
    assert (told["today"], told["yesterday"]) == (days[made.store.now()[:10]], watching.verdict(made.store, _yesterday(made)))
    if "watch incomplete" in told["watch"]:
        assert told["today"] == "watch incomplete"
    report = material.watch_report(made.store)
    assert report is not None
    week = sorted(days)[-material.WATCH_DAYS :]
    assert report.complete == all(days[day] != "watch incomplete" for day in week)
    assert report.official == int(told["official_answering"].split(" of ")[1])


def _yesterday(made: Rooms) -> str:
    return (made.clock() - timedelta(days=1)).date().isoformat()


def test_the_watch_is_told_in_one_story(tmp_path: Path) -> None:
    clock = Clock(BEGAN)
    keeping = KeepingSettings(polls_days=14, budget_mb=0)
    with Weather() as site:
        for party in ("kr", "us", "jp", "embassy"):
            site.publish(unrelated(), path=f"/feed-{party}")
        with rooms(tmp_path, clock, catalogue(site), keeping=keeping) as made:
            with made.store.transaction():
                watching.enlist(made.store, PARTIES)
            day = BEGAN.replace(hour=0, minute=0)
            live(made, clock, day + timedelta(days=2, hours=6))
            site.down = {"/feed-us"}  # the embassy stands in for the whole day
            live(made, clock, day + timedelta(days=3, hours=6))
            site.down = {"/feed-kr"}
            live(made, clock, day + timedelta(days=3, hours=11))
            site.down = set()
            live(made, clock, day + timedelta(days=5, hours=3))
            clock.now += timedelta(hours=5)  # suspended
            live(made, clock, day + timedelta(days=7, hours=12))
            quiet = {row["day"]: row["verdict"] for row in made.store.rows("SELECT day, verdict FROM watch_days ORDER BY day")}
            assert list(quiet.values()) == [
                "watch incomplete",  # it began in the morning
                "confirmed quiet", "confirmed quiet", "watch incomplete", "confirmed quiet", "watch incomplete", "confirmed quiet", "quiet so far",
            ]  # fmt: skip
            assert one(made, "SELECT count(*) FROM polls WHERE outcome NOT IN ('ok', 'not_modified')") > 0.08 * one(
                made, "SELECT count(*) FROM polls"
            )
            assert rows(
                made,
                "SELECT blind_source, watch FROM coverage WHERE party = 'KR' AND day = ?",
                (day + timedelta(days=3)).date().isoformat(),
            ) == [("kr", "blind")]
            before = rows(made, "SELECT * FROM coverage WHERE day < ?", clock().date().isoformat())
            clock.now += timedelta(days=40)
            tick.tick(made, Event())
            assert one(made, "SELECT min(started_at) FROM polls") > (day + timedelta(days=30)).isoformat()
            assert rows(made, "SELECT * FROM coverage WHERE day < ?", (day + timedelta(days=7)).date().isoformat()) == before
            assert one(made, "SELECT sum(n) FROM poll_days") > 1500
