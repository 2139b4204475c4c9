"""What is told of sources that answer again and of the machine itself."""

from __future__ import annotations

import pytest

from scraper.model.digest import Material
from scraper.stages.digest import compile, render_html, render_text, subject

MADE = "2026-07-09T12:00:00Z"


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Sources that answer again"), ("ko", "응답이 재개된 출처"), ("ja", "応答が再開した情報源")]
)
def test_a_source_that_answers_again_is_news(language: str, title: str) -> None:
    digest = compile(Material(MADE, language=language, recovered=("Ministry of Tides", "Ministry of Tides", "<b>Harbour</b>")))
    assert digest.has_news
    assert subject(digest).endswith(("Ministry of Tides +1", "Ministry of Tides 외 1건", "Ministry of Tides ほか1件"))
    text, html = render_text(digest), render_html(digest)
    assert title in text
    assert text.count("Ministry of Tides") == 1
    assert "&lt;b&gt;Harbour" in html


def test_a_notice_is_news_and_nothing_is_none() -> None:
    told = compile(Material(MADE, notices=("83 % of the disk budget is used",)))
    assert told.has_news
    assert "83 % of the disk budget is used" in render_text(told)
    assert not compile(Material(MADE)).has_news
