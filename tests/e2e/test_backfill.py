"""The past read against a server that fails in three of ten requests, stopped three times: everything that can be had is there once."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from scraper.config import Config, defaults_folder, load
from scraper.jobs import home as home_job
from scraper.jobs.corridor import GATHERING
from scraper.jobs.rooms import Home
from scraper.model.history import Act
from scraper.urls import canonical, registrable

from .house import COMMAND, PATIENCE, environment, rows, sound
from .past import ARCHIVE, NAMED, Past, fate

STOP_AFTER = 45
"""Requests of a call before it is stopped."""

CALLS = 6
"""After the three that are stopped, so many calls are enough."""


@pytest.fixture(scope="module")
def packaged() -> Config:
    return load(defaults_folder() / "config", {})


def made(folder: Path, past: Past) -> Home:
    """A home as ``init`` makes it, with every host sent to the loopback server, and alerts for statements however old."""
    home_job.make(folder, defaults_folder())
    place = Home(folder, folder / "config", folder / "db" / "trilateral.db")
    sources = place.config / "sources.toml"
    fetch = f'\n[fetch]\nspacing = 0\ntimeout = 0.5\ndeadline = 1.0\n\n[fetch.hosts]\n"*" = "{past.url}"\n'
    sources.write_text(sources.read_text("utf-8") + fetch, "utf-8")
    (place.config / "alerts.toml").write_text("max_age_hours = 10000000\n", "utf-8")
    return place


def begun(place: Home, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [COMMAND, "--home", place.root, "backfill", *arguments],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stopped(place: Home, past: Past, how: signal.Signals) -> int:
    """Begin a call, stop it after a number of requests, and return its exit code."""
    reached, before = Event(), past.asked.total()
    past.heard = lambda total: reached.set() if total - before >= STOP_AFTER else None
    with begun(place, "--history") as process:
        assert reached.wait(PATIENCE), process.communicate(timeout=PATIENCE)
        process.send_signal(how)
        out, err = process.communicate(timeout=PATIENCE)
    past.heard = lambda _: None
    assert "Traceback" not in err, err
    assert how is signal.SIGKILL or "Stopped." in out, (out, err)
    return process.returncode


def finished(place: Home) -> int:
    with begun(place, "--history") as process:
        out, err = process.communicate(timeout=4 * PATIENCE)
    assert "Traceback" not in err, err
    assert process.returncode in (0, 1), (out, err)
    return process.returncode


def closed(config: Config) -> Callable[[str], bool]:
    """Whether a site's terms do not let its pages be read."""
    sites = {registrable(one.url) for one in config.sources if one.follow == "never" and one.kind not in GATHERING}
    return lambda url: registrable(url) in sites


def addresses(acts: tuple[Act, ...]) -> dict[str, Act]:
    """The first act of each address."""
    found: dict[str, Act] = {}
    for act in acts:
        for url in act.addresses:
            found.setdefault(url, act)
    return found


def test_the_past_is_read_whole_whatever_fails_and_stops(tmp_path: Path, packaged: Config) -> None:
    acts = packaged.history.events
    urls = addresses(acts)
    naming = frozenset(act.id for act in acts if act.exact)
    forbidden = frozenset({"www.stl.news"})
    with Past(acts, naming, forbidden) as past:
        place = made(tmp_path / "home", past)
        assert stopped(place, past, signal.SIGKILL) == -signal.SIGKILL
        assert stopped(place, past, signal.SIGINT) == 128 + signal.SIGINT
        assert stopped(place, past, signal.SIGTERM) == 128 + signal.SIGINT
        codes = []
        while not codes or (codes[-1] == 1 and len(codes) < CALLS):
            codes.append(finished(place))
        assert codes[-1] == 0, codes
        assert past.failed >= 0.3 * past.asked.total(), (past.failed, past.asked.total())

        refused = {url for url in urls if closed(packaged)(url) or "//www.stl.news/" in url}
        had = {url for url in urls if fate(url) in ("there", "archived")} - refused
        assert len(had) > 60
        articles = dict(rows(place, "SELECT url, id FROM articles"))
        assert set(articles) == had
        again = past.served.total() - len(past.served)
        assert again <= 3 + len(had) // 10, "pages are sent again only where a stop took the look in hand, or the machine was too slow"
        assert not any(past.served[url] for url in refused)

    assert rows(place, "SELECT * FROM alerts") == []
    assert sound(place)
    check_events(place, acts, had)
    check_captures(place, {url: addresses(acts)[url].days[0].isoformat() for url in had})
    check_firsts(place, naming)


def check_events(place: Home, acts: tuple[Act, ...], had: set[str]) -> None:
    """Every act is an event: with its texts where there are any, else under its own name."""
    told = {
        row[0]: row[1:]
        for row in rows(
            place,
            "SELECT h.id, e.id, e.name, e.date, e.place, e.level, (SELECT count(*) FROM statements s WHERE s.event_id = e.id) "
            "FROM history_events h JOIN events e ON e.id = h.event_id",
        )
    }
    assert set(told) == {act.id for act in acts}
    assert len({row[0] for row in told.values()}) == len(acts)
    first = {url: act.id for url, act in addresses(acts).items()}
    for act in acts:
        number, name, date, where, level, statements = told[act.id]
        if not statements:
            assert (name, date, where or "", level or "") == (act.name, act.date, act.place, act.level), number
    numbers = {row[0]: name for name, row in told.items()}
    holds = dict(rows(place, "SELECT a.url, s.event_id FROM articles a JOIN statements s ON s.id = a.statement_id"))
    apart = {url for url in had if told[first[url]][0] != holds[url]}
    assert all(holds[url] in numbers for url in apart), "what is not its own act's text was put with another act's, by level and day"
    assert len(apart) <= 5, apart
    bare = {act.id for act in acts if not told[act.id][5]}
    assert 10 < len(bare) < len(acts) / 2
    shown = rows(place, "SELECT DISTINCT event_id FROM timeline")
    assert {row[0] for row in told.values()} <= {number for (number,) in shown}
    assert len(rows(place, "SELECT id FROM events")) <= len(acts) + 3


def check_captures(place: Home, days: dict[str, str]) -> None:
    """An article has its page's own address and date; where a copy was read the capture says so."""
    found = rows(
        place,
        "SELECT a.url, c.url, a.published_at, b.via, b.outcome FROM articles a JOIN captures c ON c.id = a.capture_id "
        "JOIN backfills b ON b.article_id = a.id",
    )
    assert {row[0] for row in found} == set(days)
    for url, capture, published, via, outcome in found:
        assert outcome == "relevant"
        assert (ARCHIVE in capture) == (ARCHIVE in via) == (fate(url) == "archived"), url
        assert canonical(url) in (canonical(capture), canonical(via.partition("id_/")[2])), (capture, via)
        assert published[:10] == days[url], (url, published)


def check_firsts(place: Home, naming: frozenset[str]) -> None:
    """What many of the texts launch is new in the earliest of them, though that was read late."""
    flags = rows(
        place,
        "SELECT s.date FROM flags f JOIN initiatives i ON i.id = f.initiative_id JOIN statements s ON s.id = f.statement_id "
        f"WHERE f.kind = 'new_initiative' AND f.superseded_at IS NULL AND i.name = '{NAMED}'",
    )
    earliest = rows(
        place,
        "SELECT min(s.date) FROM mentions m JOIN articles a ON a.id = m.article_id JOIN statements s ON s.id = a.statement_id "
        f"WHERE m.name = '{NAMED}'",
    )
    assert flags == earliest
    assert flags[0][0] < "2012"
