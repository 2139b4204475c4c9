"""sources health: how each source answers, for people and for programs."""

from __future__ import annotations

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
    people = call("sources", "health").stdout
    assert "1 http" in people
    assert rows["down"]["error"][:20] in people


def test_a_home_never_polled_has_no_health(tmp_path: Path, room: PressRoom) -> None:
    first, *_ = room.sources()
    (row,) = Caller(make(tmp_path / "home", (first,)).root).json("sources", "health")
    assert (row["last_outcome"], row["polls"], row["last_good_at"]) == ("", {}, "")


def test_the_watch_in_a_sentence(filled: Caller) -> None:
    told = filled.json("health", exit_code=1)
    assert told["watch"].startswith("3 of 3 official sources answered, ")
    assert told["watch"].endswith(" new statements")
