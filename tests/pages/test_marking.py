from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.pages.marking import Mark, Paragraph, paragraphs
from scraper.text import paragraph_at

TEXT = st.text(alphabet="ab é한\n \t<")
MARKS = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=8)


@given(TEXT, MARKS)
def test_no_character_of_a_paragraph_is_lost_or_doubled(text: str, places: list[tuple[int, int]]) -> None:
    marks = [Mark(start, end, f"m{at}") for at, (start, end) in enumerate(places)]
    shown = paragraphs(text, marks)
    assert _letters(shown) == [letter for letter in text if not letter.isspace()]


def _letters(shown: Iterable[Paragraph]) -> list[str]:
    return [letter for one in shown for part in one.stretches for letter in part.text if not letter.isspace()]


@given(TEXT, MARKS)
def test_what_is_marked_is_what_lies_under_a_mark(text: str, places: list[tuple[int, int]]) -> None:
    marks = [Mark(start, end, f"m{at}") for at, (start, end) in enumerate(places)]
    sound = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    under = [letter for at, letter in enumerate(text) if not letter.isspace() and any(mark.start <= at < mark.end for mark in sound)]
    shown = [part for one in paragraphs(text, marks) for part in one.stretches if part.mark]
    assert [letter for part in shown for letter in part.text if not letter.isspace()] == under


@given(TEXT)
def test_paragraphs_are_counted_as_elsewhere(text: str) -> None:
    for one in paragraphs(text):
        body = "".join(part.text for part in one.stretches)
        place = next(at for at in range(len(text)) if not text[at].isspace() and paragraph_at(text, at) == one.number)
        assert text[place] in body
    letters = [at for at, letter in enumerate(text) if not letter.isspace()]
    assert len(paragraphs(text)) == (paragraph_at(text, letters[-1]) if letters else 0)


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        ([(0, 5), (2, 3)], [("ab", "m0"), ("c", "m1"), ("de", "m0"), ("fgh", "")]),
        ([(0, 4), (2, 6)], [("ab", "m0"), ("cd", "m0"), ("ef", "m1"), ("gh", "")]),
        ([(0, 8)], [("abcdefgh", "m0")]),
        ([(5, 2), (-1, 3), (7, 9), (3, 3)], [("abcdefgh", "")]),
    ],
)
def test_places_that_overlap(places: list[tuple[int, int]], shown: list[tuple[str, str]]) -> None:
    marks = [Mark(start, end, f"m{at}") for at, (start, end) in enumerate(places)]
    (one,) = paragraphs("abcdefgh", marks)
    assert [(part.text, part.mark.key if part.mark else "") for part in one.stretches] == shown


@given(TEXT, MARKS)
def test_every_mark_that_is_seen_begins_once(text: str, places: list[tuple[int, int]]) -> None:
    marks = [Mark(start, end, f"m{at}") for at, (start, end) in enumerate(places)]
    seen = {mark.key for mark in marks if 0 <= mark.start < mark.end <= len(text) and text[mark.start : mark.end].strip()}
    begun = [mark.key for one in paragraphs(text, marks) for part in one.stretches for mark in part.begins]
    assert len(begun) == len(set(begun))
    assert seen <= set(begun)


def test_a_mark_across_paragraphs_is_in_both() -> None:
    first, second = paragraphs("one\n\ntwo", [Mark(1, 7, "m")])
    assert [part.text for part in first.stretches if part.mark] == ["ne"]
    assert [part.text for part in second.stretches if part.mark] == ["tw"]
