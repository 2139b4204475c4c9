from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.pages.strips import HEIGHT, MOST_SLOTS, chart, months, years

FIGURES = {("A", "2026-01"): 4.0, ("A", "2026-03"): 1.0, ("B", "2026-02"): 2.0, ("B", "2026-03"): 0.0}
MONTHS = ["2026-01", "2026-02", "2026-03"]


def test_bars_are_to_one_scale_over_one_axis() -> None:
    made = chart(FIGURES, ["A", "B", "C"], MONTHS)
    a, b, c = made.strips
    assert [(bar.label, bar.height) for bar in a.bars] == [("2026-01: 4", HEIGHT), ("2026-03: 1", HEIGHT / 4)]
    assert [(bar.label, bar.height, bar.y) for bar in b.bars] == [("2026-02: 2", HEIGHT / 2, HEIGHT / 2)]
    assert c.bars == ()
    assert (a.told, b.told, c.told) == ("most 4 (2026-01)", "2 (2026-02)", "none")
    assert made.most == "4"
    assert a.bars[1].x - a.bars[0].x == pytest.approx(2 * (b.bars[0].x - a.bars[0].x), abs=0.01)


def test_the_smallest_bar_is_seen_and_the_highest_stays_inside() -> None:
    made = chart({("A", "1"): 1, ("A", "2"): 100_000, ("A", "3"): 500}, ["A"], ["1", "2", "3"], highest=200)
    assert [bar.height for bar in made.strips[0].bars] == [1.5, HEIGHT, HEIGHT]


def test_words_stand_under_the_axis_from_end_to_end() -> None:
    ticks = chart(FIGURES, ["A"], [str(year) for year in range(2000, 2027)]).ticks
    assert [(tick.word, tick.anchor) for tick in (ticks[0], ticks[-1])] == [("2000", "start"), ("2026", "end")]
    assert [tick.spare for tick in ticks] == [False, True, False, True, False]
    assert [tick.word for tick in chart(FIGURES, ["A"], MONTHS, every=True, labels=lambda month: month[5:]).ticks] == ["01", "02", "03"]
    assert [(tick.word, tick.anchor, tick.x) for tick in chart(FIGURES, ["A"], ["2026"]).ticks] == [("2026", "middle", 50)]


def test_without_a_slot_nothing_is_drawn() -> None:
    made = chart({}, ["A"], [])
    assert (made.strips, made.ticks) == ((), ())


def test_a_nothing_that_counts_is_a_cross() -> None:
    made = chart(FIGURES, ["A", "B", "C"], MONTHS, crosses=True)
    assert [[(bar.label, bar.height > 0) for bar in strip.bars] for strip in made.strips] == [
        [("2026-01: 4", True), ("2026-03: 1", True)], [("2026-02: 2", True), ("2026-03: 0", False)], [],
    ]  # fmt: skip
    assert [strip.told for strip in made.strips] == ["most 4 (2026-01)", "2 (2026-02), 0 in 1", "none"]


def test_outlines_are_named() -> None:
    assert [strip.hollow for strip in chart(FIGURES, ["A", "B"], MONTHS, hollow=["B"]).strips] == [False, True]


@given(st.dictionaries(st.tuples(st.sampled_from("AB"), st.sampled_from(MONTHS)), st.floats(0, 1e12)), st.floats(0, 1e9))
def test_every_bar_stands_inside_its_strip(figures: dict[tuple[str, str], float], highest: float) -> None:
    for strip in chart(figures, ["A", "B"], MONTHS, highest=highest).strips:
        for bar in strip.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= 100.01
            assert -0.01 <= bar.y <= bar.y + bar.height <= HEIGHT + 0.01
            assert bar.height >= 1.5


@pytest.mark.parametrize(("found", "shown"), [
    (["2025-11", "2026-02"], ["2025-11", "2025-12", "2026-01", "2026-02"]), (["2026-02", "x", "2026-13", "２０２６-01", ""], ["2026-02"]), ([], []), (["0"], []),
])  # fmt: skip
def test_months_are_filled_up(found: list[str], shown: list[str]) -> None:
    assert months(found) == shown


@given(st.lists(st.one_of(st.from_regex(r"\d{4}-\d\d", fullmatch=True), st.text())))
def test_axes_have_an_end(found: list[str]) -> None:
    assert len(months(found)) <= MOST_SLOTS
    assert len(years([one[:4] for one in found])) <= MOST_SLOTS


def test_years_are_filled_up() -> None:
    assert years(["2020", "2018", "x", "20180"]) == ["2018", "2019", "2020"]
    assert years(["0001", "9999"])[-1] == "9999"
    assert len(chart({("A", "9999"): 1}, ["A"], [str(year) for year in range(1000, 9999 + 1)]).strips[0].bars) == 1


def test_few_slots_have_bars_that_stand_over_their_words() -> None:
    made = chart({("a", "2025"): 1, ("a", "2026"): 2}, ["a"], ["2025", "2026"])
    assert [(bar.x + bar.width / 2, bar.width) for bar in made.strips[0].bars] == [(25, 8), (75, 8)]
    assert [(tick.x, tick.anchor) for tick in made.ticks] == [(25, "middle"), (75, "middle")]
