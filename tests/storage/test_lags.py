"""Who published first, how far behind the others were at least and at most, and who has not: the views over brackets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.model.moment import Moment
from scraper.storage import articles, reading, sources, watching
from scraper.storage.store import Row, Store

from .made import Text, apply, event, source, statement
from .made import reading as read


def add(
    store: Store,
    name: str,
    party: str,
    *,
    told: str = "",
    precision: str = "second",
    unseen: str = "",
    seen: str = "2026-07-09T12:00:00Z",
    official: bool = True,
) -> int:
    """Store a page of a party, with what is known of when it came out."""
    moment = Moment(told, precision) if told else None
    made = replace(
        read(Text(f"https://{name}.example/1", party=party, official=official, published=moment)),
        first_seen_at=seen,
        not_seen_before_at=unseen,
    )
    with store.transaction():
        return articles.add(store, made)


BRACKETS = [
    ("a time", {"told": "2026-07-09T11:30:00Z"}, ("2026-07-09T11:30:00Z", "2026-07-09T11:30:00Z")),
    ("a minute", {"told": "2026-07-09T11:30:00Z", "precision": "minute"}, ("2026-07-09T11:30:00Z", "2026-07-09T11:30:00Z")),
    ("a time to come", {"told": "2026-07-09T12:30:00Z", "unseen": "2026-07-09T11:40:00Z"}, ("2026-07-09T11:40:00Z", "2026-07-09T12:00:00Z")),
    ("a time that is guessed", {"told": "2026-07-09T11:30:00Z", "precision": "inferred"}, (None, "2026-07-09T12:00:00Z")),
    ("nothing", {}, (None, "2026-07-09T12:00:00Z")),
    ("the last look without it", {"unseen": "2026-07-09T11:40:00Z"}, ("2026-07-09T11:40:00Z", "2026-07-09T12:00:00Z")),
    ("a day", {"told": "2026-07-09", "precision": "date"}, ("2026-07-08T10:00:00Z", "2026-07-09T12:00:00Z")),
    ("a day long ago", {"told": "2020-02-03", "precision": "date"}, ("2020-02-02T10:00:00Z", "2020-02-04T12:00:00Z")),
    ("a day and a look", {"told": "2026-07-09", "precision": "date", "unseen": "2026-07-09T11:40:00Z"}, ("2026-07-09T11:40:00Z", "2026-07-09T12:00:00Z")),
    ("a day that looks contradict", {"told": "2026-07-01", "precision": "date", "unseen": "2026-07-09T11:40:00Z"}, ("2026-07-09T11:40:00Z", "2026-07-09T12:00:00Z")),
    ("a day to come", {"told": "2026-08-01", "precision": "date"}, (None, "2026-07-09T12:00:00Z")),
]  # fmt: skip


@pytest.mark.parametrize(("what", "said", "told"), BRACKETS, ids=[what for what, *_ in BRACKETS])
def test_between_which_times_a_page_came_out(store: Store, what: str, said: dict[str, str], told: tuple[str | None, str]) -> None:
    number = add(store, "us", "US", **said)  # type: ignore[arg-type]
    apply(store, event(statement(number)))
    row = store.row("SELECT not_before, not_after FROM brackets WHERE article_id = ?", (number,))
    assert row is not None, what
    assert (row["not_before"], row["not_after"]) == told


def sides(store: Store, scope: str = "statement") -> list[tuple[object, ...]]:
    """Each side with its place and lags."""
    return [(row["party"], row["place"], row["lag_low_minutes"], row["lag_high_minutes"]) for row in reading.sides(store, scope, 1)]


def test_lags_are_brackets_and_who_is_missing_is_said(store: Store) -> None:
    watching.enlist(store, ["US", "KR", "JP"])
    kr = add(store, "kr", "KR", told="2026-07-09T11:30:00Z")
    us = add(store, "us", "US", unseen="2026-07-09T11:35:00Z", seen="2026-07-09T11:50:00Z")
    report = add(store, "press", "", told="2026-07-09T11:00:00Z", official=False)
    apply(store, event(statement(us, kr, report)))
    assert sides(store) == sides(store, "event") == [("KR", 1, None, None), ("US", 2, 5, 20), ("JP", None, None, None)]
    (missing,) = [row for row in reading.sides(store, "statement", 1) if row["place"] is None]
    assert (missing["missing_since"], missing["looked_at"], missing["first_party"]) == ("2026-07-09T11:30:00Z", None, "KR")
    lags = store.rows("SELECT party, lag_low_minutes AS low, lag_high_minutes AS high, missing_since FROM lags")
    assert [tuple(row.values()) for row in lags] == [
        ("KR", None, None, None), ("US", 5, 20, None), ("JP", None, None, "2026-07-09T11:30:00Z"),
    ]  # fmt: skip
    assert store.rows("SELECT count(*) AS n FROM event_lags WHERE missing_hours IS NOT NULL") == [{"n": 1}]


def test_an_unknown_beginning_is_no_lag_and_an_overlap_may_be_negative(store: Store) -> None:
    kr = add(store, "kr", "KR", unseen="2026-07-09T11:00:00Z", seen="2026-07-09T11:30:00Z")
    us = add(store, "us", "US", unseen="2026-07-09T11:20:00Z", seen="2026-07-09T11:40:00Z")
    jp = add(store, "jp", "JP", seen="2026-07-09T11:50:00Z")
    apply(store, event(statement(us, kr, jp)))
    assert sides(store) == [("KR", 1, None, None), ("US", 2, -10, 40), ("JP", 3, None, 50)]


def test_the_first_page_of_a_side_counts(store: Store) -> None:
    first = add(store, "kr", "KR", told="2026-07-09T10:00:00Z")
    pages = [add(store, f"us{hour}", "US", told=f"2026-07-09T{hour}:00:00Z") for hour in (11, 12)]
    apply(store, event(statement(first, *pages)))
    assert sides(store)[1] == ("US", 2, 60, 60)


def test_when_the_sources_of_a_missing_side_last_answered(store: Store) -> None:
    watching.enlist(store, ["US", "JP"])
    with store.transaction():
        sources.sync(store, (source("tokyo", party="JP"), source("post", party="JP", official=False)))
        store.write("UPDATE source_states SET last_good_at = '2026-07-09T11:55:00Z' WHERE source_id = 'tokyo'")
        store.write("UPDATE source_states SET last_good_at = '2026-07-09T11:59:00Z' WHERE source_id = 'post'")
        store.write(
            "INSERT OR IGNORE INTO source_states (source_id, last_good_at) VALUES ('tokyo', '2026-07-09T11:55:00Z'), ('post', '2026-07-09T11:59:00Z')"
        )
    apply(store, event(statement(add(store, "us", "US"))))
    assert [row["looked_at"] for row in reading.sides(store, "event", 1)] == [None, "2026-07-09T11:55:00Z"]


def test_a_sides_own_text_lacks_nobody_and_its_event_does(store: Store) -> None:
    watching.enlist(store, ["US", "JP"])
    own = replace(statement(add(store, "us", "US")), side="US")
    apply(store, event(own))
    assert [row[0] for row in sides(store)] == ["US"]
    assert [row[0] for row in sides(store, "event")] == ["US", "JP"]
    assert reading.events(store)[0]["missing"] == ["JP"]


def test_a_placeholder_lacks_everybody(store: Store) -> None:
    watching.enlist(store, ["US", "JP"])
    report = add(store, "press", "", told="2026-07-09T11:00:00Z", official=False)
    made = statement(report, placeholder=True)
    apply(store, event(replace(made, side="", placements=(replace(made.placements[0], relation="report", grade="report"),))))
    rows: list[Row] = reading.sides(store, "statement", 1)
    assert [(row["party"], row["place"], row["missing_since"], row["first_party"]) for row in rows] == [
        ("JP", None, "2026-07-09T11:00:00Z", None), ("US", None, "2026-07-09T11:00:00Z", None),
    ]  # fmt: skip
    assert store.rows("SELECT lead, grade FROM statement_provenance") == [{"lead": 1, "grade": "report"}]
