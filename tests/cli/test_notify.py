"""notify list and notify test, and what the doctor says of channels."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from .conftest import Caller

TOKEN = "tk-geheim-4711"
CHANNELS = """
[[channel]]
name = "phone"
kind = "apprise"
url_file = "push"
language = "ko"

[[channel]]
name = "hook"
kind = "webhook"
url_file = "hook"
secret_file = "secret"
allow_private = true

[[channel]]
name = "feed"
kind = "atom"
path = "db/feed.atom"
language = "ja"

[[channel]]
name = "page"
kind = "file"
path = "db/digest.html"

[[channel]]
name = "mail"
kind = "email"
enabled = false
host = "smtp.example"
recipients = ["a@b.example"]
"""


class Receiving:
    def __init__(self) -> None:
        self.status = 200
        self.got: list[dict[str, Any]] = []


@pytest.fixture
def receiving() -> Iterator[tuple[Receiving, int]]:
    kept = Receiving()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(kept.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield kept, server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def house(fresh: Caller, receiving: tuple[Receiving, int]) -> Caller:
    """A home whose channels lead to the receiver."""
    assert fresh.home is not None
    folder = fresh.home / "config"
    (folder / "alerts.toml").write_text(CHANNELS, encoding="utf-8")
    (folder / "push").write_text(f"json://127.0.0.1:{receiving[1]}/{TOKEN}", encoding="utf-8")
    (folder / "hook").write_text(f"http://127.0.0.1:{receiving[1]}/{TOKEN}", encoding="utf-8")
    (folder / "secret").write_text(TOKEN, encoding="utf-8")
    return fresh


def test_list(house: Caller) -> None:
    told = house("notify", "list")
    assert told.exit_code == 0
    assert TOKEN not in told.output
    assert [(row["channel"], row["kind"], row["on"], row["language"], row["where"]) for row in house.json("notify", "list")] == [
        ("phone", "apprise", True, "ko", "form short"),
        ("hook", "webhook", True, "en", "http://127.0.0.1"),
        ("feed", "atom", True, "ja", "db/feed.atom"),
        ("page", "file", True, "en", "db/digest.html"),
        ("mail", "email", False, "en", "1 recipient by smtp.example:587"),
    ]


def test_each_channel_is_tried_in_its_language(house: Caller, receiving: tuple[Receiving, int]) -> None:
    assert house.home is not None
    phone, hook = house("notify", "test", "phone"), house("notify", "test", "hook")
    assert (phone.exit_code, phone.stdout) == (0, "phone: sent: accepted by JSON\n")
    assert (hook.exit_code, hook.stdout) == (0, "hook: sent: the webhook at 127.0.0.1 answered 200\n")
    pushed, posted = receiving[0].got
    assert pushed["title"] == "phone 채널 시험 발송"
    assert (posted["format"], posted["subject"], posted["findings"]) == (1, "Test of the channel hook", [])
    assert house("notify", "test", "feed").exit_code == 0
    assert "チャンネル「feed」のテスト配信" in (house.home / "db" / "feed.atom").read_text(encoding="utf-8")
    assert house("notify", "test", "page").exit_code == 0
    assert "Test of the channel page" in (house.home / "db" / "digest.txt").read_text(encoding="utf-8")
    assert not (house.home / "db" / "trilateral.db").exists()


@pytest.mark.parametrize(("status", "rest"), [(404, "it would be refused again"), (503, "it may pass")])
def test_what_the_channel_answered(house: Caller, receiving: tuple[Receiving, int], status: int, rest: str) -> None:
    receiving[0].status = status
    for name, who in (("phone", "JSON"), ("hook", "the webhook at 127.0.0.1")):
        told = house("notify", "test", name)
        assert told.exit_code == 1
        assert told.stderr == f"{name}: failed: {who} answered {status} ({rest})\n"
        assert TOKEN not in told.output


@pytest.mark.parametrize(("name", "said"), [("nobody", "there is no channel nobody"), ("mail", "the channel mail is off")])
def test_no_such_channel(house: Caller, name: str, said: str) -> None:
    told = house("notify", "test", name)
    assert told.exit_code == 2
    assert said in told.stderr


def test_the_doctor_knows_them(house: Caller) -> None:
    assert house.home is not None
    told = {row["sentence"].partition(":")[0]: row for row in house.json("doctor", "--offline") if row["name"] == "channel"}
    assert {name: row["grade"] for name, row in told.items()} == dict.fromkeys(("phone", "hook", "feed", "page"), "ok")
    assert TOKEN not in json.dumps(told)
    (house.home / "config" / "push").write_text(f"pigeon://{TOKEN}", encoding="utf-8")
    (house.home / "db" / "feed.atom").mkdir(parents=True)
    ill = {row["sentence"].partition(":")[0]: row for row in house.json("doctor", "--offline", exit_code=1) if row["name"] == "channel"}
    assert (ill["phone"]["grade"], ill["feed"]["grade"]) == ("fail", "fail")
    assert TOKEN not in json.dumps(ill)


def test_a_path_through_a_file_cannot_be_written(house: Caller) -> None:
    assert house.home is not None
    alerts: Path = house.home / "config" / "alerts.toml"
    alerts.write_text('[[channel]]\nname = "page"\nkind = "file"\npath = "config/alerts.toml/d.html"\n', encoding="utf-8")
    (found,) = [row for row in house.json("doctor", "--offline", exit_code=1) if row["name"] == "channel"]
    assert found["grade"] == "fail"
