"""history.toml: what it may say, and how clearly it is told where it may not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scraper.config import defaults_folder, load
from scraper.config.files import parse
from scraper.config.history import read_history
from scraper.config.notes import Notes
from scraper.errors import ConfigError
from scraper.model.history import Act, History
from scraper.model.watch import Party, Term, Watch

WATCH = Watch(
    "trio", (Party("A", "A", {}), Party("B", "B", {})), levels=(Term("leaders", {}), Term("officials", {})), places=(Term("Seoul", {}),)
)
GOOD = """
parties = ["B", "A"]
archive = "https://archive.example/{day}/{url}"
store = "full"
[[event]]
id = "one"
date = "2023-08-18"
until = "2023-08-19"
name = "Summit"
level = "leaders"
place = "Seoul"
document = "joint statement"
names = { ko = "정상회의" }
addresses = ["https://gov.example/1", "http://press.example/2?a=b"]
[[event]]
id = "two"
date = "2008"
name = "Talks"
"""


def read(text: str, *, strangers: bool = False, watch: Watch | None = WATCH) -> tuple[History, list[str], list[str]]:
    notes = Notes("history.toml")
    table = parse(text, notes)
    assert table is not None, notes.problems
    history = read_history(table, watch, notes, strangers=strangers)
    return history, [str(one) for one in notes.problems], [str(one) for one in notes.warnings]


def test_everything_it_can_say() -> None:
    history, problems, warnings = read(GOOD)
    assert (problems, warnings) == ([], [])
    one = Act(
        "one", "2023-08-18", "Summit", "leaders", "Seoul", "2023-08-19", "joint statement", {"ko": "정상회의"},
        ("https://gov.example/1", "http://press.example/2?a=b"),
    )  # fmt: skip
    assert history == History((one, Act("two", "2008", "Talks")), "https://archive.example/{day}/{url}", "full")
    assert read("") == (History(), [], [])
    assert read(GOOD, watch=None)[0] == history


EVENT = '[[event]]\nid = "one"\ndate = "2023-08-18"\nname = "Summit"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (EVENT.replace("2023-08-18", "2023-02-30"), "event.one.date: must be a day, month or year: 2023-08-18, 2023-08 or 2023"),
        (EVENT.replace("2023-08-18", "18 August 2023"), "event.one.date: must be a day, month or year: 2023-08-18, 2023-08 or 2023"),
        (EVENT + 'until = "2023-08-17"', "event.one.until: must be a day after the date, which must be a day too"),
        (EVENT.replace("2023-08-18", "2023") + 'until = "2023-08-17"', "event.one.until: must be a day after the date, which must be a day too"),
        (EVENT + 'until = "2023-09"', "event.one.until: must be a day: 2023-08-18"),
        (EVENT + 'level = "kings"', "event.one.level: must be one of leaders, officials"),
        (EVENT + 'place = " "', "event.one.place: must not be empty or hold control characters"),
        (EVENT.replace('"Summit"', '""'), "event.one.name: must not be empty or hold control characters"),
        (EVENT.replace('"one"', '"/"'), "event.Summit.id: must be of letters, digits, '.', '-' and '_', starting with a letter or digit"),
        (EVENT + 'addresses = ["ftp://x.example/"]', "event.one.addresses: must be an http:// or https:// address"),
        (EVENT + 'addresses = ["https://x.example/", "https://x.example/"]', "event.one.addresses: holds an address twice"),
        (EVENT + 'names = { korean-of-seoul-and-all-of-its = "x" }', "event.one.names.korean-of-seoul-and-all-of-its: must be a language code such as en, ko, ja"),
        (EVENT + EVENT, "event.one: this id is used more than once"),
        ('[[event]]\nid = "one"\ndate = "2023"', "event.one.name: is required"),
        ("parties = 3", "parties: must be a list of ids of watch.toml"),
        ('archive = "https://archive.example/"', "archive: must hold {url}, may hold {day}, and no other braces"),
        ('archive = "https://archive.example/{url}/{month}"', "archive: must hold {url}, may hold {day}, and no other braces"),
        ('archive = "gopher://{url}"', "archive: must be an http:// or https:// address"),
        ("archive = 1", "archive: must be an address with {url} in it, or empty"),
        ('store = "some"', "store: must be one of full, excerpt, link"),
        ("store = 1", "store: must be one of full, excerpt, link"),
    ],
)  # fmt: skip
def test_what_it_must_not_say(text: str, told: str) -> None:
    assert f"history.toml: {told}" in read(text)[1]


def test_an_unknown_key_is_warned_of() -> None:
    assert read('archives = ""')[2] == ["history.toml: archives: unknown key; did you mean archive?"]


def test_the_history_of_others_is_left_out() -> None:
    other = replace(WATCH, parties=(Party("X", "X", {}),))
    assert read(GOOD, strangers=True, watch=other) == (History(), [], [])
    assert read(GOOD, watch=other) == (
        History(), [], ["history.toml: parties: is the history of others than those watched (X), and is left out"],
    )  # fmt: skip
    assert read(GOOD, strangers=True)[0].events


def test_the_packaged_history_is_sound_and_in_order() -> None:
    packaged = load(defaults_folder() / "config", {}).history
    assert len(packaged.events) > 100
    assert "{url}" in packaged.archive
    assert packaged.store == "excerpt"
    assert [act.date[:4] for act in packaged.events] == sorted(act.date[:4] for act in packaged.events)
    assert all(act.level for act in packaged.events)


def test_a_home_may_have_its_own(tmp_path: Path) -> None:
    (tmp_path / "history.toml").write_text('[[event]]\nid = "own"\ndate = "2024-05-01"\nname = "Own"\nlevel = "leaders"\n', "utf-8")
    assert [act.id for act in load(tmp_path, {}).history.events] == ["own"]
    (tmp_path / "history.toml").write_text('parties = ["XX"]\n', "utf-8")
    assert load(tmp_path, {}).history == History()
    with pytest.raises(ConfigError, match="is the history of others than those watched"):
        load(tmp_path, {}, strict=True)
