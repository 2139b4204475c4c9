"""A machine that loses its network: told once and plainly, asked for at a sane pace, and left behind with the first answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from threading import Event

from scraper.jobs import health, offline, tick
from scraper.jobs.rooms import Rooms
from scraper.model.source import Source

from .house import Clock, Log, Site, closed_port, one, rooms, rows, unrelated

OFFICIAL = 3


def cut_off(site: Site, *, official: int = OFFICIAL, press: int = 4) -> list[Source]:
    """Sources at a port where nobody listens."""
    nowhere = f"http://127.0.0.1:{closed_port()}/feed"
    of = [replace(site.source(f"ministry-{at}"), url=nowhere, official=True, party="KR") for at in range(official)]
    return of + [replace(site.source(f"paper-{at}"), url=nowhere) for at in range(press)]


def asked(made: Rooms) -> Counter[str]:
    return Counter(source for (source,) in rows(made, "SELECT source_id FROM polls"))


def pass_time(made: Rooms, clock: Clock, hours: int) -> None:
    """Let the daemon beat once a minute."""
    for _ in range(hours * 60):
        tick.tick(made, Event())
        clock.advance(minutes=1)


def test_it_is_said_once_and_every_few_minutes_somebody_is_asked(tmp_path: Path, clock: Clock, site: Site) -> None:
    log = Log()
    with rooms(tmp_path, clock, cut_off(site), log=log) as made:
        tick.tick(made, Event())
        assert offline.since(made) == "2026-07-09T12:00:00Z"
        (told,) = log.events("offline")
        assert "no source answers" in told["error"]
        assert health.report(made.config, made.store)["offline_since"] == "2026-07-09T12:00:00Z"
        before = sum(asked(made).values())
        pass_time(made, clock, 24)
        assert len(log.events("offline")) == 1
        later = asked(made)
        assert 24 * 10 < sum(later.values()) - before < 24 * 25, "about every five minutes, whatever each would wait for by itself"
        assert one(made, "SELECT count(*) FROM alerts") == 0, "it is our network that fails, and not seven sources"
        assert health.is_awake(made.store)


def test_with_the_first_answer_all_are_asked_at_once(tmp_path: Path, clock: Clock, site: Site) -> None:
    log = Log()
    site.publish(unrelated())
    gone = cut_off(site)
    with rooms(tmp_path, clock, gone, log=log) as made:
        pass_time(made, clock, 9)
    back = [replace(source, url=site.source().url, allow_private=True) for source in gone]
    with rooms(tmp_path, clock, back, log=log) as made:
        pass_time(made, clock, 1)
        (told,) = log.events("online")
        assert told["offline_since"] == "2026-07-09T12:00:00Z"
        assert offline.since(made) == ""
        good = rows(made, "SELECT source_id, min(finished_at) FROM polls WHERE outcome = 'ok' GROUP BY 1")
        assert len(good) == len(back)
        assert max(at for _, at in good) <= "2026-07-09T21:07:00Z", "not when the patience with each has run out"
        assert one(made, "SELECT count(*) FROM alerts") == 0


def test_a_refusal_is_an_answer(tmp_path: Path, clock: Clock, site: Site) -> None:
    with rooms(tmp_path, clock, [*cut_off(site), replace(site.source("refusing"), url=f"{site.url}/nothing-here")]) as made:
        pass_time(made, clock, 1)
        assert offline.since(made) == ""


def test_one_dead_source_among_others_is_no_outage(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    with rooms(tmp_path, clock, [*cut_off(site, official=1, press=0), site.source()]) as made:
        pass_time(made, clock, 2)
        assert offline.since(made) == ""
        assert offline.probe(made) == ()
