"""Events and statements: public ids stay, and what pointed to one that is gone follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.model.article import Participant
from scraper.model.grouping import Review
from scraper.storage import alerts, articles, groups, reading
from scraper.storage.alerts import Alert
from scraper.storage.store import Store
from scraper.text import spaced

from .made import Clock, Text, add, apply, event, statement


@pytest.fixture
def four(store: Store) -> list[int]:
    return add(store, *(Text(f"https://a.example/{number}", title=f"Text {number}") for number in range(4)))


def where(store: Store) -> dict[int, tuple[int, int]]:
    """The statement and the event that each article stands in."""
    rows = store.rows("SELECT a.id, s.id AS s, s.event_id AS e FROM articles a JOIN statements s ON s.id = a.statement_id ORDER BY a.id")
    return {row["id"]: (row["s"], row["e"]) for row in rows}


def aliases(store: Store) -> set[tuple[str, str, str]]:
    return {(row["kind"], row["old_id"], row["new_id"]) for row in store.rows("SELECT * FROM aliases")}


def test_nothing_applied_changes_nothing(store: Store) -> None:
    assert apply(store) == groups.Applied((), ())
    assert groups.in_reach(store, (), frozenset()) == ()
    assert groups.keys_of(store, ()) == frozenset()
    groups.take_part(store, ())


def test_a_grouping_is_written(store: Store, four: list[int]) -> None:
    a, b, c, _ = four
    applied = apply(store, event(statement(a, b), statement(c, title="Readout")))
    assert applied == groups.Applied((1, 2), (1, 2))
    assert where(store) == {a: (1, 1), b: (1, 1), c: (2, 1)}
    rows = store.rows("SELECT relation, grade, similarity, reason, component FROM articles WHERE statement_id = 1 ORDER BY id")
    assert [row["relation"] for row in rows] == ["original", "copy"]
    assert {row["component"] for row in rows} == {a}


def test_applied_again_it_keeps_its_ids_and_nothing_is_new(store: Store, four: list[int], clock: Clock) -> None:
    a, b, *_ = four
    apply(store, event(statement(a, b)))
    before = store.rows("SELECT * FROM statements"), store.rows("SELECT * FROM events"), where(store)
    clock.advance(hours=1)
    assert apply(store, event(statement(a, b))) == groups.Applied((), (1,))
    assert (store.rows("SELECT * FROM statements"), store.rows("SELECT * FROM events"), where(store)) == before
    assert aliases(store) == set()


def test_a_group_keeps_the_id_it_shares_most_with(store: Store, four: list[int]) -> None:
    a, b, c, d = four
    apply(store, event(statement(a, b)), event(statement(c)))
    applied = apply(store, event(statement(a), statement(b, c, d)))
    assert applied.new == ()
    assert where(store) == {a: (1, 1), b: (2, 1), c: (2, 1), d: (2, 1)}
    assert aliases(store) == {("event", "2", "1")}


def test_one_that_is_split_gives_its_id_to_the_larger_part_and_the_other_is_new(store: Store, four: list[int]) -> None:
    a, b, c, _ = four
    apply(store, event(statement(a, b, c)))
    applied = apply(store, event(statement(a)), event(statement(b, c)))
    assert where(store) == {a: (2, 2), b: (1, 1), c: (1, 1)}
    assert applied.new == (2,)


def test_where_two_become_one_the_older_stays_and_pointers_follow(store: Store, four: list[int]) -> None:
    a, b, *_ = four
    apply(store, event(statement(a)), event(statement(b)))
    point(store, 2, b)
    applied = apply(store, event(statement(a, b)))
    assert applied == groups.Applied((), (1,))
    assert aliases(store) == {("statement", "2", "1"), ("event", "2", "1")}
    pointing = (
        "SELECT statement_id FROM alerts UNION ALL SELECT statement_id FROM flags UNION ALL SELECT statement_id FROM observations "
        "UNION ALL SELECT first_statement_id FROM initiatives UNION ALL SELECT statement_id FROM formulae"
    )
    assert [row["statement_id"] for row in store.rows(pointing)] == [1] * 5
    assert reading.statement(store, "2")["id"] == 1
    assert store.row("SELECT count(*) AS n FROM statements_fts") == {"n": 1}


def point(store: Store, number: int, article: int) -> None:
    """Let one row of each table point to a statement."""
    with store.transaction():
        alerts.raise_once(store, Alert(f"statement:{number}", "new_statement", statement_id=number))
        store.insert(
            "initiatives",
            {"id": "i", "name": "I", "kind": "", "scope": "", "status": "", "known": 0, "trilateral": 1, "first_statement_id": number},
        )
        mention = store.insert(
            "mentions",
            {"article_id": article, "field": "text", "name": "I", "sentence": "I", "language": "en", "confidence": 1}
            | dict.fromkeys(
                ("cue", "rule", "status", "why", "head", "instance", "abbreviation", "registry_id", "sentence_before", "sentence_after"), ""
            ),
        )
        store.insert("observations", {"initiative_id": "i", "statement_id": number, "status": "", "cue": "", "mention_id": mention})
        store.insert("formulae", {"formula": "f", "variant": "v", "statement_id": number, "sentence": ""})
        store.insert(
            "flags",
            {
                "kind": "new_initiative",
                "basis": "ever",
                "initiative_id": "i",
                "statement_id": number,
                "mention_id": mention,
                "flagged_at": "",
                "reason": "",
                "confidence": 1,
            },
        )


def test_aliases_of_aliases_lead_to_what_is_there(store: Store, four: list[int]) -> None:
    a, b, c, d = four
    apply(store, event(statement(a, b)), event(statement(c)), event(statement(d)))
    apply(store, event(statement(c, d)))
    apply(store, event(statement(a, b, c, d)))
    assert aliases(store) == {(kind, old, "1") for kind in ("statement", "event") for old in ("2", "3")}


def test_an_id_is_never_given_twice(store: Store, four: list[int]) -> None:
    a, b, c, _ = four
    apply(store, event(statement(a)), event(statement(b)))
    apply(store, event(statement(a, b)))
    applied = apply(store, event(statement(c)))
    assert applied.new == (3,)
    assert where(store)[c] == (3, 3)
    assert reading.statement(store, "2")["id"] == 1


def test_a_placeholder_is_taken_over_by_the_text_it_stood_for(store: Store, four: list[int]) -> None:
    report, official, *_ = four
    apply(store, event(statement(report, title="Ministers met", placeholder=True)))
    applied = apply(store, event(statement(official, report)))
    assert applied.new == ()
    (row,) = store.rows("SELECT id, title, placeholder, lead_article_id FROM statements")
    assert row == {"id": 1, "title": "Joint Statement", "placeholder": 0, "lead_article_id": official}


def test_an_article_out_of_reach_keeps_its_statement(store: Store, four: list[int]) -> None:
    a, b, c, d = four
    apply(store, event(statement(a, b)), event(statement(c, d)))
    apply(store, event(statement(c, d, a)))  # b, which a person put together with a, is not in reach here
    assert [where(store)[number][0] for number in four] == [2, 1, 2, 2]
    assert store.rows("PRAGMA foreign_key_check") == []


def test_statements_are_found_by_the_words_of_their_lead(store: Store) -> None:
    a, b = add(
        store, Text("https://a.example/1", text="북한의 도발을 규탄하였다."), Text("https://a.example/2", text="They met.", store="link")
    )
    apply(store, event(statement(a, title="공동성명")), event(statement(b)))
    apply(store, event(statement(a, title="공동성명")), event(statement(b)))
    sql = "SELECT rowid AS id FROM statements_fts WHERE statements_fts MATCH ?"
    assert store.rows(sql, (f'"{spaced("북한")}"',)) == [{"id": 1}]
    assert store.rows(sql, (f'"{spaced("공동성명")}"',)) == [{"id": 1}]


def apart(store: Store, count: int, *same: tuple[int, int]) -> list[int]:
    """Articles that share no hash, but for the pairs named by their places."""
    sketches = [{100 * (at + 1)} for at in range(count)]
    for one, other in same:
        for at in (one, other):
            sketches[at].add(10 * one + other + 1)
    return add(store, *(Text(f"https://a.example/{at}", sketch=tuple(sorted(sketch))) for at, sketch in enumerate(sketches)))


def reached(store: Store, number: int, *keys: str) -> list[int]:
    with store.transaction():
        return [seen.article_id for seen in groups.in_reach(store, [number], frozenset(keys))]


def test_reach_is_who_shares_a_hash_or_a_key_and_their_whole_components(store: Store) -> None:
    a, b, c, d, e = apart(store, 5, (0, 1))
    articles.add_keys(store, d, frozenset({"d:2026-07-08"}))
    apply(store, event(statement(b, c)))
    assert groups.keys_of(store, [a, d]) == {"d:2026-07-08"}
    assert reached(store, a) == [a, b, c]
    assert reached(store, a, "d:2026-07-08", "d:2026-07-09") == [a, b, c, d]
    assert reached(store, e) == [e]


def test_what_a_person_merged_is_in_reach_however_far(store: Store) -> None:
    a, b, c, d, e, f = apart(store, 6)
    apply(store, event(statement(b, c)), event(statement(e)))
    for subject, value, action in (
        ("https://a.example/0", "https://A.example/1?utm_source=x", "merge"),
        ("event:https://a.example/2\nhttps://a.example/9", "https://a.example/3", "merge"),
        ("https://a.example/0", "https://a.example/4", "split"),
    ):
        store.insert("reviews", {"at": "2026", "who": "me", "action": action, "subject": subject, "value": value, "note": ""})
    assert reached(store, a) == [a, b, c, d]
    assert reached(store, d) == [a, b, c, d]
    assert reached(store, e) == [e]
    assert reached(store, f) == [f]


def test_the_search_for_what_is_in_reach_reads_no_whole_table(store: Store) -> None:
    sql = (
        "EXPLAIN QUERY PLAN SELECT id FROM articles WHERE component IN "
        "(SELECT component FROM articles WHERE id IN (SELECT value FROM json_each(?)) AND component IS NOT NULL)"
    )
    steps = [row["detail"] for row in store.rows(sql, ("[1]",))]
    assert not [step for step in steps if step.startswith("SCAN") and "json_each" not in step]


def test_participants_are_those_of_the_best_article_whatever_came_first(store: Store) -> None:
    kim, lee = Participant("Kim", "Minister", "KR"), Participant("Lee")
    texts = (
        Text("https://a.example/report", official=False, people=(lee,)),
        Text("https://a.example/b", people=(kim, lee)),
        Text("https://a.example/a", people=(kim,)),
        Text("https://a.example/none"),
    )
    for order in (texts, tuple(reversed(texts))):
        store.write("UPDATE articles SET statement_id = NULL")
        ids = add(store, *(replace(text, url=f"{text.url}?{order[0].url[-1]}") for text in order))
        applied = apply(store, event(statement(*ids)))
        groups.take_part(store, applied.statements)
        groups.take_part(store, applied.statements)
        (row,) = store.rows("SELECT event_id AS e FROM statements WHERE id = ?", (applied.statements[0],))
        people = store.rows("SELECT person, office, party FROM participants WHERE event_id = ?", (row["e"],))
        assert people == [{"person": "Kim", "office": "Minister", "party": "KR"}]


def test_reviews_are_read_oldest_first(store: Store) -> None:
    for number in (1, 2):
        store.insert("reviews", {"at": "2026", "who": "me", "action": "merge", "subject": f"s{number}", "value": "v", "note": ""})
    assert groups.reviews(store) == (Review("merge", "s1", "v", "2026", "me"), Review("merge", "s2", "v", "2026", "me"))
