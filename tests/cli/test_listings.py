"""statements and initiatives: lists and single ones, for people and for programs."""

from __future__ import annotations

import pytest

from scraper.pressroom import NEW_INITIATIVE

from .conftest import Caller

BUSAN = "Joint Statement of the United States, the Republic of Korea, and Japan on the Trilateral Foreign Ministers' Meeting in Busan"


def busan(call: Caller) -> str:
    (row,) = [row for row in call.json("statements", "list") if row["title"] == BUSAN]
    return str(row["id"])


def test_statements_newest_first(filled: Caller) -> None:
    rows = filled.json("statements", "list")
    assert next(row["title"] for row in rows) == BUSAN
    assert (rows[0]["kind"], rows[0]["side"], rows[0]["level"], rows[0]["place"], rows[0]["sightings"]) == (
        "joint_statement", "joint", "foreign_ministers", "Busan", 5,
    )  # fmt: skip
    assert [row["date"] for row in rows] == sorted((row["date"] for row in rows), reverse=True)


def test_statements_since_and_limit(filled: Caller) -> None:
    rows = filled.json("statements", "list")
    since = rows[0]["date"]
    assert {row["date"] for row in filled.json("statements", "list", "--since", since)} == {since}
    assert len(filled.json("statements", "list", "--limit", "2")) == 2
    assert filled.json("statements", "list", "--since", "2999-01-01") == []


def test_statements_for_people(filled: Caller) -> None:
    told = filled("statements", "list")
    assert told.exit_code == 0
    assert "Busan" in told.stdout


def test_one_statement(filled: Caller) -> None:
    row = filled.json("statements", "show", busan(filled))
    assert row["text"].startswith("United States Secretary of State Eleanor Whitfield")
    assert row["text"].rstrip().endswith("next spring.")
    assert sorted(seen["relation"] for seen in row["sightings"]) == ["copy", "original", "report", "translation", "translation"]
    assert {person["party"] for person in row["participants"]} == {"US", "KR", "JP"}
    assert NEW_INITIATIVE["en"] in {one["name"] for one in row["initiatives"]}
    people = filled("statements", "show", busan(filled))
    assert people.exit_code == 0
    assert "Eleanor Whitfield" in people.stdout


def test_a_statement_that_is_not_there(filled: Caller) -> None:
    for key in ("999999", "no-number"):
        told = filled("statements", "show", key)
        assert told.exit_code == 2
        assert f"there is no statement {key}" in told.stderr


def test_initiatives(filled: Caller) -> None:
    everything = filled.json("initiatives", "list")
    seen = filled.json("initiatives", "list", "--seen")
    new = filled.json("initiatives", "list", "--new")
    assert len(everything) > len(seen) > len(new) == 1
    assert (new[0]["name"], new[0]["known"], new[0]["status"]) == (NEW_INITIATIVE["en"], 0, "announced")
    assert {"Freedom Edge", "Trilateral Indo-Pacific Dialogue", "Trilateral Secretariat"} <= {row["name"] for row in seen}


def test_one_initiative(filled: Caller) -> None:
    (new,) = filled.json("initiatives", "list", "--new")
    row = filled.json("initiatives", "show", new["id"])
    assert set(NEW_INITIATIVE.values()) <= {name["name"] for name in row["names"]}
    assert {mention["language"] for mention in row["mentions"]} == {"en", "ko", "ja"}
    assert all(mention["name"] in mention["sentence"] for mention in row["mentions"])
    assert [flag["kind"] for flag in row["flags"] if flag["superseded_at"] is None] == ["new_initiative"]
    people = filled("initiatives", "show", new["id"])
    assert people.exit_code == 0
    assert "Undersea" in people.stdout


def test_an_initiative_that_is_not_there(filled: Caller) -> None:
    told = filled("initiatives", "show", "nothing-of-the-kind")
    assert told.exit_code == 2
    assert "there is no initiative nothing-of-the-kind" in told.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        "statements list",
        "events list",
        "initiatives list --new",
        "initiatives list --proposed",
        "initiatives list --dismissed",
        "reviews list",
    ],
)
def test_an_empty_listing_says_so(fresh: Caller, arguments: str) -> None:
    told = fresh(*arguments.split())
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.endswith(": none.\n")
    assert fresh.json(*arguments.split()) == []


def test_a_row_in_a_pipe_ends_with_its_last_word(filled: Caller) -> None:
    lines = filled("initiatives", "list").stdout.split("\n")
    assert len(lines) > 5
    assert [line for line in lines if line != line.rstrip()] == []


def test_an_empty_export_says_so_beside_its_output(fresh: Caller) -> None:
    told = fresh("initiatives", "export")
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr == "Nothing was found or decided so far; --all writes the registry that is shipped.\n"
    assert fresh("initiatives", "export", "--json").stdout == "[]\n"


def test_listings_that_exclude_one_another_are_not_mixed(fresh: Caller) -> None:
    for mixed in (("--new", "--proposed"), ("--seen", "--dismissed"), ("--proposed", "--dismissed")):
        told = fresh("initiatives", "list", *mixed)
        assert told.exit_code == 2
        assert "--proposed and --dismissed are listings of their own" in told.stderr
    assert fresh("initiatives", "list", "--new", "--seen").exit_code == 0


def test_a_name_that_nobody_could_read_is_refused(fresh: Caller) -> None:
    told = fresh("initiatives", "rename", "freedom-edge", "x" * 301)
    assert (told.exit_code, told.stderr) == (2, "Error: a name may have at most 300 characters\n")
    assert fresh("initiatives", "rename", "freedom-edge", " ".join(["x" * 299, ""])).exit_code == 0
