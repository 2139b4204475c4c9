"""What is said of the watch: who answers at this moment, the sentence for it, the health of each source."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

import scraper
from scraper.jobs import health, tick
from scraper.model.moment import utc
from scraper.model.source import Source, SourceState
from scraper.stages.coverage import Answering, answering, holds

from .house import START, Clock, Site, rooms, statement, unrelated


def source(number: str, **changed: Any) -> Source:
    values = {"publisher": number, "party": "US", "official": True, "interval": 15.0, **changed}
    return Source(id=number, name=number, kind="feed", url=f"https://{number}.example/", **values)


def states(**minutes: tuple[str, float]) -> dict[str, SourceState]:
    """States by source: the last outcome, and how many minutes ago the last good poll was."""
    return {
        number: SourceState(number, last_outcome=outcome, last_good_at=utc(START - timedelta(minutes=ago)))
        for number, (outcome, ago) in minutes.items()
    }


LINE = (source("a", publisher="M"), source("b", publisher="M", rank=1), source("c", publisher="M", rank=1, language="ko"))


@pytest.mark.parametrize(("catalogue", "known", "total", "silent"), [
    ((), {}, 0, ()),
    ((source("a"), source("b", official=False), source("c", enabled=False)), states(a=("ok", 1)), 1, ()),
    ((source("a"),), {}, 1, ("a",)),
    ((source("a"),), states(a=("not_modified", 60)), 1, ()),
    ((source("a"),), states(a=("ok", 61)), 1, ("a",)),
    ((source("a", interval=30.0),), states(a=("ok", 90)), 1, ()),
    ((source("a"),), states(a=("http", 1)), 1, ()),  # one failure is no outage: the good poll still vouches
    ((source("a"),), states(a=("http", 61)), 1, ("a",)),
    ((source("a"),), states(a=("ok", -2)), 1, ("a",)),  # dated by a clock that ran ahead
    ((source("a", party=""),), states(a=("ok", 1)), 0, ()),
    (LINE, states(a=("http", 200), b=("ok", 1), c=("ok", 1)), 2, ()),
    (LINE, states(a=("ok", 1), c=("blocked", 90)), 2, ("c",)),
    (LINE, states(a=("http", 200), b=("ok", 300), c=("ok", 1)), 2, ("a",)),
    ((source("a", publisher="M"), source("b", publisher="M", rank=1, enabled=False)), states(b=("ok", 1)), 1, ()),
    ((source("a", publisher=""), source("b", publisher="", rank=1)), states(b=("ok", 1)), 2, ("a",)),
])  # fmt: skip
def test_who_answers(catalogue: tuple[Source, ...], known: dict[str, SourceState], total: int, silent: tuple[str, ...]) -> None:
    found = answering(START, catalogue, known)
    assert found == Answering(total, silent)
    assert found.answered == total - len(silent)


def test_a_poll_vouches_for_three_intervals_and_an_hour_at_least() -> None:
    assert [holds(source("a", interval=minutes)) for minutes in (5.0, 60.0)] == [timedelta(hours=1), timedelta(hours=3)]


@pytest.mark.parametrize(("found", "news", "told"), [
    (Answering(22), 0, "22 of 22 official sources answered, nothing new"),
    (Answering(22), 1, "22 of 22 official sources answered, 1 new statement"),
    (Answering(22), 3, "22 of 22 official sources answered, 3 new statements"),
    (Answering(22, ("a",)), 0, "21 of 22 official sources answered, nothing new; watch incomplete: no answer from a"),
    (Answering(5, tuple("abcde")), 0, "0 of 5 official sources answered, nothing new; watch incomplete: no answer from a, b, c and 2 more"),
    (Answering(), 0, "0 of 0 official sources answered, nothing new; watch incomplete"),
    (Answering(22, (), ("JP",)), 0, "22 of 22 official sources answered, nothing new; watch incomplete: no official source for JP"),
    (Answering(2, ("a",), ("JP", "KR")), 0,
     "1 of 2 official sources answered, nothing new; watch incomplete: no answer from a; no official source for JP, KR"),
])  # fmt: skip
def test_the_sentence(found: Answering, news: int, told: str) -> None:
    assert health.sentence(found, news) == told


def test_the_report_speaks_of_today_and_of_yesterday(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    watched = [site.source(), site.source("press", official=False), site.source("kr", party="KR"), site.source("jp", party="JP")]
    with rooms(tmp_path, clock, watched) as made:
        assert health.report(made.config, made.store)["yesterday"] == "not watched"
        tick.tick(made, Event())
        assert health.report(made.config, made.store)["watch"] == "3 of 3 official sources answered, nothing new"
        clock.advance(days=1)
        report = health.report(made.config, made.store)
        assert report["watch"].endswith("watch incomplete: no answer from ministry, kr, jp")
        assert (report["yesterday"], report["official_answering"]) == ("watch incomplete", "0 of 3")
        site.publish(unrelated(), statement())
        tick.tick(made, Event())
        assert health.report(made.config, made.store)["watch"] == "3 of 3 official sources answered, 1 new statement"


def test_a_government_without_a_source_is_no_quiet_one(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    with rooms(tmp_path, clock, [site.source(), site.source("kr", party="KR"), site.source("jp", party="JP", enabled=False)]) as made:
        tick.tick(made, Event())
        told = health.report(made.config, made.store)["watch"]
    assert told == "2 of 2 official sources answered, nothing new; watch incomplete: no official source for JP"


def test_each_government_is_told_by_itself(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    polled = [site.source(), site.source("kr", "/nothing", party="KR"), site.source("jp", party="JP", enabled=False)]
    with rooms(tmp_path, clock, polled) as made:
        tick.tick(made, Event())
        found = dict(health.by_party(made.config, made.store))
    assert found == {"US": Answering(1), "KR": Answering(1, ("kr",)), "JP": Answering(0, (), ("JP",))}


def test_the_health_of_sources_says_who_stands_by(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    polled = [site.source(), site.source("embassy", publisher="ministry", rank=1), site.source("down", "/nothing")]
    with rooms(tmp_path, clock, polled) as made:
        tick.tick(made, Event())
        rows = {row["source_id"]: row for row in health.of_sources(made.config, made.store)}
    assert {name: (row["on_duty"], row["last_outcome"], row["polls"]) for name, row in rows.items()} == {
        "ministry": (True, "ok", {"ok": 1}), "embassy": (False, "", {}), "down": (True, "http", {"http": 1}),
    }  # fmt: skip
    assert rows["down"]["error"]


def test_figures_tell_of_what_somebody_should_look_at(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    with rooms(tmp_path, clock, [site.source(), site.source("kr", party="KR"), site.source("jp", party="JP")]) as made:
        tick.tick(made, Event())
        told = health.figures(made.config, made.store, made.home)
        assert (told["awake"], told["problems"], told["last_tick_age_seconds"], told["version"]) == (True, [], 0, scraper.__version__)
        assert {party: polled["age_seconds"] for party, polled in told["parties"].items()} == {"KR": 0, "US": 0, "JP": 0}
        made.store.write(
            "INSERT INTO digests (id, channel, made_at, subject, message_id, text, html) VALUES (1, 'mail', '', '', '1', '', '')"
        )
        for state, settled in (("failed", utc(clock())), ("failed", "2020-01-01T00:00:00Z"), ("pending", None)):
            made.store.insert("deliveries", {"digest_id": 1, "channel": "mail", "state": state, "settled_at": settled})
        assert health.figures(made.config, made.store, made.home)["deliveries"] == {"pending": 1, "failed": 1}
        clock.advance(hours=7)
        told = health.figures(made.config, made.store, made.home)
    assert told["parties"]["KR"] == {"last_good_poll": utc(START), "age_seconds": 7 * 3600}
    assert told["problems"] == [
        "no daemon watches", *(f"no good poll of {party} in 6 hours" for party in ("KR", "US", "JP")),
        "not taken by their channel in 7 days: 1 messages",
    ]  # fmt: skip


def test_failed_messages_are_forgotten_after_a_week(tmp_path: Path, clock: Clock, site: Site) -> None:
    with rooms(tmp_path, clock, [site.source()]) as made:
        made.store.write(
            "INSERT INTO digests (id, channel, made_at, subject, message_id, text, html) VALUES (1, 'mail', '', '', '1', '', '')"
        )
        made.store.insert("deliveries", {"digest_id": 1, "channel": "mail", "state": "failed", "settled_at": utc(clock())})
        clock.advance(days=6)
        assert health.figures(made.config, made.store, made.home)["deliveries"]["failed"] == 1
        clock.advance(days=2)
        assert health.figures(made.config, made.store, made.home)["deliveries"]["failed"] == 0
