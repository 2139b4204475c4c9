"""The whole catalogue on one loopback press room, by ``[fetch] hosts`` in the home's own sources.toml: two passes, then fallbacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from scraper.config import Config, defaults_folder, load, read_records
from scraper.jobs import checking, home, poll
from scraper.jobs.poll import Passed
from scraper.jobs.rooms import Rooms
from scraper.model.moment import utc
from scraper.model.source import Source
from scraper.stages import discover
from scraper.stages.duty import on_duty
from scraper.storage import sources
from scraper.urls import canonical
from tests.jobs.house import Clock, Sheet, Site, place, rooms, rows
from tests.sources import make

NOW = datetime(2026, 11, 20, 21, tzinfo=UTC)
"""Some hours after most of the saved pages' newest items, so that none is stale by its source's own limit."""

ARTICLE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{0}</title></head><body><article><h1>{0}</h1>'
    "<p>{0}. What is told here stands at {1} alone, and was written for the press room that serves it.</p>"
    "<p>Whoever reads on learns nothing more of it, for the rest of the page is as long as pages are and says little.</p></article></body></html>"
)


class PressRoom(Site):
    """Every host at once: each source's saved page at its own address with an entity tag, and an article for each of its entries;
    the ministry of Korea first redirects to the same address with a cookie."""

    def fill(self, known: Mapping[str, Source]) -> None:
        self.places = {name: where(discover.address(source, utc(NOW))) for name, source in known.items()}
        for name, page in self.places.items():
            body, record = next((make.FOLDER / name).glob("page.*")).read_bytes(), make.record_of(make.FOLDER / name)
            self.pages[page] = Sheet(body, record["content_type"], headers=(("ETag", f'"{sha256(body).hexdigest()[:16]}"'),))
            for entry in record["entries"]:
                self.pages.setdefault(where(entry["url"]), Sheet(ARTICLE.format(entry["title"], entry["url"]).encode()))

    def answer(self, path: str, headers: Mapping[str, str]) -> Sheet:
        host = headers["Host"].partition(":")[0]
        if path.startswith("/www/brd/rss.do") and "gate=open" not in headers.get("Cookie", ""):
            return Sheet(status=307, headers=(("Location", path), ("Set-Cookie", "gate=open; Path=/")))
        return super().answer(unquote(host + path), headers)

    def fail(self, *ids: str) -> None:
        for name in ids:
            self.pages[self.places[name]] = Sheet(status=503)


def where(url: str) -> str:
    """Host and path with its query, as the press room keeps its pages."""
    parts = urlsplit(url)
    return unquote(f"{parts.hostname}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else ""))


@pytest.fixture
def site() -> Iterator[PressRoom]:
    with PressRoom() as opened:
        yield opened


def configured(folder: Path, site: PressRoom) -> Config:
    """The configuration of a home as init makes it, whose own file sends every request to the press room."""
    home.make(folder, defaults_folder())
    own = f'include = "builtin"\n[fetch]\nspacing = 0.0\nhosts = {{"*" = "{site.url}"}}\n'
    (folder / "config" / "sources.toml").write_text(own, "utf-8")
    config = load(place(folder).config, make.KEYS)
    return replace(config, sources=tuple(source for source in config.sources if source.enabled))


@contextmanager
def opened(folder: Path, site: PressRoom) -> Iterator[tuple[Rooms, Clock, dict[str, Source]]]:
    config, clock = configured(folder, site), Clock(NOW)
    known = {source.id: source for source in config.sources}
    site.fill(known)
    with rooms(folder, clock, config.sources, fetch=config.fetch) as made:
        yield made, clock, known


def entries_of(name: str) -> list[str]:
    """The addresses of a saved page's entries."""
    return [canonical(entry["url"]) for entry in make.record_of(make.FOLDER / name)["entries"]]


def stored(made: Rooms) -> dict[str, int]:
    """How often each address stands among the entries."""
    return dict(rows(made, "SELECT canonical_url, count(*) FROM entries GROUP BY 1"))


def again(made: Rooms, clock: Clock) -> Passed:
    """A pass an hour later over all that are on duty, also those that are asked less often."""
    clock.advance(hours=1)
    return poll.run(made, on_duty(made.config.sources, sources.states(made.store)))


