"""Which addresses of the network may be asked, by whoever asks.

The public internet is what the IANA special-purpose registries (RFC 6890 and its updates) leave over. Tunnelled and translated forms
(IPv4-mapped, 6to4, Teredo, NAT64) are refused as a whole, because they can hold any IPv4 address.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(ipaddress.IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
_PRIVATE_4 = tuple(ipaddress.IPv4Network(text) for text in ("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
_PRIVATE_6 = tuple(ipaddress.IPv6Network(text) for text in ("::1/128", "fc00::/7"))


@lru_cache(maxsize=1024)
def literal(host: str) -> Address | None:
    """Return the address that ``host`` writes in canonical form, or None where it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def public(address: Address) -> bool:
    """Tell whether an address is one of the public internet's unicast addresses."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    # A zone (RFC 4007) names an interface of this machine, which no address of the internet has.
    return address.scope_id is None and address in _GLOBAL_6 and not any(address in network for network in _NOT_PUBLIC_6)


def permitted(address: Address, *, private: bool) -> bool:
    """Tell whether a connection to an address is allowed; ``private`` adds loopback, RFC 1918 and unique local ones only.

    Link-local addresses stay refused even then: cloud machines keep their credentials there.
    """
    if public(address):
        return True
    if not private:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return any(address in network for network in _PRIVATE_4)
    return address.scope_id is None and any(address in network for network in _PRIVATE_6)


def reachable(addresses: tuple[str, ...] | list[str], *, private: bool) -> bool:
    """Tell whether every address, as text, is a permitted one: a name that points both inside and outside is an attack or a mistake."""
    found = [literal(text) for text in addresses]
    return all(address is not None and permitted(address, private=private) for address in found)
