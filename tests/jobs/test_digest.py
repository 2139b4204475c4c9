"""The digest: told once, to each channel, whatever happens between storing and sending."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from scraper.errors import InputError
from scraper.jobs import digest, intake, poll
from scraper.jobs.digest import AGAIN_MINUTES
from scraper.jobs.poll import INCIDENT_FAILURES
from scraper.jobs.rooms import Rooms
from scraper.model.routing import Rule
from scraper.model.settings import AlertSettings, Channel
from scraper.storage import alerts, sources

from .house import START, Clock, Site, closed_port, delivered, jsonl, one, rooms, rows, statement, unrelated

FILE = Channel("file", "file", path="out/digest.html", zone="Asia/Seoul")
KOREAN = Channel("seoul", "file", path="out/seoul.html", language="ko", zone="Asia/Seoul")


def settings(*channels: Channel, **changed: Any) -> AlertSettings:
    return AlertSettings(channels, zone="Asia/Seoul", **{"watch_report": "", **changed})


def mail(port: int) -> Channel:
    return Channel(
        "mail", "email", host="127.0.0.1", port=port, security="none", sender="monitor@desk.example", recipients=("one@to.example",)
    )


def news(made: Rooms, folder: Path, place: str = "Seoul", **changed: Any) -> None:
    """Let one statement arrive, with an alert."""
    assert intake.run(made, [jsonl(folder / f"{place}.jsonl", statement(place, **changed))], alert=True).new == 1


class Letterbox:
    """Keeps the mails it is handed."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd calls it so
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        return "250 kept"

    @property
    def ids(self) -> list[str]:
        return [message_from_bytes(mail)["Message-ID"] for mail in self.mails]


@contextmanager
def serving(port: int, **options: Any) -> Iterator[Letterbox]:
    """A mail server at a port."""
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def test_nothing_is_sent_where_nothing_happened(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=settings(FILE)) as made:
        assert digest.send(made) == ()
        assert digest.preview(made) is None
        assert one(made, "SELECT count(*) FROM digests") == 0


def test_news_is_told_once_to_each_channel_in_its_language(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=settings(FILE, KOREAN, Channel("off", "file", enabled=False, path="off.html"))) as made:
        news(made, tmp_path)
        shown = digest.preview(made)
        assert shown is not None
        assert [(told.channel, told.state) for told in digest.send(made)] == [("file", "sent"), ("seoul", "sent")]
        english, korean = ((tmp_path / "out" / name).read_text("utf-8") for name in ("digest.txt", "seoul.txt"))
        assert statement().title[:40] in " ".join(english.split())
        assert english != korean
        assert english == shown.text
        assert digest.send(made) == ()
        assert digest.preview(made) is None
        assert {row["state"] for row in delivered(made)} == {"sent"}
        clock.advance(hours=24)
        news(made, tmp_path, "Tokyo")
        assert len(digest.send(made)) == 2
        assert len({row["message_id"] for row in delivered(made)}) == 4


def test_a_channel_that_fails_stops_no_other_and_gets_the_same_message_later(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=settings(mail(port), FILE)) as made:
        news(made, tmp_path)
        assert [(told.channel, told.state) for told in digest.send(made)] == [("mail", "pending"), ("file", "sent")]
        assert digest.deliver_pending(made) == ()  # its time has not come
        clock.advance(minutes=1)
        assert [told.state for told in digest.deliver_pending(made)] == ["pending"]
        clock.advance(minutes=4)
        assert digest.deliver_pending(made) == ()
        clock.advance(minutes=1)
        with serving(port) as box:
            assert [told.state for told in digest.deliver_pending(made)] == ["sent"]
            assert digest.send(made) == digest.deliver_pending(made) == ()
        (row, _) = delivered(made)
        assert (row["state"], row["attempts"]) == ("sent", 3)
        assert box.ids == [f"<{row['message_id']}@desk.example>"]


def test_a_channel_is_given_up_only_after_more_than_a_day(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=settings(mail(closed_port()))) as made:
        news(made, tmp_path)
        states = [told.state for told in digest.send(made)]
        for minutes in AGAIN_MINUTES:
            clock.advance(minutes=minutes)
            states += [told.state for told in digest.deliver_pending(made)]
        assert states == ["pending"] * len(AGAIN_MINUTES) + ["failed"]
        clock.advance(days=3)
        assert digest.deliver_pending(made) == ()
    assert sum(AGAIN_MINUTES) > 24 * 60


