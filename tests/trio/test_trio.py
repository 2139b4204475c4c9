"""Another trio is watched by another config folder: no line of code knows whom it watches."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from scraper.cli import main
from scraper.config import load

from .texts import CALL_JP, CALL_PH, COPY, JOINT, LATER, OTHERS, OURS, REPORT, SAME, TRANSLATION, Text

CONFIG = Path(__file__).parent / "config"
NEW = ("Trilateral Coast Guard Academy Network", "Trilateral Lighthouse Restoration Initiative")
PLACED = """SELECT a.url, s.kind, s.side, s.date, s.level, s.place, e.name, a.relation, a.grade, a.party FROM articles a
  JOIN statements s ON s.id = a.statement_id JOIN events e ON e.id = s.event_id"""
FLAGGED = """SELECT f.kind, coalesce(i.name, f.formula), s.date, s.side FROM flags f LEFT JOIN initiatives i ON i.id = f.initiative_id
  JOIN statements s ON s.id = f.statement_id WHERE f.superseded_at IS NULL"""


class House:
    """A home that watches the other trio, and the command on it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "home"
        shutil.copytree(CONFIG, self.root / "config")

    def __call__(self, *arguments: object) -> Result:
        ours = {name: None for name in os.environ if name.startswith("TRILATERAL")}
        result = CliRunner().invoke(main, ["--home", str(self.root), *map(str, arguments)], env=ours)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.stderr
        return result

    def json(self, *arguments: object) -> Any:
        return json.loads(self(*arguments, "--json").stdout)

    def take(self, texts: Sequence[Text]) -> None:
        """Import texts in this order, each on its own, as they would come."""
        for number, text in enumerate(texts):
            file = self.root / f"{number}.jsonl"
            file.write_text(json.dumps(text.record()), "utf-8")
            self("import", file)

    def rows(self, sql: str) -> set[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.root / "db" / "trilateral.db")) as connection:
            return set(connection.execute(sql))

    def inspect(self, text: Text) -> Any:
        file = self.root / "text.txt"
        file.write_text(text.text, "utf-8")
        return self.json("inspect", "--text", file, "--title", text.title, "--language", text.language)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A home that has read every text, ours and others'."""
    made = House(tmp_path_factory.mktemp("trio"))
    made.take((*OURS, *OTHERS))
    return made


def test_the_folder_is_a_configuration_without_a_fault() -> None:
    watch = load(CONFIG, {}, strict=True).watch
    assert [party.id for party in watch.parties] == ["JP", "PH", "US"]


def test_only_the_acts_of_these_three_are_taken(house: House) -> None:
    assert {url for (url,) in house.rows("SELECT url FROM articles")} == {text.url for text in OURS}


def test_one_event_and_one_statement_of_all_copies(house: House) -> None:
    act = ("joint_statement", "joint", "2025-07-10", "foreign_ministers", "Manila", "Foreign ministers, Manila, 2025-07-10")
    placed = {row for row in house.rows(PLACED) if row[3] == "2025-07-10"}
    assert placed == {
        (JOINT.url, *act, "original", "official", "PH"),
        (SAME.url, *act, "copy", "official", "US"),
        (COPY.url, *act, "copy", "verbatim", ""),
        (TRANSLATION.url, *act, "translation", "official_translation", "JP"),
        (REPORT.url, *act, "report", "report", ""),
    }


def test_readouts_of_two_sides_stand_in_one_event(house: House) -> None:
    placed = {(row[0], *row[1:5], row[6]) for row in house.rows(PLACED) if row[3] == "2025-03-05"}
    event = ("2025-03-05", "vice_ministers", "Vice ministers, 2025-03-05")
    assert placed == {(CALL_JP.url, "readout", "JP", *event), (CALL_PH.url, "readout", "PH", *event)}


def test_a_meeting_told_by_one_side_alone(house: House) -> None:
    ((_, kind, side, date, level, place, *_),) = (row for row in house.rows(PLACED) if row[0] == LATER.url)
    assert (kind, side, date, level, place) == ("readout", "US", "2026-04-15", "foreign_ministers", "Tokyo")


def test_every_mention_stands_where_it_says(house: House) -> None:
    wrong = "SELECT m.name FROM mentions m JOIN articles a ON a.id = m.article_id WHERE CASE m.field WHEN 'title' THEN a.title ELSE a.text END IS NOT NULL"
    place = "substr(CASE m.field WHEN 'title' THEN a.title ELSE a.text END, m.start + 1, m.end - m.start)"
    assert house.rows(wrong)
    assert house.rows(f"{wrong} AND {place} <> m.name") == set()


