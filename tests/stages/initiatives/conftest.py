"""Finders that know nothing, and that know the registry of this folder."""

from __future__ import annotations

import pytest

from scraper.model.initiative import Registry
from scraper.stages.initiatives import Finder

from .samples import REGISTRY, WATCH


@pytest.fixture(scope="session")
def unknowing() -> Finder:
    """A finder that knows no initiative."""
    return Finder(Registry(), WATCH)


@pytest.fixture(scope="session")
def knowing() -> Finder:
    """A finder that knows the registry of this folder."""
    return Finder(REGISTRY, WATCH)
