"""The colours of the pages can be told from one another by everybody, in both themes (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

import pytest

from scraper.pages import frame

SHEET = (frame.HERE / "static" / "pages.css").read_text("utf-8")
LIGHT, DARK = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)[:2])
WORDS = [
    ("ink", "paper"), ("ink", "card"), ("beside", "paper"), ("beside", "card"), ("link", "paper"), ("link", "card"), ("gone", "gone-back"),
    ("new", "new-back"), ("badge", "badge-back"), ("warn", "paper"), ("warn", "card"), ("ink", "mark"),
]  # fmt: skip
SIGNS = [("focus", "paper"), ("focus", "card"), ("beside", "card"), ("mark-line", "paper"), ("mark-line", "card")]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_both_themes_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), [*((*pair, 4.5) for pair in WORDS), *((*pair, 3.0) for pair in SIGNS)])
def test_contrast(theme: dict[str, str], front: str, back: str, least: float) -> None:
    assert contrast(theme[front], theme[back]) >= least


def test_the_style_sheet_loads_nothing() -> None:
    assert not re.search(r"url\(|@import|@font-face", SHEET)
