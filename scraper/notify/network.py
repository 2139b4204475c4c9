"""Connections for webhooks: to addresses that may be asked only, and with every read under one deadline."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from socket import SOCK_STREAM, getaddrinfo
from typing import Any

import httpcore

from scraper.addresses import reachable
from scraper.errors import DeliveryError

_Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class Network(httpcore.NetworkBackend):
    """Opens connections to permitted addresses only, each name looked up once, and lets nothing go on ``seconds`` after it was made."""

    def __init__(self, *, private: bool, seconds: float) -> None:
        self._inner = httpcore.SyncBackend()
        self._private = private
        self._ends = time.monotonic() + seconds

    def left(self, timeout: float | None) -> float:
        """Return how long one operation may take; raises ``httpcore.ReadTimeout`` once the deadline is over."""
        seconds = self._ends - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("it took too long in all")
        return seconds if timeout is None else min(timeout, seconds)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_Option] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of ``host`` that answers; raises DeliveryError (refused) where one of them is not permitted."""
        addresses = self._addresses(host, port)
        for address in addresses[:-1]:
            try:
                return _Stream(self._inner.connect_tcp(address, port, self.left(timeout), local_address, socket_options), self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return _Stream(self._inner.connect_tcp(addresses[-1], port, self.left(timeout), local_address, socket_options), self)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = list(dict.fromkeys(str(info[4][0]) for info in getaddrinfo(host, port, type=SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name cannot be resolved ({error})") from error
        if not reachable(found, private=self._private):
            raise DeliveryError(f"{host} is not on the public internet; allow_private = true lets it be asked", refused=True)
        return found


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, network: Network) -> None:
        self._inner = inner
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._network.left(timeout)), self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
