"""The shipped registry and the real samples."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from scraper.model.initiative import Initiative, Registry
from scraper.model.watch import Party, Watch
from scraper.stages.initiatives import Finder

from .samples import WATCH

FILE = Path(__file__).resolve().parents[3] / "config" / "initiatives.toml"
TABLES = tomllib.loads(FILE.read_text(encoding="utf-8"))["initiative"]


def shipped() -> Registry:
    return Registry(tuple(Initiative(**{k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}) for table in TABLES))


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(shipped(), WATCH)


def test_every_entry_has_known_keys_and_an_id_of_its_own() -> None:
    known = {field.name for field in fields(Initiative)}
    assert all(set(table) <= known for table in TABLES)
    ids = [table["id"] for table in TABLES]
    assert len(set(ids)) == len(ids) >= 100
    assert all(other in ids for table in TABLES for other in (*table.get("related", ()), *filter(None, [table.get("parent", "")])))


def test_every_proper_name_of_the_three_is_found_and_leads_to_its_entry(finder: Finder) -> None:
    lost = []
    for one in shipped().initiatives:
        for language, names in one.names.items():
            for name in names if one.trilateral and one.casing == "proper" else ():
                found = {m.initiative_id for m in finder.mentions("", f"... {name} ...", language)}
                lost += [] if found else [name]
    assert lost == []


SAMPLES = {
    "brussels-2025-04-03": {
        "MSP (Minerals Security Partnership)": "minerals-security-partnership",
        "Trilateral Maritime Security and Law Enforcement Cooperation Framework": "maritime-security-law-enforcement-framework",
        "Trilateral Global Leadership Youth Summit": "trilateral-youth-summit",
    },
    "seoul-2024-10-16": {
        "Freedom Edge": "freedom-edge",
        "trilateral Indo-Pacific Dialogue": "trilateral-indo-pacific-dialogue",
        "Memorandum of Cooperation on Trilateral Security Cooperation Framework": "tscf",
        "Young Trilateral Leaders": "young-trilateral-leaders",
        "a trilateral coordinating mechanism": "trilateral-secretariat",
        "a trilateral framework advancing next-generation technologies": "next-gen-technology-framework",
    },
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_samples_are_read_with_and_without_the_registry(finder: Finder, unknowing: Finder, shared: Path, sample: str) -> None:
    text = (shared / "samples" / f"{sample}.txt").read_text(encoding="utf-8")
    found = {m.name: m.initiative_id for m in finder.mentions("", text, "en")}
    assert SAMPLES[sample].items() <= found.items()
    blind = {m.name: m.status for m in unknowing.mentions("", text, "en")}
    assert {name for name in SAMPLES[sample] if "MSP" not in name} <= set(blind)
    assert all(status == "proposed" for name, status in blind.items() if name.startswith("a trilateral "))


def test_another_trio_is_watched_with_another_watch() -> None:
    watch = Watch(
        "Japan, the Philippines and the United States",
        (
            Party("JP", "Japan", {"en": ("Japan",), "ja": ("日本",)}, short={"ja": ("日",)}),
            Party("PH", "Philippines", {"en": ("Philippines",), "ja": ("フィリピン",)}, short={"ja": ("比",)}),
            Party("US", "United States", {"en": ("United States", "U.S."), "ja": ("米国",)}, short={"ja": ("米",)}),
        ),
        others=(Party("KR", "South Korea", {"en": ("South Korea", "ROK"), "ja": ("韓国",)}, short={"ja": ("韓",)}),),
        together={"en": ("trilateral",), "ja": ("三か国",)},
    )
    finder = Finder(Registry(), watch)
    assert [m.name for m in finder.mentions("", "They launched the Japan-Philippines-U.S. Reef Watch Dialogue.", "en")] == [
        "Japan-Philippines-U.S. Reef Watch Dialogue"
    ]
    assert [m.name for m in finder.mentions("", "日米比海洋対話を立ち上げた。", "ja")] == ["日米比海洋対話"]
    assert finder.mentions("", "They launched the U.S.-Japan-ROK Reef Watch Dialogue.", "en") == ()
    assert finder.mentions("", "日米韓海洋対話を立ち上げた。", "ja") == ()