def test_two_passes_over_the_catalogue_store_every_item_once(tmp_path: Path, site: PressRoom) -> None:
    with opened(tmp_path, site) as (made, clock, known):
        first = poll.run(made, poll.due(made))
        asked = {source.id for source in known.values() if source.rank == 0}
        assert len(asked) >= 35
        assert {p.source_id: (p.outcome, p.error) for p in first.polls} == dict.fromkeys(asked, ("ok", "")), "those of rank 0, each ok"
        assert {p.source_id: p.entries for p in first.polls} == {name: len(entries_of(name)) for name in asked}
        once = stored(made)
        assert once == dict.fromkeys({address for name in asked for address in entries_of(name)}, 1)
        assert len(once) == sum(p.new for p in first.polls)
        undecided = rows(made, "SELECT url, decision, reason FROM entries WHERE decision IN ('failed', 'gave_up')")
        assert undecided == [], "every article that was wanted was read"

        site.asked.clear()
        second = again(made, clock)
        assert {p.source_id: (p.outcome, p.http_status, p.new) for p in second.polls} == dict.fromkeys(asked, ("not_modified", 304, 0))
        assert stored(made) == once

        for path, sheet in site.pages.items():  # the same pages by a server that knows no entity tags
            site.pages[path] = replace(sheet, headers=())
        third = again(made, clock)
        assert {p.source_id: (p.outcome, p.new) for p in third.polls} == dict.fromkeys(asked, ("ok", 0))
        assert stored(made) == once


def test_fallbacks_are_asked_while_the_primary_fails_and_no_longer(tmp_path: Path, site: PressRoom) -> None:
    with opened(tmp_path, site) as (made, clock, known):
        always = {source.id for source in known.values() if source.rank == 0}
        poll.run(made, poll.due(made))
        site.fail("us-state-rest", "us-wh-html", "kr-mofa-rss-ko", "yna-en")
        assert {p.source_id for p in again(made, clock).polls} == always, "the failure is seen first"
        behind = {"us-state-html", "us-wh-rss", "kr-mofa-html-ko", "yna-en-national"}
        told = {p.source_id: p for p in again(made, clock).polls}
        assert set(told) == always | behind
        assert {name: told[name].outcome for name in behind} == dict.fromkeys(behind, "ok")
        assert told["kr-mofa-html-ko"].new == 0, "the board brings the items of the feed"

        site.fail("us-state-html")
        again(made, clock)
        told = {p.source_id: p for p in again(made, clock).polls}
        assert set(told) == always | behind | {"us-state-rss"}
        assert (told["us-state-rss"].outcome, told["us-state-rss"].new) == ("ok", 0), "the feed brings the items of the REST interface"
        assert set(stored(made).values()) == {1}

        site.fill(known)
        again(made, clock)
        assert {p.source_id for p in again(made, clock).polls} == always, "and stand down when it recovers"


def test_every_source_that_is_on_answers_alone(tmp_path: Path, site: PressRoom) -> None:
    """Those that stand by, too: each without the others of its publisher."""
    config, clock = configured(tmp_path, site), Clock(NOW)
    site.fill({source.id: source for source in config.sources})
    alone = [replace(source, publisher="", rank=0, follow="never") for source in config.sources]
    with rooms(tmp_path, clock, alone, fetch=config.fetch) as made:
        first = poll.run(made, poll.due(made))
        assert {p.source_id: (p.outcome, p.error) for p in first.polls} == {source.id: ("ok", "") for source in alone}
        assert {p.source_id: p.entries for p in first.polls} == {source.id: len(entries_of(source.id)) for source in alone}
        assert rows(made, "SELECT source_id, canonical_url FROM entries GROUP BY 1, 2 HAVING count(*) > 1") == []


def test_what_the_press_room_sends_is_what_the_packaged_records_expect(tmp_path: Path, site: PressRoom) -> None:
    """But for the number of entries: saved pages are shorter than real ones."""
    config, clock = configured(tmp_path, site), Clock(NOW)
    site.fill({source.id: source for source in config.sources})
    records = read_records(defaults_folder() / "config")
    shorter = {name: replace(expected, entries=0) for name, expected in records.items()}
    alone = [replace(source, follow="never") for source in config.sources]
    with rooms(tmp_path, clock, config.sources, fetch=config.fetch) as made:
        told = {row["source"]: row for row in checking.run(made.desk, made.fetcher, alone, clock, shorter)}
        few = {row["source"]: row["drift"] for row in checking.run(made.desk, made.fetcher, alone, clock, records)}
    assert {name: (row["outcome"], row["recorded"], row["drift"]) for name, row in told.items()} == {
        source.id: ("ok", True, []) for source in alone
    }
    assert {part["part"] for drift in few.values() for part in drift} == {"entries"}
    assert {name for name, drift in few.items() if drift} == {name for name in told if records[name].entries > 2 * told[name]["entries"]}
