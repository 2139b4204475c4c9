"""A change of wording in a digest."""

from __future__ import annotations

import pytest

from scraper.model.digest import Material, Rewording
from scraper.stages.digest import compile, render_html, render_text, subject

MADE = "2140-07-09T12:00:00Z"
CHANGE = Rewording(
    3, "The harbour", ("open",), ("",), "The <i>harbour</i> sleeps.", "The harbour is open.", "en", "joint", "Ministry of Tides",
    "https://tides.example/2", "Joint Statement", "2140-07-08", "Older Statement", "2139-01-02", "javascript:alert(1)",
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("1 change of wording", "now: absent; before: open", "Compared with", "Said then")),
        ("ko", ("표현 변화 1건", "이번: 언급 없음 / 이전: open", "비교 대상", "이전 성명의 문장")),
        ("ja", ("表現の変化 1件", "今回：言及なし／前回：open", "比較対象", "前回声明の文")),
    ],
)
def test_it_is_news_in_every_language(language: str, words: tuple[str, ...]) -> None:
    digest = compile(Material(MADE, language=language, wording=(CHANGE,)))
    assert digest.has_news
    text, html = render_text(digest), render_html(digest)
    for word in words:
        assert word in text
        assert word in html
    assert "The &lt;i&gt;harbour&lt;/i&gt; sleeps." in html
    assert "https://tides.example/2" in html
    assert "javascript:" not in html + text
    assert "The harbour is open." in text


def test_the_newest_stands_first_and_two_are_counted() -> None:
    older = Rewording(9, "Lamps", ("lit",), ("dim", "red"), "Lamps are dim.", statement_date="2140-07-01")
    digest = compile(Material(MADE, wording=(older, CHANGE)))
    assert [item.formula for item in digest.wording] == ["The harbour", "Lamps"]
    assert subject(digest) == "CHANGED WORDING: The harbour, now absent +1"
    assert "2 changes of wording" in render_text(digest)
    assert "now: dim, red; before: lit" in render_text(digest)
    assert "Compared with" not in render_text(compile(Material(MADE, wording=(older,))))
