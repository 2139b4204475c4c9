"""The index of copies: what is found, what a crash leaves, and that it is what the sketches say."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.grouping import MOST_SAMPLED, SAMPLE, SAMPLED_BELOW, sample
from scraper.stages import grouping
from scraper.storage import articles, postings
from scraper.storage.store import Store

from .made import Clock, Text, add, reading

TOP = 1 << 64


def sketch(seed: int, size: int = 300, *, share: Sequence[int] = (), stock: float = 0.2) -> tuple[int, ...]:
    """A sketch as a text of so many shingles has it; ``share`` are hashes it has in common with another."""
    chance = random.Random(seed)
    own = {chance.randrange(TOP) & ~1 | (chance.random() < stock) for _ in range(size)}
    return tuple(sorted(own.union(share)))


def stored(store: Store, *sketches: tuple[int, ...]) -> list[int]:
    taken = store.rows("SELECT count(*) AS n FROM articles")[0]["n"]
    return add(store, *(Text(f"https://a.example/{taken + at}", sketch=one) for at, one in enumerate(sketches)))


def indexed(store: Store) -> set[tuple[int, int]]:
    return {(row["hash"] % TOP, row["article_id"]) for row in store.rows("SELECT * FROM postings")}


def true(store: Store) -> set[tuple[int, int]]:
    """What the sketches say the index is."""
    rows = store.rows("SELECT id, sketch FROM articles")
    return {(value, row["id"]) for row in rows for value in sample(articles.unpack(row["sketch"]))}


def test_nothing_is_found_in_nothing(store: Store) -> None:
    assert not postings.waiting(store)
    assert postings.catch_up(store) == 0
    assert postings.near(store, (2, 4)) == ()
    assert postings.holding(store, []) == frozenset()


def test_who_holds_a_hash_is_found_those_that_share_most_first(store: Store) -> None:
    first = sketch(1)
    half, none = sketch(2, share=sample(first)[:40]), sketch(3)
    a, b, c = stored(store, first, half, none)
    assert postings.near(store, first) == ()
    assert postings.waiting(store)
    assert postings.catch_up(store) == 3
    assert [number for number, _ in postings.near(store, first)] == [a, b]
    assert dict(postings.near(store, first))[a] == len(sample(first))
    assert postings.near(store, first, limit=1) == ((a, len(sample(first))),)
    assert postings.holding(store, [b]) == {a, b}
    assert postings.holding(store, [c]) == {c}


def test_what_waits_is_made_before_it_is_looked_up(store: Store) -> None:
    first = sketch(1)
    a, b = stored(store, first, sketch(2, share=first[:9]))
    assert postings.holding(store, [a]) == {a, b}
    (c,) = stored(store, sketch(3, share=first[:9]))
    assert postings.holding(store, [a]) == {a, b, c}
    assert indexed(store) == true(store)


def test_a_round_takes_no_more_than_it_may(store: Store) -> None:
    stored(store, *(sketch(number, 90) for number in range(7)))
    assert postings.catch_up(store, most=3) == 7
    assert indexed(store) == true(store)
    assert store.rows("SELECT count(*) AS n FROM fresh_postings") == [{"n": 0}]


def taken_back(store: Store) -> float:
    with store.transaction():
        articles.add(store, reading(Text("https://a.example/2", sketch=sketch(2))))
        return postings.catch_up(store) / 0


def test_an_article_that_is_taken_back_takes_its_postings_along(store: Store) -> None:
    stored(store, sketch(1))
    postings.catch_up(store)
    before = indexed(store)
    with pytest.raises(ZeroDivisionError):
        taken_back(store)
    assert indexed(store) == before
    assert not postings.waiting(store)
    (number,) = stored(store, sketch(3))
    assert postings.holding(store, [number]) == {number}


def test_what_was_not_made_before_a_crash_waits_at_the_next_opening(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "x.db"
    with Store(path, clock) as store:
        stored(store, sketch(1), sketch(2))
        postings.catch_up(store)
        stored(store, sketch(3))
    with sqlite3.connect(path) as torn:  # a crash between two rounds
        torn.execute("DELETE FROM postings WHERE article_id = 2")
        torn.execute("UPDATE marks SET value = '1' WHERE name = ?", (postings.MARK,))
    torn.close()
    with Store(path, clock) as store:
        assert postings.catch_up(store) == 2
        assert indexed(store) == true(store)


def test_postings_follow_a_sketch_that_changes(store: Store) -> None:
    old, new = sketch(1), sketch(2)
    a, b = stored(store, old, sketch(3, share=old[:9]))
    for made in (False, True):
        if made:
            postings.catch_up(store)
        with store.transaction():
            postings.follow(store, a, articles.pack(old), articles.pack(new))
            store.write("UPDATE articles SET sketch = ? WHERE id = ?", (articles.pack(new), a))
        assert postings.holding(store, [b]) == {b}
        assert indexed(store) == true(store)
        old, new = new, sketch(4)


def test_it_is_made_again_from_the_sketches(store: Store) -> None:
    stored(store, *(sketch(number) for number in range(5)))
    postings.catch_up(store)
    with store.transaction():
        store.write("DELETE FROM postings WHERE article_id IN (1, 2)")
        store.write("INSERT INTO postings VALUES (77, 5)")
    assert postings.rebuild(store) == 5
    assert indexed(store) == true(store)
    assert postings.rebuild(store) == 5


ALL_STOCK = tuple(range(1, 600, 2))
LATE_OWN = (*range(1, 2 * 400, 2), *range(2000, 2000 + 2 * 80, 2))
LONGEST = tuple(range(0, 2 * (MOST_SAMPLED + 300), 2))
THIN = tuple(sorted({*sketch(9, 5000, stock=0.9)}))


@pytest.mark.parametrize("made", [(), (1,), (2, TOP - 1), ALL_STOCK, LATE_OWN, LONGEST, THIN, sketch(5, 4000), sketch(6, 1000, stock=0)])
def test_the_sample_is_that_of_the_whole_sketch_whatever_is_read_of_it(store: Store, made: tuple[int, ...]) -> None:
    stored(store, made)
    postings.catch_up(store)
    assert indexed(store) == true(store) == {(value, 1) for value in sample(made)}


@given(st.frozensets(st.integers(0, 60) | st.integers(SAMPLED_BELOW - 9, SAMPLED_BELOW + 9) | st.integers(0, TOP - 1), max_size=200))
def test_the_index_holds_the_keys_by_which_grouping_links(values: frozenset[int]) -> None:
    one = tuple(sorted(values))
    seen = articles.sighting(ROW | {"sketch": articles.pack(one)}, ())
    assert {key for key in grouping.keys(seen) if key.startswith("s:")} == {f"s:{value:016x}" for value in sample(one)}
    assert len(sample(one)) <= max(SAMPLE, MOST_SAMPLED)


ROW = dict.fromkeys(
    ("canonical_url", "title", "language", "publisher", "party", "kind", "side", "level", "date", "place", "published_at", "first_seen_at"), ""
) | {"id": 1, "official": 0, "date_stated": 0, "length": 0, "marked": 0, "numbers": "[]", "names": "[]"}  # fmt: skip