def test_who_asks_for_the_digest_now_gets_a_further_attempt_at_once(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=settings(mail(port))) as made:
        news(made, tmp_path)
        digest.send(made)
        with serving(port) as box:
            assert [told.state for told in digest.send(made)] == ["sent"]
            assert len(box.mails) == 1


def test_a_channel_that_can_never_take_it_is_not_tried_again(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=settings(Channel("odd", "pigeon"), FILE)) as made:
        news(made, tmp_path)
        assert [(told.channel, told.state) for told in digest.send(made)] == [("odd", "failed"), ("file", "sent")]
        assert digest.send(made) == ()


def test_what_a_crash_left_between_storing_and_sending_goes_out_under_its_own_id(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=settings(mail(port))) as made:
        news(made, tmp_path)
        waiting = [row["id"] for row in alerts.undelivered(made.store, "mail")]
        row = {
            "channel": "mail",
            "made_at": made.store.now(),
            "subject": "s",
            "message_id": "digest-of-before",
            "text": "t",
            "html": "<p>t</p>",
        }
        alerts.prepare(made.store, row, waiting)
    with rooms(tmp_path, clock, alerts=settings(mail(port))) as made, serving(port) as box:
        assert [told.state for told in digest.deliver_pending(made)] == ["sent"]
        assert digest.send(made) == ()
        assert box.ids == ["<digest-of-before@desk.example>"]


def test_what_is_pending_for_a_channel_that_is_gone_hurts_nobody(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=settings(mail(closed_port()))) as made:
        news(made, tmp_path)
        digest.send(made)
    with rooms(tmp_path, clock, alerts=settings(FILE)) as made:
        assert [(told.channel, told.state) for told in digest.send(made)] == [("file", "sent")]


def test_what_was_held_back_is_said_once(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=settings(FILE)) as made:
        intake.run(made, [jsonl(tmp_path / "old.jsonl", statement("Tokyo", at=START - timedelta(days=30)))], alert=True)
        assert digest.send(made) == ()
        news(made, tmp_path)
        digest.send(made)
        assert "tored without an alert" in (tmp_path / "out" / "digest.txt").read_text("utf-8")
        clock.advance(hours=24)
        news(made, tmp_path, "Honolulu")
        digest.send(made)
        assert "tored without an alert" not in (tmp_path / "out" / "digest.txt").read_text("utf-8")


SUNDAY = datetime(2026, 7, 12, 14, 59, tzinfo=UTC)  # a minute before Monday in Seoul


