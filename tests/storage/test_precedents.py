"""What came before a finding: earlier statements without the name, the paragraph, what a statement is compared with, where sides differ."""

from __future__ import annotations

import pytest

from scraper.storage import formulae, initiatives, material, precedents
from scraper.storage.precedents import Precedents
from scraper.storage.store import Store

from .made import AT, Text, add, apply, event, flag, found, statement

NAME = "Harbour Initiative"


def told(store: Store) -> None:
    """Statements of 2019, 2024 and of today (the third), of which the last names an initiative; of 2010 only a report, of 2015 an unofficial text."""
    ids = add(
        store, Text("https://a.example/2019"), Text("https://a.example/2024"), Text("https://a.example/now", name=NAME),
        Text("https://news.example/2010", official=False, party=""), Text("https://news.example/2015", official=False, party=""),
    )  # fmt: skip
    dates = ("2019-05-01", "2024-05-01", "2026-07-08", "2010-01-01", "2015-01-01")
    made = apply(
        store, *(event(statement(number, date=date, placeholder=date < "2011"), name=date) for number, date in zip(ids, dates, strict=True))
    )
    with store.transaction():
        initiatives.apply(
            store, [found("harbour-initiative", [1])], [flag("harbour-initiative", 1, 3)], initiatives.seen(store, made.statements)
        )


def test_earlier_official_statements_are_counted_and_dated(store: Store) -> None:
    told(store)
    assert precedents.without(store, "harbour-initiative", 3) == Precedents(2, "2019")
    assert precedents.without(store, "harbour-initiative", 2) == Precedents(1, "2019")
    assert precedents.without(store, "harbour-initiative", 1) == Precedents()
    assert precedents.without(store, "harbour-initiative", 99) == Precedents()


def test_nothing_is_claimed_where_an_earlier_one_names_it(store: Store) -> None:
    told(store)
    store.write("UPDATE mentions SET article_id = 1")
    assert precedents.without(store, "harbour-initiative", 3) == Precedents()
    store.write("INSERT INTO revisions (article_id, seen_at, kind) VALUES (1, ?, 'substance')", (AT,))
    store.write("UPDATE mentions SET revision_id = 1")
    assert precedents.without(store, "harbour-initiative", 3) == Precedents(2, "2019"), "an edit took it out there"


def test_one_of_the_same_day_is_not_earlier(store: Store) -> None:
    told(store)
    store.write("UPDATE statements SET date = '2026-07-08' WHERE id = 2")
    assert precedents.without(store, "harbour-initiative", 3) == Precedents(1, "2019")


@pytest.mark.parametrize(
    ("made", "number"),
    [
        (Text("https://a.example/1", text="The ministers met.\n\nThey announced the Harbour Initiative. They parted.", name=NAME), 2),
        (Text("https://a.example/1", name=NAME), 1),
        (Text("https://a.example/1", title=f"The {NAME}", text="The ministers met.", name=NAME), 0),
        (Text("https://a.example/1", text="One.\n\nTwo.\n\nThey announced the Harbour Initiative.", name=NAME, store="excerpt"), 0),
    ],
)
def test_the_paragraph_of_a_mention(store: Store, made: Text, number: int) -> None:
    add(store, made)
    assert precedents.paragraph(store, 1) == number


def test_a_mention_beside_the_released_text_has_no_paragraph(store: Store) -> None:
    add(store, Text("https://a.example/1", text="Note.\n\nThe ministers met in the Harbour Initiative.", name=NAME))
    store.write("UPDATE articles SET statement_start = 7, statement_text = substr(text, 8)")
    assert precedents.paragraph(store, 1) == 1
    store.write("UPDATE articles SET statement_start = 60, statement_text = 'They parted.'")
    assert precedents.paragraph(store, 1) == 0
    assert precedents.paragraph(store, 99) == 0


