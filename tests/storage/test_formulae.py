"""The wording of statements in the database: leads, comparable ones, rows of formulae, flags of a change."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from scraper.errors import NotFound
from scraper.model.wording import Shift, Stand
from scraper.storage import alerts, formulae
from scraper.storage.store import Store

from .made import Text, add, apply, event, statement

CHAIN = ("foreign_ministers", "joint_statement", "joint", "en")
NAME = "|".join(CHAIN)


def stored(store: Store, *dates: str, text: str = "") -> list[int]:
    """A statement for each date, each of an article and an event of its own."""
    made = [Text(f"https://one.example/{n}", text=text or f"The ministers met on {date}.", sketch=(n,)) for n, date in enumerate(dates)]
    ids = add(store, *made)
    return list(apply(store, *(event(statement(number, date=date)) for number, date in zip(ids, dates, strict=True))).new)


def written(store: Store, *rows: tuple[int, str]) -> None:
    with store.transaction():
        for number, variant in rows:
            formulae.write(store, number, (Stand("harbour", variant, f"It is {variant}."),), NAME, "digest")


def shift(number: int, before: int) -> tuple[Shift, str]:
    return Shift("harbour", number, before, (), ()), f"against {before}"


def flagged(store: Store, *shifts: tuple[Shift, str], ids: Sequence[int] = ()) -> tuple[int, ...]:
    with store.transaction():
        return formulae.apply(store, shifts, [NAME], ids)


def test_a_statement_has_the_words_of_its_lead(store: Store) -> None:
    (number,) = stored(store, "2140-01-01")
    one = formulae.one(store, str(number))
    assert (one.text, one.chain, one.grade, one.cut, one.rest) == ("The ministers met on 2140-01-01.", CHAIN, "official", "", "")
    for key in ("0", "99", "x", "²", "-1"):
        with pytest.raises(NotFound):
            formulae.one(store, key)


def test_an_excerpt_is_known_to_be_cut(store: Store) -> None:
    ids = add(store, Text("https://one.example/1", store="excerpt"), Text("https://one.example/2", store="link", sketch=(9,)))
    numbers = apply(store, *(event(statement(number)) for number in ids)).new
    told = formulae.worded(store, numbers)
    assert [(one.text, bool(one.cut)) for one in told] == [("", True), ("", False)]


def test_those_before_are_like_it_and_the_latest_first(store: Store) -> None:
    first, second, third, same_day = stored(store, "2140-01-01", "2140-02-01", "2140-03-01", "2140-03-01")
    found = formulae.before(store, formulae.one(store, str(third)))
    assert [one.id for one in found] == [second, first]
    assert formulae.like(store, CHAIN) == (first, second, third, same_day)
    assert formulae.like(store, ("leaders", *CHAIN[1:])) == ()


def test_rows_are_replaced(store: Store) -> None:
    (number,) = stored(store, "2140-01-01")
    written(store, (number, "open"))
    written(store, (number, "closed"))
    (standing,) = formulae.standings(store, NAME)
    assert (standing.statement_id, standing.date, standing.stands) == (number, "2140-01-01", (Stand("harbour", "closed", "It is closed."),))
    assert formulae.read(store, [number, 99]) == {number: (NAME, "digest")}


def test_a_flag_holds_until_it_does_not_and_comes_back_as_another(store: Store) -> None:
    first, second, third = stored(store, "2140-01-01", "2140-02-01", "2140-03-01")
    written(store, (first, "open"), (second, "open"), (third, "closed"))
    (number,) = flagged(store, shift(third, first))
    assert flagged(store, shift(third, second)) == ()
    assert store.rows("SELECT id, comparator_id, reason, superseded_at FROM flags") == [
        {"id": number, "comparator_id": second, "reason": f"against {second}", "superseded_at": None}
    ]
    change = formulae.change(store, number)
    assert change is not None
    assert (change["statement"].id, change["comparator"].id) == (third, second)
    assert [stand.variant for stand in (*change["before"], *change["after"])] == ["open", "closed"]
    assert flagged(store) == ()
    assert formulae.change(store, number) is None
    (again,) = flagged(store, shift(third, second))
    assert again != number


def test_a_statement_that_left_its_chain_loses_its_flag(store: Store) -> None:
    first, second = stored(store, "2140-01-01", "2140-02-01")
    written(store, (first, "open"), (second, "closed"))
    flagged(store, shift(second, first))
    with store.transaction():
        formulae.write(store, second, (), "", "other")
    flagged(store, ids=[second])
    assert store.rows("SELECT id FROM flags WHERE superseded_at IS NULL") == []


def test_the_alert_of_a_change_is_told_once_and_follows_it(store: Store) -> None:
    first, second = stored(store, "2026-07-01", "2026-07-08")
    written(store, (first, "open"), (second, "closed"))
    other = Shift("lamp", second, first, (), ()), "why"
    numbers = flagged(store, shift(second, first), other)
    for number in numbers:
        told = alerts.of_flag(store, number)
        assert told is not None
        assert told[1] == "2026-07-08"
        assert alerts.raise_once(store, told[0])
        assert not alerts.raise_once(store, told[0])
    assert alerts.follow(store, 72.0) == 0
    assert [row["key"] for row in store.rows("SELECT key FROM alerts")] == [f"wording:harbour:{second}", f"wording:lamp:{second}"]
    flagged(store, other)
    with store.transaction():
        assert alerts.follow(store, 72.0) == 1
    assert [row["key"] for row in store.rows("SELECT key FROM alerts")] == [f"wording:lamp:{second}"]


def test_statements_that_became_one_are_forgotten(store: Store) -> None:
    first, second = stored(store, "2140-01-01", "2140-02-01")
    written(store, (first, "open"), (second, "closed"))
    assert formulae.forget(store) == ()
    ids = [row["id"] for row in store.rows("SELECT id FROM articles ORDER BY id")]
    apply(store, event(statement(*ids, date="2140-01-01")))
    with store.transaction():
        assert formulae.forget(store) == (NAME,)
        assert formulae.forget(store) == ()