def test_a_watch_report_comes_on_mondays_only_and_once(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    clock.now = SUNDAY
    sent = []
    with rooms(tmp_path, clock, [site.source()], alerts=settings(FILE, watch_report="monday")) as made:
        for hours in (0, 1, 1, 24, 24 * 6, 1):
            clock.advance(hours=hours)
            poll.run(made, made.config.sources)
            sent.append(len(digest.send(made)))
        assert sent == [0, 1, 0, 0, 1, 0]
        assert len({row["message_id"] for row in delivered(made)}) == 2


def test_a_watch_report_of_nothing_is_none(tmp_path: Path, clock: Clock) -> None:
    clock.now = SUNDAY + timedelta(hours=1)
    with rooms(tmp_path, clock, alerts=settings(FILE, watch_report="monday")) as made:
        assert digest.send(made) == ()


def test_a_source_that_fails_is_told_and_then_only_named(tmp_path: Path, clock: Clock, site: Site) -> None:
    with rooms(tmp_path, clock, [site.source()], alerts=settings(FILE)) as made:
        for _ in range(INCIDENT_FAILURES):
            poll.run(made, made.config.sources)
            clock.advance(hours=7)
        assert len(digest.send(made)) == 1
        assert "Ministry" in (tmp_path / "out" / "digest.txt").read_text("utf-8")
        clock.advance(hours=24)
        poll.run(made, made.config.sources)
        assert digest.send(made) == ()


@pytest.mark.parametrize(
    ("zone", "last", "now", "sent"),
    [
        ("Asia/Seoul", "2026-07-08T22:30:00Z", "2026-07-09T22:29:00Z", 0),  # 07:30 in Seoul is 22:30 UTC
        ("Asia/Seoul", "2026-07-08T22:30:00Z", "2026-07-09T22:30:00Z", 1),
        ("Asia/Seoul", "2026-07-09T22:30:01Z", "2026-07-09T22:31:00Z", 0),
        ("Asia/Seoul", "2026-07-01T22:30:00Z", "2026-07-09T12:00:00Z", 1),  # a digest time that nobody was awake for
        ("America/New_York", "2026-07-09T11:29:00Z", "2026-07-09T11:31:00Z", 1),
        ("America/New_York", "2026-07-08T22:29:00Z", "2026-07-09T11:29:00Z", 0),
    ],
)
def test_the_digest_of_a_channel_is_due_at_its_own_time(tmp_path: Path, clock: Clock, zone: str, last: str, now: str, sent: int) -> None:
    clock.now = datetime.fromisoformat(now)
    with rooms(tmp_path, clock, alerts=settings(replace(FILE, zone=zone))) as made:
        sources.mark(made.store, digest.LAST_DIGEST, last)
        alerts.raise_once(made.store, alerts.Alert("disk:1", "disk", detail="the disk is nearly full"))
        assert len(digest.tell_due(made)) == sent
        assert digest.tell_due(made) == ()


def test_the_preview_sends_nothing_and_speaks_three_languages(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=settings()) as made:
        news(made, tmp_path)
        shown = [digest.preview(made, language=language) for language in ("en", "ko", "ja")]
        assert len({message.text for message in shown if message}) == 3
        assert rows(made, "SELECT * FROM digests") == []
        assert digest.send(made) == ()


@contextmanager
def asking(port: int, *passwords: bytes) -> Iterator[Letterbox]:
    """A mail server at a port that knows one user by these passwords."""

    def knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=data.password in passwords, handled=False)

    with serving(port, authenticator=knows, auth_require_tls=False) as box:
        yield box


