"""The short form, the payload and the message that tries out a channel."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.model.digest import (
    Edit,
    Material,
    Message,
    NewInitiative,
    NewStatement,
    Notable,
    Publication,
    Rewording,
    SourceTrouble,
    WatchReport,
)
from scraper.model.initiative import Near
from scraper.model.revision import Piece
from scraper.stages.digest import compile, completed, to_message, trial_message

SENTENCE = "They set up the Harbour Watch Cell in May."
STATEMENT = NewStatement(
    4, "Joint Statement", "joint_statement", "2026-04-03", "foreign_ministers", "Brussels", "joint", "https://a.example/s", "en",
    (Publication("AA", "Ministry A", "https://a.example/a", language="en", seen_before="2026-04-03T13:45:00Z"),), 3,
)  # fmt: skip
INITIATIVE = NewInitiative(
    "harbour", "Harbour Watch Cell", "mechanism", "en", SENTENCE, (16, 34), before="Before.", after="After.", side="AA", publisher="Ministry A",
    url="https://a.example/a", statement_title="Joint Statement", statement_date="2026-04-03", confidence=0.9, nearest=(Near("n", "Near", "why"),),
)  # fmt: skip
NOTABLE = Notable(
    7, ("first_by_party", "revived"), "Old Forum", "The Old Forum met.", (4, 13), "en", parties=("AA",), url="https://a.example/n",
    statement_title="Joint Statement", statement_date="2026-04-03", comparator_title="Earlier", comparator_url="https://a.example/e",
)  # fmt: skip
REWORDING = Rewording(8, "Peace", ("strong",), ("weak", ""), "We hope for peace.", "We demand peace.", "en", url="https://a.example/w")
EDIT = Edit(
    9,
    "substance",
    "A page",
    "https://a.example/p",
    "Ministry A",
    "AA",
    "2026-04-03T10:00:00Z",
    "en",
    (Piece("gone", "a"), Piece("new", "b")),
)
TROUBLE = SourceTrouble("jp-x", "Board X", "blocked", "2026-04-01T00:00:00Z", error="403")
REPORT = WatchReport(14, 15, 2016, 1990, complete=True)
NOTHING = Material("2026-04-03T22:30:00Z", sides=(("AA", "Aland"),))
ALL = replace(
    NOTHING, statements=(STATEMENT,), initiatives=(INITIATIVE,), notable=(NOTABLE,), wording=(REWORDING,), edits=(EDIT,), troubles=(TROUBLE,),
    recovered=("Board Y",), notices=("The disk fills.",), watch=REPORT,
)  # fmt: skip


def short(material: Material) -> str:
    return to_message(compile(material), "digest-1").short


def payload(material: Material) -> dict[str, Any]:
    found = json.loads(to_message(compile(material), "digest-1").payload)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("material", "second"),
    [
        (ALL, "Joint Statement - joint statement · foreign ministers · Brussels · 3 April 2026 https://a.example/s"),
        (replace(ALL, initiatives=(replace(INITIATIVE, statement_id=STATEMENT.id),)), f"Harbour Watch Cell - {SENTENCE} https://a.example/a"),
        (replace(NOTHING, statements=(STATEMENT,)), "Joint Statement - joint statement · foreign ministers · Brussels · 3 April 2026 https://a.example/s"),
        (replace(NOTHING, notable=(NOTABLE,)), "Old Forum - The Old Forum met. https://a.example/n"),
        (replace(NOTHING, wording=(REWORDING,)), "Peace - We hope for peace. https://a.example/w"),
        (replace(NOTHING, troubles=(TROUBLE,)), "Board X (jp-x) - State: access refused (blocked)"),
        (replace(NOTHING, notices=("The disk fills.",)), "About this machine: The disk fills."),
        (replace(NOTHING, watch=REPORT), "Confirmed quiet: nothing was missed that could be seen. - Answered: 14 of 15 official sources"),
        (NOTHING, "Nothing new."),
    ],
)  # fmt: skip
def test_second_line_is_the_first_finding(material: Material, second: str) -> None:
    first, line = short(material).split("\n")
    assert first == to_message(compile(material), "x").subject
    assert line.lower() == second.lower()


def test_surroundings_of_the_evidence_are_left_out() -> None:
    assert "Before." not in short(ALL)


@given(st.text(max_size=400), st.text(max_size=400))
def test_two_lines_at_most_and_short(title: str, sentence: str) -> None:
    material = replace(NOTHING, initiatives=(replace(INITIATIVE, name=title, sentence=sentence, mark=(0, 0), url="https://a.example/x"),))
    lines = short(material).split("\n")
    assert len(lines) <= 2
    assert all(len(line) <= 120 + 100 for line in lines)
    assert lines[-1].endswith("https://a.example/x")


def test_every_finding_is_in_the_payload() -> None:
    found = payload(ALL)
    assert {key: found[key] for key in ("format", "id", "made_at", "language", "zone")} == {
        "format": 1, "id": "digest-1", "made_at": "2026-04-03T22:30:00Z", "language": "en", "zone": "UTC",
    }  # fmt: skip
    assert found["subject"] == to_message(compile(ALL), "x").subject
    assert [finding["kind"] for finding in found["findings"]] == [
        "new_initiative", "new_statement", "first_by_party", "wording", "official_edit_substance", "source_failing", "source_recovered", "notice",
        "watch_report",
    ]  # fmt: skip
    initiative, statement, notable, rewording, edit, trouble, recovered, notice, watch = found["findings"]
    assert initiative["initiative"] == {"id": "harbour", "name": "Harbour Watch Cell", "type": "mechanism"}
    assert (initiative["sentence"], initiative["mark"], initiative["url"]) == (SENTENCE, [16, 34], "https://a.example/a")
    assert (initiative["statement"], initiative["nearest"]) == (
        {"title": "Joint Statement", "date": "2026-04-03"},
        [{"id": "n", "name": "Near"}],
    )
    assert statement["statement"]["texts"] == [
        {"side": "AA", "publisher": "Ministry A", "url": "https://a.example/a", "language": "en", "seen_before": "2026-04-03T13:45:00Z"}
    ]
    assert (notable["kinds"], notable["compared_with"]) == (
        ["first_by_party", "revived"],
        {"title": "Earlier", "url": "https://a.example/e"},
    )
    assert (rewording["before"], rewording["after"], rewording["before_sentence"]) == (["strong"], ["weak", ""], "We demand peace.")
    assert edit["pieces"] == [["gone", "a"], ["new", "b"]]
    assert (trouble["source"], trouble["error"], trouble["new"]) == ("jp-x", "403", True)
    assert (recovered["name"], notice["sentence"]) == ("Board Y", "The disk fills.")
    assert (watch["answered"], watch["official"], watch["statements"], watch["complete"]) == (14, 15, 0, True)


def test_the_same_digest_gives_the_same_payload() -> None:
    assert to_message(compile(ALL), "d") == to_message(compile(ALL), "d")


@given(st.text(max_size=300))
def test_payload_is_json_whatever_stands_in_it(text: str) -> None:
    found = payload(replace(NOTHING, statements=(replace(STATEMENT, title=text, url=text),)))
    assert found["findings"][0]["statement"].get("url", "https://").startswith(("http://", "https://"))


def test_message_of_other_making_is_completed() -> None:
    plain = Message("m", "Subject\nin two", "Text \ud800", "<p>", "ja", made_at="2026-04-03T22:30:00Z")
    made = completed(plain)
    assert made.short == "Subject in two"
    assert json.loads(made.payload) == {
        "format": 1, "id": "m", "made_at": plain.made_at, "language": "ja", "subject": "Subject\nin two", "findings": [], "text": "Text ?",
    }  # fmt: skip
    assert completed(made) == made


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "Test of the channel desk"), ("ko", "desk 채널 시험 발송"), ("ja", "チャンネル「desk」のテスト配信"), ("xx", "Test")],
)
def test_trial(language: str, word: str) -> None:
    made = trial_message("desk", "2026-04-03T22:30:00Z", language=language, zone="Asia/Seoul", unsubscribe="mailto:a@b.example")
    assert made.subject.startswith(word)
    assert made.short.startswith(made.subject + "\n")
    assert all(made.subject in part for part in (made.text, made.html, made.payload))
    assert (made.language, made.unsubscribe, made.message_id) == (
        language,
        "mailto:a@b.example",
        trial_message("desk", made.made_at).message_id,
    )
    assert made.message_id != trial_message("desk", "2026-04-03T22:30:01Z").message_id


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x?next=https://b@c.example/", True),
        ("https://a.example/@name", True),
        ("https://a@b.example/", False),
        ("HTTPS://a:b@c.example", False),
        ('https://a.example/"x', False),
        ("https://a.example/<x>", False),
        ("https://a.example\\@b.example/", False),
    ],
)
def test_link_that_deceives_is_none(url: str, kept: bool) -> None:
    (statement,) = compile(replace(NOTHING, statements=(replace(STATEMENT, url=url),))).statements
    assert statement.url == (url if kept else "")
