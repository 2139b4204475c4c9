"""Each kind of channel: what it needs, and how its secrets are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.config import defaults_folder, load
from scraper.config.channels import read_channels
from scraper.config.notes import Notes
from scraper.config.secrets import Secrets
from scraper.model.settings import Channel

HOOK = {"name": "hook", "kind": "webhook", "url": "https://a.example/in", "secret": "${HOOK}"}
PUSH = {"name": "push", "kind": "apprise", "url": "${PUSH}"}
ATOM = {"name": "feed", "kind": "atom", "path": "db/feed.atom"}
MAIL = {"name": "mail", "kind": "email", "host": "h.example", "sender": "a@b.example", "recipients": ["c@d.example"]}
ENVIRON = {"HOOK": "geheim-1", "PUSH": "ntfy://geheim-2"}


def read(table: dict[str, object], folder: Path = Path()) -> tuple[tuple[Channel, ...], list[str], list[str]]:
    """The channels, the problems and the warnings, each as "key: sentence"."""
    notes = Notes("alerts.toml")
    found = read_channels({"channel": [table]}, "Asia/Seoul", Secrets(ENVIRON, folder), notes)
    return found, [f"{one.key}: {one.message}" for one in notes.problems], [f"{one.key}: {one.message}" for one in notes.warnings]


def test_secrets_come_from_outside() -> None:
    (hook,), problems, warnings = read(HOOK)
    assert (hook.url, hook.secret, hook.form, hook.zone) == ("https://a.example/in", "geheim-1", "short", "Asia/Seoul")
    (push,), more, _ = read(PUSH | {"form": "full"})
    assert (push.url, push.form) == ("ntfy://geheim-2", "full")
    assert problems == warnings == more == []


def test_secrets_out_of_files(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("ntfy://of-a-file\n", encoding="utf-8")
    (push,), problems, _ = read({"name": "push", "kind": "apprise", "url_file": "url"}, tmp_path)
    assert (push.url, problems) == ("ntfy://of-a-file", [])
    _, problems, _ = read({**HOOK, "secret_file": "url"} | {"secret": ""}, tmp_path)
    assert problems == ["channel.hook.secret_file: cannot stand beside secret"]


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (PUSH | {"url": "ntfy://geheim-3"}, "channel.push.url: is a secret written plainly"),
        (PUSH | {"url": "${NOBODY}"}, "channel.push.url: the environment variable NOBODY is not set"),
        (PUSH | {"form": "tiny"}, "channel.push.form: must be one of short, full"),
        (HOOK | {"secret": "geheim-3"}, "channel.hook.secret: is a secret written plainly"),
        (HOOK | {"secret": ""}, "channel.hook.secret: must not be empty"),
        (HOOK | {"url": "ftp://a.example"}, "channel.hook.url: must be an http"),
        (HOOK | {"url": "https://u@a.example/"}, "channel.hook.url: must hold no user"),
        (HOOK | {"allow_private": "yes"}, "channel.hook.allow_private: must be a valid boolean"),
        (ATOM | {"path": " "}, "channel.feed.path: must not be empty"),
        (ATOM | {"host": "no host"}, "channel.feed.host: must be a host name"),
    ],
)
def test_problems(table: dict[str, object], problem: str) -> None:
    _, problems, _ = read(table)
    assert any(told.startswith(problem) for told in problems), problems
    assert not any("geheim" in told for told in problems)


def test_channel_that_is_off_may_be_unfinished() -> None:
    for kind in ("email", "webhook", "apprise", "atom", "file"):
        assert read({"name": "x", "kind": kind, "enabled": False})[1] == []


@pytest.mark.parametrize("allowed", [False, True])
def test_unencrypted_webhook_is_told_of(allowed: bool) -> None:
    _, problems, warnings = read(HOOK | {"url": "http://a.example/in", "allow_private": allowed})
    assert problems == []
    assert warnings == ([] if allowed else ["channel.hook.url: what is sent would go over the network unencrypted"])


def test_mail_with_a_certificate_of_ones_own() -> None:
    (mail,), problems, warnings = read(MAIL | {"ca_file": "config/ca.pem"})
    assert (mail.ca_file, problems, warnings) == ("config/ca.pem", [], [])


def test_the_packaged_file_shows_every_kind() -> None:
    config = load(defaults_folder() / "config", {})
    assert [channel.name for channel in config.alerts.channels if channel.enabled] == ["stdout", "file"]
    assert {channel.kind for channel in config.alerts.channels} == {"stdout", "file", "email", "apprise", "webhook", "atom"}
    assert config.warnings == ()
