"""What every test may rely on: where the shared material lies, and a clock that stands still."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says more of what else the machine does than of the code.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared material; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("TRILATERAL_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("the shared material is absent")
    return folder


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that stands still at noon UTC of 2026-07-09."""
    return lambda: datetime(2026, 7, 9, 12, 0, tzinfo=UTC)
