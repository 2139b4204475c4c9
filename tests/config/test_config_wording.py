"""wording.toml: what is watched, and what is told of a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.config import defaults_folder, load
from scraper.config.files import parse
from scraper.config.notes import Notes
from scraper.config.wording import read_wording
from scraper.errors import ConfigError
from scraper.model.wording import Watched

ENVIRON = {"TRILATERAL_SMTP_PASSWORD": "-"}
SOUND = """
[[formula]]
id = "harbour"
names = { en = "Harbour" }
topic.en = ["harbour"]
[[formula.variant]]
id = "open"
words.en = ["safe … harbour", "open harbour"]
[[equal]]
id = "ministers"
words.en = ["the three ministers"]
"""


def read(text: str) -> tuple[Watched, list[str]]:
    notes = Notes("wording.toml")
    table = parse(text, notes)
    assert table is not None
    made = read_wording(table, notes)
    return made, [str(problem) for problem in (*notes.problems, *notes.warnings)]


def test_a_sound_file() -> None:
    made, told = read(SOUND)
    assert told == []
    assert made.formulas[0].variants[0].words["en"] == ("safe … harbour", "open harbour")
    assert made.equals[0].id == "ministers"


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('id = "open"', 'id = "absent"', "formula.harbour.variant.absent.id"),
        ('id = "open"', 'id = "two words"', "id: must be of letters"),
        ('words.en = ["safe … harbour", "open harbour"]', "words.en = []", "at least one phrase"),
        ('"open harbour"', '"… harbour"', "with … only between them"),
        ('"open harbour"', '"harbour ..."', "with … only between them"),
        ('"open harbour"', '" "', "must be words"),
        ('"open harbour"', '"a … b … c … d … e … f"', "at most 4 gaps"),
        ('words.en = ["safe', 'words."e n" = ["safe', "language code"),
        ('topic.en = ["harbour"]', 'topic.en = [""]', "formula.harbour.topic.en"),
        ('names = { en = "Harbour" }', 'names = { en = " " }', "formula.harbour.names.en"),
        ('["the three ministers"]', '["the … ministers"]', "must not have a gap"),
        ("topic.en", "topics.en", "did you mean topic"),
        ("[[equal]]", "[[equals]]", "did you mean equal"),
    ],
)
def test_a_fault_is_told(was: str, now: str, told: str) -> None:
    assert was in SOUND
    _, said = read(SOUND.replace(was, now, 1))
    assert any(told in line for line in said), said


def test_ids_are_used_once_and_a_formula_has_variants() -> None:
    formula = SOUND.partition("[[equal]]")[0]
    assert any("formula.harbour: this id is used more than once" in line for line in read(formula + formula)[1])
    twice = formula + '[[formula.variant]]\nid = "open"\nwords.en = ["x"]\n'
    assert any("variant.open: this id is used more than once" in line for line in read(twice)[1])
    assert any("at least one [[formula.variant]]" in line for line in read('[[formula]]\nid = "a"\nvariant = []\n')[1])


def test_an_empty_file_watches_nothing_and_a_missing_one_is_the_packaged_one(tmp_path: Path) -> None:
    assert len(load(tmp_path, ENVIRON).wording.formulas) >= 8
    (tmp_path / "wording.toml").write_text("", "utf-8")
    assert load(tmp_path, ENVIRON).wording == Watched()


def test_a_fault_makes_the_configuration_unusable(tmp_path: Path) -> None:
    (tmp_path / "wording.toml").write_text(SOUND.replace('id = "open"', 'id = "absent"'), "utf-8")
    with pytest.raises(ConfigError, match=r"wording\.toml: formula\.harbour\.variant"):
        load(tmp_path, ENVIRON)


def test_the_packaged_file_is_sound() -> None:
    assert load(defaults_folder() / "config", ENVIRON, strict=True).wording.formulas
