"""Lines of a width, for scripts whose letters are one, two or no columns wide."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.stages.digest.wrapping import columns, wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("한미일", 6), ("日米韓", 6), ("e\u0301", 1), ("ｱ", 1), ("Ａ", 2), ("\u200b", 0), ("a日", 3), ("", 0)],
)
def test_columns(text: str, width: int) -> None:
    assert columns(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one  two", 20, ["one  two"]),
        ("first\n\nsecond", 20, ["first", "", "second"]),
        ("공동성명을 발표하였다", 12, ["공동성명을", "발표하였다"]),
        ("日米韓外相会合が開かれた。", 12, ["日米韓外相会", "合が開かれ", "た。"]),
        ("日米韓「首脳」会合", 8, ["日米韓", "「首脳」", "会合"]),
        ("開催は2026年11月21日です", 12, ["開催は2026年", "11月21日です"]),
        ("see https://a.example/a/very/long/address now", 12, ["see", "https://a.example/a/very/long/address", "now"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("가나다라마", 4, ["가나", "다라", "마"]),
        ("", 10, [""]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_leads_count_and_stand_on_every_line() -> None:
    assert wrap("one two three\nfour", 10, "- ", "  ") == ["- one two", "  three", "  four"]


def test_long_text_takes_linear_time() -> None:
    assert len(wrap("「" * 100_000, 78)) > 1
    assert len(wrap("a" * 200_000, 78)) == 2565


@settings(max_examples=300, deadline=None)
@given(st.text("ab 한日。「\n\te\u03019年") | st.text(max_size=80), st.integers(4, 40))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width, "> ", "| ")
    bodies = "".join(line[2:] for line in lines)
    assert re.sub(r"\s", "", bodies) == re.sub(r"\s", "", text)
    assert len(lines) >= text.count("\n") + 1
    # a closing mark stays with the letter before it, which at the narrowest takes more than the line
    assert all(columns(line) <= max(width, 6) or "http" in line or re.search(r"[。「年、-〿]", line) for line in lines)
