"""The twenty questions on the database that the demo leaves: each query runs as Datasette runs it, and each has an answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from scraper.pages.routes import ROUTES
from tests.questions import QUERIES, QUESTIONS, Question

from .house import command


class Analyst:
    """Somebody who asks Datasette over the demo's home, in this process."""

    def __init__(self, folder: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.datasette = Datasette(config_dir=folder)
        self.loop.run_until_complete(self.datasette.invoke_startup())

    def get(self, path: str, **parameters: str) -> Any:
        return self.loop.run_until_complete(self.datasette.client.get(path, params=parameters))

    def rows(self, query: str, **parameters: str) -> list[dict[str, Any]]:
        """The answer to a query, as a program gets it."""
        answer = self.get(f"/trilateral/{query}.json", _shape="objects", **parameters)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert not told["truncated"]
        rows: list[dict[str, Any]] = told["rows"]
        return rows

    def close(self) -> None:
        self.datasette.executor.shutdown()
        for database in self.datasette.databases.values():
            database.close()
        self.loop.close()


@pytest.fixture(scope="module")
def analyst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    root = tmp_path_factory.mktemp("demo") / "home"
    done = command("--home", root, "demo")
    assert done.returncode == 0, done.stderr
    made = Analyst(root / "db")
    yield made
    made.close()


def newest(analyst: Analyst, column: str, query: str) -> str:
    """A value of the first row of a query."""
    return str(analyst.rows(query)[0][column])


ASKED = {
    "life_of_an_initiative": "Freedom Edge", "not_named_lately": "6", "formula_by_side": "status-quo", "why_rejected": "meeting-on-salmon-fisheries",
    "decisions_by_reviewer": "demo", "initiatives_new_since": "2020-01-01", "blind_sources": "2020-01-01",
}  # fmt: skip
"""What is asked for in the first field of a query."""

FOUND = {
    "initiatives_new_since": "Trilateral Undersea Cable Resilience Initiative", "life_of_an_initiative": "フリーダム・エッジ",
    "named_by_one_side_only": "Defense Trilateral Talks", "not_named_lately": "Women", "changed_against_the_previous": "by force or coercion",
    "formula_by_side": "unilateral-force-or-coercion", "where_the_sides_differ": "Freedom Edge", "who_published_first": "Department of State (demo)",
    "blind_sources": "外務省", "official_pages_changed": "18", "copies_by_grade": "verbatim", "press_only": "Security advisers", "why_rejected": "two sides",
    "who_attended": "Takase Tsutomu", "decisions_by_reviewer": "confirm", "received_on": "new_initiative", "was_it_quiet": "watch incomplete",
    "lag_by_government_and_year": "KR", "statements_by_level_and_year": "foreign_ministers", "statements_of_a_month": "Busan",
}  # fmt: skip
"""What the answer must hold, somewhere."""


def parameters(analyst: Analyst, one: Question) -> dict[str, str]:
    """What a reader of the demo's database would fill in."""
    day = newest(analyst, "made_at", "received_on")[:10]
    event = newest(analyst, "row", "where_the_sides_differ").partition("/")[2]
    statement = newest(analyst, "statement_id", "official_pages_changed")
    date = newest(analyst, "date", "who_published_first")
    said = {
        "statements_of_a_month": date[:7], "was_it_quiet": day, "received_on": day, "where_the_sides_differ": event, "copies_by_grade": statement,
        "changed_against_the_previous": newest(analyst, "row", "changed_against_the_previous").rpartition("/")[2],
        "who_published_first": newest(analyst, "row", "who_attended").partition("/")[2], "who_attended": newest(analyst, "row", "who_attended").partition("/")[2],
    }  # fmt: skip
    return {one.parameters[0]: {**ASKED, **said}[one.query]} if one.parameters else {}


def test_there_are_twenty() -> None:
    assert len({one.query for one in QUESTIONS}) == len({one.asked for one in QUESTIONS}) == 20
    assert {one.query for one in QUESTIONS} == set(FOUND)


@pytest.mark.parametrize("one", QUESTIONS, ids=[one.query for one in QUESTIONS])
def test_each_question_has_an_answer_on_the_demo(analyst: Analyst, one: Question) -> None:
    rows = analyst.rows(one.query, **parameters(analyst, one))
    assert rows
    assert any(FOUND[one.query] in str(value) for row in rows for value in row.values())


@pytest.mark.parametrize(
    "one", [one for one in QUESTIONS if one.query not in {"statements_of_a_month", "was_it_quiet"}], ids=lambda one: one.query
)
def test_each_has_an_answer_with_its_fields_left_empty(analyst: Analyst, one: Question) -> None:
    assert analyst.rows(one.query)
    assert analyst.rows(one.query, **dict.fromkeys(one.parameters, ""))


@pytest.mark.parametrize("one", QUESTIONS, ids=[one.query for one in QUESTIONS])
def test_each_is_a_page_with_its_fields_and_leads_to_pages(analyst: Analyst, one: Question) -> None:
    shown = analyst.get(f"/trilateral/{one.query}")
    assert shown.status_code == 200
    assert QUERIES[one.query]["title"] in shown.text
    assert set(re.findall(r'<input[^>]+name="([a-z]+)"', shown.text)) >= set(one.parameters)
    targets = dict.fromkeys(re.findall(r'class="col-row"><a href="([^"]+)">', shown.text))
    assert [target for target in list(targets)[:4] if analyst.get(target).status_code not in {200, 301}] == []


@pytest.mark.parametrize("one", [one for one in QUESTIONS if one.parameters], ids=lambda one: one.query)
@pytest.mark.parametrize("value", ["'", "x' OR '1'='1", "한", "-1", "99999999999999999999", "\0", "2026-99-99", "a" * 3000])
def test_nothing_that_is_filled_in_is_an_error(analyst: Analyst, one: Question, value: str) -> None:
    analyst.rows(one.query, **dict.fromkeys(one.parameters, value))


def test_the_pages_that_rows_lead_to_are_pages_of_ours() -> None:
    kinds = {kind for one in QUESTIONS for kind in re.findall(r"'([a-z]+)/'", QUERIES[one.query]["sql"])}
    ours = {route.path.split("/")[1] for route in ROUTES}
    assert kinds - {"entries", "reviews"} <= ours
