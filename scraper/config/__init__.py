"""The configuration: a folder of TOML files read into frozen records, every fault named at once.

``sources.toml`` what is polled, ``watch.toml`` who is watched and by which words, ``initiatives.toml`` the registry,
``alerts.toml`` where digests go,
``stock_phrases.toml`` the stock language that tells no text from another, ``windows.toml`` when news is expected,
``wording.toml`` the formulae that are watched, ``history.toml`` what happened before. Only this room knows pydantic and the shape of the files.
"""

from __future__ import annotations

from scraper.config.aside import read_records
from scraper.config.files import defaults_folder
from scraper.config.loading import Config, load

__all__ = ["Config", "defaults_folder", "load", "read_records"]