def test_known_ones_are_known_in_both_languages_and_a_look_alike_is_none(house: House) -> None:
    named = house.rows(
        "SELECT a.language, m.name, m.initiative_id FROM mentions m JOIN articles a ON a.id = m.article_id WHERE m.registry_id <> ''"
    )
    assert ("en", "Trilateral Maritime Dialogue", "trilateral-maritime-dialogue") in named
    assert ("ja", "日米比海洋協議", "trilateral-maritime-dialogue") in named
    assert ("ja", "ルソン経済回廊", "luzon-economic-corridor") in named
    assert not any(slug == "balikatan" for _, _, slug in named)


def test_each_new_name_is_flagged_once_on_its_day(house: House) -> None:
    new = sorted(row for row in house.rows(FLAGGED) if row[0] == "new_initiative")
    assert new == [("new_initiative", name, "2025-07-10", "joint") for name in NEW]
    assert len(house.rows("SELECT id FROM flags WHERE kind = 'new_initiative' AND superseded_at IS NULL")) == len(NEW)


def test_who_names_a_known_one_for_the_first_time_is_flagged(house: House) -> None:
    firsts = house.rows(
        "SELECT f.initiative_id, f.party, s.date FROM flags f JOIN statements s ON s.id = f.statement_id WHERE f.kind = 'first_by_party' AND f.superseded_at IS NULL"
    )
    assert firsts == {("trilateral-maritime-dialogue", "US", "2025-07-10")}
    assert ("new_instance", "Trilateral Maritime Dialogue", "2025-07-10", "joint") in house.rows(FLAGGED)


def test_the_translation_names_the_same_initiative(house: House) -> None:
    japanese = house.rows(
        "SELECT i.name FROM mentions m JOIN initiatives i ON i.id = m.initiative_id WHERE m.name = '日米比灯台復旧イニシアティブ'"
    )
    assert japanese == {(NEW[1],)}


def test_sides_are_these_three(house: House) -> None:
    event = next(row for row in house.json("events", "list") if row["date"] == "2026-04-15")
    assert event["missing"] == ["JP", "PH"]
    assert house.rows("SELECT id FROM parties WHERE until IS NULL") == {("JP",), ("PH",), ("US",)}


def test_a_formula_of_their_own_is_followed(house: House) -> None:
    stands = house.rows(
        "SELECT f.variant, s.date FROM formulae f JOIN statements s ON s.id = f.statement_id WHERE f.formula = 'coercion-at-sea'"
    )
    assert stands == {("concern", "2025-07-10"), ("dangerous", "2026-04-15")}


def test_a_language_without_rules_is_stored_as_it_is(house: House) -> None:
    assert house.rows("SELECT language FROM articles WHERE url IN ('" + CALL_PH.url + "', '" + REPORT.url + "')") == {("fil",)}
    found = house.inspect(CALL_PH)
    assert (found["relevant"], found["language"]) == (True, "fil")
    assert [one["id"] for one in found["initiatives"]] == ["trilateral-maritime-dialogue"]


def test_inspect_tells_the_same(house: House) -> None:
    found = house.inspect(JOINT)
    assert (found["relevant"], found["kind"], found["side"], found["level"], found["place"]) == (
        True, "joint_statement", "joint", "foreign_ministers", "Manila",
    )  # fmt: skip
    assert {one["name"] for one in found["initiatives"] if one["new"]} == set(NEW)
    assert all(JOINT.text[one["start"] : one["end"]] == one["name"] for one in found["initiatives"])
    assert not any(house.inspect(text)["relevant"] for text in OTHERS)


def test_the_same_in_any_order(house: House, tmp_path: Path) -> None:
    for seed in (1, 2):
        texts = [*OURS, *OTHERS]
        random.Random(seed).shuffle(texts)
        (tmp_path / str(seed)).mkdir()
        other = House(tmp_path / str(seed))
        other.take(texts)
        assert other.rows(PLACED) == house.rows(PLACED)
        assert other.rows(FLAGGED) == house.rows(FLAGGED)


def test_a_digest_and_a_replay_know_them_too(house: House) -> None:
    assert house.json("replay")["changes"] == []
    told = house("digest", "--preview").stdout
    assert "Korea" not in told
    assert "KR" not in told.split()
