"""Mail through a real SMTP server on loopback."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from scraper.errors import DeliveryError
from scraper.model.digest import Message
from scraper.model.settings import Channel
from scraper.notify.mail import EmailNotifier, compose

PASSWORD = "correct horse"
MESSAGE = Message(
    message_id="digest-abc123",
    subject="새 성명 2건: 日米韓 joint statement",
    text="한미일 공동성명\n\n.a line that starts with a dot\n" + "long " * 300 + "\n",
    html="<!DOCTYPE html><p>日米韓</p>\n",
    language="ko",
    made_at="2026-04-03T22:30:00Z",
)
CHANNEL = Channel(
    name="desk",
    kind="email",
    host="127.0.0.1",
    security="none",
    sender="감시 데스크 <monitor@desk.example>",
    recipients=("One <one@to.example>", "two@to.example"),
    unsubscribe="mailto:leave@desk.example?subject=unsubscribe",
)


class Letterbox:
    """Keeps what it is handed; ``answers`` are given in place of OK, by command."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.envelopes: list[Envelope] = []
        self.secured: list[bool] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802  aiosmtpd calls it so
        first = self.answers.get("ALL", "") if len(self.answers.get("ALL", "")) > 1 else ""
        answer = first if first and address.startswith("one") else self.answers.get("RCPT", "")
        if address.startswith("one") and "ALL" not in self.answers:
            answer = ""
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802  aiosmtpd calls it so
        if "MAIL" in self.answers:
            return self.answers["MAIL"]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd calls it so
        self.envelopes.append(envelope)
        self.secured.append(session.ssl is not None)
        return self.answers.get("DATA", "250 kept")

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd calls it so
        return self.answers.get("QUIT", "221 Bye")


