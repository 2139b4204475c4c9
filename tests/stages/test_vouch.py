"""What an answer is worth."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.model.moment import Moment
from scraper.model.source import Entry, Source, SourceState
from scraper.stages.vouch import leaves_gap, patience, vouch

NOW = datetime(2026, 7, 31, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="s", kind="feed", url="https://s.example/")


def entries(*times: str) -> list[Entry]:
    return [Entry("s", f"https://s.example/{n}", f"Item {n}", published=Moment(at, "second") if at else None) for n, at in enumerate(times)]


@pytest.mark.parametrize(
    ("times", "newest", "outcome"),
    [
        (["2026-07-31T10:00:00Z", "2026-07-30T10:00:00Z"], "", "ok"),
        (["2026-07-31T10:00:00Z", "2026-07-30T10:00:00Z"], "2026-07-30T10:00:00Z", "ok"),
        (["2026-07-31T10:00:00Z", "2026-07-30T10:00:00Z"], "2026-07-30T09:59:59Z", "gap"),
        (["2026-07-31", "2026-07-30"], "2026-07-30T09:59:59Z", "ok"),
        (["2026-07-31", "2026-07-30"], "2026-07-29", "gap"),
        (["2026-07-31T10:00:00Z", ""], "2026-07-01", "ok"),
        (["", ""], "2026-07-01", "ok"),
        ([], "2026-07-01", "empty"),
        (["2026-07-10", "2026-07-09", "2026-07-08"], "", "stale"),
        (["2026-07-18", "2026-07-17", "2026-07-16"], "", "ok"),
        (["2026-06-10", "2026-05-09", "2026-04-08"], "", "ok"),
        (["2025-06-10", "2025-05-09", "2025-04-08"], "", "stale"),
        (["2025-06-10"], "", "ok"),
    ],
)
def test_the_outcome_of_an_answer(times: list[str], newest: str, outcome: str) -> None:
    found, why = vouch(NOW, SOURCE, SourceState("s", newest_entry=newest), entries(*times))
    assert found == outcome
    assert bool(why) == (outcome != "ok")


def test_a_limit_of_the_source_itself_counts_alone() -> None:
    strict = Source(id="s", name="s", kind="feed", url="https://s.example/", stale_after=2)
    assert vouch(NOW, strict, SourceState("s"), entries("2026-07-28"))[0] == "stale"
    assert vouch(NOW, strict, SourceState("s"), entries("2026-07-30"))[0] == "ok"


def test_a_search_without_finds_is_no_failure() -> None:
    assert vouch(NOW, SOURCE, SourceState("s"), [], searched=True) == ("ok", "")


def test_the_rhythm_of_a_source() -> None:
    assert patience(["2026-07-01", "2026-07-02"]) == 0
    assert patience(["2026-07-01", "2026-07-02", "2026-07-03"]) == 14
    assert patience(["2026-06-01", "2026-07-01", "2026-07-03"]) == 180


def test_a_gap_needs_something_seen_before() -> None:
    assert not leaves_gap("", entries("2026-07-31"))
    assert leaves_gap("2026-07-30", entries("2026-07-31"))
