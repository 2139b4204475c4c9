"""In whatever order pages arrive, the same is concluded from them, and nothing is told twice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import pytest

from scraper import app
from scraper.jobs import corridor, take
from scraper.jobs.rooms import Rooms
from scraper.model.source import SourceState
from scraper.pressroom import PressRoom
from scraper.storage.articles import Reading
from scraper.storage.store import Store

from .house import CONTENT, content, home

ORDERS = 40


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
        surveyed = corridor.survey(rooms, source, SourceState(source.id))
        assert isinstance(surveyed, corridor.Survey)
        for entry in surveyed.entries:
            read = corridor.read_entry(rooms, entry, source)
            assert isinstance(read, corridor.Read)
            if read.reading is not None:
                yield read.reading


def _concluded(stage: Stage, folder: Path, readings: list[Reading]) -> dict[str, list[tuple[object, ...]]]:
    """What a database of its own holds after these articles arrived one by one."""
    place = replace(stage.rooms.home, database=folder / "x.db")
    with app.store(place, stage.rooms.config) as store:
        rooms = replace(stage.rooms, home=place, store=store)
        for reading in readings:
            with store.transaction():
                number = take.store(rooms, reading)
                assert number is not None
                take.conclude(rooms, (number,), alert=True)
    return content(place, stage.base)


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
