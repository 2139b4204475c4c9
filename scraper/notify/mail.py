"""E-mail by SMTP (RFC 5321), text and HTML as alternatives (RFC 2046 5.1.4)."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from scraper.errors import DeliveryError
from scraper.model.digest import Message
from scraper.model.moment import parse_utc
from scraper.model.settings import Channel

TIMEOUT = 30.0
_PORTS = {"none": 25, "starttls": 587, "tls": 465}
_PERMANENT = range(500, 600)
_HIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_NOT_ID = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class EmailNotifier:
    """Sends to the recipients of ``channel``. ``timeout`` is seconds for each answer of the server; ``tls`` replaces the
    context that checks its certificate against the system's authorities."""

    channel: Channel
    timeout: float = TIMEOUT
    tls: ssl.SSLContext | None = None

    def send(self, message: Message) -> str:
        """Send and return how many recipients were accepted.

        Raises DeliveryError, permanent where the server answered 5xx or the message itself cannot be sent; a 4xx answer, a
        refused connection, a certificate that is not accepted and a timeout may pass. Where some recipients only are refused
        the message counts as sent, and the answer names how many were not.
        """
        mail = compose(message, self.channel)
        try:
            refused = self._deliver(mail)
        except smtplib.SMTPRecipientsRefused as error:
            raise _all_refused(error) from error
        except smtplib.SMTPResponseException as error:
            raise _answered(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise DeliveryError(f"the mail server lacks what is needed: {_plain(str(error))}", permanent=True) from error
        except UnicodeError as error:  # a host or credentials that have no ASCII form
            raise DeliveryError("the host, the username or the password of the channel cannot be sent as ASCII", permanent=True) from error
        except (smtplib.SMTPException, OSError) as error:  # among OSError: timeouts, TLS, names
            raise DeliveryError(f"the mail server could not be used: {_plain(str(error)) or type(error).__name__}") from error
        accepted = len(self.channel.recipients) - len(refused)
        return f"accepted for {accepted} of {len(self.channel.recipients)} recipients"

    def probe(self) -> str:
        """Connect, greet (EHLO, secured as the channel says), leave again, and return what answered; nothing is sent or logged in.

        Raises DeliveryError where the server cannot be reached or lacks what is needed.
        """
        try:
            server = self._connected()
            try:
                server.ehlo_or_helo_if_needed()
                if self.channel.security == "starttls":
                    server.starttls(context=self._context())
                    server.ehlo_or_helo_if_needed()
            finally:
                _leave(server)
        except UnicodeError as error:
            raise DeliveryError("the host of the channel has no ASCII form", permanent=True) from error
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryError(f"the mail server could not be used: {_plain(str(error)) or type(error).__name__}") from error
        return f"{self.channel.host}:{port(self.channel)} answers"

    def _deliver(self, mail: EmailMessage) -> dict[str, tuple[int, bytes]]:
        server = self._connected()
        try:
            if self.channel.security == "starttls":
                server.starttls(context=self._context())
            if self.channel.username:
                server.login(self.channel.username, self.channel.password)
            return server.send_message(mail)
        finally:
            _leave(server)

    def _connected(self) -> smtplib.SMTP:
        if self.channel.security == "tls":
            return smtplib.SMTP_SSL(self.channel.host, port(self.channel), timeout=self.timeout, context=self._context())
        return smtplib.SMTP(self.channel.host, port(self.channel), timeout=self.timeout)

    def _context(self) -> ssl.SSLContext:
        return self.tls or ssl.create_default_context()


def port(channel: Channel) -> int:
    """Return the port of an e-mail channel: its own, else the usual one of its security (25, 587 with starttls, 465 with tls)."""
    return channel.port or _PORTS[channel.security]


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; what goes wrong then must not make a mail that was accepted look as if it was not."""
    with suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()


def compose(message: Message, channel: Channel) -> EmailMessage:
    """Return the mail of ``message``; raises DeliveryError (permanent) for an address that is none.

    Its Message-ID comes from the message's id and the sender's domain, so a second try is recognised (RFC 5322 3.6.4); List-Id
    (RFC 2919) and List-Unsubscribe (RFC 2369) let a reader file it and leave. No header can hold a line end.
    """
    mail = EmailMessage(policy=SMTP)
    sender = _address(channel.sender)
    mail["From"] = sender
    mail["To"] = tuple(_address(recipient) for recipient in channel.recipients)
    mail["Subject"] = _plain(message.subject)
    mail["Date"] = format_datetime(_made(message.made_at))
    mail["Message-ID"] = f"<{_NOT_ID.sub('-', message.message_id)}@{sender.domain}>"
    mail["List-Id"] = f"<{_NOT_ID.sub('-', channel.name)}.trilateral.{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    leave = _unsubscribe(message.unsubscribe or channel.unsubscribe)
    if leave:
        mail["List-Unsubscribe"] = f"<{leave}>"
    mail.set_content(_encodable(message.text), charset="utf-8", cte="quoted-printable" if message.text.isascii() else "base64")
    mail.add_alternative(_encodable(message.html), subtype="html", charset="utf-8", cte="base64")
    mail["Content-Language"] = _NOT_ID.sub("-", message.language)  # set_content drops what stood there before
    return mail


def _unsubscribe(address: str) -> str:
    plain = re.sub(r"[\s<>]+", "", _plain(address))
    return plain if plain.startswith(("mailto:", "https://", "http://")) else ""


def _address(value: str) -> Address:
    name, plain = parseaddr(_plain(value))
    try:
        return Address(display_name=name, addr_spec=plain)
    except (ValueError, IndexError, MessageError) as error:
        raise DeliveryError("an address of the channel is no e-mail address", permanent=True) from error


def _plain(text: str) -> str:
    return _HIDDEN.sub(" ", text).strip()


def _encodable(text: str) -> str:
    """A lone surrogate has no UTF-8 form."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _made(value: str) -> datetime:
    try:
        return parse_utc(value)
    except ValueError as error:
        raise DeliveryError("the message has no time at which it was made", permanent=True) from error


def _answered(code: int, answer: bytes | str) -> DeliveryError:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return DeliveryError(f"the mail server answered {code} {_plain(said)[:300]}", permanent=code in _PERMANENT)


def _all_refused(error: smtplib.SMTPRecipientsRefused) -> DeliveryError:
    """Permanent only where every refusal is."""
    codes = [code for code, _ in error.recipients.values()]
    shown = ", ".join(str(code) for code in sorted(set(codes)))
    return DeliveryError(f"the mail server refused every recipient ({shown})", permanent=all(code in _PERMANENT for code in codes))
