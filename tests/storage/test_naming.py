"""Names for decisions, links between initiatives, and the life of one, as they are stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.model.grouping import NameForm
from scraper.model.initiative import Initiative, Link, Registry
from scraper.storage import initiatives, naming, reading
from scraper.storage.store import Store

from .made import Clock, Text, add, apply, event, found, statement

KNOWN = Initiative("edge", "Coral Edge", "exercise", names={"en": ("Coral Edge",), "ko": ("코럴 에지",)})


@pytest.fixture
def three(store: Store) -> list[int]:
    """Three texts that name the harbour, the lantern and the harbour again, in statements of three days, and a registry of one."""
    names = enumerate(("Harbour Initiative", "Lantern Fund", "Harbour Initiative"))
    ids = add(store, *(Text(f"https://a.example/{number}", text=f"They announced the {name}.", name=name) for number, name in names))
    apply(store, *(event(statement(number, date=f"2026-07-0{number}")) for number in ids))
    initiatives.sync(store, Registry((KNOWN,)))
    conclude(store, {"harbour": [1, 3], "lantern": [2]})
    return ids


def conclude(store: Store, made: dict[str, list[int]], *, decided: bool = False) -> None:
    seen = initiatives.seen(store, [row["id"] for row in store.rows("SELECT id FROM statements")])
    with store.transaction():
        initiatives.apply(store, [replace(found(slug, numbers), decided=decided) for slug, numbers in made.items()], (), seen)


def owners(store: Store) -> list[str | None]:
    return [row["initiative_id"] for row in store.rows("SELECT initiative_id FROM mentions ORDER BY id")]


def test_the_names_of_one_are_those_in_texts_and_in_the_registry(store: Store, three: list[int]) -> None:
    store.write("UPDATE mentions SET abbreviation = 'HI' WHERE id = 3")
    assert sorted(naming.forms(store, "harbour")) == [
        NameForm("Harbour", "en"), NameForm("Harbour Initiative", "en"), NameForm("Harbour Initiative", "en", "HI"),
    ]  # fmt: skip
    assert sorted(naming.forms(store, "edge")) == [NameForm("Coral Edge", "en"), NameForm("코럴 에지", "ko")]
    assert naming.forms(store, "nobody") == []
    row = naming.row(store, "harbour")
    assert row is not None
    assert (row["known"], row["gone_at"]) == (0, None)
    assert naming.row(store, "nobody") is None


def test_articles_of_initiatives_of_names_and_of_what_was_dismissed(store: Store, three: list[int]) -> None:
    assert naming.articles_of(store, {"harbour"}, ()) == (1, 3)
    assert naming.articles_of(store, (), {"Lantern Fund"}) == (2,)
    assert naming.articles_of(store, {"nobody"}, {"Nothing"}) == ()
    conclude(store, {"harbour": [3]})
    assert owners(store) == [None, None, "harbour"]
    assert naming.articles_of(store, {"nobody"}, ()) == (1,), "one of those from which nothing was concluded stands for all"
    store.write("UPDATE mentions SET registry_id = 'edge' WHERE id = 2")
    assert naming.articles_of(store, {"edge"}, ()) == (1, 2)
    assert naming.of_mentions(store, [1, 3]) == {"harbour"}


def test_a_life_has_its_names_and_where_it_was_named(store: Store, three: list[int]) -> None:
    edge, harbour = naming.courses(store, ["harbour", "edge", "nobody"])
    assert (edge.id, edge.known, edge.names, edge.first, edge.occasions, edge.described) == (
        "edge",
        True,
        ("Coral Edge", "코럴 에지"),
        "",
        (),
        False,
    )
    assert (harbour.id, harbour.first, harbour.described) == ("harbour", "2026-07-01", False)
    assert [(one.article_id, one.event_id, one.date) for one in harbour.occasions] == [(1, 1, "2026-07-01"), (3, 3, "2026-07-03")]
    store.write("UPDATE mentions SET rule = 'lowercase/1' WHERE id <> 3")
    assert [one.described for one in naming.courses(store, ["harbour", "lantern"])] == [False, True]
    assert naming.loose(store) == {"harbour", "lantern"}
    assert {("edge", "Coral Edge"), ("edge", "코럴 에지")} < set(naming.names(store))


def test_links_are_replaced_where_they_changed_and_keep_their_time_where_not(store: Store, three: list[int], clock: Clock) -> None:
    first, second = Link("lantern", "harbour", "variant", "alike"), Link("harbour", "edge", "precursor", "before")
    with store.transaction():
        naming.write_links(store, ["lantern", "harbour"], [first, second])
    began = store.now()
    clock.advance(hours=1)
    with store.transaction():
        naming.write_links(store, ["harbour"], [first, Link("harbour", "edge", "precursor", "long before")])
    told = [(row["initiative_id"], row["other_name"], row["kind"], row["reason"], row["at"]) for row in naming.links(store)]
    assert told == [("harbour", "Coral Edge", "precursor", "long before", began), ("lantern", told[1][1], "variant", "alike", began)]
    assert [row["kind"] for row in naming.links(store, "edge")] == ["precursor"]
    assert [row["initiative"] for row in store.rows("SELECT * FROM proposals")] == ["lantern"]
    conclude(store, {"harbour": [1, 2, 3]})
    assert [row["kind"] for row in naming.links(store)] == ["precursor"], "what is gone is linked with nothing"
    with store.transaction():
        naming.write_links(store, [], [])
    assert store.rows("SELECT kind FROM initiative_links") == [{"kind": "precursor"}]
    with store.transaction():
        naming.write_links(store, ["edge"], [])
    assert store.rows("SELECT kind FROM initiative_links") == []


def test_what_a_person_calls_it_outlives_the_registry_being_written_anew(store: Store, three: list[int]) -> None:
    with store.transaction():
        naming.give(store, "edge", "Edge of Corals", "Coral Edge")
    initiatives.sync(store, Registry((KNOWN,)))
    assert reading.initiative(store, "edge")["name"] == "Edge of Corals"
    assert naming.given(store) == {"edge": "Edge of Corals"}
    with store.transaction():
        naming.give(store, "edge", "", "Coral Edge")
    assert (reading.initiative(store, "edge")["name"], naming.given(store)) == ("Coral Edge", {})


def test_mentions_point_again_to_what_they_named_before_a_decision_that_was_taken_back(store: Store, three: list[int]) -> None:
    conclude(store, {"lantern": [1, 2, 3]})
    assert owners(store) == ["harbour"] * 3, "the id by which most were known is kept"
    conclude(store, {"lantern": [1, 2, 3]}, decided=True)
    assert owners(store) == ["lantern"] * 3, "unless a person decided"
    with store.transaction():
        naming.restore(store, "harbour", {"Harbour Initiative"}, "lantern")
        naming.restore(store, "edge", {"Lantern Fund"}, "lantern")
        naming.restore(store, "nobody", {"Lantern Fund"}, "lantern")
        naming.restore(store, "harbour", {"Lantern Fund"}, "somebody-else")
    assert owners(store) == ["harbour", "lantern", "harbour"]
    conclude(store, {"own-slug": [1, 3], "lantern": [2]})
    assert owners(store) == ["harbour", "lantern", "harbour"], "the id by which most were known comes back"


def test_the_life_of_one_is_told_by_date(store: Store, three: list[int]) -> None:
    store.write("UPDATE mentions SET instance = id WHERE initiative_id = 'harbour'")
    store.insert(
        "observations",
        {
            "initiative_id": "harbour",
            "statement_id": 2,
            "status": "not_mentioned",
            "cue": "",
            "date": "2026-07-02",
            "side": "joint",
            "mention_id": None,
        },
    )
    told = naming.timeline(store, "harbour")
    assert [(row["date"], row["status"], row["instance"], row["name"], row["url"]) for row in told] == [
        ("2026-07-01", told[0]["status"], "1", "Harbour Initiative", "https://a.example/0"),
        ("2026-07-02", "not_mentioned", None, None, "https://a.example/1"),
        ("2026-07-03", told[0]["status"], "3", "Harbour Initiative", "https://a.example/2"),
    ]
    assert [(row["instance"], row["date"]) for row in naming.instances(store, "harbour")] == [("1", "2026-07-01"), ("3", "2026-07-03")]
    assert naming.earliest(store, "harbour") == {"name": "Harbour Initiative", "date": "2026-07-01"}
    assert naming.earliest(store, "edge") is None
