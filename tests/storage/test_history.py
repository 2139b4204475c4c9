"""Acts of the past as events: without texts, with texts that come later, and without them again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.model.grouping import EventGroup
from scraper.model.history import Act
from scraper.storage import backfills, groups, history, reading
from scraper.storage.backfills import Leaf, Looked
from scraper.storage.store import Store

from .made import Clock, Text, add, apply, event, statement

SEOUL = Act(
    "a-seoul", "2026-07-08", "Ministers at the lake", "foreign_ministers", "Seoul", addresses=("http://gov.example/lake?utm_source=x",)
)
TALKS = Act("b-talks", "2026-07", "Talks of officials", "officials", document="press release", names={"ko": "회의"})
OLD = Act("c-old", "2008", "First talks", "officials")
MEETING = "Foreign ministers, Seoul, 2026-07-08"


def enlist(store: Store, *acts: Act) -> None:
    with store.transaction():
        history.enlist(store, acts)


def stands(store: Store) -> dict[str, tuple[int, str, str]]:
    """Each act with its event: number, name and date."""
    rows = store.rows("SELECT h.id, e.id AS n, e.name, e.date FROM history_events h LEFT JOIN events e ON e.id = h.event_id")
    return {row["id"]: (row["n"], row["name"], row["date"]) for row in rows}


def numbers(store: Store) -> list[int]:
    return [row["id"] for row in store.rows("SELECT id FROM events ORDER BY id")]


def aliases(store: Store) -> dict[str, str]:
    return {row["old_id"]: row["new_id"] for row in store.rows("SELECT old_id, new_id FROM aliases WHERE kind = 'event'")}


def test_acts_are_events_of_their_own_until_a_text_comes(store: Store) -> None:
    enlist(store, SEOUL, TALKS, OLD)
    assert {key: row[1:] for key, row in stands(store).items()} == {
        "a-seoul": ("Ministers at the lake", "2026-07-08"), "b-talks": ("Talks of officials", "2026-07"), "c-old": ("First talks", "2008"),
    }  # fmt: skip
    shown = {row["name"]: (row["level"], row["place"], row["statements"]) for row in reading.events(store)}
    assert shown["Ministers at the lake"] == ("foreign_ministers", "Seoul", 0)
    assert {row["event"] for row in store.rows("SELECT * FROM timeline")} == set(shown)
    before = store.rows("SELECT * FROM events"), store.rows("SELECT * FROM history_events")
    enlist(store, SEOUL, TALKS, OLD)
    assert (store.rows("SELECT * FROM events"), store.rows("SELECT * FROM history_events")) == before


def test_a_text_that_comes_later_joins_the_act_under_its_number(store: Store) -> None:
    enlist(store, SEOUL, OLD)
    number = stands(store)["a-seoul"][0]
    (one,) = add(store, Text("https://a.example/1"))
    apply(store, event(statement(one)))
    assert stands(store)["a-seoul"] == (number, MEETING, "2026-07-08")
    assert store.rows("SELECT event_id FROM statements") == [{"event_id": number}]
    assert len(numbers(store)) == 2
    assert set(aliases(store).values()) == {str(number)}
    (two,) = add(store, Text("https://a.example/2"))
    apply(store, event(statement(one, two)))
    assert stands(store)["a-seoul"][0] == number
    assert len(numbers(store)) == 2


def test_an_act_that_texts_told_of_before_is_their_event(store: Store) -> None:
    (one,) = add(store, Text("https://a.example/1"))
    apply(store, event(statement(one)))
    enlist(store, SEOUL)
    assert stands(store) == {"a-seoul": (1, MEETING, "2026-07-08")}
    assert numbers(store) == [1]


@pytest.mark.parametrize("other", [{"date": "2026-07-01"}, {"level": "leaders"}])
def test_another_act_stays_apart(store: Store, other: dict[str, str]) -> None:
    (one,) = add(store, Text("https://a.example/1"))
    apply(store, event(statement(one)))
    enlist(store, replace(SEOUL, **other))  # type: ignore[arg-type]
    assert len(numbers(store)) == 2


def moved(group: EventGroup, **changed: str) -> EventGroup:
    return replace(group, **changed)  # type: ignore[arg-type]


def test_an_act_stands_alone_again_when_its_event_turns_out_to_be_another(store: Store) -> None:
    enlist(store, SEOUL)
    (one,) = add(store, Text("https://a.example/1"))
    apply(store, event(statement(one)))
    number = stands(store)["a-seoul"][0]
    apply(store, moved(event(statement(one)), date="2026-05-01", name="Foreign ministers, Seoul, 2026-05-01"))
    told = stands(store)["a-seoul"]
    assert told[1:] == ("Ministers at the lake", "2026-07-08")
    assert told[0] != number
    assert numbers(store) == [number, told[0]]
    apply(store, event(statement(one)))
    assert stands(store)["a-seoul"] == (number, MEETING, "2026-07-08")
    assert numbers(store) == [number]
    assert aliases(store)[str(told[0])] == str(number)


def test_an_act_follows_its_event_into_another(store: Store) -> None:
    enlist(store, SEOUL)
    one, two, three = add(store, *(Text(f"https://a.example/{n}") for n in range(3)))
    apply(store, event(statement(one)), moved(event(statement(two), statement(three)), date="2026-07-09", name="later"))
    joined = event(statement(one), statement(two), statement(three))
    apply(store, joined)
    number = stands(store)["a-seoul"][0]
    assert numbers(store) == [number]
    assert {row["event_id"] for row in store.rows("SELECT event_id FROM statements")} == {number}


def test_one_of_the_acts_own_pages_is_enough_to_know_it_by(store: Store) -> None:
    enlist(store, replace(SEOUL, date="2026-07-02", level=""), OLD)
    (one,) = add(store, Text("https://gov.example/lake"))
    apply(store, event(statement(one)))
    assert stands(store)["a-seoul"][1] == MEETING


def test_what_leaves_the_configuration_goes_unless_texts_tell_of_it(store: Store) -> None:
    enlist(store, SEOUL, TALKS, OLD)
    (one,) = add(store, Text("https://a.example/1"))
    apply(store, event(statement(one)))
    gone = stands(store)["c-old"][0]
    enlist(store, TALKS)
    assert set(stands(store)) == {"b-talks"}
    assert [row["name"] for row in reading.events(store)] == [MEETING, "Talks of officials"]
    assert aliases(store)[str(gone)] == ""
    enlist(store, TALKS, OLD)
    assert stands(store)["c-old"][0] > gone


def test_an_event_that_lost_its_texts_says_what_the_act_is(store: Store) -> None:
    enlist(store, SEOUL)
    (one,) = add(store, Text("https://a.example/1"))
    apply(store, event(statement(one)))
    number = stands(store)["a-seoul"][0]
    with store.transaction():
        store.write("UPDATE articles SET statement_id = NULL")
        store.write("DELETE FROM statements")
        history.settle(store)
    assert stands(store)["a-seoul"] == (number, "Ministers at the lake", "2026-07-08")


def test_without_a_history_nothing_is_looked_for(store: Store) -> None:
    with store.transaction():
        history.follow(store, (1, 2))
    assert numbers(store) == []


def test_what_became_of_an_address(store: Store, clock: Clock) -> None:
    with store.transaction():
        for outcome in ("failed", "doubted", "doubted"):
            backfills.record(store, "http://gov.example/lake?utm_source=x", Looked(outcome, "why"))
    assert backfills.looks(store, ["https://gov.example/lake", "https://b.example/"]) == {"https://gov.example/lake": ("doubted", 2)}
    enlist(store, SEOUL)
    assert history.of_event(store, 1) == {
        "id": "a-seoul", "date": "2026-07-08", "until": "", "name": "Ministers at the lake", "level": "foreign_ministers", "place": "Seoul",
        "document": "", "names": {}, "addresses": [{"url": "https://gov.example/lake", "outcome": "doubted", "reason": "why", "via": ""}],
    }  # fmt: skip
    assert history.of_event(store, 99) is None
    assert [(row["url"], row["outcome"]) for row in store.rows("SELECT * FROM history")] == [("https://gov.example/lake", "doubted")]


def test_how_far_a_source_was_paged_back(store: Store) -> None:
    assert backfills.leaf(store, "one") is None
    with store.transaction():
        backfills.turn(store, "one", Leaf(("https://a.example/?page=3",), 2, 40))
    assert backfills.leaf(store, "one") == Leaf(("https://a.example/?page=3",), 2, 40)
    assert backfills.leaf(store, "other") is None
    with store.transaction():
        backfills.turn(store, "one", None)
    assert backfills.leaf(store, "one") is None


def test_groups_can_be_applied_beside_acts_in_any_order(store: Store) -> None:
    enlist(store, SEOUL, TALKS)
    one, two = add(store, Text("https://a.example/1"), Text("https://a.example/2"))
    apply(store, moved(event(statement(two)), date="2026-07-20", level="officials", place="", name="Officials"))
    applied = apply(store, event(statement(one)))
    assert isinstance(applied, groups.Applied)
    assert stands(store)["a-seoul"][1] == MEETING
    assert stands(store)["b-talks"][1] == "Talks of officials"
