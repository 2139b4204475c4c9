"""digest --preview with its options, and digests list, show and resend."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from scraper.pressroom import PressRoom
from scraper.storage.lock import Lock

from .conftest import Caller, make

CHANNELS = """zone = "Asia/Seoul"

[[channel]]
name = "page"
kind = "file"
path = "db/digest.html"
language = "ko"

[[channel]]
name = "post"
kind = "email"
host = "127.0.0.1"
port = 9
security = "none"
sender = "watch@example.org"
recipients = ["desk@example.org"]

[[channel]]
name = "off"
kind = "file"
path = "db/off.html"
enabled = false
"""


@pytest.fixture
def house(room: PressRoom, tmp_path: Path) -> Caller:
    """A home that has polled the press room once, with a file in Korean and a mail server that is not there."""
    place = make(tmp_path / "home", room.sources())
    (place.root / "config" / "alerts.toml").write_text(CHANNELS, "utf-8")
    caller = Caller(place.root)
    assert caller("poll").exit_code == 0
    return caller


def state(caller: Caller) -> dict[str, str]:
    """The database and what lies beside it, by content."""
    assert caller.home is not None
    files = [path for path in (caller.home / "db").rglob("*") if path.is_file() and not path.name.endswith(("-shm", ".lock"))]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}


def refused(caller: Caller, *arguments: object) -> str:
    told = caller(*arguments)
    assert (told.exit_code, told.stdout) == (2, ""), arguments
    (sentence,) = told.stderr.splitlines()
    assert sentence.startswith("Error: ")
    return str(sentence)


def test_previews_write_nothing_and_are_the_same(house: Caller) -> None:
    assert house.home is not None
    house("digest")
    before = state(house)
    calls = [("--since", since, *more) for since in ("2d", "24h") for more in ((), ("--json",), ("--html", "-"), ("--channel", "post"))]
    with Lock(house.home / "db" / "trilateral.db"):  # as a daemon holds it
        first = [house("digest", "--preview", *options) for options in ((), *calls)]
        second = [house("digest", "--preview", *options) for options in ((), *calls)]
    assert {told.exit_code for told in first} == {0}
    assert [told.stdout_bytes for told in first] == [told.stdout_bytes for told in second]
    assert state(house) == before


def test_a_preview_since_then_tells_what_was_told(house: Caller) -> None:
    waiting = house.json("digest")["findings"]
    assert house("digest", "--send").exit_code == 1  # the mail server is not there
    assert house("digest").stdout == "Nothing has happened that was not told yet.\n"
    assert house("digest", "--json").stdout == "null\n"
    assert house.json("digest", "--since", "1d")["findings"] == waiting != []
    assert house("digest", "--since", "0h").stdout == "Nothing was raised since then.\n"


def test_a_preview_is_for_a_channel(house: Caller) -> None:
    korean, english = house.json("digest", "--channel", "page"), house.json("digest", "--channel", "post")
    assert house.json("digest") == korean
    assert (korean["language"], english["language"], korean["zone"]) == ("ko", "en", "Asia/Seoul")
    assert korean["findings"] != []
    assert house.json("digest", "--channel", "page", "--language", "en")["language"] == "en"
    assert house("digest", "--channel", "off").exit_code == 0


def test_the_page_of_a_preview(house: Caller, tmp_path: Path) -> None:
    page = tmp_path / "d.html"
    told = house("digest", "--html", page, "--json")
    assert json.loads(told.stdout)["format"] == 1
    assert told.stderr == f"The HTML part was written to {page}.\n"
    assert page.read_text("utf-8") == house("digest", "--html", "-").stdout
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "soon"], "is no moment"),
        (["--since", ""], "is no moment"),
        (["--channel", ""], "there is no channel"),
        (["--since", "2026-02-30"], "is no such moment"),
        (["--since", "9998-01-01"], "lies in the future"),
        (["--channel", "nobody"], "there is no channel nobody"),
        (["--html", "no/such/d.html"], "there is no folder no/such"),
        (["--html", "/"], "it is a folder"),
        (["--html", "-", "--json"], "cannot both be printed"),
        (["--send", "--since", "7d"], "--since goes with --preview"),
        (["--send", "--json"], "--json goes with --preview"),
        (["--send", "--html", "d.html"], "--html goes with --preview"),
    ],
)
def test_what_a_preview_cannot_be(house: Caller, arguments: list[str], said: str) -> None:
    assert said in refused(house, "digest", *arguments)


def test_digests_are_listed_and_shown(house: Caller, tmp_path: Path) -> None:
    assert house.json("digests", "list") == []
    house("digest", "--send")
    post, page = house.json("digests", "list")
    assert (page["id"], page["channel"], page["state"], page["attempts"], page["repeats"]) == (1, "page", "sent", 1, None)
    assert (post["id"], post["channel"], post["state"], post["attempts"]) == (2, "post", "pending", 1)
    assert "could not be used" in post["answer"]
    assert "text" not in page
    assert house.json("digests", "list", "--channel", "page", "--state", "sent") == [page]
    assert house.json("digests", "list", "--state", "failed") == []
    assert house.json("digests", "list", "--limit", "1") == [post]
    assert page["subject"] in house("digests", "list").stdout
    shown = house.json("digests", "show", 2)
    assert (shown["subject"], shown["message_id"], shown["payload"]["id"]) == (post["subject"], post["message_id"], post["message_id"])
    assert {alert["kind"] for alert in shown["alerts"]} >= {"new_statement", "new_initiative"}
    told = house("digests", "show", 2, "--html", tmp_path / "d.html")
    assert shown["text"] in told.stdout
    assert "pending after 1 attempt, the last at" in told.stdout
    assert all(alert["about"] in told.stdout for alert in shown["alerts"])
    assert house("digests", "show", 2, "--html", "-").stdout == (tmp_path / "d.html").read_text("utf-8")


def test_digests_are_sent_again(house: Caller) -> None:
    assert house.home is not None
    house("digest", "--send")
    assert "--again sends it once more" in refused(house, "digests", "resend", 1)
    told = house("digests", "resend", 1, "--again")
    assert (told.exit_code, told.stdout.startswith("Digest 3 to page: sent")) == (0, True)
    again = house("digests", "resend", 2)
    assert again.exit_code == 1
    assert "Digest 2 to post: pending: the mail server could not be used" in again.stderr
    assert house.json("digests", "show", 2)["attempts"] == 2
    assert house("digests", "resend", 2, "--channel", "page").stdout.startswith("Digest 4 to page: sent")
    assert [row["repeats"] for row in house.json("digests", "list")] == [2, 1, None, None]
    assert "It repeats digest 1." in house("digests", "show", 3).stdout
    assert house.json("digests", "show", 3)["alerts"] == house.json("digests", "show", 1)["alerts"] != []


def test_beside_a_daemon_it_is_asked_to_send(house: Caller) -> None:
    assert house.home is not None
    house("digest", "--send")
    with Lock(house.home / "db" / "trilateral.db"):
        told = house("digests", "resend", 1, "--again")
        assert (told.exit_code, "asked to send digest 3 to page at its next tick" in told.stdout) == (0, True)
        assert "--again" in refused(house, "digests", "resend", 1)
        assert house("digest", "--send").exit_code == 3
    newest = house.json("digests", "list")[0]
    assert (newest["id"], newest["state"], newest["attempts"]) == (3, "pending", 0)
    assert "page: sent" in house("digest", "--send").stdout
    assert house.json("digests", "list", "--channel", "page", "--state", "pending") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--channel", "nobody"], "there is no channel nobody"),
        (["show", "99"], "there is no digest 99"),
        (["resend", "99"], "there is no digest 99"),
        (["show", "1", "--html", "no/such/d.html"], "there is no folder"),
        (["resend", "1", "--channel", "nobody"], "there is no channel nobody"),
        (["resend", "1", "--channel", "off"], "the channel off is off"),
    ],
)
def test_what_there_is_not(house: Caller, arguments: list[str], said: str) -> None:
    house("digest", "--send")
    assert said in refused(house, "digests", *arguments)


@pytest.mark.parametrize("number", ["x", "0", "-1", "9" * 30])
def test_a_number_that_is_none(fresh: Caller, number: str) -> None:
    for command in ("show", "resend"):
        assert fresh("digests", command, number).exit_code == 2
