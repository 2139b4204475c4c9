"""The systemd units: their commands exist, their paths agree, systemd understands them and finds little that is exposed."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from datasette.cli import serve as datasette_serve

from scraper.cli import main

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))
UNITS = sorted([*SERVICES, *DEPLOY.glob("*.timer")])
ANALYZE = shutil.which("systemd-analyze")
HOME, BIN = "/var/lib/trilateral", "/opt/trilateral/bin/"
EXPOSED = 20
"""Tenths of systemd's measure of exposure, 0 to 100, above which a unit is refused."""


def settings(unit: Path) -> dict[str, list[str]]:
    """The settings of a unit, each with its values in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in unit.read_text("utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found[name].append(value)
    return found


def understood(words: list[str]) -> str:
    """The command that these arguments call; click raises where there is none, or an option does not exist."""
    with main.make_context("trilateral", words) as context:
        name, command, rest = main.resolve_command(context, [*context._protected_args, *context.args])
        assert command is not None
        with command.make_context(name, rest, parent=context) as below:
            strange = [word for word in below.params.get("datasette", ()) if word.startswith("--")]
    known = {option for parameter in datasette_serve.params for option in parameter.opts}
    assert set(strange) <= known
    return str(name)


@pytest.mark.parametrize(("unit", "command"), [("trilateral", "run"), ("trilateral-datasette", "serve"), ("trilateral-backup", "backup")])
def test_a_unit_calls_a_command_that_exists(unit: str, command: str) -> None:
    (line,) = settings(DEPLOY / f"{unit}.service")["ExecStart"]
    program, *words = shlex.split(line)
    assert program == f"{BIN}trilateral"
    assert words[:2] == ["--home", HOME]
    assert understood(words) == command


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_unit_is_no_root_and_writes_to_its_home_alone(unit: Path) -> None:
    told = settings(unit)
    assert told["User"] == ["trilateral"]
    for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "MemoryDenyWriteExecute", "RestrictNamespaces"):
        assert told[name] == ["true"], name
    assert (told["ProtectSystem"], told["CapabilityBoundingSet"]) == (["strict"], [""])
    assert told["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]
    assert told["MemoryMax"]
    assert told["UMask"][0] in {"0027", "0077"}
    assert all(path.startswith(HOME) for path in told["ReadWritePaths"])
    assert told["StateDirectory"] in ([], ["trilateral"])


def test_the_daemon_is_watched_and_has_time_to_change_the_database() -> None:
    told = settings(DEPLOY / "trilateral.service")
    assert (told["Type"], told["WatchdogSec"], told["TimeoutStartSec"]) == (["notify"], ["15min"], ["30min"])


def test_datasette_answers_on_this_machine_alone() -> None:
    told = settings(DEPLOY / "trilateral-datasette.service")
    assert "--host 127.0.0.1" in told["ExecStart"][0]
    assert (told["IPAddressDeny"], told["IPAddressAllow"]) == (["any"], ["localhost"])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_the_unit(unit: Path, tmp_path: Path) -> None:
    if ANALYZE is None:
        pytest.skip("systemd-analyze is not on this machine")
    for one in UNITS:  # what a timer starts stands beside it; the program is not installed here
        (tmp_path / one.name).write_text(one.read_text("utf-8").replace(f"{BIN}trilateral", "/bin/true"))
    run = subprocess.run(
        [ANALYZE, "verify", "--man=no", "--recursive-errors=no", str(tmp_path / unit.name)], check=False, capture_output=True, text=True
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_little_is_exposed(unit: Path) -> None:
    if ANALYZE is None:
        pytest.skip("systemd-analyze is not on this machine")
    run = subprocess.run(
        [ANALYZE, "security", "--offline=true", f"--threshold={EXPOSED}", str(unit)], check=False, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout.splitlines()[-1]


def test_the_page_on_operating_names_every_file() -> None:
    told = (ROOT / "docs" / "operating.md").read_text("utf-8")
    files = [path.relative_to(ROOT).as_posix() for path in DEPLOY.rglob("*") if path.is_file() and path.suffix != ".dockerignore"]
    assert [name for name in files if name not in told] == []
    assert HOME in told
    assert "/etc/trilateral.env" in told
