"""A server on loopback that plays faults: which one is chosen by the host name asked for, so each fault is a site of its own.

It writes to the socket itself, because no HTTP library would break off a header. A fault is a *script*: what to send, piece by
piece, with pauses, and how to end.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Self


class Act(Enum):
    """What is no bytes: ``RESET`` breaks the connection (RST), ``STALL`` keeps it open and silent until the server ends."""

    RESET = "reset"
    STALL = "stall"


Script = Iterable[bytes | float | Act]
"""Bytes to send, seconds to pause, or an act; when it is over the connection is closed in order."""


@dataclass(frozen=True)
class Asked:
    """One request: ``site`` the host name without port, ``base`` the site's address, ``times`` how often this path was asked
    before, ``headers`` with lower-case names."""

    site: str
    path: str
    headers: Mapping[str, str]
    base: str
    times: int


Play = Callable[[Asked], Script]


@dataclass
class FaultServer:
    """Plays ``faults`` (host name -> play) on 127.0.0.1; ``asked`` are the requests so far. A context manager."""

    faults: Mapping[str, Play]
    asked: list[tuple[str, str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)

    def times(self, site: str, path: str) -> int:
        """How often a path of a site was asked for."""
        with self._lock:
            return self.asked.count((site, path))

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with self._lock:
                self._connections.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, suppress(OSError):
                request = self._read(connection)
                if request is not None:
                    self._play(connection, self.faults[request.site](request))
        finally:
            with self._lock:
                self._connections.discard(connection)

    def _read(self, connection: socket.socket) -> Asked | None:
        head = b""
        while b"\r\n\r\n" not in head:
            data = connection.recv(65_536)
            if not data:
                return None
            head += data
            if head[:1] == b"\x16":  # a TLS handshake, which is not spoken here
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                return None
        return self._asked(head.partition(b"\r\n\r\n")[0].decode("latin-1"))

    def _asked(self, head: str) -> Asked:
        first, *lines = head.split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        site, path = headers["host"].partition(":")[0], first.split(" ")[1]
        with self._lock:
            times = self.asked.count((site, path))
            self.asked.append((site, path))
        return Asked(site, path, headers, f"http://{site}:{self.port}", times)

    def _play(self, connection: socket.socket, script: Script) -> None:
        for step in script:
            if isinstance(step, bytes):
                connection.sendall(step)
            elif isinstance(step, float):
                self._stop.wait(step)
            elif step is Act.STALL:
                self._stop.wait()
            else:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            if self._stop.is_set():
                return
