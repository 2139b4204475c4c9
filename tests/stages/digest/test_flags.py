"""What other flags tell, in a digest."""

from __future__ import annotations

import pytest

from scraper.catalogues import CATALOGUES
from scraper.model.digest import Material, Notable
from scraper.model.flag import STRENGTH
from scraper.stages.digest import compile, render_html, render_text, subject
from scraper.stages.digest.compose import compose

MADE = "2140-07-09T12:00:00Z"
SIDES = (("KR", "Korea"), ("US", "America"))
FOUND = Notable(
    3, ("divergence", "first_by_party"), "Reef <b>Dialogue</b>", "We held the Reef <b>Dialogue</b> here.", (12, 32), "en", False, ("KR",), ("US",), "2",
    "KR", "Ministry of Tides", "https://tides.example/2", "Readout", "2140-07-08", "Older Readout", "2139-01-02", "javascript:alert(1)", 0.9,
)  # fmt: skip


def made(*found: Notable, language: str = "en") -> Material:
    return Material(MADE, language=language, sides=SIDES, notable=found)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("1 other finding", "first named by a party", "the sides' texts differ", "instance: 2", "in the text of: Korea", "not in that of: America", "Compared with")),
        ("ko", ("그 밖의 특이 사항 1건", "해당국의 첫 언급", "각국 발표문에 차이", "회차: 2", "언급: Korea", "비교 대상")),
        ("ja", ("その他の注目点 1件", "当該国による初の言及", "各国の発表文に相違", "開催回：2", "言及あり：Korea", "比較対象")),
    ],
)  # fmt: skip
def test_it_is_news_in_every_language(language: str, words: tuple[str, ...]) -> None:
    digest = compile(made(FOUND, language=language))
    assert digest.has_news
    text, html = render_text(digest, width=400), render_html(digest)
    for word in words:
        assert word in text
        assert word in html.replace("&#39;", "'")
    assert "<mark>Reef &lt;b&gt;Dialogue&lt;/b&gt;</mark>" in html
    assert "**Reef <b>Dialogue</b>**" in text
    assert "https://tides.example/2" in html
    assert "javascript:" not in html + text
    assert text.index(words[1]) < text.index(words[2])  # the stronger kind first


def test_every_kind_has_words() -> None:
    for language in CATALOGUES:
        digest = compile(made(*(Notable(number, (kind,), f"N{number}") for number, kind in enumerate(STRENGTH)), language=language))
        assert [item.kinds for item in digest.notable] == [(kind,) for kind in STRENGTH]
        badges = {item.badges for section in compose(digest).sections if section.name == "flags" for item in section.items}
        assert len(badges) == len(STRENGTH), language
        assert f"{len(STRENGTH) - 1}" in subject(digest)


def test_the_subject_says_the_strongest() -> None:
    assert subject(compile(made(FOUND))) == "first named by a party: Reef <b>Dialogue</b>"
    assert subject(compile(made(Notable(1, ("unnamed",)), Notable(2, ("omitted",), "X")))) == "new initiatives, not named +1"


def test_what_has_no_name_and_what_was_left_out() -> None:
    nameless = Notable(1, ("unnamed",), "", "They agreed on new initiatives.", language="en", url="https://a.example/")
    left = Notable(2, ("omitted",), "Reef Dialogue", "They welcomed the Reef Dialogue.", language="en", from_comparator=True)
    text = render_text(compile(made(nameless, left)), width=200)
    assert "(no name)" in text
    assert "They agreed on new initiatives." in text
    assert "the sentence is the earlier statement's" in text
    assert "earlier statement's" not in render_text(compile(made(nameless)), width=200)