def test_a_password_that_is_mended_loses_nothing(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    wrong = replace(mail(port), username="desk", password="old")
    with asking(port, b"new") as box:
        with rooms(tmp_path, clock, alerts=settings(wrong, FILE)) as made:
            news(made, tmp_path)
            assert [(told.channel, told.state) for told in digest.send(made)] == [("mail", "pending"), ("file", "sent")]
            assert digest.deliver_pending(made) == ()  # it is not asked more often than one that does not answer
            other = " ".join((tmp_path / "out" / "digest.txt").read_text("utf-8").split())
            assert "the channel mail takes nothing: credentials refused: the mail server answered 535" in other
            clock.advance(minutes=1)
            assert [told.state for told in digest.deliver_pending(made)] == ["pending"]
            assert one(made, "SELECT count(*) FROM alerts WHERE kind = 'channel_failing'") == 1  # said once
            clock.advance(hours=1)
            news(made, tmp_path, "Tokyo")
        with rooms(tmp_path, clock, alerts=settings(replace(wrong, password="new"), FILE)) as made:
            digest.tell_due(made)
            digest.tell_due(made)
            states = {row["state"] for row in delivered(made) if row["channel"] == "mail"}
            assert states == {"sent"}
            assert len(box.ids) == len(set(box.ids)) == 2
            assert sources.marked(made.store, "failing:mail") == ""


@pytest.mark.parametrize(("asked", "minutes"), [("1800", 30), ("30", 1), ("999999", 1440), ("Thu, 09 Jul 2026 14:00:00 GMT", 120)])
def test_who_asks_to_be_left_alone_is(tmp_path: Path, clock: Clock, asked: str, minutes: int) -> None:
    with (
        Site() as site,
        rooms(tmp_path, clock, alerts=settings(Channel("hook", "webhook", url=site.url, secret="s", allow_private=True))) as made,
    ):
        site.answers_to_posts(503, (("Retry-After", asked),))
        news(made, tmp_path)
        assert [told.state for told in digest.send(made)] == ["pending"]
        clock.advance(minutes=minutes, seconds=-1)
        assert digest.deliver_pending(made) == ()
        clock.advance(seconds=1)
        site.answers_to_posts(200)
        assert [told.state for told in digest.deliver_pending(made)] == ["sent"]


def test_it_is_left_alone_to_the_last_moment(tmp_path: Path, clock: Clock) -> None:
    clock.advance(milliseconds=600)
    with (
        Site() as site,
        rooms(tmp_path, clock, alerts=settings(Channel("hook", "webhook", url=site.url, secret="s", allow_private=True))) as made,
    ):
        site.answers_to_posts(429, (("Retry-After", "1800"),))
        news(made, tmp_path)
        digest.send(made)
        clock.advance(seconds=1799, milliseconds=700)
        assert digest.deliver_pending(made) == ()
        clock.advance(seconds=1)
        assert [told.state for told in digest.deliver_pending(made)] == ["pending"]


def found(made: Rooms, since: datetime | None = None) -> list[str]:
    """The places of the statements that a preview finds."""
    shown = digest.preview(made, since=since)
    assert shown is not None
    return sorted(one["statement"]["title"].split()[-1] for one in json.loads(shown.payload)["findings"] if one["kind"] == "new_statement")


def previews(made: Rooms, since: datetime | None = None, **chosen: str) -> str:
    shown = digest.preview(made, since=since, **chosen)
    return " ".join(shown.text.split()) if shown else ""


def test_a_preview_since_a_moment_tells_what_was_told_too(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=settings(FILE, KOREAN)) as made:
        news(made, tmp_path)
        digest.send(made)
        clock.advance(hours=24)
        news(made, tmp_path, "Tokyo", at=START + timedelta(hours=20))
        assert found(made) == found(made, START + timedelta(seconds=1)) == ["Tokyo"]
        assert found(made, START) == ["Seoul", "Tokyo"]
        intake.run(made, [jsonl(tmp_path / "old.jsonl", statement("Honolulu", at=START - timedelta(days=30)))], alert=True)
        assert "tored without an alert" in previews(made)
        assert "tored without an alert" not in previews(made, START)  # that is counted from digest to digest
        assert digest.preview(made, since=clock() + timedelta(seconds=1)) is None


def test_a_preview_is_for_a_channel_with_its_language_zone_and_rules(tmp_path: Path, clock: Clock) -> None:
    york = Channel("york", "file", path="out/york.html", zone="America/New_York")
    never = Rule("never", channels=("deaf",))
    deaf = replace(FILE, name="deaf", enabled=False)
    with rooms(tmp_path, clock, alerts=settings(FILE, KOREAN, york, deaf, rules=(never,))) as made:
        news(made, tmp_path)
        assert previews(made) == previews(made, channel="file") != previews(made, channel="seoul")
        assert previews(made, channel="seoul") == previews(made, channel="file", language="ko")
        assert previews(made, channel="york") != previews(made, channel="file")  # other times
        assert previews(made, channel="deaf") == previews(made, START, channel="deaf") == ""
        with pytest.raises(InputError, match="there is no channel nobody"):
            previews(made, channel="nobody")


def test_a_preview_writes_nothing_and_two_of_one_state_are_the_same(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=settings(FILE, KOREAN, pages_url="https://monitor.example.org/")) as made:
        news(made, tmp_path, name="Trilateral Harbour Lantern Initiative")
        first = digest.preview(made)
        assert first is not None
        assert "/review/" in first.html
        assert sorted(path.name.partition("-")[0] for path in (tmp_path / "db").iterdir() if path.is_file()) == ["trilateral.db"] * 3
        digest.send(made)
        news(made, tmp_path, "Tokyo")
        before = made.store.db.conn.total_changes
        made.store.db.execute("PRAGMA query_only = ON")
        told = [digest.preview(made, language=language, since=since) for language in ("en", "ko", "ja") for since in (None, START)]
        clock.advance(hours=2, seconds=7)
        assert [digest.preview(made, language=language, since=since) for language in ("en", "ko", "ja") for since in (None, START)] == told
        assert None not in told
        assert made.store.db.conn.total_changes == before
