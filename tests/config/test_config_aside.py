"""Dead addresses and keys in sources.toml, and the packaged records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.config import load, read_records
from scraper.config.aside import RECORDS
from scraper.errors import ConfigError
from scraper.model.catalogue import Dead, Expected, Key, buried

WATCH = 'name = "Lands"\n[[party]]\nid = "AA"\nname = "A"\nnames.en = ["A"]\n[[party]]\nid = "BB"\nname = "B"\nnames.en = ["B"]\n'
SOURCE = '[[source]]\nid = "open"\nname = "Open"\nkind = "feed"\nurl = "https://open.example/?k=${OPEN_KEY}"\n'
KEY = '[[key]]\nname = "OPEN_KEY"\ntitle = "the open portal"\nurl = "https://open.example/keys"\nhow = "ask"\n'
GRAVE = (
    '[[dead]]\nid = "old"\nname = "Old"\nurl = "https://old.example/rss/*"\nwhy = "it was closed"\nsince = "2026-07-01"\nseen = "2026-10"\n'
    'instead = ["open"]\n'
)


def home(tmp_path: Path, own: str, builtin: str = "") -> tuple[Path, Path]:
    """A configuration folder and one of packaged defaults."""
    folder, defaults = tmp_path / "home", tmp_path / "builtin"
    for path in (folder, defaults):
        path.mkdir()
    for name, text in {"sources": builtin, "watch": WATCH, "initiatives": "", "alerts": "", "stock_phrases": ""}.items():
        (defaults / f"{name}.toml").write_text(text, "utf-8")
    (folder / "sources.toml").write_text(own, "utf-8")
    return folder, defaults


def faults(tmp_path: Path, own: str) -> dict[str, str]:
    folder, defaults = home(tmp_path, own)
    with pytest.raises(ConfigError) as caught:
        load(folder, {}, builtin=defaults)
    return {problem.key: problem.message for problem in caught.value.problems}


def test_a_source_whose_key_is_not_set_is_off_and_no_problem(tmp_path: Path) -> None:
    folder, defaults = home(tmp_path, 'include = "builtin"\n', SOURCE + KEY)
    (off,) = load(folder, {}, builtin=defaults).sources
    assert (off.enabled, off.lacks, off.url) == (False, "OPEN_KEY", "https://open.example/?k=${OPEN_KEY}")
    (on,) = load(folder, {"OPEN_KEY": "s3"}, builtin=defaults).sources
    assert (on.enabled, on.lacks, on.url) == (True, "", "https://open.example/?k=s3")
    assert on.display_url == off.url, "the key itself is not shown"
    assert load(folder, {"OPEN_KEY": ""}, builtin=defaults).sources[0].lacks == "OPEN_KEY"


def test_a_source_that_is_off_lacks_nothing(tmp_path: Path) -> None:
    folder, defaults = home(tmp_path, 'include = "builtin"\n[[source]]\nid = "open"\nenabled = false\n', SOURCE + KEY)
    (off,) = load(folder, {}, builtin=defaults).sources
    assert (off.enabled, off.lacks) == (False, "")


def test_a_reference_that_is_no_key_is_still_a_problem(tmp_path: Path) -> None:
    assert "OPEN_KEY is not set" in faults(tmp_path, SOURCE)["source.open.url"]


def test_a_home_s_own_keys_and_graves_stand_beside_the_packaged(tmp_path: Path) -> None:
    own = 'include = "builtin"\n' + KEY.replace('"ask"', '"write"') + GRAVE.replace('"old"', '"older"')
    folder, defaults = home(tmp_path, own, KEY + GRAVE)
    aside = load(folder, {}, builtin=defaults).aside
    assert [one.id for one in aside.dead] == ["old", "older"]
    assert aside.keys == (Key("OPEN_KEY", "the open portal", "https://open.example/keys", "write"),)


def test_a_source_at_a_dead_address_is_warned_of(tmp_path: Path) -> None:
    source = '[[source]]\nid = "s"\nname = "S"\nkind = "feed"\nurl = "http://old.example/rss/news.xml"\n'
    folder, defaults = home(tmp_path, 'include = "builtin"\n' + source, GRAVE)
    (warning,) = load(folder, {}, builtin=defaults).warnings
    assert (warning.file, warning.key) == ("sources.toml", "source.s.url")
    assert warning.message == ("this address is known to be dead since 2026-07-01, last looked at 2026-10: it was closed; instead: open")
    (folder / "sources.toml").write_text('include = "builtin"\n' + source + "enabled = false\n", "utf-8")
    assert load(folder, {}, builtin=defaults).warnings == ()


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("https://old.example/rss/*", "https://old.example/*/*", "dead.old.url", "one *"),
        ("https://old.example/rss/*", "old.example", "dead.old.url", "http"),
        ("it was closed", " ", "dead.old.why", "empty"),
        ("2026-07-01", "last July", "dead.old.since", "2026-07"),
        ("2026-10", "26-10", "dead.old.seen", "2026-07"),
        ('why = "it was closed"', 'why = "x"\nstate = "asleep"', "dead.old.state", "gone, frozen"),
        ('why = "it was closed"\n', "", "dead.old.why", "required"),
        ("OPEN_KEY", "OPEN KEY", "key.[1].name", "environment variable"),
        ("https://open.example/keys", "open", "key.OPEN_KEY.url", "http"),
        ("the open portal", "", "key.OPEN_KEY.title", "empty"),
        ('title = "the open portal"\n', "", "key.OPEN_KEY.title", "required"),
    ],
)
def test_faults_are_named(tmp_path: Path, old: str, new: str, key: str, message: str) -> None:
    found = faults(tmp_path, (KEY + GRAVE).replace(old, new))
    assert message in found[key.replace("key.[1]", "key[1]")]


def test_neither_may_be_a_plain_table(tmp_path: Path) -> None:
    assert set(faults(tmp_path, "dead = 3\nkey = 4\n")) == {"dead", "key"}


@pytest.mark.parametrize(
    ("grave", "url", "covered"),
    [
        ("https://a.example/feed", "http://www.a.example/feed/?utm_source=x", True),
        ("https://a.example/feed", "https://a.example/feeds", False),
        ("https://a.example/feed", "https://b.example/feed", False),
        ("https://www.a.example/*", "https://a.example", True),
        ("https://www.a.example/*", "https://a.example/rss/x.xml?y=1", True),
        ("https://www.a.example/*", "https://a.example.org/", False),
        ("https://a.example/*.rss", "https://a.example/hub/politics.rss", True),
        ("https://a.example/*.rss", "https://a.example/hub/politics.xml", False),
        ("https://a.example/x*x", "https://a.example/x", False),
        ("https://a.example/old.php*", "https://a.example/old.php?id=1", True),
        ("https://a.example/feed", "", False),
        ("https://a.example/feed", "http://[", False),
    ],
)
def test_which_addresses_a_grave_covers(grave: str, url: str, covered: bool) -> None:
    dead = Dead("a", "A", grave, "why")
    assert dead.covers(url) is covered
    assert (buried((Dead("z", "Z", "https://z.example/", "why"), dead), url) is dead) is covered


def test_when_a_source_was_seen_is_a_day(tmp_path: Path) -> None:
    found = faults(tmp_path, SOURCE.replace("?k=${OPEN_KEY}", "") + 'seen = "lately"\n')
    assert "2026-07" in found["source.open.seen"]


def test_a_grave_without_days_says_so_shortly() -> None:
    assert Dead("a", "A", "https://a.example/", "nothing comes", "frozen").sentence == "this address is known to be frozen: nothing comes"


def test_records_are_read_and_a_broken_file_is_no_record(tmp_path: Path) -> None:
    assert read_records(tmp_path) == {}
    (tmp_path / RECORDS).parent.mkdir()
    (tmp_path / RECORDS).write_text(json.dumps({"a": {"entries": 3, "fields": ["title"], "precision": "date"}}), "utf-8")
    assert read_records(tmp_path) == {"a": Expected(3, ("title",), "date")}
    for broken in ("", "[]", '{"a": 3}', '{"a": {"colour": 3}}', "\xff"):
        (tmp_path / RECORDS).write_bytes(broken.encode("latin-1"))
        assert read_records(tmp_path) == {}
