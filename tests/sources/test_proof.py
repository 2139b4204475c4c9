"""The catalogue's proof: every source that is on has its page and record, what is packaged and printed is fresh, and nothing is forgotten."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scraper.config import defaults_folder, load, read_records
from scraper.config.aside import RECORDS
from scraper.model.catalogue import buried
from scraper.model.source import Selectors, Source
from scraper.stages.discover import discover
from tests.sources import make, shapes
from tests.sources.table import TABLE, written

ROOT = Path(__file__).resolve().parents[2]
FACTS = Path(os.environ.get("TRILATERAL_SHARED", ROOT.parent / "shared")) / "facts" / "sources.toml"
CONFIG = load(defaults_folder() / "config", {"TRILATERAL_SMTP_PASSWORD": "-"})
WHOLE = make.catalogue()
ON = [source for source in WHOLE.values() if source.enabled]


@pytest.mark.parametrize("source", ON, ids=lambda source: source.id)
def test_every_source_that_is_on_has_its_page_and_record(source: Source) -> None:
    folder = make.FOLDER / source.id
    record = make.record_of(folder)
    found = discover(make.page_of(folder, source, record), source)
    assert len(found.entries) == len(record["entries"]) >= 1
    expected = read_records(defaults_folder() / "config")[source.id]
    assert "title" in expected.fields
    assert "html" in expected.fields or not source.full_text
    assert any(entry.published for entry in found.entries)


def test_every_page_belongs_to_a_source() -> None:
    assert {folder.name for folder in make.saved()} <= set(WHOLE)
    assert {path.name for path in make.FOLDER.iterdir() if path.is_dir() and path.name[0] not in "._"} == {f.name for f in make.saved()}


def test_packaged_records_are_fresh() -> None:
    assert (defaults_folder() / "config" / RECORDS).read_text("utf-8") == make.packed(make.records()), (
        "write them again: python -m tests.sources.make --records"
    )


def test_table_in_the_docs_is_fresh() -> None:
    assert TABLE.read_text("utf-8") == written(CONFIG), "write it again: python -m tests.sources.make --table"


def test_what_is_on() -> None:
    on = [source for source in CONFIG.sources if source.enabled]
    assert 35 <= sum(source.rank == 0 for source in on) <= 40, "some 35 are always asked"
    assert {source.publisher for source in on if not source.official} >= {"Yonhap", "Kyodo News", "NHK", "Voice of America", "GDELT"}
    official = {(source.party, source.language) for source in on if source.official}
    assert official >= {("US", "en"), ("KR", "en"), ("KR", "ko"), ("JP", "en"), ("JP", "ja")}
    assert CONFIG.warnings == ()


def test_commentary_and_reprints_are_sightings_only() -> None:
    for name in ("diplomat", "38north", "beyondparallel", "miragenews", "csis"):
        source = WHOLE[name]
        assert (source.official, source.party, source.store) == (False, "", "link")
        assert source.interval >= 60


def test_a_source_without_its_key_is_off_and_on_with_it() -> None:
    off = {source.id: source for source in CONFIG.sources if source.lacks}
    assert {name: source.lacks for name, source in off.items()} == {"kr-data-korea": "DATA_GO_KR_KEY", "us-congress": "CONGRESS_GOV_KEY"}
    assert not any(source.enabled for source in off.values())
    assert all(WHOLE[name].enabled and not WHOLE[name].lacks for name in off)
    assert all("${" in source.display_url for source in off.values())
    assert {key.name for key in CONFIG.aside.keys} == {source.lacks for source in off.values()}


def test_the_dead_are_nobodys_source() -> None:
    dead = CONFIG.aside.dead
    assert [source.id for source in CONFIG.sources if buried(dead, source.url)] == []
    assert {name for one in dead for name in one.instead} <= set(WHOLE)
    assert all(one.seen for one in dead)
    assert len({one.id for one in dead}) == len(dead)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.korea.kr/rss/dept_mofa.xml", "https://www3.nhk.or.jp/rss/news/cat0.xml", "https://www.state.gov/feed/?utm_source=x",
        "https://reuters.com", "https://koreajoongangdaily.joins.com/", "https://english.kyodonews.net/rss/news.xml",
        "https://openapi.naver.com/v1/search/news.json?query=x", "https://www.mofa.go.jp/rss/whats_new.xml",
    ],
)  # fmt: skip
def test_an_address_that_lists_of_feeds_still_name_is_known(url: str) -> None:
    assert buried(CONFIG.aside.dead, url) is not None


@pytest.mark.skipif(not FACTS.exists(), reason="the shared facts are not here")
def test_every_source_of_the_facts_is_here_or_is_dead() -> None:
    facts = tomllib.loads(FACTS.read_text("utf-8"))["source"]
    ours = {_place(source.display_url) for source in CONFIG.sources}
    missing = [fact["id"] for fact in facts if _place(fact["url"]) not in ours and not buried(CONFIG.aside.dead, fact["url"])]
    assert missing == []
    assert not [fact["id"] for fact in facts if fact["role"] == "dead" and _place(fact["url"]) in ours]


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, parts.path.rstrip("/")


KINDS = {
    "feed": Selectors(),
    "sitemap": Selectors(),
    "wordpress": Selectors(),
    "gdelt": Selectors(),
    "google-news": Selectors(),
    "listing": Selectors(item="ul.news > li", link="a.title", date="span.date"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_the_maker_makes_a_page_in_the_shape_of_every_kind(kind: str, language: str) -> None:
    source = Source("new-one", "New One", kind, "https://new.example/list", language=language, timezone="Asia/Seoul", selectors=KINDS[kind])
    ending, media, text = make.page_in_shape(source)
    page = make.Page(source.url, source.url, 200, {"content-type": media}, text.encode(), shapes.FETCHED)
    found = discover(page, source)
    assert len(found.entries) == 3
    assert all(entry.published and entry.title for entry in found.entries)
    assert {entry.language for entry in found.entries} == {language}
    assert ending in ("xml", "html", "json")


@pytest.mark.parametrize("item", ["a[href*='/press/']", "#board tr.row", "article.news"])
def test_a_listing_is_made_for_simple_selectors(item: str) -> None:
    source = Source("new-one", "New One", "listing", "https://new.example/list", selectors=Selectors(item=item))
    _, media, text = make.page_in_shape(source)
    page = make.Page(source.url, source.url, 200, {"content-type": media}, text.encode(), shapes.FETCHED)
    assert len(discover(page, source).entries) == 3


def test_a_list_with_a_shape_of_its_own_is_written_by_hand() -> None:
    with pytest.raises(SystemExit, match="by hand"):
        make.page_in_shape(Source("new-one", "New One", "json", "https://new.example/list"))
