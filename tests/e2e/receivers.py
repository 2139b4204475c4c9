"""Mail servers and a webhook on loopback that keep what they accepted, have bad hours, and kill whoever talks to them where they are told to."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import signal
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import MISSING, SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.e2e.teller import Death

LOGIN, PASSWORD, SECRET = "desk", "correct horse battery", "a secret of some length"
_MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(<[^>\r\n]+>)")


@dataclass
class Scythe:
    """Kills the process ``pid`` when something has happened often enough, from the story's hour ``hour()`` on; ``fell`` are the phases."""

    hour: Callable[[], int]
    pid: int = 0
    death: Death | None = None
    fell: Counter[str] = field(default_factory=Counter)
    _left: int = 0
    _guard: Lock = field(default_factory=Lock)

    def arm(self, pid: int, death: Death | None) -> None:
        with self._guard:
            self.pid, self.death, self._left = pid, death, death.count if death is not None else 0

    def passes(self, phase: str) -> bool:
        """Tell that something of a phase happens; return whether that was the end of the process."""
        with self._guard:
            if self.death is None or self.death.phase != phase or self.hour() < self.death.hour:
                return False
            self._left -= 1
            if self._left:
                return False
            self.death = None
            self.fell[phase] += 1
            os.kill(self.pid, signal.SIGKILL)
            return True


@dataclass(frozen=True)
class Trouble:
    """What is wrong from one hour of the story to another: 451 (greylisted), 535, drop (hangs up within the message), down (hangs up at once),
    500, lost (takes the message and hangs up without a word)."""

    begins: int
    ends: int
    what: str


@dataclass
class Postbox:
    """What one channel's server accepted: the id and the bytes of each message, in order. ``unsaid`` counts those of which it hung up before it
    said so."""

    name: str
    scythe: Scythe
    troubles: tuple[Trouble, ...] = ()
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    unsaid: int = 0

    def trouble(self, *of: str) -> str:
        """What is wrong now, if it is one of these."""
        found = next((one.what for one in self.troubles if one.begins <= self.scythe.hour() < one.ends and one.what in of), "")
        self.met[found] += bool(found)
        return found

    def passes(self, phase: str) -> bool:
        return self.scythe.passes(f"{self.name} {phase}")

    def keep(self, identity: str, body: bytes) -> bool:
        """Keep a message; return whether the sender is to hear of it."""
        self.taken.append((identity, body))
        if self.passes("accepted"):
            return False
        lost = self.trouble("lost")
        self.unsaid += bool(lost)
        return not lost


class Letters:
    """The hooks of a mail server."""

    def __init__(self, box: Postbox) -> None:
        self.box = box

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]) -> list[str]:  # noqa: N802  aiosmtpd calls it so
        session.host_name = hostname
        self.box.passes("EHLO")
        if self.box.trouble("down"):
            _hang_up(server)
        return responses

    def handle_STARTTLS(self, server: SMTP, session: Session, envelope: Envelope) -> bool:  # noqa: N802  aiosmtpd calls it so
        self.box.passes("STARTTLS")
        return True

    async def handle_AUTH(self, server: SMTP, session: Session, envelope: Envelope, args: list[str]) -> object:  # noqa: N802  aiosmtpd calls it so
        self.box.passes("AUTH")
        return MISSING

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> object:  # noqa: N802  aiosmtpd calls it so
        self.box.passes("MAIL")
        return MISSING if session.authenticated else "530 5.7.0 authentication required"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> object:  # noqa: N802  aiosmtpd calls it so
        self.box.passes("RCPT")
        return "451 4.7.1 greylisted, try again" if self.box.trouble("451") else MISSING

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd calls it so
        assert isinstance(envelope.content, bytes)
        assert envelope.rcpt_tos == ["reader@to.example"]
        if self.box.passes("DATA") or self.box.trouble("drop"):
            _hang_up(server)
            return "451 never heard"
        found = _MESSAGE_ID.search(envelope.content)
        assert found is not None
        if not self.box.keep(found[1].decode(), envelope.content):
            _hang_up(server)
        return "250 kept"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> object:  # noqa: N802  aiosmtpd calls it so
        self.box.passes("QUIT")
        return MISSING

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        known = (data.login, data.password) == (LOGIN.encode(), PASSWORD.encode())
        return AuthResult(success=known and not self.box.trouble("535"), handled=False)


def _hang_up(server: SMTP) -> None:
    """Cut the connection off without a word."""
    server.transport.abort()


@contextmanager
def mailing(box: Postbox, port: int, tls: ssl.SSLContext, *, starttls: bool) -> Iterator[None]:
    """A mail server that takes nothing without TLS (by STARTTLS, or from the first byte) and a login."""
    letters = Letters(box)
    secured: dict[str, Any] = (
        {"tls_context": tls, "require_starttls": True, "auth_required": True}
        if starttls
        else {"ssl_context": tls, "auth_require_tls": False}  # aiosmtpd knows no TLS but its own; MAIL asks for the login itself
    )
    controller = Controller(letters, hostname="127.0.0.1", port=port, authenticator=letters.authenticate, ready_timeout=60, **secured)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


class _Hook(BaseHTTPRequestHandler):
    box: Postbox

    def do_POST(self) -> None:
        if self.box.passes("asked"):
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.box.trouble("500"):
            self._answer(503)
            return
        _check_signature(self.headers["Trilateral-Signature"], body)
        if self.box.keep(self.headers["Idempotency-Key"], body):
            self._answer(204)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        pass


def _check_signature(given: str, body: bytes) -> None:
    """As a receiver does it: HMAC-SHA-256 of ``<t>.<body>`` under the shared secret."""
    parts = dict(part.split("=", 1) for part in given.split(","))
    wanted = hmac.new(SECRET.encode(), f"{parts['t']}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(wanted, parts["v1"])


class _Posted(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that was killed is no error here."""


@contextmanager
def receiving(box: Postbox) -> Iterator[str]:
    """A webhook; entered it gives its address."""
    server = _Posted(("127.0.0.1", 0), type("Hook", (_Hook,), {"box": box}))
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
