"""The subject: the news in sixty characters, weightiest first, in the reader's language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.digest import (
    Attendance,
    Edit,
    Material,
    NewInitiative,
    NewStatement,
    Notable,
    Rewording,
    SourceTrouble,
    WatchReport,
)
from scraper.stages.digest import compile, subject
from scraper.stages.digest.heading import MAX_SUBJECT, cut

STATEMENT = NewStatement(4, "Joint Statement of the Three", "joint_statement", "2026-09-22", "foreign_ministers", "New York", "joint")
READOUT = replace(STATEMENT, id=5, kind="readout", side="AA", date="2026-09-23")
INITIATIVE = NewInitiative("x", "Kelp Forum", "body", "en", "They met in the Kelp Forum.", (16, 26))
SEEN, BLIND = Attendance("AA", "Alandia", 5, 5), Attendance("BB", "Blandia", 0, 3)
REPORT = WatchReport(14, 15, 2016, 1990, 0, True)


def told(language: str = "en", **findings: Any) -> str:
    return subject(compile(Material("2026-09-23T22:30:00Z", language=language, sides=(("AA", "Aland"), ("BB", "Bland")), **findings)))


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ({}, "Nothing new."),
        ({"statements": (STATEMENT,)}, "NEW joint statement, FMs New York 22 Sep"),
        ({"statements": (READOUT, STATEMENT, READOUT)}, "NEW joint statement, FMs New York 22 Sep +2"),
        ({"statements": (READOUT, replace(READOUT, level="leaders"))}, "NEW readout, leaders New York 23 Sep +1"),
        ({"statements": (replace(READOUT, placeholder=True), replace(READOUT, level="envoys"))}, "NEW readout, envoys New York 23 Sep +1"),
        ({"statements": (replace(STATEMENT, placeholder=True),)}, "PRESS ONLY, FMs New York 22 Sep"),
        ({"statements": (NewStatement(1, "Talks held", "remarks"),)}, "NEW remarks, Talks held"),
        ({"statements": (replace(STATEMENT, kind="open_letter", level="", place=""),)}, "open letter, 22 Sep"),
        # the date gives way to the name, then the place; the name is cut last
        ({"statements": (replace(STATEMENT, level="leaders", place="Rome", kind="remarks"),), "initiatives": (INITIATIVE,)},
         "NEW remarks, leaders Rome 22 Sep + first mention: Kelp Forum"),
        ({"statements": (STATEMENT,), "initiatives": (replace(INITIATIVE, name="Kelp"),)}, "NEW joint statement, FMs New York + first mention: Kelp"),
        ({"statements": (STATEMENT,), "initiatives": (INITIATIVE,)}, "NEW joint statement, FMs + first mention: Kelp Forum"),
        ({"statements": (STATEMENT,), "initiatives": (replace(INITIATIVE, name="Harbour Watch Rescue Cell"),)},
         "NEW joint statement, FMs + first mention: Harbour Watch…"),
        ({"statements": (STATEMENT, READOUT), "initiatives": (INITIATIVE, replace(INITIATIVE, id="y", name="Reef Lab"))},
         "NEW joint statement, FMs + first mention: Kelp Forum +2"),
        ({"initiatives": (INITIATIVE,)}, "First mention: Kelp Forum"),
        ({"initiatives": (INITIATIVE, replace(INITIATIVE, id="y", name="Reef Lab"))}, "First mention: Kelp Forum +1"),
        ({"edits": (Edit(1, "substance", "Joint Statement", side="AA"),)}, "OFFICIAL EDIT, Aland: Joint Statement"),
        ({"edits": (Edit(1, "gone", "Joint Statement", publisher="Ministry"), Edit(2, "gone", "Other"))}, "TAKEN DOWN, Ministry: Joint Statement +1"),
        ({"edits": (Edit(1, "returned", "A page"),)}, "THERE AGAIN, 1 official edit: A page"),
        ({"wording": (Rewording(1, "The door", ("open",), ("",), ""),)}, "CHANGED WORDING: The door, now absent"),
        ({"notable": (Notable(1, ("omitted",), "Kelp Forum"),)}, "left out this time: Kelp Forum"),
        ({"troubles": (SourceTrouble("x", "Board X", "blocked"), SourceTrouble("y", "Board Y", "dns", new=False))}, "SOURCE FAILS: Board X, access refused"),
        ({"recovered": ("Board X", "Board Y", "Board Z")}, "SOURCE BACK: Board X +2"),
        ({"notices": ("the disk fills",)}, "About this machine: the disk fills"),
        ({"watch": REPORT}, "Watch report: confirmed quiet, 14 of 15 sources answered"),
        ({"watch": REPORT, "still": True}, "Still watching, confirmed quiet"),
        ({"watch": REPORT, "statements": (STATEMENT,)}, "NEW joint statement, FMs New York 22 Sep"),
    ],
)  # fmt: skip
def test_the_news(findings: dict[str, Any], said: str) -> None:
    assert told(**findings) == said


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ({"attendance": (SEEN,)}, "NEW joint statement, FMs New York 22 Sep"),
        ({}, "NEW joint statement, FMs New York 22 Sep"),
        ({"attendance": (SEEN, BLIND)}, "WATCH INCOMPLETE: Blandia unconfirmed · 1 new statement"),
        ({"attendance": (SEEN, BLIND), "between": True}, "NEW joint statement, FMs New York 22 Sep"),
        ({"attendance": (replace(SEEN, answered=0), BLIND)}, "WATCH INCOMPLETE: Alandia, Blandia unconfirmed"),
        ({"attendance": tuple(Attendance(str(n), "Alandia-upon-Sea") for n in range(4))}, "WATCH INCOMPLETE: Alandia-upon-Sea +3 unconfirmed"),
        ({"attendance": (Attendance("AA", "Oslo"),), "statements": (replace(STATEMENT, kind="remarks"),)}, "WATCH INCOMPLETE: Oslo unconfirmed · NEW remarks, FMs"),
    ],
)  # fmt: skip
def test_a_blind_government_comes_first_in_a_digest(findings: dict[str, Any], said: str) -> None:
    assert told(**{"statements": (STATEMENT,)} | findings) == said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ("새 공동성명, 외교장관 서울 9월 22일", "첫 언급: 해양 실험실", "모니터링 공백: 서울 미확인")),
        ("ja", ("新たな共同声明、外相 서울 9月22日", "初出：해양 실험실", "モニタリングに空白：서울は未確認")),
    ],
)
def test_other_languages(language: str, words: tuple[str, ...]) -> None:
    statement, name = replace(STATEMENT, place="서울"), replace(INITIATIVE, name="해양 실험실")
    assert told(language, statements=(statement,)) == words[0]
    assert told(language, initiatives=(name,)) == words[1]
    assert told(language, attendance=(replace(BLIND, place="서울"),)).startswith(words[2])
    assert all(word in told(language, statements=(statement,), initiatives=(name,)) for word in words[:2])


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("short", 10, "short"),
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two, three", 9, "one two…"),
        ("one two three", 8, "one two…"),
        ("세 장관은 회의를", 8, "세 장관은…"),
        ("三か国の共同声明を発表", 6, "三か国の共…"),
        ("Joint 三か国の共同声明を発表", 12, "Joint 三か国の共…"),
        ("x" * 20, 10, "x" * 9 + "…"),
        ("a " + "x" * 20, 10, "a " + "x" * 7 + "…"),
    ],
)
def test_cut_at_the_end_of_a_word(text: str, limit: int, kept: str) -> None:
    assert cut(text, limit) == kept
    assert len(kept) <= limit


TEXT = st.one_of(
    st.text(max_size=80),
    st.sampled_from(["A\r\nBcc: x@evil.example", "x" * 10_000, "Long title " * 1000, "三か国" * 99, "\u202egnp.exe", "a\x85b\u2028c"]),
)


@given(st.sampled_from(["en", "ko", "ja", "xx"]), TEXT, TEXT, st.integers(0, 3), st.integers(0, 3), st.integers(0, 2), st.booleans())
def test_never_longer_and_never_another_header(
    language: str, text: str, name: str, statements: int, initiatives: int, blind: int, between: bool
) -> None:
    said = told(
        language,
        statements=(replace(STATEMENT, title=text, place=text, kind="remarks", level=text),) * statements,
        initiatives=tuple(replace(INITIATIVE, id=str(number), name=name) for number in range(initiatives)),
        attendance=(SEEN, *(Attendance("BB", name) for _ in range(blind))), between=between, notices=(text,), recovered=(name, text),
        edits=(Edit(1, "substance", text, publisher=name),), wording=(Rewording(1, text, (), (name,), ""),), troubles=(SourceTrouble(text, name, text),),
    )  # fmt: skip
    assert 0 < len(said) <= MAX_SUBJECT
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", said)


@given(TEXT, st.integers(1, 70))
def test_cut_keeps_within(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit
