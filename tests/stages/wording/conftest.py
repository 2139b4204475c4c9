"""The packaged formulae and the packaged watch, built once."""

from __future__ import annotations

import pytest

from scraper.config import Config, defaults_folder, load
from scraper.parties import Parties
from scraper.stages.wording import Formulary


@pytest.fixture(scope="session")
def config() -> Config:
    return load(defaults_folder() / "config", {"TRILATERAL_SMTP_PASSWORD": "-"})


@pytest.fixture(scope="session")
def formulary(config: Config) -> Formulary:
    return Formulary(config.wording, Parties(config.watch))
