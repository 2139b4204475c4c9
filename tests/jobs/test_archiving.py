"""Official pages saved to a public archive: beside the beat, politely, and given up in the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from scraper.errors import FetchError
from scraper.fetch import Fetcher
from scraper.jobs import archiving as job
from scraper.jobs import citing, intake, tick
from scraper.jobs.rooms import Rooms
from scraper.model.settings import KeepingSettings
from scraper.model.source import Page
from scraper.storage import archiving, sources

from .house import Clock, Log, Sheet, Site, jsonl, one, rooms, rows, statement

STATE = "https://www.state.gov"
STAMP = "20260709120102"


@contextmanager
def house(folder: Path, clock: Clock, site: Site | None, *, log: Log | None = None, path: str = "/save/") -> Iterator[Rooms]:
    """A home that took in an official page of the web, with the archive of ``site`` switched on."""
    keeping = KeepingSettings(budget_mb=0, public_archive=site.url + path if site else "")
    with rooms(folder, clock, log=log, keeping=keeping) as made:
        read(made, folder, statement())
        yield made


def read(made: Rooms, folder: Path, *items: Any, base: str = STATE) -> None:
    intake.run(made, [jsonl(folder / "pages.jsonl", *items, base=base)])


def page() -> str:
    return STATE + statement().path


def keeps(site: Site, url: str = "", stamp: str = STAMP) -> str:
    """The archive saves a page and leads to its copy; return where that is."""
    copy = f"/web/{stamp}/{url or page()}"
    site.pages[f"/save/{url or page()}"] = Sheet(status=302, headers=(("Location", site.url + copy),))
    site.pages[copy] = Sheet(b"<html>a copy</html>")
    return site.url + copy


def beat(made: Rooms) -> None:
    """Begin what is due, and write what came of it."""
    job.run(made)
    assert made.saves.wait(30)
    job.run(made)


def row(made: Rooms) -> dict[str, Any]:
    (found,) = made.store.rows("SELECT * FROM public_archive")
    return found


def test_an_official_page_is_saved_and_cited(tmp_path: Path, clock: Clock, site: Site) -> None:
    where = keeps(site)
    log = Log()
    with house(tmp_path, clock, site, log=log) as made:
        beat(made)
        found = row(made)
        assert (found["state"], found["archived_url"], found["archived_at"], found["next_at"]) == (
            "saved",
            where,
            "2026-07-09T12:01:02Z",
            None,
        )
        cited = citing.citation(made.config, made.store, "1")
        assert (cited.archived_url, cited.archived_at) == (where, "2026-07-09T12:01:02Z")
        assert log.events("public_archive")[0]["state"] == "saved"
        clock.advance(days=1)
        beat(made)
        assert site.times(f"/save/{page()}") == 1


def test_it_is_off_unless_an_address_is_given(tmp_path: Path, clock: Clock) -> None:
    with house(tmp_path, clock, None) as made:
        job.run(made)
        assert not made.saves.busy
        assert rows(made, "SELECT * FROM public_archive") == []


def test_a_beat_does_not_wait_for_the_archive(tmp_path: Path, clock: Clock, site: Site) -> None:
    answer = Event()
    where = keeps(site)
    site.pages[f"/save/{page()}"] = Sheet(status=302, headers=(("Location", where),), wait=answer)
    with house(tmp_path, clock, site) as made:
        for _ in range(3):
            tick.tick(made, Event())
            clock.advance(minutes=1)
        assert made.saves.busy
        assert sources.marked(made.store, tick.LAST_TICK) == "2026-07-09T12:02:00Z"
        assert row(made)["state"] == "waiting"
        answer.set()
        assert made.saves.wait(30)
        tick.tick(made, Event())
        assert row(made)["state"] == "saved"
        assert site.times(f"/save/{page()}") == 1


def test_one_at_a_time_and_spaced(tmp_path: Path, clock: Clock, site: Site) -> None:
    items = [statement(place) for place in ("Seoul", "Tokyo", "Honolulu")]
    for item in items:
        keeps(site, STATE + item.path)
    with house(tmp_path, clock, site) as made:
        read(made, tmp_path, *items)
        for number in (1, 1, 2, 2, 3):
            beat(made)
            assert one(made, "SELECT count(*) FROM public_archive WHERE state = 'saved'") == number
            clock.advance(seconds=job.PAUSE.total_seconds() / 2)


def test_a_failure_is_tried_again_later_and_later_and_then_given_up(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages[f"/save/{page()}"] = Sheet(b"overloaded", status=520)
    with house(tmp_path, clock, site) as made:
        for attempt, minutes in enumerate(job.AGAIN_MINUTES, 1):
            beat(made)
            found = row(made)
            assert (found["state"], found["attempts"]) == ("waiting", attempt)
            assert "520" in found["reason"]
            clock.advance(minutes=minutes - 1)
            beat(made)
            assert site.times(f"/save/{page()}") == attempt
            clock.advance(minutes=1)
        beat(made)
        found = row(made)
        assert (found["state"], found["next_at"]) == ("given_up", None)
        assert found["reason"].startswith("http: ")
        clock.advance(days=30)
        beat(made)
        assert site.times(f"/save/{page()}") == len(job.AGAIN_MINUTES) + 1


def test_what_the_archive_asks_to_wait_is_waited_for_with_every_page(tmp_path: Path, clock: Clock, site: Site) -> None:
    second = statement("Tokyo")
    site.pages[f"/save/{page()}"] = Sheet(status=429, headers=(("Retry-After", "7200"),))
    keeps(site, STATE + second.path)
    with house(tmp_path, clock, site) as made:
        beat(made)
        read(made, tmp_path, second)
        clock.advance(hours=1, minutes=59)
        beat(made)
        assert site.times(f"/save/{STATE}{second.path}") == 0
        assert one(made, "SELECT next_at FROM public_archive WHERE attempts = 1") == "2026-07-09T14:00:00Z"
        assert sources.marked(made.store, archiving.AFTER) == "2026-07-09T14:00:00Z"


def test_an_answer_that_names_no_copy_is_a_failure(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages[f"/save/{page()}"] = Sheet(b"<html>Saving the page ...</html>")
    with house(tmp_path, clock, site) as made:
        beat(made)
        assert "without saying where its copy is" in row(made)["reason"]


def test_a_copy_that_is_too_large_to_be_read_is_a_copy(tmp_path: Path, clock: Clock, site: Site) -> None:
    where = keeps(site)
    site.pages[where.removeprefix(site.url)] = Sheet(b"x" * 500_000)
    with house(tmp_path, clock, site) as made:
        beat(made)
        assert (row(made)["state"], row(made)["archived_url"]) == ("saved", where)


def test_a_copy_that_robots_may_not_read_is_a_copy(tmp_path: Path, clock: Clock, site: Site) -> None:
    where = keeps(site)
    site.pages["/robots.txt"] = Sheet(b"User-agent: *\nDisallow: /web/\n", "text/plain")
    with house(tmp_path, clock, site) as made:
        with Fetcher(replace(made.config.fetch, robots=True), clock) as strict:
            beat(replace(made, fetcher=strict))
        assert (row(made)["state"], row(made)["archived_url"]) == ("saved", where)
        assert site.times(where.removeprefix(site.url)) == 0


def test_a_copy_that_is_not_there_is_none(tmp_path: Path, clock: Clock, site: Site) -> None:
    where = keeps(site)
    site.pages[where.removeprefix(site.url)] = Sheet(status=404)
    with house(tmp_path, clock, site) as made:
        beat(made)
        assert (row(made)["state"], row(made)["archived_url"]) == ("waiting", None)


def test_robots_are_heeded_and_it_is_given_up_at_once(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.pages["/robots.txt"] = Sheet(b"User-agent: *\nDisallow: /save/\n", "text/plain")
    keeps(site)
    with house(tmp_path, clock, site) as made:
        with Fetcher(replace(made.config.fetch, robots=True), clock) as strict:
            beat(replace(made, fetcher=strict))
        assert row(made)["state"] == "given_up"
        assert row(made)["reason"].startswith("robots: ")
        assert site.times(f"/save/{page()}") == 0


def test_what_was_begun_when_the_program_ended_is_begun_again(tmp_path: Path, clock: Clock, site: Site) -> None:
    keeps(site)
    with house(tmp_path, clock, site) as made:
        job.run(made)
        assert made.saves.wait(30)
    clock.advance(minutes=10)
    with house(tmp_path, clock, site) as made:
        beat(made)
        assert (row(made)["state"], row(made)["attempts"]) == ("saved", 2)


@pytest.mark.parametrize(
    "base",
    ["https://www.state.gov/x?access=1&token=secret1234#", "https://user:pass@www.state.gov", "http://10.0.0.7"],
    ids=["a secret", "a name", "our own network"],
)
def test_what_the_public_may_not_know_of_is_never_told(tmp_path: Path, clock: Clock, site: Site, base: str) -> None:
    with house(tmp_path, clock, site) as made:
        with made.store.transaction():
            made.store.write("UPDATE articles SET url = ?", (base + statement().path,))
        beat(made)
        assert site.asked == []
        assert [state for (state,) in rows(made, "SELECT state FROM public_archive")] in ([], ["given_up"])


def test_pages_of_a_source_on_our_own_network_and_of_the_press_are_not_saved(tmp_path: Path, clock: Clock, site: Site) -> None:
    site.publish(statement())
    archive = KeepingSettings(budget_mb=0, public_archive=site.url + "/save/")
    with rooms(tmp_path, clock, [site.source()], keeping=archive) as made:
        tick.tick(made, Event())
        read(made, tmp_path, statement("Tokyo"), base="https://harbourpost.example")
        beat(made)
        assert one(made, "SELECT count(*) FROM articles") == 2
        assert rows(made, "SELECT * FROM public_archive") == []


def test_the_past_is_not_saved_when_it_is_switched_on(tmp_path: Path, clock: Clock, site: Site) -> None:
    with house(tmp_path, clock, None):
        pass
    clock.advance(days=job.DAYS + 1)
    with rooms(tmp_path, clock, keeping=KeepingSettings(budget_mb=0, public_archive=site.url + "/save/")) as made:
        beat(made)
        assert rows(made, "SELECT * FROM public_archive") == []
        assert not archiving.news(made.store)


# --- what the archive says


def answer(url: str = "https://archive.example/save/x", hops: tuple[str, ...] = (), **headers: str) -> Page:
    return Page(url, url, 200, {name.replace("_", "-"): value for name, value in headers.items()}, b"", "2026-07-09T12:00:00Z", hops=hops)


BASE, URL = "https://archive.example/save/", "https://www.state.gov/x?y=1"
COPY = f"https://archive.example/web/{STAMP}/{URL}"


@pytest.mark.parametrize(
    "said",
    [
        answer(COPY),
        answer(hops=(COPY,)),
        answer(content_location=f"/web/{STAMP}/{URL}"),
        answer(link=f'<{URL}>; rel="original", <{COPY}>; rel="memento"; datetime="Thu, 09 Jul 2026 12:01:02 GMT"'),
        answer(link=f'<{COPY}>; rel="first last memento"'),
    ],
    ids=["final address", "redirect", "content-location", "memento", "first last memento"],
)
def test_where_the_copy_is(said: Page) -> None:
    assert job.archived(said, BASE, URL) == (COPY, "2026-07-09T12:01:02Z")


@pytest.mark.parametrize(
    "said",
    [
        answer(),
        answer(f"https://evil.example/web/{STAMP}/{URL}"),
        answer(f"https://archive.example/web/{STAMP}/https://evil.example/"),
        answer(f"https://archive.example/web/2026/{URL}"),
        answer(f"https://archive.example/web/99999999999999/{URL}"),
        answer(content_location="javascript:alert(1)"),
        answer(link="<" * 50_000),
        answer(link="<a>" + " " * 50_000),
    ],
    ids=["nothing", "another host", "another page", "no time", "a time that never was", "a script", "brackets", "spaces"],
)
def test_what_is_no_copy(said: Page) -> None:
    with pytest.raises(FetchError, match="without saying"):
        job.archived(said, BASE, URL)


def test_nothing_is_begun_at_the_end(tmp_path: Path, clock: Clock, site: Site) -> None:
    with house(tmp_path, clock, site) as made:
        made.ending.set()
        job.run(made)
        assert not made.saves.busy
        assert archiving.states(made.store) == {}


def test_states_are_counted(tmp_path: Path, clock: Clock, site: Site) -> None:
    keeps(site)
    with house(tmp_path, clock, site) as made:
        beat(made)
        assert archiving.states(made.store) == {"saved": 1}
