"""Decisions on initiatives beside a daemon at work, and in what order texts and decisions come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from threading import Event

import pytest

from scraper.errors import InputError
from scraper.jobs import intake, kin, naming, reviewing, tick
from scraper.jobs.naming import Author
from scraper.jobs.rooms import Rooms
from scraper.model.initiative import Initiative, Registry
from scraper.stages.initiatives import Resolver

from .house import START, Clock, Item, Site, desk, jsonl, one, rooms, rows, sound, statement

ME = Author("me", "because")
REEF, KELP, LANTERN = "Trilateral Reef Restoration Dialogue", "Trilateral Kelp Forest Partnership", "Trilateral Lantern Network"
REEF_ID, KELP_ID, LANTERN_ID = "trilateral-reef-restoration-dialogue", "trilateral-kelp-forest-partnership", "trilateral-lantern-network"


def launch(name: str, place: str, days: int) -> Item:
    return statement(place, name=name, at=START - timedelta(days=days))


ITEMS = (
    launch(REEF, "Seoul", 10), launch("Second Japan-U.S.-ROK Reef Restoration Dialogue", "Tokyo", 5), launch(KELP, "Tokyo", 400), launch(LANTERN, "Honolulu", 800),
)  # fmt: skip


def bring(made: Rooms, items: Sequence[Item]) -> None:
    if items:
        intake.run(made, [jsonl(made.home.root / "in.jsonl", *items)])


def concluded(made: Rooms) -> set[tuple[object, ...]]:
    """What each mention is taken for, and what is flagged, by names."""
    mentions = rows(
        made,
        "SELECT a.canonical_url, m.name, m.initiative_id, i.name FROM mentions m JOIN articles a ON a.id = m.article_id LEFT JOIN initiatives i ON i.id = m.initiative_id",
    )
    flagged = rows(made, "SELECT f.kind, i.name FROM flags f JOIN initiatives i ON i.id = f.initiative_id WHERE f.superseded_at IS NULL")
    links = rows(made, "SELECT initiative_id, other_id, kind FROM initiative_links")
    return {*mentions, *flagged, *links}


def test_texts_and_decisions_in_any_order_give_one_answer(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path / "first", clock) as made:
        bring(made, ITEMS)
        naming.dismiss(made, LANTERN_ID, ME)
        naming.merge(made, REEF_ID, KELP_ID, ME)
        naming.rename(made, KELP_ID, "Forest of Kelp", ME)
        wanted, lines = concluded(made), list(reviewing.exported(made.store))
        sound(made)
    for number, order in enumerate(list(permutations(ITEMS))[::5]):
        with rooms(tmp_path / f"{number}", clock) as made:
            cut = number % 5
            bring(made, order[:cut])
            reviewing.import_(made, lines)
            for item in order[cut:]:
                bring(made, (item,))
            assert concluded(made) == wanted, (number, [item.path for item in order])
            sound(made)


def test_everything_undone_is_as_if_nothing_had_been_decided(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock) as made:
        bring(made, ITEMS)
        before = concluded(made)
        for decide in (
            lambda: naming.merge(made, REEF_ID, KELP_ID, ME), lambda: naming.merge(made, KELP_ID, "tscf", ME), lambda: naming.dismiss(made, LANTERN_ID, ME),
            lambda: naming.confirm(made, "tscf", ME), lambda: naming.rename(made, "tscf", "Security", ME),
        ):  # fmt: skip
            decide()
            clock.advance(seconds=1)
        for number in (2, 5, 1, 4, 3):
            reviewing.undo(made, number, ME)
            clock.advance(seconds=1)
        assert {row for row in concluded(made) if row[0] != "new_instance"} == {row for row in before if row[0] != "new_instance"}
        assert one(made, "SELECT count(*) FROM reviews") == 10
        sound(made)


def test_what_a_person_says_is_a_wider_body_raises_no_flags(tmp_path: Path, clock: Clock) -> None:
    again = launch("Third Japan-U.S.-ROK Reef Restoration Dialogue", "Honolulu", 2)
    flagged = f"SELECT count(*) FROM flags WHERE superseded_at IS NULL AND initiative_id = '{REEF_ID}'"
    with rooms(tmp_path, clock) as made:
        bring(made, ITEMS)
        bring(made, (again,))
        before = one(made, flagged)
        naming.confirm(made, REEF_ID, ME, wider=True)
        assert before > 1
        assert one(made, flagged) == 0
        bring(made, (launch("Fourth Japan-U.S.-ROK Reef Restoration Dialogue", "Seoul", 1),))
        assert one(made, flagged) == 0
        naming.confirm(made, REEF_ID, ME)
        assert one(made, flagged) > 0
        sound(made)


def test_a_daemon_finds_what_was_decided_while_it_ran(tmp_path: Path, clock: Clock, site: Site) -> None:
    bare = statement("Seoul")
    later = replace(bare, text=f"{bare.text}\n\nThey also spoke of what the {LANTERN} had seen at sea.")
    with rooms(tmp_path, clock, (site.source(),)) as daemon:
        bring(daemon, ITEMS)
        with rooms(tmp_path, clock) as person:
            naming.merge(person, LANTERN_ID, "tscf", ME)
        site.publish(later)
        tick.tick(daemon, Event())
        assert one(daemon, "SELECT initiative_id FROM mentions WHERE sentence LIKE '%had seen at sea%'") == "tscf"
        assert one(daemon, "SELECT registry_id FROM mentions WHERE sentence LIKE '%had seen at sea%'").startswith("~")
        reviewing.undo(daemon, 1, ME)
        assert one(daemon, "SELECT DISTINCT initiative_id FROM mentions WHERE name = ?", LANTERN) == LANTERN_ID


def test_rooms_are_taught_once(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock) as made:
        assert naming.taught(made) is made
        bring(made, ITEMS[:1])
        naming.confirm(made, REEF_ID, ME)
        learned = naming.taught(made)
        assert learned is not made
        assert naming.taught(learned) is learned


def test_a_registry_that_was_renamed_is_called_what_a_person_calls_it(tmp_path: Path, clock: Clock) -> None:
    registry = Registry((Initiative("pier", "Trilateral Pier Council", names={"en": ("Trilateral Pier Council",)}),))
    base = desk()
    made_desk = replace(base, resolver=Resolver(registry, base.config.watch), config=replace(base.config, registry=registry))
    with rooms(tmp_path, clock, made=made_desk) as made:
        naming.rename(made, "pier", "Council of Piers", ME)
    moved = Registry((replace(registry.initiatives[0], id="piers"),))
    made_desk = replace(made_desk, resolver=Resolver(moved, base.config.watch), config=replace(base.config, registry=moved))
    with rooms(tmp_path, clock, made=made_desk) as made:
        naming.taught(made)
        assert rows(made, "SELECT id, name FROM initiatives WHERE known = 1") == [("piers", "Council of Piers")]
        assert kin.current(made, "pier") == "piers"
        with pytest.raises(InputError, match="are one initiative already"):
            naming.merge(made, "pier", "piers", ME)
