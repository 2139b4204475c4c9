"""Initiatives: the registry, what mentions name, and flags that move with the first mention."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.errors import NotFound
from scraper.model.initiative import Initiative, LooseName, Near, Reach, Registry
from scraper.storage import alerts, initiatives, reading
from scraper.storage.store import Store
from scraper.text import spaced

from .made import Clock, Text, add, apply, event, flag, found, statement

KNOWN = Initiative(
    "freedom-edge", "Freedom Edge", "exercise", names={"en": ("Freedom Edge",), "ko": ("프리덤 에지",), "ja": ("フリーダム・エッジ",)}
)


@pytest.fixture
def three(store: Store) -> list[int]:
    """Three texts that name one initiative, each a statement of its own; the ids of their mentions are 1, 2 and 3."""
    ids = add(store, *(Text(f"https://a.example/{number}", name="Harbour Initiative") for number in range(3)))
    apply(store, *(event(statement(number, date=f"2026-07-0{number}")) for number in ids))
    return ids


def conclude(
    store: Store, *made: tuple[str, list[int]], flags: tuple[tuple[str, int, int], ...] = (), known: bool = False
) -> tuple[int, ...]:
    """Apply that these mentions name these initiatives, and these flags (slug, mention, statement)."""
    seen = initiatives.seen(store, [row["id"] for row in store.rows("SELECT id FROM statements")])
    concluded = [found(slug, numbers, known=known) for slug, numbers in made]
    with store.transaction():
        return initiatives.apply(store, concluded, [flag(*one) for one in flags], seen).flags


def owners(store: Store) -> dict[int, str | None]:
    """The initiative that each mention names."""
    return {row["id"]: row["initiative_id"] for row in store.rows("SELECT id, initiative_id FROM mentions ORDER BY id")}


def there(store: Store) -> list[str]:
    return [row["id"] for row in store.rows("SELECT id FROM initiatives WHERE gone_at IS NULL ORDER BY id")]


def search(store: Store, words: str) -> list[str]:
    sql = "SELECT i.id FROM initiatives_fts f JOIN initiatives i ON i.rowid = f.rowid WHERE initiatives_fts MATCH ?"
    return [row["id"] for row in store.rows(sql, (f'"{spaced(words)}"',))]


def in_force(store: Store) -> list[tuple[str, int]]:
    rows = store.rows("SELECT initiative_id, mention_id FROM flags WHERE superseded_at IS NULL ORDER BY id")
    return [(row["initiative_id"], row["mention_id"]) for row in rows]


def test_the_registry_is_written_and_found_in_three_languages(store: Store) -> None:
    initiatives.sync(store, Registry((KNOWN,)))
    initiatives.sync(store, Registry((KNOWN,)))
    assert store.rows("SELECT id, name, kind, known, trilateral FROM initiatives") == [
        {"id": "freedom-edge", "name": "Freedom Edge", "kind": "exercise", "known": 1, "trilateral": 1}
    ]
    assert store.row("SELECT count(*) AS n FROM initiative_names") == {"n": 3}
    assert [search(store, words) for words in ("freedom", "프리덤", "エッジ", "accord")] == [["freedom-edge"]] * 3 + [[]]


def test_an_empty_registry_is_one(store: Store) -> None:
    initiatives.sync(store, Registry())
    assert initiatives.seen(store, ()) == ()
    assert not initiatives.named(store, ())
    with store.transaction():
        assert initiatives.apply(store, (), (), ()).flags == ()


def test_a_new_initiative_is_written_with_its_mentions_observations_and_flag(store: Store, three: list[int]) -> None:
    new = conclude(store, ("harbour-initiative", [1, 2, 3]), flags=(("harbour-initiative", 1, 1),))
    assert new == (1,)
    assert owners(store) == dict.fromkeys((1, 2, 3), "harbour-initiative")
    (row,) = store.rows("SELECT id, known, status, first_statement_id, gone_at FROM initiatives")
    assert row == {"id": "harbour-initiative", "known": 0, "status": "announced", "first_statement_id": 1, "gone_at": None}
    observed = store.rows("SELECT statement_id, status, cue, date, side FROM observations ORDER BY statement_id")
    assert [o["statement_id"] for o in observed] == [1, 2, 3]
    assert observed[0] == {"statement_id": 1, "status": "announced", "cue": "announced", "date": "2026-07-01", "side": "joint"}
    (told,) = store.rows("SELECT * FROM flags")
    assert (told["kind"], told["basis"], told["mention_id"], told["statement_id"]) == ("new_initiative", "in_our_data", 1, 1)
    assert search(store, "harbour") == ["harbour-initiative"]


def test_concluded_again_nothing_is_new_or_doubled(store: Store, three: list[int], clock: Clock) -> None:
    made = ("harbour-initiative", [1, 2, 3])
    conclude(store, made, flags=(("harbour-initiative", 1, 1),))
    before = [store.rows(f"SELECT * FROM {table}") for table in ("initiatives", "initiative_names", "mentions", "observations", "flags")]
    clock.advance(hours=1)
    assert conclude(store, made, flags=(("harbour-initiative", 1, 1),)) == ()
    assert [
        store.rows(f"SELECT * FROM {table}") for table in ("initiatives", "initiative_names", "mentions", "observations", "flags")
    ] == before
    assert search(store, "harbour") == ["harbour-initiative"]


def test_an_earlier_mention_takes_the_flag_and_the_alert_stays_one(store: Store, three: list[int], clock: Clock) -> None:
    (first,) = conclude(store, ("harbour-initiative", [2, 3]), flags=(("harbour-initiative", 2, 2),))
    made = alerts.of_flag(store, first)
    assert made is not None
    assert alerts.raise_once(store, made[0])
    clock.advance(hours=1)
    (second,) = conclude(store, ("harbour-initiative", [1, 2, 3]), flags=(("harbour-initiative", 1, 1),))
    rows = store.rows("SELECT id, mention_id, superseded_at FROM flags ORDER BY id")
    assert rows == [
        {"id": first, "mention_id": 2, "superseded_at": "2026-07-09T13:00:00Z"},
        {"id": second, "mention_id": 1, "superseded_at": None},
    ]
    assert store.row("SELECT first_statement_id AS s FROM initiatives") == {"s": 1}
    again = alerts.of_flag(store, second)
    assert again is not None
    assert again[0].key == made[0].key
    assert not alerts.raise_once(store, again[0])


def test_an_earlier_name_does_not_change_the_public_id(store: Store, three: list[int]) -> None:
    conclude(store, ("harbour-initiative", [2, 3]))
    conclude(store, ("a-harbour-initiative", [1, 2, 3]))
    assert there(store) == ["harbour-initiative"]
    assert set(owners(store).values()) == {"harbour-initiative"}


def test_where_two_become_one_the_larger_keeps_its_id_and_the_other_leaves_an_alias(store: Store, three: list[int]) -> None:
    conclude(store, ("small", [1]), ("large", [2, 3]), flags=(("small", 1, 1), ("large", 2, 2)))
    conclude(store, ("small", [1, 2, 3]), flags=(("small", 1, 1),))
    assert there(store) == ["large"]
    assert in_force(store) == [("large", 1)]
    assert reading.initiative(store, "small")["id"] == "large"
    assert search(store, "small") == ["large"]  # by its name, not by its old row
    assert store.row("SELECT count(*) AS n FROM initiatives_fts") == {"n": 1}


def test_where_one_becomes_two_each_has_an_id_of_its_own(store: Store, three: list[int]) -> None:
    conclude(store, ("one", [1, 2, 3]))
    conclude(store, ("other", [1, 2]), ("one", [3]))
    assert owners(store) == {1: "one", 2: "one", 3: "one-2"}
    conclude(store, ("other", [1, 2]), ("one", [3]))
    assert owners(store) == {1: "one", 2: "one", 3: "one-2"}


def test_an_id_that_comes_back_is_no_alias_any_more(store: Store, three: list[int]) -> None:
    conclude(store, ("small", [1]), ("large", [2, 3]))
    conclude(store, ("large", [1, 2, 3]))
    conclude(store, ("small", [1]), ("large", [2, 3]))
    assert there(store) == ["large", "small"]
    assert reading.initiative(store, "small")["id"] == "small"


def test_aliases_of_aliases_lead_to_what_is_there(store: Store, three: list[int]) -> None:
    conclude(store, ("a", [1]), ("b", [2]), ("c", [3]))
    conclude(store, ("a", [1, 2]), ("c", [3]))
    initiatives.sync(store, Registry((replace(KNOWN, id="known"),)))
    conclude(store, ("known", [1, 2, 3]), known=True)
    assert {reading.initiative(store, slug)["id"] for slug in "abc"} == {"known"}
    assert there(store) == ["known"]


def test_what_no_mention_supports_is_gone_but_its_flag_is_kept(store: Store, three: list[int]) -> None:
    conclude(store, ("harbour-initiative", [1, 2, 3]), flags=(("harbour-initiative", 1, 1),))
    conclude(store)
    assert there(store) == []
    assert in_force(store) == []
    assert set(owners(store).values()) == {None}
    assert store.rows("SELECT * FROM observations") == []
    assert search(store, "harbour") == []
    assert store.row("SELECT count(*) AS n FROM flags") == {"n": 1}
    with pytest.raises(NotFound):
        reading.initiative(store, "nobody")


def test_a_name_that_went_elsewhere_is_no_name_any_more(store: Store, three: list[int]) -> None:
    seen = initiatives.seen(store, [1, 2, 3])
    for names in ((("Harbour Initiative", "en"), ("항만 구상", "ko")), (("Harbour Initiative", "en"),)):
        with store.transaction():
            initiatives.apply(store, [replace(found("harbour-initiative", [1]), names=names)], (), seen)
    assert store.rows("SELECT name FROM initiative_names") == [{"name": "Harbour Initiative"}]
    assert search(store, "항만") == []


def test_a_known_one_that_left_the_registry_is_treated_as_found(store: Store, three: list[int]) -> None:
    initiatives.sync(store, Registry((KNOWN, replace(KNOWN, id="harbour-initiative", name="Harbour Initiative"))))
    store.write("UPDATE mentions SET registry_id = 'harbour-initiative'")
    assert initiatives.seen(store, ()) == ()
    initiatives.sync(store, Registry((KNOWN,)))
    assert [name.mention_id for name in initiatives.seen(store, ())] == [1, 2, 3]
    conclude(store, ("harbour-initiative", [1, 2, 3]))
    assert there(store) == ["freedom-edge", "harbour-initiative"]


def test_reach_holds_every_unknown_name_and_all_of_the_known_ones_named(store: Store, three: list[int]) -> None:
    initiatives.sync(store, Registry((KNOWN,)))
    store.write("UPDATE mentions SET registry_id = 'freedom-edge' WHERE id > 1")
    assert [name.mention_id for name in initiatives.seen(store, [1])] == [1]
    assert [name.mention_id for name in initiatives.seen(store, [2])] == [1, 2, 3]
    assert [name.mention_id for name in initiatives.seen(store, [1], ["freedom-edge"])] == [1, 2, 3]
    assert initiatives.named(store, [1])
    assert not initiatives.named(store, [99])


def test_what_is_near_and_why_is_stored(store: Store, three: list[int]) -> None:
    near = replace(
        found("harbour-initiative", [1]), nearest=(Near("freedom-edge", "Freedom Edge", "열"),), reason="one name", confidence=0.7
    )
    with store.transaction():
        initiatives.apply(store, [near], (), initiatives.seen(store, [1]))
    told = reading.initiative(store, "harbour-initiative")
    assert told["nearest"] == [{"id": "freedom-edge", "name": "Freedom Edge", "why": "열"}]
    assert (told["reason"], told["confidence"]) == ("one name", 0.7)


def test_names_that_the_registry_does_not_have(store: Store, three: list[int]) -> None:
    initiatives.sync(store, Registry((KNOWN,)))
    assert initiatives.loose(store) == (LooseName("Harbour Initiative", ""),)
    conclude(store, ("harbour-initiative", [1, 2, 3]))
    store.write("UPDATE mentions SET rule = 'lowercase/1' WHERE id = 2")
    store.write("UPDATE mentions SET registry_id = 'freedom-edge' WHERE id = 3")
    assert set(initiatives.loose(store)) == {
        LooseName("Harbour Initiative", "", described=True, slug="harbour-initiative"),
        LooseName("Harbour Initiative", "", described=False, slug="harbour-initiative"),
    }


def test_what_statements_touch(store: Store, three: list[int]) -> None:
    initiatives.sync(store, Registry((KNOWN,)))
    store.write("UPDATE mentions SET registry_id = 'freedom-edge' WHERE id > 1")
    assert initiatives.touched(store, [1]) == Reach(frozenset({("Harbour Initiative", "")}))
    assert initiatives.touched(store, [2, 3], ["lost"]) == Reach(slugs=frozenset({"freedom-edge", "lost"}))
    assert initiatives.touched(store, []) == Reach()


def test_mentions_in_reach(store: Store, three: list[int]) -> None:
    initiatives.sync(store, Registry((KNOWN,)))
    store.write("UPDATE mentions SET registry_id = 'freedom-edge' WHERE id = 3")
    store.write("UPDATE mentions SET abbreviation = 'HI' WHERE id = 2")
    near = [
        Reach(frozenset({("Harbour Initiative", "")})),
        Reach(frozenset({("Harbour Initiative", "HI")})),
        Reach(slugs=frozenset({"freedom-edge"})),
    ]
    assert [[one.mention_id for one in initiatives.in_reach(store, one)] for one in (*near, Reach())] == [[1], [2], [3], []]


def test_only_official_texts_in_several_languages_translate_each_other(store: Store, three: list[int]) -> None:
    initiatives.sync(store, Registry((KNOWN,)))
    store.write("UPDATE mentions SET head = 'programme'")
    assert initiatives.translations(store) == ()
    store.write("UPDATE articles SET official = 1, statement_id = 1 WHERE id < 3")
    store.write("UPDATE articles SET language = 'ko' WHERE id = 2")
    store.write("UPDATE mentions SET language = 'ko', registry_id = 'freedom-edge' WHERE id = 2")
    told = {(one.statement_id, one.language, one.slug) for one in initiatives.translations(store)}
    assert told == {(1, "en", ""), (1, "ko", "freedom-edge")}
    store.write("UPDATE articles SET official = 0 WHERE id = 2")
    assert initiatives.translations(store) == ()


def test_what_is_out_of_reach_is_left_as_it_is(store: Store, three: list[int]) -> None:
    """One initiative is concluded anew from its own mention; another keeps its row, its name and its id."""
    store.write("UPDATE mentions SET name = 'Kelp Pact' WHERE id = 3")
    conclude(store, ("harbour-initiative", [1, 2]), ("kelp-pact", [3]), flags=(("kelp-pact", 3, 3),))
    near = initiatives.in_reach(store, Reach(frozenset({("Harbour Initiative", "")})))
    with store.transaction():
        initiatives.apply(store, [found("kelp-pact", [1, 2])], (), near)
    assert there(store) == ["harbour-initiative", "kelp-pact"]
    assert owners(store) == {1: "harbour-initiative", 2: "harbour-initiative", 3: "kelp-pact"}
    store.write("UPDATE mentions SET initiative_id = NULL WHERE id < 3")
    with store.transaction():
        initiatives.apply(
            store, [found("kelp-pact", [1, 2])], (), initiatives.in_reach(store, Reach(frozenset({("Harbour Initiative", "")})))
        )
    assert there(store) == ["kelp-pact", "kelp-pact-2"]
    assert in_force(store) == [("kelp-pact", 3)]
