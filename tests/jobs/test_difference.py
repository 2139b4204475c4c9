"""What became of articles, groups, names and flags between two pictures."""

from __future__ import annotations

from dataclasses import replace

from scraper.jobs.difference import difference
from scraper.model.replay import Change, Group, Named, Picture, Placed, Raised, Said, Spoken


def article(title: str, statement: int, *, kind: str = "report", grade: str = "verbatim") -> Placed:
    return Placed(title, {"kind": kind, "side": ""}, statement, "copy", grade)


def group(name: str, date: str, *members: str, level: str = "leaders") -> Group:
    return Group(name, date, {"level": level, "placeholder": "0"}, frozenset(members))


def spoken(url: str, name: str, start: int, initiative: str = "") -> Spoken:
    return Spoken(url, "text", name, f"They named {name}.", "headed/1", start, start + len(name), initiative)


BEFORE = Picture(
    articles={"a": article("A", 1), "b": article("B", 1), "c": article("C", 2), "d": article("D", 3)},
    statements={1: group("One", "2024-01-01", "a", "b"), 2: group("Two", "2024-02-02", "c"), 3: group("Three", "2024-03-03", "d")},
    events={7: group("E", "2024-01-01", "a", "b"), 8: group("F", "2024-02-02", "c", "d")},
    mentions=(spoken("a", "Harbor Fund", 5, "harbor"), spoken("c", "Reef Forum", 9, "reef"), spoken("d", "Loose Name", 1)),
    initiatives={"harbor": Named("Harbor Fund", "fund", "announced", "2024-01-01"), "reef": Named("Reef Forum", "body", "", "2024-02-02")},
    flags=(Raised("new_initiative", "ever", "harbor", 1), Raised("wording", "in_our_data", "formula", 2, of_wording=True)),
    observations=(Said("harbor", "announced", 1),),
    formulae=(Said("formula", "strong", 2),),
)


def test_the_same_under_other_ids_is_no_difference() -> None:
    number = {1: 31, 2: 12, 3: 23}
    other = replace(
        BEFORE,
        articles={url: replace(one, statement=number[one.statement]) for url, one in BEFORE.articles.items()},
        statements={number[int(key)]: one for key, one in BEFORE.statements.items()},
        events={int(key) + 40: one for key, one in BEFORE.events.items()},
        mentions=tuple(replace(one, initiative=one.initiative and f"{one.initiative}-2", rule="headed/2") for one in BEFORE.mentions),
        initiatives={f"{key}-2": one for key, one in BEFORE.initiatives.items()},
        flags=(
            Raised("new_initiative", "ever", "harbor-2", 31),
            Raised("wording", "in_our_data", "formula", 12, comparator=31, of_wording=True),
        ),
        observations=(Said("harbor-2", "announced", 31),),
        formulae=(Said("formula", "strong", 12),),
    )
    assert difference(BEFORE, other) == ()
    assert difference(other, BEFORE) == ()
    assert difference(Picture(), Picture()) == ()


def test_statements_that_become_one_keep_their_flags() -> None:
    one = group("One", "2024-01-01", "a", "b", "c")
    after = replace(
        BEFORE,
        articles={**BEFORE.articles, "c": article("C", 1)},
        statements={1: one, 3: BEFORE.statements[3]},
        flags=(BEFORE.flags[0], Raised("wording", "in_our_data", "formula", 1, of_wording=True)),
        formulae=(Said("formula", "strong", 1),),
    )
    assert difference(BEFORE, after) == (Change("statements", "became one", "One", "2024-01-01", ("One", "Two"), ("One",)),)
    back = difference(after, BEFORE)
    assert [(change.section, change.action) for change in back] == [
        ("statements", "came apart"), ("flags", "superseded"), ("flags", "new"), ("formulae", "gone"), ("formulae", "new"),
    ]  # fmt: skip
    assert back[0].after == ("One", "Two")


