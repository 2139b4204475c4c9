"""Connections for webhooks: to addresses that may be asked only, and with every read under one deadline."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from socket import SOCK_STREAM, getaddrinfo
from typing import Any

import httpcore

from scraper.errors import DeliveryError

_INTERNET = ip_network("2000::/3")
_OTHERS = tuple(ip_network(text) for text in ("2001::/23", "2002::/16", "3fff::/20", "192.88.99.0/24"))
_OWN = tuple(ip_network(text) for text in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"))
_Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


def permitted(address: str, *, private: bool) -> bool:
    """Tell whether a connection to an address is allowed: to one of the public internet (the IANA special-purpose registries, RFC 6890; no
    tunnelled or translated forms, which can hold any IPv4 address), or where ``private`` is meant to this machine and to private networks.
    Link-local addresses never are: cloud machines keep their credentials there.
    """
    try:
        found = ip_address(address)
    except ValueError:  # no address at all, or one with a scope that names an interface of this machine
        return False
    if private and any(found in network for network in _within(_OWN, found.version)):
        return True
    if found.version == 6 and (found not in _INTERNET or found.scope_id is not None):
        return False
    return found.is_global and not found.is_multicast and not any(found in network for network in _within(_OTHERS, found.version))


def _within(networks: Iterable[IPv4Network | IPv6Network], version: int) -> list[IPv4Network | IPv6Network]:
    return [network for network in networks if network.version == version]


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
        """Connect to the first address of ``host`` that answers; raises DeliveryError (permanent) where one of them is not permitted."""
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
        if not all(permitted(address, private=self._private) for address in found):
            raise DeliveryError(f"{host} is not on the public internet; allow_private = true lets it be asked", permanent=True)
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
