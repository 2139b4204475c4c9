"""Stretches of a text around what was found in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.pages.snippets import LENGTH, marked, snippet
from scraper.text import spaced


def found(pieces: tuple[tuple[str, bool], ...]) -> list[str]:
    return [text for text, mark in pieces if mark]


def whole(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in pieces)


@pytest.mark.parametrize(("text", "forms", "marks"), [
    ("한ㆍ미ㆍ일 회담", ("한 미 일",), ["한ㆍ미ㆍ일"]),
    ("통일 본부, 일본", ("일 본",), ["일본"]),
    ("외교장관 회의", ("외 교 장 관 회 의",), ["외교장관 회의"]),
    ("ﾌﾘｰﾀﾞﾑ･ｴｯｼﾞの成果", ("フ リ ー ダ ム エ ッ ジ",), ["ﾌﾘｰﾀﾞﾑ･ｴｯｼﾞ"]),
    ("Freedom\nEdge, freedom-edge", ("Freedom Edge", "freedom-edge"), ["Freedom Edge", "freedom-edge"]),
    ("Exercises, exercise", ("exercise",), ["exercise"]),
    ("U.S. and US", ("U.S",), ["U.S"]),
    ("Ｅｄｇｅ…と ＡＩ", ("AI",), ["ＡＩ"]),
    ("(a.b*", ("(a.b*",), ["(a.b*"]),
    ("nothing", (), []),
])  # fmt: skip
def test_found_words_are_marked_as_they_stand(text: str, forms: tuple[str, ...], marks: list[str]) -> None:
    assert found(marked(text, forms)) == marks


def test_a_snippet_lies_around_the_densest_place() -> None:
    text = "alpha " + "x " * 400 + "alpha beta gamma " + "y " * 400
    shown = snippet(text, ("alpha", "beta", "gamma"))
    assert found(shown) == ["alpha", "beta", "gamma"]
    assert whole(shown)[0] == whole(shown)[-1] == "…"
    assert len(whole(shown)) < LENGTH + 30


def test_a_snippet_of_korean_is_shorter() -> None:
    shown = whole(snippet("한국어 문장입니다. " * 100 + "해저케이블 " + "한국어 문장입니다. " * 100, ("해 저 케 이 블",)))
    assert "해저케이블" in shown
    assert len(shown) < LENGTH * 0.6 + 30


def test_without_a_find_it_is_the_beginning() -> None:
    assert whole(snippet("one  two\nthree " * 50, ())).startswith("one two three one")
    assert snippet(None, ("a",)) == ()
    assert snippet("short", ("none",)) == (("short", False),)


@given(st.text(max_size=400), st.lists(st.text(min_size=1, max_size=8).filter(str.strip), max_size=5))
def test_nothing_is_lost_or_invented(text: str, words: list[str]) -> None:
    shown = marked(text, [form for word in words if (form := spaced(word))])
    assert "".join(whole(shown).split()) == "".join(text.split())


def test_a_hostile_text_is_no_harm() -> None:
    assert found(snippet("한 " * 100_000 + "끝", ("한 " * 100 + "끝",)))
