"""From a digest that was sent to the decision: the link as it arrived, opened and pressed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from scraper import app
from scraper.jobs import digest, intake
from scraper.model.settings import Channel

from .launches import Desk, line, place

LINK = re.compile(r"https://monitor\.example\.org(/review/[A-Za-z0-9_.-]+)")


def sent(root: Path, *channels: Channel) -> None:
    """Take in one statement that launches something new, with its alert, and send every channel its digest."""
    home = place(root)
    config = app.configuration(home, {})
    alerts = replace(config.alerts, channels=channels, press_wait_hours=0.001)
    (root / "in.jsonl").write_text(
        line("Honolulu", app.now(), "Trilateral Lantern Network", "lanterns and the price of oil") + "\n", "utf-8"
    )
    with app.rooms(home, {}, config=replace(config, alerts=alerts)) as rooms:
        intake.run(rooms, [root / "in.jsonl"], alert=True)
        digest.send(rooms)


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_the_link_of_a_digest_decides_and_the_one_in_the_database_does_not(desk: Desk, language: str) -> None:
    sent(desk.root, Channel("page", "file", path="digest.html", language=language, reviewer="Kim"))
    arrived = [LINK.findall((desk.root / name).read_text("utf-8")) for name in ("digest.html", "digest.txt")]
    ((text, html),) = desk.rows("SELECT text, html FROM digests")
    kept = [LINK.findall(html), LINK.findall(text)]
    assert arrived[0]
    assert arrived[0] == arrived[1]
    for mine, theirs in zip(kept, arrived, strict=True):
        assert len(mine) == len(theirs)
        assert not set(mine) & set(theirs)
    before = desk.all()
    assert {desk.ask(path).status_code for path in kept[0]} == {403}
    assert {desk.ask(path).status_code for path in arrived[0]} == {200}
    assert desk.all() == before
    done = desk.press(arrived[0][0])
    assert done.status_code == 200
    assert f'lang="{language}"' in done.text
    assert desk.rows("SELECT who, action, subject FROM reviews") == [("Kim", "confirm", "trilateral-lantern-network")]


def test_a_feed_decides_nothing(desk: Desk) -> None:
    sent(desk.root, Channel("feed", "atom", path="feed.atom"))
    assert not LINK.search((desk.root / "feed.atom").read_text("utf-8"))
