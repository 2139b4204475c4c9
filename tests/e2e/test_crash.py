"""The daemon is killed at random moments of the demo's story; in the end nothing is lost, doubled or torn."""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scraper import app
from scraper.pressroom import PressRoom

from .house import PATIENCE, Daemon, archived, content, home, rows, sound, wish

STORIES = 4
KILLS = 5
"""Kills in one story: 20 in all."""

LEAST_AT_WORK = 10

Content = dict[str, list[tuple[Any, ...]]]

NOW = app.now()


@dataclass(frozen=True)
class Moment:
    """When a life of the daemon ends: after so many of its requests, and then so many seconds."""

    requests: int
    seconds: float


def moments(chance: random.Random, number: int) -> list[Moment]:
    """Random moments: one in seven while the daemon starts, the others spread over its requests and what it writes after them."""
    return [
        Moment(0, chance.uniform(0, 1.5)) if chance.random() < 1 / 7 else Moment(chance.randint(1, 16), chance.uniform(0, 0.15))
        for _ in range(number)
    ]


class Story:
    """The demo's story in one home: the backlog, the news, and one poll more that finds nothing new."""

    def __init__(self, folder: Path, room: PressRoom) -> None:
        self.place = home(folder / "home", room.sources())
        self.log = folder / "log"
        self.room = room
        self.chapter = 0
        self.mark = 0
        self.deadline = time.monotonic() + 2 * PATIENCE

    def polled(self) -> bool:
        """Whether every source has been polled since this chapter began; what is news must have been read, not only seen unchanged."""
        outcomes = ("ok",) if self.chapter < 2 else ("ok", "not_modified")
        done = {
            source
            for number, source, outcome in rows(self.place, "SELECT id, source_id, outcome FROM polls")
            if number > self.mark and outcome in outcomes
        }
        return len(done) == len(self.room.sources())

    def go_on(self) -> bool:
        """Begin the next chapter when this one has been read; tell whether the story is over."""
        assert time.monotonic() < self.deadline, f"chapter {self.chapter} was not read in time\n{self.log.read_text('utf-8')[-3000:]}"
        if self.chapter < 3 and self.polled():
            self.chapter += 1
            self.mark = max(number for (number,) in rows(self.place, "SELECT id FROM polls"))
            if self.chapter < 3:
                self.room.release()
                wish(self.place)
        return self.chapter == 3

    def live(self, moment: Moment | None) -> bool:
        """One life of the daemon, to the end of the story or to its moment; tell whether it was killed at work.

        At work: it had asked for something, and the news it was to read were not all stored yet.
        """
        before = len(self.room.visits)
        with Daemon(self.place, self.log) as daemon:
            while not self.go_on() or (moment is None and not daemon.ready()):
                if moment and len(self.room.visits) - before >= moment.requests:
                    assert daemon.lives(moment.seconds), daemon.said()
                    break
                assert daemon.lives(0.01), daemon.said()
            if moment is None:
                assert daemon.end(within=10) == 0, daemon.said()
                return False
            daemon.kill()
        return len(self.room.visits) > before and self.chapter < 2 and not self.polled()


def told(folder: Path, planned: list[Moment]) -> tuple[Content, int]:
    """Tell one story with these kills; return what is stored in the end, and how many kills were at work."""
    folder.mkdir()
    with PressRoom(NOW) as room:
        story = Story(folder, room)
        at_work = sum([story.live(moment) for moment in planned])
        story.live(None)
        assert sound(story.place)
        found = archived(story.place)
        assert found.captures
        assert found.pages >= found.captures
        return content(story.place, room.url), at_work


def differences(stored: Content, wanted: Content) -> list[str]:
    """What is there too often and too rarely, a line each."""
    lines = []
    for name in wanted:
        have, want = Counter(stored[name]), Counter(wanted[name])
        lines += [f"{name}: not wanted: {row}" for row in (have - want).elements()]
        lines += [f"{name}: missing: {row}" for row in (want - have).elements()]
    return lines


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What a run that nobody kills stores."""
    return told(tmp_path_factory.mktemp("undisturbed") / "story", [])[0]


def test_an_undisturbed_run_is_the_same_every_time(undisturbed: Content, tmp_path: Path) -> None:
    assert undisturbed["articles"]
    assert undisturbed["alerts"]
    assert not differences(told(tmp_path / "again", [])[0], undisturbed)


def test_killed_at_twenty_random_moments(undisturbed: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = os.environ.get("TRILATERAL_SEED") or os.urandom(4).hex()
    with capsys.disabled():
        print(f" TRILATERAL_SEED={seed} ", end="", file=sys.stderr, flush=True)
    chance, at_work = random.Random(seed), 0
    plans = [moments(chance, KILLS) for _ in range(STORIES)]
    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(told, [tmp_path / str(number) for number in range(STORIES)], plans))
    for planned, (stored, counted) in zip(plans, ends, strict=True):
        at_work += counted
        found = differences(stored, undisturbed)
        if found:
            pytest.fail("\n".join([f"TRILATERAL_SEED={seed}: after the kills {planned}", *found]), pytrace=False)
    with capsys.disabled():
        print(f"{at_work} of {STORIES * KILLS} kills at work ", end="", file=sys.stderr, flush=True)
    assert at_work >= LEAST_AT_WORK
