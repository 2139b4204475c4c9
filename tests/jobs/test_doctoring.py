"""What the doctor finds: clock, mail, database, and a configuration that is read again."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from aiosmtpd.controller import Controller

from scraper import app
from scraper.config import defaults_folder
from scraper.errors import ConfigError
from scraper.fetch import Fetcher
from scraper.jobs import doctoring, home
from scraper.model.settings import AlertSettings, Channel
from scraper.model.source import Page, Source
from scraper.storage.store import Store

from .house import FETCH, Clock, Log, Sheet, Site, packaged, place, rooms, statement

MAIL = Channel("desk", "email", host="127.0.0.1", security="none", sender="a@b.example", recipients=("c@d.example",))


def page(**headers: str) -> Page:
    return Page("u", "u", 200, headers, b"", "2026-07-09T12:00:00Z")


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"date": "Thu, 09 Jul 2026 12:00:00 GMT"}, 0),
        ({"date": "Thu, 09 Jul 2026 11:50:00 GMT"}, 600),
        ({"date": "Thu, 09 Jul 2026 11:50:00 GMT", "age": "600"}, 0),
        ({"date": "Thu, 09 Jul 2026 12:05:00 -0000", "age": "x"}, -300),
        ({"date": "yesterday"}, None),
        ({}, None),
    ],
)
def test_the_clock_of_a_server(headers: Mapping[str, str], wanted: float | None) -> None:
    assert doctoring.offset(page(**headers)) == wanted


@pytest.mark.parametrize(("hours", "grade"), [(0.0, "ok"), (0.02, "ok"), (0.1, "fail"), (-3.0, "fail")])
def test_our_clock_against_theirs(site: Site, hours: float, grade: str) -> None:
    clock = Clock(app.now())
    clock.advance(hours=hours)
    site.pages["/feed"] = Sheet(b"<rss/>", "application/rss+xml")
    config = replace(packaged(), sources=(site.source("a"), site.source("b"), site.source("gone", "/none")))
    with Fetcher(FETCH, clock) as fetcher:
        told = doctoring.clock_of(doctoring.asked(config, fetcher, clock))
    assert (told.name, told.grade) == ("clock", grade)
    assert ("ahead" in told.sentence, "behind" in told.sentence) == (grade == "fail" and hours > 0, hours < 0)


def test_mail_is_greeted_and_nothing_is_sent() -> None:
    class Box:
        mails = 0

        async def handle_DATA(self, *_: object) -> str:  # noqa: N802  aiosmtpd calls it so
            Box.mails += 1
            return "250 OK"

    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    server = Controller(Box(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        channels = (replace(MAIL, port=port), replace(MAIL, name="tls", port=port, security="starttls"), replace(MAIL, enabled=False))
        told = list(doctoring.mail(replace(packaged(), alerts=AlertSettings(channels=channels))))
    finally:
        server.stop()
    assert [one.grade for one in told] == ["ok", "fail"], "the server offers no STARTTLS"
    assert told[0].sentence == f"desk: 127.0.0.1:{port} answers."
    assert Box.mails == 0


def test_sources_of_one_publisher_stand_in_for_each_other(site: Site, clock: Clock) -> None:
    site.publish(statement(at=clock()))
    polled = (site.source("a"), site.source("b", "/none", publisher="a", rank=1), site.source("alone", "/none"))
    summary, *told = examined(polled, clock)
    assert {one.sentence.split(":")[0]: one.grade for one in told} == {"a": "ok", "b": "warn", "alone": "fail"}
    assert (summary.grade, summary.sentence) == ("fail", "1 of 3 official sources answer from this address; unwatched: alone (en).")
    assert [one.grade for one in told] == ["fail", "warn", "ok"], "what is worst stands in front"
    assert examined(polled[:2], clock)[0].grade == "warn"
    assert examined(polled[:1], clock)[0] == doctoring.Finding("sources", "ok", "1 of 1 official source answer from this address.")


def examined(polled: tuple[Source, ...], clock: Clock, patience: float = 60.0) -> list[doctoring.Finding]:
    """What the doctor says of these sources."""
    ending = Event()
    with Fetcher(FETCH, clock, sleep=ending.wait) as fetcher:
        seen = doctoring.asked(replace(packaged(), sources=polled), fetcher, clock, patience=patience, ending=ending)
    return list(doctoring.sources(seen))


def test_sources_of_a_host_that_is_down_share_a_line(site: Site, clock: Clock) -> None:
    first, second = (replace(site.source(name), url="http://nowhere.invalid/feed") for name in ("a", "b"))
    summary, one = examined((first, second), clock)
    assert "0 of 2 official sources answer" in summary.sentence
    assert "look at this machine's network" in summary.sentence
    assert one.sentence.startswith("a, b: dns: nowhere.invalid cannot be resolved")


def test_old_news_alone_is_a_warning(site: Site, clock: Clock) -> None:
    site.publish(statement(at=clock()))
    clock.advance(hours=24 * 30)
    _, told = examined((site.source("a", stale_after=7.0),), clock)
    assert (told.grade, told.sentence) == ("warn", "a: answers, but the newest entry is 30 days old; 7 would be usual at most.")


def test_no_source_holds_the_doctor_up_for_longer_than_patience(site: Site, clock: Clock) -> None:
    site.publish(statement(at=clock()))
    never = Event()
    site.pages["/slow"] = Sheet(wait=never)
    try:
        summary, late, fine = examined((site.source("a"), site.source("slow", "/slow")), clock, patience=1.0)
    finally:
        never.set()
    assert (summary.grade, fine.grade, late.grade) == ("fail", "ok", "warn")
    assert late.sentence == "slow: timeout: no answer within 1 seconds, in which all sources were asked."


def test_a_host_that_wants_long_pauses_does_not_hold_the_doctor_up_either(site: Site, clock: Clock) -> None:
    site.publish(statement(at=clock()))
    slow = tuple(site.source(name, publisher="one", spacing=30.0) for name in ("a", "b"))
    summary, *told = examined(slow, clock, patience=2.0)
    assert summary.sentence.startswith("1 of 2 official sources answer")
    assert sorted(one.grade for one in told) == ["ok", "warn"]


def test_a_house_without_official_sources(clock: Clock) -> None:
    (only,) = examined((), clock)
    assert only.grade == "warn"


def test_a_database_before_an_upgrade_is_looked_at_and_not_changed(tmp_path: Path, clock: Clock) -> None:
    made = place(tmp_path)
    with Store(made.database, clock):
        pass
    told = {one.name: one for one in doctoring.house(made, upgrade=True)}
    assert {name: told[name].grade for name in ("database", "migrations", "backup")} == {
        "database": "ok",
        "migrations": "ok",
        "backup": "ok",
    }
    assert told["migrations"].sentence == "none is pending."
    with closing(sqlite3.connect(made.database)) as db, db:
        db.execute("DELETE FROM _sqlite_migrations")
    before = made.database.read_bytes()
    told = {one.name: one for one in doctoring.house(made, upgrade=True)}
    assert "0001_house" in told["migrations"].sentence
    assert made.database.read_bytes() == before
    with closing(sqlite3.connect(made.database)) as db, db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('trilateral', '9999_later', '')")
    (newer,) = [one for one in doctoring.house(made) if one.name == "database"]
    assert newer.grade == "fail"
    assert "newer version" in newer.sentence


def test_a_house_that_is_not_made_yet(tmp_path: Path) -> None:
    told = {one.name: one.grade for one in doctoring.house(place(tmp_path / "none"), upgrade=True)}
    assert told["database"] == "warn"
    assert "migrations" not in told


def test_the_configuration_is_read_again(tmp_path: Path, clock: Clock) -> None:
    log = Log()
    home.make(tmp_path, defaults_folder())
    path = tmp_path / "config" / "sources.toml"
    with rooms(tmp_path, clock, log=log) as made:
        path.write_text('[[source]]\nid = "x"\nname = "X"\nkind = "feed"\nurl = "https://x.example/"\n', "utf-8")
        fresh = app.reloaded(made, {})
        assert [source.id for source in fresh.config.sources] == ["x"]
        assert fresh.config.fetch == made.config.fetch
        assert (fresh.store, fresh.fetcher, fresh.ending) == (made.store, made.fetcher, made.ending)
        assert made.store.rows("SELECT id FROM sources WHERE id = 'x'") == [{"id": "x"}]
        path.write_text("[[source]]\n", "utf-8")
        with pytest.raises(ConfigError):
            app.reloaded(fresh, {})
    assert any("next start" in line["problem"] for line in log.events("config"))
