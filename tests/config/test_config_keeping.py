"""The settings of ``[keeping]``: how long things stay, and how much disk they may take."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.config import Config, load
from scraper.errors import ConfigError
from scraper.model.settings import KeepingSettings

SOURCE = '\n[[source]]\nid = "own"\nname = "Own"\nkind = "feed"\nurl = "https://own.example/"\n'


def loaded(folder: Path, text: str) -> Config:
    (folder / "sources.toml").write_text(text + SOURCE, "utf-8")
    return load(folder, {"TRILATERAL_SMTP_PASSWORD": "-"})


def test_the_defaults_hold_where_nothing_is_said(tmp_path: Path) -> None:
    assert loaded(tmp_path, "").keeping == KeepingSettings(90, 2000, 180, 365)


def test_what_is_said_holds_also_beside_the_packaged_catalogue(tmp_path: Path) -> None:
    told = "[keeping]\nrest_days = 30\nbudget_mb = 0\n"
    for text in (told, 'include = "builtin"\n' + told):
        assert loaded(tmp_path, text).keeping == KeepingSettings(rest_days=30, budget_mb=0)


def test_no_public_archive_is_asked_unless_one_is_named(tmp_path: Path) -> None:
    assert loaded(tmp_path, "").keeping.public_archive == ""
    told = '[keeping]\npublic_archive = "https://archive.example/save/"\n'
    assert loaded(tmp_path, told).keeping.public_archive == "https://archive.example/save/"


@pytest.mark.parametrize(("line", "key", "message"), [
    ("rest_days = 0", "keeping.rest_days", "must be at least 1"),
    ("polls_days = 13", "keeping.polls_days", "must be at least 14"),
    ("entries_days = -1", "keeping.entries_days", "must be at least 1"),
    ("budget_mb = -1", "keeping.budget_mb", "must be at least 0"),
    ('public_archive = "ftp://archive.example/save/"', "keeping.public_archive", "must be an http:// or https:// address"),
    ('public_archive = "https://a b/"', "keeping.public_archive", "must be an http:// or https:// address"),
    ('rest_days = "long"', "keeping.rest_days", "must be a valid integer"),
])  # fmt: skip
def test_a_problem_is_named(tmp_path: Path, line: str, key: str, message: str) -> None:
    with pytest.raises(ConfigError) as raised:
        loaded(tmp_path, f"[keeping]\n{line}\n")
    assert [(problem.key, problem.message) for problem in raised.value.problems] == [(key, message)]


def test_a_key_that_is_unknown_is_warned_of(tmp_path: Path) -> None:
    (warning,) = [one for one in loaded(tmp_path, "[keeping]\nrest_dais = 3\n").warnings if one.key.startswith("keeping")]
    assert "rest_days" in warning.message
