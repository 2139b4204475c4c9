"""In whatever order pages arrive, the same is concluded from them, and nothing is told twice."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from scraper import app
from scraper.jobs import digest, intake, take
from scraper.jobs.corridor import read_entry
from scraper.jobs.rooms import Rooms
from scraper.jobs.survey import survey
from scraper.model.source import SourceState
from scraper.pressroom import PressRoom
from scraper.storage.articles import Reading

from .house import CONTENT, content, home, rows

ORDERS = 24
PLACED = {name: CONTENT[name] for name in ("articles", "events", "statements", "initiatives", "observations")} | {
    "reasons": "SELECT url, grade, similarity, reason FROM articles",
    "flags": CONTENT["flags"],
}
"""What is concluded of articles, without what it was told in."""


@dataclass(frozen=True)
class Stage:
    """Rooms over an empty database, and every relevant article of the press room as it was read."""

    rooms: Rooms
    base: str
    readings: tuple[Reading, ...]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with PressRoom(app.now()) as room:
        room.release()
        place = home(tmp_path_factory.mktemp("order") / "home", room.sources())
        with app.rooms(place, {}) as rooms:
            yield Stage(rooms, room.url, tuple(_readings(rooms)))


def _readings(rooms: Rooms) -> Iterator[Reading]:
    for source in rooms.config.sources:
        for entry in survey(rooms, source, SourceState(source.id)).entries:
            read = read_entry(rooms, entry, source)
            if read.reading is not None:
                yield read.reading


def _concluded(stage: Stage, folder: Path, readings: list[Reading]) -> dict[str, list[tuple[object, ...]]]:
    """What a database of its own holds after these articles arrived one by one."""
    place = replace(stage.rooms.home, database=folder / "x.db")
    with app.store(place, stage.rooms.config) as store:
        rooms = replace(stage.rooms, home=place, store=store)
        for reading in readings:
            _arrive(rooms, reading)
    return content(place, stage.base)


def _arrive(rooms: Rooms, reading: Reading) -> None:
    with rooms.store.transaction():
        number = take.store(rooms, reading)
        assert number is not None
        take.conclude(rooms, (number,), alert=True)


def _told(rooms: Rooms) -> set[int]:
    """Tell everything that is to be told, and return the alerts that were."""
    digest.send(rooms)
    return {row["alert_id"] for row in rooms.store.rows("SELECT alert_id FROM deliveries WHERE state = 'sent'")}


def test_what_was_told_is_never_taken_back(stage: Stage, tmp_path: Path) -> None:
    """Korean and Japanese texts that bring a name each, told at once; then the English one, which shows that they are one."""
    order = sorted(stage.readings, key=lambda reading: (reading.article.language == "en", reading.article.url))
    place = replace(stage.rooms.home, database=tmp_path / "x.db")
    with app.store(place, stage.rooms.config) as store:
        rooms = replace(stage.rooms, home=place, store=store)
        told: set[int] = set()
        for reading in order:
            _arrive(rooms, reading)
            assert told <= _told(rooms)
            told = _told(rooms)
        there = {row["id"] for row in store.rows("SELECT id FROM alerts")}
    assert there == told


def _line(url: str, title: str, date: str, text: str) -> str:
    return json.dumps({"url": url, "title": title, "date": date, "language": "en", "text": text}) + "\n"


def test_an_older_page_that_arrives_late_takes_back_what_nobody_was_told(stage: Stage, tmp_path: Path) -> None:
    """A name is new in a statement of yesterday; then a statement of last month turns up that has it already."""
    now = app.now()
    body = (
        "The Foreign Ministers of the United States, the Republic of Korea, and Japan met in {place} on {day}. "
        "The ministers announced the launch of the Trilateral Harbor Lights Initiative. They agreed to meet again next year, "
        "and thanked the people of {place} for their hospitality during {pages} days of talks on {what}."
    )
    lines = []
    for days, place, what in (
        (1, "Tokyo", "shipping lanes and lighthouses"),
        (40, "Honolulu", "fisheries, coral reefs and weather balloons"),
    ):
        day = now - timedelta(days=days)
        text = body.format(place=place, day=f"{day:%B} {day.day}, {day.year}", pages=days, what=what)
        title = f"Joint Statement of the United States, the Republic of Korea, and Japan in {place}"
        lines.append(_line(f"https://www.state.gov/joint-{days}/", title, day.date().isoformat(), text))
    kinds = []
    for number, order in enumerate((lines, lines[::-1])):
        files = [tmp_path / f"{number}-{place}.jsonl" for place in range(2)]
        for file, line in zip(files, order, strict=True):
            file.write_text(line, "utf-8")
        place = replace(stage.rooms.home, database=tmp_path / f"{number}.db")
        with app.store(place, stage.rooms.config) as store:
            rooms = replace(stage.rooms, home=place, store=store)
            for file in files:
                intake.run(rooms, [file], alert=True)
        kinds.append([kind for kind, *_ in content(place, "")["alerts"]])
        assert len(content(place, "")["statements"]) == 2
        assert len(content(place, "")["flags"]) == 1
    assert kinds == [["new_statement"], ["new_statement"]]


def test_the_order_of_arrival_changes_nothing(stage: Stage, tmp_path: Path) -> None:
    assert len(stage.readings) == 12
    wanted = _concluded(stage, tmp_path / "0", list(stage.readings))
    chance = random.Random(20261122)
    for number in range(1, ORDERS):
        readings = list(stage.readings)
        chance.shuffle(readings)
        found = _concluded(stage, tmp_path / str(number), readings)
        for name in CONTENT:
            assert found[name] == wanted[name], [reading.article.url for reading in readings]


def _imported(stage: Stage, folder: Path, parts: list[list[str]]) -> dict[str, list[tuple[object, ...]]]:
    """What a database of its own holds after these lines were imported part by part."""
    folder.mkdir()
    place = replace(stage.rooms.home, database=folder / "x.db")
    with app.store(place, stage.rooms.config) as store:
        rooms = replace(stage.rooms, home=place, store=store)
        for number, lines in enumerate(parts):
            file = folder / f"{number}.jsonl"
            file.write_text("".join(lines), "utf-8")
            intake.run(rooms, [file])
    return {name: rows(place, sql) for name, sql in PLACED.items()}


def test_real_documents_in_three_orders_and_in_five_parts_are_grouped_alike(stage: Stage, shared: Path, tmp_path: Path) -> None:
    keys = ("url", "title", "date", "language", "text")
    documents = [json.loads(line) for line in (shared / "eval" / "statements" / "corpus.jsonl").read_text("utf-8").splitlines()]
    lines = [json.dumps({key: document[key] for key in keys}, ensure_ascii=False) + "\n" for document in documents]
    wanted = _imported(stage, tmp_path / "whole", [lines])
    assert len(wanted["statements"]) > 50
    chance = random.Random(1)
    for number in range(3):
        chance.shuffle(lines)
        parts = [lines[at::5] for at in range(5)] if number == 2 else [lines]
        found = _imported(stage, tmp_path / str(number), parts)
        for name in PLACED:
            assert found[name] == wanted[name], name
