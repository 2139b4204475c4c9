"""The client's transport: directly to checked addresses, or through the proxy that the environment names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from scraper.errors import ConfigError, FetchError, Problem
from scraper.fetch.mirrors import Mirror
from scraper.fetch.network import Network

_LIMIT = 64
# Below the spacing of most sites and the keep-alive time of common servers (5 s), so that no half-closed one is reused.
_KEEP_ALIVE = 4.0


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies of the environment (``http_proxy``, ``https_proxy``, ``all_proxy``, ``no_proxy``) by URL scheme."""

    by_scheme: dict[str, str]

    def of(self, scheme: str, host: str) -> str:
        """Return the proxy's URL for a request, or ``""`` where it goes directly."""
        address = self.by_scheme.get(scheme) or self.by_scheme.get("all", "")
        return "" if not address or proxy_bypass(host) else address


def environment() -> Proxies:
    """Read the proxies that the environment names now; an address without a scheme is an HTTP proxy's."""
    return Proxies({key: value if key == "no" or "://" in value else f"http://{value}" for key, value in getproxies().items()})


@contextmanager
def told(url: str) -> Iterator[None]:
    """Turn the errors of the connection pool into FetchError ``timeout``, ``unreachable``, ``connect`` or ``too_large``."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchError(f"{url}: no answer in time ({error or type(error).__name__})", code="timeout") from error
    except httpcore.RemoteProtocolError as error:
        # h11 marks a head that outgrows its buffer with the status a server would answer (RFC 6585 section 5).
        # The pool raises again "from None", which leaves h11's error as the context only.
        large = getattr(error.__context__, "error_status_hint", None) == 431
        if large:
            raise FetchError(f"{url}: the headers are too large", code="too_large") from error
        raise FetchError(f"{url}: {error}", code="connect") from error
    except httpcore.ConnectError as error:
        raise FetchError(f"{url}: {error or type(error).__name__}", code="unreachable") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, httpcore.UnsupportedProtocol) as error:
        raise FetchError(f"{url}: {error or type(error).__name__}", code="connect") from error


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes], url: str) -> None:
        self._stream = stream
        self._url = url

    def __iter__(self) -> Iterator[bytes]:
        with told(self._url):
            yield from self._stream

    def close(self) -> None:
        close = getattr(self._stream, "close", None)
        if close is not None:
            close()


class Transport(httpx.BaseTransport):
    """Sends a request whose extension ``route`` is ``public``, ``private`` or a proxy's URL, to its ``mirror`` where it has one.

    Public and private connections are pooled apart: one opened for a source that may reach the local network is never
    reused for another that may not.
    """

    def __init__(self, network: Network, proxies: Proxies) -> None:
        context = httpx.create_ssl_context()
        self._network = network
        self._pools: dict[str, httpcore.ConnectionPool] = {
            route: httpcore.ConnectionPool(
                ssl_context=context,
                max_connections=_LIMIT,
                max_keepalive_connections=_LIMIT // 2,
                keepalive_expiry=_KEEP_ALIVE,
                network_backend=network,
            )
            for route in ("public", "private")
        }
        for scheme in ("http", "https", "all"):
            address = proxies.by_scheme.get(scheme, "")
            if address and address not in self._pools:
                self._pools[address] = _proxy_pool(address, scheme, network)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and return its response with the body still to be read; raises FetchError."""
        url = request.url
        inner = httpcore.Request(
            method=request.method,
            url=_place(url, request.extensions.get("mirror")),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        with told(str(url)):
            answer = self._answer(self._pools[request.extensions["route"]], inner)
        body = _Body(cast("Iterable[bytes]", answer.stream), str(url))
        return httpx.Response(answer.status, headers=answer.headers, stream=body, extensions=answer.extensions)

    def _answer(self, pool: httpcore.ConnectionPool, request: httpcore.Request) -> httpcore.Response:
        try:
            return pool.handle_request(request)
        except (httpcore.RemoteProtocolError, httpcore.NetworkError):
            if self._network.connected:
                raise
            # The server closed a kept connection just now; a GET may be sent again (RFC 9110 9.2.2).
            return pool.handle_request(request)

    def close(self) -> None:
        """Close every pooled connection."""
        for pool in self._pools.values():
            pool.close()


def _place(url: httpx.URL, mirror: Mirror | None) -> httpcore.URL:
    """Where a request goes; its Host header stays that of the URL."""
    if mirror is None:
        return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    return httpcore.URL(scheme=mirror.scheme.encode(), host=mirror.address.encode(), port=mirror.port, target=url.raw_path)


def _proxy_pool(address: str, scheme: str, network: Network) -> httpcore.ConnectionPool:
    try:
        proxy = httpx.Proxy(address)
    except (ValueError, httpx.InvalidURL) as error:
        raise _unusable(scheme, str(error)) from error
    if proxy.url.scheme not in ("http", "https"):
        raise _unusable(scheme, f"proxies of kind {proxy.url.scheme} are not supported")
    return httpcore.HTTPProxy(
        proxy_url=httpcore.URL(scheme=proxy.url.raw_scheme, host=proxy.url.raw_host, port=proxy.url.port, target=proxy.url.raw_path),
        proxy_auth=proxy.raw_auth,
        proxy_headers=proxy.headers.raw,
        ssl_context=httpx.create_ssl_context(),
        max_connections=_LIMIT,
        max_keepalive_connections=_LIMIT // 2,
        keepalive_expiry=_KEEP_ALIVE,
        network_backend=network,
    )


def _unusable(scheme: str, reason: str) -> ConfigError:
    return ConfigError((Problem("environment", f"{scheme}_proxy", reason),))
