"""A clock that is moved by hand, and a site on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .house import Clock, Site


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as opened:
        yield opened
