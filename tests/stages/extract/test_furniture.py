from __future__ import annotations

import pytest

from scraper.stages.extract.furniture import is_notice


@pytest.mark.parametrize(
    "line",
    ["Next", "Next post", "Previous article", "Share", "Share this", "« Previous page", "다음 글", "ページの先頭へ", "Privacy Policy"],
)
def test_words_of_navigation_are_furniture(line: str) -> None:
    assert is_notice(line)


@pytest.mark.parametrize("line", ["Next Steps", "Next Meeting", "Previous commitments", "Economic security", "다음 단계", "今後の取組"])
def test_headings_of_statements_are_none(line: str) -> None:
    assert not is_notice(line)
