"""HTTP on loopback: pages by path, with validators (RFC 9110 8.8 and 13.1)."""

from __future__ import annotations

import hashlib
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

from scraper.pressroom.printing import Sheet

LOOPBACK = "127.0.0.1"


class Server(ThreadingHTTPServer):
    """A listening socket on ``port`` of loopback (0: a free one).

    ``find`` gives the page of a path with its query, or None; ``note`` is told each path and the status it was answered with,
    from the connection's own thread. The server knows its open connections, so that closing does not wait for clients that
    keep theirs.
    """

    daemon_threads = False
    block_on_close = True

    def __init__(self, port: int, find: Callable[[str], Sheet | None], note: Callable[[str, int], None]) -> None:
        self.find = find
        self.note = note
        self._open: set[socket.socket] = set()
        self._guard = Lock()
        super().__init__((LOOPBACK, port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection while it is served."""
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that has been served."""
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Cut every connection that is open, which wakes the thread that waits for its next request."""
        with self._guard:
            for connection in self._open:
                with suppress(OSError):  # the client was faster
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away in the middle of an answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def etag(sheet: Sheet) -> str:
    """Return the strong entity tag of a page."""
    return f'"{hashlib.sha256(sheet.body).hexdigest()[:20]}"'


def is_fresh(sheet: Sheet, headers: Message) -> bool:
    """Tell whether the client has this page: If-None-Match decides where it is sent, else If-Modified-Since."""
    tags = headers.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or etag(sheet) in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    since = _http_date(headers.get("If-Modified-Since", ""))
    return since is not None and sheet.changed <= since


def _http_date(value: str) -> datetime | None:
    """Return the time of a header; None where it is no date with a zone (the condition is ignored then, RFC 9110 13.1.3)."""
    try:
        parsed = parsedate_to_datetime(value)
    except ValueError:
        return None
    return parsed if parsed.tzinfo is not None else None


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "pressroom"
    sys_version = ""
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        """Answer with the page."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the page's headers."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        sheet = self.server.find(self.path)
        status = HTTPStatus.NOT_FOUND if sheet is None else HTTPStatus.NOT_MODIFIED if is_fresh(sheet, self.headers) else HTTPStatus.OK
        self.server.note(self.path, int(status))
        if sheet is None:
            self.send_error(status)
        else:
            self._send(sheet, status, with_body=with_body)

    def _send(self, sheet: Sheet, status: HTTPStatus, *, with_body: bool) -> None:
        self.send_response(status)
        self.send_header("ETag", etag(sheet))
        self.send_header("Last-Modified", format_datetime(sheet.changed, usegmt=True))
        if status is HTTPStatus.OK:
            self.send_header("Content-Type", sheet.content_type)
            self.send_header("Content-Length", str(len(sheet.body)))
        self.end_headers()
        if with_body and status is HTTPStatus.OK:
            self.wfile.write(sheet.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: what was asked for is in ``PressRoom.visits``."""
