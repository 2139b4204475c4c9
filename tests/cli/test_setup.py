"""init, check-config, and what is said of a configuration that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper import __version__

from .conftest import Caller

BAD_SOURCES = """
colour = "red"
[[source]]
id = "first"
name = "First"
kind = "pigeon"
url = "https://example.org/feed"
[[source]]
id = "second"
name = "Second"
kind = "feed"
url = "ftp://example.org/feed"
interval = -1
"""
BAD_ALERTS = """
digest_times = ["25:99"]
zone = "Mars/Base"
[[channel]]
name = "post"
kind = "email"
"""


def test_version(call: Caller) -> None:
    assert call("--version").stdout == f"trilateral, version {__version__}\n"


def test_help_names_every_command(call: Caller) -> None:
    told = call("--help")
    assert told.exit_code == 0
    for name in ("init", "run", "poll", "demo", "inspect", "import", "initiatives", "statements", "digest", "sources", "health", "serve"):
        assert f"\n  {name} " in told.stdout
    assert call().exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "nonsense"),
        (["poll", "--nonsense"], "--nonsense"),
        (["statements"], "list"),
        (["statements", "show"], "ID"),
        (["statements", "list", "--limit", "0"], "--limit"),
        (["statements", "list", "--since", "yesterday"], "--since"),
        (["inspect"], "--text"),
        (["inspect", "page.html", "--text", "-"], "--text"),
        (["import"], "PATH"),
        (["import", "/no/such/file"], "/no/such/file"),
        (["digest", "--language", "xx"], "--language"),
        (["run", "--tick", "0"], "--tick"),
        (["init"], "FOLDER"),
    ],
)
def test_wrong_arguments(fresh: Caller, arguments: list[str], said: str) -> None:
    told = fresh(*arguments)
    assert told.exit_code == 2
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_init_makes_a_home_and_leaves_what_is_there(call: Caller, tmp_path: Path) -> None:
    home = tmp_path / "home"
    told = call("init", home)
    assert told.exit_code == 0
    assert f"trilateral --home {home} run" in told.stdout
    assert {path.name for path in (home / "config").iterdir()} == {
        "alerts.toml", "history.toml", "initiatives.toml", "sources.toml", "stock_phrases.toml", "watch.toml", "windows.toml", "wording.toml",
    }  # fmt: skip
    assert (home / "db" / "plugins" / "search.py").is_file()
    (home / "config" / "sources.toml").write_text("# mine\n", "utf-8")
    (home / "config" / "alerts.toml").unlink()
    again = call("init", home)
    assert "1 files written" in again.stdout
    assert (home / "config" / "sources.toml").read_text("utf-8") == "# mine\n"
    assert "nothing was changed" in call("init", home).stdout


def test_init_where_nothing_can_be_made(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    told = call("init", tmp_path / "file")
    assert told.exit_code == 2
    assert "cannot be made" in told.stderr


def test_a_new_home_is_sound(fresh: Caller) -> None:
    told = fresh("check-config")
    assert told.exit_code == 0
    assert "sources on" in told.stdout
    assert len(fresh.json("sources", "list")) >= 15


@pytest.mark.parametrize(
    "command", [["run"], ["poll"], ["statements", "list"], ["digest"], ["health"], ["check-config"], ["sources", "list"]]
)
def test_every_problem_of_a_bad_configuration_is_named(fresh: Caller, command: list[str]) -> None:
    assert fresh.home is not None
    (fresh.home / "config" / "sources.toml").write_text(BAD_SOURCES, "utf-8")
    (fresh.home / "config" / "alerts.toml").write_text(BAD_ALERTS, "utf-8")
    told = fresh(*command)
    assert told.exit_code == 2
    named = {line.rsplit(": ", 1)[0] for line in told.stderr.splitlines()[1:]}
    wanted = {
        "sources.toml: source.first.kind", "sources.toml: source.second.url", "sources.toml: source.second.interval", "alerts.toml: digest_times",
        "alerts.toml: zone", "alerts.toml: channel.post.host", "alerts.toml: channel.post.sender", "alerts.toml: channel.post.recipients",
    }  # fmt: skip
    assert wanted <= {":".join(name.split(":")[:2]) for name in named}
    assert ("sources.toml: colour" in told.stderr) == (command == ["check-config"])
    assert not list((fresh.home / "db").glob("*.db")), "nothing is opened with a configuration that cannot be used"


def test_an_unknown_key_is_an_error_for_check_config_only(fresh: Caller) -> None:
    assert fresh.home is not None
    alerts = fresh.home / "config" / "alerts.toml"
    alerts.write_text('colour = "red"\n' + alerts.read_text("utf-8"), "utf-8")
    strict = fresh("check-config")
    assert strict.exit_code == 2
    assert "alerts.toml: colour: unknown key" in strict.stderr
    assert fresh("statements", "list").exit_code == 0


def test_broken_toml_is_named_with_its_line(fresh: Caller) -> None:
    assert fresh.home is not None
    (fresh.home / "config" / "watch.toml").write_text('name = "x"\nparty = ?\n', "utf-8")
    told = fresh("statements", "list")
    assert told.exit_code == 2
    assert "watch.toml: is not valid TOML" in told.stderr
    assert "line 2" in told.stderr


def test_an_empty_registry_is_valid(fresh: Caller) -> None:
    assert fresh.home is not None
    (fresh.home / "config" / "initiatives.toml").write_text("", "utf-8")
    assert fresh("check-config").exit_code == 0
    assert fresh.json("initiatives", "list") == []


def test_a_home_that_is_not_there(call: Caller, tmp_path: Path) -> None:
    told = call("--home", tmp_path / "nowhere", "poll")
    assert told.exit_code == 2
    assert "nowhere" in told.stderr
    assert not (tmp_path / "nowhere").exists()


def test_configuration_and_database_elsewhere(fresh: Caller, tmp_path: Path) -> None:
    assert fresh.home is not None
    (tmp_path / "other").mkdir()
    (fresh.home / "config").rename(tmp_path / "other" / "config")
    told = fresh("--config", tmp_path / "other" / "config", "--db", tmp_path / "other" / "x.db", "statements", "list", "--json")
    assert (told.exit_code, told.stdout) == (0, "[]\n")
    assert (tmp_path / "other" / "x.db").exists()
    assert not list((fresh.home / "db").glob("*.db"))
