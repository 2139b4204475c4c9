from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scraper.app import now
from scraper.model.moment import utc
from scraper.pages.coverage import SIGNS, WORDS, length, spells
from scraper.storage import covering
from scraper.storage.store import Store

from .looking import sound, told
from .showroom import NOW, Site, build

WATCHED = "1440, 0, 0, NULL, NULL"
DAYS = {
    "2026-03-01": {"kr": "1440, 600, 600, '2026-03-01T02:00:00Z', '2026-03-01T12:00:00Z'"},
    "2026-03-02": {},
    "2026-03-03": {"kr": "1440, 240, 240, '2026-03-03T20:00:00Z', '2026-03-04T00:00:00Z'"},
    "2026-03-04": {"kr": "1440, 300, 540, '2026-03-03T20:00:00Z', '2026-03-04T05:00:00Z'", "jp": "1440, 1440, 1440, '2026-03-04T00:00:00Z', '2026-03-05T00:00:00Z'"},
    "2026-03-05": {},
}  # fmt: skip
MORE = "".join(
    f"INSERT INTO coverage_days (day, source_id, party, polls, good, minutes, blind_minutes, longest_blind_minutes, blind_from, blind_to) "
    f"VALUES ('{day}', '{source}', '{source.upper()}', 48, 48, {blind.get(source, WATCHED)});"
    for day, blind in DAYS.items()
    for source in ("us", "kr", "jp")
) + "UPDATE statements SET first_seen_at = '2026-03-05T10:00:00Z' WHERE id = 2;"  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(build(tmp_path_factory.mktemp("coverage") / "home", MORE))
    yield made
    made.close()


@pytest.mark.parametrize(("day", "answer"), [
    ("2026-03-01", "No: 1 statement was first seen; there may be more, for Republic of Korea was blind, 10 h on end."),
    ("2026-03-02", "Yes, it was quiet: nothing new was seen, and all of 3 governments were watched."),
    ("2026-03-03", "Not known: nothing new was seen, but Republic of Korea was blind, 4 h on end."),
    ("2026-03-04", "Not known: nothing new was seen, but Japan was blind, 24 h on end and Republic of Korea was blind, 9 h on end."),
    ("2026-03-05", "No: 1 statement was first seen, and all of 3 governments were watched."),
    ("2025-01-01", "Not known: no watch ran, it began on 2026-03-01."),
    ("2199-12-31", "Not known: the day is still to come."),
])  # fmt: skip
def test_whether_a_day_was_quiet_is_told_in_a_sentence(site: Site, day: str, answer: str) -> None:
    assert answer in told(site, f"/coverage/{day}")


def test_a_day_says_who_was_watched_and_who_was_blind(site: Site) -> None:
    shown = told(site, "/coverage/2026-03-01")
    assert "Sunday, 1 March 2026" in shown
    assert "Republic of Korea ✕ blind 1 March 2026, 02:00 UTC to 1 March 2026, 12:00 UTC, 10 h ( kr) 10 h 1 of 1 answered 48" in shown
    assert "United States watched none none 1 of 1 answered 48" in shown
    assert "First seen that day Joint Statement on the Busan meeting" in shown


def test_a_day_leads_to_its_neighbours(site: Site) -> None:
    page = site.get("/coverage/2026-03-01").text
    assert '<a href="/coverage/2026-02-28" rel="prev">' in page
    assert '<a href="/coverage/2026-03-02" rel="next">' in page
    today = utc(now())[:10]
    for last in (f"/coverage/{today}", f"/coverage?month={today[:7]}", "/coverage/2199-12-31"):
        assert 'rel="next"' not in site.get(last).text, last
    assert 'rel="prev"' not in site.get("/coverage/1900-01-01").text


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-30",
        "2026-13-01",
        "2026-3-1",
        "20260301",
        "2026-W10-1",
        "0001-01-01",
        "9999-12-31",
        "today",
        "%00",
        "２０２６-03-01",
        "2026-03-01T00",
        "2026-03-01%0a",
    ],
)
def test_what_is_no_day_is_not_found(site: Site, day: str) -> None:
    assert "There is no such day; a day is written as 2026-03-01." in told(site, f"/coverage/{day}", 404)


def cell(page: str, day: str) -> str:
    found = re.search(rf'<td><a href="/coverage/{day}"([^>]*)>(.*?)</a></td>', page)
    assert found
    return f"{found[1]} {re.sub('<[^>]*>', ' ', found[2])}"


def test_a_month_tells_each_day_by_shapes_and_letters(site: Site) -> None:
    page = site.get("/coverage?month=2026-03").text
    assert "<h1>Coverage in March 2026</h1>" in page
    assert cell(page, "2026-03-02").split() == [
        'aria-label="2026-03-02:',
        "Quiet:",
        "nothing",
        "new,",
        "and",
        "every",
        "government",
        "was",
        'watched"',
        "2",
        "✓",
    ]
    assert cell(page, "2026-03-01").endswith(" 1   ✕   1   KR ")
    assert "blind: Republic of Korea; 1 statement" in cell(page, "2026-03-01")
    assert cell(page, "2026-03-04").endswith(" 4   ✕   JP   KR ")
    assert cell(page, "2026-03-05").endswith(" 5   ●   1 ")
    assert cell(site.get("/coverage?month=2025-01").text, "2025-01-31").endswith(" 31   – ")
    assert len(re.findall(r'<td><a href="/coverage/2024-02-', site.get("/coverage?month=2024-02").text)) == 29


