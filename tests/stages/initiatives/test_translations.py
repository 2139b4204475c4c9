"""Names of one thing in the translations of one statement."""

from __future__ import annotations

from collections.abc import Hashable

import pytest

from scraper.model.initiative import SeenName
from scraper.stages.initiatives.translations import translated


def seen(language: str, head: str = "programme", statement: int = 1, *, official: bool = True, confidence: float = 0.9) -> SeenName:
    return SeenName(
        mention_id=1, article_id=1, statement_id=statement, url="", name="x", language=language, initiative_id="", head=head, abbreviation="",
        rule="headed/1", confidence=confidence, status="", date="2026-07-01", published="", official=official, grade="official",
    )  # fmt: skip


NEW = ("reef",)
NEUES = ("산호초",)
REIFU = ("珊瑚礁",)


@pytest.mark.parametrize(
    ("members", "pairs"),
    [
        ([(seen("en"), NEW), (seen("ko"), NEUES)], [(NEW, NEUES)]),
        ([(seen("en"), NEW), (seen("ko"), NEUES), (seen("ja"), REIFU)], [(NEW, REIFU), (NEW, NEUES), (REIFU, NEUES)]),
        ([(seen("en"), "known-slug"), (seen("ko"), NEUES)], [(NEUES, "known-slug")]),
        ([(seen("en"), "known-slug"), (seen("ko"), "other-slug")], []),
        ([(seen("en"), NEW), (seen("en"), ("tide",)), (seen("ko"), NEUES)], []),
        ([(seen("en"), NEW), (seen("en"), "both"), (seen("ko"), NEUES), (seen("ko"), "both")], [(NEW, NEUES)]),
        ([(seen("en", "body"), NEW), (seen("ko"), NEUES)], []),
        ([(seen("en", statement=2), NEW), (seen("ko"), NEUES)], []),
        ([(seen("en", official=False), NEW), (seen("ko"), NEUES)], []),
        ([(seen("en", confidence=0.5), NEW), (seen("ko"), NEUES)], []),
        ([(seen("en", head=""), NEW), (seen("ko", head=""), NEUES)], []),
    ],
)
def test_what_is_paired(members: list[tuple[SeenName, Hashable]], pairs: list[tuple[Hashable, Hashable]]) -> None:
    assert list(translated(members)) == pairs
