"""What is worked out for a part of a text is what the whole text says of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model.watch import Party, Watch
from scraper.parties import Naming, level_width
from scraper.stages.initiatives import Finder
from scraper.stages.initiatives.folding import folded
from scraper.stages.initiatives.known import KnownNames
from scraper.stages.initiatives.marks import marks_before
from scraper.stages.initiatives.reading import Land, Reading
from scraper.stages.initiatives.stretches import lettered
from scraper.text import CJK

from .samples import REGISTRY, WATCH

LAND = Land(WATCH)
NAMES = KnownNames(REGISTRY, LAND)
PIECES = [
    "U.S.", "U.S.-Japan-ROK", "Japan", "South\nKorea", "the Philippines", "China", "Australia", "ROK", "trilateral", "Trilateral", "three countries", "한미일", "한·미·일", "한일", "미국",
    "日米韓", "日米豪", "日中", "韓国", "三か国", "3국", ", ", " and ", "-", "/", "·", " ", "\n", "\n\n", ". ", "! ", "? ", "。", "。」", "일.", "e.", "S.", "Mr. ", "12일. ", "Undersea Cable Dialogue ",
    "해저케이블 대화 ", "海底ケーブル対話", "TUCD ", "(", ")", "the ", "bilateral ", "'s ", "’s ", "．", "！", "ABC ", "x", "間の", "간 ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def readings(text: str) -> tuple[Reading, Reading]:
    """One that looks at parts, and one that has looked at the whole."""
    parts, whole = (Reading("text", text, "en", LAND, False, (0, len(text))) for _ in range(2))
    assert (whole.together, whole.sentences) is not None
    return parts, whole


def test_what_closes_a_sentence_belongs_to_it() -> None:
    parts, _ = readings("U.S.-Japan-ROK and (。」日")
    assert [parts.since(place) for place in (20, 21, 22)] == [0, 0, 21]


@settings(deadline=None, max_examples=500)
@given(TEXTS, st.data())
def test_a_part_is_read_as_in_the_whole(text: str, data: st.DataObject) -> None:
    parts, whole = readings(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    near = parts.near(start, end)
    for here, everywhere in ((near.together, whole.together), (near.weak, whole.weak), (near.aliens, whole.aliens)):
        assert set(here) <= set(everywhere)
        assert touching(everywhere, start, end) == touching(here, start, end)
    assert parts.alien(start, end) == whole.alien(start, end)
    assert parts.marked(start, end) == whole.marked(start, end)
    assert marks_before(parts, start) == marks_before(whole, start)
    assert parts.sentence(start) == whole.sentence(start)
    if text[start : start + 1].strip():
        assert parts.since(start) <= whole.sentence(start).start


def touching(places: tuple[Naming, ...], start: int, end: int) -> list[Naming]:
    return [place for place in places if place.start < end and place.end > start]


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.booleans())
def test_known_names_are_the_same_either_way(text: str, about: bool) -> None:
    parts, whole = readings(text)
    assert list(NAMES.find(parts, about=about)) == list(NAMES.find(whole, about=about))


def test_known_names_alone() -> None:
    finder = Finder(REGISTRY, WATCH)
    text = "Officials of Japan met. The U.S.-Japan-ROK Undersea Cable Dialogue (TUCD) met in Busan."
    (place,) = {finder.known(text, "en"), finder.known(text, "")}
    assert [(text[start:end], slug) for start, end, slug in place] == [
        ("U.S.-Japan-ROK Undersea Cable Dialogue", "cable-dialogue"),
        ("TUCD", "cable-dialogue"),
    ]


def test_a_text_is_not_cut_inside_a_name() -> None:
    plain = "The U.S. said so. And Japan! 12일. 日本。韓"
    assert [plain[:cut][-3:] for cut in LAND.stretches.cuts(plain)[1:-1]] == ["so.", "an!", "日本。"]


@pytest.mark.parametrize(
    "watch",
    [
        Watch("x", WATCH.parties, together={"en": ("/three\\b. ?parties/",)}),
        Watch("x", (*WATCH.parties, Party("XX", "X", {"en": (".x",)}))),
        Watch("x", WATCH.parties, together={"en": ("the 3. powers",)}),
    ],
)
def test_where_a_word_may_hold_an_end_of_a_sentence_nothing_is_cut(watch: Watch) -> None:
    land = Land(watch)
    assert land.stretches.cuts("One. Two. Three.") == (0, 16)
    text = "The three. parties met. The U.S., Japan and the ROK, three. parties."
    reading = Reading("text", text, "en", land, False, (0, len(text)))
    assert reading.near(60, 62).weak == reading.weak
    assert reading.near(60, 62).together == reading.together


def test_a_watch_without_one_character_forms_or_others_has_stretches() -> None:
    plain = tuple(Party(p.id, p.name, p.names) for p in WATCH.parties)
    stretches = Land(Watch("x", plain)).stretches
    assert stretches.named_before("said Japan ", 11, 6)
    assert not stretches.named_before("said nobody", 11, 6)
    assert not Land(Watch("x", ())).stretches.named_before("said Japan ", 11, 6)


WORDS = st.lists(st.text("abc 日", min_size=1, max_size=5), min_size=1, max_size=8)


@settings(deadline=None)
@given(WORDS, st.text("abc 日", max_size=20))
def test_letters_find_the_longest_word_at_each_place(words: list[str], text: str) -> None:
    plain = "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
    assert [m.span() for m in re.finditer(lettered(words), text)] == [m.span() for m in re.finditer(plain, text)]


def test_no_words_are_no_expression() -> None:
    assert lettered([]) == lettered([""]) == ""


_DROPPED = re.compile(
    rf"(?<=[{CJK}])[ \t·∙・‧ㆍ･•\-]+(?=[{CJK}0-9A-Za-z])|(?<=[0-9A-Za-z])[ \t·∙・‧ㆍ･•\-]+(?=[{CJK}])|(?<=[ \t\-])[ \t\-]+|'"
)


@settings(deadline=None, max_examples=400)
@given(st.text("abZ0 -\t\n'·・日가アー.İΣ•", max_size=30).map(level_width))
def test_folding_drops_what_it_is_to_drop_and_knows_where_everything_stood(plain: str) -> None:
    low = plain.lower() if len(plain.lower()) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    kept = [place for place in range(len(low)) if not any(m.start() <= place < m.end() for m in _DROPPED.finditer(low))]
    fold = folded(plain)
    assert fold.text == "".join(low[place] for place in kept).replace("-", " ").replace("\t", " ")
    assert [fold.start(place) for place in range(len(kept))] == kept
    assert [fold.end(place + 1) for place in range(len(kept))] == [place + 1 for place in kept]
