from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper import app
from scraper.pages.source import without_secrets
from scraper.storage import sourcing
from scraper.storage.store import Store

from .looking import sound, told
from .showroom import HOSTILE, Site, build, hostile

MORE = """
INSERT INTO sources (id, name, publisher, country, party, language, kind, url, official, enabled, interval, rank, follow, store) VALUES
  ('key/50% off', 'Keyed', 'Agency', 'US', '', 'en', 'json', 'https://me:pw@api.example/v1?q=x&api_key=HIDDEN1&token=HIDDEN2', 0, 1, 7.5, 1, 'never', 'link');
INSERT INTO source_states (source_id) VALUES ('key/50% off');
INSERT INTO polls (source_id, started_at, finished_at, outcome, http_status, entries, new) SELECT 'us', strftime('%Y-%m-%dT01:00:00Z', 'now', '-2 days'),
  strftime('%Y-%m-%dT01:00:05Z', 'now', '-2 days'), 'not_modified', 304, 0, 0;
INSERT INTO polls (source_id, started_at, finished_at, outcome, http_status, entries, new, error) SELECT 'us', strftime('%Y-%m-%dT02:00:00Z', 'now', '-2 days'),
  strftime('%Y-%m-%dT02:00:05Z', 'now', '-2 days'), 'http', 503, 0, 0, 'the server answered 503';
INSERT INTO poll_days (source_id, day, outcome, n) SELECT 'us', date('now', '-20 days'), 'ok', 40;
INSERT INTO entries (source_id, url, canonical_url, guid, title, folded_title, first_seen_at, decision, reason) VALUES
  ('us', 'u1', 'u1', '', '', '', '2026-03-01T06:00:00Z', 'relevant', 'all three are named'), ('us', 'u2', 'u2', '', '', '', '2026-03-01T06:00:00Z', 'irrelevant', 'two are named'),
  ('us', 'u3', 'u3', '', '', '', '2026-03-01T07:00:00Z', 'irrelevant', 'two are named');
INSERT INTO entry_days (source_id, day, decision, n) VALUES ('us', '2026-02-01', 'irrelevant', 1000);
"""
KEYED = "/source/key%2F50%25%20off"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(build(tmp_path_factory.mktemp("source") / "home", MORE))
    yield made
    made.close()


def test_a_source_says_what_it_is_and_how_it_answers(site: Site) -> None:
    shown = told(site, "/source/us")
    for part in (
        "State releases",
        "State · United States · official · English",
        "It answers: ok at the last poll.",
        "Form Feed",
        "Polled every 30 min",
        "is kept whole",
    ):
        assert part in shown
    shown = told(site, "/source/kr")
    assert "It fails since 1 January 2026, 01:00 UTC: timeout, 4 times in a row. no answer within 20 s" in shown
    assert "It is not polled." in told(site, "/source/off")
    assert "It was never polled yet." in told(site, KEYED)


def test_polls_are_told_day_by_day_with_those_that_are_sums_by_now(site: Site) -> None:
    page = site.get("/source/us").text
    shown = told(site, "/source/us")
    now = app.now()
    assert f"{(now - timedelta(days=2)).date()} 2 1 0 1 http, 1 not_modified" in shown
    assert f"{(now - timedelta(days=20)).date()} 40 40 – 40 ok" in shown
    assert f"<title>{(now - timedelta(days=20)).date()}: 40</title>" in page
    assert f'href="/coverage/{(now - timedelta(days=2)).date()}"' in page
    assert shown.count("0 0 – –") == 28


def test_entries_are_told_with_reasons_and_those_let_go(site: Site) -> None:
    shown = told(site, "/source/us")
    assert "Irrelevant 1,002 Relevant 1" in shown
    assert "two are named irrelevant, 2 times, last 1 March 2026, 07:00 UTC" in shown
    assert "It brought no entry yet." in told(site, "/source/kr")


