"""One beat of the daemon, and whether it is awake."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from scraper.jobs import digest, health, intake, tick
from scraper.model.moment import utc
from scraper.model.settings import AlertSettings, Channel
from scraper.storage import sources
from scraper.storage.store import Store

from .house import FETCH, Clock, Log, Sheet, Site, closed_port, delivered, desk, jsonl, one, place, rooms, rows, statement, unrelated
from .test_poll import Faulty


def test_a_beat_polls_what_is_due_and_no_more(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    with rooms(tmp_path, clock, [site.source(), site.source("off", enabled=False)]) as made:
        assert len(tick.tick(made, Event()).polls) == 1
        assert tick.tick(made, Event()).polls == ()
        clock.advance(hours=1)
        assert len(tick.tick(made, Event()).polls) == 1
        assert sources.marked(made.store, tick.LAST_TICK) == "2026-07-09T13:00:00Z"


@pytest.mark.parametrize(("wish", "polled"), [((), {"one", "two"}), (("two",), {"two"}), (("off",), {"off"}), (("nobody",), set())])
def test_a_wish_comes_true_at_the_next_beat_and_once(
    tmp_path: Path, clock: Clock, site: Site, wish: tuple[str, ...], polled: set[str]
) -> None:
    site.publish(unrelated())
    with rooms(tmp_path, clock, [site.source("one"), site.source("two"), site.source("off", enabled=False)]) as made:
        tick.tick(made, Event())
        sources.wish(made.store, wish)
        assert {done.source_id for done in tick.tick(made, Event()).polls} == polled
        assert tick.tick(made, Event()).polls == ()


def test_a_beat_that_is_stopped_is_none(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    ending = Event()
    ending.set()
    with rooms(tmp_path, clock, [site.source()]) as made:
        sources.wish(made.store, ())
        assert tick.tick(made, ending).stopped
        assert sources.marked(made.store, tick.LAST_TICK) == ""
        assert sources.wished(made.store) is not None


SLOW = replace(FETCH, workers=1)


def test_a_pass_that_takes_its_time_gives_signs_of_life(tmp_path: Path, clock: Clock, site: Site) -> None:
    """Each page takes the clock two minutes further; whoever looks meanwhile sees a daemon that is awake."""
    site.publish(*(unrelated(number) for number in range(12)))
    seen, called = [], []

    def look(path: str) -> None:
        clock.advance(minutes=2)  # four pages are asked for ahead: eight minutes between two signs at most
        with Store(place(tmp_path).database, clock) as store:
            seen.append(health.is_awake(store))

    with rooms(tmp_path, clock, [site.source()], fetch=SLOW) as made:
        tick.tick(made, Event())
        site.publish(*(unrelated(number) for number in range(24)))
        clock.advance(hours=1)
        site.heard = look
        tick.tick(made, Event(), alive=lambda: called.append(clock()))
        assert len(seen) >= 12
        assert all(seen)
        assert len(called) >= 3
        assert (sources.marked(made.store, tick.UNDER_WAY), health.is_awake(made.store)) == ("", True)


@pytest.mark.parametrize(("tick_ended", "heartbeat", "under_way", "awake"), [
    (None, None, None, False),
    (10, None, None, True),
    (11, None, None, False),
    (-11, None, None, False),  # by a clock that ran ahead
    (60, 9, 50, True),
    (60, 11, 50, False),  # nothing was heard since
    (None, 1, 30, True),  # the very first pass
    (600, 1, 181, False),  # it hangs, or fails again and again
    (60, 9, None, False),
])  # fmt: skip
def test_who_is_awake(
    tmp_path: Path, clock: Clock, tick_ended: int | None, heartbeat: int | None, under_way: int | None, awake: bool
) -> None:
    with rooms(tmp_path, clock) as made:
        for name, ago in ((tick.LAST_TICK, tick_ended), (tick.HEARTBEAT, heartbeat), (tick.UNDER_WAY, under_way)):
            sources.mark(made.store, name, "" if ago is None else utc(clock() - timedelta(minutes=ago)))
        assert health.is_awake(made.store) is awake


def test_a_tick_that_fails_again_and_again_is_under_way_since_the_first_time(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    ending = Event()
    ending.set()
    with rooms(tmp_path, clock, [site.source()]) as made:
        for _ in range(13):
            tick.tick(made, ending)  # it does not end
            assert health.is_awake(made.store)
            clock.advance(minutes=15)
        tick.tick(made, ending)
        assert sources.marked(made.store, tick.UNDER_WAY) == "2026-07-09T12:00:00Z"
        assert not health.is_awake(made.store)
        clock.advance(minutes=21)  # the process died, and another begins
        tick.tick(made, ending)
        assert sources.marked(made.store, tick.UNDER_WAY) == made.store.now()
        assert health.is_awake(made.store)
        tick.tick(made, Event())
        assert sources.marked(made.store, tick.UNDER_WAY) == ""


def test_a_pass_that_hangs_is_not_called_alive(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(*(unrelated(number) for number in range(12)))
    called = []
    with rooms(tmp_path, clock, [site.source()], fetch=SLOW) as made:
        site.heard = lambda _: clock.advance(hours=1)
        began = clock()
        tick.tick(made, Event(), alive=lambda: called.append(clock() - began))
    assert called
    # The threads of the site move the clock between the look at it and the call, an hour each.
    assert max(called) <= tick.LONGEST + timedelta(hours=FETCH.workers)
    assert clock() - began > tick.LONGEST + timedelta(hours=FETCH.workers)


def test_a_bug_of_one_page_is_raised_when_all_else_is_done(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement("Seoul"), statement("Tokyo"))
    faulty = replace(desk(), judge=Faulty("seoul"))  # type: ignore[arg-type]
    with rooms(tmp_path, clock, [site.source()], made=faulty) as made:
        sources.wish(made.store, ())
        with pytest.raises(ZeroDivisionError):
            tick.tick(made, Event())
        assert sources.marked(made.store, tick.LAST_TICK) == made.store.now()
        assert one(made, "SELECT count(*) FROM articles") == 1
        assert tick.tick(made, Event()).polls == ()


def test_a_beat_finishes_what_a_channel_did_not_take(tmp_path: Path, clock: Clock) -> None:
    channel = Channel("file", "file", path="out/digest.html")
    with rooms(tmp_path, clock, alerts=AlertSettings((channel,), watch_report="")) as made:
        (tmp_path / "out").write_text("in the way")
        intake.run(made, [jsonl(tmp_path / "a.jsonl", statement())], alert=True)
        assert [told.state for told in digest.send(made)] == ["pending"]
        (tmp_path / "out").unlink()
        tick.tick(made, Event())
        assert [row["state"] for row in delivered(made)] == ["pending"]
        clock.advance(minutes=1)
        tick.tick(made, Event())
        assert [row["state"] for row in delivered(made)] == ["sent"]


def test_each_good_beat_calls_the_heartbeat(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages["/beat?key=s3cret"] = Sheet(b"ok", "text/plain")
    with rooms(tmp_path, clock, alerts=AlertSettings(heartbeat_url=f"{site.url}/beat?key=s3cret")) as made:
        tick.tick(made, Event())
        tick.tick(made, Event())
    assert site.times("/beat?key=s3cret") == 2


def test_a_heartbeat_that_nobody_hears_is_logged_without_its_secret(tmp_path: Path, clock: Clock) -> None:
    log = Log()
    with rooms(tmp_path, clock, alerts=AlertSettings(heartbeat_url=f"http://127.0.0.1:{closed_port()}/?key=s3cret"), log=log) as made:
        tick.tick(made, Event())
        assert sources.marked(made.store, tick.LAST_TICK) != ""
    assert len(log.events("heartbeat")) == 1
    assert "s3cret" not in log.getvalue()


def test_health_is_that_of_the_last_beat_and_of_the_sources(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement())
    polled = [site.source(), site.source("down", "/nothing"), site.source("press", official=False), site.source("off", enabled=False)]
    with rooms(tmp_path, clock, polled) as made:
        report = health.report(made.config, made.store)
        assert (report["awake"], report["last_tick"], report["sources"], report["official_answering"], report["failing"]) == (
            False,
            "never",
            3,
            "0 of 2",
            0,
        )
        tick.tick(made, Event())
        clock.advance(minutes=health.ASLEEP_MINUTES)
        report = health.report(made.config, made.store)
        assert (report["awake"], report["official_answering"], report["failing"], report["articles"]) == (True, "1 of 2", 1, 1)
        clock.advance(seconds=1)
        assert not health.report(made.config, made.store)["awake"]
        assert rows(made, "SELECT id FROM wishes") == []
