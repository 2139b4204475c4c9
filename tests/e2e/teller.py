"""A process that tells a story of findings, from where the last one that was killed left off."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Event

from scraper.jobs import tick
from scraper.jobs.rooms import Rooms
from scraper.model.settings import AlertSettings
from scraper.storage import alerts, sources
from tests.jobs.house import START, Clock, desk, rooms

AFTERWARDS = 12
"""Ticks after the last finding, which bring the last morning."""

desk()  # whoever starts these processes imports this once, and each begins where it is built


def step(made: Rooms, findings: range) -> None:
    """Some findings in one transaction, every other to be told at once, then a tick."""
    with made.store.transaction():
        for finding in findings:
            kind = ("disk", "channel_failing")[finding % 2]
            alerts.raise_once(made.store, alerts.Alert(f"story:{finding}", kind, detail=f"finding-{finding:03}"))
    tick.tick(made, Event())


def tell(folder: Path, settings: AlertSettings, findings: int, a_step: int, lives: int) -> None:
    """Tell the rest of the story, three hours a step; each of the ``lives`` before this one took a minute."""
    with rooms(folder, Clock(), alerts=settings) as made:
        clock = made.clock
        assert isinstance(clock, Clock)
        for number in range(int(sources.marked(made.store, "story") or 0), findings // a_step + AFTERWARDS):
            clock.now = START + timedelta(hours=3 * number, minutes=lives)
            step(made, range(number * a_step, min((number + 1) * a_step, findings)))
            with made.store.transaction():
                sources.mark(made.store, "story", str(number + 1))
