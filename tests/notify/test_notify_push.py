"""Apprise through a real HTTP server on loopback."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from scraper.errors import DeliveryError
from scraper.model.digest import Message
from scraper.model.settings import Channel
from scraper.notify.push import AppriseNotifier, inert

MESSAGE = Message(
    "digest-abc", "새 성명 1건", "The whole text\nin lines\n", "<p>", made_at="2026-04-03T22:30:00Z",
    short="새 성명 1건: 日米韓\nJoint Statement https://a.example/x?b=1",
)  # fmt: skip
TOKEN = "tk-geheim-4711"
Listen = Callable[..., Any]


def to(url: str, **fields: Any) -> Channel:
    return Channel("phone", "apprise", url=url, **fields)


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """All that is logged at any level by anybody, as a program that debugs would see it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(1)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def test_two_lines_arrive(listen: Listen) -> None:
    receiver = listen()
    assert AppriseNotifier(to(f"json://127.0.0.1:{receiver.port}/{TOKEN}")).send(MESSAGE) == "accepted by JSON"
    ((path, _, body),) = receiver.got
    told = json.loads(body)
    assert path == f"/{TOKEN}"
    assert (told["title"], told["message"]) == ("새 성명 1건: 日米韓", "Joint Statement https://a.example/x?b=1")


def test_ntfy(listen: Listen) -> None:
    receiver = listen()
    assert AppriseNotifier(to(f"ntfy://127.0.0.1:{receiver.port}/watch")).send(MESSAGE) == "accepted by ntfy"
    told = json.loads(receiver.got[0][2])
    assert (told["topic"], told["title"], told["message"]) == ("watch", "새 성명 1건: 日米韓", "Joint Statement https://a.example/x?b=1")
    assert "github" not in receiver.got[0][2].decode()


def test_full_form_and_a_message_without_a_short_one(listen: Listen) -> None:
    receiver = listen()
    url = f"json://127.0.0.1:{receiver.port}/"
    AppriseNotifier(to(url, form="full")).send(MESSAGE)
    AppriseNotifier(to(url)).send(Message("d", "Subject", "Text\n", "", made_at=MESSAGE.made_at))
    found = [json.loads(body) for _, _, body in receiver.got]
    assert [(told["title"], told["message"]) for told in found] == [("새 성명 1건", "The whole text\nin lines"), ("Subject", "Text")]


def test_what_is_too_long_is_cut_here(listen: Listen) -> None:
    receiver = listen()
    long = Message("d", "Title " * 5000, "Text " * 50_000, "", made_at=MESSAGE.made_at)
    AppriseNotifier(to(f"json://127.0.0.1:{receiver.port}/", form="full")).send(long)
    told = json.loads(receiver.got[0][2])
    assert len(receiver.got) == 1
    assert (len(told["title"]) <= 250, len(told["message"]) <= 32768) == (True, True)
    assert told["message"].endswith("…")


@pytest.mark.parametrize(
    ("status", "about"),
    [
        (400, "message"),
        (413, "message"),
        (401, "us"),
        (403, "us"),
        (404, "us"),
        (410, "us"),
        *((status, "passing") for status in (408, 409, 429, 500, 503, 302)),
    ],
)
def test_refusals_tell_nothing_of_the_address(listen: Listen, status: int, about: str) -> None:
    receiver = listen(status=status, headers={"Location": "http://127.0.0.1:1/elsewhere", "X-Bad": TOKEN})
    url = f"json://user:{TOKEN}@127.0.0.1:{receiver.port}/{TOKEN}"
    with everything_logged() as log, pytest.raises(DeliveryError, match=f"JSON answered {status}") as caught:
        AppriseNotifier(to(url)).send(MESSAGE)
    assert (caught.value.permanent, caught.value.refused) == (about == "message", about == "us")
    assert str(caught.value).startswith("credentials refused: ") is (status in (401, 403))
    assert len(receiver.got) == 1
    assert TOKEN not in str(caught.value) + log.getvalue() + repr(to(url))


def test_nobody_there_and_one_that_hangs(listen: Listen) -> None:
    receiver = listen(hangs=True)
    with everything_logged() as log:
        with pytest.raises(DeliveryError, match="did not accept it") as nobody:
            AppriseNotifier(to(f"json://127.0.0.1:1/{TOKEN}")).send(MESSAGE)
        with pytest.raises(DeliveryError, match=r"longer than 0\.3 seconds") as late:
            AppriseNotifier(to(f"json://127.0.0.1:{receiver.port}/{TOKEN}"), deadline=0.3).send(MESSAGE)
    assert not nobody.value.permanent
    assert not late.value.permanent
    assert TOKEN not in str(nobody.value) + str(late.value) + log.getvalue()


@pytest.mark.parametrize(
    "url", ["", "pigeon://coop", "json://", f"slack://{TOKEN}", "\x00", "tgram://a b", f"json://h/{TOKEN}, json://i/{TOKEN}"[:7]]
)
def test_address_of_no_service(url: str) -> None:
    with everything_logged() as log, pytest.raises(DeliveryError, match="understood by none") as caught:
        AppriseNotifier(to(url)).send(MESSAGE)
    assert (caught.value.permanent, caught.value.refused) == (False, True)
    assert TOKEN not in str(caught.value) + log.getvalue()


def test_probe_sends_nothing(listen: Listen) -> None:
    receiver = listen()
    assert AppriseNotifier(to(f"json://127.0.0.1:{receiver.port}/{TOKEN}")).probe() == "the address is one of JSON"
    assert receiver.got == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!channel> <https://a.example|click>", "‹!channel› ‹https://a.example|click›"),
        ("@everyone @here", "@\u2060everyone @\u2060here"),
        ("[click](javascript:alert(1))", "[click] (javascript:alert(1))"),
        ("https://a.example/@b?c=[d](e) a@ b", "https://a.example/@b?c=[d](e) a@ b"),
    ],
)
def test_signs_that_services_read(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_no_network_when_it_is_loaded() -> None:
    """Loading the library and reading an address opens no connection and looks up no name."""
    code = (
        "import sys\n"
        "sys.addaudithook(lambda event, _: event in {'socket.connect', 'socket.getaddrinfo', 'socket.gethostbyname', 'socket.sendto'} and sys.exit(9))\n"
        "from scraper.notify.push import AppriseNotifier\n"
        "from scraper.model.settings import Channel\n"
        "print(AppriseNotifier(Channel('a', 'apprise', url='ntfy://ntfy.example/topic')).probe())\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.strip()) == (0, "the address is one of ntfy"), ended.stderr


def test_nothing_of_it_is_loaded_by_other_channels() -> None:
    ended = subprocess.run([sys.executable, "-c", "import sys, scraper.notify; sys.exit('apprise' in sys.modules)"], check=False)
    assert ended.returncode == 0