def test_an_initiative_is_told_with_its_precedents(store: Store) -> None:
    told(store)
    one = material.new_initiative(store, "harbour-initiative")
    assert one is not None
    assert (one.statement_id, one.paragraph, one.earlier, one.since, one.capture_id) == (3, 1, 2, "2019", 0)


def test_the_last_comparable_statement_is_the_latest_that_is_fit(store: Store) -> None:
    told(store)
    assert precedents.comparable(store, 3, lambda _: ()) == _pair(store, 2, 3)
    assert precedents.comparable(store, 3, lambda one: ("why",) if one.id == 2 else ()) == _pair(store, 1, 3)
    assert precedents.comparable(store, 3, lambda one: ("why",) if one.id == 3 else ()) is None
    assert precedents.comparable(store, 5, lambda _: ()) is None
    assert precedents.comparable(store, 99, lambda _: ()) is None


def _pair(store: Store, before: int, after: int) -> object:
    found = {one.id: one for one in formulae.worded(store, (before, after))}
    return found[before], found[after]


def test_stands_and_differences_of_an_event(store: Store) -> None:
    told(store)
    for variant in ("b", "a"):
        store.insert("formulae", {"formula": "f", "variant": variant, "statement_id": 3, "sentence": "S."})
    assert [stand.variant for stand in precedents.stands(store, 3)] == ["b", "a"]
    assert precedents.stands(store, 1) == ()
    shared = {"kind": "divergence", "basis": "in_our_data", "statement_id": 3, "flagged_at": AT, "reason": "r"}
    for extra in (
        {"confidence": 0.9, "initiative_id": "harbour-initiative", "party": "KR", "detail": "US,JP"},
        {"confidence": 0.4, "formula": "unsure"},
        {"confidence": 1.0, "formula": "gone", "superseded_at": AT},
        {"confidence": 1.0, "formula": "f", "party": "KR", "detail": "JP", "comparator_id": 2},
    ):
        store.insert("flags", {**shared, **extra})
    event_id = store.rows("SELECT event_id FROM statements WHERE id = 3")[0]["event_id"]
    assert [(row["formula"], row["name"], row["party"], row["detail"]) for row in precedents.diverging(store, event_id)] == [
        ("", NAME, "KR", "US,JP"), ("f", "", "KR", "JP"),
    ]  # fmt: skip
    assert precedents.diverging(store, event_id + 1) == []


def test_sides_with_a_text_of_their_own_elsewhere(store: Store) -> None:
    ids = add(
        store, *(Text(f"https://{party.lower()}.example/1", party=party, official=party != "") for party in ("US", "KR", "JP")),
        Text("https://news.example/1", party="", official=False),
    )  # fmt: skip
    apply(store, event(*(statement(number) for number in ids)))
    store.write("UPDATE statements SET side = 'US' WHERE id = 1")
    told_of = [material.new_statement(store, number, max_age_hours=72) for number in (1, 2)]
    assert [one.elsewhere for one in told_of if one] == [("JP", "KR"), ()], "a joint text is everybody's"
    assert told_of[0] is not None
    assert told_of[0].event_id == 1


def test_the_archived_page_is_the_lead_s_or_a_governments_own(store: Store) -> None:
    ids = add(store, *(Text(f"https://{n}.example/1", official=n != "news", party="US") for n in ("lead", "news", "other")))
    apply(store, event(statement(*ids)))
    capture = {
        "url": "u",
        "fetched_at": AT,
        "status": 200,
        "content_type": "t",
        "file": "f",
        "offset": 0,
        "length": 1,
        "digest": "d",
        "kept": 1,
    }
    found = []
    for number in (None, ids[1], ids[2], ids[0]):
        if number:
            made = store.insert("captures", capture)
            store.write("UPDATE articles SET capture_id = ? WHERE id = ?", (made, number))
        one = material.new_statement(store, 1, max_age_hours=72)
        assert one is not None
        found.append(one.capture_id)
    assert found == [0, ids[1], ids[2], ids[0]]
