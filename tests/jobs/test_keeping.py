"""The day's housekeeping: coverage written, what had its time gone, a disk that fills told of once."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from scraper.jobs import keeping, tick
from scraper.jobs.rooms import Rooms
from scraper.jobs.signs import CHECKED, DAMAGE
from scraper.model.settings import KeepingSettings
from scraper.model.source import Page
from scraper.storage import alerts, entries, sources

from .house import Clock, Log, Site, one, rooms, rows, sound, statement, unrelated

NONE = KeepingSettings(budget_mb=0)


def page(body: bytes) -> Page:
    return Page("https://one.example/", "https://one.example/", 200, {"content-type": "text/html"}, body, "2026-07-09T12:00:00Z")


def test_the_house_is_kept_once_a_day(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    log = Log()
    with rooms(tmp_path, clock, [site.source()], log=log, keeping=NONE) as made:
        tick.tick(made, Event())
        clock.advance(hours=1)
        tick.tick(made, Event())
        assert len(log.events("keeping")) == 1
        assert rows(made, "SELECT * FROM coverage_days") == []
        clock.advance(days=1)
        tick.tick(made, Event())
        assert len(log.events("keeping")) == 2
        assert rows(made, "SELECT day, source_id, good FROM coverage_days") == [("2026-07-09", "ministry", 2)]


def test_a_beat_that_is_stopped_keeps_nothing(tmp_path: Path, clock: Clock, site: Site) -> None:
    ending = Event()
    ending.set()
    with rooms(tmp_path, clock, [site.source()]) as made:
        tick.tick(made, ending)
        assert sources.marked(made.store, keeping.LAST_KEEPING) == ""


def test_coverage_outlives_the_polls(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(unrelated())
    with rooms(tmp_path, clock, [site.source()], keeping=KeepingSettings(polls_days=14, budget_mb=0)) as made:
        tick.tick(made, Event())
        clock.advance(days=1)
        tick.tick(made, Event())
        before = rows(made, "SELECT * FROM coverage WHERE day = '2026-07-09'")
        clock.advance(days=14)
        tick.tick(made, Event())
        assert one(made, "SELECT min(started_at) FROM polls") == "2026-07-10T12:00:00Z"
        assert rows(made, "SELECT * FROM poll_days") == [("ministry", "2026-07-09", "ok", 1)]
        assert rows(made, "SELECT * FROM coverage WHERE day = '2026-07-09'") == before
        assert rows(made, "SELECT count(*), sum(watch = 'blind') FROM coverage WHERE day BETWEEN '2026-07-09' AND '2026-07-23'") == [
            (15, 15)
        ]


def test_pages_of_no_interest_go_after_their_time_and_their_entries_stay(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement(), unrelated())
    with rooms(tmp_path, clock, [site.source()], keeping=NONE) as made:
        tick.tick(made, Event())
        assert rows(made, "SELECT kept, count(*) FROM captures GROUP BY kept") == [(0, 1), (1, 1)]
        made.archive.close()
        clock.advance(days=91)
        tick.tick(made, Event())
        assert [path.name[:5] for path in made.home.captures.iterdir()] == ["kept-"]
        assert rows(made, "SELECT kept FROM captures") == [(1,)]
        assert one(made, "SELECT count(*) FROM entries") == 2
        sound(made)


def test_a_file_that_is_being_written_is_spared(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, keeping=NONE) as made:
        made.archive.keep(page(b"one"), kept=False)
        clock.advance(days=91)
        assert keeping.keep(made)
        assert len(list(made.home.captures.iterdir())) == 1


def test_rows_of_files_that_are_gone_go_too(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, keeping=NONE) as made:
        kept = made.archive.keep(page(b"one"), kept=False)
        with made.store.transaction():
            entries.capture(made.store, kept)
        (made.home.captures / kept.file).unlink()
        assert keeping.keep(made)
        assert rows(made, "SELECT * FROM captures") == []


def fill(made: object, size: int) -> Path:
    """A file of kept captures so large."""
    folder = made.home.captures  # type: ignore[attr-defined]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "kept-20260701T000000Z-test.warc.gz"
    with path.open("wb") as handle:
        handle.truncate(size)
    return Path(path)


def test_a_disk_that_fills_is_told_of_once_a_crossing(tmp_path: Path, clock: Clock) -> None:
    log = Log()
    with rooms(tmp_path, clock, log=log, keeping=KeepingSettings(budget_mb=10)) as made:
        for size, warned, ended in (
            (1_000_000, 0, 0),
            (9_000_000, 1, 0),
            (11_000_000, 1, 0),
            (1_000_000, 1, 1),
            (0, 1, 1),
            (9_000_000, 2, 1),
        ):
            fill(made, size)
            assert keeping.keep(made)
            assert not keeping.keep(made)
            assert (len(log.events("disk")), len(log.events("disk_relieved"))) == (warned, ended)
            assert one(made, "SELECT count(*) FROM alerts WHERE kind = 'disk'") == warned + ended
            clock.advance(days=1)
        told = [detail for (detail,) in rows(made, "SELECT detail FROM alerts ORDER BY id")]
        assert [detail.partition("captures")[0] for detail in told] == ["", "the disk warning is over: ", ""]
        assert all(detail.endswith("of 10 MB") for detail in told)


def test_the_share_that_warns_is_four_fifths(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, keeping=KeepingSettings(budget_mb=10)) as made:
        keeping.keep(made)  # the marks are written, so that the database grows no more
        taken = keeping.used(made)
        for size, told in ((7_999_000 - taken, 0), (8_001_000 - taken, 1), (7_999_000 - taken, 2)):
            fill(made, size)
            clock.advance(days=1)
            keeping.keep(made)
            assert one(made, "SELECT count(*) FROM alerts WHERE kind = 'disk'") == told


def test_a_budget_that_is_taken_away_ends_the_warning(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, keeping=KeepingSettings(budget_mb=10)) as made:
        fill(made, 9_000_000)
        keeping.keep(made)
    clock.advance(days=1)
    with rooms(tmp_path, clock, keeping=NONE) as made:
        keeping.keep(made)
        assert one(made, "SELECT detail FROM alerts ORDER BY id DESC LIMIT 1") == "the disk warning is over: there is no budget"


def test_that_warning_rests_on_no_finding_and_stays(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, keeping=KeepingSettings(budget_mb=10)) as made:
        for size in (9_000_000, 0, 9_000_000):
            fill(made, size)
            keeping.keep(made)
            clock.advance(days=1)
        with made.store.transaction():
            assert alerts.follow(made.store, 72.0) == 0
        assert one(made, "SELECT count(*) FROM alerts WHERE kind = 'disk'") == 3


def test_over_the_budget_the_oldest_pages_of_no_interest_go_first(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, keeping=KeepingSettings(budget_mb=4)) as made:
        for day in ("20260701", "20260702"):
            path = fill(made, 0).parent / f"rest-{day}T000000Z-test.warc.gz"
            with path.open("wb") as handle:
                handle.truncate(2_000_000)
        keeping.keep(made)
        assert sorted(path.name[:13] for path in made.home.captures.iterdir()) == ["kept-20260701", "rest-20260702"]


def test_without_a_budget_nothing_is_told(tmp_path: Path, clock: Clock) -> None:
    with rooms(tmp_path, clock, keeping=NONE) as made:
        fill(made, 10_000_000)
        keeping.keep(made)
        assert rows(made, "SELECT * FROM alerts") == []


def test_a_damaged_database_is_told_once_and_its_mending_once(tmp_path: Path, clock: Clock, site: Site) -> None:
    log = Log()
    with rooms(tmp_path, clock, [site.source()], log=log, keeping=NONE) as made:
        tick.tick(made, Event())
        assert sources.marked(made.store, CHECKED) == made.store.now()
        made.store.write("INSERT INTO wishes (at, sources) VALUES ('', '[]')")
        _require(made, "taken_at TEXT", "taken_at TEXT NOT NULL")
        for _ in range(2):
            clock.advance(days=1)
            tick.tick(made, Event())
        assert sources.marked(made.store, DAMAGE) == "NULL value in wishes.taken_at"
        assert len(log.events("damaged")) == 2
        _require(made, "taken_at TEXT NOT NULL", "taken_at TEXT")
        clock.advance(days=1)
        tick.tick(made, Event())
        assert sources.marked(made.store, DAMAGE) == ""
        told = [row[0] for row in rows(made, "SELECT detail FROM alerts WHERE kind = 'disk' ORDER BY id")]
    assert told == [
        "the database is damaged (NULL value in wishes.taken_at): put back a copy with trilateral restore",
        "the database is whole again",
    ]


def _require(made: Rooms, before: str, after: str) -> None:
    """Have a column mean something else than its rows hold: damage that hurts nobody."""
    connection = made.store.db.conn
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = 'wishes'", (before, after))
    connection.execute("PRAGMA writable_schema = RESET")
