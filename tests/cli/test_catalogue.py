"""sources add, hosts, OPML, and the doctor: what is printed, written and returned."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scraper.model.source import Source
from scraper.pressroom import PressRoom

from .conftest import Caller, make

FEED = Source("paper", 'The "Paper" & 종이', "feed", "http://paper.example/feed?a=1&b=2", publisher="Paper", language="ko", enabled=True)
HOSTILE = b'<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "b">]><opml><body><outline xmlUrl="http://x.example/&a;"/></body></opml>'


@pytest.fixture
def call(tmp_path: Path) -> Caller:
    """The command on a home with one feed, whose requests need no pauses."""
    place = make(tmp_path / "home", (FEED,))
    with (place.config / "sources.toml").open("a", encoding="utf-8") as file:
        file.write("\n[fetch]\nspacing = 0.0\n")
    return Caller(place.root)


def written(call: Caller) -> list[dict[str, object]]:
    assert call.home is not None
    return tomllib.loads((call.home / "config" / "sources.toml").read_text("utf-8"))["source"]


def test_a_feed_is_proposed_and_written(call: Caller, room: PressRoom) -> None:
    feed = next(source for source in room.sources() if source.kind == "feed")
    told = call("sources", "add", feed.url, "--allow-private")
    assert told.exit_code == 0
    (proposed,) = tomllib.loads(told.stdout)["source"]
    assert (proposed["kind"], proposed["url"], proposed["allow_private"]) == ("feed", feed.url, True)
    assert len(written(call)) == 1, "nothing is written unasked"
    assert call("sources", "add", feed.url, "--allow-private", "--write").exit_code == 0
    assert [one["id"] for one in written(call)] == ["paper", proposed["id"]]
    assert call("check-config").exit_code == 0
    assert call("sources", "check", proposed["id"]).exit_code == 0
    (again,) = call.json("sources", "add", feed.url, "--allow-private")
    assert (again["id"], again["known"], again["toml"]) == (proposed["id"], True, "")
    told = call("sources", "add", feed.url, "--allow-private", "--write")
    assert (told.exit_code, told.stdout) == (0, "")
    assert f"polled already, as {proposed['id']}" in told.stderr
    assert len(written(call)) == 2


def test_what_cannot_be_added(call: Caller, room: PressRoom) -> None:
    feed = next(source for source in room.sources() if source.kind == "feed")
    assert call("sources", "add", feed.url).exit_code == 4, "loopback is nobody's site"
    assert call("sources", "add", feed.url, "--allow-private", "--only", "nothing").exit_code == 2
    bare = Caller()("sources", "add", feed.url, "--allow-private", "--write")
    assert bare.exit_code == 2
    assert "no home to write to" in bare.stderr


def test_hosts(call: Caller) -> None:
    assert call("sources", "hosts").stdout == "paper.example:80\n"
    assert call.json("sources", "hosts") == [{"host": "paper.example", "port": 80}]


def test_opml_out_and_in(call: Caller, tmp_path: Path) -> None:
    out = call("sources", "export-opml").stdout.encode()
    same = call("sources", "import-opml", "-", stdin=out)
    assert (same.exit_code, same.stdout) == (0, "")
    assert "is there already" in same.stderr
    other = Caller(make(tmp_path / "other", (replace(FEED, id="else", url="http://else.example/"),)).root)
    assert other("sources", "import-opml", "-", "--write", stdin=out).exit_code == 0
    added = written(other)[1]
    assert {key: added[key] for key in ("id", "name", "kind", "url", "language")} == {
        "id": "paper-example", "name": FEED.name, "kind": "feed", "url": FEED.url, "language": "ko",
    }  # fmt: skip


@pytest.mark.parametrize("data", [HOSTILE, b"<rss/>", b"\xff\xff", b"", b"<opml>" * 400])
def test_hostile_opml_is_refused(call: Caller, data: bytes) -> None:
    told = call("sources", "import-opml", "-", stdin=data)
    assert (told.exit_code, told.stdout) == (2, "")
    assert "cannot be taken" in told.stderr


def grades(call: Caller, *arguments: str, exit_code: int) -> dict[str, str]:
    return {row["name"]: row["grade"] for row in call.json("doctor", *arguments, exit_code=exit_code)}


def test_a_house_that_is_well(filled: Caller) -> None:
    told = grades(filled, exit_code=0)
    assert (told["config"], told["database"], told["clock"], told["sources"], told["source"]) == ("ok",) * 5
    people = filled("doctor").stdout
    assert "ok   sources    3 of 3 official sources answer from this address." in people
    assert "ok   windows    0 announced meetings; 5 weekly briefings." in people
    assert told["disk"] != "fail"


def test_what_an_upgrade_needs(filled: Caller) -> None:
    told = grades(filled, "--offline", "--for-upgrade", exit_code=0)
    assert (told["migrations"], told["backup"]) == ("ok", "ok")
    assert "source" not in told


def test_sources_that_do_not_answer(call: Caller) -> None:
    dead = replace(FEED, official=True, url="http://127.0.0.1:9/feed")
    ill = Caller(make(call.home / "ill", (dead,)).root) if call.home else call
    told = ill("doctor")
    assert told.exit_code == 1
    assert "fail source     paper: http:" in told.stdout
    assert "warn clock" in told.stdout


def test_a_configuration_that_cannot_be_used_and_one_that_is_odd(fresh: Caller) -> None:
    assert fresh.home is not None
    path = fresh.home / "config" / "sources.toml"
    path.write_text('include = "builtin"\ncolour = 3\n', "utf-8")
    odd = fresh("doctor", "--offline", "--for-upgrade")
    assert odd.exit_code == 0
    assert "warn config     sources.toml: colour: unknown key" in odd.stdout
    path.write_text('[[source]]\nid = "x"\n', "utf-8")
    assert grades(fresh, "--offline", exit_code=2)["config"] == "fail"


def test_a_damaged_database_is_told_and_not_touched(fresh: Caller) -> None:
    assert fresh.home is not None
    database = fresh.home / "db" / "trilateral.db"
    database.write_bytes(b"no database at all" * 100)
    assert grades(fresh, "--offline", exit_code=1)["database"] == "fail"
    assert database.read_bytes() == b"no database at all" * 100


def test_the_packaged_hosts_are_bare_and_sorted() -> None:
    lines = Caller()("sources", "hosts").stdout.splitlines()
    assert lines == sorted(lines)
    assert all(urlsplit(f"//{line}").port for line in lines)
