"""Each source of the catalogue with a saved page gives the entries that page holds."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from scraper.model.source import KINDS, Page, Selectors, Source
from scraper.stages.discover import discover

ROOT = Path(__file__).resolve().parents[3]
SAVED = sorted(path.parent for path in (ROOT / "tests" / "sources").glob("*/expected.json"))


def catalogue() -> dict[str, Source]:
    file = tomllib.loads((ROOT / "config" / "sources.toml").read_text(encoding="utf-8"))
    tables = [{**file["defaults"], **table} for table in file["source"]]
    return {table["id"]: Source(**{**table, "selectors": Selectors(**table.get("selectors", {}))}) for table in tables}


def saved_page(folder: Path, source: Source, expected: dict[str, Any]) -> Page:
    body = next(folder.glob("page.*")).read_bytes()
    return Page(source.url, source.url, 200, {"content-type": expected["content_type"]}, body, expected["fetched_at"])


@pytest.mark.parametrize("folder", SAVED, ids=lambda folder: folder.name)
def test_saved_page_gives_its_entries(folder: Path) -> None:
    source = catalogue()[folder.name]
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    found = discover(saved_page(folder, source, expected), source)
    rows = [
        {
            "url": entry.url,
            "title": entry.title,
            "published": entry.published.at if entry.published else None,
            "precision": entry.published.precision if entry.published else None,
        }
        for entry in found.entries
    ]
    assert rows == expected["entries"]
    assert (found.channel, found.ttl) == (expected["channel"], expected.get("ttl"))
    assert {entry.source_id for entry in found.entries} == {source.id}


def test_catalogue_is_whole() -> None:
    sources = catalogue()
    assert len(SAVED) >= 12
    assert {source.kind for source in sources.values()} == set(KINDS)
    assert {sources[folder.name].kind for folder in SAVED} == set(KINDS)
    assert {source.party for source in sources.values() if source.official} == {"KR", "US", "JP"}
    assert {source.language for source in sources.values() if not source.official} == {"en", "ko", "ja"}
    assert all(source.spacing >= 5 for source in sources.values())
    assert not [source.id for source in sources.values() if source.kind == "google-news" and (source.enabled or source.follow != "never")]
    assert all(source.interval <= 15 or source.rank or source.interval >= 30 for source in sources.values())
    assert not [source.id for source in sources.values() if source.party and not source.official]


def test_what_stands_in_has_something_to_stand_in_for() -> None:
    sources = catalogue().values()
    first = {(source.publisher, source.language) for source in sources if source.rank == 0 and source.enabled}
    assert not [source.id for source in sources if source.rank and source.enabled and (source.publisher, source.language) not in first]
    ranked = [(source.publisher, source.language, source.rank) for source in sources if source.rank]
    assert len(ranked) == len(set(ranked))
    state = {source.rank: source.id for source in sources if source.publisher == "U.S. Department of State"}
    assert [state[rank] for rank in sorted(state)] == [
        "us-state-rest", "us-state-html", "us-state-rss", "us-embassy-seoul", "us-embassy-tokyo", "us-state-rss-eap",
    ]  # fmt: skip
