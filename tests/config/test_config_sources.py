"""Defaults, the packaged catalogue and what is laid over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.config import load
from scraper.errors import ConfigError
from scraper.model.settings import FetchSettings

WATCH = 'name = "Lands"\n[[party]]\nid = "AA"\nname = "A"\nnames.en = ["A"]\n[[party]]\nid = "BB"\nname = "B"\nnames.en = ["B"]\n'
CATALOGUE = """
[fetch]
workers = 7
timeout = 9

[defaults]
interval = 45

[[source]]
id = "first"
name = "First"
kind = "feed"
url = "https://first.example/"

[[source]]
id = "second"
name = "Second"
kind = "listing"
url = "https://second.example/"
interval = 5
selectors.item = "li"
selectors.date = "time"
"""


@pytest.fixture
def builtin(tmp_path: Path) -> Path:
    """Return a folder of packaged defaults."""
    folder = tmp_path / "builtin"
    folder.mkdir()
    for name, text in {"sources": CATALOGUE, "watch": WATCH, "initiatives": "", "alerts": "", "stock_phrases": ""}.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return an empty folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def test_override_changes_the_named_keys_only(home: Path, builtin: Path) -> None:
    (home / "sources.toml").write_text(
        'include = "builtin"\n[defaults]\nspacing = 30.0\nlanguage = "ko"\n[fetch]\nworkers = 1\n'
        '[[source]]\nid = "second"\nenabled = false\nselectors.date = "b"\n'
        '[[source]]\nid = "third"\nname = "Third"\nkind = "feed"\nurl = "https://third.example/"\n',
        encoding="utf-8",
    )
    config = load(home, {}, builtin=builtin)
    first, second, third = config.sources
    assert (first.interval, first.spacing, first.language) == (45.0, 5.0, "en")
    assert (second.enabled, second.interval, second.url) == (False, 5.0, "https://second.example/")
    assert (second.selectors.item, second.selectors.date) == ("li", "b")
    assert (third.interval, third.spacing, third.language) == (30.0, 30.0, "ko")
    assert config.fetch == FetchSettings(workers=1, timeout=9.0)


def test_without_include_the_catalogue_is_left_out(home: Path, builtin: Path) -> None:
    (home / "sources.toml").write_text('[[source]]\nid = "x"\nname = "X"\nkind = "feed"\nurl = "https://x.example/"\n', encoding="utf-8")
    config = load(home, {}, builtin=builtin)
    assert [source.id for source in config.sources] == ["x"]
    assert config.fetch == FetchSettings()


def test_fault_of_an_override_is_named(home: Path, builtin: Path) -> None:
    (home / "sources.toml").write_text('include = "builtin"\n[[source]]\nid = "second"\nkind = "pigeon"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(home, {}, builtin=builtin)
    assert [(problem.file, problem.key) for problem in caught.value.problems] == [("sources.toml", "source.second.kind")]


def test_broken_catalogue_is_named(home: Path, builtin: Path) -> None:
    (home / "sources.toml").write_text('include = "builtin"\n', encoding="utf-8")
    (builtin / "sources.toml").write_text("= 1", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(home, {}, builtin=builtin)
    assert [problem.file for problem in caught.value.problems] == ["builtin sources.toml"]


def test_secret_file_of_an_override_takes_the_place_of_the_url(home: Path, builtin: Path) -> None:
    (home / "where").write_text("https://elsewhere.example/feed\n", encoding="utf-8")
    (home / "sources.toml").write_text('include = "builtin"\n[[source]]\nid = "first"\nurl_file = "where"\n', encoding="utf-8")
    first = load(home, {}, builtin=builtin).sources[0]
    assert first.url == "https://elsewhere.example/feed"
    assert first.display_url == "(from url_file)"
