"""sources check --all, sources list --dead, and what is said of keys and dead addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scraper import app
from tests.jobs.house import Item, Site

from .conftest import Caller


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as opened:
        yield opened


def stories(count: int) -> list[Item]:
    return [Item(f"/story-{n}", f"A story about harbour number {n}", "Text.", app.now() - timedelta(hours=n + 1)) for n in range(count)]


@pytest.fixture
def polled(tmp_path: Path, site: Site) -> Caller:
    """A home that watches two sources of the catalogue, on loopback."""
    caller = Caller(tmp_path / "home")
    assert Caller()("init", caller.home).exit_code == 0
    common = f'kind = "feed"\nallow_private = true\nspacing = 0\nfollow = "never"\nname = "N"\nurl = "{site.url}'
    tables = (
        f'[[source]]\nid = "kyodo-en"\n{common}/kyodo"\n[[source]]\nid = "voa-ko"\n{common}/voa"\n[[source]]\nid = "mine"\n{common}/mine"\n'
    )
    assert caller.home is not None
    (caller.home / "config" / "sources.toml").write_text(f"[fetch]\nspacing = 0.0\n{tables}", "utf-8")
    for path in ("/voa", "/mine"):
        site.publish(*stories(3), path=path)
    site.publish(*stories(25), path="/kyodo")
    return caller


def test_sources_that_send_what_is_expected(polled: Caller) -> None:
    told = polled("sources", "check", "--all")
    assert told.exit_code == 0, told.stdout
    assert told.stdout.splitlines() == [
        "kyodo-en: as expected, 25 entries",
        "voa-ko: as expected, 3 entries",
        "mine: has no record, 3 entries",
        "3 of 3 sources send what is expected.",
    ]


def test_what_differs_and_what_fails_is_told_apart(polled: Caller, site: Site) -> None:
    site.publish(*stories(2), path="/kyodo")
    site.pages["/voa"] = replace(site.pages["/voa"], status=404)
    told = polled("sources", "check", "--all")
    assert told.exit_code == 1
    lines = told.stdout.splitlines()
    assert lines[0] == "kyodo-en: differs, 2 entries"
    assert lines[1].split() == ["differs", "there", "are", "2", "entries,", "25", "are", "usual"]
    assert lines[2].startswith("voa-ko: http: ")
    assert lines[-1] == "1 of 3 sources send what is expected; 1 differ: kyodo-en; 1 could not be compared: voa-ko."
    rows = {row["source"]: row for row in polled.json("sources", "check", "--all", exit_code=1)}
    assert rows["kyodo-en"]["drift"] == [{"part": "entries", "selector": "", "sentence": "there are 2 entries, 25 are usual"}]
    assert (rows["mine"]["recorded"], rows["mine"]["drift"]) == (False, [])
    assert "there are 2 entries, 25 are usual" in polled("sources", "check", "kyodo-en").stdout
    assert polled("sources", "check", "mine").exit_code == 0


def test_all_takes_no_names_and_nothing_answering_is_4(polled: Caller, site: Site) -> None:
    assert polled("sources", "check", "--all", "mine").exit_code == 2
    site.pages.clear()
    assert polled("sources", "check", "--all").exit_code == 4


def test_dead_addresses_are_listed(fresh: Caller) -> None:
    rows = {row["id"]: row for row in fresh.json("sources", "list", "--dead")}
    assert rows["korea-kr-rss"]["since"] == "2026-07-01"
    assert len(rows) >= 15
    told = fresh("sources", "list", "--dead").stdout
    assert "https://www.reuters.com/*" in told
    assert "the feeds of the ministries were closed" in told


def test_a_dead_address_is_not_added(fresh: Caller) -> None:
    told = fresh("sources", "add", "https://www.korea.kr/rss/dept_mofa.xml", "--write")
    assert told.exit_code == 4
    assert "known to be dead since 2026-07-01" in told.stderr
    assert "instead: kr-mofa-rss-ko, kr-data-korea" in told.stderr
    outlines = b'<opml version="2.0"><body><outline type="rss" text="K" xmlUrl="https://www.korea.kr/rss/dept_mnd.xml"/></body></opml>'
    told = fresh("sources", "import-opml", "-", "--write", stdin=outlines)
    assert (told.exit_code, told.stdout) == (0, "")
    assert "known to be dead" in told.stderr


def test_a_dead_address_that_is_polled_is_warned_of(fresh: Caller) -> None:
    assert fresh.home is not None
    with (fresh.home / "config" / "sources.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[source]]\nid = "old-nhk"\nname = "Old"\nkind = "feed"\nurl = "https://www3.nhk.or.jp/rss/news/cat0.xml"\n')
    found = [row for row in fresh.json("doctor", "--offline") if row["name"] == "config"]
    assert [row["grade"] for row in found] == ["warn"]
    assert "source.old-nhk.url: this address is known to be frozen since 2026-08-08" in found[0]["sentence"]


def test_a_key_that_is_missing_is_explained_and_stops_nothing(fresh: Caller) -> None:
    assert fresh("check-config").exit_code == 0
    found = {row["sentence"].split()[0]: row for row in fresh.json("doctor", "--offline") if row["name"] == "key"}
    assert set(found) == {"kr-data-korea", "us-congress"}
    assert {row["grade"] for row in found.values()} == {"ok"}
    told = found["kr-data-korea"]["sentence"]
    assert "off for want of DATA_GO_KR_KEY" in told
    assert "https://www.data.go.kr/" in told
    assert "put it into the environment as DATA_GO_KR_KEY" in told
    rows = {row["id"]: row for row in fresh.json("sources", "list", "--all")}
    assert (rows["kr-data-korea"]["enabled"], rows["kr-data-korea"]["lacks"]) == (False, "DATA_GO_KR_KEY")
    assert "off, wants DATA_GO_KR_KEY" in fresh("sources", "list", "--all").stdout
    assert "wants" not in fresh("sources", "list").stdout
    for name in ("kr-data-korea", "kr-data-mofa"):
        for command in (("sources", "check", name), ("poll", name)):
            asked = fresh(*command)
            assert asked.exit_code == 2
            assert f"the key in the address of {name} is not set" in asked.stderr
