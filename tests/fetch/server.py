"""A small threaded HTTP server on loopback that can misbehave in every way a test needs.

It speaks to the socket itself, because a well-behaved server library could not cut a body short or send half a header.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Seen:
    """A request as it came: header names lower-case, ``peer`` the port it came from."""

    method: str
    path: str
    headers: Mapping[str, str]
    peer: int


@dataclass(frozen=True)
class Answer:
    """What a path answers.

    ``chunked`` sends the body in chunks; ``length`` overrides Content-Length (-1: none). ``drip`` sends one byte of the body (or of
    the head with ``drip_head``) every so many seconds. ``endless`` repeats the body until the client goes. ``reset`` breaks the
    connection instead of answering, ``cut`` ends it after so many bytes of the body, ``hang`` never answers.
    """

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    chunked: bool = False
    length: int | None = None
    drip: float = 0.0
    drip_head: bool = False
    endless: bool = False
    reset: bool = False
    hang: bool = False
    cut: int | None = None
    raw: bytes = b""


Table = Mapping[str, "Answer | Callable[[Seen], Answer]"]


@dataclass
class Server:
    """Serves ``table`` (path with query -> answer) on 127.0.0.1; other paths are 404. ``seen`` holds the requests in order.

    A context manager: leaving it stops the server and waits for its threads. ``greetings`` holds the first bytes of every
    connection, ``together`` the most requests that were being answered at one time.
    """

    table: Table = field(default_factory=dict)
    host: str = "127.0.0.1"
    seen: list[Seen] = field(default_factory=list)
    greetings: list[bytes] = field(default_factory=list)
    together: int = 0

    def __enter__(self) -> Self:
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._busy = 0
        self._threads: list[threading.Thread] = []
        self._connections: list[socket.socket] = []
        self._socket = socket.create_server((self.host, 0))
        self.port = int(self._socket.getsockname()[1])
        self._run(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(timeout=5)

    def url(self, path: str = "/", *, host: str = "") -> str:
        """The address of a path, by another name of the server if given."""
        return f"http://{host or self.host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [request.path for request in self.seen]

    def _run(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                connection, peer = self._socket.accept()
            except OSError:
                return
            with self._lock:
                self._connections.append(connection)
            self._run(self._serve, connection, int(peer[1]))

    def _serve(self, connection: socket.socket, peer: int) -> None:
        with connection, suppress(OSError):
            first = True
            buffer = b""
            while not self._stop.is_set():
                while b"\r\n\r\n" not in buffer:
                    data = connection.recv(65_536)
                    if not data:
                        return
                    if first:
                        self.greetings.append(data)
                        first = False
                        if data[:1] == b"\x16":  # a TLS handshake, which is not spoken here
                            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                            return
                    buffer += data
                head, _, buffer = buffer.partition(b"\r\n\r\n")
                if not self._respond(connection, _parsed(head, peer)):
                    return

    def _respond(self, connection: socket.socket, request: Seen) -> bool:
        with self._lock:
            self.seen.append(request)
            self._busy += 1
            self.together = max(self.together, self._busy)
        try:
            found = self.table.get(request.path, Answer(404, body=b"no such page"))
            return self._send(connection, found(request) if callable(found) else found)
        finally:
            with self._lock:
                self._busy -= 1

    def _send(self, connection: socket.socket, answer: Answer) -> bool:
        if answer.reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        if answer.hang:
            self._stop.wait(30)
            return False
        if answer.raw:
            connection.sendall(answer.raw)
            return False
        head = _head(answer)
        if answer.drip_head:
            self._drip(connection, head, answer.drip)
        else:
            connection.sendall(head)
        return self._send_body(connection, answer)

    def _send_body(self, connection: socket.socket, answer: Answer) -> bool:
        if answer.cut is not None:
            connection.sendall(answer.body[: answer.cut])
            return False
        if answer.endless:
            while not self._stop.is_set():
                connection.sendall(_chunk(answer.body) if answer.chunked else answer.body)
        if answer.drip and not answer.drip_head:
            self._drip(connection, answer.body, answer.drip)
        else:
            connection.sendall(_chunk(answer.body) + b"0\r\n\r\n" if answer.chunked else answer.body)
        return answer.length is None

    def _drip(self, connection: socket.socket, data: bytes, pause: float) -> None:
        for place in range(len(data)):
            if self._stop.wait(pause):
                return
            connection.sendall(data[place : place + 1])


def _parsed(head: bytes, peer: int) -> Seen:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.split(":", 1) for line in lines)
    return Seen(method, path, {name.strip().lower(): value.strip() for name, value in pairs}, peer)


def _head(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} Status", *(f"{name}: {value}" for name, value in answer.headers)]
    length = len(answer.body) if answer.length is None else answer.length
    if answer.chunked:
        lines.append("Transfer-Encoding: chunked")
    elif length >= 0 and answer.status != 304:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode("ascii") + data + b"\r\n"
