from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scraper.storage.charting import QUERIES

from .looking import Elements, sound, told
from .showroom import HOSTILE, Site, build, hostile

METADATA = json.loads((Path(__file__).parents[2] / "db" / "metadata.json").read_text("utf-8"))["databases"]["trilateral"]["queries"]
MORE = (
    (Path(__file__).parent / "shown.sql").read_text("utf-8")
    + """
INSERT INTO polls (source_id, started_at, finished_at, outcome, http_status, entries, new)
  SELECT s.id, strftime('%Y-%m-%dT01:00:00Z', 'now', '-1 day'), strftime('%Y-%m-%dT01:00:05Z', 'now', '-1 day'), o.value, 200, 0, 0
  FROM sources s, json_each('["ok", "not_modified", "http", "ok"]') o WHERE s.id IN ('us', 'off');
INSERT INTO poll_days (source_id, day, outcome, n) SELECT 'jp', date('now', '-20 days'), 'timeout', 3;
INSERT INTO formulae (formula, variant, statement_id, sentence) VALUES ('own-formula', 'weak', 2, 'x');
INSERT INTO parties (id, since) SELECT value, '2025-01-01T00:00:00Z' FROM json_each('["KR", "US", "JP"]');
"""
)
KEYS = ("statements", "first-named", "mentions", "formula", "lags", "health")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(build(tmp_path_factory.mktemp("charts") / "home", MORE))
    yield made
    made.close()