def test_how_soon_it_is_read(site: Site) -> None:
    assert "Half of its last 1 page that say a time of day were seen within 60 min of it" in told(site, "/source/us")
    assert "None of its pages says a time of day" in told(site, "/source/kr")


def test_its_articles_lead_to_their_pages(site: Site) -> None:
    page = site.get("/source/jp").text
    assert '<a href="/article/3" lang="ja">日米韓外相会合共同声明</a>' in page
    assert "2 articles of it were found relevant." in told(site, "/source/jp")


def test_no_secret_is_shown(site: Site) -> None:
    page = site.get(KEYED).text
    assert "HIDDEN" not in page
    assert "me:pw" not in page
    assert "<code>https://api.example/v1?q=x&amp;api_key=…&amp;token=…</code>" in page


@pytest.mark.parametrize(("url", "shown"), [
    ("https://a.example/feed?page=2&q=tokens", "https://a.example/feed?page=2&q=tokens"),
    ("https://a.example/?apiKey=${KEY}&x=1", "https://a.example/?apiKey=…&x=1"),
    ("https://user@a.example/", "https://a.example/"),
    ("https://a.example/?X-Auth-Token=1#y", "https://a.example/?X-Auth-Token=…#y"),
    ("no answer from https://a.example/?key=1 within 20 s", "no answer from https://a.example/?key=… within 20 s"),
    ("https://a.example/@name/feed", "https://a.example/@name/feed"),
])  # fmt: skip
def test_what_is_called_like_a_key_is_left_out(url: str, shown: str) -> None:
    assert without_secrets(url) == shown


@pytest.mark.parametrize("key", ["nope", "%00", "%ff", "..%2Fus", "us%25", "us%20", "US", "x" * 3000, "'%20OR%201=1"])
def test_an_unknown_source_is_not_found(site: Site, key: str) -> None:
    assert "There is no such source" in told(site, f"/source/{key}", 404)


@pytest.mark.parametrize("path", ["/source/us", "/source/kr", "/source/off", KEYED])
def test_it_is_sound(site: Site, path: str) -> None:
    sound(site.get(path))


def test_hostile_words_are_shown_as_they_are(tmp_path: Path) -> None:
    folder = build(tmp_path / "home", MORE)
    hostile(folder)
    with closing(sqlite3.connect(folder / "trilateral.db")) as connection, connection:
        connection.execute("UPDATE sources SET url = ?, kind = ?, language = ?, store = ?", ("javascript:alert(1)", *(HOSTILE,) * 3))
        connection.execute("UPDATE polls SET error = ?, outcome = ?", (HOSTILE, HOSTILE))
        connection.execute("UPDATE entries SET decision = ?, reason = ?", (HOSTILE, HOSTILE))
        connection.execute("UPDATE source_states SET last_outcome = ?, failing_since = ?, newest_entry = ?, failures = 1", (HOSTILE,) * 3)
    with closing(Site(folder)) as site:
        answer = site.get("/source/us")
        assert answer.status_code == 200
        sound(answer)
        assert "&lt;/title&gt;&lt;script&gt;alert(1)" in answer.text
        assert 'href="javascript' not in answer.text


def test_a_configuration_with_faults_takes_away_no_page(tmp_path: Path) -> None:
    folder = build(tmp_path / "home")
    (folder.parent / "config" / "sources.toml").write_text("[[", "utf-8")
    with closing(Site(folder)) as site:
        assert "State releases" in told(site, "/source/us")


def test_days_are_those_of_the_clock(tmp_path: Path) -> None:
    folder = build(tmp_path / "home")
    with Store(folder / "trilateral.db", lambda: datetime(2026, 3, 2, 23, 59, tzinfo=UTC)) as store:
        days = sourcing.days(store, "us")
        assert (len(days), days[0]["day"], days[-1]["day"]) == (sourcing.DAYS, "2026-02-01", "2026-03-02")
        assert [(row["day"], row["polls"], row["good"], row["new"]) for row in days if row["polls"]] == [("2026-03-01", 1, 1, 2)]