def test_each_thing_that_differs_is_one_row() -> None:
    after = replace(
        BEFORE,
        articles={"a": article("A", 1, kind="readout"), "b": article("B", 1, grade="report"), "c": article("C", 2), "d": article("D", 0)},
        statements={1: group("First", "2024-01-04", "a", "b", level="officials"), 2: BEFORE.statements[2]},
        events={7: BEFORE.events[7], 8: group("F", "2024-02-02", "c")},
        mentions=(spoken("a", "the Harbor Fund", 1, "harbor"), spoken("b", "Lamp Plan", 3, "lamp"), spoken("c", "Reef Forum", 9)),
        initiatives={"harbor": Named("Harbor Fund", "fund", "established", "2024-01-04"), "lamp": Named("Lamp Plan", "", "", "2024-01-04")},
        flags=(Raised("new_initiative", "in_our_data", "harbor", 1), Raised("unnamed", "in_our_data", "", 2)),
        observations=(Said("harbor", "established", 1),),
        formulae=(),
    )
    assert difference(BEFORE, after) == (
        Change("articles", "changed", "A", "2024-01-04", ("kind report",), ("kind readout",), "a"),
        Change("articles", "gone", "D", "2024-03-03", url="d"),
        Change("mentions", "changed", "Harbor Fund", "2024-01-04", ("Harbor Fund", "rule headed/1", "Harbor Fund"), ("the Harbor Fund", "rule headed/1", "Harbor Fund"), "a"),
        Change("mentions", "new", "Lamp Plan", "2024-01-04", (), ("Lamp Plan", "rule headed/1", "Lamp Plan"), "b"),
        Change("mentions", "changed", "Reef Forum", "2024-02-02", ("Reef Forum", "rule headed/1", "Reef Forum"), ("Reef Forum", "rule headed/1", "no initiative"), "c"),
        Change("mentions", "gone", "Loose Name", "2024-03-03", ("Loose Name", "rule headed/1", "no initiative"), (), "d"),
        Change("statements", "changed", "One", "2024-01-04", ("name One", "date 2024-01-01", "level leaders"), ("name First", "date 2024-01-04", "level officials")),
        Change("statements", "gone", "Three", "2024-03-03", ("date 2024-03-03", "level leaders")),
        Change("placements", "changed", "B", "2024-01-04", ("copy", "verbatim"), ("copy", "report"), "b"),
        Change("initiatives", "changed", "Harbor Fund", "2024-01-04", ("date 2024-01-01", "status announced"), ("date 2024-01-04", "status established")),
        Change("initiatives", "new", "Lamp Plan", "2024-01-04", (), ("date 2024-01-04",)),
        Change("initiatives", "gone", "Reef Forum", "2024-02-02", ("date 2024-02-02", "kind body")),
        Change("flags", "superseded", "new_initiative: Harbor Fund", "2024-01-01", ("ever", "One")),
        Change("flags", "new", "new_initiative: Harbor Fund", "2024-01-04", (), ("in_our_data", "First")),
        Change("flags", "new", "unnamed", "2024-02-02", (), ("in_our_data", "Two")),
        Change("flags", "superseded", "wording: formula", "2024-02-02", ("in_our_data", "Two")),
        Change("observations", "gone", "Harbor Fund", "2024-01-01", ("announced", "One")),
        Change("observations", "new", "Harbor Fund", "2024-01-04", (), ("established", "First")),
        Change("formulae", "gone", "formula", "2024-02-02", ("strong", "Two")),
    )  # fmt: skip
    assert {change.date for change in difference(BEFORE, after, since="2024-02-02")} == {"2024-02-02", "2024-03-03"}


def test_a_name_without_its_place_is_known_by_its_words() -> None:
    bare = replace(BEFORE, mentions=tuple(replace(one, start=-1, end=-1) for one in BEFORE.mentions))
    assert difference(bare, bare) == ()
    moved = replace(bare, mentions=(replace(bare.mentions[0], name="Port Fund"), *bare.mentions[1:]))
    assert [(change.action, change.subject) for change in difference(bare, moved) if change.section == "mentions"] == [
        ("gone", "Harbor Fund"),
        ("new", "Port Fund"),
    ]


def test_two_names_taken_for_one_initiative() -> None:
    after = replace(
        BEFORE,
        mentions=(BEFORE.mentions[0], replace(BEFORE.mentions[1], initiative="harbor"), BEFORE.mentions[2]),
        initiatives={"harbor": BEFORE.initiatives["harbor"]},
    )
    told = [change for change in difference(BEFORE, after) if change.section == "initiatives"]
    assert told == [Change("initiatives", "became one", "Harbor Fund", "2024-01-01", ("Harbor Fund", "Reef Forum"), ("Harbor Fund",))]