def section(page: str, key: str) -> str:
    found = re.search(rf'<section class="chart" aria-labelledby="{key}">.*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def bars(page: str, key: str) -> dict[str, list[str]]:
    """The labels of the bars of each strip of a chart."""
    strips = re.findall(r'<span class="strip-name">(.*?)</span>.*?<svg(.*?)</svg>', section(page, key), re.DOTALL)
    return {name: re.findall(r"<title>(.*?)</title>", drawing) for name, drawing in strips}


def test_statements_by_month_and_level(site: Site) -> None:
    drawn = bars(site.get("/charts").text, "statements")
    assert drawn == {"Foreign ministers": ["2026-03: 1", "2026-05: 1"], "Vice ministers": ["2025-11: 1"]}


def test_initiatives_by_year_and_kind(site: Site) -> None:
    assert bars(site.get("/charts").text, "first-named") == {"Body": ["2025: 1", "2026: 1"]}


def test_mentions_of_the_chosen_one_by_side(site: Site) -> None:
    page = site.get("/charts?initiative=a%20100%25%20harbour/pact").text
    assert bars(page, "mentions") == {"Joint": ["2026-03: 1"], "Republic of Korea": [], "United States": [], "Japan": []}
    assert '<option value="a 100% harbour/pact" selected>Trilateral Harbour Partnership (1)</option>' in page
    assert "There are no figures for it yet." in section(site.get("/charts?initiative=nope").text, "mentions")


def test_a_formula_by_side_and_words(site: Site) -> None:
    page = site.get("/charts?formula=own-formula").text
    assert bars(page, "formula") == {"strong · Joint": ["2026: 1"], "weak · Joint": ["2025: 1"]}


def test_how_soon_each_government_publishes(site: Site) -> None:
    drawn = bars(site.get("/charts").text, "lags")
    assert set(drawn) == {"Japan", "Republic of Korea", "United States"}
    assert "first: 2" in drawn["United States"]
    assert "unseen: 1" in drawn["Japan"]
    assert sum(int(label.rpartition(" ")[2]) for label in drawn["Japan"]) == 3


def test_health_by_day_and_government(site: Site) -> None:
    drawn = bars(site.get("/charts").text, "health")
    assert [label.partition(": ")[2] for label in drawn["United States"]] == ["75 %"]
    assert [label.partition(": ")[2] for label in drawn["Press"]] == ["75 %"]
    assert [label.partition(": ")[2] for label in drawn["Japan"]] == ["0 %"]
    assert section(site.get("/charts").text, "health").count(">×<title>") == 1  # polled, and never well


def test_all_months_on_request(tmp_path: Path) -> None:
    old = "INSERT INTO statements (id, event_id, title, kind, date, level, first_seen_at) VALUES (80, 1, 'Old', 'joint_statement', '1994-11-14', 'leaders', '2026-03-01T06:00:00Z');"
    with closing(Site(build(tmp_path / "home", MORE + old))) as site:
        assert "Leaders" not in bars(site.get("/charts").text, "statements")
        assert bars(site.get("/charts?since=all").text, "statements")["Leaders"] == ["1994-11: 1"]


@pytest.mark.parametrize(
    "path",
    [
        "/charts",
        "/charts?since=all&initiative=trilateral-secretariat&formula=own-formula",
        f"/charts?initiative={'x' * 5000}&formula=%00&since=%ff",
    ],
)
def test_it_is_sound(site: Site, path: str) -> None:
    page = sound(site.get(path))
    assert [one["id"] for one in page.of("h2")] == list(KEYS)
    assert all(one.get("aria-label") or one.get("aria-hidden") for one in page.of("svg"))


def test_nothing_is_said_by_colour_alone(site: Site) -> None:
    """Every strip has its name in words, every bar its figure, and no drawing has a colour of its own."""
    page = site.get("/charts").text
    for drawing in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert not re.search(r"\b(fill|stroke|color|style)=", drawing)
        assert drawing.count("<rect") + drawing.count(">×<") == drawing.count("<title>")
    assert all(bars(page, key) for key in KEYS)


def test_the_figures_stand_below_and_the_query_has_the_same(site: Site) -> None:
    page = site.get("/charts?initiative=a%20100%25%20harbour/pact&formula=own-formula").text
    for key in KEYS:
        part = section(page, key)
        links = [one["href"] for one in Elements(part).of("a") if "chart_" in one["href"]]
        rows = site.get(next(link for link in links if ".json" in link)).json()
        table = re.findall(r"<tr>(<td.*?)</tr>", part, re.DOTALL)
        assert rows
        assert len(table) == len(rows)
        csv_rows = list(csv.DictReader(StringIO(site.get(next(link for link in links if ".csv" in link)).text)))
        assert [{name: str(value) for name, value in row.items()} for row in rows] == csv_rows
        assert site.get(links[0]).status_code == 200
        figures = [re.sub("<[^>]*>", "", found) for found in re.findall(r'<td class="number">(.*?)</td>', part)]
        assert figures == [str(value) for row in rows for value in row.values() if isinstance(value, int)]


def test_links_carry_what_was_chosen(site: Site) -> None:
    part = section(site.get("/charts?initiative=a%20100%25%20harbour/pact").text, "mentions")
    (link, *_) = [one["href"] for one in Elements(part).of("a")]
    assert parse_qs(urlsplit(link).query) == {"initiative": ["a 100% harbour/pact"]}


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_the_query_in_datasette_is_the_one_that_is_drawn(name: str) -> None:
    assert METADATA[name]["sql"] == QUERIES[name]
    assert METADATA[name]["title"]
    assert METADATA[name]["description"]


def test_hostile_words_are_shown_as_they_are(tmp_path: Path) -> None:
    folder = build(tmp_path / "home", MORE)
    hostile(folder)
    with closing(sqlite3.connect(folder / "trilateral.db")) as connection, connection:
        connection.execute("UPDATE sources SET party = ?", (HOSTILE,))
        connection.execute("UPDATE formulae SET variant = ?, formula = ?", (HOSTILE, HOSTILE))
        connection.execute("UPDATE statements SET date = 'abcd-ef-gh' WHERE id = 3")
        connection.execute("UPDATE statements SET date = '9999-12-31' WHERE id = 2")
    with closing(Site(folder)) as site:
        answer = site.get("/charts?initiative=%3Cscript%3E&formula=%22%3E%3Cscript%3E")
        assert answer.status_code == 200
        sound(answer)
        assert "&lt;/title&gt;&lt;script&gt;alert(1)" in answer.text


def test_charts_of_the_same_figures_are_not_sent_twice(site: Site) -> None:
    tag = site.get("/charts").headers["etag"]
    again = site.get("/charts", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert site.get("/charts?since=all", headers={"If-None-Match": tag}).status_code == 200


def test_without_any_figure_that_is_said(tmp_path: Path) -> None:
    nothing = "DELETE FROM flags; DELETE FROM observations; DELETE FROM mentions; DELETE FROM formulae; DELETE FROM polls; DELETE FROM initiatives; DELETE FROM articles; DELETE FROM statements;"
    with closing(Site(build(tmp_path / "home", f"PRAGMA foreign_keys = OFF; {nothing}"))) as site:
        assert told(site, "/charts").count("There are no figures for it yet.") == len(KEYS)
