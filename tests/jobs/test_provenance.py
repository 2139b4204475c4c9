"""Where a statement came from: the placeholder and its original, sides and lags, shares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.jobs import intake, poll, provenance
from scraper.jobs.rooms import Rooms
from scraper.storage import watching
from scraper.storage.store import Row

from .house import START, SUBJECTS, Clock, Item, Site, jsonl, one, rooms, rows, sound, statement

REPORT = Item(
    "/seoul-talks",
    "Top diplomats of South Korea, the U.S. and Japan meet in Seoul",
    "SEOUL - The foreign ministers of South Korea and Japan and the U.S. secretary of state held a trilateral meeting in Seoul on July 9, 2026, "
    "officials of the three countries said.\n\nThe three were expected to release a joint statement later in the day. Reporters waited in the "
    "rain outside the ministry while aides carried in boxes of paper and a great many umbrellas.",
    START - timedelta(hours=1),
)
ORIGINAL = statement("Seoul", at=START + timedelta(minutes=10))


@pytest.fixture
def press(clock: Clock) -> Iterator[Site]:
    with Site() as opened:
        opened.publish(REPORT)
        yield opened


def asked(made: Rooms, clock: Clock, *names: str) -> int:
    """Poll these sources a little later; return how many alerts that raised."""
    clock.advance(minutes=20)
    return poll.run(made, [source for source in made.config.sources if source.id in names]).concluded.alerts


def shown(made: Rooms, key: object) -> Row:
    return provenance.statement(made.config, made.store, str(key))


def test_the_original_takes_the_place_that_a_report_held_for_it(tmp_path: Path, clock: Clock, press: Site, site: Site) -> None:
    site.publish()
    sources = [press.source("wire", party="", official=False), site.source("ministry")]
    with rooms(tmp_path, clock, sources) as made:
        watching.enlist(made.store, ["US", "KR", "JP"])
        asked(made, clock, "ministry")
        assert asked(made, clock, "wire") == 1
        (row,) = rows(made, "SELECT id, event_id, placeholder, kind FROM statements")
        assert row[2:] == (1, "report")
        waiting = shown(made, row[0])
        assert "primary text not yet seen" in waiting["sightings"][0]["reason"]
        assert [side["said"].split(": ")[1].split(" after")[0] for side in waiting["sides"]] == ["not seen"] * 3
        site.publish(ORIGINAL)
        assert asked(made, clock, "ministry") == 0
        assert rows(made, "SELECT id, event_id, placeholder, kind FROM statements") == [(row[0], row[1], 0, "joint_statement")]
        now = shown(made, row[0])
        assert [seen["grade"] for seen in now["sightings"]] == ["official", "report"]
        assert now["title"] == ORIGINAL.title
        assert one(made, "SELECT count(*) FROM alerts WHERE kind = 'new_statement'") == 1
        assert one(made, "SELECT count(*) FROM aliases") == 0
        sound(made)


def test_what_was_told_of_a_placeholder_is_not_told_again(tmp_path: Path, clock: Clock, press: Site, site: Site) -> None:
    site.publish()
    with rooms(tmp_path, clock, [press.source("wire", party="", official=False), site.source("ministry")]) as made:
        asked(made, clock, "ministry")
        asked(made, clock, "wire")
        with made.store.transaction():
            (alert,) = rows(made, "SELECT id FROM alerts")
            number = made.store.insert(
                "digests", {"channel": "file", "made_at": "", "subject": "", "message_id": "1", "text": "", "html": ""}
            )
            made.store.insert("deliveries", {"alert_id": alert[0], "digest_id": number, "channel": "file", "state": "sent"})
        site.publish(ORIGINAL)
        assert asked(made, clock, "ministry") == 0
        assert one(made, "SELECT count(*) FROM alerts") == 1


def test_a_text_whose_original_was_seen_first_has_no_placeholder(tmp_path: Path, clock: Clock, press: Site, site: Site) -> None:
    site.publish(statement("Seoul"))
    with rooms(tmp_path, clock, [press.source("wire", party="", official=False), site.source("ministry")]) as made:
        asked(made, clock, "ministry")
        assert asked(made, clock, "wire") == 0
        assert rows(made, "SELECT count(*), sum(placeholder) FROM statements") == [(1, 0)]


def side(**said: Any) -> Row:
    return {"party": "JP", "place": 2, "first_party": "KR", "lag_low_minutes": None, "lag_high_minutes": None, "missing_since": None,
            "looked_at": None, "not_before": None, "not_after": None, **said}  # fmt: skip


SAID = [
    (side(lag_low_minutes=5, lag_high_minutes=20), "Tokyo: between 5 min and 20 min after Seoul"),
    (side(lag_low_minutes=12, lag_high_minutes=12), "Tokyo: 12 min after Seoul"),
    (side(lag_low_minutes=-3, lag_high_minutes=20), "Tokyo: between 3 min before and 20 min after Seoul"),
    (side(lag_high_minutes=20), "Tokyo: at most 20 min after Seoul"),
    (side(lag_low_minutes=300), "Tokyo: at least 5 h after Seoul"),
    (side(lag_low_minutes=-300), "Tokyo: about when Seoul did, or later"),
    (side(), "Tokyo: it is not known how long after Seoul"),
    (side(lag_low_minutes=6000, lag_high_minutes=6000), "Tokyo: 4 days after Seoul"),
    (side(place=1, not_after="2026-07-09T12:00:00Z"), "Tokyo: first, by 2026-07-09 12:00"),
    (side(place=1, not_before="2026-07-09T11:40:00Z", not_after="2026-07-09T12:00:00Z"), "Tokyo: first, between 11:40 and 2026-07-09 12:00"),
    (side(place=1, not_before="2026-07-08T23:40:00Z", not_after="2026-07-09T12:00:00Z"), "Tokyo: first, between 2026-07-08 23:40 and 2026-07-09 12:00"),
    (side(place=1, not_before="2026-07-09T12:00:00Z", not_after="2026-07-09T12:00:00Z"), "Tokyo: first, at 2026-07-09 12:00"),
    (side(place=None, missing_since="2026-07-08T05:00:00Z", looked_at="2026-07-09T11:50:00Z"), "Tokyo: not seen after 31 h"),
    (side(place=None, missing_since="2026-07-08T05:00:00Z", looked_at="2026-07-09T02:00:00Z"), "Tokyo: not seen after 31 h; its sources last answered 10 h ago"),
    (side(place=None, missing_since="2026-07-08T05:00:00Z", looked_at="2026-07-08T02:00:00Z"), "Tokyo: not seen after 31 h; no source of it answered since"),
    (side(place=None, missing_since="2026-07-01T12:00:00Z"), "Tokyo: not seen after 8 days; no source of it answered since"),
    (side(party="XX", place=None, missing_since="2026-07-09T00:00:00Z", looked_at="2026-07-09T12:00:00Z"), "XX: not seen after 12 h"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "sentence"), SAID, ids=[sentence for _, sentence in SAID])
def test_a_lag_is_said_as_a_bracket(clock: Clock, row: Row, sentence: str) -> None:
    assert provenance.said(row, {"JP": "Tokyo", "KR": "Seoul"}, clock()) == sentence


def test_each_copy_says_how_much_of_the_text_it_carries(tmp_path: Path, clock: Clock) -> None:
    seoul = statement("Seoul")
    part = "\n\n".join((seoul.text, SUBJECTS["Tokyo"]))
    whole, half = Item("/whole", seoul.title, f"{part}\n\n{SUBJECTS['Honolulu']}", seoul.at), Item("/part", seoul.title, part, seoul.at)
    with rooms(tmp_path, clock) as made:
        for number, (item, base) in enumerate(
            ((whole, "https://www.state.gov"), (whole, "https://times.example"), (half, "https://news.harbourpost.com"))
        ):
            intake.run(made, [jsonl(tmp_path / f"{number}.jsonl", item, base=base)])
        row = shown(made, 1)
        told = {seen["domain"]: (seen["grade"], seen["share"]) for seen in row["sightings"]}
        assert told["state.gov"] == ("official", 1.0)
        assert told["times.example"] == ("verbatim", 1.0)
        assert told["harbourpost.com"][0] == "verbatim"
        assert 0.5 < told["harbourpost.com"][1] < 0.9
        assert row["languages"] == {"en": 3}
        assert row["sightings"][0]["domain"] == "state.gov"


def test_of_equal_grade_the_earliest_leads_whatever_came_first(tmp_path: Path, clock: Clock) -> None:
    early, late = statement("Seoul"), Item("/late", statement("Seoul").title, statement("Seoul").text, START + timedelta(days=1))
    for number, order in enumerate(((early, late), (late, early))):
        with rooms(tmp_path / str(number), clock) as made:
            for name, item in enumerate(order):
                intake.run(
                    made,
                    [
                        jsonl(
                            made.home.folder / f"{name}.jsonl",
                            item,
                            base="https://www.state.gov" if item is early else "https://www.mofa.go.kr",
                        )
                    ],
                )
            assert (
                one(made, "SELECT a.canonical_url FROM statements s JOIN articles a ON a.id = s.lead_article_id")
                == "https://www.state.gov" + early.path
            )
