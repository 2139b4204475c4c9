"""Names of one thing in the translations of one statement."""

from __future__ import annotations

from collections.abc import Hashable

import pytest

from scraper.model.initiative import SeenName
from scraper.stages.initiatives.translations import translated


def seen(
    language: str, head: str = "programme", statement: int = 1, *, official: bool = True, confidence: float = 0.9, name: str = "x", status: str = "", event: int = 0
) -> SeenName:  # fmt: skip
    return SeenName(
        mention_id=1, article_id=1, statement_id=statement, url="", name=name, language=language, initiative_id="", head=head, abbreviation="",
        rule="headed/1", confidence=confidence, status=status, date="2026-07-01", published="", official=official, grade="official", event_id=event,
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


def body(language: str, name: str, **more: object) -> tuple[SeenName, Hashable]:
    return seen(language, "body", name=name, **more), (name,)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (("Reef Consortium", "Reef Committee", "珊瑚コンソーシアム"), [("Reef Consortium", "珊瑚コンソーシアム")]),
        (("Reef Consortium", "Reef Committee", "珊瑚委員会", "珊瑚コンソーシアム"), [("Reef Consortium", "珊瑚コンソーシアム"), ("Reef Committee", "珊瑚委員会")]),
        (("Reef Consortium", "Reef Committee", "珊瑚委員会", "珊瑚礁委員会"), []),
        (("Reef Consortium", "珊瑚委員会"), []),
        (("Reef Consortium", "Reef Caucus", "珊瑚コンソーシアム", "珊瑚議員連盟"), [("Reef Consortium", "珊瑚コンソーシアム"), ("Reef Caucus", "珊瑚議員連盟")]),
        (("Reef Caucus", "珊瑚委員会"), [("Reef Caucus", "珊瑚委員会")]),
        (("Reef Committee", "산호 위원회"), [("Reef Committee", "산호 위원회")]),
    ],
)  # fmt: skip
def test_head_nouns_tell_which_is_which(names: tuple[str, ...], pairs: list[tuple[str, str]]) -> None:
    members = [body("en" if name.isascii() else "ko" if " " in name else "ja", name) for name in names]
    assert sorted(translated(members)) == sorted(((one,), (other,)) for one, other in pairs)
    assert sorted(translated(members[::-1])) == sorted(((one,), (other,)) for one, other in pairs)


def test_what_the_sides_own_statements_of_one_event_bring_into_being() -> None:
    new = [
        body("en", "Reef Planning Office", status="proposed", event=7),
        body("ja", "珊瑚企画室", status="announced", event=7, statement=2),
    ]
    assert list(translated(new)) == [(("Reef Planning Office",), ("珊瑚企画室",))]
    more = body("ja", "珊瑚連絡室", status="announced", event=7, statement=2)
    old = body("ja", "珊瑚企画室", status="reaffirmed", event=7, statement=2)
    elsewhere = body("ja", "珊瑚企画室", status="announced", event=8, statement=2)
    unlike = body("ja", "珊瑚委員会", status="announced", event=7, statement=2)
    for others in ([new[1], more], [old], [elsewhere], [unlike]):
        assert list(translated([new[0], *others])) == []
