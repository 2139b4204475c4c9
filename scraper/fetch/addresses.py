"""Which addresses may be asked: the form of a URL, the name in it, and every address the name resolves to.

Which addresses are the public internet's says :mod:`scraper.addresses`.

Ports: 80, 443 and those above 1023, where no privileged service listens, without the well-known ones of other services
(databases, mail, remote desktops, container engines and what the Fetch standard calls bad ports), for private sources too.
"""

from __future__ import annotations

import queue
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import httpx

from scraper.addresses import literal, permitted, public, reachable
from scraper.errors import FetchError
from scraper.fetch.mirrors import Mirror
from scraper.urls import belongs, registrable

Resolver = Callable[[str, int], Sequence[str]]
"""A port: host name and port in, the addresses as text out; raises ``OSError`` where the name does not resolve."""

_MAX_URL = 8_000
_MAX_ADDRESSES = 6
_PORTS = {"http": 80, "https": 443}
_UNPRIVILEGED = 1_024
_SERVICES = frozenset({
    1433, 1434, 1521, 1719, 1720, 1723, 1883, 2049, 2181, 2375, 2376, 2379, 2380, 3128, 3268, 3269, 3306, 3389, 3659, 4045, 4190, 4444,
    5060, 5061, 5432, 5672, 5900, 5901, 5984, 5985, 5986, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 7001, 7077,
    9042, 9092, 9100, 9160, 9200, 9300, 10050, 10051, 10080, 10250, 11211, 15672, 16379, 27017, 27018, 27019, 28017,
})  # fmt: skip
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LOCAL_NAMES = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa", "localhost6", "onion")


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be asked: ``host`` lower-case ASCII without a trailing dot or brackets, ``private`` whether loopback
    and private addresses are allowed for it, ``mirror`` the server of one's own that answers for it."""

    url: httpx.URL
    host: str
    port: int
    private: bool
    mirror: Mirror | None = None

    @property
    def site(self) -> str:
        """Whose site it is: the registrable domain, or ``host:port`` where the host is an address or a bare name."""
        plain = "." in self.host and literal(self.host) is None
        return registrable(self.host) if plain else f"{self.host}:{self.port}"

    @property
    def inside(self) -> bool:
        """Whether the host, as written, is on the local network: no proxy outside could reach it."""
        address = literal(self.host)
        return _local_name(self.host) if address is None else not public(address)

    @property
    def origin(self) -> str:
        """Scheme, host and port (RFC 6454), by which robots.txt holds."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.url.scheme}://{host}:{self.port}"


def system(host: str, port: int) -> tuple[str, ...]:
    """Resolve ``host`` by the operating system; addresses in its order, each once; raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(info[4][0]) for info in found))


def local(addresses: Sequence[str]) -> bool:
    """Tell whether there are addresses and none of them is on the public internet."""
    found = [literal(text) for text in addresses]
    return bool(found) and not any(address is None or public(address) for address in found)


def refused(reason: str, url: str) -> FetchError:
    """Return the error of an address that is not asked."""
    return FetchError(f"{url[:200]}: {reason}", code="address")


@lru_cache(maxsize=2048)
def admit(url: str, *, private: bool = False) -> Target:
    """Check the form of ``url`` and of its host, and return what may be asked; raises FetchError ``address``.

    Parsed by the same parser that later builds the request, so both see the same host. ``http`` on port 443 is taken as
    ``https``, which some publishers' feeds write.
    """
    if len(url) > _MAX_URL or _FORBIDDEN.search(url):
        raise refused("too long, or holds white space, control characters or backslashes", url)
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise refused(f"not a URL ({error})", url) from error
    if parsed.scheme not in _PORTS:
        raise refused("only http and https are fetched", url)
    if parsed.userinfo or "@" in re.split(r"[/?#]", url.partition("//")[2], maxsplit=1)[0]:
        raise refused("credentials in the URL", url)
    return _target(parsed, url, private=private)


def _target(parsed: httpx.URL, url: str, *, private: bool) -> Target:
    host = parsed.raw_host.decode("ascii").lower().removesuffix(".")
    _check_host(host, url, private=private)
    scheme = "https" if parsed.port == _PORTS["https"] else parsed.scheme
    port = _PORTS[scheme] if parsed.port is None else parsed.port
    if not _open(port):
        raise refused(f"port {port} is none of the web's", url)
    named = None if port == _PORTS[scheme] else port
    return Target(parsed.copy_with(scheme=scheme, host=host, port=named, fragment=None), host, port, private)


def _open(port: int) -> bool:
    return port in _PORTS.values() or (_UNPRIVILEGED <= port < 65_536 and port not in _SERVICES)


def _check_host(host: str, url: str, *, private: bool) -> None:
    address = literal(host)
    if address is not None:
        if not permitted(address, private=private):
            raise refused("not an address of the public internet", url)
        return
    # What the C library would still read as an address (decimal, octal, hexadecimal, short forms) ends in a number.
    if _NAME.fullmatch(host) is None or _NUMERIC.fullmatch(host.rpartition(".")[2]):
        raise refused("no valid host", url)
    if not private and _local_name(host):
        raise refused("a name of a local network", url)


def _local_name(host: str) -> bool:
    return "." not in host or any(belongs(host, name) for name in _LOCAL_NAMES)


def resolve(target: Target, resolver: Resolver, timeout: float) -> tuple[str, ...]:
    """Return the addresses of a target, all of them checked; raises FetchError ``dns``, ``timeout`` or ``address``.

    One refused address refuses the host: a name that points both inside and outside is an attack or a mistake.
    """
    if literal(target.host) is not None:
        return (target.host,)
    found = _looked_up(target, resolver, timeout)
    for text in found:
        if not reachable([text], private=target.private):
            raise refused(f"{target.host} resolves to {text}, which is not an address of the public internet", str(target.url))
    if not found:
        raise FetchError(f"{target.host} has no address", code="dns")
    return tuple(found[:_MAX_ADDRESSES])


def _looked_up(target: Target, resolver: Resolver, timeout: float) -> Sequence[str]:
    # The system's look-up has no time limit and cannot be interrupted, so it runs in a thread that may be left behind.
    answers: queue.SimpleQueue[Sequence[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver(target.host, target.port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name=f"resolve {target.host}", daemon=True).start()
    try:
        answer = answers.get(timeout=max(timeout, 0.0))
    except queue.Empty:
        raise FetchError(f"looking up {target.host} took too long", code="timeout") from None
    if isinstance(answer, OSError | UnicodeError):
        raise FetchError(f"{target.host} cannot be resolved ({answer})", code="dns") from answer
    return answer
