"""Known names found the quick way are those that a slow, plain reading of the whole text finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scraper.model.initiative import Initiative, Registry
from scraper.model.watch import Party, Watch
from scraper.parties import level_width
from scraper.stages.initiatives import Finder
from scraper.stages.initiatives.folding import Squeezed, dense, folded, lowered, squeezed
from scraper.stages.initiatives.glances import Glances
from scraper.stages.initiatives.known import KnownNames
from scraper.stages.initiatives.reading import Candidate, Land, Reading

from .samples import REGISTRY, WATCH

PLAIN = Registry(
    (
        *REGISTRY.initiatives,
        Initiative(
            "harbor", "Trilateral Harbor Dialogue", "dialogue", abbreviations=("THD",),
            names={"en": ("Korea-U.S.-Japan Harbor Dialogue", "three-nation Harbor Dialogue"), "ko": ("한·미·일 항만 대화", "3국 항만 대화"), "ja": ("日米韓港湾対話", "三か国港湾対話")},
        ),
        Initiative("another", "ROK-U.S.-Japan Harbor Dialogue", "dialogue"),
        Initiative("reef", "Reef Watch", "exercise", names={"en": ("Reef Watch",), "ko": ("리프 워치",), "ja": ("リーフ・ウォッチ",)}),
        Initiative("reef-two", "Trilateral Reef Watch Dialogue", "dialogue"),
        Initiative("theirs", "Trilateral Harbor Forum", "dialogue", scope="other-trilateral", trilateral=False),
    )
)  # fmt: skip
LAND = Land(WATCH)
NAMES = KnownNames(PLAIN, LAND)
FINDER = Finder(PLAIN, WATCH)
PIECES = [
    "U.S.", "U.S.-Japan-ROK", "Korea-U.S.-Japan", "South ", "Japan", "the Republic of ", "Korea", "the Philippines", "China", "Australia", "ROK", "Trilateral", "trilateral ", "three",
    "three countries ", "three-nation ", "nations ", "한미일", "한·미·일", "한일", "북한", "미국", "호주", "중", "日米韓", "日米豪", "日", "豪", "韓国", "三か国", "3국", ", ", " and ", "-", " - ", "/", "·", " ", "  ",
    "\n", "\n\n", ". ", "! ", "? ", "。", "。」", "일. ", "e.", "ended. ", "2026. ", "S.", "Ｓ.", "Mr. ", "．", "．　", "｡", "！", "！ ", "!\u00a0", "Harbor Dialogue", "Harbor Dialogue ", " Harbor Dialogue", "harbor dialogue", "Harbor Forum",
    "항만 대화", "항만대화", "항만 '대화'", "港湾対話", "港湾・対話", "Reef Watch", "Reef Watch Dialogue", "리프 워치", "リーフウォッチ", "THD", "THD (", "THD (the ", "(THD)", "(", ")", "（", "the ", "The ", "bilateral ", "'s ", "’s ",
    "ABC ", "x", "間の", "間", "간 ", "İ", "Σ", "ß", "'", "' ", " '", "’",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def whole(text: str) -> Reading:
    """A field in which all countries were found before the first name is asked for."""
    reading = Reading("text", text, "en", LAND, len(text) < 400, (0, len(text)))
    assert (reading.together, reading.sentences) is not None
    return reading


def apart(found: list[Candidate]) -> list[tuple[int, int, str]]:
    """The longest of those that overlap, of equal ones the first."""
    kept: list[Candidate] = []
    for one in sorted(found, key=lambda c: (c.start - c.end, c.start, c.rule, c.known)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted((one.start, one.end, one.known) for one in kept if not one.blocked)


@settings(deadline=None, max_examples=600)
@given(TEXTS)
@example("한미일 - 한미일 항만 대화")
@example("South Korea-U.S.-Japan Harbor Dialogue")
@example("three\nTrilateral Harbor Dialogue")
@example("Japan, the ROK and Australia．　Trilateral Harbor Dialogue")
@example("THD (the Trilateral Harbor Dialogue)")
@example("Trilateral Reef Watch Dialogue Reef Watch")
@example("The Trilateral Harbor Dialogue met.")
@example("Trilateral ' Harbor' Dialogue'")
def test_known_names_are_those_of_the_whole_text(text: str) -> None:
    assert list(FINDER.known(text, "en")) == apart(list(NAMES.find(whole(text))))
    assert list(NAMES.find(Reading("text", text, "en", LAND, len(text) < 400, (0, len(text))))) == list(NAMES.find(whole(text)))


def test_a_name_inside_another_is_read_where_the_other_gives_way() -> None:
    registry = Registry(
        (
            Initiative("pact", "Trilateral Harbor Shipping Dialogue", "dialogue"),
            Initiative("long", "Great Northern Sea Lanes Framework and Trilateral", "framework"),
        )
    )
    text = "The Great Northern Sea Lanes Framework and Trilateral     Harbor Shipping Dialogue of the U.S., Japan and the ROK met."
    assert [slug for *_, slug in Finder(registry, WATCH).known(text, "en")] == ["long", "pact"]


SCRIPTS = st.text("aB 3-·・'日が한국ー.éΣ\t", max_size=24)


@settings(deadline=None, max_examples=600)
@given(SCRIPTS.map(level_width), st.lists(st.text("ab 3·・日が한국'é", min_size=1, max_size=5), min_size=1, max_size=6))
@example("한 '국", ["한국"])
@example("한· 국", ["한국"])
def test_squeezed_text_holds_a_pattern_where_the_folded_text_does(plain: str, forms: list[str]) -> None:
    fold, text = folded(plain), Squeezed(lowered(plain))
    patterns = [pattern for pattern in dict.fromkeys(folded(form).text.strip() for form in forms) if squeezed(pattern)]
    expected = {(p, fold.start(a), fold.end(b)) for p in patterns for a, b in everywhere(p, fold.text)}
    found = sorted(((b, a, p) for p in patterns for a, b in everywhere(squeezed(p), text.text)), key=lambda hit: (hit[0], hit[1]))
    places = [(p, *text.place(a, b)) for b, a, p in found]
    assert {(p, a, b) for p, a, b in places if text.folds_to(p, a, b, dense=dense(p))} == expected


def everywhere(pattern: str, text: str) -> list[tuple[int, int]]:
    return [(m.start(), m.start() + len(pattern)) for m in re.finditer(f"(?={re.escape(pattern)})", text)]


def test_a_pattern_that_begins_with_a_dot_is_found_in_folded_text() -> None:
    registry = Registry((Initiative("dot", "·X Lantern", "exercise", names={"ko": ("퍼시픽 랜턴",)}),))
    assert squeezed("·x lantern") == ""
    assert [text for text in ("'퍼시픽 랜턴'", "a ·X Lantern") if Finder(registry, WATCH).known(text, "ko")] == [
        "'퍼시픽 랜턴'",
        "a ·X Lantern",
    ]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It ended. The U.S. Navy sailed. He met Mr. Kim. 12. Then", [9, 31, 51]),
        ("회의가 끝났다. 그는 갔다.", [8]),
        ("会った。行った", [4]),
        ("Gone! Now? yes", [5]),
        ("ended．　The", []),
        ("終わった！ Now", [5]),
    ],
)
def test_the_ends_of_sentences_that_are_sure(text: str, ends: list[int]) -> None:
    assert list(Glances(WATCH).ends(text, level_width(text)))[1:-1] == ends


@pytest.mark.parametrize(
    "watch",
    [
        Watch("x", WATCH.parties, together={"en": ("/three\\b. ?parties/",)}),
        Watch("x", (*WATCH.parties, Party("XX", "X", {"en": ("Yes! Land",)}))),
        Watch("x", WATCH.parties, together={"en": ("the 3. powers",)}),
    ],
)
def test_where_a_word_may_hold_such_an_end_none_is_sure(watch: Watch) -> None:
    assert Glances(watch).ends("It ended. The three.", "It ended. The three.") == (0, 20)


def test_a_long_sentence_is_not_looked_at() -> None:
    text = "It ended. " + "x" * 2001 + " Reef Watch"
    glances = Glances(WATCH)
    assert glances.sentence(glances.ends(text, text), 2012, 2022) is None
    assert FINDER.known(text, "en") == ((len(text) - 10, len(text), "reef"),)
