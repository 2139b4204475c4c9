"""A person decides on initiatives by command: each action through the command and the tables, undone, and carried to another home."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.config import load
from tests.jobs.house import START, Item, jsonl, statement

from .conftest import Caller

REEF, KELP, LANTERN = "Trilateral Reef Restoration Dialogue", "Trilateral Kelp Forest Partnership", "Trilateral Lantern Network"
REEF_ID, KELP_ID, LANTERN_ID = "trilateral-reef-restoration-dialogue", "trilateral-kelp-forest-partnership", "trilateral-lantern-network"
KNOWN = "tscf"
"""An entry of the shipped registry."""


def take(call: Caller, *items: Item) -> None:
    assert call.home is not None
    assert call("import", jsonl(call.home / "in.jsonl", *items)).exit_code == 0


def launch(name: str, place: str, days: int = 0) -> Item:
    return statement(place, name=name, at=START - timedelta(days=days))


@pytest.fixture
def home(fresh: Caller) -> Caller:
    """A home in which three statements launch something new each."""
    take(fresh, launch(REEF, "Seoul", 1), launch(KELP, "Tokyo", 400), launch(LANTERN, "Honolulu", 800))
    return fresh


def ours(call: Caller) -> dict[str, int]:
    """What the launches are taken for, with how many mentions."""
    rows = call.json("initiatives", "list", "--seen")
    return {row["id"]: row["mentions"] for row in rows if row["id"] != "trilateral-foreign-ministerial"}


def rows(call: Caller, sql: str, *values: object) -> list[tuple[Any, ...]]:
    assert call.home is not None
    with closing(sqlite3.connect(call.home / "db" / "trilateral.db")) as database:
        return list(database.execute(sql, values))


def flags(call: Caller) -> set[str]:
    """The initiatives that are flagged as new."""
    return {slug for (slug,) in rows(call, "SELECT initiative_id FROM flags WHERE kind = 'new_initiative' AND superseded_at IS NULL")}


def done(call: Caller, *arguments: object) -> str:
    told = call(*arguments)
    assert told.exit_code == 0, told.stderr
    return told.stdout


def edit(call: Caller, change: Any) -> None:
    """Change the registry of a home, as an upgrade does."""
    assert call.home is not None
    file = call.home / "config" / "initiatives.toml"
    file.write_text(change(file.read_text("utf-8")), "utf-8")


ALONE = {REEF_ID: 1, KELP_ID: 1, LANTERN_ID: 1}


def test_confirming_makes_certain_and_marks(home: Caller) -> None:
    assert done(home, "initiatives", "confirm", REEF_ID, "--who", "kim", "--note", "seen it") == f"Review 1: {REEF_ID}: {REEF}.\n"
    row = home.json("initiatives", "show", REEF_ID)
    assert (row["decision"], row["confidence"], row["reason"]) == (
        "confirmed",
        1.0,
        "one name, not known to the registry, confirmed by a person",
    )
    assert [(one["action"], one["who"], one["note"], one["in_force"]) for one in row["reviews"]] == [("confirm", "kim", "seen it", True)]
    assert rows(home, "SELECT action, subject, value, who, note, subject_names FROM reviews") == [
        ("confirm", REEF_ID, "", "kim", "seen it", f"en\t{REEF}\t"),
    ]  # fmt: skip
    done(home, "reviews", "undo", "1")
    row = home.json("initiatives", "show", REEF_ID)
    assert (row["decision"], row["confidence"] < 1, [one["in_force"] for one in row["reviews"]]) == ("", True, [False, True])


def test_a_wider_body_is_kept_apart(home: Caller) -> None:
    done(home, "initiatives", "confirm", REEF_ID, "--wider")
    assert {row["id"]: row["section"] for row in home.json("initiatives", "list", "--seen")}[REEF_ID] == "wider"
    people = done(home, "initiatives", "list", "--seen")
    assert people.index("Wider than the three") > people.index(KELP_ID)
    assert people.index(REEF_ID) > people.index("Wider than the three")
    assert "Not of the three alone: wider" in done(home, "initiatives", "show", REEF_ID)


def test_a_new_name_stands_beside_the_old_one_and_the_id_stays(home: Caller) -> None:
    assert done(home, "initiatives", "rename", REEF_ID, "  Dialogue   on Reefs ") == f"Review 1: {REEF_ID}: Dialogue on Reefs.\n"
    row = home.json("initiatives", "show", REEF_ID)
    assert (row["id"], row["name"], row["text_name"], row["decision"]) == (REEF_ID, "Dialogue on Reefs", REEF, "renamed")
    assert f"Dialogue on Reefs (also: {REEF})" in done(home, "initiatives", "list")
    assert f"Also called: {REEF}" in done(home, "initiatives", "show", REEF_ID)
    take(home, launch("U.S.-Japan-ROK Reef Restoration Dialogue", "Tokyo", 500))
    assert home.json("initiatives", "show", REEF_ID)["name"] == "Dialogue on Reefs", "an earlier mention changes neither name nor id"
    done(home, "reviews", "undo", "1")
    assert home.json("initiatives", "show", REEF_ID)["name"] == "U.S.-Japan-ROK Reef Restoration Dialogue"


def test_a_known_one_is_renamed_too_and_keeps_the_name_when_the_registry_is_written_anew(home: Caller) -> None:
    before = home.json("initiatives", "show", KNOWN)["name"]
    done(home, "initiatives", "rename", KNOWN, "Security Framework")
    edit(home, lambda text: text + '\n[[initiative]]\nid = "another"\nname = "Trilateral Pier Council"\n')
    assert any(row["id"] == "another" for row in home.json("initiatives", "list"))
    row = home.json("initiatives", "show", KNOWN)
    assert (row["name"], row["text_name"]) == ("Security Framework", before)
    assert rows(home, "SELECT name FROM initiatives WHERE id = ?", KNOWN) == [("Security Framework",)]
    done(home, "reviews", "undo", "1")
    assert rows(home, "SELECT name, given_name FROM initiatives WHERE id = ?", KNOWN) == [(before, None)]


def test_a_merge_makes_an_alias_of_all_forms_for_later_texts(home: Caller) -> None:
    assert done(home, "initiatives", "merge", REEF_ID, KNOWN).startswith(f"Review 1: {KNOWN}: ")
    assert ours(home) == {KNOWN: 1, KELP_ID: 1, LANTERN_ID: 1}
    assert flags(home) == {KELP_ID, LANTERN_ID}
    take(home, launch("Japan-U.S.-ROK Reef Restoration Dialogue", "Honolulu", 2))
    assert ours(home) == {KNOWN: 2, KELP_ID: 1, LANTERN_ID: 1}
    row = home.json("initiatives", "show", REEF_ID)
    assert (row["id"], row["asked"], len(row["timeline"])) == (KNOWN, REEF_ID, 2)
    assert done(home, "initiatives", "show", REEF_ID).startswith(f"{REEF_ID} goes by {KNOWN} now.\n")
    done(home, "reviews", "undo", "1")
    assert ours(home) == {REEF_ID: 2, KELP_ID: 1, LANTERN_ID: 1}
    assert flags(home) == {REEF_ID, KELP_ID, LANTERN_ID}


def test_a_merged_name_is_found_later_also_where_no_rule_would_see_it(home: Caller) -> None:
    done(home, "initiatives", "merge", LANTERN_ID, KNOWN)
    bare = launch("", "Seoul", 3)
    told = Item(bare.path, bare.title, bare.text + "\n\nMinisters also spoke of what the Trilateral Lantern Network had seen.", bare.at)
    take(home, told)
    assert ours(home)[KNOWN] == 2


def test_a_dismissed_name_raises_nothing_any_more(home: Caller) -> None:
    assert done(home, "initiatives", "dismiss", REEF_ID, "--note", "a topic") == "Review 1: dismissed: its names raise nothing any more.\n"
    assert (ours(home), flags(home)) == ({KELP_ID: 1, LANTERN_ID: 1}, {KELP_ID, LANTERN_ID})
    for name, place in (("Second ROK-U.S.-Japan Reef Restoration Dialogue", "Tokyo"), ("Reef Restoration Dialogues", "Honolulu")):
        take(home, launch(name, place, 3))
    assert (ours(home), flags(home)) == ({KELP_ID: 1, LANTERN_ID: 1}, {KELP_ID, LANTERN_ID})
    (gone,) = home.json("initiatives", "list", "--dismissed")
    assert (gone["id"], gone["names"], gone["note"], gone["review"]) == (REEF_ID, [REEF], "a topic", 1)
    assert REEF in done(home, "initiatives", "list", "--dismissed")
    shown = home.json("initiatives", "show", REEF_ID)
    assert (shown["decision"], shown["mentions"], shown["timeline"]) == ("dismissed", [], [])
    assert "Dismissed by a person" in done(home, "initiatives", "show", REEF_ID)
    told = home("initiatives", "dismiss", REEF_ID)
    assert (told.exit_code, told.stderr) == (2, f"Error: {REEF_ID} is dismissed already\n")
    done(home, "reviews", "undo", "1")
    assert ours(home) == {REEF_ID: 3, KELP_ID: 1, LANTERN_ID: 1}
    assert flags(home) == {REEF_ID, KELP_ID, LANTERN_ID}
    assert home.json("initiatives", "list", "--dismissed") == []


def test_a_dismissed_one_comes_back_when_it_is_confirmed(home: Caller) -> None:
    done(home, "initiatives", "dismiss", REEF_ID)
    done(home, "initiatives", "confirm", REEF_ID)
    assert ours(home) == ALONE
    assert home.json("initiatives", "list", "--dismissed") == []


def test_a_known_one_is_dismissed_and_comes_back(home: Caller) -> None:
    take(home, launch("Trilateral Security Cooperation Framework", "Seoul", 5))
    assert ours(home)[KNOWN] == 1
    done(home, "initiatives", "dismiss", KNOWN)
    assert KNOWN not in ours(home)
    assert all(row["id"] != KNOWN for row in home.json("initiatives", "list"))
    assert rows(home, "SELECT count(*) FROM flags WHERE initiative_id = ? AND superseded_at IS NULL", KNOWN) == [(0,)]
    done(home, "reviews", "undo", "1")
    assert ours(home)[KNOWN] == 1


def test_chains_and_the_undoing_of_their_middle(home: Caller) -> None:
    done(home, "initiatives", "merge", REEF_ID, KELP_ID)
    done(home, "initiatives", "merge", KELP_ID, LANTERN_ID)
    assert ours(home) == {LANTERN_ID: 3}
    assert {home.json("initiatives", "show", slug)["id"] for slug in (REEF_ID, KELP_ID, LANTERN_ID)} == {LANTERN_ID}
    told = home("initiatives", "merge", REEF_ID, KELP_ID)
    assert (told.exit_code, told.stderr) == (2, f"Error: {REEF_ID} and {KELP_ID} are one initiative already\n")
    done(home, "reviews", "undo", "2")
    assert ours(home) == {KELP_ID: 2, LANTERN_ID: 1}
    done(home, "reviews", "undo", "1")  # undone is the whole chain; the last row brings its end back
    assert ours(home) == ALONE
    done(home, "reviews", "undo", "3")
    assert ours(home) == {REEF_ID: 1, LANTERN_ID: 2}


def test_the_undoing_of_the_first_link(home: Caller) -> None:
    done(home, "initiatives", "merge", REEF_ID, KELP_ID)
    done(home, "initiatives", "merge", KELP_ID, LANTERN_ID)
    done(home, "reviews", "undo", "1")
    assert ours(home) == {REEF_ID: 1, LANTERN_ID: 2}


def test_a_chain_made_from_its_end_leads_where_it_ends(home: Caller) -> None:
    done(home, "initiatives", "merge", KELP_ID, LANTERN_ID)
    assert done(home, "initiatives", "merge", REEF_ID, KELP_ID) == f"Review 2: {LANTERN_ID}: {LANTERN}.\n"
    assert rows(home, "SELECT subject, value FROM reviews WHERE id = 2") == [(REEF_ID, LANTERN_ID)], (
        "a decision is on what stood when it was made"
    )
    done(home, "reviews", "undo", "1")
    assert ours(home) == {LANTERN_ID: 2, KELP_ID: 1}


def test_two_known_ones_become_one_and_two_again(home: Caller) -> None:
    take(home, launch("Trilateral Security Cooperation Framework", "Seoul", 5))
    done(home, "initiatives", "merge", KNOWN, "trilateral-secretariat")
    assert ours(home) == {**ALONE, "trilateral-secretariat": 1}
    assert all(row["id"] != KNOWN for row in home.json("initiatives", "list"))
    assert home.json("initiatives", "show", KNOWN)["id"] == "trilateral-secretariat"
    edit(home, lambda text: text + "\n")
    assert home.json("initiatives", "show", KNOWN)["id"] == "trilateral-secretariat"
    done(home, "reviews", "undo", "1")
    assert ours(home) == {**ALONE, KNOWN: 1}


REFUSED = {
    ("merge", REEF_ID, REEF_ID): "give two initiatives, not one twice",
    ("merge", REEF_ID, "nobody"): "there is no initiative nobody; see: trilateral initiatives list",
    ("merge", "nobody", REEF_ID): "there is no initiative nobody; see: trilateral initiatives list",
    ("merge", KNOWN, REEF_ID): f"{KNOWN} is in the registry and {REEF_ID} is not: merge {REEF_ID} into {KNOWN}",
    ("rename", REEF_ID, " "): "a name must not be empty",
    ("rename", "nobody", "x"): "there is no initiative nobody; see: trilateral initiatives list",
    ("confirm", "nobody"): "there is no initiative nobody; see: trilateral initiatives list",
    ("dismiss", "nobody"): "there is no initiative nobody; see: trilateral initiatives list",
    ("show", "nobody"): "there is no initiative nobody; see: trilateral initiatives list",
}


def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_written(home: Caller) -> None:
    for arguments, sentence in REFUSED.items():
        told = home("initiatives", *arguments)
        assert (told.exit_code, told.stdout, told.stderr) == (2, "", f"Error: {sentence}\n"), arguments
    assert home.json("reviews", "list") == []


GAINED = f'\n[[initiative]]\nid = "reef-dialogue"\nname = "{REEF}"\nkind = "dialogue"\nnames.en = ["{REEF}", "Reef Talks of the Three"]\n'


@pytest.mark.parametrize(("decision", "wanted"), [
    (("dismiss", REEF_ID), {KELP_ID: 1, LANTERN_ID: 1}),
    (("merge", REEF_ID, KNOWN), {KNOWN: 2, KELP_ID: 1, LANTERN_ID: 1}),
    (("merge", REEF_ID, KELP_ID), {"reef-dialogue": 3, LANTERN_ID: 1}),
    (("rename", REEF_ID, "Dialogue on Reefs"), {"reef-dialogue": 2, KELP_ID: 1, LANTERN_ID: 1}),
], ids=lambda given: given[0] if isinstance(given, tuple) else "")  # fmt: skip
def test_a_registry_that_learns_the_name_later_takes_back_no_decision(
    home: Caller, decision: tuple[str, ...], wanted: dict[str, int]
) -> None:
    done(home, "initiatives", *decision)
    edit(home, lambda text: text + GAINED)
    take(home, launch("Reef Restoration Dialogue", "Tokyo", 3))
    assert ours(home) == wanted
    if decision[0] == "rename":
        row = home.json("initiatives", "show", REEF_ID)
        assert (row["id"], row["name"], row["text_name"]) == ("reef-dialogue", "Dialogue on Reefs", REEF)


@pytest.mark.parametrize("slug", ["security-framework", ""], ids=["another slug", "dropped"])
def test_a_registry_with_another_slug_or_without_the_entry_takes_back_no_decision(home: Caller, slug: str) -> None:
    done(home, "initiatives", "merge", REEF_ID, KNOWN)

    def upgrade(text: str) -> str:
        start = text.index(f'[[initiative]]\nid = "{KNOWN}"')
        end = text.index("[[initiative]]", start + 1)
        entry = text[start:end].replace(f'id = "{KNOWN}"', f'id = "{slug}"') if slug else ""
        return text[:start] + entry + text[end:]

    edit(home, upgrade)
    take(home, launch("Reef Restoration Dialogue", "Tokyo", 3))
    assert ours(home) == {slug or KNOWN: 2, KELP_ID: 1, LANTERN_ID: 1}
    take(home, launch("Trilateral Security Cooperation Framework", "Honolulu", 6))
    assert ours(home) == {slug or KNOWN: 3, KELP_ID: 1, LANTERN_ID: 1}


def test_decisions_hold_in_another_home_also_for_texts_that_come_later(home: Caller, tmp_path: Path) -> None:
    done(home, "initiatives", "dismiss", REEF_ID)
    done(home, "initiatives", "merge", KELP_ID, KNOWN)
    done(home, "initiatives", "rename", LANTERN_ID, "등불 네트워크")
    done(home, "initiatives", "confirm", KNOWN)
    done(home, "reviews", "undo", "4")
    file = tmp_path / "decisions.jsonl"
    done(home, "reviews", "export", file)
    assert [json.loads(line)["action"] for line in file.read_text("utf-8").splitlines()] == [
        "dismiss",
        "merge",
        "rename",
        "confirm",
        "undo confirm",
    ]
    items = [launch(REEF, "Seoul", 1), launch(KELP, "Tokyo", 400), launch(LANTERN, "Honolulu", 800)]
    for cut in (0, 2, 3):
        other = Caller(tmp_path / f"other-{cut}")
        assert Caller()("init", other.home).exit_code == 0
        take(other, *items[:cut])
        assert other.json("reviews", "import", file) == {"read": 5, "new": 5}
        take(other, *items[cut:])
        assert ours(other) == ours(home) == {KNOWN: 1, LANTERN_ID: 1}
        assert other.json("initiatives", "show", LANTERN_ID)["name"] == "등불 네트워크"
        assert other.json("reviews", "import", file) == {"read": 5, "new": 0}
        assert done(other, "reviews", "export", "-") == file.read_text("utf-8")


def test_what_was_found_and_decided_is_written_as_a_registry_that_can_be_read(home: Caller, tmp_path: Path) -> None:
    done(home, "initiatives", "dismiss", REEF_ID)
    done(home, "initiatives", "merge", KELP_ID, KNOWN)
    done(home, "initiatives", "rename", LANTERN_ID, 'The "Lantern" Net\\work')
    assert home.home is not None
    told = done(home, "initiatives", "export")
    entries = home.json("initiatives", "export")
    assert [(one["id"], one["scope"]) for one in entries] == [
        (KNOWN, "trilateral-government"),
        (LANTERN_ID, "trilateral-government"),
        (REEF_ID, "dismissed"),
    ]
    assert KELP in entries[0]["names"]["en"]
    assert (entries[1]["name"], entries[1]["first_mentioned"], entries[1]["kind"]) == ('The "Lantern" Net\\work', "2024-04-30", "network")
    folder = tmp_path / "read"
    folder.mkdir()
    (folder / "initiatives.toml").write_text(told, "utf-8")
    registry = load(folder, {"TRILATERAL_SMTP_PASSWORD": "-"}, strict=False).registry
    assert [one.id for one in registry.initiatives] == [one["id"] for one in entries]
    assert [one.name for one in registry.initiatives] == [one["name"] for one in entries]
    done(home, "initiatives", "export", home.home / "config" / "new.toml", "--all")
    (home.home / "config" / "new.toml").replace(home.home / "config" / "initiatives.toml")
    assert ours(home) == {KNOWN: 1, LANTERN_ID: 1}
    take(home, launch("Japan-U.S.-ROK Reef Restoration Dialogue", "Tokyo", 2), launch("Kelp Forest Partnership", "Seoul", 7))
    assert ours(home) == {KNOWN: 2, LANTERN_ID: 1}
    assert home("sources", "list").exit_code == 0


def test_an_entry_that_was_merged_or_dismissed_is_written_as_that(home: Caller) -> None:
    done(home, "initiatives", "merge", KNOWN, "trilateral-secretariat")
    done(home, "initiatives", "dismiss", "camp-david-principles")
    entries = {one["id"]: one for one in home.json("initiatives", "export", "-", "--all")}
    assert KNOWN not in entries
    assert "Trilateral Security Cooperation Framework" in entries["trilateral-secretariat"]["names"]["en"]
    assert "TSCF" in entries["trilateral-secretariat"]["abbreviations"]
    assert (entries["camp-david-principles"]["scope"], entries["camp-david-principles"]["trilateral"]) == ("dismissed", False)
    assert len(entries) == len({row["id"] for row in home.json("initiatives", "list")}) + 1
    few = [one["id"] for one in home.json("initiatives", "export")]
    assert (few[0], few[-1], set(few[1:-1])) == ("trilateral-secretariat", "camp-david-principles", {REEF_ID, KELP_ID, LANTERN_ID})
