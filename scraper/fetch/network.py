"""The network below the client: connections to checked addresses only, every read under the deadline of its exchange."""

from __future__ import annotations

import socket
import ssl
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpcore

from scraper.errors import FetchError

_Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
_PATIENCE = 5.0


class Network(httpcore.NetworkBackend):
    """Opens connections for one thread at a time toward the addresses named by ``toward``.

    The name is never looked up again here, so it cannot point elsewhere than where it was checked, while Host header and
    TLS name stay those of the URL. ``monotonic`` is the clock of the deadlines, in seconds.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._inner = httpcore.SyncBackend()
        self._exchange = threading.local()
        self._open: weakref.WeakSet[_Stream] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._over = False

    @contextmanager
    def toward(self, addresses: tuple[str, ...] | None, expires: float) -> Iterator[None]:
        """Let this thread connect to ``addresses`` (None: to a proxy by its own name) until ``expires`` (monotonic)."""
        self._exchange.addresses, self._exchange.expires, self._exchange.connected = addresses, expires, False
        try:
            yield
        finally:
            del self._exchange.addresses, self._exchange.expires, self._exchange.connected

    @property
    def connected(self) -> bool:
        """Whether this thread's exchange opened a connection of its own, rather than use one that was kept."""
        return bool(self._exchange.connected)

    def bounded(self, timeout: float | None) -> float:
        """Return the seconds that one operation may take; raises ``httpcore.ReadTimeout`` once the deadline is over."""
        left: float = self._exchange.expires - self._monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline is over")
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_Option] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first checked address that answers; ``host`` itself is only used toward a proxy."""
        self._exchange.connected = True
        addresses: tuple[str, ...] = self._exchange.addresses or (host,)
        for number, address in enumerate(addresses, start=1):
            last = number == len(addresses)
            allowed = self.bounded(timeout if last else min(timeout or _PATIENCE, _PATIENCE))
            try:
                stream = self._inner.connect_tcp(address, port, allowed, local_address, socket_options or ())
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if last:
                    raise
            else:
                return self.track(stream)
        raise httpcore.ConnectError("no address")

    def track(self, inner: httpcore.NetworkStream) -> _Stream:
        """Wrap a stream so that it keeps the deadline and can be cut off; one that comes after ``abort`` is closed at once."""
        stream = _Stream(inner, self)
        with self._lock:
            over = self._over
            self._open.add(stream)
        if over:
            inner.close()
            raise httpcore.ConnectError("the client is closed")
        return stream

    def abort(self) -> None:
        """Cut off every open connection, so that threads waiting on one return at once, and let no new one be opened."""
        with self._lock:
            self._over = True
            streams = list(self._open)
        for stream in streams:
            stream.cut()


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, network: Network) -> None:
        self._inner = inner
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._network.bounded(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._network.bounded(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            secured = self._inner.start_tls(ssl_context, server_hostname, self._network.bounded(timeout))
        except httpcore.ConnectError as error:
            raise FetchError(f"no secure connection to {server_hostname} ({error})", code="tls") from error
        return self._network.track(secured)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def cut(self) -> None:
        """Shut the socket down; a thread reading from it sees its end."""
        connection = self._inner.get_extra_info("socket")
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
