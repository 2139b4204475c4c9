"""backfill: its options, what it prints, and its exit codes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scraper.storage.lock import Lock
from tests.jobs.house import Sheet, Site, closed_port, statement

from .conftest import Caller

HISTORY = """
[[event]]
id = "seoul"
date = "2026-07-09"
name = "Ministers in Seoul"
level = "foreign_ministers"
place = "Seoul"
document = "joint statement"
names = { ko = "외교장관회의" }
addresses = ["https://www.state.gov/seoul-20260709", "https://www.state.gov/other"]

[[event]]
id = "first"
date = "2008"
name = "First talks"
level = "officials"
"""
SOURCE = """
[[source]]
id = "ministry"
name = "Ministry"
kind = "feed"
url = "https://www.state.gov/feed"
official = true
"""


def house(folder: Path, server: str) -> Caller:
    """The command on a home with a short history, all of whose hosts are one server."""
    config = folder / "config"
    config.mkdir(parents=True)
    fetch = f'[fetch]\nspacing = 0\nrobots = false\ntimeout = 2\n[fetch.hosts]\n"*" = "{server}"\n'
    (config / "sources.toml").write_text(SOURCE + fetch, "utf-8")
    (config / "history.toml").write_text(HISTORY, "utf-8")
    return Caller(folder)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site()


def test_history(tmp_path: Path, site: Site) -> None:
    item = statement()
    site.pages[item.path] = Sheet(item.page())
    with site:
        call = house(tmp_path, site.url)
        told = call.json("backfill", "--history")
        assert told == {
            "asked": 2, "outcomes": {"gone": 1, "relevant": 1}, "new": 1, "statements": 1, "flags": 0, "failed": 0, "left": 0, "pages": 0,
            "stopped": False, "error": "",
        }  # fmt: skip
        result = call("backfill", "--history")
        assert result.exit_code == 0
        assert result.stdout == "0 asked: nothing settled. 0 new articles, 0 new statements, no alerts.\n"
        assert result.stderr == "", "progress is for terminals"
        listed = call.json("events", "list")
        assert [(row["name"], row["statements"]) for row in listed] == [("Foreign ministers, Seoul, 2026-07-09", 1), ("First talks", 0)]
        shown = call("events", "show", listed[0]["id"]).stdout
        assert "Known from history: Ministers in Seoul · 외교장관회의, 2026-07-09 (joint statement)" in shown
        assert "  gone: https://www.state.gov/other" in shown
        assert "First talks" in call("events", "show", listed[1]["id"]).stdout


def test_a_listing(tmp_path: Path, site: Site) -> None:
    with site:
        site.pages["/feed"] = Sheet(status=503)
        call = house(tmp_path, site.url)
        failed = call("backfill", "--listing", "ministry", "--until", "2026-01-01")
        assert failed.exit_code == 1
        assert "HTTP status 503" in failed.stderr
        assert "call it again" in failed.stdout
        site.publish(statement())
        site.pages["/feed"] = Sheet(site.pages["/feed"].body.replace(site.url.encode(), b"https://www.state.gov"), "application/rss+xml")
        done = call("backfill", "--listing", "ministry", "--until", "2026-01-01")
        assert done.exit_code == 0
        assert done.stdout == "1 pages, 1 asked: 1 relevant. 1 new articles, 1 new statements, no alerts.\n"


def test_some_that_could_not_be_had(tmp_path: Path, site: Site) -> None:
    site.pages |= {statement().path: Sheet(status=500), "/other": Sheet(statement().page())}
    with site:
        call = house(tmp_path, site.url)
        result = call("backfill", "--history")
        assert result.exit_code == 1
        assert "1 could not be had for now, 0 are left" in result.stdout
        assert call("backfill", "--history", "--since", "2026-08-01").exit_code == 0
        limited = call.json("backfill", "--history", "--limit", "1", exit_code=1)
        assert (limited["asked"], limited["failed"]) == (1, 1)


def test_nothing_could_be_fetched(tmp_path: Path) -> None:
    call = house(tmp_path, f"http://127.0.0.1:{closed_port()}")
    assert call("backfill", "--history").exit_code == 4
    assert call("backfill", "--listing", "ministry", "--until", "2026-01-01").exit_code == 4
    assert [row["name"] for row in call.json("events", "list")] == ["Ministers in Seoul", "First talks"]


def test_another_instance_holds_the_lock(tmp_path: Path) -> None:
    call = house(tmp_path, "http://127.0.0.1:9")
    with Lock(tmp_path / "db" / "trilateral.db"):
        result = call("backfill", "--history")
    assert result.exit_code == 3
    assert str(os.getpid()) in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "say what: --history, or --listing SOURCE --until DATE"),
        (("--history", "--listing", "ministry"), "say what"),
        (("--history", "--until", "2026-01-01"), "--until belongs to --listing"),
        (("--listing", "ministry"), "--listing needs --until DATE"),
        (("--listing", "ministry", "--until", "2026-01-01", "--since", "2026-01-01"), "and no --since"),
        (("--listing", "nobody", "--until", "2026-01-01"), "there is no source nobody"),
        (("--history", "--since", "yesterday"), "Invalid value for '--since'"),
    ],
)
def test_what_it_does_not_take(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    result = house(tmp_path, "http://127.0.0.1:9")("backfill", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize(
    ("server", "told"),
    [("127.0.0.1:80", "must be an http"), ("http://localhost:80", "with an IP address"), ("http://127.0.0.1/a", "with an IP address")],
)
def test_a_server_for_hosts_is_an_address(tmp_path: Path, server: str, told: str) -> None:
    result = house(tmp_path, server)("check-config")
    assert result.exit_code == 2
    assert "fetch.hosts.*" in result.stderr
    assert told in result.stderr
