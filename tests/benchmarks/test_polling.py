"""The benchmark of polling, small: it says what it is to say, its feeds are what it says they are, and no item is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.polling import feeds
from benchmarks.polling.processes import Talking, installed
from benchmarks.polling.server import Site
from scraper import app
from scraper.config import defaults_folder, load
from scraper.model.source import Page, Source
from scraper.stages.discover import discover, fast
from scraper.stages.discover.document import read_document
from scraper.stages.relevance.interest import of_interest

ROOT = Path(__file__).resolve().parents[2]
START = datetime(2026, 7, 9, 12, 0, tzinfo=UTC)
BASE = "http://127.0.0.1:1"


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.polling", "--feeds", "20", "--items", "5", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def alone() -> subprocess.CompletedProcess[str]:
    return bench("--alone")


def last(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_our_own_figures(alone: subprocess.CompletedProcess[str]) -> None:
    assert (alone.returncode, alone.stderr) == (0, "")
    told = last(alone)
    assert (told["cpu_ratio_unchanged"], told["cpu_ratio_changed"], told["reader"]) == (None, None, None)
    assert told["items_lost"] == 0
    assert 20 < told["peak_mb"] < 200
    backlog, unchanged, changed = (told["ours"][kind] for kind in ("backlog", "unchanged", "changed"))
    assert [one["items"] for one in (backlog, unchanged, changed)] == [100, 0, 100]
    assert [one["outcomes"] for one in (backlog, unchanged, changed)] == [{"ok": 20}, {"not_modified": 20}, {"ok": 20}]
    assert [one["answers"] for one in (unchanged, changed)] == [{"304": 20}, {"200": 20}]
    assert all(one["cpu"] > 0 and one["wall"] > 0 and one["bugs"] == [] for one in (backlog, unchanged, changed))


def test_the_table_comes_first(alone: subprocess.CompletedProcess[str]) -> None:
    lines = alone.stdout.splitlines()
    assert lines[0].startswith("20 feeds of 5 items")
    assert sum(line.startswith("trilateral") for line in lines) == 3


def test_without_the_other_program_ours_is_told_alone(tmp_path: Path) -> None:
    broken = tmp_path / "venv"
    (broken / "bin").mkdir(parents=True)
    (broken / "bin" / "python").write_text("no program\n", "utf-8")
    done = bench("--venv", str(broken))
    assert done.returncode == 0
    assert "reader could not be installed" in done.stderr
    assert (last(done)["reader"], last(done)["items_lost"]) == (None, 0)
    assert installed(broken, ("reader",))[1]


@pytest.mark.parametrize("number", range(30))
def test_feeds_are_read_by_the_fast_path_and_hold_what_is_counted(number: int) -> None:
    body = feeds.body(BASE, number, 1, 7, START)
    source = Source("press", "Press", "feed", f"{BASE}/feed/{number}", language=feeds.language(number))
    assert fast.parsed(read_document(body.decode(), 100)) is not None
    found = discover(Page(source.url, source.url, 200, {}, body, "2026-07-09T13:00:00Z"), source)
    assert [entry.url for entry in found.entries] == [feeds.address(BASE, number, 1, item) for item in range(7)]
    assert all(entry.published and entry.summary and entry.language == feeds.language(number) for entry in found.entries)
    assert found.notes == ()


def test_nothing_in_them_is_of_interest() -> None:
    parties = app.desk(load(defaults_folder() / "config", {})).parties
    items = [item for number in range(21) for item in feeds.told(BASE, number, 0, 50, START)]
    assert not [item.title for item in items if of_interest(item.title, item.summary, parties)]
    assert len({item.url for item in items}) == len(items)


def test_the_server_holds_to_its_validators() -> None:
    site = Site(BASE, 3, 2, START)
    whole = site.answer("/feed/1", {})
    tag, changed = (
        next(line.partition(": ")[2] for line in whole.decode().split("\r\n") if line.startswith(name))
        for name in ("ETag", "Last-Modified")
    )
    assert site.answer("/feed/1", {"if-none-match": tag}).startswith(b"HTTP/1.1 304")
    assert site.answer("/feed/1", {"if-modified-since": changed}).startswith(b"HTTP/1.1 304")
    assert site.answer("/feed/2", {"if-none-match": tag, "if-modified-since": changed}).startswith(b"HTTP/1.1 200")
    site.generation += 1
    assert site.answer("/feed/1", {"if-none-match": tag}).startswith(b"HTTP/1.1 200")
    assert site.answer("/feed/1", {"if-modified-since": changed}).startswith(b"HTTP/1.1 200")
    assert [site.answer(path, {})[:12] for path in ("/feed/3", "/feed/x", "/robots.txt")] == [b"HTTP/1.1 404"] * 3
    assert site.given == {"200": 4, "304": 2, "404": 3}


def test_the_server_ends_with_its_input() -> None:
    with Talking.python("-m", "benchmarks.polling.server", 1, 1) as server:
        assert server.hear().startswith("http://127.0.0.1:")
        assert server.ask("report") == {}
    with pytest.raises((RuntimeError, ValueError)):
        server.ask("report")
