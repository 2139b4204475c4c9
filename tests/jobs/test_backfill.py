"""The past read address by address: what each answer comes to, where a copy is read instead, and what is never done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import InputError
from scraper.jobs import poll, reviewing
from scraper.jobs.backfill import SILENT, Backfilled, backfill, spread
from scraper.jobs.looking import Address
from scraper.jobs.reviewing import Author
from scraper.jobs.rooms import Rooms
from scraper.model.history import Act, History
from scraper.model.settings import AlertSettings
from scraper.model.source import Source

from .house import FETCH, START, Clock, Item, Sheet, Site, one, rooms, rows, sound, statement, unrelated

GOV, PRESS = "https://www.state.gov", "https://news.example.org"
ARCHIVE = "https://archive.invalid/{day}/{url}"
SEOUL = Act("seoul", "2026-07-09", "Ministers in Seoul", "foreign_ministers", "Seoul", addresses=(f"{GOV}/seoul-20260709",))
OLD = datetime(2023, 5, 4, 9, 0, tzinfo=START.tzinfo)
TOKYO = Act("tokyo", "2023-05-04", "Ministers in Tokyo", "foreign_ministers", "Tokyo", addresses=(f"{PRESS}/tokyo-20230504",))


@contextmanager
def house(
    folder: Path, clock: Clock, site: Site, *acts: Act, archive: str = ARCHIVE, polled: tuple[Source, ...] = (), **fetch: Any
) -> Iterator[Rooms]:
    """Rooms whose history is these acts, with every host sent to the site, and alerts for statements however old."""
    settings = replace(FETCH, **{"hosts": {"*": site.url}, **fetch})
    told = {"history": History(acts, archive), "alerts": AlertSettings(max_age_hours=1e7), "fetch": settings}
    with rooms(folder, clock, polled, **told) as made:
        yield made


def put(site: Site, *items: Item) -> None:
    for item in items:
        site.pages[item.path] = Sheet(item.page())


def outcomes(made: Rooms) -> Mapping[str, tuple[str, int]]:
    return {url: (outcome, looks) for url, outcome, looks in rows(made, "SELECT url, outcome, looks FROM backfills")}


def test_a_text_is_read_once_and_never_alerted(tmp_path: Path, clock: Clock, site: Site) -> None:
    put(site, statement())
    told: list[tuple[int, int, str]] = []
    with house(tmp_path, clock, site, SEOUL, TOKYO) as made:
        done = backfill(made, tell=lambda *step: told.append(step), limit=1)
        assert (done.asked, done.new, done.failed, done.left, dict(done.outcomes)) == (1, 1, 0, 1, {"relevant": 1})
        assert (len(done.concluded.statements), done.concluded.alerts) == (1, 0)
        assert told == [(0, 1, SEOUL.addresses[0])]
        assert one(made, "SELECT count(*) FROM alerts") == 0
        assert rows(made, "SELECT h.id, e.date FROM history_events h JOIN events e ON e.id = h.event_id ORDER BY 1") == [
            ("seoul", "2026-07-09"), ("tokyo", "2023-05-04"),
        ]  # fmt: skip
        assert rows(made, "SELECT url, publisher, party, source_id FROM articles") == [(SEOUL.addresses[0], "state.gov", "US", None)]
        again = backfill(made, since="2026-01-01")
        assert (again.asked, again.answered, again.left) == (0, 0, 0)
        assert site.times("/seoul-20260709") == 1
        sound(made)


def test_a_copy_is_read_where_the_page_is_gone(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement("Tokyo", at=OLD)
    copy = f"/20230504/{TOKYO.addresses[0]}"
    site.pages[copy] = Sheet(status=302, headers=(("Location", f"https://archive.invalid/20230601/{TOKYO.addresses[0]}"),))
    site.pages[f"/20230601/{TOKYO.addresses[0]}"] = Sheet(item.page())
    with house(tmp_path, clock, site, TOKYO) as made:
        done = backfill(made)
        assert (done.new, dict(done.outcomes)) == (1, {"relevant": 1})
        assert rows(made, "SELECT a.url, a.publisher, a.published_at, c.url AS copy, b.via FROM articles a, captures c, backfills b WHERE c.id = a.capture_id") == [
            (TOKYO.addresses[0], "example.org", "2023-05-04T09:00:00Z", f"https://archive.invalid/20230601/{TOKYO.addresses[0]}",
             f"https://archive.invalid/20230601/{TOKYO.addresses[0]}"),
        ]  # fmt: skip
        assert one(made, "SELECT count(*) FROM statements WHERE event_id = (SELECT event_id FROM history_events)") == 1
        assert one(made, "SELECT text IS NOT NULL AND statement_text IS NULL FROM articles"), "a press page is kept as an excerpt"
        sound(made)


@pytest.mark.parametrize(
    ("own", "copy", "outcome"),
    [
        (Sheet(status=404), Sheet(status=404), "gone"),
        (Sheet(status=410), Sheet(unrelated().page()), "gone"),
        (Sheet(unrelated().page()), Sheet(status=404), "irrelevant"),
        (Sheet(b"\x00\x01\x02" * 99), Sheet(status=404), "irrelevant"),
        (Sheet(status=302, headers=(("Location", "/"),)), Sheet(status=404), "gone"),
        (Sheet(status=403), Sheet(status=404), "refused"),
    ],
)
def test_that_there_is_nothing_is_believed_at_the_third_look(
    tmp_path: Path, clock: Clock, site: Site, own: Sheet, copy: Sheet, outcome: str
) -> None:
    site.pages |= {"/": Sheet(statement().page()), "/tokyo-20230504": own, f"/20230504/{TOKYO.addresses[0]}": copy}
    with house(tmp_path, clock, site, TOKYO) as made:
        done = backfill(made)
        assert (dict(done.outcomes), done.failed, done.new) == ({outcome: 1}, 0, 0)
        assert site.times("/tokyo-20230504") == 3
        assert backfill(made).asked == 0
        assert one(made, "SELECT name FROM events") == "Ministers in Tokyo"


def test_a_page_that_comes_back_in_between_is_read(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement("Tokyo", at=OLD)
    site.heard = lambda path: put(site, item) if site.times("/tokyo-20230504") == 2 else None
    with house(tmp_path, clock, site, TOKYO) as made:
        done = backfill(made)
        assert (done.new, site.times("/tokyo-20230504")) == (1, 2)
        assert outcomes(made) == {TOKYO.addresses[0]: ("relevant", 1)}


def test_a_server_that_fails_is_asked_again_by_later_calls(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages["/tokyo-20230504"] = Sheet(status=503)
    with house(tmp_path, clock, site, TOKYO, archive="") as made:
        for calls in (1, 2):
            done = backfill(made)
            assert (done.asked, done.failed, dict(done.outcomes)) == (1, 1, {})
            assert outcomes(made) == {TOKYO.addresses[0]: ("failed", 3 * calls)}
        put(site, statement("Tokyo", at=OLD))
        assert backfill(made).new == 1


def test_a_machine_without_a_network_takes_nothing_for_gone(tmp_path: Path, clock: Clock, site: Site) -> None:
    nowhere = {"hosts": {"nothing.example": site.url}}
    with house(tmp_path, clock, site, replace(TOKYO, addresses=("https://gone.invalid/1",)), **nowhere) as made:
        assert (backfill(made).failed, outcomes(made)) == (1, {"https://gone.invalid/1": ("failed", 3)})
    reached = {"hosts": {"archive.invalid": site.url}}
    with house(tmp_path / "archive", clock, site, replace(TOKYO, addresses=("https://gone.invalid/1",)), **reached) as made:
        assert (backfill(made).failed, outcomes(made)) == (0, {"https://gone.invalid/1": ("gone", 1)})


def test_where_nobody_answers_the_call_ends_early(tmp_path: Path, clock: Clock, site: Site) -> None:
    acts = [replace(TOKYO, id=f"a{n}", addresses=(f"https://s{n}.invalid/1",)) for n in range(SILENT + 5)]
    with house(tmp_path, clock, site, *acts, hosts={"nothing.example": site.url}) as made:
        done = backfill(made)
        assert (done.asked, done.answered, done.failed, done.left) == (SILENT, 0, SILENT, 5)
        assert "no server answered" in done.error
        assert one(made, "SELECT count(*) FROM events") == SILENT + 5


def test_a_server_that_asks_to_wait_is_let_alone(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages["/tokyo-20230504"] = Sheet(status=429, headers=(("Retry-After", "3000"),))
    with house(tmp_path, clock, site, TOKYO, archive="") as made:
        made.ending.set()  # whoever waits is woken at once
        assert backfill(made).failed == 1
        assert site.times("/tokyo-20230504") == 1
        assert "wait" in one(made, "SELECT reason FROM backfills")


def test_after_two_failures_the_archive_is_asked(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages |= {"/tokyo-20230504": Sheet(status=500), f"/20230504/{TOKYO.addresses[0]}": Sheet(statement("Tokyo", at=OLD).page())}
    with house(tmp_path, clock, site, TOKYO) as made:
        assert backfill(made).new == 1
        assert site.times("/tokyo-20230504") == 3


def test_an_archive_is_no_way_round_a_refusal(tmp_path: Path, clock: Clock, site: Site) -> None:
    copy = f"/20260709/{SEOUL.addresses[0]}"
    site.pages |= {"/seoul-20260709": Sheet(status=403), copy: Sheet(statement().page())}
    with house(tmp_path, clock, site, SEOUL) as made:
        assert dict(backfill(made).outcomes) == {"refused": 1}
        assert site.times(copy) == 0
    site.pages |= {"/robots.txt": Sheet(b"User-agent: *\nDisallow: /seoul", "text/plain"), "/seoul-20260709": Sheet(statement().page())}
    with house(tmp_path / "robots", clock, site, SEOUL, robots=True) as made:
        asked = site.times("/seoul-20260709")
        assert dict(backfill(made).outcomes) == {"refused": 1}
        assert (site.times("/seoul-20260709"), site.times(copy)) == (asked, 0)


def test_of_an_old_page_that_is_refused_the_copy_is_read(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages |= {"/tokyo-20230504": Sheet(status=403), f"/20230504/{TOKYO.addresses[0]}": Sheet(statement("Tokyo", at=OLD).page())}
    with house(tmp_path, clock, site, TOKYO) as made:
        assert backfill(made).new == 1


@pytest.mark.parametrize(
    "leads", ["https://elsewhere.example/20230504/https://parked.example/", "https://archive.invalid/1/https://news.example.org/"]
)
def test_a_copy_of_another_page_is_none(tmp_path: Path, clock: Clock, site: Site, leads: str) -> None:
    site.pages[f"/20230504/{TOKYO.addresses[0]}"] = Sheet(status=302, headers=(("Location", leads),))
    for path in ("/20230504/https://parked.example/", "/1/https://news.example.org/"):
        site.pages[path] = Sheet(statement("Tokyo", at=OLD).page())
    with house(tmp_path, clock, site, TOKYO) as made:
        assert (backfill(made).new, outcomes(made)[TOKYO.addresses[0]][0]) == (0, "gone")


def test_the_terms_of_a_sites_sources_hold(tmp_path: Path, clock: Clock, site: Site) -> None:
    put(site, statement(), statement("Tokyo", at=OLD))
    closed = Source("closed", "Closed", "feed", "https://feeds.example.org/rss", follow="never", publisher="Closed")
    state = Source("state", "State", "feed", f"{GOV}/rss", publisher="Department", party="US", official=True, store="link")
    with house(tmp_path, clock, site, SEOUL, TOKYO, polled=(closed, state)) as made:
        assert dict(backfill(made).outcomes) == {"relevant": 1, "refused": 1}
        assert site.times("/tokyo-20230504") == 0
        assert rows(made, "SELECT source_id, publisher, official, text FROM articles") == [("state", "Department", 1, None)]


def test_what_a_poll_brought_is_known(tmp_path: Path, clock: Clock, site: Site) -> None:
    item = statement()
    site.publish(item)
    with house(tmp_path, clock, site, replace(SEOUL, addresses=(site.url + item.path,)), polled=(site.source(),)) as made:
        poll.run(made, poll.due(made))
        alerted = one(made, "SELECT count(*) FROM alerts")
        assert alerted
        done = backfill(made)
        assert (dict(done.outcomes), done.asked, site.times(item.path)) == ({"known": 1}, 0, 1)
        assert one(made, "SELECT count(*) FROM events") == 1
        assert one(made, "SELECT count(*) FROM alerts") == alerted


def test_the_first_is_by_date_though_it_was_read_later(tmp_path: Path, clock: Clock, site: Site) -> None:
    name = "Trilateral Lantern Keepers Programme"
    later, before = statement(name=name), statement("Tokyo", at=OLD, name=name)
    put(site, later, before)
    flagged = "SELECT s.date, f.superseded_at IS NULL FROM flags f JOIN statements s ON s.id = f.statement_id WHERE f.kind = 'new_initiative' ORDER BY f.id"
    with house(tmp_path, clock, site, SEOUL, TOKYO) as made:
        backfill(made, limit=1)
        assert rows(made, flagged) == [("2026-07-09", 1)]
        backfill(made)
        assert [date for date, holds in rows(made, flagged) if holds] == ["2023-05-04"]
        assert one(made, "SELECT count(*) FROM alerts") == 0


def test_ctrl_c_keeps_what_was_done(tmp_path: Path, clock: Clock, site: Site) -> None:
    put(site, statement(), statement("Tokyo", at=OLD))

    def tell(done: int, total: int, url: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with house(tmp_path, clock, site, SEOUL, TOKYO) as made:
        done = backfill(made, tell=tell)
        assert (done.stopped, done.new, done.left, done.failed) == (True, 1, 1, 0)
        assert backfill(made).new == 1
        assert site.times("/seoul-20260709") == 1
        sound(made)


def test_those_never_asked_go_before_those_that_failed(tmp_path: Path, clock: Clock, site: Site) -> None:
    put(site, statement("Tokyo", at=OLD))
    with house(tmp_path, clock, site, SEOUL, TOKYO, archive="") as made:
        site.pages["/seoul-20260709"] = Sheet(status=500)
        assert (backfill(made, limit=1).failed, backfill(made, limit=1).new) == (1, 1)


def test_an_event_without_texts_cannot_be_merged(tmp_path: Path, clock: Clock, site: Site) -> None:
    put(site, statement())
    with house(tmp_path, clock, site, SEOUL, TOKYO) as made:
        backfill(made)
        numbers = dict(rows(made, "SELECT id, event_id FROM history_events"))
        for pair in (("seoul", "tokyo"), ("tokyo", "seoul")):
            with pytest.raises(InputError, match=f"no text of event {numbers['tokyo']} is known"):
                reviewing.merge_events(made, *(str(numbers[key]) for key in pair), Author("somebody"))
        assert one(made, "SELECT count(*) FROM reviews") == 0


def test_hosts_take_turns() -> None:
    urls = [
        "https://a.example/1",
        "https://a.example/2",
        "https://a.example/3",
        "https://b.example/1",
        "https://c.example/1",
        "https://b.example/2",
    ]
    found = [address.url[8:].replace(".example/", "") for address in spread([Address(url, "2023-01-01") for url in urls])]
    assert found == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_without_a_history_there_is_nothing_to_do(tmp_path: Path, clock: Clock, site: Site) -> None:
    with house(tmp_path, clock, site) as made:
        assert backfill(made) == Backfilled()