def test_spells_that_run_over_midnight_are_one(site: Site) -> None:
    shown = told(site, "/coverage?month=2026-03")
    assert "Republic of Korea 3 March 2026, 20:00 UTC 4 March 2026, 05:00 UTC 9 h kr" in shown
    assert "Japan 4 March 2026, 00:00 UTC" in shown


def test_spells_are_told_apart_by_party_and_by_gaps() -> None:
    def row(party: str, begins: str | None, ends: str | None, watch: str = "blind") -> dict[str, object]:
        return {
            "party": party,
            "watch": watch,
            "blind_from": begins,
            "blind_to": ends,
            "blind_source": None if party == "C" else party.lower(),
        }

    made = spells([
        row("A", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"), row("B", "2026-01-01T03:00:00Z", "2026-01-02T00:00:00Z"),
        row("A", "2026-01-01T12:00:00Z", "2026-01-03T00:00:00Z"), row("B", "2026-01-02T01:00:00Z", "2026-01-02T02:00:00Z"),
        row("C", "2026-01-02T05:00:00Z", "2026-01-02T06:00:00Z"), row("C", "2026-01-02T06:00:00Z", "2026-01-02T07:00:00Z"), row("A", "2026-01-03T05:00:00Z", "2026-01-03T05:30:00Z", "watched"), row("A", None, None),
    ])  # fmt: skip
    assert [(one.party, one.minutes, one.sources) for one in made] == [
        ("A", 2880, {"a"}),
        ("B", 1260, {"b"}),
        ("B", 60, {"b"}),
        ("C", 120, set()),
    ]


def test_any_day_can_be_asked_for(site: Site) -> None:
    answer = site.get("/coverage?day=2026-03-04")
    assert (answer.status_code, answer.headers["location"]) == (302, "/coverage/2026-03-04")


@pytest.mark.parametrize(
    "query",
    ["month=2026-13", "month=2026-00", "month=0000-01", "month=9999-12", "month=x", "month=2026-03-01", "day=2026-02-30", "day=%00"],
)
def test_what_is_no_month_or_day_is_refused(site: Site, query: str) -> None:
    assert "There is no such" in told(site, f"/coverage?{query}", 400)


@pytest.mark.parametrize(
    "path",
    [
        "/coverage",
        "/coverage?month=2026-03",
        "/coverage?month=1900-01",
        "/coverage?month=2199-12",
        "/coverage/2026-03-04",
        "/coverage/2025-01-01",
    ],
)
def test_it_is_sound(site: Site, path: str) -> None:
    sound(site.get(path))


def test_before_the_watch_began_that_is_said(tmp_path: Path) -> None:
    with closing(Site(build(tmp_path / "home", "DELETE FROM polls;"))) as site:
        assert "The watch has not begun yet." in told(site, "/coverage")
        assert "Not known: no watch ran." in told(site, "/coverage/2026-03-01")


def test_a_configuration_with_faults_takes_away_no_page(tmp_path: Path) -> None:
    folder = build(tmp_path / "home", MORE)
    (folder.parent / "config" / "sources.toml").write_text("[[", "utf-8")
    with closing(Site(folder)) as site:
        assert "KR ✕ blind" in told(site, "/coverage/2026-03-01")
        assert "KR was blind" in told(site, "/coverage?month=2026-03")


def test_the_verdict_is_that_of_the_view(tmp_path: Path) -> None:
    folder = build(tmp_path / "home", MORE)
    with Store(folder / "trilateral.db", lambda: NOW) as store:
        said = {row["day"]: (row["verdict"], row["statements"]) for row in store.rows("SELECT * FROM watch_days")}
        rows, news = covering.parties(store, min(said), max(said)), covering.news(store, min(said), max(said))
        for day, (verdict, statements) in said.items():
            assert (covering.verdict([row for row in rows if row["day"] == day], news.get(day, 0)), news.get(day, 0)) == (
                verdict,
                statements,
            )
        assert {verdict for verdict, _ in said.values()} >= {"confirmed quiet", "watch incomplete", "watch complete"}
        assert covering.news(store, "2026-03-05", "2026-03-05") == {"2026-03-05": 1}
        assert covering.verdict([], 3) == ""
        assert covering.verdict([{"watch": "watched", "settled": 0}], 0) == "quiet so far"


def test_every_verdict_has_a_sign_of_its_own() -> None:
    assert set(SIGNS) == set(WORDS)
    assert len(set(SIGNS.values())) == len(SIGNS)


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (59, "59 min"), (60, "1 h"), (310, "5 h 10 min"), (2880, "2 days"), (4561, "3 days 4 h")]
)
def test_lengths(minutes: int, said: str) -> None:
    assert length(minutes) == said
