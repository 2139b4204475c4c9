"""The state of an initiative: by the last date, and never above what a government's own text says."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.initiative import STATUSES, SeenName
from scraper.stages.initiatives.states import STRENGTH, state_of

from .test_resolving import seen

Said = tuple[str, str, bool]
CASES: dict[str, tuple[tuple[Said, ...], str]] = {
    "nothing": ((), ""),
    "no state": ((("2025-01-01", "", True),), ""),
    "the last date": ((("2025-01-01", "proposed", True), ("2025-02-01", "established", True)), "established"),
    "of one date the strongest": ((("2025-01-01", "scheduled", True), ("2025-01-01", "convened", True)), "convened"),
    "of one date the government's": ((("2025-01-01", "reaffirmed", True), ("2025-01-01", "established", False)), "reaffirmed"),
    "a later report does not raise it": ((("2025-01-01", "proposed", True), ("2025-02-01", "established", False)), "proposed"),
    "nor two of them": ((("2025-01-01", "announced", True), ("2025-02-01", "established", False), ("2025-02-01", "renamed", False)), "announced"),
    "as far as any official text went": (
        (("2025-01-01", "established", True), ("2025-02-01", "reaffirmed", True), ("2025-03-01", "announced", False)), "announced",
    ),
    "a later report may say less": ((("2025-01-01", "established", True), ("2025-02-01", "reaffirmed", False)), "reaffirmed"),
    "a later official text does raise it": ((("2025-01-01", "proposed", True), ("2025-02-01", "established", False), ("2025-03-01", "established", True)), "established"),
    "reports where there is nothing else": ((("2025-01-01", "proposed", False), ("2025-02-01", "established", False)), "established"),
    "an official text without a state caps nothing": ((("2025-01-01", "", True), ("2025-02-01", "established", False)), "established"),
    "not mentioned says nothing": ((("2025-01-01", "announced", True), ("2025-02-01", "not_mentioned", True)), "announced"),
    "not mentioned alone": ((("2025-02-01", "not_mentioned", True),), ""),
    "not mentioned beside a report": ((("2025-01-01", "announced", True), ("2025-02-01", "not_mentioned", True), ("2025-03-01", "established", False)), "announced"),
}  # fmt: skip


def names(said: tuple[Said, ...]) -> list[SeenName]:
    return [seen(at, "Reef Forum", date, status=status, official=official) for at, (date, status, official) in enumerate(said, 1)]


@pytest.mark.parametrize("case", list(CASES))
def test_the_state(case: str) -> None:
    said, wanted = CASES[case]
    assert state_of(names(said)) == wanted


SAID = st.lists(
    st.tuples(st.sampled_from(["2025-01-01", "2025-02-01", "2025-03-01"]), st.sampled_from(["", *STATUSES]), st.booleans()), max_size=6
)


@given(SAID, st.randoms(use_true_random=False))
def test_reports_never_raise_it_and_order_does_not_matter(said: list[Said], chance: random.Random) -> None:
    some = names(tuple(said))
    state = state_of(some)
    official = [one.status for one in some if one.official and one.status in STRENGTH]
    if official:
        assert STRENGTH.index(state) <= max(map(STRENGTH.index, official))
    assert state != "not_mentioned"
    chance.shuffle(some)
    assert state_of(some) == state
