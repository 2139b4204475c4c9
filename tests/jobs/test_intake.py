"""Import: the same stages as a poll, as often as one likes, in any order."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from scraper.jobs import intake, poll
from scraper.jobs.intake import Refused
from scraper.jobs.rooms import Rooms
from scraper.jobs.take import Concluded
from scraper.storage import sources

from .house import START, Clock, Item, Site, jsonl, one, rooms, rows, sound, statement, unrelated


def test_lines_are_read_and_again_nothing_is_new(tmp_path: Path, clock: Clock) -> None:
    file = jsonl(tmp_path / "a.jsonl", statement("Seoul"), unrelated(), statement("Tokyo"), "")
    with rooms(tmp_path, clock) as made:
        first = intake.run(made, [file])
        assert (first.read, first.relevant, first.new, first.refused) == (3, 2, 2, ())
        assert len(first.concluded.statements) == 2
        before = [rows(made, f"SELECT * FROM {table}") for table in ("articles", "mentions", "statements", "flags")]
        clock.advance(hours=1)
        again = intake.run(made, [file])
        assert (again.read, again.relevant, again.new, again.concluded.statements) == (3, 2, 0, ())
        assert [rows(made, f"SELECT * FROM {table}") for table in ("articles", "mentions", "statements", "flags")] == before
        assert one(made, "SELECT count(*) FROM alerts") == 0
        assert rows(made, "SELECT DISTINCT publisher, official, party, source_id FROM articles") == [("state.gov", 1, "US", None)]
        sound(made)


BROKEN: dict[str, bytes] = {
    "this is no JSON": b"{not json",
    "this is no JSON object": b'["https://a.example/", "text"]',
    "title is no string": b'{"url": "https://a.example/", "text": "t", "title": 7}',
    "url and one of text and html are needed": b'{"url": "https://a.example/", "title": "t", "text": null}',
    "the text is empty": b'{"url": "https://a.example/", "text": " \\n"}',
}


def test_broken_lines_are_named_by_number_and_the_rest_goes_in(tmp_path: Path, clock: Clock) -> None:
    lines: list[Item | bytes] = [statement("Seoul"), *BROKEN.values(), b"\xff\xfe\x00", b"[" * 5000, statement("Tokyo")]
    file = jsonl(tmp_path / "a.jsonl", *lines)
    with rooms(tmp_path, clock) as made:
        told = intake.run(made, [tmp_path / "absent.jsonl", tmp_path, file])
        assert (told.read, told.new) == (2, 2)
    assert [refused.where for refused in told.refused] == ["absent.jsonl", tmp_path.name, *(f"a.jsonl, line {n}" for n in range(2, 9))]
    assert [refused.why for refused in told.refused[2:7]] == list(BROKEN)
    assert all(refused.why for refused in told.refused)


def test_a_byte_order_mark_and_lone_surrogates_are_no_reason_to_refuse(tmp_path: Path, clock: Clock) -> None:
    item = statement()
    line = json.dumps(
        {"url": "https://www.state.gov/1", "title": item.title + " \ud83d", "text": item.text + " \udfff", "date": "2026-07-09"}
    )
    file = jsonl(tmp_path / "a.jsonl", b"\xef\xbb\xbf" + line.encode())
    with rooms(tmp_path, clock) as made:
        assert (intake.run(made, [file]).new, intake.run(made, [file]).new) == (1, 0)


def test_pages_are_read(tmp_path: Path, clock: Clock) -> None:
    good, empty = tmp_path / "page.html", tmp_path / "empty.htm"
    good.write_bytes(statement().page())
    empty.write_bytes(b"<html><body></body></html>")
    with rooms(tmp_path, clock) as made:
        told = intake.run(made, [empty, good])
        assert (told.read, told.new) == (1, 1)
        assert [refused.where for refused in told.refused] == ["empty.htm"]
        assert one(made, "SELECT url FROM articles") == good.as_uri()


def test_what_a_poll_captured_can_be_taken_in(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement("Seoul"), statement("Tokyo"), unrelated())
    with rooms(tmp_path / "one", clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        wanted = grouped(made)
        captures = sorted(made.home.captures.iterdir())
    with rooms(tmp_path / "two", clock) as made:
        told = intake.run(made, [*captures, Path(__file__).with_suffix(".warc")])
        assert (told.read, told.new) == (3, 2)
        assert [refused.where for refused in told.refused] == ["test_intake.warc"]
        assert grouped(made) == wanted


def grouped(made: Rooms) -> set[frozenset[str]]:
    """The addresses that stand together as one statement."""
    found: dict[int, set[str]] = {}
    for number, url in rows(made, "SELECT statement_id, url FROM articles"):
        found.setdefault(number, set()).add(url)
    return {frozenset(urls) for urls in found.values()}


def test_alerts_only_where_they_are_asked_for_and_only_for_news(tmp_path: Path, clock: Clock) -> None:
    items = [statement("Seoul"), statement("Tokyo", at=START - timedelta(days=9))]
    with rooms(tmp_path, clock) as made:
        told = intake.run(made, [jsonl(tmp_path / "a.jsonl", *items)], alert=True)
        assert rows(made, "SELECT s.date FROM alerts a JOIN statements s ON s.id = a.statement_id") == [("2026-07-09",)]
        assert (told.concluded.alerts, told.concluded.held_back) == (1, 1)
        assert sources.marked(made.store, "held:statements") == "1"


def test_more_than_a_batch_goes_in(tmp_path: Path, clock: Clock) -> None:
    file = jsonl(tmp_path / "a.jsonl", statement("Seoul"), *(unrelated(number) for number in range(intake.BATCH)), statement("Tokyo"))
    with rooms(tmp_path, clock) as made:
        told = intake.run(made, [file])
        assert (told.read, told.new) == (intake.BATCH + 2, 2)


def test_nothing_to_import_is_no_error(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock) as made:
        assert intake.run(made, []) == intake.Imported(0, 0, 0, (), Concluded())
        assert intake.run(made, [jsonl(tmp_path / "a.jsonl")]).refused == ()


NAME = "Trilateral Lantern Initiative"
SEVERAL = {
    "older": statement("Tokyo", at=START - timedelta(days=40), name=NAME),
    "newer": statement("Seoul", name=NAME),
    "copy": statement("Seoul", name=NAME, path="/reprint"),
    "other": statement("Honolulu", at=START - timedelta(days=3)),
}


def conclusions(made: Rooms) -> dict[str, list[tuple[Any, ...]]]:
    """What is concluded, by addresses."""
    return {
        "statements": sorted(tuple(sorted(urls)) for urls in grouped(made)),
        "placements": rows(made, "SELECT url, relation, grade, similarity, reason FROM articles ORDER BY url"),
        "leads": rows(made, "SELECT s.title, s.date, s.side, a.url FROM statements s JOIN articles a ON a.id = s.lead_article_id ORDER BY 4"),
        "initiatives": rows(made, "SELECT name, status, known, gone_at IS NULL FROM initiatives WHERE id IN (SELECT initiative_id FROM mentions) ORDER BY 1"),
        "flags": rows(
            made,
            "SELECT f.kind, f.basis, i.name, a.url FROM flags f JOIN initiatives i ON i.id = f.initiative_id JOIN mentions m ON m.id = f.mention_id "
            "JOIN articles a ON a.id = m.article_id WHERE f.superseded_at IS NULL ORDER BY 3",
        ),
        "observations": rows(made, "SELECT i.name, o.status, o.date, o.side FROM observations o JOIN initiatives i ON i.id = o.initiative_id ORDER BY 1, 3"),
        "participants": rows(made, "SELECT e.name, p.person, p.office, p.party FROM participants p JOIN events e ON e.id = p.event_id ORDER BY 1, 2"),
    }  # fmt: skip


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    return arrived(tmp_path_factory.mktemp("order"), tuple(SEVERAL))


def arrived(folder: Path, order: tuple[str, ...]) -> dict[str, list[tuple[Any, ...]]]:
    """What is concluded after these arrived one by one."""
    with rooms(folder, Clock()) as made:
        for name in order:
            base = "https://news.example" if name == "copy" else "https://www.state.gov"
            assert intake.run(made, [jsonl(folder / f"{name}.jsonl", SEVERAL[name], base=base)], alert=True).new == 1
        sound(made)
        return conclusions(made)


def test_the_first_mention_is_the_earliest_and_not_the_first_to_arrive(in_order: dict[str, list[tuple[Any, ...]]]) -> None:
    assert len(in_order["statements"]) == 3
    ((_, _, name, url),) = in_order["flags"]
    assert NAME.endswith(name.removeprefix("Trilateral "))
    assert url.endswith(SEVERAL["older"].path)


@pytest.mark.parametrize("order", [order for order in permutations(SEVERAL) if order != tuple(SEVERAL)][::4])
def test_the_order_of_arrival_changes_no_conclusion(
    tmp_path: Path, order: tuple[str, ...], in_order: dict[str, list[tuple[Any, ...]]]
) -> None:
    assert arrived(tmp_path, order) == in_order


def test_refusals_say_where_and_why() -> None:
    assert Refused("a.jsonl, line 2", "this is no JSON").where == "a.jsonl, line 2"
