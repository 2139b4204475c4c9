from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from scraper.jobs import poll, rereading
from scraper.jobs.rooms import Rooms
from scraper.stages import extract
from tests.jobs.house import START, Clock, Item, Site, one, rooms, rows, sound, statement

BOX = "Harbour Papers carries the words of governments to readers in ninety towns, every day of the year."
CLOSING = "They reaffirmed the importance of trilateral cooperation and will meet again next year."


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def framed(item: Item) -> Item:
    return replace(item, text=f"{item.text}\n\n{BOX}")


def story(number: int) -> Item:
    text = (
        f"The museum of clocks opens wing number {number} on Saturday, and visitors will find {number + 200} pendulums there and a garden.\n\n"
        f"The director said that clock number {number} had been mended by hand over the winter, and that children may wind it on Sundays."
    )
    return framed(Item(f"/museum-{number}", f"Museum of Clocks Opens Wing Number {number}", text))


def passed(made: Rooms, site: Site, *items: Item) -> None:
    site.publish(*items)
    assert poll.run(made, made.config.sources).bugs == ()


def test_what_recurs_on_a_host_is_learnt_and_cut(tmp_path: Path, clock: Clock, site: Site) -> None:
    stories = [story(number) for number in range(3)]
    with rooms(tmp_path, clock, [site.source()]) as made:
        passed(made, site, *stories)
        assert rows(made, "SELECT host, digest, pages FROM host_paragraphs") == [("127.0.0.1", extract.digest(BOX), 3)]
        clock.advance(hours=1)
        item = framed(statement(at=START))
        passed(made, site, item, *stories)
        assert one(made, "SELECT statement_text FROM articles").endswith(CLOSING)
        assert one(made, "SELECT text FROM articles").endswith(BOX)
        sound(made)


def test_a_closing_that_statements_share_stays(tmp_path: Path, clock: Clock, site: Site) -> None:
    items = [statement(place, at=START - timedelta(hours=number + 1)) for number, place in enumerate(("Seoul", "Tokyo", "Honolulu"))]
    with rooms(tmp_path, clock, [site.source()]) as made:
        passed(made, site, *items)
        assert one(made, "SELECT count(*) FROM host_pages") == 3
        assert one(made, "SELECT count(*) FROM host_paragraphs") == 0
        clock.advance(hours=30)
        passed(made, site, statement("Seoul", at=START + timedelta(hours=29)), *items)
        texts = rows(made, "SELECT statement_text FROM articles")
        assert [text.endswith(CLOSING) for (text,) in texts] == [True] * 4


@pytest.mark.parametrize("official", [True, False])
def test_what_is_learnt_later_is_no_edit(tmp_path: Path, clock: Clock, site: Site, official: bool) -> None:
    item = framed(statement())
    with rooms(tmp_path, clock, [site.source(official=official)]) as made:
        passed(made, site, item)
        assert one(made, "SELECT statement_text FROM articles").endswith(BOX)
        clock.advance(minutes=30)
        passed(made, site, item, *(framed(statement(place, at=START)) for place in ("Tokyo", "Honolulu")), story(1))
        assert one(made, "SELECT count(*) FROM host_paragraphs") == 1
        clock.advance(minutes=10)
        passed(made, site, framed(statement("Seoul", at=START + timedelta(minutes=5), path="/later")))
        assert [text.endswith(BOX) for (text,) in rows(made, "SELECT statement_text FROM articles ORDER BY id")] == [True] * 3 + [False]
        for _ in range(4):
            clock.advance(hours=2)
            rereading.run(made, Event())
        assert one(made, "SELECT count(*) FROM rereadings WHERE last_at IS NOT NULL") == 4
        assert rows(made, "SELECT kind FROM revisions") == []
