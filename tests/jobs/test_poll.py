"""One pass over sources, on real sites with a real database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from scraper.errors import DatabaseFull
from scraper.jobs import poll
from scraper.jobs.poll import FULL_EVERY, INCIDENT_FAILURES, INCIDENT_HOURS, MASS
from scraper.jobs.rooms import Rooms
from scraper.model.article import Article, Relevance
from scraper.model.source import OUTCOMES
from scraper.pressroom import NEW_INITIATIVE, PressRoom
from scraper.storage import sources

from .house import FETCH, START, Clock, Log, Sheet, Site, closed_port, desk, one, rooms, rows, sound, statement, unrelated


@pytest.fixture
def room(clock: Clock) -> Iterator[PressRoom]:
    with PressRoom(clock()) as opened:
        yield opened


def outcomes(made: Rooms) -> dict[str, str]:
    """The last outcome of every source."""
    return dict(rows(made, "SELECT source_id, last_outcome FROM source_states"))


def test_the_backlog_then_the_news_then_nothing(tmp_path: Path, clock: Clock, room: PressRoom) -> None:
    log = Log()
    with rooms(tmp_path, clock, room.sources(), log=log) as made:
        first = poll.run(made, poll.due(made))
        assert set(outcomes(made).values()) == {"ok"}
        assert first.concluded.held_back > 0
        assert one(made, "SELECT count(*) FROM articles") > 0
        assert one(made, "SELECT count(*) FROM alerts") == 0
        assert poll.due(made) == ()
        stored = one(made, "SELECT count(*) FROM articles")
        room.release()
        clock.advance(hours=1)
        assert len(poll.due(made)) == 6
        second = poll.run(made, poll.due(made))
        assert one(made, "SELECT count(*) FROM articles") > stored
        assert second.concluded.statements
        assert one(made, "SELECT count(*) FROM alerts WHERE kind = 'new_statement'") >= 1
        named = rows(made, "SELECT i.name FROM alerts a JOIN initiatives i ON i.id = a.initiative_id WHERE a.kind = 'new_initiative'")
        assert named
        assert {name for (name,) in named} <= set(NEW_INITIATIVE.values())
        before = everything(made)
        clock.advance(hours=1)
        third = poll.run(made, poll.due(made))
        assert set(outcomes(made).values()) == {"not_modified"}
        assert (third.concluded.statements, third.concluded.flags, third.concluded.alerts, third.failed) == ((), (), 0, ())
        assert everything(made) == before
        sound(made)
        polls = made.store.rows(
            "SELECT source_id, started_at, finished_at, outcome, http_status, entries, new, error FROM polls ORDER BY id"
        )
    assert [{key: line[key] for key in row} for row, line in zip(polls, log.events("poll"), strict=True)] == polls
    assert not any(path.endswith((".html", "?seq=40217")) and count > 1 for path, count in room.requests.items())


def everything(made: Rooms) -> dict[str, list[tuple[Any, ...]]]:
    """All rows but those that every poll changes."""
    tables = ("entries", "articles", "statements", "events", "mentions", "initiatives", "observations", "flags", "alerts", "captures")
    return {table: rows(made, f"SELECT * FROM {table}") for table in tables}


def test_only_the_thread_that_called_touches_the_database(tmp_path: Path, clock: Clock, room: PressRoom) -> None:
    with rooms(tmp_path, clock, room.sources()) as made:
        seen: set[int] = set()
        made.store.db.conn.set_trace_callback(lambda _: seen.add(threading.get_ident()))
        poll.run(made, poll.due(made))
        made.store.db.conn.set_trace_callback(None)
    assert seen == {threading.get_ident()}


BROKEN = {
    "not-a-feed": (Sheet(b"<html><body><p>Under construction</p></body></html>"), {"not_a_feed", "parse", "empty"}),
    "empty": (Sheet(b""), {"not_a_feed", "parse", "empty"}),
    "binary": (Sheet(bytes(range(256)) * 40, "application/rss+xml"), {"not_a_feed", "parse", "empty"}),
    "too-large": (Sheet(b"<rss>" + b" " * 500_000), {"too_large"}),
    "gone": (Sheet(b"gone", status=410), {"http"}),
    "error": (Sheet(b"<rss/>", status=500), {"http"}),
    "moved": (Sheet(status=302, headers=(("Location", "/moved"),)), {"http"}),
    "no-items": (Sheet(b'<rss version="2.0"><channel><title>x</title></channel></rss>', "application/rss+xml"), {"empty"}),
    "wrong-charset": (
        Sheet('<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>외교부'.encode("cp949") + b"</rss>", "text/xml; charset=x-none"),
        {"not_a_feed", "parse", "empty"},
    ),
}  # fmt: skip


def test_each_source_that_fails_is_one_recorded_failure_and_the_others_go_on(tmp_path: Path, clock: Clock, site: Site) -> None:
    for name, (sheet, _) in BROKEN.items():
        site.pages[f"/{name}"] = sheet
    site.publish(statement(), unrelated())
    broken = [site.source(name, f"/{name}") for name in BROKEN]
    down = replace(site.source("down"), url=f"http://127.0.0.1:{closed_port()}/feed")
    refused = replace(site.source("refused"), allow_private=False)
    with rooms(tmp_path, clock, [*broken, down, refused, site.source("well")]) as made:
        passed = poll.run(made, made.config.sources)
        told = outcomes(made)
        assert {name: told[name] for name in BROKEN if told[name] not in BROKEN[name][1]} == {}
        assert (told["down"], told["refused"], told["well"]) == ("http", "http", "ok")
        assert set(told.values()) <= set(OUTCOMES)
        assert len(passed.polls) == len(passed.failed) + 1 == one(made, "SELECT count(*) FROM polls") == len(BROKEN) + 3
        assert one(made, "SELECT count(*) FROM polls WHERE outcome <> 'ok' AND coalesce(error, '') = ''") == 0
        assert one(made, "SELECT count(*) FROM articles") == 1
        assert {failures for (failures,) in rows(made, "SELECT failures FROM source_states WHERE source_id <> 'well'")} == {1}
        assert poll.due(made) == ()
        clock.advance(days=1)
        assert len(poll.due(made)) == len(BROKEN) + 3
        sound(made)


def test_a_source_that_hangs_is_a_failure_with_its_code(tmp_path: Path, clock: Clock, site: Site) -> None:
    let_go = Event()
    site.pages["/feed"] = Sheet(b"", wait=let_go)
    with rooms(tmp_path, clock, [site.source()], fetch=replace(FETCH, timeout=0.2, deadline=0.4)) as made:
        poll.run(made, made.config.sources)
        assert outcomes(made) == {"ministry": "timeout"}
        let_go.set()


def test_a_pass_that_is_stopped_leaves_nothing_half_written(tmp_path: Path, clock: Clock, site: Site) -> None:
    stop, asked, let_go = Event(), Event(), Event()
    slow, *others = statement("Tokyo"), statement("Seoul"), statement("Honolulu")
    site.publish(slow, *others)
    site.pages |= {item.path: Sheet(item.page(), wait=asked) for item in others} | {slow.path: Sheet(slow.page(), wait=let_go)}
    site.heard = lambda path: asked.set() if path == slow.path else None
    with rooms(tmp_path, clock, [site.source()]) as made:
        # The two others are stored while the slow one holds the poll open.
        made.store.db.conn.set_trace_callback(lambda sql: stop.set() if sql.startswith("COMMIT") and two_stored(made) else None)
        passed = poll.run(made, made.config.sources, stop=stop)
        made.store.db.conn.set_trace_callback(None)
        let_go.set()
        assert passed.stopped
        assert passed.polls == ()
        assert one(made, "SELECT count(*) FROM polls") == 0
        stored = rows(made, "SELECT a.url FROM articles a JOIN entries e ON e.article_id = a.id JOIN statements s ON s.id = a.statement_id")
        assert 1 <= len(stored) == one(made, "SELECT count(*) FROM articles") == one(made, "SELECT count(*) FROM entries") < 3
        sound(made)
    with rooms(tmp_path, clock, [site.source()]) as made:
        again = poll.run(made, poll.due(made))
        assert [done.outcome for done in again.polls] == ["ok"]
        assert one(made, "SELECT count(*) FROM articles") == one(made, "SELECT count(*) FROM alerts WHERE kind = 'new_statement'") == 3
        sound(made)


def two_stored(made: Rooms) -> bool:
    return bool(made.store.db.conn.execute("SELECT count(*) > 1 FROM entries").fetchone()[0])


def test_a_pass_of_no_sources_is_one(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock) as made:
        assert poll.due(made) == ()
        assert poll.run(made, ()).polls == ()


def test_a_page_without_text_waits_and_is_never_stored_empty(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item)
    site.pages[item.path] = Sheet(b"<html><body></body></html>")
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        ((decision, reason, retry),) = rows(made, "SELECT decision, reason, retry_at FROM entries")
        assert (decision, reason.split(":")[0], retry) == ("failed", "no_text", "2026-07-09T12:30:00Z")
        assert one(made, "SELECT count(*) FROM articles") == 0
        poll.run(made, made.config.sources)
        assert site.times(item.path) == 1
        site.pages[item.path] = Sheet(item.page())
        clock.advance(minutes=31)
        poll.run(made, made.config.sources)
        assert rows(made, "SELECT decision, attempts, retry_at FROM entries") == [("relevant", 2, None)]
        assert one(made, "SELECT text FROM articles") != ""
        assert one(made, "SELECT first_seen_at FROM articles") == "2026-07-09T12:00:00Z"
        assert one(made, "SELECT count(*) FROM alerts WHERE kind = 'new_statement'") == 1
        sound(made)


def test_a_failed_entry_is_tried_again_while_its_source_is_down(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item)
    site.pages[item.path] = Sheet(b"busy", status=503)
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        assert one(made, "SELECT decision FROM entries") == "failed"
        site.pages |= {"/feed": Sheet(b"down", status=500), item.path: Sheet(item.page())}
        clock.advance(minutes=31)
        assert [done.outcome for done in poll.run(made, made.config.sources).polls] == ["http"]
        assert one(made, "SELECT decision FROM entries") == "relevant"


@pytest.mark.parametrize(
    ("robots", "status", "decision"),
    [
        (Sheet(b"stumbled", status=503), 200, "failed"),
        (Sheet(b"User-agent: *\nDisallow: /seoul", "text/plain"), 200, "gave_up"),
        (Sheet(b"User-agent: *\nAllow: /", "text/plain"), 404, "gave_up"),
        (Sheet(b"User-agent: *\nAllow: /", "text/plain"), 500, "failed"),
        (Sheet(b"User-agent: *\nAllow: /", "text/plain"), 200, "relevant"),
    ],
)
def test_what_is_given_up_and_what_waits(tmp_path: Path, clock: Clock, site: Site, robots: Sheet, status: int, decision: str) -> None:
    with Site() as feeds:
        item = statement()
        site.publish(item)
        site.pages |= {"/robots.txt": robots, item.path: replace(site.pages[item.path], status=status)}
        feeds.pages |= {"/feed": site.pages["/feed"], "/robots.txt": Sheet(b"", "text/plain")}
        with rooms(tmp_path, clock, [feeds.source()], fetch=replace(FETCH, robots=True)) as made:
            poll.run(made, made.config.sources)
            assert outcomes(made) == {"ministry": "ok"}
            assert one(made, "SELECT decision FROM entries") == decision


class Faulty:
    """A judge with a bug that one page brings to light."""

    def __init__(self, word: str) -> None:
        self._word = word

    def judge(self, article: Article) -> Relevance:
        if self._word in article.url:
            raise ZeroDivisionError(article.url)
        return desk().judge.judge(article)


def test_a_bug_that_one_page_brings_to_light_loses_nothing_else(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement("Seoul"), statement("Tokyo"))
    site.publish(statement("Honolulu"), path="/other")
    log = Log()
    faulty = replace(desk(), judge=Faulty("seoul"))  # type: ignore[arg-type]
    with rooms(tmp_path, clock, [site.source(), site.source("other", "/other")], made=faulty, log=log) as made:
        passed = poll.run(made, made.config.sources)
        assert [type(bug) for bug in passed.bugs] == [ZeroDivisionError]
        assert outcomes(made) == {"ministry": "ok", "other": "ok"}
        assert one(made, "SELECT count(*) FROM articles") == 2
        ((decision, reason, retry),) = rows(made, "SELECT decision, reason, retry_at FROM entries WHERE article_id IS NULL")
        assert (decision, reason.startswith("bug: ZeroDivisionError"), retry) == ("failed", True, "2026-07-09T12:30:00Z")
        assert poll.run(made, made.config.sources).bugs == ()
        sound(made)
    assert len(log.events("bug")) == 1
    with rooms(tmp_path, clock, [site.source()]) as mended:
        clock.advance(minutes=31)
        poll.run(mended, mended.config.sources)
        assert one(mended, "SELECT count(*) FROM articles") == 3


def test_a_fault_in_what_is_concluded_rolls_back_that_article_alone(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement("Seoul"), statement("Tokyo"))
    with rooms(tmp_path, clock, [site.source()]) as made:
        made.store.write(
            "CREATE TRIGGER fatal AFTER UPDATE OF statement_id ON articles WHEN new.url LIKE '%tokyo%' BEGIN SELECT RAISE(ABORT, 'fatal'); END"
        )
        with pytest.raises(Exception, match="fatal"):
            poll.run(made, made.config.sources)
        assert not made.store.db.conn.in_transaction
        assert {url for (url,) in rows(made, "SELECT url FROM articles")} <= {f"{site.url}{statement('Seoul').path}"}
        sound(made)


class Deaf:
    """Names with a bug, met when entries of the press are chosen by their titles."""

    def together(self, text: str) -> object:
        if text.startswith("Joint Statement") and "Tokyo" in text:
            raise RecursionError(text)
        return desk().parties.together(text)

    def __getattr__(self, name: str) -> object:
        return getattr(desk().parties, name)


def test_a_bug_in_choosing_entries_is_a_failure_of_that_source(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement("Seoul"))
    site.publish(statement("Tokyo"), path="/press")
    deaf = replace(desk(), parties=Deaf())  # type: ignore[arg-type]
    with rooms(tmp_path, clock, [site.source(), site.source("press", "/press", official=False, party="")], made=deaf) as made:
        passed = poll.run(made, made.config.sources)
        assert len(passed.bugs) == 1
        assert outcomes(made) == {"ministry": "ok", "press": "parse"}
        assert one(made, "SELECT error FROM polls WHERE source_id = 'press'").startswith("bug: RecursionError")
        assert one(made, "SELECT count(*) FROM articles") == 1


def test_a_full_disk_ends_the_pass_with_nothing_half_written(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement("Seoul"), statement("Tokyo"))
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "captures").write_text("in the way")
    with rooms(tmp_path, clock, [site.source()]) as made:
        with pytest.raises(DatabaseFull):
            poll.run(made, made.config.sources)
        assert one(made, "SELECT count(*) FROM entries") == one(made, "SELECT count(*) FROM polls") == 0
        assert not made.store.db.conn.in_transaction
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("fetch")]


def test_two_sources_of_one_page_bring_one_article(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item)
    site.pages["/again"] = site.pages["/feed"]
    with rooms(tmp_path, clock, [site.source(), site.source("fallback", "/again", publisher="another")]) as made:
        poll.run(made, made.config.sources)
        assert one(made, "SELECT count(*) FROM articles") == 1
        assert sorted(rows(made, "SELECT decision, article_id FROM entries")) in (
            [("known", 1), ("relevant", 1)],
            [("relevant", 1)],  # the second page was looked at after the first was stored
        )
        assert one(made, "SELECT count(*) FROM alerts") == 1


def test_the_press_is_read_only_where_the_title_promises_something(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement(), unrelated(1), unrelated(2))
    with rooms(tmp_path, clock, [site.source(official=False, party="")]) as made:
        poll.run(made, made.config.sources)
        assert site.times(unrelated(1).path) == 0
        assert rows(made, "SELECT decision, count(*) FROM entries GROUP BY 1 ORDER BY 1") == [("not_read", 2), ("relevant", 1)]
        poll.run(made, made.config.sources)
        assert one(made, "SELECT count(*) FROM entries") == 3
    with rooms(tmp_path / "official", clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        assert rows(made, "SELECT decision, count(*) FROM entries GROUP BY 1 ORDER BY 1") == [("irrelevant", 2), ("relevant", 1)]


def test_old_news_is_stored_without_an_alert_and_counted(tmp_path: Path, clock: Clock, site: Site) -> None:
    ages = {"Seoul": 60, "Tokyo": 24 * 5, "Honolulu": 24 * 400}
    site.publish(
        *(
            statement(place, at=START - timedelta(hours=hours), name=f"Trilateral {place} Lantern Initiative")
            for place, hours in ages.items()
        )
    )
    with rooms(tmp_path, clock, [site.source()]) as made:
        passed = poll.run(made, made.config.sources)
        assert one(made, "SELECT count(*) FROM articles") == len(passed.concluded.statements) == 3
        told = rows(made, "SELECT s.date FROM alerts a JOIN statements s ON s.id = a.statement_id WHERE a.kind = 'new_statement'")
        assert told == [("2026-07-07",)]
        fresh = one(made, "SELECT count(*) FROM alerts WHERE kind = 'new_initiative'")
        assert fresh <= 1
        assert passed.concluded.held_back == int(sources.marked(made.store, "held:statements")) + int(
            sources.marked(made.store, "held:initiatives") or 0
        )
        assert sources.marked(made.store, "held:statements") == "2"


def test_a_source_that_fails_for_hours_is_told_once_and_its_recovery_once(tmp_path: Path, clock: Clock, site: Site) -> None:
    with rooms(tmp_path, clock, [site.source()]) as made:
        for _ in range(INCIDENT_FAILURES - 2):
            poll.run(made, made.config.sources)
        for hours, wanted in ((INCIDENT_HOURS - 0.01, 0), (0.01, 1), (5, 1), (INCIDENT_HOURS, 1)):
            clock.advance(hours=hours)
            poll.run(made, made.config.sources)
            assert one(made, "SELECT count(*) FROM alerts") == wanted, hours
        site.publish(unrelated())
        for _ in range(2):
            clock.advance(hours=1)
            poll.run(made, made.config.sources)
        assert [kind for (kind,) in rows(made, "SELECT kind FROM alerts ORDER BY id")] == ["source_failing", "source_recovered"]
        site.pages.clear()
        for hours in (1, *[0.0] * (INCIDENT_FAILURES - 2), INCIDENT_HOURS):
            clock.advance(hours=hours)
            poll.run(made, made.config.sources)
        assert [kind for (kind,) in rows(made, "SELECT kind FROM alerts ORDER BY id")] == [
            "source_failing",
            "source_recovered",
            "source_failing",
        ]


def test_few_failures_are_no_outage_however_far_apart(tmp_path: Path, clock: Clock, site: Site) -> None:
    with rooms(tmp_path, clock, [site.source()]) as made:
        for _ in range(INCIDENT_FAILURES - 1):
            poll.run(made, made.config.sources)
            clock.advance(hours=INCIDENT_HOURS)
        assert one(made, "SELECT count(*) FROM alerts") == 0


def test_ids_that_change_all_at_once_hold_the_alerts(tmp_path: Path, clock: Clock, site: Site) -> None:
    items = [replace(statement(), path=f"/old/{n}", title=f"{statement().title}, part {n} of many") for n in range(MASS)]
    with rooms(tmp_path, clock, [site.source()]) as made:
        site.publish(*items)
        poll.run(made, made.config.sources)
        told = one(made, "SELECT count(*) FROM alerts")
        assert told > 0
        site.publish(*(replace(item, path=item.path.replace("old", "new")) for item in items))
        clock.advance(hours=1)
        (again,) = poll.run(made, made.config.sources).polls
        assert (again.outcome, again.new) == ("ok", MASS)
        assert "no alerts" in again.error
        assert one(made, "SELECT count(*) FROM alerts") == told


def test_a_feed_that_dates_its_items_anew_leaves_no_gap(tmp_path: Path, clock: Clock, site: Site) -> None:
    with rooms(tmp_path, clock, [site.source()]) as made:
        site.publish(unrelated())
        poll.run(made, made.config.sources)
        clock.advance(days=1)
        site.publish(replace(unrelated(), at=clock.now))
        assert [p.outcome for p in poll.run(made, made.config.sources).polls] == ["ok"]


def test_a_short_failure_is_told_to_nobody(tmp_path: Path, clock: Clock, site: Site) -> None:
    with rooms(tmp_path, clock, [site.source()]) as made:
        poll.run(made, made.config.sources)
        site.publish(unrelated())
        clock.advance(hours=INCIDENT_HOURS + 1)
        poll.run(made, made.config.sources)
        assert one(made, "SELECT count(*) FROM alerts") == 0


def test_validators_are_sent_back_but_not_for_ever(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    site.pages["/feed"] = replace(site.pages["/feed"], headers=(("ETag", '"one"'),))
    with rooms(tmp_path, clock, [site.source()]) as made:
        for _ in range(FULL_EVERY + 1):
            poll.run(made, made.config.sources)
        assert [outcome for (outcome,) in rows(made, "SELECT outcome FROM polls ORDER BY id")] == [
            "ok",
            *["not_modified"] * (FULL_EVERY - 2),
            "ok",
            "not_modified",
        ]
    sent = ["If-None-Match" in headers for path, headers in site.asked if path == "/feed"]
    assert sent == [False, *[True] * (FULL_EVERY - 2), False, True]


def test_what_a_source_may_not_keep_is_read_but_not_stored(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement(name="Trilateral Lantern Initiative"))
    with rooms(tmp_path, clock, [site.source(store="link")]) as made:
        poll.run(made, made.config.sources)
        assert rows(made, "SELECT text, statement_text FROM articles") == [(None, None)]
        assert one(made, "SELECT count(*) FROM article_keys") > 0
        assert [start for (start,) in rows(made, 'SELECT "start" FROM mentions WHERE field = ?', "text")] == [None] * one(
            made, "SELECT count(*) FROM mentions WHERE field = 'text'"
        )


def test_lone_surrogates_in_a_feed_harm_nobody(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item, unrelated())
    site.pages["/feed"] = Sheet(site.pages["/feed"].body.replace(b"<title>Museum", b"<title>&#xD800; Museum"), "application/rss+xml")
    with rooms(tmp_path, clock, [site.source()]) as made:
        assert poll.run(made, made.config.sources).bugs == ()
        assert one(made, "SELECT count(*) FROM articles") == 1
