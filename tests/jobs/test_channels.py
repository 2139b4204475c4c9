"""Digests through the channels of machines: stored in every form, and sent again the same after a failure."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import feedparser

from scraper.jobs import digest, intake
from scraper.jobs.rooms import Rooms
from scraper.model.settings import AlertSettings, Channel

from .house import Clock, closed_port, delivered, jsonl, one, rooms, statement

Got = list[tuple[str, str, bytes]]


@contextmanager
def receiving(port: int, *statuses: int) -> Iterator[Got]:
    """A receiver at a port: the path, the idempotency key and the body of what came; it answers with the statuses in turn, then 200."""
    got: Got = []
    waiting = list(statuses)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, self.headers.get("Idempotency-Key", ""), body))
            self.send_response(waiting.pop(0) if waiting else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def settings(port: int) -> AlertSettings:
    hook = Channel("hook", "webhook", url=f"http://127.0.0.1:{port}/hook", secret="s", allow_private=True)
    phone = Channel("phone", "apprise", url=f"json://127.0.0.1:{port}/phone", language="ja")
    return AlertSettings((hook, phone, Channel("feed", "atom", path="out/feed.atom")), zone="Asia/Seoul", watch_report="")


def news(made: Rooms, folder: Path) -> None:
    assert intake.run(made, [jsonl(folder / "news.jsonl", statement())], alert=True).new == 1


def test_told_again_the_same_when_the_receiver_is_there_again(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=settings(port)) as made:
        news(made, tmp_path)
        assert [(told.channel, told.state) for told in digest.send(made)] == [("hook", "pending"), ("phone", "pending"), ("feed", "sent")]
        assert "could not be reached" in str(one(made, "SELECT answer FROM deliveries WHERE channel = 'hook'"))
        stored = (
            one(made, "SELECT payload FROM digests WHERE channel = 'hook'"),
            one(made, "SELECT short FROM digests WHERE channel = 'phone'"),
        )
        clock.advance(minutes=10)
        with receiving(port, 500) as got:
            assert [told.state for told in digest.deliver_pending(made)] == ["pending", "sent"]
            clock.advance(minutes=10)
            assert [told.state for told in digest.deliver_pending(made)] == ["sent"]
        first, phone, second = got
        assert first == second
        assert first[2].decode() == stored[0]
        assert first[1] == one(made, "SELECT message_id FROM digests WHERE channel = 'hook'")
        told = json.loads(phone[2])
        assert [told["title"], told["message"]] == stored[1].split("\n")
        payload = json.loads(stored[0])
        assert [finding["kind"] for finding in payload["findings"]].count("new_statement") == 1
        assert {row["state"] for row in delivered(made)} == {"sent"}
        assert digest.send(made) == ()


def test_refused_for_good_is_not_tried_again(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=settings(port)) as made, receiving(port, 400, 400) as got:
        news(made, tmp_path)
        assert [told.state for told in digest.send(made)][:2] == ["failed", "failed"]
        clock.advance(hours=2)
        assert digest.deliver_pending(made) == ()
        assert len(got) == 2


def test_what_was_stored_before_there_were_forms_can_be_sent(tmp_path: Path, clock: Clock) -> None:
    port = closed_port()
    with rooms(tmp_path, clock, alerts=settings(port)) as made:
        news(made, tmp_path)
        digest.send(made)
        with made.store.transaction():
            made.store.write("UPDATE digests SET short = '', payload = ''")
        with receiving(port) as got:
            assert [told.state for told in digest.deliver_pending(made, at_once=True)] == ["sent", "sent"]
        subject, text = made.store.rows("SELECT subject, text FROM digests WHERE channel = 'hook'")[0].values()
        told = json.loads(got[0][2])
        assert (told["subject"], told["text"], told["findings"]) == (subject, text, [])


def test_feed_holds_each_digest_once(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, alerts=settings(closed_port())) as made:
        news(made, tmp_path)
        digest.send(made)
        with made.store.transaction():  # as a crash between the writing and the settling leaves it
            made.store.write("UPDATE deliveries SET state = 'pending', attempted_at = NULL WHERE channel = 'feed'")
        before = (tmp_path / "out" / "feed.atom").read_bytes()
        assert "sent" in [told.state for told in digest.deliver_pending(made) if told.channel == "feed"]
        assert (tmp_path / "out" / "feed.atom").read_bytes() == before
        (entry,) = feedparser.parse(before).entries
        assert entry.title == one(made, "SELECT subject FROM digests WHERE channel = 'feed'")
