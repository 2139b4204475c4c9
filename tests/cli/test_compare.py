"""compare: two statements, or one and the last before it, as text, page and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Caller

OPENING = (
    "The following text was released by the Governments of the United States of America, the Republic of Korea, and Japan.\n\n"
    "The Secretary of State of the United States and the Foreign Ministers of the Republic of Korea and Japan met in {place} on {day}."
)
CLOSING = "They reaffirmed the importance of trilateral cooperation and will meet again next year."
LAMPS = "They agreed that every lighthouse of the northern islands will be lit from dusk until dawn."


def record(place: str, date: str, day: str, said: str) -> dict[str, str]:
    return {
        "url": f"https://www.state.gov/{place.lower()}-{date}",
        "title": f"Joint Statement of the United States, the Republic of Korea, and Japan on the Trilateral Ministerial Meeting in {place}",
        "date": date,
        "language": "en",
        "text": f"{OPENING.format(place=place, day=day)}\n\n{LAMPS} {said}\n\n{CLOSING}",
    }


RECORDS = (
    record(
        "Seoul",
        "2024-03-04",
        "March 4, 2024",
        "They support the complete denuclearization of the Korean Peninsula. Salt prices worry them.",
    ),
    record(
        "Tokyo",
        "2025-03-04",
        "March 4, 2025",
        "They support the complete denuclearization of North Korea. Ninety divers will mend the reef.",
    ),
)


@pytest.fixture
def told(fresh: Caller, tmp_path: Path) -> Caller:
    """A home that holds two statements alike."""
    file = tmp_path / "two.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in RECORDS), "utf-8")
    assert fresh.json("import", file)["new"] == 2
    return fresh


def test_compare_says_what_changed(told: Caller) -> None:
    result = told("compare", 2, 1)
    assert result.exit_code == 0
    assert "Denuclearization of: the Korean Peninsula -> the DPRK" in result.stdout
    assert "[-the Korean Peninsula.-]{+North Korea.+}" in " ".join(result.stdout.split())
    assert result.stdout == told("compare", 2).stdout
    assert "= kept" not in result.stdout
    assert LAMPS in " ".join(told("compare", 2, 1, "--all").stdout.split())


def test_compare_as_json_and_as_a_page(told: Caller) -> None:
    made = told.json("compare", 1, 2)
    assert (made["comparable"], made["before"]["id"], made["after"]["id"]) == (True, 1, 2)
    page = told("compare", 1, 2, "--html").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert "Ninety divers" in page


def test_compare_says_why_not(told: Caller) -> None:
    result = told("compare", 1)
    assert result.exit_code == 0
    assert "Not comparable:" in result.stdout
    assert told.json("compare", 1)["comparable"] is False
    assert "Not comparable" in told("compare", 1, "--html").stdout


def test_compare_is_used_wrongly(told: Caller) -> None:
    assert told("compare", 1, 2, "--json", "--html").exit_code == 2
    assert told("compare", 99).exit_code == 2
    assert "there is no statement 99" in told("compare", 99).stderr
    assert told("compare").exit_code == 2
    twice = told("compare", 1, 1)
    assert (twice.exit_code, twice.stdout, twice.stderr) == (2, "", "Error: give two statements, not one twice\n")
