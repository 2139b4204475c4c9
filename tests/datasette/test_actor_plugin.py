"""Who is asking, by the header of a proxy that signs people in."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def plugin() -> Any:
    spec = importlib.util.spec_from_file_location("actor", ROOT / "db" / "plugins" / "actor.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("headers", "header", "found"), [
    ({"x-remote-user": "kim"}, "X-Remote-User", {"id": "kim"}),
    ({"x-remote-user": " kim@example.org "}, "x-remote-user", {"id": "kim@example.org"}),
    ({"x-remote-user": "김"}, "X-Remote-User", {"id": "김"}),
    ({"x-remote-user": "김민지".encode().decode("latin-1")}, "X-Remote-User", {"id": "김민지"}),  # as the server hands it on
    ({"x-remote-user": "José".encode().decode("latin-1")}, "X-Remote-User", {"id": "José"}),
    ({"x-remote-user": "José"}, "X-Remote-User", {"id": "José"}),
    ({"x-remote-user": "kim"}, "", None),
    ({"x-remote-user": "kim"}, "X-Other", None),
    ({"x-remote-user": ""}, "X-Remote-User", None),
    ({"x-remote-user": "k\x1b[31m"}, "X-Remote-User", None),
    ({"x-remote-user": "k" * 201}, "X-Remote-User", None),
    ({}, "X-Remote-User", None),
])  # fmt: skip
def test_a_header_names_who_asks(plugin: Any, headers: dict[str, str], header: str, found: dict[str, str] | None) -> None:
    assert plugin.actor(headers, header) == found


def test_without_a_proxy_a_header_names_nobody(site: Any) -> None:
    told = site.run(site.datasette.client.get("/-/actor.json", headers={"X-Remote-User": "kim"})).json()
    assert told == {"actor": None}


def test_the_header_that_the_proxies_set_is_the_one_that_is_written_of() -> None:
    for name in ("deploy/proxy/Caddyfile", "deploy/proxy/nginx.conf", "deploy/trilateral.env.example", "docs/operating.md"):
        assert "X-Remote-User" in (ROOT / name).read_text("utf-8"), name
