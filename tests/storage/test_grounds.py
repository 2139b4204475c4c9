"""What flags are decided from: pointers, silences, and what else is read for what is in reach."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.model.flag import Finding, Pointer, Silence
from scraper.storage import flags, grounds
from scraper.storage.flags import Scope
from scraper.storage.store import Store

from .made import Text, add, apply, event, statement

POINTER = Pointer("They agreed on new initiatives.", "new initiatives", 0.8)


@pytest.fixture
def four(store: Store) -> tuple[int, ...]:
    """Four statements of four days, each an event."""
    ids = add(store, *(Text(f"https://a.example/{number}") for number in range(4)))
    made = apply(store, *(event(statement(number, date=f"2026-0{number}-01")) for number in ids)).new
    store.write("INSERT INTO initiatives (id, name, kind, scope, status, known, trilateral) VALUES ('reef', 'Reef', '', '', '', 0, 1)")
    return made


def test_pointers_are_replaced_and_copies_do_not_point(store: Store) -> None:
    official, copy = add(store, Text("https://a.example/1"), Text("https://b.example/1", official=False))
    apply(store, event(statement(official, copy)))
    store.write("UPDATE articles SET grade = 'verbatim' WHERE id = ?", (copy,))
    with store.transaction():
        grounds.point(store, copy, [POINTER])
        assert grounds.pointed(store, [1]) == ()
        grounds.point(store, official, [POINTER, POINTER])
        grounds.point(store, official, [POINTER])
    assert [(one.pointer, one.statement_id, one.event_id, one.placeholder) for one in grounds.pointed(store, [1])] == [
        (POINTER, 1, 1, False)
    ]


def test_a_report_points_only_until_the_primary_text_is_there(store: Store) -> None:
    report, readout = add(store, Text("https://b.example/1", official=False), Text("https://a.example/1"))
    apply(store, event(statement(report, placeholder=True)), event(statement(readout)))
    grounds.point(store, report, [POINTER])
    assert [one.placeholder for one in grounds.pointed(store, [1, 2])] == [True]
    store.write("UPDATE statements SET event_id = 1")
    assert grounds.pointed(store, [1]) == ()


def test_what_was_said_in_a_silence_is_counted_as_far_as_it_matters(store: Store, four: tuple[int, ...]) -> None:
    quiet = Silence("reef", "2026-01-01", "2026-04-01", four[0], four[3], 0)
    grounds.hush(store, ["reef"], [quiet])
    assert grounds.heard(store, 1) == {"reef"}
    assert grounds.heard(store, 1) == frozenset()
    assert grounds.heard(store, 9) == {"reef"}
    assert grounds.silences(store, ["reef"]) == (replace(quiet, event_id=4, spoken=2),)
    store.write("UPDATE statements SET placeholder = 1 WHERE id = ?", (four[1],))
    assert grounds.heard(store, 9) == {"reef"}
    grounds.hush(store, ["reef"], [])
    assert grounds.silences(store, ["reef"]) == ()


def in_force(store: Store) -> list[tuple[str, int, str | None]]:
    rows = store.rows("SELECT kind, statement_id, instance FROM flags WHERE superseded_at IS NULL ORDER BY id")
    return [tuple(row.values()) for row in rows]


def test_a_flag_stays_the_same_while_what_it_rests_on_changes(store: Store, four: tuple[int, ...]) -> None:
    finding, scope = Finding("new_instance", four[0], 1, "reef", instance="2", reason="because"), Scope(initiatives=frozenset({"reef"}))
    assert flags.apply(store, [finding], scope) == (1,)
    assert flags.apply(store, [finding], scope) == ()
    assert flags.apply(store, [replace(finding, instance="3")], scope) == ()
    assert in_force(store) == [("new_instance", four[0], "3")]
    assert flags.apply(store, [replace(finding, statement_id=four[1], event_id=2)], scope) == (2,)
    assert in_force(store) == [("new_instance", four[1], "2")]
    assert flags.apply(store, [], Scope()) == ()
    assert len(in_force(store)) == 1  # out of scope
    flags.apply(store, [], scope)
    assert in_force(store) == []
    assert store.row("SELECT count(*) AS n FROM flags") == {"n": 2}


def test_events_that_became_one_keep_one_flag(store: Store, four: tuple[int, ...]) -> None:
    scope = Scope(events=frozenset({1, 2}))
    made = [Finding("unnamed", number, number, sentence="s") for number in four[:2]]
    assert len(flags.apply(store, made, scope)) == 2
    store.write("UPDATE statements SET event_id = 1 WHERE id = ?", (four[1],))
    assert flags.apply(store, made[:1], scope) == ()
    assert in_force(store) == [("unnamed", four[0], None)]


def test_what_is_left_out_is_observed_while_the_flag_holds(store: Store, four: tuple[int, ...]) -> None:
    scope = Scope(silent=frozenset({4}))
    finding = Finding("omitted", four[3], 4, "reef", comparator_id=four[2], sentence="They welcomed it.")
    observed = "SELECT initiative_id, statement_id, status, date, mention_id FROM observations"
    flags.apply(store, [finding], scope)
    flags.apply(store, [replace(finding, reason="more")], scope)
    row = {"initiative_id": "reef", "statement_id": four[3], "status": "not_mentioned", "date": "2026-04-01", "mention_id": None}
    assert store.rows(observed) == [row]
    store.write("UPDATE statements SET date = '2026-04-02' WHERE id = ?", (four[3],))
    flags.apply(store, [replace(finding, reason="more")], scope)
    assert store.rows(observed) == [row | {"date": "2026-04-02"}]
    told = flags.told(store, 1)
    assert told is not None
    assert (told["kinds"], told["comparator"]["date"], told["sentence"]) == ({"omitted"}, "2026-03-01", "They welcomed it.")
    flags.apply(store, [], scope)
    assert store.rows(observed) == []
    assert flags.told(store, 1) is None
