"""E-mail by SMTP (RFC 5321), text and HTML as alternatives (RFC 2046 5.1.4)."""

from __future__ import annotations

import hashlib
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from threading import Event, Timer
from typing import Any

from scraper.errors import DeliveryError
from scraper.model.digest import Message
from scraper.model.moment import parse_utc
from scraper.model.settings import Channel
from scraper.notify.plain import lines, one_line, utf8, without
from scraper.notify.trust import tls_context

TIMEOUT = 30.0
DEADLINE = 120.0
"""Seconds for one answer of the server, and for all of them together."""

MAX_SUBJECT, MAX_ADDRESS = 300, 900
"""Characters: a line of a header holds 998 at most (RFC 5322 2.1.1), and what has no space cannot be folded."""

_PORTS = {"none": 25, "starttls": 587, "tls": 465}
_PERMANENT = range(500, 600)
_CREDENTIALS = frozenset({530, 534, 535, 538})
"""Answers that ask for credentials, or for others (RFC 4954 6)."""

_TOO_LARGE = 552
_POLICY = re.compile(r"5\.7\.[0-9]")
"""A recipient is refused for who we are, as by a relay that we have not logged in to (RFC 3463 3.8)."""

_NOT_ID = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class EmailNotifier:
    """Sends to the recipients of ``channel``. ``timeout`` is seconds for each answer of the server, ``deadline`` for the whole; a ``ca_file``
    of the channel lies in ``folder`` (None: the working folder) where its path is relative."""

    channel: Channel
    timeout: float = TIMEOUT
    deadline: float = DEADLINE
    folder: Path | None = None

    def send(self, message: Message) -> str:
        """Send and return how many recipients were accepted.

        Raises DeliveryError: permanent where the server answered 5xx to the message itself (its content, its size) or has none of its
        recipients; refused where 5xx is said to us (credentials, sender, no service) or the channel cannot be used as it is configured; a
        4xx answer, a connection that is not made, a certificate that is not accepted and a timeout may pass. Where some recipients only
        are refused the message counts as sent, and the answer names how many were not.
        """
        mail = compose(message, self.channel)
        with self._told():
            refused = self._deliver(mail)
        accepted = len(self.channel.recipients) - len(refused)
        rest = f"; refused: {self._refusals(refused)}" if refused else ""
        return f"accepted for {accepted} of {len(self.channel.recipients)} recipients{rest}"

    def probe(self) -> str:
        """Connect, greet (EHLO, secured as the channel says), leave again, and return what answered; nothing is sent or logged in.

        Raises DeliveryError where the server cannot be reached or lacks what is needed.
        """
        with self._told(), self._secured() as server:
            server.ehlo_or_helo_if_needed()
        return f"{self.channel.host}:{port(self.channel)} answers"

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever goes wrong between us and the server, as a DeliveryError with what it said."""
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            raise self._all_refused(error) from error
        except smtplib.SMTPResponseException as error:
            raise self._answered(error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise DeliveryError(f"the mail server lacks what is needed: {self._shown(str(error))}", refused=True) from error
        except UnicodeError as error:  # a host or credentials that have no ASCII form
            raise DeliveryError("the host, the username or the password of the channel cannot be sent as ASCII", refused=True) from error
        except (smtplib.SMTPException, OSError) as error:  # among OSError: timeouts, TLS, names
            raise DeliveryError(f"the mail server could not be used: {self._shown(str(error)) or type(error).__name__}") from error

    def _shown(self, said: str) -> str:
        """What the server said, as a line without the password: some say back what they were told."""
        return without(said, self.channel.password)

    def _refusals(self, refused: Mapping[str, tuple[int, bytes]]) -> str:
        return self._shown(", ".join(sorted({f"{code} {_decoded(said)}".strip() for code, said in refused.values()})))

    def _answered(self, error: smtplib.SMTPResponseException) -> DeliveryError:
        """What was answered after DATA is about the message, and so is that it is too large; else 5xx is about us."""
        lasting, about_us = error.smtp_code in _PERMANENT, error.smtp_code in _CREDENTIALS
        of_the_message = isinstance(error, smtplib.SMTPDataError) or error.smtp_code == _TOO_LARGE
        permanent = lasting and of_the_message and not about_us
        said = self._shown(f"{error.smtp_code} {_decoded(error.smtp_error)}")
        head = "credentials refused: " if about_us else ""
        return DeliveryError(f"{head}the mail server answered {said}", permanent=permanent, refused=lasting and not permanent)

    def _all_refused(self, error: smtplib.SMTPRecipientsRefused) -> DeliveryError:
        """It may pass where one refusal may; else it is about us where one is, and permanent where every recipient is none."""
        lasting = all(code in _PERMANENT for code, _ in error.recipients.values())
        asked = any(code in _CREDENTIALS for code, _ in error.recipients.values())
        about_us = asked or any(_POLICY.match(_decoded(said)) for _, said in error.recipients.values())
        told = f"the mail server refused every recipient ({self._refusals(error.recipients)})"
        head = "credentials refused: " if lasting and asked else ""
        return DeliveryError(head + told, permanent=lasting and not about_us, refused=lasting and about_us)

    def _deliver(self, mail: EmailMessage) -> dict[str, tuple[int, bytes]]:
        with self._secured() as server:
            if self.channel.username:
                server.login(self.channel.username, self.channel.password)
            return server.send_message(mail)

    @contextmanager
    def _secured(self) -> Iterator[smtplib.SMTP]:
        """A connection, cut off when the deadline is over: a server that says a letter a minute would hold it for days."""
        context = (
            None
            if self.channel.security == "none"
            else tls_context(self.channel.ca_file and str(Path(self.folder or "", self.channel.ca_file)))
        )
        opened: list[smtplib.SMTP] = []
        over = Event()
        watch = Timer(self.deadline, _cut_off, (opened, over))
        watch.daemon = True
        watch.start()
        try:
            yield self._connected(opened, context)
            _leave(opened[0])
        except (smtplib.SMTPException, OSError) as error:
            if over.is_set():  # what was cut off in the middle of a line can look like any answer
                raise DeliveryError(f"the mail server took longer than {self.deadline:g} seconds in all") from error
            raise
        finally:
            watch.cancel()
            for server in opened:
                server.close()

    def _connected(self, opened: list[smtplib.SMTP], context: ssl.SSLContext | None) -> smtplib.SMTP:
        where = (self.channel.host, port(self.channel))
        if self.channel.security == "tls":
            return _SecureServer(opened, *where, timeout=self.timeout, context=context)
        server = _Server(opened, *where, timeout=self.timeout)
        if self.channel.security == "starttls":
            server.starttls(context=context)
        return server


class _Server(smtplib.SMTP):
    """A connection that is known to ``opened`` before it connects, so that it can be cut off at any time."""

    def __init__(self, opened: list[smtplib.SMTP], host: str, port: int, **options: Any) -> None:
        opened.append(self)
        super().__init__(host, port, **options)


class _SecureServer(smtplib.SMTP_SSL):
    """The same with TLS from the first byte."""

    def __init__(self, opened: list[smtplib.SMTP], host: str, port: int, **options: Any) -> None:
        opened.append(self)
        super().__init__(host, port, **options)


def _cut_off(opened: list[smtplib.SMTP], over: Event) -> None:
    over.set()
    for server in opened:
        with suppress(OSError):
            if server.sock is not None:
                server.sock.shutdown(socket.SHUT_RDWR)


def port(channel: Channel) -> int:
    """Return the port of an e-mail channel: its own, else the usual one of its security (25, 587 with starttls, 465 with tls)."""
    return channel.port or _PORTS[channel.security]


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; what goes wrong then must not make a mail that was accepted look as if it was not."""
    with suppress(smtplib.SMTPException, OSError):
        server.quit()


