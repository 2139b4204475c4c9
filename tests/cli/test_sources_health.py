"""sources health: how each source answers, for people and for programs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from scraper.pressroom import PressRoom

from .conftest import Caller, make


def test_the_health_of_the_sources_of_a_home(filled: Caller, room: PressRoom) -> None:
    rows = filled.json("sources", "health")
    assert {row["source_id"] for row in rows} == {source.id for source in room.sources()}
    assert all(row["last_outcome"] == "ok" and row["polls"] == {"ok": 1} and row["on_duty"] for row in rows)
    assert all(row["failing_since"] == "" and row["last_good_at"] and row["error"] is None for row in rows)
    assert sorted({row["official"] for row in rows}) == [False, True]


def test_a_source_that_fails_is_told_with_its_error(tmp_path: Path, room: PressRoom) -> None:
    first, *_ = room.sources()
    place = make(tmp_path / "home", (first, replace(first, id="down", publisher="Down", url=first.url.rsplit("/", 1)[0] + "/nothing-here")))
    call = Caller(place.root)
    call("poll")
    rows = {row["source_id"]: row for row in call.json("sources", "health")}
    assert (rows["down"]["last_outcome"], rows["down"]["failures"], rows["down"]["polls"]) == ("http", 1, {"http": 1})
    assert rows["down"]["failing_since"]
    assert rows["down"]["next_poll_at"] > rows["down"]["failing_since"]
    people = call("sources", "health").stdout
    assert "1 http" in people
    assert rows["down"]["error"][:20] in people
    assert people.splitlines()[-1] == "1 of 2 sources on duty answer; 1 fail."


def test_a_home_never_polled_has_no_health(tmp_path: Path, room: PressRoom) -> None:
    first, *_ = room.sources()
    spare = replace(first, id="spare", rank=1)
    call = Caller(make(tmp_path / "home", (first, spare)).root)
    rows = {row["source_id"]: row for row in call.json("sources", "health")}
    row = rows[first.id]
    assert (row["last_outcome"], row["polls"], row["last_good_at"], row["next_poll_at"]) == ("", {}, "", "")
    assert (row["on_duty"], rows["spare"]["on_duty"]) == (True, False)
    people = call("sources", "health").stdout
    assert "never polled" in people
    assert "standing by" in people
    assert people.splitlines()[-1] == "0 of 1 sources on duty answer; 1 were never polled; 1 stand by for others of their publisher."


def test_the_watch_in_a_sentence(filled: Caller) -> None:
    told = filled.json("health", exit_code=1)
    assert told["watch"].startswith("3 of 3 official sources answered, ")
    assert told["watch"].endswith(" new statements")


def test_a_government_without_a_source_is_named_and_is_blind_in_the_database(tmp_path: Path, room: PressRoom) -> None:
    left = tuple(source for source in room.sources() if source.party != "JP")
    place = make(tmp_path / "home", left)
    call = Caller(place.root)
    call("poll")
    told = call.json("health", exit_code=1)
    assert told["watch"].endswith("watch incomplete: no official source for JP")
    assert told["today"] == "watch incomplete"
    with closing(sqlite3.connect(place.database)) as connection:
        found = connection.execute("SELECT sources, watch FROM coverage WHERE party = 'JP'").fetchall()
    assert set(found) == {(0, "blind")}
    assert len(found) >= 1
