"""What the doctor finds: clock, mail, database, and a configuration that is read again."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from scraper import app
from scraper.config import defaults_folder
from scraper.errors import ConfigError
from scraper.fetch import Fetcher
from scraper.jobs import doctoring, home
from scraper.model.settings import AlertSettings, Channel
from scraper.model.source import Page
from scraper.storage.store import Store

from .house import FETCH, Clock, Log, Sheet, Site, desk, packaged, place, rooms, statement

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
        told = doctoring.clock_of(config, fetcher, clock)
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
    base = desk()
    with Fetcher(FETCH, clock) as fetcher:
        told = list(doctoring.sources(replace(base, config=replace(base.config, sources=polled)), fetcher, clock))
    assert {one.sentence.split(":")[0]: one.grade for one in told} == {"a": "ok", "b": "warn", "alone": "fail"}


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