class Dripping:
    """A server that says what it is given and hangs up, or (with nothing) the same letter for ever; entered it gives its port."""

    def __init__(self, says: bytes = b"") -> None:
        self.says = says
        self.over = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.serve)

    def __enter__(self) -> int:
        self.thread.start()
        return int(self.socket.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()
        self.socket.close()

    def serve(self) -> None:
        connection, _ = self.socket.accept()
        with connection, suppress(OSError):
            if self.says:
                connection.sendall(self.says)
                connection.recv(1024)
            while not self.says and not self.over.wait(0.02):
                connection.sendall(b"5")


Serve = Callable[..., Channel]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers; each gives the channel that leads to it."""
    running: list[Controller] = []

    def start(box: Letterbox, **options: object) -> Channel:
        controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)  # type: ignore[arg-type]
        controller.start()
        running.append(controller)
        return replace(CHANNEL, port=controller.port)

    yield start
    for controller in running:
        controller.stop()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def kept(box: Letterbox) -> EmailMessage:
    (envelope,) = box.envelopes
    return message_from_bytes(cast("bytes", envelope.content), policy=default)


def check_password(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    given = cast("LoginPassword", data)
    return AuthResult(success=(given.login, given.password) == (b"desk", PASSWORD.encode()), handled=False)


def test_mail_arrives_whole(serve: Serve) -> None:
    box = Letterbox()
    assert EmailNotifier(serve(box)).send(MESSAGE) == "accepted for 2 of 2 recipients"
    mail = kept(box)
    assert box.envelopes[0].rcpt_tos == ["one@to.example", "two@to.example"]
    assert box.envelopes[0].mail_from == "monitor@desk.example"
    assert mail["Subject"] == MESSAGE.subject
    assert str(mail["From"]) == "감시 데스크 <monitor@desk.example>"
    assert mail["Message-ID"] == "<digest-abc123@desk.example>"
    assert mail["Date"].datetime.isoformat() == "2026-04-03T22:30:00+00:00"
    assert mail["List-Id"] == "<desk.trilateral.desk.example>"
    assert mail["List-Unsubscribe"] == "<mailto:leave@desk.example?subject=unsubscribe>"
    assert mail["Content-Language"] == "ko"
    assert mail["Auto-Submitted"] == "auto-generated"
    text, page = mail.iter_parts()
    assert (mail.get_content_type(), text.get_content_type(), page.get_content_type()) == (
        "multipart/alternative",
        "text/plain",
        "text/html",
    )
    assert cast("EmailMessage", text).get_content().replace("\r\n", "\n") == MESSAGE.text
    assert cast("EmailMessage", page).get_content().replace("\r\n", "\n") == MESSAGE.html
    assert max(len(line) for line in cast("bytes", box.envelopes[0].content).split(b"\r\n")) <= 998


def test_same_message_is_the_same_to_the_byte(serve: Serve) -> None:
    box = Letterbox()
    notifier = EmailNotifier(serve(box))
    notifier.send(MESSAGE)
    notifier.send(MESSAGE)
    notifier.send(replace(MESSAGE, message_id="digest-abc124"))
    first, again, other = (cast("bytes", envelope.content) for envelope in box.envelopes)
    assert first == again
    boundaries = {message_from_bytes(content).get_boundary() for content in (first, other)}
    assert len(boundaries) == 2


def test_starttls_and_login(serve: Serve, server_tls: ssl.SSLContext, certificate: tuple[Path, Path]) -> None:
    box = Letterbox()
    channel = serve(box, tls_context=server_tls, require_starttls=True, authenticator=check_password, auth_required=True)
    secured = replace(channel, security="starttls", username="desk", password=PASSWORD, ca_file=str(certificate[0]))
    EmailNotifier(secured).send(MESSAGE)
    assert box.secured == [True]
    with pytest.raises(DeliveryError, match="credentials refused: the mail server answered 535") as caught:
        EmailNotifier(replace(secured, password="wrong")).send(MESSAGE)
    assert (caught.value.refused, caught.value.permanent) == (True, False)
    assert "wrong" not in str(caught.value)
    with pytest.raises(DeliveryError, match="credentials refused: the mail server answered 530") as caught:
        EmailNotifier(channel).send(MESSAGE)
    assert (caught.value.refused, caught.value.permanent) == (True, False)
    with pytest.raises(DeliveryError, match="ASCII") as caught:
        EmailNotifier(replace(secured, password="비밀")).send(MESSAGE)
    assert (caught.value.refused, caught.value.permanent) == (True, False)
    assert len(box.envelopes) == 1


def test_certificate_of_nobody_we_trust(serve: Serve, server_tls: ssl.SSLContext) -> None:
    box = Letterbox()
    channel = replace(serve(box, tls_context=server_tls), security="starttls")
    with pytest.raises(DeliveryError, match="could not be used") as caught:
        EmailNotifier(channel).send(MESSAGE)
    assert not caught.value.permanent
    assert box.envelopes == []


def test_tls_from_the_first_byte(serve: Serve, server_tls: ssl.SSLContext, certificate: tuple[Path, Path]) -> None:
    box = Letterbox()
    channel = serve(box, ssl_context=server_tls)
    EmailNotifier(replace(channel, security="tls", ca_file=certificate[0].name), folder=certificate[0].parent).send(MESSAGE)
    assert len(box.envelopes) == 1


def test_server_without_starttls_gets_nothing(serve: Serve) -> None:
    box = Letterbox()
    with pytest.raises(DeliveryError, match="lacks what is needed") as caught:
        EmailNotifier(replace(serve(box), security="starttls")).send(MESSAGE)
    assert (caught.value.refused, caught.value.permanent) == (True, False)
    assert box.envelopes == []


MESSAGE_ITSELF, US, PASSING = (True, False), (False, True), (False, False)
"""What a refusal is about: (permanent, refused)."""


@pytest.mark.parametrize(
    ("answers", "message", "about"),
    [
        ({"DATA": "554 5.7.1 no\x07 thanks"}, "answered 554 5.7.1 no thanks", MESSAGE_ITSELF),
        ({"DATA": "552 5.3.4 too large"}, "answered 552 5.3.4 too large", MESSAGE_ITSELF),
        ({"DATA": "530 5.7.0 log in first"}, "credentials refused: the mail server answered 530", US),
        ({"DATA": "451 4.3.0 later"}, "answered 451 4.3.0 later", PASSING),
        ({"MAIL": "552 5.3.4 too large"}, "answered 552 5.3.4 too large", MESSAGE_ITSELF),
        ({"MAIL": "550 5.7.1 not you"}, "answered 550 5.7.1 not you", US),
        ({"MAIL": "534 5.7.9 stronger please"}, "credentials refused: the mail server answered 534", US),
        ({"MAIL": "450 4.1.8 later"}, "answered 450 4.1.8 later", PASSING),
        ({"ALL": "1", "RCPT": "550 nobody"}, "refused every recipient (550 nobody)", MESSAGE_ITSELF),
        ({"ALL": "1", "RCPT": "554 5.7.1 relay denied"}, "refused every recipient (554 5.7.1 relay denied)", US),
        ({"ALL": "1", "RCPT": "530 log in"}, "credentials refused: the mail server refused every recipient (530 log in)", US),
        ({"ALL": "1", "RCPT": "450 greylisted"}, "refused every recipient (450 greylisted)", PASSING),
        ({"ALL": "550 5.7.1 not you", "RCPT": "450 greylisted"}, "(450 greylisted, 550 5.7.1 not you)", PASSING),
    ],
)
def test_refusals(serve: Serve, answers: dict[str, str], message: str, about: tuple[bool, bool]) -> None:
    with pytest.raises(DeliveryError) as caught:
        EmailNotifier(serve(Letterbox(**answers))).send(MESSAGE)
    assert message in str(caught.value)
    assert (caught.value.permanent, caught.value.refused) == about


def test_one_recipient_of_two_is_refused(serve: Serve) -> None:
    box = Letterbox(RCPT="550 nobody")
    assert EmailNotifier(serve(box)).send(MESSAGE) == "accepted for 1 of 2 recipients; refused: 550 nobody"
    assert box.envelopes[0].rcpt_tos == ["one@to.example"]


def test_a_bad_goodbye_does_not_undo_an_accepted_mail(serve: Serve) -> None:
    box = Letterbox(QUIT="451 whatever")
    assert EmailNotifier(serve(box)).send(MESSAGE) == "accepted for 2 of 2 recipients"


def test_nobody_there() -> None:
    with pytest.raises(DeliveryError, match="could not be used") as caught:
        EmailNotifier(replace(CHANNEL, port=free_port())).send(MESSAGE)
    assert not caught.value.permanent


def test_server_that_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        channel = replace(CHANNEL, port=silent.getsockname()[1])
        with pytest.raises(DeliveryError, match="timed out") as caught:
            EmailNotifier(channel, timeout=0.2).send(MESSAGE)
    assert not caught.value.permanent


def test_server_that_never_ends_an_answer_is_cut_off() -> None:
    with Dripping() as port, pytest.raises(DeliveryError, match=r"longer than 0\.3 seconds") as caught:
        EmailNotifier(replace(CHANNEL, port=port), timeout=5, deadline=0.3).send(MESSAGE)
    assert not caught.value.permanent


def test_server_that_vanishes_in_the_middle() -> None:
    with Dripping(b"220 desk\r\n") as port, pytest.raises(DeliveryError, match="could not be used") as caught:
        EmailNotifier(replace(CHANNEL, port=port), timeout=5).send(MESSAGE)
    assert not caught.value.permanent


@pytest.mark.parametrize(("greeting", "refused"), [(b"554 no service here\r\n", True), (b"421 too busy\r\n", False)])
def test_server_that_refuses_at_the_door(greeting: bytes, refused: bool) -> None:
    with Dripping(greeting) as port, pytest.raises(DeliveryError) as caught:
        EmailNotifier(replace(CHANNEL, port=port), timeout=5).send(MESSAGE)
    assert str(caught.value) == f"the mail server answered {greeting.decode().strip()}"
    assert (caught.value.permanent, caught.value.refused) == (False, refused)


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_certificates_that_cannot_be_read(serve: Serve, tmp_path: Path, text: str | None) -> None:
    if text:
        (tmp_path / "ca.pem").write_text(text, encoding="utf-8")
    with pytest.raises(DeliveryError, match=r"ca\.pem cannot be read") as caught:
        EmailNotifier(replace(CHANNEL, security="tls", ca_file="ca.pem"), folder=tmp_path).send(MESSAGE)
    assert not caught.value.permanent


def test_password_that_the_server_says_back_is_hidden(serve: Serve) -> None:
    box = Letterbox(DATA=f"554 {PASSWORD} is known to nobody")
    with pytest.raises(DeliveryError, match=r"answered 554 \*\*\* is known") as caught:
        EmailNotifier(replace(serve(box), password=PASSWORD)).send(MESSAGE)
    assert PASSWORD not in str(caught.value)
    assert PASSWORD not in repr(replace(CHANNEL, password=PASSWORD))


def test_one_click_only_where_it_is_secure() -> None:
    secure = compose(replace(MESSAGE, unsubscribe="https://desk.example/leave?t=1"), CHANNEL)
    assert secure["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe-Post" not in compose(replace(MESSAGE, unsubscribe="http://desk.example/leave"), CHANNEL)
    assert "List-Unsubscribe-Post" not in compose(MESSAGE, CHANNEL)


def test_no_header_can_be_smuggled_in() -> None:
    hostile = replace(
        MESSAGE,
        subject="A\r\nBcc: x@evil.example\u2028B\0",
        message_id="a>\r\nX-Evil: 1 <b",
        language="en\r\nX-Evil: 1",
        unsubscribe="mailto:a@b.example>\r\nX-Evil: 1\r\n<",
    )
    mail = message_from_bytes(compose(hostile, replace(CHANNEL, name="x\r\nX-Evil: 1")).as_bytes(), policy=default)
    assert {"Bcc", "X-Evil"} & set(mail.keys()) == set()
    assert mail["Subject"] == "A Bcc: x@evil.example B"
    assert mail["Message-ID"] == "<a-X-Evil-1-b@desk.example>"


@pytest.mark.parametrize("word", ["=?utf-8?q?=0D=0ABcc:_x@evil.example?=", "=?utf-8?b?DQpCY2M6IHhAZXZpbC5leGFtcGxl?="])
def test_encoded_word_from_outside_is_not_decoded_into_a_header(word: str) -> None:
    hostile = replace(MESSAGE, subject=f"A {word}", unsubscribe=f"https://a.example/?{word}")
    mail = message_from_bytes(compose(hostile, replace(CHANNEL, sender=f"{word} <a@b.example>")).as_bytes(), policy=default)
    assert "Bcc" not in mail
    assert mail["Subject"] == f"A {word}".replace("=?", "= ?")
    assert "evil" not in str(mail["To"])


@pytest.mark.parametrize("unsubscribe", ["", "javascript:x"])
def test_no_list_unsubscribe_without_an_address(unsubscribe: str) -> None:
    assert "List-Unsubscribe" not in compose(MESSAGE, replace(CHANNEL, unsubscribe=unsubscribe))


def test_address_of_the_message_goes_before_that_of_the_channel() -> None:
    mail = compose(replace(MESSAGE, unsubscribe="https://desk.example/leave?t=1"), CHANNEL)
    assert mail["List-Unsubscribe"] == "<https://desk.example/leave?t=1>"


@pytest.mark.parametrize(
    ("message", "channel", "about"),
    [
        (MESSAGE, replace(CHANNEL, sender="nobody"), US),
        (MESSAGE, replace(CHANNEL, recipients=("a@b@c <",)), US),
        (MESSAGE, replace(CHANNEL, recipients=("",)), US),
        (replace(MESSAGE, made_at="yesterday"), CHANNEL, MESSAGE_ITSELF),
    ],
)
def test_message_that_cannot_be_sent(message: Message, channel: Channel, about: tuple[bool, bool]) -> None:
    with pytest.raises(DeliveryError) as caught:
        EmailNotifier(channel).send(message)
    assert (caught.value.permanent, caught.value.refused) == about


def test_lone_surrogate_is_sent_as_a_question_mark() -> None:
    mail = compose(replace(MESSAGE, text="a\ud800b", html="\ud800"), CHANNEL)
    assert cast("EmailMessage", next(mail.iter_parts())).get_content().strip() == "a?b"
