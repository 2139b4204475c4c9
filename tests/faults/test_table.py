"""Every fault ends in its outcome, in one pass with all the others, and harms nobody; a second pass stores nothing twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scraper.jobs import poll
from scraper.jobs.poll import Passed
from scraper.jobs.rooms import Rooms
from scraper.model.source import OUTCOMES

from .house import PLACES, TABLE, WELL, Clock, rooms, rows, served
from .rows import Row

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Played:
    """Two passes over the table: the polls of each by source, what was stored after each, and who asked for what."""

    polls: tuple[Mapping[str, dict[str, Any]], Mapping[str, dict[str, Any]]]
    passes: tuple[Passed, Passed]
    stored: tuple[Mapping[str, list[tuple[Any, ...]]], Mapping[str, list[tuple[Any, ...]]]]
    asked: tuple[tuple[str, str], ...]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder, clock, chosen = tmp_path_factory.mktemp("faults"), Clock(), rows()
    with served(chosen) as (server, made_of), rooms(folder, clock, [made_of(row) for row in chosen]) as made:
        first = poll.run(made, made.config.sources)
        polls, stored = told(made), contents(made)
        clock.advance(minutes=45)
        second = poll.run(made, made.config.sources)
        return Played((polls, told(made)), (first, second), (stored, contents(made)), tuple(server.asked))


def told(made: Rooms) -> dict[str, dict[str, Any]]:
    """The last poll of every source."""
    last = "SELECT source_id, outcome, http_status, entries, new, error FROM polls ORDER BY id"
    return {row["source_id"]: row for row in made.store.rows(last)}


def contents(made: Rooms) -> dict[str, list[tuple[Any, ...]]]:
    """What was stored, without what the clock and the number of attempts change."""
    queries = {
        "entries": "SELECT source_id, url, title FROM entries",
        "articles": "SELECT url, title, text FROM articles",
        "statements": "SELECT id, title FROM statements",
        "alerts": "SELECT key FROM alerts",
    }
    return {name: sorted(tuple(row.values()) for row in made.store.rows(sql)) for name, sql in queries.items()}


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 45
    assert len({row.name for row in TABLE}) == len(TABLE)
    reached = {row.outcome for row in TABLE} | {row.again for row in TABLE if row.again}
    assert reached == set(OUTCOMES)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_fault_ends_in_its_outcome(played: Played, row: Row) -> None:
    first, second = (polls[row.name] for polls in played.polls)
    assert (first["outcome"], first["entries"]) == (row.outcome, row.entries), first
    assert (second["outcome"], second["new"]) == (row.again or row.outcome, row.fresh), second
    for last in (first, second):
        error = last["error"] or ""
        assert bool(error) is (last["outcome"] not in ("ok", "not_modified") or (last["outcome"] == "ok" and bool(row.says)))
        assert len(error) < 600
        assert error.isprintable()
    assert row.says.lower() in (first["error"] or "").lower()


@pytest.mark.parametrize("row", [row for row in TABLE if row.title], ids=lambda row: row.name)
def test_what_can_be_read_is_read_rightly(played: Played, row: Row) -> None:
    titles = [title for name, _, title in played.stored[0]["entries"] if name == row.name]
    assert len(titles) == row.entries
    assert all(row.title in title for title in titles)


def test_the_sources_in_order_are_complete(played: Played) -> None:
    for polls in played.polls:
        assert [polls[name]["outcome"] for name in WELL] == ["ok", "ok"]
        assert [polls[name]["entries"] for name in WELL] == [3, 3]
    for name in WELL:
        assert len([entry for entry in played.stored[0]["entries"] if entry[0] == name]) == 3
    assert [url.partition("/statement-")[2] for url, _, _ in played.stored[0]["articles"]] == list(PLACES.values())
    assert all(text for _, _, text in played.stored[0]["articles"])
    assert played.stored[0]["statements"]


def test_every_source_is_polled_once_in_a_pass_and_no_bug_comes_to_light(played: Played) -> None:
    for done in played.passes:
        assert done.bugs == ()
        assert not done.stopped
        assert sorted(one.source_id for one in done.polls) == sorted(row.name for row in rows())


def test_a_second_pass_stores_nothing_twice(played: Played) -> None:
    first, second = played.stored
    expected = {row.name for row in TABLE if row.fresh}
    assert [entry for entry in second["entries"] if entry[0] not in expected] == [
        entry for entry in first["entries"] if entry[0] not in expected
    ]
    assert {kind: second[kind] for kind in ("articles", "statements", "alerts")} == {
        kind: first[kind] for kind in ("articles", "statements", "alerts")
    }
    assert len({(name, url) for name, url, _ in second["entries"]}) == len(second["entries"])


def test_nothing_was_asked_for_that_robots_txt_or_an_address_rule_forbids(played: Played) -> None:
    for name in (
        "robots-forbids",
        "robots-forbids-us",
        "robots-500",
        "robots-503",
        "robots-reset",
        "robots-stall",
        "robots-challenge",
        "robots-429",
    ):
        assert {path for site, path in played.asked if site == f"{name}.test"} == {"/robots.txt"}
    assert not [path for _, path in played.asked if "meta-data" in path or "passwd" in path]
    assert played.asked.count(("status-429-seconds.test", "/feed")) == 1  # an hour and more was asked for


@pytest.fixture
def memory(tmp_path: Path) -> Any:
    """Both passes in a process of its own, with the settings as delivered; the server plays in another."""
    chosen = rows()
    with served(chosen) as (_, made_of):
        urls = {row.name: made_of(row).url for row in chosen}
        here = Path(__file__).resolve().parents[1]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(here), str(here.parent)))}
        command = [sys.executable, "-m", "faults.memory", str(tmp_path)]
        done = subprocess.run(command, input=json.dumps(urls), capture_output=True, text=True, timeout=240, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_memory_stays_small(memory: dict[str, Any]) -> None:
    assert memory["polls"] == 2 * len(rows())
    assert memory["bugs"] == 0
    assert memory["peak"] < 200 * MEGABYTE, f"{memory['peak'] / MEGABYTE:.0f} MB"
