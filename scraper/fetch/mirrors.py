"""Hosts whose requests go to a server of one's own instead (``[fetch.hosts]``): a mirror, or a test's press room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
EVERY = "*"


@dataclass(frozen=True, slots=True)
class Mirror:
    """Where a host's requests go: ``scheme`` http or https, ``address`` an IP address."""

    scheme: str
    address: str
    port: int


def mirror_of(hosts: Mapping[str, str], host: str) -> Mirror | None:
    """Return where requests for a host name go by ``hosts``, None for the host itself.

    Its own name goes before the nearest domain above it, written with a leading dot (``.go.kr``), and that before ``*``. A host written as
    an address is never sent elsewhere.
    """
    if not hosts or _is_address(host):
        return None
    labels = host.split(".")
    names = (host, *("." + ".".join(labels[at:]) for at in range(len(labels))), EVERY)
    found = next((hosts[name] for name in names if name in hosts), "")
    if not found:
        return None
    parts = urlsplit(found)
    return Mirror(parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme])


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False
