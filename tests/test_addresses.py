"""Which addresses may be asked."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.addresses import literal, permitted, public, reachable


@pytest.mark.parametrize(
    ("addresses", "outside", "inside"),
    [
        (["8.8.8.8"], True, True),
        (["8.8.8.8", "10.0.0.1"], False, True),
        (["8.8.8.8", "169.254.169.254"], False, False),
        (["2606:4700::1111", "::1"], False, True),
        (["fe80::1"], False, False),
        (["example.org"], False, False),
        (["2606:4700::1%eth0"], False, False),
        (["64:ff9b::8.8.8.8"], False, False),
    ],
)
def test_one_refused_address_refuses_the_host(addresses: list[str], outside: bool, inside: bool) -> None:
    assert (reachable(addresses, private=False), reachable(addresses, private=True)) == (outside, inside)


@given(st.ip_addresses())
def test_what_is_public_is_global_for_the_standard_library_and_permitted(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if public(address):
        assert address.is_global
        assert permitted(address, private=False)
    assert literal(str(address)) == address
    assert not (permitted(address, private=True) and address.is_link_local)
