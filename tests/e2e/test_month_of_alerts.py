"""A month of alerts: what is told when, once, and nothing on a day with nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scraper.jobs import digest, intake, tick
from scraper.jobs.rooms import Rooms
from scraper.model.moment import parse_utc, utc
from scraper.model.routing import Rule
from scraper.model.settings import AlertSettings, Channel
from scraper.model.source import Source
from scraper.storage import alerts, sources
from tests.jobs.house import Clock, Item, Site, closed_port, delivered, jsonl, one, rooms, rows, statement, unrelated

MONDAY = datetime(2026, 8, 3, 0, 0, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 19, 0, 0, tzinfo=UTC)
SPRING = datetime(2027, 3, 8, 0, 0, tzinfo=UTC)
"""Mondays of months in which the clocks of London and New York change (25 October and 1 November, 14 and 28 March)."""

ZONES = ("Asia/Seoul", "America/New_York", "Europe/London", "Pacific/Honolulu")
DAYS = 28
SEOUL = Channel("seoul", "file", path="out/seoul.html", zone="Asia/Seoul")
YORK = Channel("york", "file", path="out/york.html", zone="America/New_York")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as opened:
        yield opened


@contextmanager
def older_home(
    folder: Path, clock: Clock, site: Site, *channels: Channel, more: tuple[Source, ...] = (), **changed: Any
) -> Iterator[Rooms]:
    """A home that was welcomed a month ago and was told of its last digest this morning, with a source that brings nothing and ``more``."""
    site.publish(unrelated())
    settings = AlertSettings(channels or (SEOUL, YORK), zone="Asia/Seoul", **changed)
    with rooms(folder, clock, [site.source(interval=60.0), *more], alerts=settings) as made:
        if not sources.marked(made.store, digest.WELCOMED):
            with made.store.transaction():
                sources.mark(made.store, digest.WELCOMED, utc(clock() - timedelta(days=30)))
            for channel in settings.channels:  # word that we watch came long ago
                with made.store.transaction():
                    made.store.insert("digests", {"channel": channel.name, "made_at": utc(clock() - timedelta(days=20)), "subject": "",
                                                  "message_id": f"before-{channel.name}", "text": "", "html": ""})  # fmt: skip
            tick.tick(made, Event())
        yield made


def live(made: Rooms, clock: Clock, hours: int, step: timedelta = timedelta(hours=1)) -> None:
    """Ticks until some hours have passed."""
    until = clock() + timedelta(hours=hours)
    while clock() < until:
        clock.now += step
        tick.tick(made, Event())


def messages(made: Rooms, channel: str) -> list[tuple[str, str]]:
    """When each message of a channel was made, and its subject; those of before the story left out."""
    return rows(made, "SELECT made_at, subject FROM digests WHERE channel = ? AND subject <> '' ORDER BY id", channel)


def texts(made: Rooms, channel: str) -> list[str]:
    return [text for (text,) in rows(made, "SELECT text FROM digests WHERE channel = ? AND subject <> '' ORDER BY id", channel)]


def alerts_of(made: Rooms, kind: str) -> list[int]:
    return [number for (number,) in rows(made, "SELECT id FROM alerts WHERE kind = ? ORDER BY id", kind)]


def arrive(made: Rooms, path: Path, *items: Item, base: str = "https://www.state.gov") -> None:
    """Let articles arrive, with their alerts, as a poll would."""
    intake.run(made, [jsonl(path, *items, base=base)], alert=True)


def initiative(clock: Clock, name: str, place: str = "Tokyo") -> Item:
    return statement(place, at=clock() - timedelta(hours=1), name=name)


@pytest.mark.parametrize("begins", [MONDAY, AUTUMN, SPRING], ids=["summer", "clocks-back", "clocks-forward"])
def test_a_quiet_month_gives_four_weekly_reports_and_nothing_else(tmp_path: Path, site: Site, begins: datetime) -> None:
    """At 07:30 by the clock on the wall of each channel, on whichever side of a change of it; a tick at each full hour tells it at eight."""
    clock = Clock(begins)
    channels = [Channel(zone.split("/")[1], "file", path=f"out/{zone.split('/')[1]}.html", zone=zone) for zone in ZONES]
    with older_home(tmp_path, clock, site, *channels) as made:
        live(made, clock, DAYS * 24)
        for channel in channels:
            told = [parse_utc(at).astimezone(ZoneInfo(channel.zone)) for at, _ in messages(made, channel.name)]
            assert [(at.weekday(), at.hour, at.minute) for at in told] == [(0, 8, 0)] * 4, channel.name
            assert {(after.date() - before.date()).days for before, after in pairwise(told)} == {7}
        assert {state["state"] for state in delivered(made)} == {"sent"}
        assert one(made, "SELECT count(*) FROM alerts") == 0


def test_a_flood_of_500_copies_is_one_alert(tmp_path: Path, site: Site) -> None:
    """Four hundred at once, and a hundred by polls of ten papers in five waves, each under a headline of its own."""
    clock = Clock(MONDAY + timedelta(hours=1))
    papers = tuple(site.source(f"paper{number}", f"/paper{number}/feed", interval=60.0, official=False, party="") for number in range(10))
    for paper in papers:
        site.publish(unrelated(7), path=paper.url.removeprefix(site.url))
    with older_home(tmp_path, clock, site, SEOUL, more=papers, watch_report="") as made:
        first = statement("Seoul", at=clock() - timedelta(hours=2))
        arrive(made, tmp_path / "original.jsonl", first)
        live(made, clock, 1)
        (told,) = messages(made, "seoul")
        at_once = [replace(first, path=f"/copy-{number}") for number in range(400)]
        arrive(made, tmp_path / "copies.jsonl", *at_once, base="https://copies.example")
        for wave in range(5):
            for paper in papers:
                copies = [replace(first, path=f"/{paper.id}/{wave}-{n}", title=f"{first.title} ({wave}.{n})") for n in range(2)]
                site.publish(*copies, path=paper.url.removeprefix(site.url))
            live(made, clock, 2)
        assert one(made, "SELECT count(*) FROM articles") == 501
        assert one(made, "SELECT count(*) FROM statements") == 1
        live(made, clock, 48)
        assert one(made, "SELECT count(*) FROM alerts") == 1
        assert messages(made, "seoul") == [told]


def test_two_previews_of_one_state_are_equal(tmp_path: Path, site: Site) -> None:
    clock = Clock(MONDAY)
    with older_home(tmp_path, clock, site) as made:
        arrive(
            made,
            tmp_path / "one.jsonl",
            initiative(clock, "Trilateral Kelp Forest Initiative"),
            statement("Honolulu", at=clock() - timedelta(days=1)),
        )
        first, second = (digest.preview(made, language="ko") for _ in range(2))
        assert first is not None
        assert first == second


def test_a_statement_is_told_at_once_and_its_initiative_in_the_morning_and_neither_twice(tmp_path: Path, site: Site) -> None:
    clock = Clock(MONDAY + timedelta(hours=1))
    with older_home(tmp_path, clock, site, watch_report="") as made:
        arrive(made, tmp_path / "one.jsonl", initiative(clock, "Trilateral Kelp Forest Initiative"))
        tick.tick(made, Event())
        at_once = utc(clock())
        live(made, clock, 48)
        for channel, morning in (("seoul", "2026-08-03T23:00:00Z"), ("york", "2026-08-03T12:00:00Z")):
            assert [at for at, _ in messages(made, channel)] == [at_once, morning]
            first, second = texts(made, channel)
            assert "NEW STATEMENTS" in first.upper()
            assert "NEW INITIATIVE" not in first.upper()
            assert "Kelp Forest" in second
            assert "NEW STATEMENTS" not in second.upper()
        assert rows(made, "SELECT count(*), count(DISTINCT alert_id || channel) FROM deliveries WHERE alert_id IS NOT NULL") == [(4, 4)]


def test_a_new_initiative_that_only_the_press_tells_of_waits_a_day_and_says_so(tmp_path: Path, site: Site) -> None:
    clock = Clock(MONDAY + timedelta(hours=1))
    with older_home(tmp_path, clock, site, SEOUL, watch_report="") as made:
        arrive(made, tmp_path / "one.jsonl", initiative(clock, "Trilateral Kelp Forest Initiative"), base="https://paper.example")
        assert one(made, "SELECT sum(official) FROM articles") == 0
        live(made, clock, 72)
        told = messages(made, "seoul")
        assert [at for at, _ in told] == ["2026-08-03T02:00:00Z", "2026-08-04T23:00:00Z"]  # the news at once; the claim not next morning
        assert all("primary text not yet seen" in " ".join(text.split()) for text in texts(made, "seoul"))


def test_the_official_text_ends_the_wait(tmp_path: Path, site: Site) -> None:
    clock = Clock(MONDAY + timedelta(hours=1))
    with older_home(tmp_path, clock, site, SEOUL, watch_report="") as made:
        told = initiative(clock, "Trilateral Kelp Forest Initiative")
        arrive(made, tmp_path / "one.jsonl", told, base="https://paper.example")
        assert digest.preview(made) is not None
        assert "Kelp" not in digest.preview(made).subject  # type: ignore[union-attr]
        live(made, clock, 5)
        arrive(made, tmp_path / "two.jsonl", told)
        assert one(made, "SELECT sum(official) FROM articles") == 1
        live(made, clock, 72)
        assert [at for at, _ in messages(made, "seoul")] == ["2026-08-03T02:00:00Z", "2026-08-03T23:00:00Z"]
        assert "primary text not yet seen" not in " ".join(texts(made, "seoul")[1].split())


def test_quiet_hours_hold_back_what_is_no_meeting_of_ministers(tmp_path: Path, site: Site) -> None:
    clock = Clock(MONDAY + timedelta(hours=14))  # 23:00 in Seoul
    envoys = replace(
        statement("Honolulu", at=clock() - timedelta(hours=1)),
        title="Joint Statement of the United States, the Republic of Korea, and Japan on the Trilateral Meeting of Special Representatives",
        text="The special representatives of the United States, the Republic of Korea, and Japan met in Honolulu on August 3, 2026.\n\n"
        "They thanked the divers who cleared nets from the reef, and promised four survey vessels to map the sea floor between the islands.",
    )
    with older_home(tmp_path, clock, site, SEOUL, watch_report="", quiet="22:00-06:00") as made:
        arrive(made, tmp_path / "one.jsonl", envoys)
        arrive(made, tmp_path / "two.jsonl", statement("Seoul", at=clock() - timedelta(hours=2)))
        assert rows(made, "SELECT level FROM statements ORDER BY id") == [("envoys",), ("foreign_ministers",)]
        live(made, clock, 24)
        assert [at for at, _ in messages(made, "seoul")] == ["2026-08-03T15:00:00Z", "2026-08-03T21:00:00Z"]
        assert "Special Representatives" in texts(made, "seoul")[1]


def test_rules_send_what_goes_where(tmp_path: Path, site: Site) -> None:
    clock = Clock(MONDAY + timedelta(hours=1))
    rules = (Rule("never", kinds=("new_statement",), channels=("york",)), Rule("at_once", kinds=("new_initiative",), channels=("york",)))
    with older_home(tmp_path, clock, site, watch_report="", rules=rules) as made:
        arrive(made, tmp_path / "one.jsonl", initiative(clock, "Trilateral Kelp Forest Initiative"))
        live(made, clock, 48)
        (york,) = messages(made, "york")
        assert york[0] == "2026-08-03T02:00:00Z"
        assert "Kelp" in york[1]
        assert len(messages(made, "seoul")) == 2
        assert [told.channel for told in digest.send(made)] == []


def test_two_initiatives_that_became_one_are_told_once_to_each_channel(tmp_path: Path, site: Site) -> None:
    """Of one of them one channel was told, of the other the other, before they became one."""
    clock = Clock(MONDAY + timedelta(hours=1))
    with older_home(tmp_path, clock, site, watch_report="") as made:
        arrive(made, tmp_path / "one.jsonl", initiative(clock, "Trilateral Kelp Forest Initiative"))
        (first,) = alerts_of(made, "new_initiative")
        live(made, clock, 48)
        assert sum("Kelp Forest" in text and "NEW INITIATIVE" in text.upper() for text in texts(made, "seoul")) == 1
        slug = one(made, "SELECT initiative_id FROM alerts WHERE id = ?", first)
        alerts.raise_once(made.store, alerts.Alert("new_initiative:another", "new_initiative", initiative_id=slug))
        (_, second) = alerts_of(made, "new_initiative")
        assert alerts.told_already(made.store, "seoul", [first, second]) == {second}
        assert alerts.told_already(made.store, "nobody", [first, second]) == frozenset()
        before = len(messages(made, "seoul"))
        live(made, clock, 48)
        assert len(messages(made, "seoul")) == before


def test_an_outage_that_was_over_before_the_digest_is_told_in_it_all_the_same(tmp_path: Path, site: Site) -> None:
    clock = Clock(MONDAY)
    site.publish(unrelated(2), path="/second/feed")
    second = site.source("second", "/second/feed", interval=60.0)
    with older_home(tmp_path, clock, site, SEOUL, more=(second,), watch_report="") as made:
        feed = site.pages.pop("/second/feed")
        live(made, clock, 20)
        assert rows(made, "SELECT kind, source_id FROM alerts") == [("source_failing", "second")]
        site.pages["/second/feed"] = feed
        live(made, clock, 48)
        assert [at for at, _ in messages(made, "seoul")] == ["2026-08-03T23:00:00Z"]
        (told,) = texts(made, "seoul")
        assert "Second (second)" in told
        assert "404" in told


def test_after_a_week_without_power_one_digest_catches_up_and_says_what_is_late(tmp_path: Path, site: Site) -> None:
    clock = Clock(MONDAY + timedelta(hours=1))
    with older_home(tmp_path, clock, site) as made:
        arrive(made, tmp_path / "one.jsonl", initiative(clock, "Trilateral Kelp Forest Initiative"))
        tick.tick(made, Event())
        assert len(messages(made, "seoul")) == 1
    clock.advance(days=8)
    with older_home(tmp_path, clock, site) as made:
        site.publish(*(statement(place, at=clock() - timedelta(days=days)) for place, days in (("Honolulu", 6), ("Seoul", 2))))
        live(made, clock, 3)
        for channel in ("seoul", "york"):
            (_, told) = texts(made, channel)
            assert "Kelp" in told
            assert told.count("found late") == 2
            assert "Polls this week" in told


def test_a_channel_that_fails_is_told_on_the_other_once_and_catches_up_in_one_message(tmp_path: Path, site: Site) -> None:
    clock = Clock(MONDAY + timedelta(hours=1))
    gone = Channel(
        "mail", "email", host="127.0.0.1", port=closed_port(), security="none", sender="a@desk.example", recipients=("b@to.example",)
    )
    with older_home(tmp_path, clock, site, SEOUL, gone, watch_report="") as made:
        for day in range(5):
            alerts.raise_once(made.store, alerts.Alert(f"disk:{day}", "disk", detail=f"disk {day}"))
            live(made, clock, 24)
        told = texts(made, "seoul")
        assert len(told) == 6
        assert sum("the channel mail takes nothing" in text for text in told) == 1
        assert one(made, "SELECT count(*) FROM alerts WHERE kind = 'channel_failing'") == 1
        assert len(messages(made, "mail")) == 1
    back = replace(gone, kind="file", path="out/mail.html")
    with older_home(tmp_path, clock, site, SEOUL, back, watch_report="") as made:
        live(made, clock, 24)
        first, rest = texts(made, "mail")
        assert [name for name in ("disk 0", "disk 1", "disk 2", "disk 3", "disk 4") if name in first] == ["disk 0"]
        assert [name for name in ("disk 0", "disk 1", "disk 2", "disk 3", "disk 4") if name in rest] == [
            "disk 1",
            "disk 2",
            "disk 3",
            "disk 4",
        ]
        assert sources.marked(made.store, "failing:mail") == ""
        assert len(texts(made, "seoul")) == 6
