"""After a time in which nobody was awake: how much older news may be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from scraper.jobs import waking
from scraper.model.moment import utc

from .house import START, Clock, rooms


@pytest.mark.parametrize(
    ("signs", "hours", "later", "grace"),
    [
        ([], 0, 0, 0.0),  # a new home
        (["", ""], 0, 0, 0.0),
        ([""], 1, 0, 0.0),  # a nap
        ([""], 1.01, 0, 1.01),
        ([""], 50, 0, 50.0),
        ([""], 50, 23.9, 50.0),
        ([""], 50, 24, 0.0),  # it has caught up
        ([""], 5000, 0, 168.0),
    ],
)
def test_news_may_be_older_by_as_long_as_nobody_was_awake(
    tmp_path: Path, clock: Clock, signs: Sequence[str], hours: float, later: float, grace: float
) -> None:
    with rooms(tmp_path, clock) as made:
        clock.advance(hours=hours)
        waking.note(made, [*signs, *([utc(START)] if hours else [])])
        clock.advance(hours=later)
        assert waking.grace_hours(made) == pytest.approx(grace)
        assert waking.just_woke(made) is (grace > 0 and later < 2)


def test_who_falls_asleep_again_while_catching_up_counts_both(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock) as made:
        clock.advance(hours=20)
        waking.note(made, [utc(START)])
        clock.advance(hours=3)
        waking.note(made, [utc(clock() - timedelta(hours=2))])
        assert waking.grace_hours(made) == pytest.approx(23.0)
