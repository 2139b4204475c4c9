"""The first day of a home: who is asked first, what the first message says, and that it comes once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from scraper.jobs import digest, tick
from scraper.jobs.rooms import Rooms
from scraper.model.history import Act, History
from scraper.model.settings import AlertSettings, Channel
from scraper.storage import sources

from .house import START, Clock, Log, Sheet, Site, closed_port, one, rooms, rows, statement, unrelated

CHANNELS = (Channel("page", "file", path="out/page.html", zone="Asia/Seoul"), Channel("ko", "file", path="out/ko.html", language="ko"))
ALERTS = AlertSettings(channels=CHANNELS, watch_report="", zone="Asia/Seoul")


def messages(made: Rooms) -> list[tuple[str, str, str]]:
    """The channel, subject and text of every message, in order."""
    return rows(made, "SELECT channel, subject, text FROM digests ORDER BY id")


def beat(made: Rooms, clock: Clock, times: int = 1, **by: float) -> None:
    for _ in range(times):
        tick.tick(made, Event())
        clock.advance(**(by or {"seconds": 15}))


def asked(site: Site) -> list[str]:
    """What was asked for first, each once."""
    return list(dict.fromkeys(path for path, _ in site.asked))


def acts(site: Site, number: int) -> tuple[Act, ...]:
    """Acts of the past with a page each on the site."""
    found = []
    for at in range(number):
        page = statement(("Seoul", "Tokyo", "Honolulu")[at % 3], at=START - timedelta(days=400 * (at + 1)), path=f"/past-{at}")
        site.pages[page.path] = Sheet(page.page())
        day = page.at.date().isoformat()
        found.append(Act(f"act-{at}", day, name=f"Meeting {at}", level="foreign_ministers", addresses=(site.url + page.path,)))
    return tuple(found)


def test_the_governments_come_first_then_the_past_then_the_press(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement("Seoul"))
    site.publish(unrelated(), path="/paper")
    past = History(acts(site, 8))
    press = replace(site.source("paper", "/paper"), official=False, party="")
    with rooms(tmp_path, clock, [press, site.source()], alerts=ALERTS, history=past) as made:
        beat(made, clock, 4)
        order = asked(site)
        assert order.index("/feed") < order.index("/past-0") < order.index("/past-7") < order.index("/paper")
        assert one(made, "SELECT count(*) FROM articles WHERE url LIKE '%/past-%'") == 8
        assert one(made, "SELECT count(*) FROM alerts WHERE kind = 'new_statement'") == 1, "of the past nobody is alerted"


def test_one_message_a_channel_says_what_there_is(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(
        statement("Seoul"), statement("Tokyo", at=START - timedelta(days=60)), statement("Honolulu", at=START - timedelta(days=300))
    )
    silent = replace(site.source("silent"), name="Ministry of Silence", url=f"http://127.0.0.1:{closed_port()}/feed")
    with rooms(tmp_path, clock, [site.source(), silent], alerts=ALERTS) as made:
        beat(made, clock, 5)
        (page, ko) = messages(made)
        assert [page[0], ko[0]] == ["page", "ko"]
        assert page[1] == "Welcome to the trilateral watch: 1 of 2 official sources answer; 2 statements of the last 90 days"
        assert "Ministry of Silence (silent): http" in page[2]
        assert "3 statements since " in page[2]
        assert "Next digest: 10 July 2026, 07:30" in page[2]
        assert "2곳 중 1곳" in ko[2] or "공식 출처 2곳 중 1곳 응답" in ko[1]
        assert rows(made, "SELECT a.kind, d.state FROM deliveries d JOIN alerts a ON a.id = d.alert_id") == [("new_statement", "sent")] * 2
        page_file = (tmp_path / "out" / "page.html").read_text("utf-8")
        assert "Welcome to the trilateral watch" in page_file
        beat(made, clock, 30, hours=1)
        assert len(messages(made)) == 2


def test_the_past_in_hand_ends_with_the_beat_and_gives_signs_of_life(tmp_path: Path, clock: Clock, site: Site) -> None:
    """Each page of the past takes the clock two minutes further, and after the third the daemon is told to end."""
    site.publish(statement("Seoul"))
    stop, called = Event(), []

    def look(path: str) -> None:
        if path.startswith("/past-"):
            clock.advance(minutes=2)
            if site.times("/past-2"):
                stop.set()

    with rooms(tmp_path, clock, [site.source()], alerts=ALERTS, history=History(acts(site, 12))) as made:
        site.heard = look
        tick.tick(made, stop, alive=lambda: called.append(clock()))
        assert one(made, "SELECT count(*) FROM backfills") == 3, "what was asked for is stored, and nobody else is asked"
        assert len(called) >= 3, "once for the feed, then between two pages"
        assert messages(made) == []


def test_it_waits_two_hours_for_a_past_that_takes_its_time(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement("Seoul"))
    past = History(acts(site, 100))
    with rooms(tmp_path, clock, [site.source()], alerts=ALERTS, history=past) as made:
        beat(made, clock, 3, minutes=10)
        assert messages(made) == []
        beat(made, clock, 11, minutes=10)
        assert len(messages(made)) == 2
        assert "the rest follows" in messages(made)[0][2]
        beat(made, clock, 6, minutes=10)
        assert one(made, "SELECT count(*) FROM articles WHERE url LIKE '%/past-%'") == 100


def test_a_home_that_was_at_work_before_gets_none(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement("Seoul"))
    with rooms(tmp_path, clock, [site.source()], alerts=ALERTS) as made:
        beat(made, clock)
        with made.store.transaction():
            made.store.write("DELETE FROM deliveries")
            made.store.write("DELETE FROM digests")
            sources.mark(made.store, digest.WELCOMED, "")
        clock.advance(days=5)
        beat(made, clock, 3)
        assert not [subject for _, subject, _ in messages(made) if subject.startswith("Welcome")]
        assert sources.marked(made.store, digest.WELCOMED)


def test_without_a_network_nobody_is_welcomed_before_it_is_back(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement("Seoul"))
    log = Log()
    gone = [replace(site.source(name), url=f"http://127.0.0.1:{closed_port()}/feed") for name in ("a", "b")]
    press = replace(gone[0], id="paper", official=False, party="")
    with rooms(tmp_path, clock, [*gone, press], alerts=ALERTS, log=log, history=History(acts(site, 2))) as made:
        beat(made, clock, 200, minutes=1)
        assert messages(made) == []
        assert len(log.events("offline")) == 1
        assert not log.events("past"), "nobody is asked for the past meanwhile"
    back = [replace(source, url=site.url + "/feed") for source in (*gone, press)]
    with rooms(tmp_path, clock, back, alerts=ALERTS, log=log, history=History(acts(site, 2))) as made:
        beat(made, clock, 12, minutes=1)
        assert messages(made)[0][1].startswith("Welcome to the trilateral watch: 2 of 2")


@pytest.mark.parametrize("news", [False, True])
def test_on_the_third_day_without_news_it_says_that_it_still_watches(tmp_path: Path, clock: Clock, site: Site, news: bool) -> None:
    site.publish(unrelated())
    with rooms(tmp_path, clock, [site.source()], alerts=ALERTS) as made:
        beat(made, clock, 2)
        assert len(messages(made)) == 2
        for day in range(1, 8):
            if news and day == 2:
                site.publish(statement("Tokyo", at=clock() - timedelta(hours=1)))
            beat(made, clock, 24, hours=1)
            digest.send(made)
        told = messages(made)[2:]
        if news:
            assert len(told) == 2
            assert not any("Still watching" in subject for _, subject, _ in told)
        else:
            assert ["Still watching" in text for _, _, text in told] == [True, False]
            assert ["모니터링 계속 중" in text for _, _, text in told] == [False, True]
            # Nobody watches two of the three governments here, and that is said first.
            assert [subject.split(":")[0] for _, subject, _ in told] == ["WATCH INCOMPLETE", "모니터링 공백"]
