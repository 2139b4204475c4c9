"""The image and its composition, as far as they can be read without building them: no image is built here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scraper.cli import main

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with their arguments, continued lines joined."""
    lines = [line for line in DOCKERFILE.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines()
    return [(head, rest) for head, _, rest in (line.partition(" ") for line in joined)]


def stages() -> list[list[tuple[str, str]]]:
    """The instructions of each stage."""
    made: list[list[tuple[str, str]]] = []
    for head, rest in instructions():
        if head == "FROM":
            made.append([])
        if made:
            made[-1].append((head, rest))
    return made


def test_every_instruction_is_one() -> None:
    known = {"ARG", "FROM", "ENV", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
    assert {head for head, _ in instructions()} <= known
    assert len(stages()) == 2


def test_what_is_copied_is_there_and_not_ignored() -> None:
    build, _ = stages()
    copied = [word.rstrip("/") for head, rest in build if head == "COPY" for word in rest.split()[:-1]]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    kept = [
        line.removeprefix("!")
        for line in (ROOT / "deploy" / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    ]
    assert [name for name in copied if not any(one == name or one.startswith(f"{name}/") for one in kept)] == []


def test_everything_is_installed_by_its_hash() -> None:
    installed = [part.strip() for head, rest in instructions() if head == "RUN" for part in rest.split("&&") if "pip install" in part]
    assert len(installed) == 3
    assert all("--require-hashes" in part or "--no-index" in part for part in installed)


def test_the_image_is_no_root_and_says_how_it_is() -> None:
    _, final = stages()
    told = dict(final)
    assert told["USER"] == "10001:10001"
    assert [head for head, _ in final].index("USER") > max(place for place, (head, _) in enumerate(final) if head == "RUN")
    assert told["HEALTHCHECK"].endswith("CMD trilateral health || exit 1")
    assert (told["ENTRYPOINT"], told["CMD"]) == ('["trilateral"]', '["run"]')
    assert not re.search(r"(?i)(?:secret|password|token|key)\s*=", DOCKERFILE)


@pytest.mark.parametrize("name", ["prepare", "daemon", "datasette"])
def test_a_service_has_no_more_than_it_needs(name: str) -> None:
    service: dict[str, Any] = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert (service["cap_drop"], service["security_opt"]) == (["ALL"], ["no-new-privileges:true"])
    assert service["volumes"] == ["home:/data"]
    assert "home" in COMPOSE["volumes"]
    assert (ROOT / "deploy" / service["build"]["context"] / service["build"]["dockerfile"]).exists()
    with main.make_context("trilateral", list(service["command"])) as context:
        found, command, rest = main.resolve_command(context, [*context._protected_args, *context.args])
        assert command is not None
        command.make_context(found, rest, parent=context).close()


def test_one_port_is_open_and_on_this_machine_alone() -> None:
    opened = {name: service.get("ports") for name, service in COMPOSE["services"].items()}
    assert opened == {"prepare": None, "daemon": None, "datasette": ["127.0.0.1:8001:8001"]}
