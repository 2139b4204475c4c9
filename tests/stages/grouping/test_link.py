"""Keys, links and reach: what a look-up finds, and what it may leave out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.grouping import Sighting
from scraper.stages.grouping import components, keys, linked, reach
from tests.stages.grouping.samples import FACT_SHEET, JOINT, KOREAN, NEWS, PRINCIPLES, READOUT_A, STOCK_ONLY, official, sighting

TEXTS = (
    "",
    "one",
    JOINT,
    JOINT[:400],
    PRINCIPLES,
    FACT_SHEET,
    NEWS,
    KOREAN,
    READOUT_A,
    STOCK_ONLY,
    STOCK_ONLY + JOINT,
    STOCK_ONLY + PRINCIPLES,
)


@st.composite
def sightings(draw: st.DrawFn) -> Sighting:
    """Any sighting of a few texts, days, levels and places."""
    day = draw(
        st.sampled_from(["", "2031-05-14", "2031-05-15", "2031-05-17", "2031-05-20", "2031-05-28", "0001-01-01", "9999-12-31", "someday"])
    )
    text = draw(st.sampled_from(TEXTS))
    return sighting(
        draw(st.integers(1, 10_000)),
        text,
        date=day,
        published=draw(st.sampled_from(["", "2031-05-16", "2031-05-16T10:00:00Z"])),
        date_stated=draw(st.booleans()),
        level=draw(st.sampled_from(["", "leaders", "envoys"])),
        place=draw(st.sampled_from(["", "Lisbon", "Porto"])),
        official=draw(st.booleans()),
        side=draw(st.sampled_from(["", "joint", "AA"])),
        kind=draw(st.sampled_from(["report", "readout", "joint_statement"])),
    )


@settings(deadline=None, max_examples=300)
@given(sightings(), sightings())
def test_a_link_is_symmetric_and_needs_a_common_key(one: Sighting, other: Sighting) -> None:
    found = linked(one, other)
    assert found == linked(other, one)
    if keys(one).isdisjoint(keys(other)):
        assert found is None
    if found:
        assert found.kind in ("text", "event")
        assert 0 < found.weight <= 1
        assert found.reason


@settings(deadline=None)
@given(sightings())
def test_keys_are_few(one: Sighting) -> None:
    assert len(keys(one)) <= 80
    assert all(key.startswith(("s:", "d:")) for key in keys(one))


@given(sightings())
def test_the_same_text_is_linked_to_itself_whatever_is_said_of_it(one: Sighting) -> None:
    if len(one.sketch) > 20:
        assert linked(one, replace(one, article_id=0, url="https://elsewhere.example/", date="", published="", place="", level=""))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (sighting(1, JOINT, date=""), sighting(2, JOINT, date="2033-01-01", date_stated=False), "text"),
        (sighting(1, JOINT), sighting(2, JOINT, date="2033-01-01"), "text"),
        (sighting(1, JOINT), sighting(2, NEWS), "event"),
        (sighting(1, "one two", date="", published=""), sighting(2, "one two", date="", published=""), "text"),
        (sighting(1, "one two"), sighting(2, "one two", date="2033-01-01"), None),
        (sighting(1, "", date="", published=""), sighting(2, "", date="", published=""), None),
        (sighting(1, JOINT, date="", published=""), sighting(2, PRINCIPLES, date="", published=""), None),
        (sighting(1, STOCK_ONLY + JOINT, date="", published=""), sighting(2, STOCK_ONLY + PRINCIPLES, date="", published=""), None),
    ],
)
def test_links(one: Sighting, other: Sighting, kind: str | None) -> None:
    found = linked(one, other)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, "same date, level and place"),
        ({"place": ""}, "same date and level"),
        ({"level": "", "place": ""}, "same date"),
        ({"date": "2031-05-15"}, "dates a day apart, same level and place"),
        ({"date": "2031-05-16"}, "dates 2 days apart, same level and place"),
        ({"date": "2031-05-15", "level": "", "place": ""}, "dates a day apart"),
    ],
)
def test_an_events_reason_is_readable(change: dict[str, object], reason: str) -> None:
    found = linked(sighting(1, JOINT), sighting(2, NEWS, **change))
    assert found is not None
    assert found.reason == reason


def test_a_texts_reason_is_readable() -> None:
    text = linked(sighting(1, JOINT, date="", published=""), sighting(2, JOINT))
    assert text is not None
    assert text.reason == "100 % of the shorter text stands in the other"


def test_components_and_reach() -> None:
    a, b, c = sighting(7, JOINT), sighting(3, NEWS, date="2031-05-15"), sighting(5, FACT_SHEET, date="2033-01-01")
    bridge = official(9, JOINT, date="2031-05-14")
    everything = (a, b, c, bridge)
    assert components(everything) == ((3, 7, 9), (5,))
    asked: list[int] = []

    def candidates(one: Sighting) -> list[Sighting]:
        asked.append(one.article_id)
        return [other for other in everything if not keys(one).isdisjoint(keys(other))]

    assert [s.article_id for s in reach((b,), candidates)] == [3, 7, 9]
    assert sorted(asked) == [3, 7, 9]
    assert components(()) == ()


@settings(deadline=None, max_examples=50)
@given(st.lists(sightings(), max_size=8, unique_by=lambda s: s.article_id))
def test_reach_is_the_component(chosen: list[Sighting]) -> None:
    for part in components(chosen):
        seed = next(s for s in chosen if s.article_id == part[-1])
        found = reach((seed,), lambda one: [o for o in chosen if not keys(one).isdisjoint(keys(o))])
        assert tuple(s.article_id for s in found) == part
