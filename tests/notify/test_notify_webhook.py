"""Webhooks through a real HTTP server on loopback."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.addresses import reachable
from scraper.errors import DeliveryError
from scraper.model.digest import Message
from scraper.model.settings import Channel
from scraper.notify.webhook import WebhookNotifier, asked_to_wait, signature

SECRET = "shared-between-two"
MESSAGE = Message("digest-abc", "S", "t", "h", made_at="2026-04-03T22:30:00Z", payload='{"format":1,"subject":"日米韓 성명"}')
MOMENT = datetime(2026, 4, 3, 22, 31, tzinfo=UTC)
Listen = Callable[..., Any]


def clock() -> datetime:
    return MOMENT


def channel_to(receiver: Any, path: str = "/hook/geheim", **fields: Any) -> Channel:
    url = f"http://127.0.0.1:{receiver.port}{path}"
    return Channel("hook", "webhook", url=url, secret=SECRET, allow_private=True, **fields)


def refusal(channel: Channel, **limits: float) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        WebhookNotifier(channel, clock, **limits).send(MESSAGE)
    assert SECRET not in str(caught.value)
    assert "geheim" not in str(caught.value)
    return caught.value


def test_arrives_signed(listen: Listen) -> None:
    receiver = listen(status=202, body=b"taken")
    assert WebhookNotifier(channel_to(receiver, "/hook?a=1"), clock).send(MESSAGE) == "the webhook at 127.0.0.1 answered 202 taken"
    ((path, headers, body),) = receiver.got
    assert path == "/hook?a=1"
    assert body.decode() == MESSAGE.payload
    assert json.loads(body)["subject"] == "日米韓 성명"
    assert (headers["Content-Type"], headers["Idempotency-Key"]) == ("application/json", "digest-abc")
    assert headers["Host"] == f"127.0.0.1:{receiver.port}"
    made, given = (part.partition("=")[2] for part in headers["Trilateral-Signature"].split(","))
    assert int(made) == MOMENT.timestamp()
    assert given == hmac.new(SECRET.encode(), f"{made}.".encode() + body, hashlib.sha256).hexdigest()


def test_same_message_has_the_same_body_and_key(listen: Listen) -> None:
    receiver = listen()
    notifier = WebhookNotifier(channel_to(receiver), clock)
    notifier.send(MESSAGE)
    notifier.send(MESSAGE)
    (_, one, first), (_, two, second) = receiver.got
    assert (first, one["Idempotency-Key"]) == (second, two["Idempotency-Key"])


def test_signature_depends_on_each_part() -> None:
    made = {
        signature(secret, moment, body)
        for secret in ("a", "b")
        for moment in (MOMENT, datetime(2027, 1, 1, tzinfo=UTC))
        for body in (b"x", b"y")
    }
    assert len(made) == 8


@pytest.mark.parametrize(
    ("status", "about"),
    [
        *((status, "message") for status in (400, 413, 415, 422)),
        *((status, "us") for status in (301, 307, 401, 403, 404, 405, 407, 410)),
        *((status, "passing") for status in (408, 409, 425, 429, 500, 503)),
    ],
)
def test_refusals(listen: Listen, status: int, about: str) -> None:
    receiver = listen(status=status, body=b"no, geheim\n\x1b[31m", headers={"Location": "http://127.0.0.1:1/", "Retry-After": "120"})
    error = refusal(channel_to(receiver))
    assert (error.permanent, error.refused) == (about == "message", about == "us")
    head = "credentials refused: " if status in (401, 403, 407) else ""
    assert str(error).startswith(f"{head}the webhook at 127.0.0.1 answered {status} no, *** [31m")
    assert "(try again after 120)" in str(error)
    assert error.retry_after == 120
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        ("86401", 86_400),
        ("9999999999", 86_400),
        ("Sat, 04 Apr 2026 00:00:00 GMT", 5400),
        ("Saturday, 04-Apr-26 00:00:00 GMT", 5400),
        ("Sat Apr  4 00:00:00 2026", 5400),
        ("Fri, 03 Apr 2026 00:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 -2300", 86_400),
        ("Sun, 06 Nov 1994 08:49:37 +9999999999999", 0),
        *((value, 0) for value in ("", "-5", "1e3", "１２０", "soon", "1" * 11, "0, 99 Nov 99999999 99:99:99 +99999999", "(" * 5000)),
    ],
)
def test_how_long_it_asks_to_wait(value: str, seconds: float) -> None:
    assert asked_to_wait(value, datetime(2026, 4, 3, 22, 30, tzinfo=UTC)) == seconds


def test_an_answer_without_a_wait_asks_for_none(listen: Listen) -> None:
    assert refusal(channel_to(listen(status=503))).retry_after == 0


def test_receiver_that_hangs(listen: Listen) -> None:
    receiver = listen(hangs=True)
    error = refusal(channel_to(receiver), timeout=0.2)
    assert (str(error), error.permanent) == ("the webhook at 127.0.0.1 did not answer in time", False)


def test_answer_without_end_is_cut_and_counts(listen: Listen) -> None:
    receiver = listen(drips=True)
    before = time.monotonic()
    assert WebhookNotifier(channel_to(receiver), clock, deadline=0.5).send(MESSAGE).startswith("the webhook at 127.0.0.1 answered 200 ok")
    assert time.monotonic() - before < 10


def test_much_of_an_answer_is_not_read(listen: Listen) -> None:
    receiver = listen(body=b"long " * 100_000)
    assert len(WebhookNotifier(channel_to(receiver), clock).send(MESSAGE)) < 400


def test_packed_answer_is_not_unpacked(listen: Listen) -> None:
    receiver = listen(body=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    assert WebhookNotifier(channel_to(receiver), clock).send(MESSAGE) == "the webhook at 127.0.0.1 answered 200"


def test_header_without_end_is_cut_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        channel = Channel("h", "webhook", url=f"http://127.0.0.1:{silent.getsockname()[1]}/", secret=SECRET, allow_private=True)
        assert not refusal(channel, timeout=5, deadline=0.2).permanent


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    error = refusal(Channel("h", "webhook", url=f"http://127.0.0.1:{port}/geheim", secret=SECRET, allow_private=True))
    assert "could not be reached" in str(error)
    assert not error.permanent


def test_private_address_only_where_it_is_allowed(listen: Listen) -> None:
    receiver = listen()
    error = refusal(replace(channel_to(receiver), allow_private=False))
    assert "not on the public internet" in str(error)
    assert (error.permanent, error.refused) == (False, True)
    assert refusal(replace(channel_to(receiver), allow_private=False, url=f"http://localhost:{receiver.port}/")).refused
    assert receiver.got == []


@pytest.mark.parametrize("url", ["", "ftp://a.example/", "https://", "http://[::1", "http://a.example:99999999/", "http://\ud800/"])
def test_address_that_is_none(url: str) -> None:
    assert refusal(Channel("h", "webhook", url=url, secret=SECRET)).refused


def test_https_with_a_certificate_of_ones_own(listen: Listen, server_tls: ssl.SSLContext, certificate: tuple[Path, Path]) -> None:
    receiver = listen(server_tls)
    secure = replace(channel_to(receiver), url=f"https://127.0.0.1:{receiver.port}/geheim")
    error = refusal(secure)
    assert "could not be reached" in str(error)
    assert not error.permanent
    trusting = WebhookNotifier(replace(secure, ca_file=certificate[0].name), clock, folder=certificate[0].parent)
    assert trusting.send(MESSAGE).endswith("answered 200 ok")
    assert len(receiver.got) == 1


def test_nothing_secret_in_the_record_of_a_channel() -> None:
    shown = repr(Channel("h", "webhook", url="https://a.example/geheim", secret=SECRET))
    assert "geheim" not in shown
    assert SECRET not in shown


@pytest.mark.parametrize(
    ("address", "outside", "inside"),
    [
        ("8.8.8.8", True, True), ("2606:4700::1111", True, True), ("127.0.0.1", False, True), ("::1", False, True), ("10.1.2.3", False, True),
        ("192.168.0.1", False, True), ("fd00::1", False, True), ("169.254.169.254", False, False), ("fe80::1", False, False),
        ("fe80::1%eth0", False, False), ("0.0.0.0", False, False), ("100.64.0.1", False, False), ("224.0.0.1", False, False),
        ("::ffff:10.0.0.1", False, False), ("64:ff9b::7f00:1", False, False), ("2002:7f00:1::", False, False), ("2001::1", False, False),
        ("192.88.99.1", False, False), ("2606:4700::1%3", False, False), ("no address", False, False),
    ],
)  # fmt: skip
def test_which_addresses(address: str, outside: bool, inside: bool) -> None:
    assert (reachable([address], private=False), reachable([address], private=True)) == (outside, inside)
