"""poll, sources, health and digest: what is fetched, what is told, and with which exit code."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from scraper import app
from scraper.model.source import Source
from scraper.pressroom import NEW_INITIATIVE, PressRoom
from scraper.storage.lock import Lock

from .conftest import Caller, make

Home = Callable[..., Caller]


@pytest.fixture
def dead() -> Iterator[Source]:
    """A source whose port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/feed"
        yield Source("dead", "Dead", "feed", url, publisher="Dead", allow_private=True, spacing=0.0)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Makes a home that polls the given sources, and gives the command on it."""
    return lambda *polled: Caller(make(tmp_path / "home", polled).root)


def outcomes(result: Result) -> dict[str, str]:
    return {row["source_id"]: row["outcome"] for row in json.loads(result.stdout)}


def test_a_poll_of_everything(home: Home, room: PressRoom) -> None:
    call = home(*room.sources())
    first = call("poll", "--json")
    assert first.exit_code == 0
    assert set(outcomes(first).values()) == {"ok"}
    assert sum(row["new"] for row in json.loads(first.stdout)) == 28
    assert json.loads(call("poll", "--json").stdout) == [], "nothing is due yet"
    again = call("poll", "us-ministry", "kr-ministry", "--json")
    assert outcomes(again) == {"us-ministry": "not_modified", "kr-ministry": "not_modified"}


def test_a_poll_for_people(home: Home, room: PressRoom) -> None:
    told = home(*room.sources())("poll")
    assert told.exit_code == 0
    assert "6 new statements, 1 new flags, 2 alerts, 5 too old to alert." in told.stdout
    assert all(source.id in told.stdout for source in room.sources())


def test_some_sources_fail(home: Home, room: PressRoom, dead: Source) -> None:
    told = home(*room.sources(), dead)("poll", "--json")
    assert told.exit_code == 1
    assert outcomes(told)["us-ministry"] == "ok"
    (row,) = [row for row in json.loads(told.stdout) if row["source_id"] == "dead"]
    assert row["outcome"] not in ("ok", "not_modified")
    assert "refused" in row["error"]


def test_nothing_can_be_fetched(home: Home, dead: Source) -> None:
    call = home(dead)
    assert call("poll").exit_code == 4
    listed = call.json("sources", "list")
    assert [(row["id"], row["last_good_at"]) for row in listed] == [("dead", "")]
    assert listed[0]["last_outcome"] not in ("", "ok")
    assert call("health").exit_code == 1


def test_what_is_no_feed_is_one_failure_and_the_others_go_on(home: Home, room: PressRoom) -> None:
    feed, *others = [source for source in room.sources() if source.kind == "feed"]
    strange = replace(feed, url=f"{room.url}/")
    gone = replace(others[0], url=f"{room.url}/no/such/page")
    told = home(strange, gone, *others[1:])("poll", "--json")
    assert told.exit_code == 1
    found = outcomes(told)
    assert (found[strange.id], found[gone.id]) == ("not_a_feed", "http")
    assert {found[source.id] for source in others[1:]} == {"ok"}


def test_an_unknown_source(filled: Caller) -> None:
    for command in (["poll", "nowhere", "us-ministry"], ["sources", "check", "nowhere"]):
        told = filled(*command)
        assert told.exit_code == 2
        assert "there is no source nowhere" in told.stderr


def test_a_source_that_is_off_is_polled_when_named(home: Home, room: PressRoom) -> None:
    off = [replace(source, enabled=False) for source in room.sources()]
    call = home(*off)
    assert json.loads(call("poll", "--json").stdout) == []
    assert outcomes(call("poll", "us-ministry", "--json")) == {"us-ministry": "ok"}
    assert call.json("sources", "list") == []
    assert len(json.loads(call("sources", "list", "--all", "--json").stdout)) == 6


def test_a_poll_beside_an_instance_that_holds_the_lock(home: Home, room: PressRoom) -> None:
    call = home(*room.sources())
    assert call.home is not None
    with Lock(call.home / "db" / "trilateral.db"):
        told = call("poll", "us-ministry")
        silent = call("poll", "us-ministry", "--json")
    assert (told.exit_code, silent.exit_code) == (0, 0)
    assert "asked to poll" in told.stdout
    assert json.loads(silent.stdout) == []
    assert "asked to poll" in silent.stderr


def test_the_sources_of_a_home(filled: Caller, room: PressRoom) -> None:
    rows = filled.json("sources", "list")
    assert {row["id"] for row in rows} == {source.id for source in room.sources()}
    assert {row["last_outcome"] for row in rows} == {"ok"}
    shown = filled("sources", "list").stdout.splitlines()
    assert [line.split()[0] for line in shown[2:]] == [row["id"] for row in rows], "in a pipe a row is a line"


def test_sources_are_checked_without_storing_anything(home: Home, room: PressRoom, dead: Source) -> None:
    call = home(*room.sources(), dead)
    assert call.home is not None
    rows = {row["source"]: row for row in call.json("sources", "check", exit_code=1)}
    assert "refused" in rows["dead"]["error"]
    assert {name: row["outcome"] for name, row in rows.items() if name != "dead"} == {source.id: "ok" for source in room.sources()}
    assert rows["kr-ministry"]["first_title"] == "한미일 외교장관회의 공동성명(부산)"
    assert rows["kr-ministry"]["relevant"].startswith("True")
    assert not list((call.home / "db").glob("*.db"))
    assert call("sources", "check", "dead").exit_code == 4
    people = call("sources", "check", "jp-ministry")
    assert people.exit_code == 0
    assert "日米韓外相会合（釜山）共同声明" in people.stdout
    lines = {line.split()[0]: line for line in people.stdout.splitlines()[1:]}
    assert lines["robots.txt"].split() == ["robots.txt", "allowed"]
    assert lines["would"].startswith("    would store  an article (joint_statement, original, foreign_ministers, ")
    assert people.stdout.startswith("jp-ministry: ok, 5 entries (5 would be read)")


def test_a_private_address_is_refused(home: Home, room: PressRoom) -> None:
    (feed,) = [source for source in room.sources() if source.id == "other-trio"]
    (row,) = home(replace(feed, allow_private=False)).json("sources", "check", exit_code=4)
    assert row["outcome"] == "http"
    assert "not an address of the public internet" in row["error"]


def test_health_of_a_watch_without_a_daemon(filled: Caller) -> None:
    told = filled.json("health", exit_code=1)
    assert told["awake"] is False
    assert (told["sources"], told["official_answering"], told["failing"]) == (6, "3 of 3", 0)
    assert (told["articles"], told["statements"], told["events"], told["flags"]) == (12, 6, 4, 2)


def test_health_after_a_tick(home: Home, room: PressRoom) -> None:
    call = home(*room.sources())
    assert call.home is not None
    place = app.home(str(call.home), None, None, {})
    with app.store(place, app.configuration(place, {})) as store, store.transaction():
        store.insert("marks", {"name": "last_tick", "value": store.now()})
    assert call.json("health")["awake"] is True
    assert "awake" in call("health").stdout


def test_the_digest_is_shown_in_three_languages_and_as_a_page(filled: Caller, tmp_path: Path) -> None:
    for language in ("en", "ko", "ja"):
        told = filled("digest", "--preview", "--language", language)
        assert told.exit_code == 0
        assert NEW_INITIATIVE["en"] in " ".join(told.stdout.replace("|", " ").replace("**", "").split())
    assert filled("digest", "--html", tmp_path / "d.html").exit_code == 0
    assert "<html" in (tmp_path / "d.html").read_text("utf-8")
    nowhere = filled("digest", "--html", tmp_path / "no" / "d.html")
    assert nowhere.exit_code == 2
    assert "cannot be written" in nowhere.stderr


def test_the_digest_is_sent_once(home: Home, room: PressRoom) -> None:
    call = home(*room.sources())
    assert call.home is not None
    assert call("poll").exit_code == 0
    sent = call("digest", "--send")
    assert sent.exit_code == 0
    assert "file: sent" in sent.stdout
    assert list((call.home / "db").glob("digest*"))
    assert call("digest", "--send").stdout == "Nothing to send.\n"
    assert call("digest").stdout == "Nothing has happened that was not told yet.\n"


def test_a_channel_that_refuses(home: Home, room: PressRoom, dead: Source) -> None:
    call = home(*room.sources())
    assert call.home is not None
    port = dead.url.split(":")[2].split("/")[0]
    (call.home / "config" / "alerts.toml").write_text(
        '[[channel]]\nname = "post"\nkind = "email"\nhost = "127.0.0.1"\nsecurity = "none"\nsender = "watch@example.org"\n'
        f'recipients = ["desk@example.org"]\nport = {port}\n',
        "utf-8",
    )
    assert call("poll").exit_code == 0
    told = call("digest", "--send")
    assert told.exit_code == 1
    assert "post: pending" in told.stdout
