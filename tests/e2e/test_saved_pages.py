"""Every saved page of the catalogue, so every payload shape, served by one press room: two passes store every item once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.config import defaults_folder, load
from scraper.jobs import poll
from scraper.jobs.rooms import Rooms
from scraper.model.source import Source
from tests.jobs.house import Clock, Sheet, Site, rooms, rows

SAVED = sorted((Path(__file__).parents[1] / "sources").glob("*/expected.json"))
GATED = "kr-mofa-rss"
"""A ministry whose server first redirects to the same address with a cookie."""


class Gate(Site):
    """Serves the saved pages, some behind a redirect to themselves that sets a cookie."""

    def answer(self, path: str, headers: Mapping[str, str]) -> Sheet:
        if path.startswith(f"/{GATED}") and "gate=open" not in headers.get("Cookie", ""):
            return Sheet(status=307, headers=(("Location", path), ("Set-Cookie", "gate=open; Path=/")))
        return super().answer(path, headers)


def expected(folder: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((folder / "expected.json").read_text("utf-8"))
    return made


def served(site: Site) -> list[Source]:
    """The catalogue's own sources at their saved pages; nothing is followed, for the pages they lead to are not saved."""
    known = {source.id: source for source in load(defaults_folder() / "config", {"DATA_GO_KR_KEY": "-"}).sources}
    chosen = []
    for folder in (path.parent for path in SAVED):
        page = next(folder.glob("page.*"))
        site.pages[f"/{folder.name}"] = Sheet(page.read_bytes(), expected(folder)["content_type"])
        here = {
            "url": f"{site.url}/{folder.name}",
            "allow_private": True,
            "spacing": 0.0,
            "follow": "never",
            "stale_after": 0.0,
            "enabled": True,
        }
        chosen.append(replace(known[folder.name], publisher=folder.name, rank=0, **here))
    return chosen


@pytest.fixture
def site() -> Iterator[Gate]:
    with Gate() as open_site:
        yield open_site


@contextmanager
def house(folder: Path, polled: list[Source]) -> Iterator[tuple[Rooms, Clock]]:
    clock = Clock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    with rooms(folder, clock, polled) as made:
        yield made, clock


def test_two_passes_over_every_shape_store_every_item_once(tmp_path: Path, site: Gate) -> None:
    with house(tmp_path, served(site)) as (made, clock):
        first = poll.run(made, poll.due(made))
        assert {p.source_id: p.entries for p in first.polls} == {path.parent.name: len(expected(path.parent)["entries"]) for path in SAVED}
        assert {p.outcome for p in first.polls} <= {"ok", "stale"}
        stored = rows(made, "SELECT source_id, canonical_url, count(*) FROM entries GROUP BY 1, 2 ORDER BY 1, 2")
        assert all(count == 1 for *_, count in stored)
        assert len(stored) == sum(p.new for p in first.polls)
        assert len(stored) >= 0.9 * sum(p.entries for p in first.polls)  # a page may show one item twice
        clock.advance(days=8)  # the archive of the State Department is asked once a week
        second = poll.run(made, poll.due(made))
        assert len(second.polls) == len(first.polls)
        assert [p.source_id for p in second.polls if p.new] == []
        assert rows(made, "SELECT source_id, canonical_url, count(*) FROM entries GROUP BY 1, 2 ORDER BY 1, 2") == stored
