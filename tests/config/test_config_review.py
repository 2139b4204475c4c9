"""Where our pages are reached, what signs the links by which people decide, and who decides by those of a channel."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.config import defaults_folder, load
from scraper.config.alerting import read_alerts
from scraper.config.notes import Notes
from scraper.config.secrets import Secrets
from scraper.model.settings import AlertSettings

SECRET = "geheim-geheim-geheim"
ENVIRON = {"SECRET": SECRET, "SHORT": "geheim-geheim-1", "FIT": "geheim-geheim-16"}
MAIL = {"name": "mail", "kind": "email", "host": "h.example", "sender": "a@b.example"}


def read(table: dict[str, object], folder: Path = Path()) -> tuple[AlertSettings, list[str]]:
    """The settings and the problems, each as "key: sentence"; there are no warnings."""
    notes = Notes("alerts.toml")
    found = read_alerts(table, Secrets(ENVIRON, folder), notes)
    assert notes.warnings == []
    return found, [f"{one.key}: {one.message}" for one in notes.problems]


def test_nothing_is_linked_unless_an_address_is_named() -> None:
    settings, problems = read({})
    assert (settings.pages_url, settings.review_secret, settings.review_days, problems) == ("", "", 7, [])


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("https://monitor.example.org", "https://monitor.example.org/"),
        ("https://monitor.example.org/", "https://monitor.example.org/"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001/"),
        ("https://example.org/trilateral", "https://example.org/trilateral/"),
        ("", ""),
    ],
)
def test_the_address_ends_in_a_slash(written: str, read_as: str) -> None:
    settings, problems = read({"pages_url": written})
    assert (settings.pages_url, problems) == (read_as, [])


def test_the_secret_comes_from_outside_and_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("of-a-file-of-sixteen\nmore\n", encoding="utf-8")
    settings, problems = read({"review_secret": "${SECRET}"})
    assert (settings.review_secret, problems) == (SECRET, [])
    assert SECRET not in repr(settings)
    settings, problems = read({"review_secret_file": "key"}, tmp_path)
    assert (settings.review_secret, problems) == ("of-a-file-of-sixteen", [])


def test_a_secret_of_sixteen_characters_is_long_enough() -> None:
    assert read({"review_secret": "${FIT}"})[1] == []


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"pages_url": "monitor.example.org"}, "pages_url: must be an http:// or https:// address"),
        ({"pages_url": "javascript:alert(1)"}, "pages_url: must be an http:// or https:// address"),
        ({"pages_url": "https://monitor.example.org/?a=b"}, "pages_url: must be an address alone, without user, query or fragment"),
        ({"pages_url": "https://monitor.example.org/#top"}, "pages_url: must be an address alone, without user, query or fragment"),
        ({"pages_url": "https://me@monitor.example.org/"}, "pages_url: must be an address alone, without user, query or fragment"),
        ({"review_secret": "geheim-geheim-geheim"}, "review_secret: is a secret written plainly: write ${NAME} or review_secret_file"),
        ({"review_secret": "${SHORT}"}, "review_secret: must have at least 16 characters"),
        ({"review_secret": "${NOBODY}"}, "review_secret: the environment variable NOBODY is not set or empty"),
        ({"review_secret_file": "lost"}, "review_secret_file: the file cannot be read as text or is empty"),
        ({"review_days": 0}, "review_days: must be above 0"),
        ({"review_days": -1}, "review_days: must be above 0"),
        ({"channel": [MAIL | {"recipients": ["a@b.example"], "reviewer": "A\nB"}]}, "channel.mail.reviewer: must not be empty or hold"),
    ],
)
def test_problems(table: dict[str, object], problem: str) -> None:
    _, problems = read(table)
    assert len(problems) == 1, problems
    assert problems[0].startswith(problem)
    assert "geheim" not in problems[0]


@pytest.mark.parametrize(
    ("more", "who"),
    [
        ({"recipients": ["kim@example.org"], "reviewer": "김 분석관"}, "김 분석관"),
        ({"recipients": ["kim@example.org"]}, "kim@example.org"),
        ({"recipients": ["kim@example.org", "lee@example.org"]}, "mail"),
    ],
)
def test_who_decides_by_the_links_of_a_channel(more: dict[str, object], who: str) -> None:
    settings, problems = read({"channel": [MAIL | more]})
    assert ([channel.decides for channel in settings.channels], problems) == ([who], [])


def test_a_push_to_nobody_in_particular_says_the_channel() -> None:
    settings, _ = read({"channel": [{"name": "phone", "kind": "stdout"}]})
    assert settings.channels[0].decides == "phone"


def test_the_packaged_file_links_nowhere() -> None:
    alerts = load(defaults_folder() / "config", {}).alerts
    assert (alerts.pages_url, alerts.review_secret, alerts.review_days) == ("", "", 7)
