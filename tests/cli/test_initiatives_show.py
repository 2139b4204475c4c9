"""The life of an initiative, what is proposed and what is linked, as the command tells it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.jobs.house import Item, jsonl, statement

from .conftest import Caller

START = datetime(2026, 7, 9, 12, 0, tzinfo=UTC)
PILOTS, PILOTS_ID = "Trilateral Harbor Pilots Dialogue", "trilateral-harbor-pilots-dialogue"


def says(place: str, days: int, sentence: str) -> Item:
    item = statement(place, at=START - timedelta(days=days))
    return Item(item.path, item.title, f"{item.text}\n\n{sentence}", item.at)


def take(call: Caller, *items: Item) -> None:
    assert call.home is not None
    assert call("import", jsonl(call.home / "in.jsonl", *items)).exit_code == 0


SAID = (
    says(
        "Seoul", 300, "The ministers committed to finalize a trilateral reef coordinating mechanism that will advance the work of divers."
    ),
    says("Tokyo", 100, "The ministers announced the establishment of the Trilateral Coral and Reef Coordination Secretariat."),
    says("Honolulu", 90, "The ministers announced the launch of the second Trilateral Kelp Harvest Apprentice Summit."),
    says("Seoul", 60, "The three countries held the second annual Young Trilateral Kelp Harvest Meeting."),
    says("Tokyo", 30, f"They convened the third {PILOTS}."),
    says("Honolulu", 10, f"They convened the fourth {PILOTS}."),
    says("Honolulu", 5, "They announced the launch of the Trilateral Harbor Pilots Network."),
)
SECRETARIAT, MECHANISM = "trilateral-coral-and-reef-coordination-secretariat", "trilateral-reef-coordinating-mechanism"
PROPOSED = {
    ("young-trilateral-kelp-harvest-meeting", "renaming", "trilateral-kelp-harvest-apprentice-summit"),
    ("trilateral-harbor-pilots-network", "variant", PILOTS_ID),
}


def proposals(call: Caller) -> set[tuple[str, str, str]]:
    return {(row["initiative_id"], row["kind"], row["other_id"]) for row in call.json("initiatives", "list", "--proposed")}


@pytest.fixture
def home(fresh: Caller) -> Caller:
    take(fresh, *SAID)
    return fresh


def test_a_series_is_one_initiative_with_its_instances(home: Caller) -> None:
    row = home.json("initiatives", "show", PILOTS_ID)
    assert [(one["instance"], one["date"]) for one in row["instances"]] == [("3", "2026-06-09"), ("4", "2026-06-29")]
    assert row["reason"] == "one name, not known to the registry; number 3 of a series, so that it is older than our data"
    assert "Instances: 3 (2026-06-09), 4 (2026-06-29)" in home("initiatives", "show", PILOTS_ID).stdout


def test_every_observation_is_told_with_its_sentence_side_date_publisher_and_link(home: Caller) -> None:
    row = home.json("initiatives", "show", PILOTS_ID)
    told = [
        (o["date"], o["side"], o["status"], o["instance"], o["sentence"], o["publisher"], o["url"])
        for o in row["timeline"]
        if o["sentence"]
    ]
    assert told == [
        ("2026-06-09", "joint", "convened", "3", f"They convened the third {PILOTS}.", "state.gov", f"https://www.state.gov{SAID[4].path}"),
        (
            "2026-06-29",
            "joint",
            "convened",
            "4",
            f"They convened the fourth {PILOTS}.",
            "state.gov",
            f"https://www.state.gov{SAID[5].path}",
        ),
    ]
    people = home("initiatives", "show", PILOTS_ID).stdout
    assert (
        "\nLife\n"
        f"2026-06-09 · joint · convened · instance 3 · state.gov\n    They convened the third {PILOTS}.\n    https://www.state.gov{SAID[4].path}\n"
        f"2026-06-29 · joint · convened · instance 4 · state.gov\n    They convened the fourth {PILOTS}.\n    https://www.state.gov{SAID[5].path}\n"
    ) in people
    assert "new_initiative" in people
    assert [name["name"] for name in row["names"]] == [PILOTS]


def test_a_description_is_linked_with_the_name_that_came_later(home: Caller) -> None:
    (before,) = home.json("initiatives", "show", SECRETARIAT)["precursors"]
    (after,) = home.json("initiatives", "show", MECHANISM)["successors"]
    assert (before["id"], after["id"]) == (MECHANISM, SECRETARIAT)
    assert before["reason"] == after["reason"] == "a description with the same function (coord-, reef), 200 days before the first naming"
    assert f"Before it had a name: trilateral reef coordinating mechanism ({MECHANISM})" in home("initiatives", "show", SECRETARIAT).stdout
    assert "Later named: " in home("initiatives", "show", MECHANISM).stdout


def test_a_new_name_is_proposed_and_never_merged_by_itself(home: Caller) -> None:
    assert proposals(home) == PROPOSED
    people = home("initiatives", "list", "--proposed").stdout
    assert "both are number 2 of their series, 30 days apart, with one function (harve-, kelp)" in people
    for slug in ("trilateral-harbor-pilots-network", PILOTS_ID):
        shown = home("initiatives", "show", slug).stdout
        assert f"To confirm: trilateral initiatives merge trilateral-harbor-pilots-network {PILOTS_ID}\n" in shown
    assert home("initiatives", "merge", "trilateral-harbor-pilots-network", PILOTS_ID).exit_code == 0
    assert proposals(home) == {one for one in PROPOSED if one[1] == "renaming"}
    assert len(home.json("initiatives", "show", PILOTS_ID)["names"]) == 2
    assert home("reviews", "undo", "1").exit_code == 0
    assert proposals(home) == PROPOSED


def test_what_is_confirmed_as_its_own_or_dismissed_is_proposed_no_more(home: Caller) -> None:
    assert home("initiatives", "confirm", "trilateral-harbor-pilots-network").exit_code == 0
    assert home("initiatives", "dismiss", "trilateral-kelp-harvest-apprentice-summit").exit_code == 0
    assert proposals(home) == set()
    assert home("reviews", "undo", "1").exit_code == 0
    assert home("reviews", "undo", "2").exit_code == 0
    assert proposals(home) == PROPOSED


def test_the_order_of_arrival_changes_no_link(home: Caller, tmp_path: Path) -> None:
    other = Caller(tmp_path / "other")
    assert Caller()("init", other.home).exit_code == 0
    for item in reversed(SAID):
        take(other, item)
    for call in (home, other):
        assert call.home is not None
        with closing(sqlite3.connect(call.home / "db" / "trilateral.db")) as database:
            found = set(database.execute("SELECT initiative_id, kind, other_id FROM initiative_links"))
            assert found == PROPOSED | {(MECHANISM, "precursor", SECRETARIAT)}
            assert database.execute("SELECT count(*) FROM proposals").fetchone() == (2,)
        assert proposals(call) == PROPOSED


def test_a_known_one_is_told_with_its_place_in_the_registry(fresh: Caller) -> None:
    row = fresh.json("initiatives", "show", "camp-david-principles")
    assert (row["registry"]["parent"][0]["id"], row["section"], row["decision"], row["timeline"]) == (
        "trilateral-leaders-summit",
        "ours",
        "",
        [],
    )
    summit = fresh("initiatives", "show", "trilateral-leaders-summit").stdout
    assert "Part of it: " in summit
    assert "Camp David Principles" in summit


def test_bodies_of_more_than_the_three_and_of_others_stand_apart(fresh: Caller) -> None:
    sections = {row["id"]: row["section"] for row in fresh.json("initiatives", "list")}
    assert {"ours", "wider", "other"} == set(sections.values())
    people = fresh("initiatives", "list").stdout
    first, rest = people.split("Wider than the three", 1)
    wider, other = rest.split("Of others: kept", 1)
    for slug, section in sections.items():
        assert f"{slug} " in {"ours": first, "wider": wider, "other": other}[section], slug


def test_a_dismissed_name_raises_no_alert_also_in_its_variants(fresh: Caller) -> None:
    """Imported as a poll would, with texts of today."""
    assert fresh.home is not None
    now = datetime.now(UTC)  # noqa: TID251  alerts are for what is young by the clock of the command
    file = fresh.home / "in.jsonl"
    assert fresh("import", jsonl(file, statement("Seoul", name=PILOTS, at=now - timedelta(hours=30))), "--alert").exit_code == 0
    with closing(sqlite3.connect(fresh.home / "db" / "trilateral.db")) as database:
        count = "SELECT count(*) FROM alerts WHERE kind = 'new_initiative'"
        assert database.execute(count).fetchone() == (1,)
        assert fresh("initiatives", "dismiss", PILOTS_ID).exit_code == 0
        assert database.execute(count).fetchone() == (0,), "nobody was told of it yet"
        for place, name in (("Tokyo", "Second Japan-U.S.-ROK Harbor Pilots Dialogue"), ("Honolulu", "Harbor Pilots Dialogue")):
            assert fresh("import", jsonl(file, statement(place, name=name, at=now - timedelta(hours=20))), "--alert").exit_code == 0
        assert database.execute(count).fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM alerts WHERE kind = 'new_statement'").fetchone() == (3,)


@pytest.mark.parametrize("said", ["Freedom Edge", " freedom  EDGE ", "フリーダム・エッジ", "프리덤에지", "FREEDOM-EDGE"])
def test_an_initiative_can_be_asked_for_by_a_name_of_its_own(home: Caller, said: str) -> None:
    row = home.json("initiatives", "show", said)
    assert (row["id"], row["asked"]) == ("freedom-edge", "")
    assert home.json("initiatives", "show", *said.split())["id"] == "freedom-edge"  # without quotes


def test_who_asks_for_what_there_is_not_is_told_what_is_near(home: Caller) -> None:
    told = home("initiatives", "show", "freedom-edg")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == "Error: there is no initiative freedom-edg; perhaps freedom-edge; see: trilateral initiatives list\n"
    assert "; perhaps" not in home("initiatives", "confirm", "xyzzy").stderr
    assert home("initiatives", "merge", "trilateral harbor pilots network", PILOTS).exit_code == 0
    assert home.json("initiatives", "show", "Trilateral Harbor Pilots Network")["id"] == PILOTS_ID


def test_a_name_that_two_have_is_asked_for_by_id(home: Caller) -> None:
    assert home("initiatives", "rename", PILOTS_ID, "Trilateral Harbor Pilots Network").exit_code == 0
    told = home("initiatives", "show", "trilateral harbor pilots network")
    assert told.exit_code == 2
    assert f"2 are called trilateral harbor pilots network: {PILOTS_ID}, trilateral-harbor-pilots-network" in told.stderr
