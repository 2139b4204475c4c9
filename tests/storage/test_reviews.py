"""What people decided: kept for ever, taken back by further rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.errors import NotFound
from scraper.model.grouping import Review
from scraper.storage import articles, groups, reviews
from scraper.storage.store import Store

from .made import Clock, Text, add, apply, event, reading, statement

A, B, C, D = (f"https://{name}.example/1" for name in "abcd")


def decide(store: Store, *made: Review) -> list[int]:
    with store.transaction():
        return [reviews.add(store, one) for one in made]


def test_a_decision_is_of_now_unless_it_says_when(store: Store) -> None:
    assert decide(store, Review("merge", A, B, who="me"), Review("split", A, B, "2026-01-01T00:00:00Z")) == [1, 2]
    assert [(row["id"], row["at"]) for row in reviews.rows(store)] == [(2, "2026-01-01T00:00:00Z"), (1, store.now())]
    assert reviews.known(store, Review("merge", A, B, store.now(), "me"))
    assert not reviews.known(store, Review("merge", A, B, store.now(), "you"))


def test_what_was_taken_back_holds_no_more_until_it_is_decided_again(store: Store, clock: Clock) -> None:
    merge = Review("merge", A, B)
    for review, holding in (
        (merge, 1),
        (Review("undo merge", A, B), 0),
        (merge, 1),
        (merge, 2),
        (Review("undo merge", B, A), 2),
        (Review("undo merge", A, B), 0),
    ):
        decide(store, review)
        assert len(reviews.in_force(store)) == len(groups.reviews(store)) == holding
    assert len(reviews.rows(store)) == 6
    assert [row["in_force"] for row in reviews.rows(store)] == [False, True, False, False, True, True]
    clock.advance(seconds=1)
    decide(store, merge)
    assert reviews.get(store, 7) == (Review("merge", A, B, store.now()), True)
    assert not reviews.get(store, 1)[1]
    with pytest.raises(NotFound, match="there is no review 8"):
        reviews.get(store, 8)


def test_a_row_read_in_later_counts_by_its_time(store: Store) -> None:
    decide(store, Review("undo merge", A, B, "2026-03-01T00:00:00Z"), Review("merge", A, B, "2026-02-01T00:00:00Z"))
    assert reviews.in_force(store) == ()


def test_merges_that_share_an_article_are_one_also_where_it_is_gone(store: Store) -> None:
    decide(
        store,
        Review("merge", A, f"{B}\n{B}#top"),
        Review("split", A, B),
        Review("merge", f"event:{C}", D),
        Review("merge", D, "https://gone.example/"),
    )
    assert sorted(map(sorted, reviews.merges(store))) == [[A, B], [C, D, "https://gone.example/"]]
    decide(store, Review("merge", "https://gone.example/", B))
    assert [sorted(found) for found in reviews.merges(store)] == [[A, B, C, D, "https://gone.example/"]]


def test_what_a_person_put_together_is_in_each_others_reach(store: Store) -> None:
    with store.transaction():
        made = (replace(reading(Text(url)), sketch=(at,)) for at, url in enumerate((A, B, C, D, "https://e.example/1")))
        a, b, c, d, e = (articles.add(store, one) for one in made)
    apply(store, event(statement(a)), event(statement(b, c)), event(statement(d)), event(statement(e)))
    decide(
        store, Review("merge", A, B), Review("merge", "event:" + C, "https://gone.example/"), Review("merge", "https://gone.example/", D)
    )
    assert [one.article_id for one in groups.in_reach(store, [a], frozenset())] == [a, b, c, d]
    assert [one.article_id for one in groups.in_reach(store, [e], frozenset())] == [e]
    decide(store, Review("undo merge", A, B))
    assert [one.article_id for one in groups.in_reach(store, [a], frozenset())] == [a]


def test_a_decision_names_its_articles_and_they_name_it(store: Store) -> None:
    a, b, c = add(store, Text(A), Text(B), Text(C))
    (number,) = decide(store, Review("split", f"event:{A}\n{B}", "https://gone.example/"))
    assert reviews.named(store, reviews.get(store, number)[0]) == (a, b)
    assert [row["id"] for row in reviews.touching(store, [b, c])] == [number]
    assert reviews.touching(store, [c]) == []