def _decoded(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def compose(message: Message, channel: Channel) -> EmailMessage:
    """Return the mail of ``message``; raises DeliveryError (refused) for an address that is none.

    Its Message-ID comes from the message's id and the sender's domain, so a second try, the same to the byte, is recognised (RFC 5322
    3.6.4); List-Id (RFC 2919) and List-Unsubscribe (RFC 2369, at an https address with one click: RFC 8058) let a reader file it and
    leave. No header can hold a line end.
    """
    mail = EmailMessage(policy=SMTP)
    sender = _address(channel.sender)
    mail["From"] = sender
    mail["To"] = tuple(_address(recipient) for recipient in channel.recipients)
    mail["Subject"] = _unencoded(one_line(message.subject, MAX_SUBJECT))
    mail["Date"] = format_datetime(_made(message.made_at))
    mail["Message-ID"] = f"<{_word(message.message_id)}@{sender.domain}>"
    mail["List-Id"] = f"<{_word(channel.name)}.trilateral.{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    leave = _unsubscribe(message.unsubscribe or channel.unsubscribe)
    if leave:
        mail["List-Unsubscribe"] = f"<{leave}>"
    if leave.startswith("https://"):
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    text = lines(message.text)
    mail.set_content(text, charset="utf-8", cte="quoted-printable" if text.isascii() else "base64")
    mail.add_alternative(lines(message.html), subtype="html", charset="utf-8", cte="base64")
    mail.set_boundary(_boundary(message.message_id))
    mail["Content-Language"] = _word(message.language)  # set_content drops what stood there before
    return mail


def _boundary(message_id: str) -> str:
    """The line between the parts, which the mail library would draw by lot; ``=_`` stands in neither encoding of them (RFC 2045 6.7)."""
    return f"=_{hashlib.sha256(utf8(message_id).encode()).hexdigest()[:32]}"


def _unsubscribe(address: str) -> str:
    plain = re.sub(r"[\s<>]+", "", one_line(address)).replace("=?", "=%3F")  # as in _unencoded
    return plain if plain.startswith(("mailto:", "https://", "http://")) and len(plain) <= MAX_ADDRESS else ""


def _word(text: str) -> str:
    return _NOT_ID.sub("-", text[:200])


def _unencoded(text: str) -> str:
    """A header's text in which nothing reads as an encoded word (RFC 2047): the mail library would decode it, line ends in it included."""
    return text.replace("=?", "= ?")


def _address(value: str) -> Address:
    name, plain = parseaddr(_unencoded(one_line(value)))
    try:
        return Address(display_name=name, addr_spec=plain)
    except (ValueError, IndexError, MessageError) as error:
        raise DeliveryError("an address of the channel is no e-mail address", refused=True) from error


def _made(value: str) -> datetime:
    try:
        return parse_utc(value)
    except ValueError as error:
        raise DeliveryError("the message has no time at which it was made", permanent=True) from error
