"""A home that links of digests lead to, built once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from .launches import Desk, build


@pytest.fixture(scope="session")
def launches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("launches"))


@pytest.fixture
def desk(launches: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(launches, tmp_path / "home")
    made = Desk(tmp_path / "home")
    yield made
    made.close()
