"""What is out of reach of a new article could not have changed the answer: held against grouping everything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.copies import press
from scraper.jobs import intake
from scraper.jobs.rooms import Rooms
from scraper.model.grouping import EventGroup, Sighting
from scraper.stages import grouping
from scraper.storage import groups

from .house import Clock, rooms

DOCUMENTS = 48
COPIES = 4
MERGED = (
    ("https://www.state.gov/0/0", "https://www.state.gov/5/0"),
    ("event:https://www.state.gov/2/0\nhttps://press1.example/9/1", "https://www.state.gov/11/0"),
)


def told(events: Iterable[EventGroup], number: int) -> tuple[object, ...]:
    """The event that an article stands in, and its place there, without what else there is."""
    return next((event,) for event in events for one in event.statements for placed in one.placements if placed.article_id == number)


def settle(made: Rooms, everybody: Sequence[Sighting], without: int) -> None:
    """Components as they are stored when one article has not arrived yet."""
    made.store.write("UPDATE articles SET component = NULL")
    for numbers in grouping.components([seen for seen in everybody if seen.article_id != without]):
        made.store.write(
            "UPDATE articles SET component = ? WHERE id IN (SELECT value FROM json_each(?))", (min(numbers), json.dumps(numbers))
        )


def test_what_is_out_of_reach_could_not_have_changed_the_answer(tmp_path: Path, clock: Clock) -> None:
    file = press.write(tmp_path / "press.jsonl", DOCUMENTS, a_day=0.4, copies=COPIES)
    with rooms(tmp_path, clock) as made:
        assert intake.run(made, [file]).new == DOCUMENTS
        for subject, value in MERGED:
            made.store.insert("reviews", {"at": "2026", "who": "me", "action": "merge", "subject": subject, "value": value, "note": ""})
        ids = [row["id"] for row in made.store.rows("SELECT id FROM articles")]
        reviews = groups.reviews(made.store)
        with made.store.transaction():
            made.store.write("UPDATE articles SET component = 1")
            everybody = groups.in_reach(made.store, ids, frozenset())
            assert len(everybody) == DOCUMENTS
            whole = grouping.regroup(everybody, reviews)
            left_out = 0
            for number in ids:
                settle(made, everybody, number)
                near = groups.in_reach(made.store, [number], groups.keys_of(made.store, [number]))
                assert told(grouping.regroup(near, reviews), number) == told(whole, number)
                left_out += DOCUMENTS - len(near)
            assert left_out > DOCUMENTS * DOCUMENTS / 4, "hardly anything was out of reach, so this says nothing"
