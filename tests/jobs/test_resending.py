"""Digests sent again: as they were where they were not taken, as new messages where they were, and never counted twice."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from scraper.errors import InputError, NotFound
from scraper.jobs import digest, resending, tick
from scraper.jobs.digest import AGAIN_MINUTES
from scraper.jobs.rooms import Rooms
from scraper.model.settings import AlertSettings
from scraper.storage import alerts, digests, sources

from .house import Clock, closed_port, delivered, one, rooms, rows
from .test_channels import receiving
from .test_channels import settings as hooked
from .test_digest import FILE, KOREAN, mail, news, serving, settings

COUNTED = "SELECT count(alert_id), count(DISTINCT alert_id) FROM deliveries WHERE channel = ?"


def ask(made: Rooms, number: int, **how: Any) -> int:
    return resending.ask(made.store, made.config.alerts, number, **how).number


def test_what_is_pending_goes_out_at_once_under_its_own_id(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=settings(mail(port))) as made:
        news(made, tmp_path)
        digest.send(made)
        assert digest.deliver_pending(made) == ()  # its time has not come
        with serving(port) as box:
            wish, done = resending.resend(made, 1)
            assert (wish.number, done.channel, done.state) == (1, "mail", "sent")
        assert box.ids == [f"<{one(made, 'SELECT message_id FROM digests')}@desk.example>"]
        assert rows(made, COUNTED, "mail") == [(1, 1)]
        assert digest.send(made) == ()


def test_what_failed_for_good_goes_out_under_its_own_id(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=hooked(port)) as made, receiving(port, 400, 200, 400, 400) as got:
        news(made, tmp_path)
        digest.send(made)
        number = one(made, "SELECT id FROM digests WHERE channel = 'hook'")
        assert digests.stored(made.store, number)["state"] == "failed"
        assert [resending.resend(made, number)[1].state for _ in range(2)] == ["failed", "failed"]
        clock.advance(days=2)
        assert resending.resend(made, number)[1].state == "sent"
        assert len({(key, body) for path, key, body in got if path == "/hook"}) == 1
        assert (digests.stored(made.store, number)["attempts"], one(made, "SELECT count(*) FROM digests WHERE channel = 'hook'")) == (4, 1)
        assert rows(made, COUNTED, "hook") == [(1, 1)]


def test_what_was_sent_is_sent_again_only_where_that_is_meant_and_as_a_new_message(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=settings(mail(port), FILE)) as made, serving(port) as box:
        news(made, tmp_path)
        digest.send(made)
        clock.advance(hours=30)
        with pytest.raises(InputError, match=r"digest 1 was sent to mail at 2026-07-09T12:00:00Z; --again"):
            ask(made, 1)
        assert len(box.mails) == 1
        wish, done = resending.resend(made, 1, again=True)
        assert (wish.number, done.state) == (3, "sent")
        assert len(set(box.ids)) == 2
        first, _, again = made.store.rows("SELECT * FROM digests ORDER BY id")
        assert (again["repeats"], again["made_at"], again["text"], again["subject"]) == (
            1,
            made.store.now(),
            first["text"],
            first["subject"],
        )
        assert json.loads(again["payload"]) == {
            **json.loads(first["payload"]), "id": again["message_id"], "made_at": made.store.now(), "repeats": first["message_id"],
        }  # fmt: skip
        assert [row["id"] for row in digests.told(made.store, 3)] == [row["id"] for row in digests.told(made.store, 1)] != []
        assert [rows(made, COUNTED, name) for name in ("mail", "file")] == [[(1, 1)], [(1, 1)]]
        assert digest.send(made) == digest.tell_due(made) == ()
        assert resending.resend(made, 3, again=True)[0].number == 4
        assert rows(made, "SELECT repeats FROM digests WHERE id > 2") == [(1,), (1,)]
        assert len(set(box.ids)) == 3


def test_asking_twice_for_what_did_not_arrive_makes_one_message(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=settings(mail(port))) as made:
        news(made, tmp_path)
        with serving(port):
            digest.send(made)
        assert [resending.resend(made, 1, again=True)[1].state for _ in range(2)] == ["pending", "pending"]
        assert [ask(made, number, again=True) for number in (1, 2)] == [2, 2]
        with serving(port) as box:
            assert [told.state for told in digest.deliver_pending(made)] == ["sent"]
        assert len(box.mails) == 1


def test_the_daemon_does_at_its_next_tick_what_it_is_asked_to(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=settings(mail(port))) as made:
        news(made, tmp_path)
        digest.send(made)
        for minutes in AGAIN_MINUTES:
            clock.advance(minutes=minutes)
            digest.deliver_pending(made)
        assert [row["state"] for row in delivered(made)] == ["failed"]
        ask(made, 1)
        with serving(port) as box:
            tick.tick(made, Event())
            assert [row["state"] for row in delivered(made)] == ["sent"]
            clock.advance(minutes=1)
            tick.tick(made, Event())
            ask(made, 1, again=True)
            assert len(box.mails) == 1
            tick.tick(made, Event())
            tick.tick(made, Event())
        assert len(set(box.ids)) == len(box.ids) == 2


def test_another_channel_takes_it_too_and_is_not_told_anew(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=settings(KOREAN)) as made:
        news(made, tmp_path)
        digest.send(made)
    with rooms(tmp_path, clock, alerts=settings(mail(port))) as made, serving(port) as box:
        with pytest.raises(InputError, match="there is no channel seoul"):
            ask(made, 1)
        wish, done = resending.resend(made, 1, channel="mail")
        assert (wish.number, done.channel, done.state) == (2, "mail", "sent")
        assert b"Content-Language: ko" in box.mails[0]  # it is what was made
        assert digest.send(made) == ()  # the alert was told with it
        assert rows(made, COUNTED, "mail") == [(1, 1)]
        with pytest.raises(InputError, match="digest 2 was sent to mail"):
            ask(made, 1, channel="mail")
        assert one(made, "SELECT repeats FROM digests WHERE id = 2") == 1


def test_what_cannot_be_sent_again(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=settings(FILE, replace(KOREAN, enabled=False))) as made:
        news(made, tmp_path)
        digest.send(made)
        before = made.store.db.conn.total_changes
        for number, how, said in ((9, {}, "no digest 9"), (1, {"channel": "x"}, "no channel x"), (1, {"channel": "seoul"}, "is off")):
            with pytest.raises((InputError, NotFound), match=said):
                ask(made, number, **how)
        assert made.store.db.conn.total_changes == before


def test_an_old_digest_that_is_not_taken_says_nothing_of_its_channel(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=settings(mail(port), FILE)) as made:
        news(made, tmp_path)
        with serving(port):
            digest.send(made)
        clock.advance(days=20)
        resending.resend(made, 1, again=True)
        assert sources.marked(made.store, "failing:mail") == ""
        clock.advance(days=2)
        digest.deliver_pending(made)
        assert sources.marked(made.store, "failing:mail") == made.store.now()


def test_an_old_digest_says_nothing_of_its_channel_by_its_age(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    hook = hooked(port).channels[0]
    with rooms(tmp_path, clock, alerts=settings(hook, FILE)) as made, receiving(port, 400, 200, 503, 503) as got:
        news(made, tmp_path)
        assert [told.state for told in digest.send(made)] == ["failed", "sent"]
        news(made, tmp_path, "Tokyo")
        digest.send(made)
        assert sources.marked(made.store, "failing:hook") == ""
        clock.advance(days=20)
        assert resending.resend(made, 1)[1].state == "pending"
        assert sources.marked(made.store, "failing:hook") == ""
        clock.advance(days=1)
        assert [told.state for told in digest.deliver_pending(made)] == ["pending"]
        assert sources.marked(made.store, "failing:hook") == made.store.now()
        assert len(got) == 4


def test_word_that_we_watch_comes_although_an_old_digest_was_sent_again(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=settings(FILE)) as made:
        news(made, tmp_path)
        digest.send(made)
        before = made.store.now()
        clock.advance(hours=1)
        resending.resend(made, 1, again=True)
        assert not alerts.prepared_since(made.store, "file", before)


def test_a_digest_of_no_alert_can_be_repeated(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=AlertSettings((FILE,))) as made:
        row = {"channel": "file", "made_at": made.store.now(), "subject": "s", "message_id": "digest-x", "text": "t", "html": "<p>t</p>"}
        alerts.prepare(made.store, row, [])
        assert digest.deliver_pending(made)[0].state == "sent"
        assert resending.resend(made, 1, again=True)[1].state == "sent"
        assert digests.told(made.store, 2) == []
        assert json.loads(one(made, "SELECT payload FROM digests WHERE id = 2"))["repeats"] == "digest-x"
