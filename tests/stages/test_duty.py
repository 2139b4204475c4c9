"""Who of a publisher's sources is polled."""

from __future__ import annotations

import pytest

from scraper.model.source import Source, SourceState
from scraper.stages.duty import on_duty


def source(key: str, rank: int = 0, publisher: str = "State", language: str = "en", *, enabled: bool = True) -> Source:
    return Source(
        id=key, name=key, kind="feed", url=f"https://{key}.example/", publisher=publisher, language=language, rank=rank, enabled=enabled
    )


LINE = (source("rest", 0), source("listing", 1), source("feed", 2))


@pytest.mark.parametrize(
    ("outcomes", "called"),
    [
        ({}, ["rest"]),
        ({"rest": "ok"}, ["rest"]),
        ({"rest": "not_modified"}, ["rest"]),
        ({"rest": "blocked"}, ["rest", "listing"]),
        ({"rest": "empty"}, ["rest", "listing"]),
        ({"rest": "http", "listing": "ok"}, ["rest", "listing"]),
        ({"rest": "http", "listing": "timeout"}, ["rest", "listing", "feed"]),
        ({"rest": "ok", "listing": "timeout"}, ["rest"]),
    ],
)
def test_the_next_is_used_while_the_one_before_fails(outcomes: dict[str, str], called: list[str]) -> None:
    states = {key: SourceState(key, last_outcome=outcome) for key, outcome in outcomes.items()}
    assert [one.id for one in on_duty(LINE, states)] == called


def test_lines_are_of_one_publisher_and_language() -> None:
    others = (source("korean", 1, language="ko"), source("other", 1, "Ministry"), source("alone", 3, ""), source("off", 0, enabled=False))
    assert [one.id for one in on_duty(LINE + others, {})] == ["rest", "korean", "other", "alone"]


def test_two_of_one_rank_are_both_on_duty_and_one_that_fails_calls_the_next() -> None:
    line = (source("a"), source("b"), source("c", 1))
    states = {"a": SourceState("a", last_outcome="dns"), "b": SourceState("b", last_outcome="ok")}
    assert [one.id for one in on_duty(line, states)] == ["a", "b", "c"]
    assert [one.id for one in on_duty(line, {**states, "a": SourceState("a", last_outcome="ok")})] == ["a", "b"]
